"""Draw a consistent document: what identifies it, its numbers, its dates, its texts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st

from disclosure_spec.testing.conditions import applies, year_of
from disclosure_spec.testing.kit import YEARS_AHEAD
from disclosure_spec.testing.linear import UnsolvableError
from disclosure_spec.testing.prose import CHOICES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import DateCheck
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit, Wish
    from disclosure_spec.testing.linear import Constraint, Number, Numbers


@st.composite
def flats(draw: st.DrawFn, kit: Kit, wish: Wish) -> dict[str, JSONValue]:
    """Draw the values of a consistent document by pointer."""
    options = some_options(draw, kit, wish)
    flat = identity(draw, kit, wish, options)
    flat |= _numbers(draw, kit, wish, flat)
    return finished(draw, kit, wish, flat, options)


def some_options(draw: st.DrawFn, kit: Kit, wish: Wish) -> AbstractSet[str]:
    """Draw which optional keys a document has."""
    chosen = draw(st.integers(0, 2 ** len(kit.layout.options) - 1))  # one draw for all of them
    return {one for bit, one in enumerate(kit.layout.options) if chosen >> bit & 1} | wish.options


def finished(
    draw: st.DrawFn, kit: Kit, wish: Wish, flat: Flat, options: AbstractSet[str]
) -> dict[str, JSONValue]:
    """Draw units, dates and texts that go with the rest of a document, and return the whole."""
    flat = dict(flat)
    for cell in kit.edition.cells:
        if cell.unit_pointer:
            units = [*cell.units, *([] if flat[cell.pointer] else [None])]
            flat[cell.unit_pointer] = draw(wish.given.get(cell.unit_pointer, st.sampled_from(units)))
    flat |= _dates(draw, kit, wish, flat, options)
    return flat | _texts(draw, kit, wish, flat)


def identity(draw: st.DrawFn, kit: Kit, wish: Wish, options: AbstractSet[str]) -> dict[str, JSONValue]:
    """Draw what stands besides numbers, dates and parts in words: year, body, title and the like."""
    flat: dict[str, JSONValue] = {}
    for node, strategy in kit.fields:
        pointer = node.pointer
        if pointer in wish.given:
            flat[pointer] = draw(wish.given[pointer])
        elif pointer in wish.least or pointer in wish.most:
            flat[pointer] = draw(_bounded(kit, wish, pointer))
        elif pointer not in wish.absent and (node.option is None or node.option in options):
            flat[pointer] = draw(strategy)
    return flat


def _bounded(kit: Kit, wish: Wish, pointer: str) -> st.SearchStrategy[int]:
    low, high = kit.years(pointer)
    low = max(low, wish.least.get(pointer, low))
    high = min(high, wish.most.get(pointer, high), low + YEARS_AHEAD)
    return st.integers(low, high) if low <= high else st.nothing()


def _numbers(draw: st.DrawFn, kit: Kit, wish: Wish, flat: Flat) -> dict[str, Number]:
    leaves = draw(kit.leaves(wish))
    pick = draw(st.integers(0, 3))
    try:
        return fitted(kit, wish, [flat], leaves, pick)
    except UnsolvableError:
        assume(condition=False)
        raise


def fitted(kit: Kit, wish: Wish, heads: Sequence[Flat], leaves: Numbers, pick: int = 0) -> dict[str, Number]:
    """Return the number of every cell, from leaves that are changed until all rules that apply are kept.

    Args:
        kit: The edition.
        wish: What must hold besides.
        heads: What the documents say besides numbers, for each of which these must do.
        leaves: Where to start.
        pick: Tells which leaf gives way where several can.

    Raises:
        UnsolvableError: They cannot be.
    """
    pins = dict(wish.pins)
    constraints = list(dict.fromkeys((*wish.constraints, *kit.constraints)))
    while True:
        solved = kit.system.solve(leaves, constraints, pins, pick)
        cells = kit.system.cells(solved)
        if not kit.system.within(cells):
            if not any(leaves.values()):
                raise UnsolvableError
            leaves = {pointer: _tenth(value) for pointer, value in leaves.items()}
            continue
        asked = (one for head in heads for one in conditional(kit, {**head, **cells}, solved))
        news = [one for one in asked if one not in constraints]
        if not news:
            return cells
        for one in news:
            if one.zeroes:
                pins |= dict.fromkeys((pointer for pointer, _ in one.terms), 0)
            constraints.append(one)


def conditional(kit: Kit, flat: Flat, leaves: Numbers) -> list[Constraint]:
    """Return what rules ask that apply to this document in particular and are not kept."""
    return [one for rule, one in kit.conditional if one.gap(leaves) and applies(rule, flat)]


def _tenth(value: Number) -> Number:
    whole = abs(int(value)) // 10
    return whole if value > 0 else -whole


def _dates(
    draw: st.DrawFn, kit: Kit, wish: Wish, flat: Flat, options: AbstractSet[str]
) -> dict[str, JSONValue]:
    found: dict[str, JSONValue] = {}
    for pointer in kit.dates:
        node = kit.node_at[pointer]
        if pointer in wish.given:
            found[pointer] = draw(wish.given[pointer])
        elif node.option is None or node.option in options:
            first, last = window(kit, pointer, flat)
            found[pointer] = (first + timedelta(draw(st.integers(0, (last - first).days)))).isoformat()
    return found


def window(kit: Kit, pointer: str, flat: Flat) -> tuple[date, date]:
    """Return the first and last day that the rules which apply allow; the year after the report's if any."""
    year = year_of(flat)
    first, last = date(year + 1, 1, 1), date(year + 1, 12, 31)
    for rule, check in kit.date_checks.get(pointer, ()):
        if check.month and applies(rule, flat):
            wanted = limit(check, year)
            first = (
                wanted if check.relation == "=" else max(first, wanted) if check.relation == ">=" else first
            )
            last = wanted if check.relation == "=" else min(last, wanted) if check.relation == "<=" else last
    return min(first, last), last


def limit(check: DateCheck, year: int) -> date:
    """Return the day a check names for a report year."""
    return date(year + check.years_after, check.month, check.day)


def _texts(draw: st.DrawFn, kit: Kit, wish: Wish, flat: Flat) -> dict[str, JSONValue]:
    found: dict[str, JSONValue] = {}
    choice = draw(st.integers(0, CHOICES - 1))
    for pointer in kit.texts:
        if pointer in wish.given:
            found[pointer] = draw(wish.given[pointer])
            continue
        tests = [test for rule, test in kit.text_rules.get(pointer, ()) if applies(rule, flat)]
        free = draw(kit.prose.texts)
        found[pointer] = kit.prose.text(free, tests, choice, avoid=wish.without.get(pointer, ()))
    return found
