"""Make a consistent document: what identifies it, its numbers, its dates, its texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st

from disclosure_spec.testing.choices import Choices
from disclosure_spec.testing.conditions import applies, year_of
from disclosure_spec.testing.kit import HAS, PICK, WORDING
from disclosure_spec.testing.linear import UnsolvableError
from disclosure_spec.testing.prose import CHOICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import DateCheck
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit, Wish
    from disclosure_spec.testing.layout import Node
    from disclosure_spec.testing.linear import Constraint, Number, Numbers

_PICKS = 4
"""How many leaves take turns at giving way."""


@dataclass(frozen=True, slots=True)
class Making:
    """Hold one document that is being made.

    Attributes:
        draw: Draws what is no small choice.
        kit: The edition.
        wish: What the document must be.
        choices: Its small choices.
    """

    draw: st.DrawFn
    kit: Kit
    wish: Wish
    choices: Choices

    def identity(self) -> dict[str, JSONValue]:
        """Draw what stands besides numbers, dates and parts in words: year, body, title and the like."""
        kit, wish = self.kit, self.wish
        flat = dict(wish.given)
        for node, make in kit.fields:
            pointer = node.pointer
            if pointer in flat:
                continue
            if pointer in wish.least or pointer in wish.most:
                flat[pointer] = self._bounded(pointer)
            elif pointer not in wish.absent and self._has(node):
                flat[pointer] = make(self.draw, self.choices)
        return flat

    def numbers(self, flat: Flat) -> dict[str, Number]:
        """Draw a number for every cell that goes with what identifies the document."""
        leaves = self.kit.leaves(self.wish)(self.draw)
        try:
            return fitted(self.kit, self.wish, [flat], leaves, self.choices.below(PICK, _PICKS))
        except UnsolvableError:
            assume(condition=False)
            raise

    def finished(self, flat: Flat) -> dict[str, JSONValue]:
        """Draw units, dates and texts that go with the rest of a document, and return the whole."""
        whole = dict(flat)
        for pointer, cell in self.kit.units.items():
            if pointer not in whole:
                units = cell.units if whole[cell.pointer] else (*cell.units, None)
                whole[pointer] = units[self.choices.below(pointer, len(units))]
        for pointer in self.kit.dates:
            if pointer not in whole and self._has(self.kit.node_at[pointer]):
                first, last = window(self.kit, pointer, whole)
                days = self.choices.below(pointer, (last - first).days + 1)
                whole[pointer] = (first + timedelta(days)).isoformat()
        return whole | self._texts(whole)

    def _has(self, node: Node) -> bool:
        option = node.option
        return option is None or option in self.wish.options or self.choices.below(HAS + option, 2) == 1

    def _bounded(self, pointer: str) -> int:
        low, high = self.kit.years(pointer)
        low = max(low, self.wish.least.get(pointer, low))
        high = min(high, self.wish.most.get(pointer, high))
        assume(low <= high)
        return self.kit.year(self.choices, pointer, low, high)

    def _texts(self, flat: Flat) -> dict[str, JSONValue]:
        kit = self.kit
        found: dict[str, JSONValue] = {}
        choice = self.choices.below(WORDING, CHOICES)
        for pointer in kit.texts:
            if pointer not in flat:
                tests = [test for rule, test in kit.text_rules.get(pointer, ()) if applies(rule, flat)]
                avoid = self.wish.without.get(pointer, ())
                found[pointer] = kit.prose.text(self.draw(kit.prose.texts), tests, choice, avoid=avoid)
        return found


def begun(draw: st.DrawFn, kit: Kit, wish: Wish) -> Making:
    """Draw the small choices of a document."""
    return Making(draw, kit, wish, Choices(draw, kit.places))


def flat_of(draw: st.DrawFn, kit: Kit, wish: Wish) -> dict[str, JSONValue]:
    """Draw the values of a consistent document by pointer."""
    making = begun(draw, kit, wish)
    head = making.identity()
    return making.finished({**head, **making.numbers(head)})


# For who needs a strategy; inside another one the function is quicker than a strategy for each wish.
flats = st.composite(flat_of)


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
            # Fewer digits rather than another document: which cells are filled stays as drawn.
            leaves = {pointer: _tenth(value) for pointer, value in leaves.items()}
            continue
        # Numbers may bring a rule to apply; what it asks is added, and all is fitted again.
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
    # A deadline before the first day leaves one day only.
    return min(first, last), last


def limit(check: DateCheck, year: int) -> date:
    """Return the day a check names for a report year."""
    return date(year + check.years_after, check.month, check.day)
