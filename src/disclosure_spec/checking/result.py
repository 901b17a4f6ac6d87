"""What a check says: frozen values, from which every rendering is made."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from disclosure_spec.document import JSONValue
    from disclosure_spec.place import Note, Place
    from disclosure_spec.rules import Basis, Lifecycle, Relation, Report, Severity
    from disclosure_spec.wording import Wording


_GRAVITY: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


class Verdict(StrEnum):
    """Say in one word whether the report conforms."""

    CONFORMS = "conforms"
    DOES_NOT_CONFORM = "does_not_conform"
    CANNOT_TELL = "cannot_tell"


class Status(StrEnum):
    """Say what became of a rule on this document; every rule has one."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"
    ERROR = "error"


class Reason(StrEnum):
    """Say why a rule was not checked or does not apply."""

    OPERAND_BLANK = "operand_blank"
    OPERAND_MISSING = "operand_missing"
    OPERAND_UNREAD = "operand_unread"
    OPERAND_NOT_A_NUMBER = "operand_not_a_number"
    OPERAND_NOT_A_DATE = "operand_not_a_date"
    OPERAND_NOT_TEXT = "operand_not_text"
    NOT_STATED = "not_stated"
    CONDITION_UNKNOWN = "condition_unknown"
    CONDITION_NOT_MET = "condition_not_met"
    NO_SUCH_CELL = "no_such_cell"
    NO_PREVIOUS_REPORT = "no_previous_report"
    NO_PARTS = "no_parts"
    OTHER_YEAR = "other_year"
    UNITS_DIFFER = "units_differ"
    NOT_YET_EVALUATED = "not_yet_evaluated"
    RETIRED = "retired"
    SWITCHED_OFF = "switched_off"
    RULE_BROKEN = "rule_broken"


@dataclass(frozen=True, slots=True)
class CellFact:
    """A value the finding is about: where, what the form calls it, what stands there (80 characters)."""

    pointer: str
    label: Wording
    value: JSONValue
    source: Place | None = None


@dataclass(frozen=True, slots=True)
class EquationTerm:
    """A cell of an equation with its weight and number."""

    coefficient: int
    pointer: str
    value: int | Decimal
    of: Report = "document"


@dataclass(frozen=True, slots=True)
class EquationFact:
    """An equation with its numbers filled in, as labels and numbers in both languages."""

    left: tuple[EquationTerm, ...]
    relation: Relation
    right: tuple[EquationTerm, ...]
    text: Wording


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be.

    Attributes:
        rule: Id of the rule in the catalogue.
        severity: How much it matters; a trial rule never gives an error.
        cells: The values concerned, in the order of the equation or the form.
        equation: The equation that does not hold, for a linear rule.
        expected: What the rule asks for: a number, a date, or words.
        found: What stands there instead.
        difference: Found minus expected, for numbers.
        keyword: The schema keyword broken, for the structure.
        message: What is wrong.
        advice: What to do next.
        basis: The law, notice or printed note.
    """

    rule: str
    severity: Severity
    cells: tuple[CellFact, ...]
    equation: EquationFact | None
    expected: JSONValue
    found: JSONValue
    difference: int | Decimal | None
    keyword: str | None
    message: Wording
    advice: Wording
    basis: tuple[Basis, ...]

    @property
    def pointers(self) -> tuple[str, ...]:
        """Return the pointers of the cells concerned."""
        return tuple(cell.pointer for cell in self.cells)


class Slip(StrEnum):
    """Name the slip of the pen that would explain a wrong number."""

    TOTAL_NOT_UPDATED = "total_not_updated"
    DIGITS_TRANSPOSED = "digits_transposed"
    DIGIT_DROPPED = "digit_dropped"
    DIGIT_ADDED = "digit_added"
    DIGIT_CHANGED = "digit_changed"
    SIGN = "sign"
    NEIGHBOURS_SWAPPED = "neighbours_swapped"
    NEXT_COLUMN = "next_column"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Change:
    """A cell as it stands, and the number that would satisfy the equations.

    Attributes:
        slip: The likely slip that made the one of the other; None if it looks like none.
    """

    cell: CellFact
    value: int | Decimal
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Cells whose change together satisfies every broken equation, none of them needlessly.

    Attributes:
        slip: The likely slip that would have led to what stands there, of several cells the one that they
            have in common; None if it looks like none.
    """

    changes: tuple[Change, ...]
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the equations that do not hold tell together about the cells that are wrong; never applied.

    Attributes:
        findings: Positions, in the findings of the result, of those that follow from one cause; the first
            stands for all.
        explanations: The smallest sets of cells that explain them all, the likeliest first; none where the
            search was given up before the first. Of a cell without a number, the number that follows.
        count: How many such sets there are; more than are listed when the list was cut.
        proved: Whether one cell explains all, and neither another cell nor two others can: unless three
            others are wrong at once, it is this one.
        complete: Whether the search came to its end; if not, there may be others.
        message: All of this in words.
    """

    findings: tuple[int, ...]
    explanations: tuple[Explanation, ...]
    count: int
    proved: bool
    complete: bool
    message: Wording


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it is shown: with what is known of its cause, and what follows from the same cause."""

    finding: Finding
    diagnosis: Diagnosis | None = None
    consequences: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class AppliedProfile:
    """Name the profile under which a result was reached, and every rule that it changed.

    Attributes:
        name: As the profile calls itself.
        sha256: Of its file.
        changes: Ids of rules, each with what the profile made of it: `off` or a severity; local deadlines
            with their date.
    """

    name: str
    sha256: str
    changes: Mapping[str, str]


