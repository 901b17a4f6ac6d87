"""What loses something: after it some cells cannot be told, and none may be filled with another's number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from tests.layouts.page import NOTHING, Box, Gone, Nothing
from tests.layouts.pages import other_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tests.layouts.page import Page, Row, Rows, Truth

_EMPTY: Final = Box("", "empty")


def _any_row(rng: Random, page: Page) -> tuple[Rows, int]:
    return rng.choice(list(page.data_rows()))


def _inputs(row: Row) -> list[int]:
    return [at for at, box in enumerate(row) if box.pointer]


def drop_cell(rng: Random, page: Page) -> None:
    """Take one number away."""
    _drop(rng, page, *_any_row(rng, page))


def _drop(rng: Random, page: Page, rows: Rows, at: int) -> None:
    places = _inputs(rows[at])
    if places:
        box = rows[at].pop(rng.choice(places))
        page.truth[box.pointer] = gone(page.truth[box.pointer])


def gone(true: Truth) -> Truth:
    """Return what is true of a cell when it has been taken away."""
    return true if isinstance(true, Gone | Nothing) else Gone(true)


def drop_cells(rng: Random, page: Page) -> None:
    """Take a number away from several rows."""
    for _ in range(rng.randint(2, 6)):
        drop_cell(rng, page)


def add_cell(rng: Random, page: Page) -> None:
    """Put a number too many into a row, and perhaps room for it into the titles."""
    rows, at = _any_row(rng, page)
    places = _inputs(rows[at])
    rows[at].insert(rng.choice([*places, places[-1] + 1]), Box(str(rng.randint(0, 99)), "extra"))
    if rng.random() < 0.5:
        _widen(rng, rows, at)


def add_blank(rng: Random, page: Page) -> None:
    """Put a blank cell among the numbers of a row."""
    rows, at = _any_row(rng, page)
    rows[at].insert(rng.choice(_inputs(rows[at])), _EMPTY)


def widen_titles(rng: Random, page: Page) -> None:
    """Make titles wider than the rows below."""
    _widen(rng, *_any_row(rng, page))


def _widen(rng: Random, rows: Rows, at: int) -> None:
    titles = [row for row in rows[:at] if row and row[-1].is_title]
    for row in titles if rng.random() < 0.5 else titles[-1:]:
        if rng.random() < 0.5:
            row[-1] = replace(row[-1], colspan=row[-1].colspan + 1)
        else:
            row.append(_EMPTY)


def drop_and_pad(rng: Random, page: Page) -> None:
    """Take one number away in a table with an empty column, so that the row is as long as on the form."""
    # A number alone in its row leaves a blank behind that looks like its own.
    rows, at = rng.choice([(rows, at) for rows, at in page.data_rows() if len(_inputs(rows[at])) > 1])
    behind = rng.random() < 0.7
    for row in rows:
        row[:] = [*row, _EMPTY] if behind else [_EMPTY, *row]
    _drop(rng, page, rows, at)


def merge_cells(rng: Random, page: Page) -> None:
    """Merge a number with the one behind it."""
    rows, at = _any_row(rng, page)
    places = _inputs(rows[at])
    if len(places) > 1:
        here = rng.choice(places[:-1])
        first, second = rows[at][here], rows[at].pop(here + 1)
        text = first.text + rng.choice(["", " ", "\n"]) + second.text
        rows[at][here] = replace(first, text=text, colspan=first.colspan + second.colspan)


def run_row_together(rng: Random, page: Page) -> None:
    """Write all numbers of a row into one cell."""
    rows, at = _any_row(rng, page)
    places = _inputs(rows[at])
    whole = "".join(rows[at][one].text for one in places)
    first = replace(rows[at][places[0]], text=whole, colspan=sum(rows[at][one].colspan for one in places))
    rows[at][places[0] : places[-1] + 1] = [first]


def drop_row(rng: Random, page: Page) -> None:
    """Take the numbers of a row away, or the row."""
    rows, at = _any_row(rng, page)
    for box in rows[at]:
        if box.pointer:
            page.truth[box.pointer] = NOTHING
    if rng.random() < 0.5 or any(box.rowspan > 1 for box in rows[at]):
        rows[at] = [box for box in rows[at] if not box.pointer] or [_EMPTY]
    else:
        _stretch(rows, at, -1)
        del rows[at]


def drop_column(rng: Random, page: Page) -> None:
    """Take the cells of one column away, and perhaps a title with them."""
    rows, at = _any_row(rng, page)
    count = len(_inputs(rows[at]))
    column = rng.randrange(count)
    for row in rows:
        places = _inputs(row)
        if len(places) == count:
            page.truth[row[places[column]].pointer] = NOTHING
            del row[places[column]]
    titles = [row for row in rows[:at] if row and row[-1].is_title]
    # Without its own title a column is missed; without another's, the rest would be that of a right table.
    shift = len(titles[-1]) - count if titles else -1
    if shift in {0, 1} and rng.random() < 0.5:
        del titles[-1][column + shift]


def double_row(rng: Random, page: Page) -> None:
    """Print a row again with other numbers."""
    rows, at = _any_row(rng, page)
    again = other_numbers(rng, [[box for box in rows[at] if box.pointer or box.rowspan == 1]])
    _stretch(rows, at, 1)
    rows.insert(at + rng.choice([0, 1] if len(again[0]) == len(rows[at]) else [1]), again[0])


def _stretch(rows: Rows, at: int, by: int) -> None:
    """Let boxes that reach over a row from above reach over one more or less."""
    for up, row in enumerate(rows[:at]):
        row[:] = [replace(box, rowspan=box.rowspan + by) if up + box.rowspan > at else box for box in row]


def swap_columns(rng: Random, page: Page) -> None:
    """Print two numbers of each row in the other's place, and their titles too."""
    rows, at = _any_row(rng, page)
    count = len(_inputs(rows[at]))
    if count < 2:
        return
    above = [row for row in rows[:at] if sum(box.is_title for box in row) >= count]
    if not above or len(above[-1]) not in {count, count + 1}:
        return
    titles = above[-1]
    one, two = rng.sample(range(count), 2)
    shift = len(titles) - count
    if titles[one + shift].text == titles[two + shift].text:
        return
    _swap(titles, one + shift, two + shift)
    # By identity: two blocks may have the same titles.
    start = next(n for n, row in enumerate(rows) if row is titles)
    for row in rows[start + 1 :]:
        places = _inputs(row)
        if row and row[0].kind == "band":
            break
        if len(places) == count:
            _swap(row, places[one], places[two])


