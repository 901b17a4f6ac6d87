"""What the mutants are held against: submissions, each with what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_spec.testing.judging import Expectation, Submission


@dataclass(frozen=True, slots=True, eq=False)
class Probe:
    """Hold one submission and what must be said of it.

    Attributes:
        id: Names it in a report.
        submission: The document and what it is held against.
        expected: What must be said; what it leaves open kills nothing.
        about: The rule it was made for; asked first of that rule's mutants.
    """

    id: str
    submission: Submission
    expected: Expectation
    about: str = ""

    @property
    def speaks_of_rules(self) -> bool:
        """Tell whether anything but validity is expected; documents of any shape have only that."""
        expected = self.expected
        return expected.faults is not None or expected.verdict is not None or bool(expected.statuses)

    def names(self, rule: str) -> bool:
        """Tell whether all findings of a rule are expected, and no others."""
        expected = self.expected
        return expected.faults is not None and (not expected.scope or rule in expected.scope)
