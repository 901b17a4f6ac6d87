"""Rows that lost or gained a cell are held against the columns; what fits in one place only is read."""

from __future__ import annotations

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.reading.solving.shifts import aligned, is_shifted
from disclosure_spec.reading.solving.system import system_of

EDITION = installed().edition("2021")
SYSTEM = system_of(EDITION)
RECEIVED = next(
    tuple(cell.pointer for cell in row.cells)
    for section in EDITION.sections
    for row in section.rows
    if row.cells[0].pointer.startswith("/requests/received/")
)


def table(*numbers: int) -> dict[str, int]:
    """Return the rows that the balance relates the received requests to, when these are the numbers."""
    found = {}
    for at, number in zip(RECEIVED, numbers, strict=True):
        found[at.replace("/received/", "/carried_over/")] = 0
        found[at.replace("/received/", "/carried_forward/")] = 0
        found[at.replace("/received/", "/outcomes/total/")] = number
    return found


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["4", "3", "2", "0", "0", "9"], {0: 0, 1: 1, 2: 2, 6: 5}),
        (["4", "3", "0", "0", "0", "9"], {0: 0, 1: 1, 3: 2, 4: 3, 5: 4, 6: 5}),
        (["4", "3", "2", "0", "0", "0", "9", "77"], {at: at for at in range(7)}),
        (["5", "4", "3", "2", "0", "0", "0", "9"], {at: at + 1 for at in range(7)}),
        (["4", "3", "2", "0", "0", "09"], {}),
        (["4", "2", "3", "0", "0", "9"], {}),
        (["4", "9"], {}),
        (["4", "3", "2", "0", "0", "0", "9"], {}),
    ],
)
def test_values_with_one_place_are_placed(texts: list[str], expected: dict[int, int]) -> None:
    """What any of the cells that may be missing would move stays unread."""
    assert aligned(texts, RECEIVED, table(4, 3, 2, 0, 0, 0, 9), SYSTEM) == expected


def test_nothing_is_placed_without_the_columns() -> None:
    """Where another row is not known the columns say nothing."""
    assert not aligned(["4", "3", "2", "0", "0", "9"], RECEIVED, {}, SYSTEM)


def test_a_blank_is_not_taken_for_a_value() -> None:
    """A blank may be the cell put in: the cell it would fill is not certain, and it is no nought."""
    found = aligned(["4", "3", "2", "", "0", "0", "0", "9"], RECEIVED, table(4, 3, 2, 0, 0, 0, 9), SYSTEM)

    assert set(found) == {0, 1, 2, 4, 5, 6}


@pytest.mark.parametrize(
    ("row", "shifted"),
    [
        ((4, 3, 2, 0, 0, 0, 9), False),
        ((4, 3, 2, 0, 0, 0, 8), False),
        ((5, 3, 2, 0, 0, 0, 9), False),
        ((5, 3, 2, 0, 0, 0, 10), False),
        ((7, 4, 3, 2, 0, 0, 9), True),
        ((4, 2, 0, 0, 0, 9, 8), True),
        ((812, 77, 5, 41, 9, 6, 13), True),
    ],
)
def test_rows_that_the_table_contradicts_are_told_from_wrong_totals(
    row: tuple[int, ...], *, shifted: bool
) -> None:
    """One wrong cell is an error of the report; several, against every column, are an error of the table."""
    figures = {**table(4, 3, 2, 0, 0, 0, 9), **dict(zip(RECEIVED, row, strict=True))}

    assert is_shifted(RECEIVED, figures, SYSTEM) is shifted
