"""Results as pages to read offline: verdict, findings, and the form as filled with its cells marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Verdict
from disclosure_spec.reporting import words
from disclosure_spec.reporting.html_form import Form
from disclosure_spec.reporting.html_page import CONCERNED, SUGGESTED, SYMBOLS, page, safe
from disclosure_spec.reporting.naming import file_name
from disclosure_spec.reporting.tally import Tally
from disclosure_spec.reporting.telling import (
    basis_words,
    not_checked,
    not_tried,
    place_words,
    profile_words,
    subject_words,
    told,
    value_words,
    waiver_words,
)
from disclosure_spec.reporting.words import SEVERITIES, VERDICTS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.checking import CellFact, Change, Finding, Result
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.place import Note
    from disclosure_spec.reporting.formats import Manner
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.wording import Language

_TITLE: Final = Wording(
    "政府信息公开工作年度报告检查结果", "Check of an annual report on open government information"
)
_INDEX: Final = Wording("检查结果目录", "Index of checks")
_FINDINGS: Final = Wording("问题（{count}处）", "Findings ({count})")
_NONE: Final = Wording("没有发现问题。", "Nothing was found.")
_CELLS: Final = Wording("共{count}格", "{count} in all")
_FORM: Final = Wording("报告全文及所涉各格", "The report, with the cells concerned")
_LEGEND: Final = Wording(
    "{error}错误，{warning}警告，{info}提示，{suggested}疑有误的格和推断的数（仅供核对，未作改动），{concerned}等式中的其他格；方括号内为问题的序号。",
    "{error} error, {warning} warning, {info} note, {suggested} a cell probably wrong and the number "
    "suggested (to be verified, nothing was changed), {concerned} other cells of an equation; numbers in "
    "brackets are those of the findings.",
)
_FILE: Final = Wording(
    "文件：{name}（{format}，SHA-256：{digest}）", "File: {name} ({format}, SHA-256 {digest})"
)
_TOOL: Final = Wording("检查程序：{tool}", "Checked by {tool}")
_REPORT: Final = Wording("报告", "report")
_RESULT: Final = Wording("结论", "verdict")
_VERDICT_SYMBOLS: Final[Mapping[Verdict, str]] = {
    Verdict.CONFORMS: "✔",
    Verdict.DOES_NOT_CONFORM: "✘",
    Verdict.CANNOT_TELL: "?",
}
# Set apart, so that nobody takes what was worked out for what the report says.
_STYLES: Final = {words.SUGGESTION: ' class="suggestion"'}
_OPENED: Final = 5
"""Cells of a finding that are listed at once; of more, when asked for."""


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[str]:
    """Yield the page of a report."""
    for one in inspections:
        yield _Page(one, manner.language).html()


def render_folder(inspections: Iterable[Inspection], manner: Manner) -> Iterator[tuple[str, str]]:
    """Yield a page for each report, named by number and file, and last the index of all."""
    language = manner.language
    rows: list[str] = []
    tally = Tally(manner.waivers)
    for number, one in enumerate(tally.watch(inspections), 1):
        name = file_name(number, one.result, "html")
        yield name, _Page(one, language).html()
        # Only the line of the index is kept: a folder may hold thousands of reports.
        rows.append(_index_row(name, one.result, language))
    heads = (_REPORT, _RESULT, *SEVERITIES.values())
    table = "".join(f'<th scope="col">{safe(one.get(language))}</th>' for one in heads)
    title = _INDEX.get(language)
    lines = "<br>".join(safe(line) for line in tally.lines(language))
    head = f"<h1>{safe(title)}</h1>\n<p>{lines}</p>"
    body = f'{head}\n<table class="plain">\n<tr>{table}</tr>\n{"".join(rows)}</table>'
    yield "index.html", page(title, body, language)


def _index_row(name: str, result: Result, language: Language) -> str:
    subject = subject_words(result)
    shown = [
        result.input.name if result.input else "",
        subject.get(language) if subject else "",
    ]
    label = "<br>".join(safe(one) for one in shown if one)
    verdict = f"{_VERDICT_SYMBOLS[result.verdict]} {VERDICTS[result.verdict].get(language)}"
    # No zeros for a file that could not be read: nothing was counted in it.
    counts = "".join(f"<td>{count if result.rules else ''}</td>" for count in result.counts.values())
    return f'<tr><td><a href="{safe(name)}">{label}</a></td><td>{safe(verdict)}</td>{counts}</tr>\n'


class _Page:
    def __init__(self, inspection: Inspection, language: Language) -> None:
        self._result = inspection.result
        self._language: Language = language
        self._told = tuple(told(inspection.result))
        self._form = (
            Form(inspection.document, inspection.edition, self._told, language)
            if inspection.document is not None and inspection.edition is not None
            else None
        )

    def html(self) -> str:
        subject = subject_words(self._result)
        given = self._result.input.name if self._result.input else ""
        title = subject.get(self._language) if subject else given
        # What was not read or not checked comes last: findings are what the page is opened for.
        parts = (*self._head(), *self._findings(), *self._report(), *self._remarks())
        return page(
            f"{title} {_TITLE.get(self._language)}".strip(), "\n".join(parts), self._language, script=True
        )

    def _say(self, wording: Wording, **values: object) -> str:
        return safe(wording.fill(**values).get(self._language))

    def _head(self) -> Iterator[str]:
        result = self._result
        yield f"<h1>{self._say(_TITLE)}</h1>"
        subject = subject_words(result)
        if subject:
            yield f"<p>{self._say(subject)}</p>"
        verdict = self._say(words.VERDICT, verdict=VERDICTS[result.verdict])
        counts = {str(severity): count for severity, count in result.counts.items()}
        said = f" {self._say(words.COUNTS, **counts)}" if result.rules else ""
        symbol = _VERDICT_SYMBOLS[result.verdict]
        yield (
            f'<p class="verdict {result.verdict.value}">'
            f'<span aria-hidden="true">{symbol}</span> {verdict}{said}</p>'
        )
        if result.profile:
            yield f"<p>{self._say(profile_words(result.profile))}</p>"
        if result.input:
            given = result.input
            yield f"<p>{self._say(_FILE, name=given.name, format=given.format, digest=given.sha256)}</p>"
        yield f"<p>{self._say(_TOOL, tool=result.tool)}</p>"

    def _findings(self) -> Iterator[str]:
        # A file that could not be read has no findings, which is not the same as none found.
        if not self._result.rules:
            return
        yield f"<h2>{self._say(_FINDINGS, count=len(self._told))}</h2>"
        if not self._told:
            yield f"<p>{self._say(_NONE)}</p>"
        yield '<ol class="findings">'
        for one in self._told:
            if one.cause is None:
                yield self._finding(one)
        yield "</ol>"
        if self._result.waivers:
            uses = [self._say(waiver_words(one)) for one in self._result.waivers]
            yield from self._list(words.WAIVERS, uses)

    def _finding(self, one: Told) -> str:
        finding = one.finding
        severity = SEVERITIES[finding.severity]
        rows = "".join(
            f"<dt>{self._say(title)}</dt><dd{_STYLES.get(title, '')}>{text}</dd>"
            for title, text in self._rows(one)
            if text
        )
        inner = [other for other in self._told if other.cause == one.number]
        nested = ""
        if inner:
            listed = "".join(self._finding(other) for other in inner)
            title = self._say(words.CONSEQUENCES, count=len(inner))
            nested = f'<div class="follows">{title}<ol>{listed}</ol></div>'
        return (
            f'<li class="finding {finding.severity}" id="f{one.number}" value="{one.number}">'
            f'<p class="head"><span aria-hidden="true">{SYMBOLS[finding.severity]}</span> {one.number}. '
            f"{self._say(severity)} {self._say(finding.message)} <code>[{safe(finding.rule)}]</code></p>"
            f"<dl>{rows}</dl>{nested}</li>"
        )

    def _rows(self, one: Told) -> Iterator[tuple[Wording, str]]:
        finding = one.finding
        if finding.equation:
            yield words.EQUATION, self._say(finding.equation.text)
        figures = (
            (words.EXPECTED, finding.expected),
            (words.FOUND, finding.found),
            (words.DIFFERENCE, finding.difference),
        )
        known = [
            f"{self._say(title)} {safe(value_words(value, self._language))}"
            for title, value in figures
            if value is not None
        ]
        yield words.FIGURES, ("，" if self._language == "zh" else ", ").join(known)
        if one.diagnosis:
            changes = [self._change(change) for each in one.diagnosis.explanations for change in each.changes]
            message = self._say(one.diagnosis.message)
            yield words.SUGGESTION, "<br>".join((message, *dict.fromkeys(changes)))
        yield words.CELLS, self._cells(finding)
        yield words.ADVICE, self._say(finding.advice)
        yield words.BASIS, self._say(basis_words(finding))

    def _change(self, change: Change) -> str:
        value = safe(value_words(change.value, self._language))
        return f"{SUGGESTED} {self._cell(change.cell)} → {value}?"

    def _cells(self, finding: Finding) -> str:
        listed = "".join(
            f'<li data-pointer="{safe(cell.pointer)}">{self._cell(cell)}</li>' for cell in finding.cells
        )
        count = len(finding.cells)
        # The equation has said it all, and a finding should fit a screen; the list is for finding the cells.
        opened = " open" if count <= _OPENED else ""
        return (
            f"<details{opened}><summary>{self._say(_CELLS, count=count)}</summary><ul>{listed}</ul></details>"
        )

    def _cell(self, cell: CellFact) -> str:
        label = self._say(cell.label)
        anchor = self._form.anchor(cell.pointer) if self._form else None
        linked = f'<a href="#{anchor}">{label}</a>' if anchor else label
        place = self._say(place_words(cell))
        value = safe(value_words(cell.value, self._language))
        at = f" <small>{place}</small>" if place else ""
        return f"{linked} = <b>{value}</b>{at}"

    def _remarks(self) -> Iterator[str]:
        result = self._result
        notes = [self._note(one) for one in result.notes]
        if notes:
            yield from self._list(words.NOTES, notes)
        for heading, rules in not_checked(result):
            yield from self._list(heading, [self._rules(*one) for one in rules.items()])
        if not_tried(result):
            yield f"<p>{self._say(words.TRIAL, count=not_tried(result))}</p>"

    def _note(self, note: Note) -> str:
        place = f" {self._say(note.place.wording)}" if note.place else ""
        return f"<code>[{safe(note.code)}]</code> {self._say(note.wording)}{place}"

    def _rules(self, reason: Wording, ids: Sequence[str]) -> str:
        return f"{self._say(reason)} " + " ".join(f"<code>{safe(one)}</code>" for one in ids)

    def _list(self, title: Wording, items: Sequence[str]) -> Iterator[str]:
        yield f"<h2>{self._say(title).rstrip('：:')}</h2>"
        yield "<ul>" + "".join(f"<li>{one}</li>" for one in items) + "</ul>"

    def _report(self) -> Iterator[str]:
        if self._form is None:
            return
        yield f"<h2>{self._say(_FORM)}</h2>"
        symbols = {str(severity): symbol for severity, symbol in SYMBOLS.items()}
        yield f"<p>{self._say(_LEGEND, suggested=SUGGESTED, concerned=CONCERNED, **symbols)}</p>"
        yield f'<div class="form" lang="zh-CN">\n{self._form.html}\n</div>'
