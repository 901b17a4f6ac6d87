"""The equations of an edition as they stand on one document: which hold and which do not."""

from __future__ import annotations

import operator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias, cast

from disclosure_spec._values import dataclass
from disclosure_spec.checking.cells import decimal_places
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.diagnosis.minimal import Patterns
from disclosure_spec.checking.diagnosis.system import Row, connected
from disclosure_spec.checking.equations import LinearEvaluator, sum_of
from disclosure_spec.checking.evaluation import severity_of
from disclosure_spec.checking.result import Reason, Status
from disclosure_spec.rules import LinearTest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from disclosure_spec.checking.evaluation import Evaluation
    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.checking.result import EquationTerm, Finding, Result, RuleOutcome
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Rule, Term

_HOLDS: Final = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}
_ABSENT: Final = {
    Reason.OPERAND_BLANK,
    Reason.OPERAND_UNREAD,
    Reason.OPERAND_NOT_A_NUMBER,
    Reason.OPERAND_MISSING,
}
"""Reasons that leave an equation to tell a number, instead of being told by it."""

_WHOLE: Final = {int}
_MOST_GROUNDS: Final = 100
"""Sets of speaking equations to keep; nearly all reports of a country share one."""

_PAIR: Final = 2

_Side: TypeAlias = "frozenset[tuple[int, str, str]]"
_Key: TypeAlias = "tuple[_Side, _Side]"
"""The terms of an equation, left and right, which tell it from its rule's others."""


class Laid(NamedTuple):
    """An equation laid over the form: what it says whatever the document.

    Attributes:
        weights: Of the cells of the report itself, by position in form order.
        foreign: The terms of other reports.
        binding: Whether it is an equality that a report without error keeps by itself; others only
            bear witness.
        total: The cell that the equation makes the sum of several others of this report, if it does.
    """

    equation: Equation
    weights: Mapping[int, int]
    foreign: tuple[Term, ...]
    binding: bool
    total: int | None

    @property
    def kept(self) -> Row:
        """Return what it asks of the changes of its cells where it holds."""
        return Row(self.weights, 0)


class Statement(NamedTuple):
    """One equation or inequality on one document.

    Attributes:
        sum: What the numbers add up to now, those of other reports with them, in steps; a cell without a
            number counts nothing.
        finding: The position of its finding in the result; None if it holds or cannot be checked.
    """

    laid: Laid
    sum: int
    finding: int | None

    @property
    def row(self) -> Row:
        """Return what it asks of the changes of its cells."""
        return Row(self.laid.weights, -self.sum)

    def holds(self, changes: Mapping[int, int]) -> bool:
        """Tell whether it holds once the cells are changed."""
        moved = sum([weight * changes.get(cell, 0) for cell, weight in self.laid.weights.items()])
        return bool(_HOLDS[self.laid.equation.relation](self.sum + moved, 0))


class Group:
    """Binding equations that hang together, and what was found out about them on earlier documents.

    Attributes:
        members: Each equation by its position among all that bind.
        cells: The cells they are about.
        patterns: The searches for what explains broken ones.
    """

    def __init__(self, members: Mapping[int, Laid]) -> None:
        self.members = members
        self.cells = frozenset(cell for one in members.values() for cell in one.weights)
        self.patterns = Patterns({at: one.kept for at, one in members.items()})


class Ground:
    """All that binds on a document; most documents of an edition stand on the same.

    Attributes:
        groups: Those that hang together.
        group_at: The place of the group that an equation is in, by its position.
        totals: The cells that are sums of others.
    """

    def __init__(self, binding: Sequence[Laid]) -> None:
        groups = [*connected([one.kept for one in binding])]
        self.groups = [Group({at: binding[at] for at in group}) for group in groups]
        self.group_at = {at: place for place, group in enumerate(groups) for at in group}
        self.totals = frozenset(one.total for one in binding if one.total is not None)


@dataclass(frozen=True)
class Account:
    """All that the rules state about the numbers of one document.

    Attributes:
        ground: The binding equations that say something here.
        statements: Of those, the broken ones and those that lack a number, by position on the ground.
        testimonies: What does not bind, each with the position of its finding.
        numbers: The number of each cell in form order, in steps; None where there is none.
        steps: How many steps make one: 100 where some amount has two decimal places.
    """

    facts: Facts
    ground: Ground
    statements: Mapping[int, Statement]
    testimonies: Sequence[tuple[Laid, int | None]]
    numbers: Sequence[int | None]
    steps: int

    @cached_property
    def unknown(self) -> AbstractSet[int]:
        """Return the cells without a number."""
        if None not in self.numbers:
            return frozenset()
        return {cell for cell, number in enumerate(self.numbers) if number is None}

    @property
    def doubted(self) -> bool:
        """Return whether a finding is about what does not bind."""
        return any(finding is not None for _, finding in self.testimonies)

    @cached_property
    def witnesses(self) -> Sequence[Statement]:
        """Return what does not bind: last year's report and the like speak for one explanation or another."""
        found = []
        for laid, finding in self.testimonies:
            elsewhere = _elsewhere(laid.foreign, self.facts, self.steps)
            if elsewhere is not None and self.unknown.isdisjoint(laid.weights):
                found.append(Statement(laid, _sum(laid, self.numbers) + elsewhere, finding))
        return found

    @cached_property
    def witnesses_of(self) -> Mapping[int, Sequence[Statement]]:
        """Return the witnesses that know a cell, by its position in form order."""
        by_cell: dict[int, list[Statement]] = {}
        for one in self.witnesses:
            for cell in one.laid.weights:
                by_cell.setdefault(cell, []).append(one)
        return by_cell


