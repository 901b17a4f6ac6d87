"""What one instance of a rule came to, before the rule's words are put to it."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass, field
from disclosure_spec.checking.result import Reason, RuleOutcome, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from disclosure_spec.checking.result import CellFact, EquationFact
    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import Rule, Severity


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Hold the status of one instance, and what a finding needs when it failed.

    Attributes:
        values: What fills the fields of the rule's message.
    """

    status: Status
    reason: Reason | None = None
    cells: tuple[CellFact, ...] = ()
    equation: EquationFact | None = None
    expected: JSONValue = None
    found: JSONValue = None
    difference: int | Decimal | None = None
    keyword: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Instances:
    """The outcomes of a rule's instances: how many passed, and the others in their order."""

    passed: int
    others: Sequence[Evaluation]

    @classmethod
    def of(cls, evaluations: Iterable[Evaluation]) -> Instances:
        """Tell those that passed from the others."""
        every = [*evaluations]
        others = [one for one in every if one is not PASSED]
        return cls(len(every) - len(others), others)


HARMLESS: Final = {Reason.NOT_STATED, None}
"""Reasons that leave the verdict open to «conforms»: the report need not state the fact at all."""

# PASS before NOT_APPLICABLE: one instance that was checked says more than all that do not apply.
GRAVEST_FIRST: Final = (Status.ERROR, Status.FAIL, Status.NOT_CHECKED, Status.PASS, Status.NOT_APPLICABLE)

PASSED = Evaluation(Status.PASS)


# One for each reason: a blank form has some thousand instances that were not checked.
_NOT_CHECKED = {reason: Evaluation(Status.NOT_CHECKED, reason) for reason in Reason}


def not_checked(reason: Reason) -> Evaluation:
    """Return that an instance could not be evaluated."""
    return _NOT_CHECKED[reason]


def broken(reason: Reason) -> Evaluation:
    """Return that the rule itself cannot be evaluated on any document."""
    return Evaluation(Status.ERROR, reason)


def severity_of(rule: Rule) -> Severity:
    """Return how much a failure matters."""
    # A trial rule is out for comment: it may warn, but never decides a verdict.
    return "warning" if rule.status == "trial" and rule.severity == "error" else rule.severity


def outcome_of(rule: Rule, instances: Instances) -> RuleOutcome:
    """Return what became of a rule."""
    # Of a rule on every cell nearly all instances pass, and there is no more to say of those.
    counts = {Status.PASS: instances.passed} if instances.passed else {}
    for one in instances.others:
        counts[one.status] = counts.get(one.status, 0) + 1
    told = {status: counts[status] for status in GRAVEST_FIRST if status in counts}
    gravest = next(iter(told), Status.NOT_APPLICABLE)
    return RuleOutcome(
        rule.id,
        severity_of(rule),
        rule.status,
        gravest,
        _reason(instances.others, gravest),
        told,
        open=_reason(instances.others, Status.NOT_CHECKED),
    )


def _reason(evaluations: Sequence[Evaluation], status: Status) -> Reason | None:
    reasons = [one.reason for one in evaluations if one.reason and one.status is status]
    if not reasons:
        return None
    # One harmless reason must not hide another that leaves the verdict open.
    return next((one for one in reasons if one not in HARMLESS), reasons[0])
