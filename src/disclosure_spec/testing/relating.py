"""Draw the values of reports that belong together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from hypothesis import assume

from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.testing.choices import picked, string
from disclosure_spec.testing.conditions import applies, number_at, year_of
from disclosure_spec.testing.drifting import STEP, drift_of, steady
from disclosure_spec.testing.kit import Wish
from disclosure_spec.testing.linear import UnsolvableError
from disclosure_spec.testing.making import begun, fitted, flat_of
from disclosure_spec.testing.wishing import wish_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hypothesis import strategies as st

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


def far_pair(draw: st.DrawFn, kit: Kit) -> PairFlats:
    """Draw two years of one body between which equations hold, but not all inequalities."""
    before = flat_of(draw, kit, Wish(ceiling=_CEILING, most={YEAR_POINTER: _last_but_one(kit)}))
    following = _following(kit, before)
    following = replace(following, constraints=tuple(_linked(kit, "previous", [before])))
    return PairFlats(before, flat_of(draw, kit, following))


def near_pair(draw: st.DrawFn, kit: Kit, rule: str | None = None) -> PairFlats:
    """Draw two years of one body between which every rule holds, and to which this one applies."""
    wish = wish_for(draw, kit, kit.edition.rule(rule)) if rule else Wish()
    last = min(_last_but_one(kit), wish.most.get(YEAR_POINTER, _last_but_one(kit)))
    wish = replace(
        wish,
        ceiling=_CEILING,
        most={**wish.most, YEAR_POINTER: last},
        constraints=(*wish.constraints, *steady(kit)),
    )
    first = begun(draw, kit, wish)
    before = first.identity()
    second = begun(draw, kit, _following(kit, before))
    after = second.identity()
    leaves = kit.leaves(wish)(draw)
    changes = string(draw, STEP * picked(draw, _CHANGES))
    try:
        # Numbers that do for both years, from which each then departs: two years drawn apart never meet.
        cells = fitted(kit, wish, [before, after], leaves)
    except UnsolvableError:
        assume(condition=False)
        raise
    leaves = {one: cells[one] for one in kit.system.leaves}
    years = drift_of(kit).years(leaves, [before, after], changes)
    before = first.finished(before | kit.system.cells(years.before))
    after |= _following(kit, before).given  # amounts are in the units of the year before
    return PairFlats(before, second.finished(after | kit.system.cells(years.after)))


def _last_but_one(kit: Kit) -> int:
    return kit.years(YEAR_POINTER)[1] - 1


def _following(kit: Kit, before: Flat) -> Wish:
    """Return what the report of the next year must be: of the same body, amounts in the same units."""
    body = {node.pointer for node, _ in kit.fields if node.pointer.count("/") > 1}
    kept = {one: before[one] for one in (*body, *kit.units) if before.get(one) is not None}
    return Wish(
        given={**kept, YEAR_POINTER: year_of(before) + 1},
        absent=frozenset(body - {*before}),
        ceiling=_CEILING,
    )


def family_flats(draw: st.DrawFn, kit: Kit, rule: str | None = None) -> FamilyFlats:
    """Draw a whole to which a rule on parts applies, the first when none is named, and its parts."""
    ruled = [kit.edition.rule(rule)] if rule else [use.rule for use in kit.links("parts")]
    whole = begun(draw, kit, wish_for(draw, kit, ruled[0]) if ruled else Wish())
    head = whole.identity()
    # What a government must not have, none of its bodies may have: sums would show it.
    zeroes = [one for rule, one in kit.conditional if one.zeroes and applies(rule, head)]
    shared = Wish(
        given={
            YEAR_POINTER: head[YEAR_POINTER],
            **{pointer: picked(draw, cell.units) for pointer, cell in kit.units.items()},
        },
        pins={pointer: 0 for one in zeroes for pointer, _ in one.terms},
        ceiling=_CEILING,
    )
    parts = [flat_of(draw, kit, shared) for _ in range(picked(draw, _PARTS))]
    whole = replace(whole, wish=replace(shared, constraints=tuple(_linked(kit, "parts", parts))))
    head |= shared.given
    return FamilyFlats(whole.finished({**head, **whole.numbers(head)}), parts)


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
