"""Mutants of one equation: on each probe only that equation is worked out again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import localcontext
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Status
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.equations import LinearEvaluator
from disclosure_spec.checking.evaluation import GRAVEST_FIRST
from disclosure_spec.checking.facts import Facts
from disclosure_spec.document import MISSING
from disclosure_spec.limits import MAX_NUMBER_DIGITS
from disclosure_spec.rules import LinearTest, Rule
from disclosure_spec.testing.mutants.mutant import at_path, mutated_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from decimal import Decimal

    from disclosure_spec.checking import Reason, Result, RuleOutcome
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Report
    from disclosure_spec.testing.mutants.mutant import Mutant
    from disclosure_spec.testing.mutants.probes import Probe

_INSTANCE: Final = 5
"""Length of the path to an equation: the rules, one of them, its test, the equations, one of them."""

Places = tuple[str, ...]
"""The places of a finding, in order; none where nothing is found."""

Told = tuple[Status, "Reason | None", Places]
"""What becomes of an equation: status, reason, and the places of its finding."""

Prepared = tuple[Facts, "Sequence[int | Decimal | Reason]"]

_PRECISION: Final = 4 * MAX_NUMBER_DIGITS
_NOT_THERE: Final[Told] = (Status.NOT_APPLICABLE, None, ())
"""What becomes of an equation that is dropped: as of a rule without any."""


def is_of_one_equation(mutant: Mutant) -> bool:
    """Tell whether the change lies within one equation of a linear rule, or drops it."""
    return len(mutant.path) >= _INSTANCE and mutant.path[3] == "instances"


def equations_of(rule: Rule) -> tuple[Equation, ...]:
    """Return the equations of a rule; none if it has another kind of test."""
    return rule.test.equations if isinstance(rule.test, LinearTest) else ()


def mutated_equation(edition: Edition, mutant: Mutant) -> Equation | None:
    """Return the equation as the mutant has it; None where it is dropped."""
    rule = mutated_rule(edition, mutant)
    if rule is None or (len(mutant.path) == _INSTANCE and mutant.value is MISSING):
        return None
    instance = at_path(rule, mutant.path[2:_INSTANCE])
    # Read by itself, as reading all equations of a rule takes longer than judging one.
    alone = {**rule, "test": {**rule["test"], "instances": [instance]}}
    return equations_of(Rule.from_json(alone))[0]


class EquationBench:
    """Find the probes on which an equation comes to something else.

    Args:
        edition: The edition as published.
        alone: What a rule as published, asked alone, says of a probe.
    """

    def __init__(self, edition: Edition, alone: Callable[[str, Probe], Result]) -> None:
        self._edition = edition
        self._alone = alone
        self._rules = {rule.id: rule for rule in edition.rules}
        self._prepared: dict[str, Prepared] = {}
        self._current: tuple[str, int] = ("", 0)
        self._before: dict[str, Told] = {}

    def touched(self, mutant: Mutant, probes: Iterable[Probe]) -> Iterator[tuple[Probe, bool]]:
        """Yield the probes that may tell, and whether it is certain that they do."""
        rule = self._rules[mutant.rule]
        # Nothing of a rule that is not applied can make a difference.
        if rule.status == "retired":
            return
        index = int(mutant.path[_INSTANCE - 1])
        if self._current != (rule.id, index):
            # Mutants come equation by equation: what earlier ones came to is not asked for again.
            self._current, self._before = (rule.id, index), {}
        equation = mutated_equation(self._edition, mutant)
        for probe in probes:
            facts, vector = self._facts(probe)
            # Its condition comes first: the equations are not looked at.
            if obstacle(rule, facts):
                continue
            if probe.id not in self._before:
                self._before[probe.id] = self._told(equations_of(rule)[index], facts, vector)
            old = self._before[probe.id]
            new = self._told(equation, facts, vector) if equation else _NOT_THERE
            may_tell, is_certain = self._weighed(rule, probe, old, new)
            if may_tell:
                yield probe, is_certain

    def _weighed(self, rule: Rule, probe: Probe, old: Told, new: Told) -> tuple[bool, bool]:
        """Return whether the change of one equation may and must change what is said of the rule."""
        is_binding = rule.status == "active" and rule.severity == "error"
        # Reasons are not compared, but those of a binding rule decide the verdict.
        if old == new or (old[::2] == new[::2] and not is_binding):
            return False, False
        result = self._alone(rule.id, probe)
        is_certain = _finding_differs(rule.id, probe, result, (old[2], new[2])) or (
            rule.id in probe.expected.statuses and _status_differs(result.outcome(rule.id), old[0], new[0])
        )
        return is_certain or is_binding, is_certain

    def _told(self, equation: Equation, facts: Facts, vector: Sequence[int | Decimal | Reason]) -> Told:
        evaluator = LinearEvaluator(LinearTest.of([equation]), self._edition)
        # As the checker does, or long amounts would be rounded here and not there.
        with localcontext(prec=_PRECISION):
            (came,) = evaluator.evaluate(facts, vector)
        failed = came.status is Status.FAIL
        return came.status, came.reason, tuple(sorted(one.pointer for one in came.cells)) if failed else ()

    def _facts(self, probe: Probe) -> Prepared:
        if probe.id not in self._prepared:
            asked = probe.submission
            bare = Facts(asked.document, self._edition)
            previous = () if asked.previous is None else (replace(bare, document=asked.previous),)
            parts = tuple(replace(bare, document=one) for one in asked.parts)
            others: dict[Report, tuple[Facts, ...]] = {"previous": previous, "parts": parts}
            # All cells at once: the next mutant asks for other cells of the same report.
            vector = [bare.number(cell.pointer) for cell in self._edition.cells]
            self._prepared[probe.id] = replace(bare, others=others), vector
        return self._prepared[probe.id]


def _finding_differs(rule: str, probe: Probe, result: Result, places: tuple[Places, Places]) -> bool:
    old, new = places
    if old == new or not probe.names(rule):
        return False
    # Two equations over the same cells make one finding between them.
    found = Counter(tuple(sorted(set(one.pointers))) for one in result.findings)
    return found[old] == 1 or (bool(new) and not found[new])


def _status_differs(outcome: RuleOutcome, old: Status, new: Status) -> bool:
    # The count of all equations with this one moved over, instead of working out all others again.
    after = Counter(outcome.instances)
    after.update([new])
    after.subtract([old])
    gravest = next((one for one in GRAVEST_FIRST if after[one] > 0), Status.NOT_APPLICABLE)
    return gravest != outcome.status
