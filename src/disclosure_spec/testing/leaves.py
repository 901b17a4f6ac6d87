"""Numbers for the leaves of a form, before they are fitted together: mostly zeros, of every magnitude."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.rules import CellsTest

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.linear import Number, System

_MOST: Final = 40
"""Most leaves that are not zero: real reports are mostly zeros."""

_POWERS: Final = 13
"""How many powers of ten a number of three digits takes up to fifteen."""

_FEW: Final = 4
"""How many cells of one type count in the choice of a type, so that rare types are met."""


def few_leaves(
    edition: Edition, system: System, ceiling: int | None = None
) -> st.SearchStrategy[dict[str, Number]]:
    """Return a strategy for some of the leaves, at most forty.

    Args:
        edition: The edition.
        system: Its linear system.
        ceiling: Largest size of a number; what the schema allows when None.
    """
    places = amount_places(edition)
    groups: dict[tuple[int, int, int], list[str]] = {}
    for cell in edition.cells:
        if cell.pointer in system.leaf_set:
            low, high = _limits(system, cell.pointer, ceiling)
            groups.setdefault((places if cell.type == AMOUNT else 0, low, high), []).append(cell.pointer)
    weighted = [
        st.tuples(st.sampled_from(pointers), _numbers(*group))
        for group, pointers in groups.items()
        for _ in pointers[:_FEW]
    ]
    return st.lists(st.one_of(weighted), max_size=_MOST).map(dict)


def all_leaves(
    edition: Edition, system: System, ceiling: int | None = None
) -> st.SearchStrategy[dict[str, Number]]:
    """Return a strategy for every leaf, made of one string of bytes, since a draw for each is slow."""
    tops = [_limits(system, one, ceiling)[1] for one in system.leaves]

    def decode(data: bytes) -> dict[str, Number]:
        pairs = zip(system.leaves, tops, data[::2], data[1::2], strict=True)
        return {one: _decode(number, power, top) for one, top, number, power in pairs}

    filled = st.binary(min_size=2 * len(tops), max_size=2 * len(tops)).map(decode)
    return st.builds(lambda base, few: {**base, **few}, filled, few_leaves(edition, system, ceiling))


def amount_places(edition: Edition) -> int:
    """Return how many decimal places an amount may have by the rules of the edition."""
    tests = (rule.test for rule in edition.rules if rule.status == "active")
    return max((one.places for one in tests if isinstance(one, CellsTest)), default=0)


def _decode(number: int, power: int, top: int) -> int:
    """Read a small number and its magnitude out of two bytes; bytes of zero are zero."""
    magnitude: int = 10 ** (power * _POWERS // 256)
    return min(number * magnitude, top)


def _limits(system: System, pointer: str, ceiling: int | None) -> tuple[int, int]:
    low, high = system.limits[pointer]
    return (low, high) if ceiling is None else (max(low, -ceiling), min(high, ceiling))


def _numbers(places: int, low: int, high: int) -> st.SearchStrategy[Number]:
    scale = 10**places
    decimals = st.integers(low * scale, high * scale).map(lambda digits: _decimal(digits, places))
    return st.integers(low, high) | decimals if places else st.integers(low, high)


def _decimal(digits: int, places: int) -> Number:
    """Return so many units of the last place, without zeros at the end."""
    while places and not digits % 10:
        digits, places = digits // 10, places - 1
    sign = "-" if digits < 0 else ""
    text = str(abs(digits)).rjust(places + 1, "0")
    return Decimal(f"{sign}{text[:-places]}.{text[-places:]}") if places else digits