def account(result: Result, facts: Facts) -> Account:
    """Return what the rules state about a document; a broken equation that was waived states nothing."""
    numbers, steps = _in_whole_steps(facts)
    catalogue = _laid_over(facts.edition)
    speaking: list[int] = []
    statements: dict[int, Statement] = {}
    testimonies: list[tuple[Laid, int | None]] = []
    for rule, told in _stated(result, facts, catalogue.rules):
        if told is _ALL_HOLD:
            speaking += rule.binding
            testimonies += rule.testimonies
            continue
        for at, laid in enumerate(rule.equations):
            if at in told.silent:
                continue
            if not laid.binding:
                testimonies.append((laid, told.others.get(at)))
                continue
            if at in told.others:
                statements[len(speaking)] = Statement(laid, _sum(laid, numbers), told.others[at])
            speaking.append(rule.first + at)
    return Account(facts, catalogue.ground(tuple(speaking)), statements, testimonies, numbers, steps)


def _in_whole_steps(facts: Facts) -> tuple[Sequence[int | None], int]:
    """Return the number of each cell in steps so small that every number is whole, and nothing is rounded."""
    others = [*chain(*facts.others.values())]
    if not others and {*map(type, facts.numbers)} == _WHOLE:
        return cast("Sequence[int]", facts.numbers), 1
    steps = 10 ** max(_places(report) for report in (facts, *others))
    # Nearly all are whole numbers, and not worth a call.
    return [one * steps if type(one) is int else _in_steps(one, steps) for one in facts.numbers], steps


def _sum(laid: Laid, numbers: Sequence[int | None]) -> int:
    return sum([weight * (numbers[cell] or 0) for cell, weight in laid.weights.items()])


def _in_steps(number: int | Decimal | Reason, steps: int) -> int | None:
    if isinstance(number, Reason):
        return None
    return number * steps if isinstance(number, int) else int(Fraction(number) * steps)


def _places(facts: Facts) -> int:
    return max((decimal_places(one) for one in facts.numbers if isinstance(one, Decimal)), default=0)


def _elsewhere(terms: Sequence[Term], facts: Facts, steps: int) -> int | None:
    """Return what the cells of other reports add to an equation; None where they have no number."""
    total = 0
    for term in terms:
        value = _in_steps(sum_of(facts.others[term.of], term.pointer), steps)
        if value is None:
            return None
        total += term.coefficient * value
    return total


class _Told(NamedTuple):
    """What became of the equations of a rule on one document.

    Attributes:
        others: Those that do not hold or lack a number, by position in the rule, each with the position of
            its finding.
        silent: Those that say nothing.
    """

    others: Mapping[int, int | None]
    silent: AbstractSet[int]


_ALL_HOLD: Final = _Told({}, frozenset())


def _stated(result: Result, facts: Facts, rules: Sequence[_Rule]) -> Iterator[tuple[_Rule, _Told]]:
    """Yield the rules that say something about the numbers of a document, and what they say."""
    alone = not any(facts.others.values())
    outcomes = {one.id: one for one in result.rules}
    found = _positions(result.findings)
    for rule in rules:
        if alone and rule.compares:
            continue
        outcome = outcomes[rule.rule.id]
        if len(outcome.instances) == 1 and Status.PASS in outcome.instances:
            yield rule, _ALL_HOLD
        # A rule that was switched off, is retired or does not apply says nothing about the numbers.
        elif outcome.status is Status.FAIL or (
            outcome.status in {Status.PASS, Status.NOT_CHECKED} and not obstacle(rule.rule, facts)
        ):
            yield rule, _told(rule, outcome, found.get(rule.rule.id, {}), facts)


