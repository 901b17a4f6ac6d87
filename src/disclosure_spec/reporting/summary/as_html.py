"""A summary as one page to read offline: tables, and what they show at a glance as drawings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Verdict
from disclosure_spec.reporting.html_page import page, safe
from disclosure_spec.reporting.summary.tables import (
    RULES,
    TOTALS,
    YEARS,
    Share,
    tables,
    text_of,
    worst_rules,
    year_counts,
)
from disclosure_spec.reporting.words import VERDICTS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.reporting.summary.rollup import RollUp
    from disclosure_spec.reporting.summary.tables import Table
    from disclosure_spec.wording import Language

_TITLE: Final = Wording(
    "政府信息公开工作年度报告检查汇总", "Summary of checks of annual reports on open government information"
)
_BY_YEAR: Final = Wording("各年度的结论", "Verdicts by year")
_TOP: Final = Wording("最常见的问题（报告份数）", "What is broken most (number of reports)")
_NOT_STATED: Final = Wording("不详", "not known")
# Fill and outline: told apart in black and white too.
_FILLS: Final[Mapping[Verdict, str]] = {
    Verdict.CONFORMS: 'fill="#ffffff" stroke="#1a7f37"',
    Verdict.DOES_NOT_CONFORM: 'fill="#b00020" stroke="#b00020"',
    Verdict.CANNOT_TELL: 'fill="#d9d9d9" stroke="#7a5c00" stroke-dasharray="3 2"',
}
_INK: Final[Mapping[Verdict, str]] = {Verdict.DOES_NOT_CONFORM: "#ffffff"}
_WIDTH: Final = 720
_LABELS: Final = 250
"""Room for the words left of the bars."""

_ROW: Final = 24
_MOST_RULES: Final = 10
_LETTER: Final = 7
"""Room for a Latin letter; a Chinese character takes two."""

_A_DIGIT: Final = 9
_STYLE: Final = (
    "<style>.plain{margin:.4rem 0}.plain td.number{text-align:right;font-variant-numeric:tabular-nums}"
    "svg{max-width:100%;height:auto;display:block}svg text{font-size:13px}"
    ".wide{overflow-x:auto}@media print{@page{size:A4 landscape}.plain{font-size:8.5pt}"
    ".wide{overflow:visible}.plain td{overflow-wrap:anywhere}"
    "thead{display:table-header-group}svg{break-inside:avoid}}</style>"
)


def render(rollup: RollUp, language: Language) -> Iterator[str]:
    """Yield the page."""
    title = _TITLE.get(language)
    parts = [_STYLE, f"<h1>{safe(title)}</h1>"]
    drawings = {YEARS: _years(rollup, language), RULES: _rules(rollup, language)}
    for table in tables(rollup):
        if table.title != TOTALS:
            parts.append(f"<h2>{safe(table.title.get(language))}</h2>")
        parts += [drawings.get(table.title, ""), _table(table, language)]
    yield page(title, "\n".join(one for one in parts if one), language)


def _table(table: Table, language: Language) -> str:
    heads = "".join(f'<th scope="col">{safe(one.get(language))}</th>' for one in table.columns)
    rows = "\n".join(
        "<tr>" + "".join(f"<td{_style(one)}>{safe(text_of(one, language))}</td>" for one in row) + "</tr>"
        for row in table.rows
    )
    name = safe(table.title.get(language))
    return (
        f'<div class="wide"><table class="plain" aria-label="{name}">\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _style(value: object) -> str:
    return ' class="number"' if isinstance(value, int | Share) else ""


def _years(rollup: RollUp, language: Language) -> str:
    """Draw for each year a bar of its verdicts, as long as it has reports."""
    counted = year_counts(rollup)
    most = max((one.reports for one in counted), default=0)
    rows = []
    for number, one in enumerate(counted):
        label = f"{one.year or _NOT_STATED.get(language)}（{one.edition}）"
        rows.append(_label(number, label))
        at = _LABELS
        for verdict in VERDICTS:
            length = (_WIDTH - _LABELS) * one.verdicts.get(verdict, 0) // most
            rows += _bar(number, at, length, one.verdicts.get(verdict, 0), verdict)
            at += length
    legend = _LABELS
    for verdict, words in VERDICTS.items():
        text = words.get(language)
        rows += _bar(len(counted), legend, 16, 0, verdict)
        rows.append(_text(legend + 22, len(counted), text))
        legend += 50 + _length(text)
    return _drawing(_BY_YEAR.get(language), rows, len(counted) + 1)


def _rules(rollup: RollUp, language: Language) -> str:
    """Draw for each of the rules broken most a bar."""
    worst = worst_rules(rollup)[:_MOST_RULES]
    most = worst[0][1] if worst else 1
    rows = []
    for number, (rule, broken) in enumerate(worst):
        rows.append(_label(number, rollup.title(rule).get(language)))
        # Beside the longest bar there is still room for its number.
        length = max(1, (_WIDTH - _LABELS - 60) * broken // most)
        rows += _bar(number, _LABELS, length, 0, Verdict.DOES_NOT_CONFORM)
        rows.append(_text(_LABELS + length + 6, number, str(broken)))
    return _drawing(_TOP.get(language), rows, len(worst))


def _drawing(title: str, rows: Sequence[str], count: int) -> str:
    height = count * _ROW + 8
    # The table below says the same in words, so the drawing need not be read out bar by bar.
    return (
        f"<h3>{safe(title)}</h3>\n"
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + 20} {height}" '
        f'width="{_WIDTH + 20}" height="{height}" role="img" aria-label="{safe(title)}">\n'
        + "\n".join(rows)
        + "\n</svg>"
    )


def _bar(row: int, at: int, length: int, count: int, verdict: Verdict) -> Iterator[str]:
    if length:
        place = f'x="{at}" y="{row * _ROW + 5}" width="{length}" height="16"'
        yield f"<rect {place} {_FILLS[verdict]}/>"
    if count and length >= _A_DIGIT * len(str(count)):
        ink = _INK.get(verdict, "#111111")
        yield _text(at + length // 2, row, str(count), f'text-anchor="middle" fill="{ink}"')


def _label(row: int, text: str) -> str:
    shown = text
    while _length(shown) > _LABELS - 10:
        shown = f"{shown.removesuffix('…')[:-1]}…"
    return _text(_LABELS - 8, row, shown, 'text-anchor="end"')


def _length(text: str) -> int:
    return sum(_LETTER * (1 + (one >= "\u2e80")) for one in text)


def _text(at: int, row: int, text: str, attributes: str = 'fill="#111111"') -> str:
    return f'<text x="{at}" y="{row * _ROW + 18}" {attributes}>{safe(text)}</text>'
