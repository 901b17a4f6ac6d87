"""Rows are sorted by what can be done with them, and what cannot be taken is noted."""

from __future__ import annotations

import pytest
from tests.reading.meeting import ledger, place, row, tokens, unlabelled

from disclosure_spec.place import Place
from disclosure_spec.reading.ledger import ALONE


def test_a_row_with_a_value_for_each_cell_is_a_row() -> None:
    """As many values as cells are taken in their order, with blanks behind them or without."""
    book = ledger()
    place(book, "规章", "1", "2", "3")
    place(book, "行政规范性文件", "1", "", "3", "")

    assert [met.name for met in book.rows] == ["规章", "行政规范性文件"]
    assert not book.notes


@pytest.mark.parametrize("texts", [("1", "2"), ("1", "2", "3", "4")])
def test_other_numbers_of_values_are_set_aside(texts: tuple[str, ...]) -> None:
    """Too few values and too many are no row that can be counted off."""
    book = ledger()
    place(book, "规章", *texts)

    assert [met.shown for met in book.odd_rows] == ["  ".join(texts)]
    assert not book.rows


def test_a_label_alone_is_noted_and_may_stand_elsewhere() -> None:
    """A label without values says what is missing, and refuses nothing."""
    book = ledger()
    place(book, "规章")

    assert [one.code for one in book.notes] == [ALONE]
    assert [one.named.row for one in book.empty_rows] == [row("规章").row]
    assert not book.refused


def test_a_label_among_texts_is_no_row() -> None:
    """A title row that holds the label of a row is noted, and its row may be taken from elsewhere."""
    book = ledger()
    place(book, "规章", "备注")

    assert [one.code for one in book.notes] == ["row.short"]
    assert not book.odd_rows
    assert not book.refused


def test_values_run_together_are_kept_for_solving() -> None:
    """What may be several cells is no value yet."""
    book = ledger()
    place(book, "规章", "123", joined=True)

    assert [met.shown for met in book.runs] == ["123"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("（三）不予公开", "row.unplaced_group"),
        ("规范性文件", "row.unplaced_other_edition"),
        ("甲乙丙丁", "row.unplaced"),
    ],
)
def test_what_has_no_place_says_why(name: str, code: str) -> None:
    """A group, a row of another edition and what nobody knows are told apart."""
    book = ledger()
    book.unplaced(name, Place())

    assert [one.code for one in book.notes] == [code]


def test_only_texts_that_are_no_labels_are_noted() -> None:
    """Column titles, groups and rows are what a table consists of."""
    book = ledger()
    for text in ("信息内容", "（三）不予公开", "规章", "说明：含下属单位"):
        book.text(text, Place())

    assert [one.code for one in book.notes] == ["text.unplaced"]


def test_a_row_refused_later_was_met_in_its_own_table() -> None:
    """The table of a refusal is that of the row, not the one that is being read."""
    book = ledger()
    place(book, "规章", "1", "2")
    book.begin()
    book.refuse_odd(book.odd_rows[0])

    assert set(map(frozenset, book.refused.values())) == {frozenset({1})}
    assert book.table == 2


def test_a_blank_row_without_label_waits() -> None:
    """A row of blanks without a label is kept apart from those with content."""
    book = ledger()
    book.place_blank(unlabelled(), tokens("", ""))

    assert len(book.blank_rows) == 1
    assert not book.rows