def _swap(row: Row, left: int, right: int) -> None:
    first, second = row[left], row[right]
    row[left] = replace(first, text=second.text, pointer=second.pointer)
    row[right] = replace(second, text=first.text, pointer=first.pointer)


def _label(row: Row) -> int | None:
    return next((at for at in reversed(range(len(row))) if row[at].is_label), None)


def cut_label(rng: Random, page: Page) -> None:
    """Cut the end off a label, until it may be the beginning of several."""
    rows, at = _any_row(rng, page)
    label = _label(rows[at])
    if label is not None and len(rows[at][label].text) > 2:
        text = rows[at][label].text
        rows[at][label] = replace(rows[at][label], text=text[: rng.randrange(1, len(text))])


def drop_label(rng: Random, page: Page) -> None:
    """Leave a label blank."""
    rows, at = _any_row(rng, page)
    label = _label(rows[at])
    if label is not None:
        rows[at][label] = replace(rows[at][label], text="")


def drop_labels(rng: Random, page: Page) -> None:
    """Leave the labels of several rows out, cells and all."""
    for _ in range(rng.randint(2, 8)):
        rows, at = _any_row(rng, page)
        label = _label(rows[at])
        if label is not None:
            del rows[at][label]


def label_of_another(rng: Random, page: Page) -> None:
    """Write the label of one row before another as well."""
    rows, at = _any_row(rng, page)
    others = [one for one, row in enumerate(rows) if one != at and _inputs(row) and _label(row) is not None]
    label = _label(rows[at])
    if label is not None and others:
        other = rows[rng.choice(others)]
        text = other[_label(other) or 0].text
        rows[at][label] = replace(rows[at][label], text=text)


def decoy(rng: Random, page: Page) -> None:
    """Put a table of other numbers beside the right one."""
    pointer = rng.choice(page.tabular)
    tables = page.parts[pointer]
    first = next(one for one in tables if not isinstance(one, str))
    tables.insert(rng.randrange(len(tables) + 1), other_numbers(rng, first))


def drop_blanks(_: Random, page: Page) -> None:
    """Take all blank cells away."""
    for rows in page.tables:
        for row in rows:
            row[:] = [box for box in row if box.text or not box.pointer]


LENGTHS: Final[Mapping[str, Callable[[Random, Page], None]]] = {
    "a cell dropped": drop_cell,
    "cells of several rows dropped": drop_cells,
    "a cell dropped beside an empty column": drop_and_pad,
    "two cells merged": merge_cells,
    "a row run together": run_row_together,
    "a column dropped": drop_column,
}
"""Damages by which rows become shorter."""

NAMES: Final[Mapping[str, Callable[[Random, Page], None]]] = {
    "a row dropped": drop_row,
    "a row doubled": double_row,
    "two columns swapped with their titles": swap_columns,
    "a label cut": cut_label,
    "a label blank": drop_label,
    "labels dropped": drop_labels,
    "a label twice": label_of_another,
    "a table of other numbers beside": decoy,
}
"""Damages by which it is unclear what a row or a column is."""


SHORTER: Final = frozenset({*LENGTHS, "blank cells dropped", "two at once"})
"""Damages in which numbers move to the left."""

DOUBLED: Final = frozenset({"a row doubled", "a label twice", "two at once"})
"""Damages in which two rows have one label."""


def two(rng: Random, page: Page) -> None:
    """Do damage twice.

    Neither two of `NAMES`, nor cells dropped and as many added: a row that is called by another's name alone,
    or has as many cells as on the form, holds these numbers for whoever reads it.
    """
    first = rng.choice([drop_cell, drop_cells, merge_cells, run_row_together, drop_column])
    second = rng.choice([drop_cell, merge_cells, run_row_together, *NAMES.values()])
    first(rng, page)
    second(rng, page)


DAMAGES: Final[Mapping[str, Callable[[Random, Page], None]]] = {
    **LENGTHS,
    **NAMES,
    "a cell added": add_cell,
    "a blank cell added": add_blank,
    "titles widened": widen_titles,
    "blank cells dropped": drop_blanks,
    "two at once": two,
}
