"""Justified exceptions: each covers one finding in one report, and lapses when a value changes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import replace
from disclosure_spec.checking.checker import verdict
from disclosure_spec.checking.facts import NAME_POINTER
from disclosure_spec.checking.local_files import hint, load_local
from disclosure_spec.checking.result import Waiver, WaiverState, WaiverUse
from disclosure_spec.document import MISSING, get_at
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.checking.result import CellFact, Finding, Result
    from disclosure_spec.document import Document, JSONValue, Missing
    from disclosure_spec.edition import Catalogue

_NO_RULE: Final = Wording(
    "第{number}条豁免的“{rule}”不是规则编号{hint}。", "Waiver {number} names no rule by “{rule}”{hint}."
)
_NO_DATE: Final = Wording(
    "第{number}条豁免有效期至“{until}”，没有这一天。",
    "Waiver {number} holds until “{until}”, which is no day.",
)
_TWICE: Final = Wording(
    "第{number}条豁免与第{first}条针对同一问题；请只保留一条。",
    "Waivers {first} and {number} are for the same finding; keep one.",
)
NAMES: Final = (NAME_POINTER, "/reporting_body/credit_code")
"""Where a report says whose it is; a waiver names either."""


def load_waivers(data: bytes, catalogue: Catalogue) -> tuple[Waiver, ...]:
    """Read waivers: a YAML list that follows `schema/meta/waivers.schema.json`.

    Args:
        data: The file.
        catalogue: The specification that knows the rules they name.

    Raises:
        InputError: The file is no YAML as `loads_yaml` reads it.
        UsageError: `waivers.content`, `waivers.rule`, `waivers.until` or `waivers.twice`.
    """
    known = {rule.id for edition in catalogue.editions() for rule in edition.rules}
    waivers: list[Waiver] = []
    first: dict[object, int] = {}
    for number, entry in enumerate(load_local(data, "waivers", known), start=1):
        if entry["rule"] not in known:
            near = hint(entry["rule"], known)
            raise _refusal("rule", number, _NO_RULE.fill(number=number, rule=entry["rule"], hint=near))
        waiver = Waiver(**entry | {"until": _date(entry["until"], number)})
        about = (waiver.rule, waiver.body, waiver.report_year, frozenset(waiver.values))
        if about in first:
            raise _refusal("twice", number, _TWICE.fill(number=number, first=first[about]))
        first[about] = number
        waivers.append(waiver)
    return tuple(waivers)


def apply_waivers(result: Result, document: Document, waivers: Iterable[Waiver], today: date) -> Result:
    """Return the result without the findings that a waiver covers; its verdict is that of the rest.

    A finding is recognised by its rule, its cells and their values, never by its position. What the outcomes
    of the rules say stays, so a rule that could not be checked still leaves the verdict open. Diagnoses name
    findings by position and are therefore dropped: diagnose afterwards.

    Args:
        result: What the check says.
        document: The report it is about.
        waivers: Those for other bodies or years are passed over.
        today: A waiver whose last day is before it has expired.
    """
    bodies = [get_at(document, pointer) for pointer in NAMES]
    own = [one for one in waivers if one.body in bodies and one.report_year == result.report_year]
    if not own:
        return result
    values = [_values(finding, document) for finding in result.findings]
    uses = [use for one in own for use in _uses(one, result.findings, values, today)]
    covered = {id(use.finding) for use in uses if use.state is WaiverState.USED}
    left = tuple(finding for finding in result.findings if id(finding) not in covered)
    return replace(
        result, verdict=verdict(result.rules, left), findings=left, waivers=tuple(uses), diagnoses=()
    )


def never_used(waivers: Sequence[Waiver], uses: Iterable[WaiverUse]) -> tuple[Waiver, ...]:
    """Return the waivers that covered no finding: lapsed, needless, or for a report that never came.

    Args:
        waivers: All that were given.
        uses: What the results of all reports say of waivers.
    """
    used = [use.waiver for use in uses if use.state is WaiverState.USED]
    return tuple(waiver for waiver in waivers if waiver not in used)


def _uses(
    waiver: Waiver,
    findings: Sequence[Finding],
    values: Sequence[Mapping[str, JSONValue | Missing]],
    today: date,
) -> Iterator[WaiverUse]:
    """Yield what becomes of a waiver on each finding of its rule about its cells, or that there is none."""
    met = False
    for finding, stated in zip(findings, values, strict=True):
        if finding.rule == waiver.rule and stated.keys() == waiver.values.keys():
            met = True
            yield WaiverUse(waiver, _state(waiver, stated, today), finding)
    if not met:
        yield WaiverUse(waiver, WaiverState.EXPIRED if waiver.until < today else WaiverState.UNUSED)


def _state(waiver: Waiver, values: Mapping[str, JSONValue | Missing], today: date) -> WaiverState:
    if waiver.until < today:
        return WaiverState.EXPIRED
    unchanged = all(_same(values[pointer], granted) for pointer, granted in waiver.values.items())
    return WaiverState.USED if unchanged else WaiverState.VALUE_CHANGED


def _same(value: JSONValue | Missing, granted: JSONValue) -> bool:
    # To Python True equals 1; and an object is never what was granted, though a finding shows a blank for it.
    return isinstance(value, bool) == isinstance(granted, bool) and value == granted


def _values(finding: Finding, document: Document) -> dict[str, JSONValue | Missing]:
    """Return the values that a finding rests on, by pointer, those of other reports under their name."""
    if finding.equation:
        terms = (*finding.equation.left, *finding.equation.right)
        return {t.pointer if t.of == "document" else f"{t.of}:{t.pointer}": t.value for t in terms}
    return {cell.pointer: _whole(cell, document) for cell in finding.cells}


def _whole(cell: CellFact, document: Document) -> JSONValue | Missing:
    # Not the finding's own: of a long text it holds the beginning, behind which a change would go unnoticed.
    value = get_at(document, cell.pointer)
    return None if value is MISSING else value


def _date(text: str, number: int) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _refusal("until", number, _NO_DATE.fill(number=number, until=text)) from None


def _refusal(code: str, number: int, words: Wording) -> UsageError:
    return UsageError(f"waivers.{code}", words, f"/{number - 1}")
