"""Draw the values of reports that belong together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.testing.conditions import applies, number_at, year_of
from disclosure_spec.testing.drifting import STEP, drift_of, steady
from disclosure_spec.testing.kit import Wish
from disclosure_spec.testing.linear import UnsolvableError
from disclosure_spec.testing.making import finished, fitted, flats, identity, some_options
from disclosure_spec.testing.wishing import wishes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import Report
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit
    from disclosure_spec.testing.linear import Constraint, Number

_CEILING: Final = 10**9
"""Largest leaf of reports that are added up, so that sums stay in the range of the schema."""

_PARTS: Final = (1, 2, 1, 3, 2, 4)
"""How many bodies a government covers; few more often, since each takes the time of a report."""

_CHANGES: Final = (0, 4, 8)
"""How many numbers at most change from year to year, besides those that follow."""


class PairFlats(NamedTuple):
    """Hold the values of two years by pointer."""

    before: dict[str, JSONValue]
    after: dict[str, JSONValue]


class FamilyFlats(NamedTuple):
    """Hold the values of a whole and its parts by pointer."""

    whole: dict[str, JSONValue]
    parts: list[dict[str, JSONValue]]


@st.composite
def far_pair(draw: st.DrawFn, kit: Kit) -> PairFlats:
    """Draw two years of one body between which equations hold, but not all inequalities."""
    before = draw(flats(kit, Wish(ceiling=_CEILING, most={YEAR_POINTER: _last_but_one(kit)})))
    following = _following(kit, before)
    following = replace(following, constraints=tuple(_linked(kit, "previous", [before])))
    return PairFlats(before, draw(flats(kit, following)))


@st.composite
def near_pair(draw: st.DrawFn, kit: Kit, rule: str | None = None) -> PairFlats:
    """Draw two years of one body between which every rule holds, and to which this one applies."""
    wish = draw(wishes(kit, kit.edition.rule(rule))) if rule else Wish()
    last = min(_last_but_one(kit), wish.most.get(YEAR_POINTER, _last_but_one(kit)))
    wish = replace(
        wish,
        ceiling=_CEILING,
        most={**wish.most, YEAR_POINTER: last},
        constraints=(*wish.constraints, *steady(kit)),
    )
    options = some_options(draw, kit, wish)
    before = identity(draw, kit, wish, options)
    options_after = some_options(draw, kit, wish)
    after = identity(draw, kit, _following(kit, before), options_after)
    leaves = draw(kit.leaves(wish))
    size = STEP * draw(st.sampled_from(_CHANGES))
    changes = draw(st.binary(min_size=size, max_size=size))
    try:
        cells = fitted(kit, wish, [before, after], leaves)
    except UnsolvableError:
        assume(condition=False)
        raise
    leaves = {one: cells[one] for one in kit.system.leaves}
    years = drift_of(kit).years(leaves, [before, after], changes)
    before = finished(draw, kit, wish, before | kit.system.cells(years.before), options)
    same = _following(kit, before)
    return PairFlats(before, finished(draw, kit, same, after | kit.system.cells(years.after), options_after))


def _last_but_one(kit: Kit) -> int:
    return kit.years(YEAR_POINTER)[1] - 1


def _following(kit: Kit, before: Flat) -> Wish:
    """Return what the report of the next year must be: of the same body, amounts in the same units."""
    body = {node.pointer for node, _ in kit.fields if node.pointer.count("/") > 1}
    units = {cell.unit_pointer for cell in kit.edition.cells if cell.unit_pointer}
    kept = {one: before[one] for one in (*body, *units) if before.get(one) is not None}
    return Wish(
        given={one: st.just(value) for one, value in kept.items()}
        | {YEAR_POINTER: st.just(year_of(before) + 1)},
        absent=frozenset(body - {*before}),
        ceiling=_CEILING,
    )


@st.composite
def family_flats(draw: st.DrawFn, kit: Kit, rule: str | None = None) -> FamilyFlats:
    """Draw a whole to which a rule on parts applies, the first when none is named, and its parts."""
    ruled = [kit.edition.rule(rule)] if rule else [use.rule for use in kit.links("parts")]
    wish = draw(wishes(kit, ruled[0])) if ruled else Wish()
    head = identity(draw, kit, wish, frozenset(wish.given))
    units = {
        cell.unit_pointer: st.just(draw(st.sampled_from(cell.units)))
        for cell in kit.edition.cells
        if cell.unit_pointer
    }
    zeroes = [one for rule, one in kit.conditional if one.zeroes and applies(rule, head)]
    shared = Wish(
        given={YEAR_POINTER: st.just(head[YEAR_POINTER]), **units},
        pins={pointer: 0 for one in zeroes for pointer, _ in one.terms},
        ceiling=_CEILING,
    )
    parts = [draw(flats(kit, shared)) for _ in range(draw(st.sampled_from(_PARTS)))]
    whole = replace(
        shared,
        given={**shared.given, **{one: st.just(value) for one, value in head.items()}},
        absent=frozenset(node.pointer for node, _ in kit.fields if node.pointer not in head),
        constraints=tuple(_linked(kit, "parts", parts)),
    )
    return FamilyFlats(draw(flats(kit, whole)), parts)


def _linked(kit: Kit, of: Report, others: Sequence[Flat]) -> Iterator[Constraint]:
    """Yield what the equations ask of this report when those of others are known."""
    for own, theirs in kit.bonds(of):
        known: Number = 0
        for term in theirs:
            known += term.coefficient * total_at(others, term.pointer)
        yield replace(own, constant=known)


def total_at(flats_: Sequence[Flat], pointer: str) -> Number:
    """Return the sum of what stands at a pointer in each of some reports."""
    total: Number = 0
    for flat in flats_:
        total += number_at(flat, pointer)
    return total
