"""From the rows that were met to one value a cell, each step by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.meeting import ledger, place, pointers, row, tokens, unlabelled

from disclosure_spec.place import How, Place
from disclosure_spec.reading.settling import settle

if TYPE_CHECKING:
    from disclosure_spec.reading.ledger import Ledger

RECEIVED = "一、本年新收政府信息公开申请数量"


def values(book: Ledger, label: str) -> list[object]:
    """Return the values of a row; `...` where there is none."""
    settled = settle(book)
    return [settled[at][0].value if at in settled else ... for at in pointers(row(label).row)]


def codes(book: Ledger) -> list[str]:
    """Return the codes of all notes."""
    return [one.code for one in book.notes]


def test_values_are_taken_in_their_order() -> None:
    """A blank stays a blank, a mark the text it is, and each knows how it was found."""
    book = ledger()
    place(book, "规章", "1", "", "/")

    settled = settle(book)

    found = [settled[at] for at in pointers(row("规章").row)]
    assert [value.value for value, _ in found] == [1, None, "/"]
    assert [(where.raw, where.how) for _, where in found] == [
        ("1", How.EXACT),
        ("", How.EXACT),
        ("/", How.EXACT),
    ]


def test_a_row_twice_is_read_where_both_agree() -> None:
    """The same row in two tables is read; a cell with two values is not, nor what only one of them has."""
    book = ledger()
    place(book, "规章", "1", "2", "3")
    place(book, "行政规范性文件", "4", "5", "6")
    book.begin()
    place(book, "规章", "1", "2", "9")

    assert values(book, "规章") == [1, 2, ...]
    assert values(book, "行政规范性文件") == [..., ..., ...]
    assert {"cell.conflict", "cell.doubtful"} <= set(codes(book))


def test_a_blank_row_and_a_full_one_do_not_agree() -> None:
    """Blank in one table and a number in the other is a conflict: nothing says which is the report's."""
    book = ledger()
    place(book, "行政许可", "")
    book.begin()
    place(book, "行政许可", "25440")

    assert values(book, "行政许可") == [...]
    assert codes(book) == ["cell.conflict"]


def test_beside_a_table_of_other_numbers_a_label_alone_lends_no_row() -> None:
    """A row that one table leaves empty is not taken from the other, in whatever pieces they are drawn."""
    book = ledger()
    place(book, "规章", "0", "0", "15")
    book.begin()
    place(book, "行政许可")
    book.begin()
    place(book, "规章", "1", "2", "3")
    book.begin()
    place(book, "行政许可", "25440")

    assert values(book, "行政许可") == [...]


def test_a_label_alone_is_forgotten_where_its_row_is_read() -> None:
    """A label in a heading or a sentence needs no values behind it."""
    book = ledger()
    place(book, "行政许可")
    place(book, "行政许可", "5")

    assert values(book, "行政许可") == [5]
    assert codes(book) == []


def test_a_label_twice_in_a_drawn_table_is_two_rows() -> None:
    """Where rows are known, a label alone is a row whose blanks are not shown, and not a mention."""
    book = ledger()
    book.begin(drawn=True)
    place(book, "行政许可")
    place(book, "行政许可", "5")

    assert values(book, "行政许可") == [...]
    assert "cell.conflict" in codes(book)


@pytest.mark.parametrize(("apart", "read"), [(False, 1), (True, ...)])
def test_a_row_of_blanks_is_left_behind_in_its_own_table_only(*, apart: bool, read: object) -> None:
    """Beside a row with content it is what merging left; in a table of its own it is another report's."""
    book = ledger()
    named = unlabelled()
    book.place_blank(named, tokens(*[""] * len(named.row.cells)))
    if apart:
        book.begin()
    book.place(named, "", tokens(*["1"] * len(named.row.cells)), Place())

    settled = settle(book)

    found = [settled[at][0].value if at in settled else ... for at in pointers(named.row)]
    assert set(found) == {read}


def test_a_row_that_lost_a_cell_is_refused_and_taken_from_nowhere() -> None:
    """Without an equation nobody can tell which cell is missing."""
    book = ledger()
    place(book, "规章", "1", "2")
    book.begin()
    place(book, "规章", "1", "2", "3")

    assert values(book, "规章") == [..., ..., ...]
    assert codes(book) == ["row.short"]


@pytest.mark.parametrize("text", ["1.申请人无正当理由逾期不补正", "甲"])
def test_a_text_before_the_values_is_no_value(text: str) -> None:
    """A row below the label of its group, unknown to the edition, is not the group's, whatever it says."""
    book = ledger()
    for label in (RECEIVED, "二、上年结转政府信息公开申请数量", "（七）总计", "四、结转下年度继续办理"):
        place(book, label, *"0000000")
    place(book, "（二）部分公开", text, *"0000000")

    assert values(book, "（二）部分公开") == [...] * 7
    assert "row.surplus" in codes(book)


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        # A mark of a footnote beside the number: one of the two makes the row right.
        (["1", "2 1", "0", "0", "0", "0", "3"], True),
        # The second number is that of a cell which then is missing.
        (["1", "2 5", "0", "0", "0", "0", "8"], False),
        (["1", "2 5", "0", "/", "0", "0", "8"], False),
    ],
)
def test_two_numbers_in_one_cell_have_to_add_up(texts: list[str], *, read: bool) -> None:
    """With as many cells as on the form, a cell of two numbers means that there is one too many elsewhere."""
    book = ledger()
    place(book, RECEIVED, *texts)

    assert (values(book, RECEIVED)[0] == 1) is read
    assert ("row.two_in_one" in codes(book)) is not read


def test_two_numbers_beside_a_blank_are_refused_where_nothing_adds_up() -> None:
    """One of the two may belong into the blank cell; without a blank the text stays as it is printed."""
    book = ledger()
    place(book, "规章", "1 2", "", "3")
    place(book, "行政规范性文件", "1 2", "0", "3")

    assert values(book, "规章") == [..., ..., ...]
    assert values(book, "行政规范性文件") == ["1 2", 0, 3]


def test_a_wrong_total_is_read_as_it_is_printed() -> None:
    """That a row does not add up is for a rule to say, not for the reader to hide."""
    book = ledger()
    place(book, RECEIVED, "1", "0", "0", "0", "0", "0", "7")

    assert values(book, RECEIVED) == [1, 0, 0, 0, 0, 0, 7]


def test_digits_run_together_are_read_in_their_only_way() -> None:
    """A digit a cell: the row's own sum confirms it, and the note says so."""
    book = ledger()
    place(book, RECEIVED, "3100004", joined=True)
    place(book, "（一）予以公开", "0000000", joined=True)

    settled = settle(book)

    found = [settled[at] for at in pointers(row(RECEIVED).row)]
    assert [value.value for value, _ in found] == [3, 1, 0, 0, 0, 0, 4]
    assert {where.raw for _, where in found} == {"3100004"}
    assert {where.how for _, where in found} == {How.SOLVED}


def test_a_blank_row_without_label_counts_if_there_is_no_other() -> None:
    """A row of blanks below its titles is the printed row, unless one with content turns up."""
    found = unlabelled()
    blanks, numbers = tokens(*[""] * 15), tokens(*map(str, range(15)))
    alone, beside = ledger(), ledger()
    alone.place_blank(found, blanks)
    beside.place_blank(found, blanks)
    beside.place(found, "", numbers, Place())

    assert {value.value for value, _ in settle(alone).values()} == {None}
    assert [value.value for value, _ in settle(beside).values()] == list(range(15))
