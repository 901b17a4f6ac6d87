"""What every rendering says alike: findings in one order with numbers, values and places in words."""

from __future__ import annotations

import re
from decimal import Decimal

from disclosure_spec._scalars import write_number
from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass
from disclosure_spec.checking import Reason, Status
from disclosure_spec.reporting.words import (
    ADVICE,
    BASIS,
    BLANK,
    EQUATION,
    HOWS,
    NO_CHANGES,
    NOT_CHECKED,
    OFF,
    PARTLY_CHECKED,
    PROFILE,
    REASONS,
    SEVERITIES,
    SUBJECT,
    SUGGESTION,
    UNKNOWN_BODY,
    WAIVED_FINDING,
    WAIVER,
    WAIVER_STATES,
    YEAR,
)
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from re import Match

    from disclosure_spec.checking import (
        AppliedProfile,
        CellFact,
        Diagnosis,
        Finding,
        Result,
        WaiverUse,
    )
    from disclosure_spec.document import JSONValue
    from disclosure_spec.wording import Language

# Controls can drive a terminal, marks of direction can make a text read as another, XML cannot hold the rest.
_UNSEEN: Final = (
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_OPEN: Final = {Status.NOT_CHECKED, Status.ERROR}
_DIGEST: Final = 12
"""Characters of a digest that are enough for people to tell files apart."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its number in the report.

    Attributes:
        number: From 1, in the order of the outline; a consequence follows its cause.
        cause: The number of the finding that it follows from.
    """

    number: int
    finding: Finding
    diagnosis: Diagnosis | None = None
    cause: int | None = None


def told(result: Result) -> Iterator[Told]:
    """Yield every finding in the order in which all renderings show them."""
    # Counted here and nowhere else, or two renderings of one result would call a finding by two numbers.
    number = 0
    for entry in result.outline:
        number += 1
        cause = number
        yield Told(cause, entry.finding, entry.diagnosis)
        for finding in entry.consequences:
            number += 1
            yield Told(number, finding, cause=cause)


def cells_to_look_at(finding: Finding, diagnosis: Diagnosis | None) -> Sequence[CellFact]:
    """Return where to look first: the cells suspected where the cause is known, else all concerned."""
    explanations = diagnosis.explanations if diagnosis else ()
    suspected = {change.cell.pointer: change.cell for one in explanations for change in one.changes}
    return tuple(suspected.values()) or finding.cells


def visible(text: str) -> str:
    """Return a text with every character that is not seen, but has an effect, written as its code."""
    # None of them is printable, and hardly a text has any: most need no pattern, which takes long to compile.
    return text if text.isprintable() else re.sub(_UNSEEN, _code, text)


def _code(match: Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"


def value_words(value: JSONValue, language: Language) -> str:
    """Return a value as people read it: exact, a blank named as such, words in their language."""
    if value is None:
        return BLANK.get(language)
    if isinstance(value, str):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return write_number(value)
    # What a rule on texts expects is words, and the result holds them in both languages.
    if isinstance(value, dict) and set(value) == set(LANGUAGES):
        return str(value[language])
    return dumps_json(value, indent=None).strip()


def place_words(cell: CellFact) -> Wording:
    """Return where a value stands in the user's file, and how it was matched if not letter for letter."""
    source = cell.source
    if source is None:
        return Wording("", "")
    how = HOWS.get(source.how) if source.how else None
    # By its own label, or where that was no question: nothing a reader would have to check.
    if how is None:
        return source.wording
    label = f"“{source.label}”" if source.label else ""
    return Wording(
        f"{source.wording.zh}（读取方式：{how.zh}{label}）",
        f"{source.wording.en} ({f'{how.en} {label}'.strip()})",
    )


def basis_words(finding: Finding) -> Wording:
    """Return the law, notices and printed notes of a finding."""
    words = [one.wording for one in finding.basis]
    return Wording("；".join(one.zh for one in words), "; ".join(one.en for one in words))


def subject_words(result: Result) -> Wording | None:
    """Return whose report it is, of which year and edition; None for a file that could not be read."""
    if result.form_edition is None:
        return None
    return SUBJECT.fill(
        body=result.body or UNKNOWN_BODY,
        year="" if result.report_year is None else YEAR.fill(year=result.report_year),
        edition=result.form_edition,
        spec=result.spec_version,
    )


def profile_words(profile: AppliedProfile) -> Wording:
    """Return under which profile a report was checked, and what it changed."""
    words = {rule: _change_words(change) for rule, change in profile.changes.items()}
    changes = Wording(
        "、".join(f"{rule} {one.zh}" for rule, one in words.items()),
        ", ".join(f"{rule} {one.en}" for rule, one in words.items()),
    )
    return PROFILE.fill(
        name=profile.name, digest=profile.sha256[:_DIGEST], changes=changes if words else NO_CHANGES
    )


def _change_words(change: str) -> Wording:
    known = {str(severity): words for severity, words in SEVERITIES.items()} | {"off": OFF}
    # A local deadline is a date, which needs no translation.
    return known.get(change, Wording(change, change))


def waiver_words(use: WaiverUse) -> Wording:
    """Return a waiver, what became of it, and the finding that it covers or that came back."""
    waiver = use.waiver
    words = WAIVER.fill(
        rule=waiver.rule,
        state=WAIVER_STATES[use.state],
        reason=waiver.reason,
        by=waiver.granted_by,
        until=waiver.until.isoformat(),
    )
    return WAIVED_FINDING.fill(waiver=words, finding=use.finding.message) if use.finding else words


def detail_lines(one: Told, language: Language) -> list[str]:
    """Return what stands below a finding, a line each: equation, suggestion, advice and law, with titles."""
    finding = one.finding
    details = (
        (EQUATION, finding.equation.text if finding.equation else None),
        (SUGGESTION, one.diagnosis.message if one.diagnosis else None),
        (ADVICE, finding.advice),
        (BASIS, basis_words(finding)),
    )
    colon = "：" if language == "zh" else ": "
    return [f"{title.get(language)}{colon}{text.get(language)}" for title, text in details if text]


def not_checked(result: Result) -> Iterator[tuple[Wording, Mapping[Wording, Sequence[str]]]]:
    """Yield headings with active rules by reason: those without an answer, then those with half of one."""
    active = [one for one in result.rules if one.lifecycle == "active"]
    whole = [one for one in active if one.status in _OPEN]
    # A rule that fails in one row may not have been checked in another, and its findings do not say so.
    partly = [one for one in active if one.status not in _OPEN and one.instances.get(Status.NOT_CHECKED)]
    for heading, outcomes in ((NOT_CHECKED, whole), (PARTLY_CHECKED, partly)):
        by_reason: dict[Wording, list[str]] = {}
        for one in outcomes:
            reason = REASONS[one.reason or one.open or Reason.RULE_BROKEN]
            by_reason.setdefault(reason, []).append(one.id)
        if outcomes:
            yield heading.fill(count=len(outcomes)), by_reason


def not_tried(result: Result) -> int:
    """Return how many trial rules were not checked."""
    return sum(one.lifecycle == "trial" and one.status in _OPEN for one in result.rules)
