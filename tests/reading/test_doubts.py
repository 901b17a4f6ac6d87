"""What readings that contradict each other do to cells that were read once."""

from __future__ import annotations

import pytest

from disclosure_spec.place import Place
from disclosure_spec.reading.doubts import Doubts, Seen
from disclosure_spec.reading.values import Value


def seen(value: int | None, table: int, row: str = "/a", section: str = "/s") -> Seen:
    """Return one reading."""
    return Seen(Value(value), Place(), table, row, section)


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [(1, 1, None), (None, None, None), (1, 2, "cell.conflict"), (None, 0, "cell.conflict")],
)
def test_a_cell_read_twice_has_one_value_or_none(
    first: int | None, second: int | None, code: str | None
) -> None:
    """Two readings agree or nobody's counts; a blank and a nought do not agree."""
    found = [seen(first, 1), seen(second, 2)]

    assert Doubts({"/a/x": found}, {}).about(found) == code


def test_two_tables_that_differ_put_their_section_in_doubt() -> None:
    """A cell of one of two reports may be that of the other, in whatever piece of the table it stands."""
    elsewhere, once = [seen(5, 3, "/b", "/t")], [seen(7, 3, "/c")]
    doubts = Doubts({"/a/x": [seen(1, 1), seen(2, 2)], "/b/x": elsewhere, "/c/x": once}, {})

    assert doubts.about(once) == "cell.doubtful"
    assert doubts.about(elsewhere) is None


@pytest.mark.parametrize(("rows", "code"), [(["/a"], None), (["/a", "/b"], "cell.doubtful")])
def test_one_table_may_have_one_row_twice(rows: list[str], code: str | None) -> None:
    """Several rows that differ in one table are two tables in one; one row is a slip."""
    once = [seen(7, 1, "/c")]
    found = {f"{row}/x": [seen(1, 1, row), seen(2, 1, row)] for row in rows}

    assert Doubts({**found, "/c/x": once}, {}).about(once) == code


def test_a_row_refused_in_another_table_puts_this_one_in_doubt() -> None:
    """Where a row was met twice there were two tables, whatever became of the other."""
    once, other = [seen(7, 2, "/c")], [seen(7, 1, "/d")]
    doubts = Doubts({"/a/x": [seen(1, 2)], "/c/x": once, "/d/x": other}, {"/a/x": {1}})

    assert doubts.about(once) == "cell.doubtful"
    assert doubts.about(other) is None
