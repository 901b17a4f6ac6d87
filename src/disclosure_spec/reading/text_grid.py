"""Rows of a table whose columns can be counted, although what a span covers is blank there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.grid import GridCell, Kind, Table
from disclosure_spec.reading.values import is_value_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from disclosure_spec.reading.text_lines import Line

Row = tuple["Line", list[str]]


def grid(rows: Sequence[Row], kind: Kind, *, covered: int | None = 0) -> Table:
    """Return a table of rows; where columns are sure, without the blanks that spans left behind.

    Args:
        rows: The texts of each row.
        kind: What is known about them.
        covered: How many columns there are where spans left blanks in those they cover, 0 if that is not
            known; None if they left none.
    """
    texts = [pieces for _, pieces in rows]
    cleared = covered is not None and kind is Kind.GRID
    kept = list(_without_covered(texts, covered or 0)) if cleared else [range(len(one)) for one in texts]
    return Table(
        tuple(
            tuple(GridCell(pieces[at], row, at, 1, 1, line.place(at + 1, pieces[at])) for at in columns)
            for row, ((line, pieces), columns) in enumerate(zip(rows, kept, strict=True))
        ),
        kind,
    )


def _without_covered(rows: Sequence[Sequence[str]], wide: int) -> Iterator[Sequence[int]]:
    """Give the columns of each row that are cells of their own, to be judged by the titles above.

    No cell of the form is without a title, so a blank below none is a column that a span covers.
    """
    for titles, below in _segments(rows):
        titled = _printed(titles) - {0}
        filled = _printed(filter(_first_value, below)) - titled
        drifted = bool(titled) and max(filled, default=0) > min(titled)
        # Behind these only some rows have cells: what is blank there may be one that another pushed out.
        common = max([*map(len, titles), min(map(len, below), default=0)], default=0)
        widest = max(map(len, [*titles, *below]))
        yield from (range(len(row)) for row in titles)
        # A blank too many may then be a cell of its own, in a row that another cell was put into.
        uneven = drifted and len(set(map(len, below))) > 1
        for row in below:
            # Where rows have other columns than their titles only the order of what is printed is left.
            ordered = drifted or (wide and len(row) != wide)
            if ordered:
                yield range(len(row)) if uneven else sorted(_printed([row]))
            else:
                yield _own_columns(row, titled, common, widest)


def _printed(rows: Iterable[Sequence[str]]) -> set[int]:
    """Return the columns in which anything is printed."""
    return {at for row in rows for at, text in enumerate(row) if text}


def _own_columns(row: Sequence[str], titled: AbstractSet[int], common: int, widest: int) -> Sequence[int]:
    """Return the columns of a row that are printed or have a title; all of them where none has.

    Args:
        row: Its texts.
        titled: The columns with a title.
        common: How many columns all rows have.
        widest: How many the widest has.
    """
    if not titled:
        return range(len(row))
    last = max(titled)
    # An empty column behind the titles has moved into the place of a cell that the row lost.
    moved = len(row) <= last + 1 < widest and not row[-1]
    return [at for at in range(len(row) - moved) if row[at] or not at or at in titled or at >= common]


def _segments(
    rows: Sequence[Sequence[str]],
) -> Iterator[tuple[Sequence[Sequence[str]], Sequence[Sequence[str]]]]:
    """Give titles and the rows below them, in turn."""
    start = at = 0
    while at < len(rows):
        first = None
        while at < len(rows) and not _first_value(rows[at]):
            at += 1
        titles_end = at
        while at < len(rows) and not _is_titles(rows[at], first):
            found = _first_value(rows[at])
            first = min(first or found, found) if found else first
            at += 1
        # A label whose row is blank stands right above the first number, and is no title.
        while titles_end > start and sum(map(bool, rows[titles_end - 1])) <= 1:
            titles_end -= 1
        yield rows[start:titles_end], rows[titles_end:at]
        start = at


def _is_titles(row: Sequence[str], first: int | None) -> bool:
    """Tell whether a row has several texts and no number, one of them where numbers were."""
    if first is None or _first_value(row):
        return False
    return sum(map(bool, row)) > 1 and any(row[first:])


def _first_value(row: Sequence[str]) -> int | None:
    """Return the first column with a number, behind the column of labels."""
    return next((at for at, text in enumerate(row) if at and text and is_value_like(text)), None)