class WaiverState(StrEnum):
    """Say what became of a waiver on this document."""

    USED = "used"
    VALUE_CHANGED = "value_changed"
    EXPIRED = "expired"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A justified exception for one finding and the values it is about.

    Attributes:
        rule: Id of the rule.
        body: Name or unified social credit code of the body it was granted to.
        report_year: The year of the report it is for.
        values: The value of each cell for which it was granted, by pointer; of another report's cell by
            `previous:` or `parts:` and the pointer.
        reason: Why the values are right although the rule is broken.
        granted_by: Who takes responsibility.
        until: The last day on which it holds.
    """

    rule: str
    body: str
    report_year: int
    values: Mapping[str, JSONValue]
    reason: str
    granted_by: str
    until: date


@dataclass(frozen=True, slots=True)
class WaiverUse:
    """A waiver and what became of it; the finding that it covers, or that came back when it lapsed."""

    waiver: Waiver
    state: WaiverState
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule.

    Attributes:
        reason: Why it was not checked or does not apply; None otherwise.
        instances: How many of its instances have each status.
        open: Why instances were not checked, whatever became of the others; None if all were.
    """

    id: str
    severity: Severity
    lifecycle: Lifecycle
    status: Status
    reason: Reason | None
    instances: Mapping[Status, int]
    open: Reason | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """Name what was checked: file name, SHA-256 of its bytes, format it was read as."""

    name: str
    sha256: str
    format: str


@dataclass(frozen=True, slots=True)
class Result:
    """The whole answer on one document.

    Attributes:
        verdict: The one-word answer.
        spec_version: Version of the specification, `1.0`; None for a file that could not be read.
        form_edition: Edition of the form, `2021`; likewise.
        report_year: As the document says; None where it does not.
        body: Name of the reporting body, likewise.
        tool: Name and version of the program that checked.
        input: What was checked; None for a document given as values.
        rules: The outcome of every rule, in the order of the catalogue.
        findings: In the order of the catalogue, then of the form, but those that a waiver covers.
        notes: What the reader has to say about the input.
        diagnoses: What the findings of linear rules tell about the cells that are wrong.
        profile: The profile applied; None for the rules as published.
        waivers: Every waiver given, and what became of it.
    """

    verdict: Verdict
    spec_version: str | None
    form_edition: str | None
    report_year: int | None
    body: str | None
    tool: str
    input: Input | None
    rules: tuple[RuleOutcome, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    profile: AppliedProfile | None = None
    waivers: tuple[WaiverUse, ...] = ()

    @property
    def outline(self) -> tuple[Entry, ...]:
        """Return the findings as every rendering shows them: errors first, consequences under their cause."""
        heads = {one.findings[0]: one for one in self.diagnoses}
        folded = {at for one in self.diagnoses for at in one.findings[1:]}
        entries = [
            Entry(
                finding,
                heads.get(at),
                tuple(self.findings[other] for other in heads[at].findings[1:]) if at in heads else (),
            )
            for at, finding in enumerate(self.findings)
            if at not in folded
        ]
        # The sort is stable: within a severity the order of the catalogue stays.
        return tuple(sorted(entries, key=lambda entry: _GRAVITY[entry.finding.severity]))

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Return how many findings there are of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        # All three, zeros too: programs need not ask which keys are there.
        return {"error": counted["error"], "warning": counted["warning"], "info": counted["info"]}

    def outcome(self, rule_id: str) -> RuleOutcome:
        """Return the outcome of one rule.

        Raises:
            KeyError: The edition has no such rule.
        """
        for outcome in self.rules:
            if outcome.id == rule_id:
                return outcome
        raise KeyError(rule_id)