def _told(rule: _Rule, outcome: RuleOutcome, found: Mapping[_Key, int], facts: Facts) -> _Told:
    failed = {at: found[key] for key, at in rule.positions if key in found}
    # Nothing is waived, and nothing was left open: the findings tell which equations hold.
    if outcome.instances == {Status.FAIL: len(failed), Status.PASS: len(rule.equations) - len(failed)}:
        return _Told(failed, frozenset())
    others: dict[int, int | None] = {}
    silent: set[int] = set()
    for at, one in enumerate(rule.evaluator.evaluate(facts, facts.numbers, worded=False)):
        if at in failed:
            others[at] = failed[at]
        elif _wants_number(rule.equations[at].equation, one, facts.edition):
            others[at] = None
        elif one.status is not Status.PASS:
            silent.add(at)
    return _Told(others, silent)


def _wants_number(equation: Equation, evaluation: Evaluation, edition: Edition) -> bool:
    if evaluation.reason not in _ABSENT:
        return False
    # Where amounts state their units a number alone is not the answer.
    return not any(edition.cell_at[term.pointer].unit_pointer for term in equation.terms)


def _positions(findings: Iterable[Finding]) -> Mapping[str, Mapping[_Key, int]]:
    """Return where the finding of each equation stands, by rule."""
    positions: dict[str, dict[_Key, int]] = {}
    for at, one in enumerate(findings):
        if one.equation:
            key = _key(one.equation.left), _key(one.equation.right)
            positions.setdefault(one.rule, {})[key] = at
    return positions


def _key(side: Iterable[EquationTerm]) -> _Side:
    return frozenset([(one.coefficient, one.pointer, one.of) for one in side])


class _Rule(NamedTuple):
    """A linear rule laid over the form.

    Attributes:
        first: Where its first equation stands among those of all rules.
        compares: Whether every equation needs another report.
        positions: Its equations by their terms, each with its position.
        binding: The binding equations, by their place among those of all rules.
        testimonies: The others, as an account holds them.
    """

    rule: Rule
    first: int
    evaluator: LinearEvaluator
    equations: Sequence[Laid]
    compares: bool
    positions: Sequence[tuple[_Key, int]]
    binding: Sequence[int]
    testimonies: Sequence[tuple[Laid, None]]


class _Catalogue:
    """The linear rules of an edition, laid over the form once and not for every report of a folder."""

    def __init__(self, edition: Edition) -> None:
        self.rules: list[_Rule] = []
        self._all: list[Laid] = []
        self._grounds: dict[tuple[int, ...], Ground] = {}
        for rule in edition.rules:
            if isinstance(rule.test, LinearTest):
                self.rules.append(_laid(rule, rule.test, edition, len(self._all)))
                self._all += self.rules[-1].equations

    def ground(self, speaking: tuple[int, ...]) -> Ground:
        """Return the ground that some equations are, by their place among those of all rules."""
        if speaking not in self._grounds:
            if len(self._grounds) >= _MOST_GROUNDS:
                self._grounds.clear()
            self._grounds[speaking] = Ground([self._all[at] for at in speaking])
        return self._grounds[speaking]


@lru_cache(maxsize=16)
def _laid_over(edition: Edition) -> _Catalogue:
    return _Catalogue(edition)


def _laid(rule: Rule, test: LinearTest, edition: Edition, first: int) -> _Rule:
    equations = [_lay(one, edition, binding=severity_of(rule) == "error") for one in test.equations]
    return _Rule(
        rule,
        first,
        LinearEvaluator(test, edition),
        equations,
        compares=all(one.foreign for one in equations),
        positions=[(_terms(one.equation), at) for at, one in enumerate(equations)],
        binding=[first + at for at, one in enumerate(equations) if one.binding],
        testimonies=[(one, None) for one in equations if not one.binding],
    )


def _terms(equation: Equation) -> _Key:
    left = frozenset([(t.coefficient, t.pointer, t.of) for t in equation.terms if t.coefficient > 0])
    right = frozenset([(-t.coefficient, t.pointer, t.of) for t in equation.terms if t.coefficient < 0])
    return left, right


def _lay(equation: Equation, edition: Edition, *, binding: bool) -> Laid:
    weights = {
        edition.cell_at[term.pointer].index: term.coefficient
        for term in equation.terms
        # An equation on a cell that the form does not have is an error of the rule, found elsewhere.
        if term.of == "document" and term.pointer in edition.cell_at
    }
    foreign = tuple(term for term in equation.terms if term.of != "document")
    # Another report may itself be wrong: it bears witness, whatever the severity of the rule.
    binds = binding and not foreign and equation.relation == "="
    return Laid(equation, weights, foreign, binds, _total(weights, len(equation.terms)))


def _total(weights: Mapping[int, int], terms: int) -> int | None:
    left = [cell for cell, weight in weights.items() if weight > 0]
    # Last year's number beside it makes a cell no sum.
    alone = len(left) == 1 and weights[left[0]] == 1 and terms == len(weights)
    return left[0] if alone and terms > _PAIR else None
