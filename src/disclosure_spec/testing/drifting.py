"""Numbers of two years of one body that keep every rule between them, inequalities too."""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING, Final, NamedTuple

from disclosure_spec.rules import Term
from disclosure_spec.testing.linear import Constraint
from disclosure_spec.testing.making import conditional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.rules import Equation
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit
    from disclosure_spec.testing.linear import Number, Numbers, System

_BEFORE: Final = "previous"
"""Stands before the pointer of a number of last year."""

_ROUNDS: Final = 8
"""How many equations one change may set right, one after another."""

_SHORT: Final = 2
"""How many terms an inequality between a number and that of last year has."""

STEP: Final = 4
"""How many bytes say one change."""


class Years(NamedTuple):
    """Hold the leaves of two years."""

    before: dict[str, Number]
    after: dict[str, Number]


@lru_cache(maxsize=16)
def steady(kit: Kit) -> tuple[Constraint, ...]:
    """Return what numbers must meet to be those of one year and of the next as well."""
    equations = [use.equation for use in kit.links("previous")]
    # The terms of both years taken for those of one: their own `of` is left out.
    folded = [
        kit.system.weighed([Term(term.coefficient, term.pointer) for term in one.terms], one.relation)
        for one in equations
    ]
    asked = (_reduced(one) for one in folded if one.terms)
    return tuple(dict.fromkeys(one for one in asked if not _always(one, kit.system)))


class Drift:
    """Change the numbers of two years so that all that holds within them and between them still does.

    Args:
        kit: The edition.
    """

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._limits = {**kit.system.limits, **{_BEFORE + one: of for one, of in kit.system.limits.items()}}
        before = [
            Constraint(tuple((_BEFORE + one, c) for one, c in asked.terms), asked.relation)
            for asked in kit.constraints
        ]
        between = [_between(kit.system, use.equation) for use in kit.links("previous")]
        self._at: dict[str, list[Constraint]] = {}
        for one in _needed([*kit.constraints, *before, *between]):
            for pointer, _ in one.terms:
                self._at.setdefault(pointer, []).append(one)

    def years(self, leaves: Numbers, heads: Sequence[Flat], data: bytes) -> Years:
        """Return the leaves of both years.

        Args:
            leaves: Numbers that meet what `steady` asks, and the rules that apply to either year.
            heads: What the reports say besides numbers, last year's first.
            data: Which changes are made, each in four bytes; those that cannot be are passed over.
        """
        start = {**{_BEFORE + one: value for one, value in leaves.items()}, **leaves}
        steps = [data[at : at + STEP] for at in range(0, len(data), STEP)]
        numbers: Numbers = start
        for step in steps:
            numbers = self._changed(numbers, step) or numbers
        years = _parted(numbers)
        if self._hold(years, heads):
            return years
        # Seldom a rule comes to apply on the way; then each step is looked at, which takes longer.
        numbers = start
        for step in steps:
            changed = self._changed(numbers, step)
            if changed and self._hold(_parted(changed), heads):
                numbers = changed
        return _parted(numbers)

    def _hold(self, years: Years, heads: Sequence[Flat]) -> bool:
        system = self._kit.system
        for head, leaves in zip(heads, years, strict=True):
            cells = system.cells(leaves)
            if not system.within(cells) or conditional(self._kit, {**head, **cells}, leaves):
                return False
        return True

    def _changed(self, numbers: Numbers, step: bytes) -> dict[str, Number] | None:
        """Return the numbers with one made larger or smaller and others changed to fit; None if none do."""
        filled = [one for one, value in numbers.items() if value]
        if not filled:
            return None
        chosen = filled[int.from_bytes(step[:2], "big") % len(filled)]
        value = int(numbers[chosen])
        news = {**numbers, chosen: numbers[chosen] + ((step[2] - 48) * value // 64 or 1)}
        moved = [chosen]
        for _ in range(_ROUNDS):
            gap = next(((one, gap) for one in self._around(moved) if (gap := one.gap(news))), None)
            if gap is None:
                return news if self._within(news, moved) else None
            freed = self._freed(*gap, news, moved, step[3])
            if freed is None:
                return None
            moved.append(freed[0])
            news[freed[0]] = freed[1]
        return None

    def _freed(
        self, asked: Constraint, gap: Number, numbers: Numbers, moved: Sequence[str], pick: int
    ) -> tuple[str, Number] | None:
        """Return a number that nothing has moved yet, and what it must be for the equation to hold."""
        if asked.relation != "=":
            return None
        able = []
        for pointer, coefficient in asked.terms:
            if abs(coefficient) == 1 and pointer not in moved:
                value = numbers.get(pointer, 0)
                wanted = value + gap * coefficient
                # A number that was zero often must stay so.
                if value and wanted > 0:
                    able.append((pointer, wanted))
        return able[pick % len(able)] if able else None

    def _around(self, moved: Sequence[str]) -> Iterator[Constraint]:
        return (one for pointer in moved for one in self._at.get(pointer, ()))

    def _within(self, numbers: Numbers, moved: Sequence[str]) -> bool:
        return all(self._limits[one][0] <= numbers[one] <= self._limits[one][1] for one in moved)


def _parted(numbers: Numbers) -> Years:
    before = {one.removeprefix(_BEFORE): value for one, value in numbers.items() if one.startswith(_BEFORE)}
    return Years(before, {one: value for one, value in numbers.items() if not one.startswith(_BEFORE)})


@lru_cache(maxsize=16)
def drift_of(kit: Kit) -> Drift:
    """Return the drift of an edition."""
    return Drift(kit)


def _between(system: System, equation: Equation) -> Constraint:
    """Return what an equation asks of the leaves of both years."""
    own = system.weighed([one for one in equation.terms if one.of == "document"], equation.relation)
    theirs = system.weighed([one for one in equation.terms if one.of != "document"], equation.relation)
    return Constraint((*own.terms, *((_BEFORE + one, c) for one, c in theirs.terms)), equation.relation)


def _needed(constraints: Sequence[Constraint]) -> Iterator[Constraint]:
    """Yield the constraints without inequalities that are the sum of others, as those on totals are."""
    short: dict[tuple[str, tuple[str, int]], set[tuple[str, int]]] = {
        (one.relation, term): {*one.terms}
        for one in constraints
        if len(one.terms) <= _SHORT and one.relation != "="
        for term in one.terms
    }
    for one in dict.fromkeys(constraints):
        left = {*one.terms} if len(one.terms) > _SHORT else set()
        for term in one.terms:
            part = short.get((one.relation, term), set())
            if part <= left:
                left -= part
        if left or len(one.terms) <= _SHORT:
            yield one


def _reduced(asked: Constraint) -> Constraint:
    divisor = gcd(*(c for _, c in asked.terms))
    return Constraint(tuple((one, c // divisor) for one, c in asked.terms), asked.relation)


def _always(asked: Constraint, system: System) -> bool:
    """Tell whether a constraint holds whatever the leaves, as none can be below zero."""
    positive = {c > 0 for _, c in asked.terms} == {asked.relation == ">="}
    return asked.relation != "=" and positive and all(system.limits[one][0] >= 0 for one, _ in asked.terms)
