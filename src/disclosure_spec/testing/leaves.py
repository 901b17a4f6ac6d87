"""Numbers for the leaves of a form, before they are fitted together: mostly zeros, of every magnitude.

They are read out of strings of bytes: a draw for each number, its size and its place is ten times as slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.rules import CellsTest
from disclosure_spec.testing.choices import picked, string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis import strategies as st

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.linear import Number, System

Leaves: TypeAlias = "Callable[[st.DrawFn], dict[str, Number]]"
"""Draws numbers for leaves."""

_COUNTS: Final = (0, 1, 3, 6, 12, 40)
"""How many leaves at most are not zero: real reports are mostly zeros."""

_DIGITS: Final = 15
_POWERS: Final = 13
"""How many powers of ten a number of three digits takes up to fifteen."""

_FEW: Final = 4
"""How many cells of one type count in the choice of a type, so that rare types are met."""

_STEP: Final = 13
"""Bytes that say one leaf: one for its group, two for its place there, one for the number of its digits, one
for sign and decimal places, eight for the digits."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Leaves of one range and one number of decimal places."""

    places: int
    low: int
    high: int
    pointers: tuple[str, ...]


def few_leaves(edition: Edition, system: System, ceiling: int | None = None) -> Leaves:
    """Return what draws some of the leaves, at most forty.

    Args:
        edition: The edition.
        system: Its linear system.
        ceiling: Largest size of a number; what the schema allows when None.
    """
    # By group first: a cell of a rare type is met as often as some of a common one.
    weighted = [one for one in _groups(edition, system, ceiling) for _ in one.pointers[:_FEW]]

    def few(draw: st.DrawFn) -> dict[str, Number]:
        data = string(draw, _STEP * picked(draw, _COUNTS))
        steps = (data[at : at + _STEP] for at in range(0, len(data), _STEP))
        return dict(_leaf(weighted[step[0] % len(weighted)], step) for step in steps)

    return few


def all_leaves(edition: Edition, system: System, ceiling: int | None = None) -> Leaves:
    """Return what draws every leaf, two bytes for each; some of them as from `few_leaves`."""
    tops = [_limits(system, one, ceiling)[1] for one in system.leaves]
    few = few_leaves(edition, system, ceiling)

    def every(draw: st.DrawFn) -> dict[str, Number]:
        data = string(draw, 2 * len(tops) + 1)
        # One magnitude for the whole report: of a hundred numbers of any, the largest would always be huge.
        powers = data[0] * _POWERS // 256 + 1
        pairs = zip(system.leaves, tops, data[1::2], data[2::2], strict=True)
        filled = {one: min(number * 10 ** (power * powers // 256), top) for one, top, number, power in pairs}
        return filled | few(draw)

    return every


def amount_places(edition: Edition) -> int:
    """Return how many decimal places an amount may have by the rules of the edition."""
    tests = (rule.test for rule in edition.rules if rule.status == "active")
    return max((one.places for one in tests if isinstance(one, CellsTest)), default=0)


def _groups(edition: Edition, system: System, ceiling: int | None) -> Iterator[_Group]:
    places = amount_places(edition)
    found: dict[tuple[int, int, int], list[str]] = {}
    for cell in edition.cells:
        if cell.pointer in system.leaf_set:
            low, high = _limits(system, cell.pointer, ceiling)
            found.setdefault((places if cell.type == AMOUNT else 0, low, high), []).append(cell.pointer)
    for group, pointers in found.items():
        yield _Group(*group, tuple(pointers))


def _limits(system: System, pointer: str, ceiling: int | None) -> tuple[int, int]:
    low, high = system.limits[pointer]
    return (low, high) if ceiling is None else (max(low, -ceiling), min(high, ceiling))


def _leaf(group: _Group, step: bytes) -> tuple[str, Number]:
    """Read a leaf and its number out of bytes; the smaller they are, the simpler the number."""
    pointer = group.pointers[int.from_bytes(step[1:3], "big") % len(group.pointers)]
    size = step[3] * (_DIGITS + 1) // 256 + 1
    if size > _DIGITS:
        # One number in sixteen is at the very end of its range, where mistakes are made.
        return pointer, group.low if step[4] % 2 else group.high
    digits = 0
    for two in step[5:]:  # two digits a byte: so the smallest number above a round one is that round one
        digits = 100 * digits + two % 100
    digits %= 10**size
    if group.low < 0 and step[4] % 2:
        digits = -digits
    if group.places:
        return pointer, min(_decimal(digits, step[4] % (group.places + 1)), group.high)
    return pointer, min(max(digits, group.low), group.high)


def _decimal(digits: int, places: int) -> Number:
    """Return so many units of the last place, without zeros at the end."""
    while places and not digits % 10:
        digits, places = digits // 10, places - 1
    sign = "-" if digits < 0 else ""
    text = str(abs(digits)).rjust(places + 1, "0")
    return Decimal(f"{sign}{text[:-places]}.{text[-places:]}") if places else digits
