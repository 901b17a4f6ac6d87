"""What one instance of a rule came to, before the rule's words are put to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disclosure_spec.checking.result import Reason, Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from disclosure_spec.checking.result import CellFact, EquationFact
    from disclosure_spec.document import JSONValue


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


PASSED = Evaluation(Status.PASS)


# One for each reason: a blank form has some thousand instances that were not checked.
_NOT_CHECKED = {reason: Evaluation(Status.NOT_CHECKED, reason) for reason in Reason}


def not_checked(reason: Reason) -> Evaluation:
    """Return that an instance could not be evaluated."""
    return _NOT_CHECKED[reason]


def broken(reason: Reason) -> Evaluation:
    """Return that the rule itself cannot be evaluated on any document."""
    return Evaluation(Status.ERROR, reason)
