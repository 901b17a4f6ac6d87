"""Ask an edition with one change, no more of it than the change can touch."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.checking import Checker
from disclosure_spec.checking.subset import accepts
from disclosure_spec.edition import Edition
from disclosure_spec.testing.comparing import compare
from disclosure_spec.testing.judging import judgement
from disclosure_spec.testing.mutants.mutant import RULES, changed, mutated_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_spec.checking import Result
    from disclosure_spec.document import JSONValue
    from disclosure_spec.testing.judging import Submission
    from disclosure_spec.testing.mutants.mutant import Mutant
    from disclosure_spec.testing.mutants.probes import Probe

RAISED: Final = (LookupError, TypeError, ValueError, AttributeError, re.error)
"""What a checker of a mutant may raise: it is written for catalogues that follow their own schema."""


class Asked:
    """Put submissions to one mutant.

    Args:
        edition: The edition as published.
        mutant: The change.
    """

    def __init__(self, edition: Edition, mutant: Mutant) -> None:
        self._edition = edition
        self._mutant = mutant

    @cached_property
    def _changed(self) -> Edition:
        return changed(self._edition, self._mutant)

    @cached_property
    def _whole(self) -> Checker:
        return Checker(self._changed)

    @cached_property
    def _alone(self) -> Checker:
        return Checker(only_rule(self._edition, mutated_rule(self._edition, self._mutant)))

    @cached_property
    def _accepts(self) -> Callable[[JSONValue], bool]:
        is_report = self._mutant.file == "report"
        return accepts(self._changed.schema if is_report else self._changed.draft_schema)

    def alone(self, probe: Probe) -> Result | None:
        """Return what the rule says when nothing else is asked; None where it cannot be worked out."""
        try:
            return checked(self._alone, probe.submission)
        except RAISED:
            return None

    def differs(self, probe: Probe) -> bool:
        """Tell whether the answer of the whole edition is not the one expected."""
        # The whole edition: a rule may take a finding away from another, as the structure's are.
        try:
            said = judgement(checked(self._whole, probe.submission))
        except RAISED:
            return True
        return bool(compare(probe.expected, said, probe.submission.schema).differences)

    def validity_differs(self, probe: Probe) -> bool:
        """Tell whether the changed schema accepts what must be refused, or the reverse."""
        submission, expected = probe.submission, probe.expected
        # A schema has no say in whether the other one accepts.
        if submission.schema != self._mutant.file or expected.valid is None:
            return False
        try:
            return self._accepts(submission.document) != expected.valid
        except RAISED:
            return True


def only_rule(edition: Edition, rule: Mapping[str, Any] | None) -> Edition:
    """Return the edition with one rule, as published, or with none."""
    # Rules do not see each other's results, so one alone says what it says among all.
    rules = {**edition.published_rules, RULES: [rule] if rule else []}
    return Edition(edition.form, rules, edition.schema, edition.draft_schema)


def checked(checker: Checker, submission: Submission) -> Result:
    """Return what a checker says of a submission."""
    return checker.check(submission.document, previous=submission.previous, parts=submission.parts)


def differs_on(rule: str, probe: Probe, result: Result) -> bool:
    """Tell whether findings or status of one rule are not those expected."""
    said, expected = judgement(result), probe.expected
    wanted = frozenset(one for one in expected.faults or () if one.rule == rule)
    # An expectation of some rules is silent on the others: no finding is expected, and none ruled out.
    if probe.names(rule) and wanted != said.faults:
        return True
    return rule in expected.statuses and (said.statuses or {}).get(rule) != expected.statuses[rule]
