"""A blank behind the values of a row is told from one that was pushed there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.reading.meeting import LABELS, met, tokens, unlabelled

from disclosure_spec.reading.widths import Widths

if TYPE_CHECKING:
    from disclosure_spec.reading.rows import Met

RULES, ORDERS = "规章", "行政规范性文件"
SPANNING = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（七）总计"]
SEVEN = list("1234567")


def loose(label: str, *texts: str) -> Met:
    """Return a row of a text in which a blank may stand for a merged cell."""
    return replace(met(label), values=tokens(*texts, certain=False))


@pytest.mark.parametrize(
    ("first", "second", "allowed"),
    [
        # A full row is its own proof.
        (("1", "2", "3"), ("1", "", "3", ""), True),
        # An empty column.
        (("1", "2", "3", ""), ("1", "", "3", ""), True),
        (("1", "2", "3", ""), ("1", "2", "3", ""), True),
        # A number put in before the blank.
        (("1", "9", "2", ""), ("1", "2", "3"), False),
        # A row of blanks, as long as the other one and longer.
        (("", "", ""), ("1", "2", "3"), True),
        (("", "", "", ""), ("1", "2", "3"), False),
        # An empty row behind it, from a page on which every cell is a line.
        (("1", "2", "3", "", "", ""), ("1", "2", "3"), True),
        (("1", "2", "3", "", "", ""), ("1", "2", ""), False),
    ],
)
def test_other_rows_tell_whose_a_blank_is(
    first: tuple[str, ...], second: tuple[str, ...], *, allowed: bool
) -> None:
    """Rows of a kind have as many cells; where no cell is blank, blanks are nobody's."""
    widths = Widths(LABELS)
    rows = [met(RULES, *first), met(ORDERS, *second)]
    for one in rows:
        widths.add(one)

    assert (widths.doubt(rows[0]) is None) is allowed


def test_beside_a_row_that_lost_a_cell_a_last_blank_is_not_certain() -> None:
    """The blank may be the empty column that moved into the place of a cell lost."""
    widths = Widths(LABELS)
    blank, full = met(RULES, "1", "2", ""), met(ORDERS, "1", "2", "3")
    widths.add(blank)
    assert widths.doubt(blank) is None

    widths.miss(met(ORDERS, "1", "2"))

    assert widths.doubt(blank) == "row.uneven"
    assert widths.doubt(full) is None


@pytest.mark.parametrize(
    ("labels", "texts", "code"),
    [
        # Too few rows to know whether spans leave blanks behind.
        (SPANNING[:2], SEVEN, "row.padding"),
        (SPANNING, SEVEN, None),
        # They do: the blank at the end may be one, and a cell lost before it.
        (SPANNING, [*SEVEN, "", ""], "row.padding"),
    ],
)
def test_a_last_blank_is_certain_where_spans_leave_none(
    labels: list[str], texts: list[str], code: str | None
) -> None:
    """Rows that span columns on the form show whether a text has a blank for each column covered."""
    widths = Widths(LABELS)
    for label in labels:
        widths.add(loose(label, *texts))
    blank = loose(RULES, "1", "2", "")
    widths.add(blank)

    assert widths.doubt(blank) == code
    assert widths.doubt(loose(RULES, "", "", "")) is None


def test_no_other_row_speaks_for_the_one_without_label() -> None:
    """An empty column of its own table may have moved into the place of a cell lost."""
    widths = Widths(LABELS)
    for label in SPANNING:
        widths.add(loose(label, *SEVEN))
    alone = replace(met(RULES), named=unlabelled(), values=tokens(*"12345678901234", "", certain=False))
    widths.add(alone)

    assert widths.doubt(alone) == "row.padding"


def test_without_label_a_first_blank_may_be_an_empty_column() -> None:
    """A cell lost further on would make the row as long as the form has it."""
    alone = replace(met(RULES), named=unlabelled(), values=tokens("", *"12345678901234", certain=False))
    sure = replace(alone, values=tokens("", *"12345678901234"))
    widths = Widths(LABELS)
    widths.add(alone)

    assert widths.doubt(alone) == "row.padding"
    assert widths.doubt(sure) is None
