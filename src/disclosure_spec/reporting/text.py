"""A result for people: the verdict, then errors before warnings, each with numbers, advice and law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Reason, Status
from disclosure_spec.reporting.words import REASONS, SEVERITIES, VERDICTS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.checking import Finding, Result, RuleOutcome
    from disclosure_spec.place import Note
    from disclosure_spec.rules import Severity
    from disclosure_spec.wording import Language

_HEAD: Final = Wording(
    "{body}{year}（{edition}年版格式，规范{spec}）",
    "{body}{year} (form edition {edition}, specification {spec})",
)
_COUNTS: Final = Wording(
    "错误{error}处，警告{warning}处，提示{info}处。", " {error} errors, {warning} warnings, {info} notes."
)
_VERDICT: Final = Wording("结论：{verdict}。", "Verdict: {verdict}.")
_UNKNOWN_BODY: Final = Wording("（机关名称不详）", "(body not known) ")
_YEAR: Final = Wording("{year}年度", " {year}")
_EQUATION: Final = Wording("等式", "equation")
_PLACE: Final = Wording("位置", "place")
_ADVICE: Final = Wording("办法", "what to do")
_BASIS: Final = Wording("依据", "basis")
_NOT_CHECKED: Final = Wording("未检查的规则（{count}条）：", "Rules not checked ({count}):")
_TRIAL: Final = Wording("另有试行规则{count}条未检查。", "Besides, {count} trial rules were not checked.")
_NOTES: Final = Wording("读取说明：", "Notes from reading:")
_MORE_PLACES: Final = Wording("，另{count}处", "; {count} more")
_MORE: Final = Wording("同类还有{count}处：", "{count} more of the same kind:")
_ORDER: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}
_COLOURS: Final[Mapping[Severity, str]] = {"error": "31", "warning": "33", "info": "36"}
_SHOWN: Final = 3
"""Findings of one rule written out in full, the rest take a line each; places of one finding likewise."""


def render_text(result: Result, language: Language, *, colour: bool = False) -> str:
    """Return the result as lines of text in one language.

    Args:
        result: What to show.
        language: `zh` or `en`.
        colour: Use terminal colours.
    """
    return "\n".join(_Renderer(language, colour=colour).lines(result)) + "\n"


class _Renderer:
    def __init__(self, language: Language, *, colour: bool) -> None:
        self._language: Language = language
        self._colour = colour

    def lines(self, result: Result) -> Iterator[str]:
        yield from self._head(result)
        by_rule: dict[str, list[Finding]] = {}
        # The sort is stable: within a severity the order of the catalogue stays.
        for finding in sorted(result.findings, key=lambda one: _ORDER[one.severity]):
            by_rule.setdefault(finding.rule, []).append(finding)
        for findings in by_rule.values():
            yield ""
            yield from self._findings(findings)
        yield from self._notes(result.notes)
        yield from self._not_checked(result.rules)

    def _say(self, wording: Wording, **values: object) -> str:
        return wording.fill(**values).get(self._language)

    def _head(self, result: Result) -> Iterator[str]:
        if result.input:
            yield result.input.name
        if result.form_edition is not None:
            yield self._say(
                _HEAD,
                body=result.body or _UNKNOWN_BODY,
                year="" if result.report_year is None else _YEAR.fill(year=result.report_year),
                edition=result.form_edition,
                spec=result.spec_version,
            )
        colour = {"conforms": "32", "does_not_conform": "31"}.get(result.verdict, "33")
        yield self._paint(self._say(_VERDICT, verdict=VERDICTS[result.verdict]), colour) + (
            self._say(_COUNTS, **{str(severity): count for severity, count in result.counts.items()})
            if result.rules
            else ""
        )

    def _findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        for finding in findings[:_SHOWN]:
            severity = SEVERITIES[finding.severity].get(self._language)
            colour = _COLOURS[finding.severity]
            yield f"{self._paint(severity, colour)} [{finding.rule}] {finding.message.get(self._language)}"
            yield from self._details(finding)
        rest = findings[_SHOWN:]
        if rest:
            yield "  " + self._say(_MORE, count=len(rest))
            for finding in rest:
                yield f"    {finding.message.get(self._language)} {self._places(finding)}".rstrip()
        # Advice and law belong to the rule and are the same for all its findings.
        yield self._detail(_ADVICE, findings[0].advice.get(self._language))
        separator = "；" if self._language == "zh" else "; "
        yield self._detail(
            _BASIS, separator.join(one.wording.get(self._language) for one in findings[0].basis)
        )

    def _details(self, finding: Finding) -> Iterator[str]:
        if finding.equation:
            yield self._detail(_EQUATION, finding.equation.text.get(self._language))
        places = self._places(finding)
        if places:
            yield self._detail(_PLACE, places)

    def _places(self, finding: Finding) -> str:
        places = [cell.source.wording.get(self._language) for cell in finding.cells if cell.source]
        # In running text the cells of a row share one line, which is said once.
        known = list(dict.fromkeys(place for place in places if place))
        shown = ("、" if self._language == "zh" else "; ").join(known[:_SHOWN])
        rest = len(known) - _SHOWN
        return shown + self._say(_MORE_PLACES, count=rest) if rest > 0 else shown

    def _detail(self, title: Wording, text: str) -> str:
        return f"  {title.get(self._language)}{'：' if self._language == 'zh' else ': '}{text}"

    def _not_checked(self, outcomes: Sequence[RuleOutcome]) -> Iterator[str]:
        open_ = [one for one in outcomes if one.status in {Status.NOT_CHECKED, Status.ERROR}]
        active = [one for one in open_ if one.lifecycle == "active"]
        if active:
            yield ""
            yield self._say(_NOT_CHECKED, count=len(active))
        by_reason: dict[Reason, list[str]] = {}
        for outcome in active:
            by_reason.setdefault(outcome.reason or Reason.RULE_BROKEN, []).append(outcome.id)
        comma = "、" if self._language == "zh" else ", "
        for reason, ids in by_reason.items():
            yield self._detail(REASONS[reason], comma.join(ids))
        if len(open_) > len(active):
            # Trial rules bind nobody, so their number is enough.
            yield self._say(_TRIAL, count=len(open_) - len(active))

    def _notes(self, notes: Sequence[Note]) -> Iterator[str]:
        if notes:
            yield ""
            yield self._say(_NOTES)
        for note in notes:
            place = note.place.wording.get(self._language) if note.place else ""
            yield f"  [{note.code}] {note.wording.get(self._language)}{f' {place}' if place else ''}"

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[1;{colour}m{text}\x1b[0m" if self._colour else text
