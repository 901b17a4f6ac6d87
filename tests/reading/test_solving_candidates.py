"""Digits run together are cut in every way that numbers can be written, and in no other."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from disclosure_spec.reading.solving.candidates import MAX_CANDIDATES, candidates


def by_hand(digits: str, width: int) -> set[tuple[str, ...]]:
    """Return the cuts of digits into numbers by trying every set of places to cut at."""
    cuts = combinations(range(1, len(digits)), width - 1)
    found = {
        tuple(digits[start:end] for start, end in zip((0, *at), (*at, len(digits)), strict=True))
        for at in cuts
    }
    return {one for one in found if all(cell == "0" or cell[0] != "0" for cell in one)}


@pytest.mark.parametrize(
    ("pieces", "width", "expected"),
    [
        (["000"], 3, [("0", "0", "0")]),
        (["100"], 2, [("10", "0")]),
        (["10690"], 1, [("10690",)]),
        (["0", "00", "12"], 4, [("0", "0", "0", "12")]),
        (["007"], 2, []),
        (["12"], 3, []),
        (["9116.36"], 1, [("9116.36",)]),
        (["9116.36"], 2, []),
    ],
)
def test_the_digits_leave_one_way_or_none(
    pieces: list[str], width: int, expected: list[tuple[str, ...]]
) -> None:
    """A nought at the front is a cell of its own, a space ends a cell, what is no digit is not cut."""
    assert candidates(pieces, width) == expected


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_every_way_is_found_once(width: int) -> None:
    """The cuts are those found by trying all places, for all rows of up to five digits."""
    for digits in ("".join(one) for size in range(1, 6) for one in product("019", repeat=size)):
        found = candidates([digits], width) or []
        assert set(found) == by_hand(digits, width)
        assert len(found) == len(set(found))


def test_blanks_may_stand_anywhere() -> None:
    """Where blanks left no trace the numbers may stand in any cells of the row, in their order."""
    found = candidates(["12"], 2, blanks=True)

    assert found == [("12", None), (None, "12"), ("1", "2")]


@pytest.mark.parametrize("pieces", [["1" * 40], ["12345678901234567890"], ["1" * 300], ["1", "2"] * 60])
def test_a_row_with_more_ways_than_anybody_tries_is_given_up(pieces: list[str]) -> None:
    """Long lines cost no time: their ways are counted, not made."""
    found = candidates(pieces, 15, blanks=True)

    assert found is None or len(found) <= MAX_CANDIDATES
