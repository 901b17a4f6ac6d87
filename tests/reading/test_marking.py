"""Marks of our own files are hints: they say where a row begins, and where labels disagree with them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reading.meeting import NEW, met, row, tokens

from disclosure_spec.edition import installed
from disclosure_spec.marks import marks
from disclosure_spec.place import Place
from disclosure_spec.reading.marking import Marking
from disclosure_spec.reading.rows import Met, Token

OLD = installed().edition("2019")
MARKING = Marking(NEW, [OLD])


def marked(label: str, *texts: str) -> list[Token]:
    """Return values with the marks of a row."""
    names = marks(NEW)
    cells = row(label).row.cells
    return [
        replace(token, mark=names[cell.pointer]) for cell, token in zip(cells, tokens(*texts), strict=True)
    ]


def test_a_row_is_known_by_its_marks() -> None:
    """Each cell has to carry its own mark, and none may be missing."""
    values = marked("规章", "1", "2", "3")

    assert MARKING.carries(row("规章").row, values)
    assert not MARKING.carries(row("规章").row, values[1:])
    assert not MARKING.carries(row("行政规范性文件").row, values)


@pytest.mark.parametrize(("before", "kept"), [("", 3), ("9", 4)])
def test_blanks_of_a_lost_merging_are_no_cells(before: str, kept: int) -> None:
    """What stands before the first marked cell is no value, if nothing is printed there."""
    values = [*tokens(before), *marked("规章", "1", "2", "3")]

    assert len(MARKING.own(row("规章").row, values)) == kept


def test_cells_with_the_marks_of_others_are_named() -> None:
    """A row that carries the marks of another was moved or relabelled; unknown marks are somebody's own."""
    moved = Met(row("行政规范性文件"), "", marked("规章", "1", "2", "3"), Place(), 1)
    named = [replace(token, mark="Total") for token in tokens("1", "2", "3")]
    foreign = [replace(token, mark=mark) for token, mark in zip(named, marks(OLD).values(), strict=False)]

    found = [
        MARKING.compare(one) for one in (moved, replace(moved, values=named), met("规章", "1", "2", "3"))
    ]
    other = MARKING.compare(replace(moved, values=foreign))

    assert [one and one.code for one in found] == ["mark.moved", None, None]
    assert found[0] is not None
    assert found[0].pointers == tuple(cell.pointer for cell in row("行政规范性文件").row.cells)
    assert other is not None
    assert other.code == "mark.other_edition"
