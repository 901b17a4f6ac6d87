"""Reports on a system for people: what failed and why, a table, a closing line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from disclosure_spec.document import Missing
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.testing.columns import aligned
from disclosure_spec.testing.conformance.running import OUTCOMES
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.conformance.fuzzing import Disagreement, FuzzReport
    from disclosure_spec.testing.conformance.running import CaseReport, Outcome, Report
    from disclosure_spec.wording import Language

_SHOWN: Final = 4
"""Differences of one case that are written out."""

_SHOWN_CASES: Final = 10
"""Failed cases of one group that are written out; the rest are named."""

_TITLES: Final[Mapping[Outcome, Wording]] = {
    "passed": Wording("通过", "passed"),
    "failed": Wording("不通过", "failed"),
    "expected_failure": Wording("预期不通过", "expected to fail"),
    "unexpectedly_passed": Wording("意外通过", "unexpectedly passed"),
    "skipped": Wording("跳过", "skipped"),
}
_GROUP: Final = Wording("用例", "cases")
_TOTAL: Final = Wording("合计", "total")
_CLAUSE: Final = Wording("  依据：{clause}", "  clause: {clause}")
_DOCUMENT: Final = Wording("    文档：{path}", "    document: {path}")
_MORE: Final = Wording("    另有{count}处不同", "    {count} more differences")
_MORE_CASES: Final = Wording("  另有{count}个：", "  {count} more:")
_PASSED: Final = Wording(
    "意外通过（请从预期不通过的清单中删去）：", "unexpectedly passed (take them off the list):"
)
_SKIPPED: Final = Wording("跳过{count}个：{why}", "skipped {count}: {why}")
_SAID: Final = Wording("该系统回答了：{said}", "the system speaks of: {said}")
_NOTHING_SAID: Final = Wording("没有", "nothing")
_CLOSING: Final = Wording(
    "{answer}：规范{spec}，{total}个用例，通过{passed}，不通过{failed}，预期不通过{expected_failure}，"
    "意外通过{unexpectedly_passed}，跳过{skipped}；{seconds}秒。",
    "{answer}: specification {spec}, {total} cases, {passed} passed, {failed} failed, "
    "{expected_failure} expected to fail, {unexpectedly_passed} unexpectedly passed, {skipped} skipped; "
    "{seconds} s.",
)
_HELD: Final = {True: Wording("符合", "held"), False: Wording("不符合", "not held")}

_FUZZ_HEAD: Final = Wording(
    "{number}. 在{count}份文档上不一致；最小的一份（{edition}年版，{schema}）：",
    "{number}. differs on {count} documents; the smallest (edition {edition}, {schema}):",
)
_FUZZ_BASE: Final = Wording(
    "  与最小的一致报告（各格为0）相比：",
    "  it differs from the smallest consistent report (every cell 0) in:",
)
_FUZZ_SAME: Final = Wording("    没有不同：就是这份报告", "    nothing: it is that report")
_ABSENT: Final = Wording("（无此键）", "(not there)")
_WHOSE: Final = {
    "document": Wording("", ""),
    "previous": Wording("上年报告 ", "last year's report "),
}
_PART: Final = Wording("所属机关报告{number} ", "part {number} ")
_AGREE: Final = Wording("应为（本规范）与所答（该系统）：", "what is expected, and what the system says:")
_FUZZ_CLOSING: Final = Wording(
    "{answer}：{tried}，{causes}种不一致；种子{seed}；{seconds}秒，每秒{rate}份。",
    "{answer}: {tried}, {causes} causes of disagreement; seed {seed}; {seconds} s, {rate} a second.",
)
_TRIED: Final = Wording("{edition}年版{count}份", "{count} documents of {edition}")


def report_as_text(report: Report, language: Language) -> str:
    """Return a report on a run of the pack: failures by group, the table, the closing line."""
    lines = [*_failures(report, language), *_unexpected(report, language), *_table(report, language)]
    lines += _skips(report, language)
    said = ", ".join(sorted(report.said)) or _NOTHING_SAID.get(language)
    lines.append(_SAID.fill(said=said).get(language))
    closing = _CLOSING.fill(
        answer=_HELD[report.held],
        spec=report.spec_version,
        total=len(report.cases),
        seconds=f"{report.seconds:.1f}",
        **dict(report.counts),
    )
    return "\n".join([*lines, closing.get(language)]) + "\n"


def fuzz_as_text(report: FuzzReport, editions: Iterable[Edition], language: Language) -> str:
    """Return a report on differential testing: each cause with its smallest document, the closing line."""
    known = {edition.name: edition for edition in editions}
    lines: list[str] = []
    for number, one in enumerate(report.disagreements, start=1):
        lines += [*_disagreement(number, one, known[one.submission.edition], language), ""]
    tried = [_TRIED.fill(edition=name, count=count).get(language) for name, count in report.tried.items()]
    closing = _FUZZ_CLOSING.fill(
        answer=_HELD[report.held],
        tried=("、" if language == "zh" else ", ").join(tried),
        causes=len(report.disagreements),
        seed=report.seed,
        seconds=f"{report.seconds:.1f}",
        # A run may be too short for the clock.
        rate=round(sum(report.tried.values()) / max(report.seconds, 0.001)),
    )
    return "\n".join([*lines, closing.get(language)]) + "\n"


def _failures(report: Report, language: Language) -> Iterator[str]:
    groups: dict[tuple[str, ...], list[CaseReport]] = {}
    for one in report.cases:
        if one.outcome == "failed":
            groups.setdefault(one.case.group, []).append(one)
    for group, found in groups.items():
        yield "/".join(group)
        yield _CLAUSE.fill(clause=found[0].case.clause).get(language)
        for one in found[:_SHOWN_CASES]:
            yield f"  {one.case.id}"
            yield from (f"    {each.wording.get(language)}" for each in one.differences[:_SHOWN])
            if len(one.differences) > _SHOWN:
                yield _MORE.fill(count=len(one.differences) - _SHOWN).get(language)
            yield _DOCUMENT.fill(path=f"{report.folder}/{one.case.document}").get(language)
        rest = found[_SHOWN_CASES:]
        if rest:
            yield _MORE_CASES.fill(count=len(rest)).get(language)
            yield from (f"    {one.case.id}" for one in rest)
        yield ""


def _unexpected(report: Report, language: Language) -> Iterator[str]:
    passed = [one for one in report.cases if one.outcome == "unexpectedly_passed"]
    if passed:
        yield _PASSED.get(language)
        yield from (f"  {one.case.id}" for one in passed)
        yield ""


def _skips(report: Report, language: Language) -> Iterator[str]:
    counted = Counter(one.note for one in report.cases if one.outcome == "skipped" and one.note)
    for why, count in counted.items():
        yield _SKIPPED.fill(count=count, why=why).get(language)


def _table(report: Report, language: Language) -> Iterator[str]:
    counted: dict[tuple[str, ...], Counter[Outcome]] = {}
    for one in report.cases:
        counted.setdefault(one.case.group, Counter())[one.outcome] += 1
    rows = [[_GROUP.get(language), *(_TITLES[outcome].get(language) for outcome in OUTCOMES)]]
    rows += [["/".join(group), *(str(counts[one]) for one in OUTCOMES)] for group, counts in counted.items()]
    rows.append([_TOTAL.get(language), *(str(report.counts[one]) for one in OUTCOMES)])
    yield from (*aligned(rows), "")


def _disagreement(number: int, one: Disagreement, edition: Edition, language: Language) -> Iterator[str]:
    sent = one.submission
    head = _FUZZ_HEAD.fill(number=number, count=one.count, edition=sent.edition, schema=sent.schema)
    yield head.get(language)
    yield _FUZZ_BASE.get(language)
    for whose, pointer, value in one.changes:
        place = f"{_whose(whose).get(language)}{pointer}（{edition.label(pointer).get(language)}）"
        yield f"    {place}: {value_as_text(value, language)}"
    if not one.changes:
        yield _FUZZ_SAME.get(language)
    yield "  " + _AGREE.get(language)
    yield from (f"    {each.wording.get(language)}" for each in one.differences[:_SHOWN])
    if len(one.differences) > _SHOWN:
        yield _MORE.fill(count=len(one.differences) - _SHOWN).get(language)


def _whose(whose: str) -> Wording:
    return _WHOSE.get(whose) or _PART.fill(number=whose)


def value_as_text(value: JSONValue | Missing, language: Language) -> str:
    """Return a value as it stands in a document, or words for none."""
    return _ABSENT.get(language) if isinstance(value, Missing) else dumps_json(value, None).strip()
