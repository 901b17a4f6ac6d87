"""A row run together is read when one way is left, and refused when another one is as good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.reading.solving.proof import Run, prove
from disclosure_spec.reading.solving.system import system_of

if TYPE_CHECKING:
    from disclosure_spec.edition import Row

EDITION = installed().edition("2021")
SYSTEM = system_of(EDITION)


def row(key: str) -> Row:
    """Return the row whose cells have this key above them."""
    return next(
        one for section in EDITION.sections for one in section.rows if f"/{key}/" in one.cells[0].pointer
    )


def run(key: str, *pieces: str, blanks: bool = False) -> Run:
    """Return a row with what is printed for it."""
    return Run(tuple(cell.pointer for cell in row(key).cells), pieces, blanks=blanks)


def figures(key: str, *numbers: int) -> dict[str, int]:
    """Return a row that was read."""
    return {cell.pointer: number for cell, number in zip(row(key).cells, numbers, strict=True)}


@pytest.mark.parametrize(
    ("printed", "cells"),
    [
        ("0000000", ("0", "0", "0", "0", "0", "0", "0")),
        ("713000074", ("71", "3", "0", "0", "0", "0", "74")),
        ("370000037", ("37", "0", "0", "0", "0", "0", "37")),
        ("1000102", ("1", "0", "0", "0", "1", "0", "2")),
        ("640020470", ("64", "0", "0", "2", "0", "4", "70")),
    ],
)
def test_one_way_adds_up(printed: str, cells: tuple[str, ...]) -> None:
    """The digits and the total of the row leave one reading."""
    asked = run("received", printed)

    assert prove([asked], {}, SYSTEM)[asked].cells == cells


@pytest.mark.parametrize("printed", ["12345678", "88143140", "111111122", "000", "10000001"])
def test_rows_that_several_ways_or_none_fit_are_refused(printed: str) -> None:
    """What adds up in no way, or in more than one, is not read."""
    asked = run("received", printed)

    assert asked not in prove([asked], {}, SYSTEM)


def test_a_digit_a_cell_is_read_though_the_total_is_wrong() -> None:
    """As many digits as cells are a cell each, and a wrong total stays as it is printed."""
    asked = run("received", "3000004")

    assert prove([asked], {}, SYSTEM)[asked].cells == ("3", "0", "0", "0", "0", "0", "4")


def test_a_wrong_total_that_a_lost_blank_would_mend_is_refused() -> None:
    """Eleven and a blank add up where a digit a cell does not, so nobody can tell."""
    asked = run("received", "1100011")

    assert not prove([asked], {}, SYSTEM)


def test_rows_without_an_equation_are_read_by_their_digits_alone() -> None:
    """The first table has no totals: three noughts are three cells, 8855698 is anything."""
    noughts = run("administrative_rules", "000")
    many = run("normative_documents", "8855698")

    assert set(prove([noughts, many], {}, SYSTEM)) == {noughts}


def test_where_blanks_were_lost_no_row_rests_on_its_width() -> None:
    """In a table with lost blanks the same digits prove nothing by themselves."""
    asked = run("administrative_rules", "190", blanks=True)

    assert not prove([asked], {}, SYSTEM)


def test_other_rows_decide_between_ways_that_add_up() -> None:
    """Two ways to read a row are one when the balance of every column is known."""
    asked = run("received", "1121200006")
    alone = prove([asked], {}, SYSTEM)
    others = {
        **figures("carried_over", 0, 0, 0, 0, 0, 0, 0),
        **figures("carried_forward", 0, 0, 0, 0, 0, 0, 0),
        **figures("outcomes/total", 1, 1, 2, 1, 200, 0, 6),
    }

    assert asked not in alone
    assert asked not in prove([asked], others, SYSTEM)


def test_a_reading_the_columns_speak_against_is_refused_if_another_suits_them() -> None:
    """A way that adds up by chance, under a wrong total, does not win over one that every column confirms."""
    asked = run("received", "120000021")
    fits = prove([asked], {}, SYSTEM)[asked].cells
    others = {
        **figures("carried_over", 0, 0, 0, 0, 0, 0, 0),
        **figures("carried_forward", 0, 0, 0, 0, 0, 0, 0),
        **figures("outcomes/total", 12, 0, 0, 0, 0, 0, 21),
    }

    assert fits == ("1", "20", "0", "0", "0", "0", "21")
    assert asked not in prove([asked], others, SYSTEM)


def test_hostile_rows_are_given_up() -> None:
    """Hundreds of rows with thousands of ways each are refused, not tried."""
    asked = [run("received", "1" * 15 + str(number)) for number in range(300)]

    assert not prove(asked, {}, SYSTEM)


def test_beside_a_wrong_total_no_row_proves_itself() -> None:
    """Where one total is wrong as printed another may be, and suit a wrong reading by chance."""
    sound, slip = run("received", "713000074"), run("carried_over", "980000001")

    assert sound in prove([sound], {}, SYSTEM)
    assert not prove([sound, slip], {}, SYSTEM)
