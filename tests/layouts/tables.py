"""How tables of the form are drawn elsewhere: other spans, cuts and joins, and what stands between rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tests.layouts.page import Box, starts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from tests.layouts.page import Block, Page, Row, Rows

_EMPTY: Final = Box("", "empty")
_FEW: Final = 4
"""Rows of a table too short to be broken."""


def is_banded(rows: Rows) -> bool:
    """Tell whether blocks of a table have titles of their own."""
    return any(box.kind == "band" for row in rows for box in row)


def _begins_block(row: Row) -> bool:
    return bool(row) and row[0].kind == "band"


def is_labelled(rows: Rows) -> bool:
    """Tell whether rows have labels."""
    return any(box.is_label for row in rows for box in row)


def four_columns(_: Random, rows: Rows) -> list[Block]:
    """Write a table with blocks in as many columns as it needs."""
    if not is_banded(rows) or max(len(row) for row in rows) >= rows[0][0].colspan:
        return [rows]
    return [
        [
            [box if box.is_label else replace(box, colspan=max(1, box.colspan - 1)) for box in row]
            for row in rows
        ]
    ]


def drifting_spans(rng: Random, rows: Rows) -> list[Block]:
    """Let the spans of numbers drift from those of their titles."""
    made: Rows = []
    for row in rows:
        spans = [box.colspan for box in row if box.pointer]
        rng.shuffle(spans)
        moved = iter(spans)
        made.append([replace(box, colspan=next(moved)) if box.pointer else box for box in row])
    return [made]


def no_spans(_: Random, rows: Rows) -> list[Block]:
    """Drop every span, and what it covered with it."""
    return [[[replace(box, rowspan=1, colspan=1) for box in row] for row in rows]]


def _unmerged(rows: Rows, chosen: Callable[[Box], bool], below: Callable[[Box], Box]) -> Rows:
    """Cut boxes into one for every row they cover."""
    columns = starts(rows)
    made: list[list[tuple[int, Box]]] = [[] for _ in rows]
    for at, row in enumerate(rows):
        for column, box in zip(columns[at], row, strict=True):
            cut = chosen(box) and box.rowspan > 1
            made[at].append((column, replace(box, rowspan=1) if cut else box))
            for lower in range(at + 1, min(at + box.rowspan, len(rows)) if cut else at):
                made[lower].append((column, replace(below(box), rowspan=1)))
    return [[box for _, box in sorted(row, key=lambda one: one[0])] for row in made]


def titles_unmerged(_: Random, rows: Rows) -> list[Block]:
    """Leave empty cells below titles instead of merging them."""
    return [_unmerged(rows, lambda box: box.is_title, lambda box: replace(box, text=""))]


def groups_unmerged(_: Random, rows: Rows) -> list[Block]:
    """Leave empty cells below the labels of groups instead of merging them."""
    return [_unmerged(rows, lambda box: box.is_label, lambda box: replace(box, text=""))]


def groups_repeated(_: Random, rows: Rows) -> list[Block]:
    """Repeat the labels of groups in every row."""
    return [_unmerged(rows, lambda box: box.is_label, lambda box: box)]


def number_apart(_: Random, rows: Rows) -> list[Block]:
    """Give the number of a row a cell of its own."""

    def cut(box: Box) -> Row:
        if box.is_label and box.text[:1].isdigit() and box.text[1:2] == ".":
            return [replace(box, text=box.text[:2], colspan=1), replace(box, text=box.text[2:])]
        return [box]

    return [[[piece for box in row for piece in cut(box)] for row in rows]]


def cut_at_bands(_: Random, rows: Rows) -> list[Block]:
    """Give every block a table of its own."""
    cuts = [at for at, row in enumerate(rows) if at and _begins_block(row)]
    return [rows[start:end] for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def bands_as_lines(_: Random, rows: Rows) -> list[Block]:
    """Write the titles of blocks as lines above tables."""
    made: list[Block] = []
    for block in cut_at_bands(_, rows):
        if isinstance(block, str) or not _begins_block(block[0]):
            made.append(block)
        else:
            made += [block[0][0].text, block[1:]]
    return made


def cut_by_page(rng: Random, rows: Rows) -> list[Block]:
    """Break a table over pages, labels of groups with it, sometimes with titles or page numbers again."""
    first = next((at for at, row in enumerate(rows) if any(box.pointer for box in row)), len(rows))
    if len(rows) - first < _FEW:
        return [rows]
    at = rng.randrange(first + 1, len(rows))
    head, tail = _torn(rng, rows, at)
    titles = rows[:first] if not is_banded(rows) and rng.random() < 0.5 else []
    number = [rng.choice(["- 3 -", "—4—", "第 3 页", "- 3 -"])] if rng.random() < 0.6 else []
    if not titles and not number and rng.random() < 0.5:
        return [[*head, *tail]]
    return [head, *number, [*titles, *tail]]


def _torn(rng: Random, rows: Rows, at: int) -> tuple[Rows, Rows]:
    """Cut a table above a row; a label that covers rows on both sides is torn, or stands above only."""
    head: Rows = [[] for _ in rows[:at]]
    below: list[tuple[int, Box]] = []
    columns = starts(rows)
    for up, row in enumerate(rows[:at]):
        for column, box in zip(columns[up], row, strict=True):
            rest = up + box.rowspan - at
            if rest <= 0:
                head[up].append(box)
                continue
            end = rng.choice([len(box.text), rng.randrange(1, len(box.text))]) if len(box.text) > 1 else 1
            head[up].append(replace(box, text=box.text[:end], rowspan=box.rowspan - rest))
            below.append((column, replace(box, text=box.text[end:], rowspan=rest)))
    first = [*below, *zip(columns[at], rows[at], strict=True)]
    return head, [[box for _, box in sorted(first, key=lambda one: one[0])], *rows[at + 1 :]]


def empty_column(rng: Random, rows: Rows) -> list[Block]:
    """Add an empty column behind the others, or before them where rows have labels."""
    # A table of numbers alone would be as well read with the first number missing.
    if not is_labelled(rows):
        return [rows]
    if rng.random() < 0.4:
        return [[[_EMPTY, *row] for row in rows]]
    return [[[*row, _EMPTY] for row in rows]]


def empty_rows(rng: Random, rows: Rows) -> list[Block]:
    """Add an empty row somewhere between others."""
    at = rng.randrange(len(rows) + 1)
    # Not as long as a row of numbers alone: that would be such a row, left blank.
    return [[*rows[:at], [_EMPTY] * rng.randint(2, 6), *rows[at:]]]


def no_titles(_: Random, rows: Rows) -> list[Block]:
    """Leave out all titles of a table whose rows have labels; without blocks, so that its order is plain."""
    if not is_labelled(rows) or is_banded(rows):
        return [rows]
    return [[row for row in rows if any(box.pointer for box in row)]]


def titles_left_out(rng: Random, rows: Rows) -> list[Block]:
    """Leave out one row of titles, or the bands."""
    bands = [at for at, row in enumerate(rows) if _begins_block(row)]
    titles = [at for at, row in enumerate(rows) if all(box.is_title for box in row)]
    if not bands and not titles:
        return [rows]
    gone = set(bands) if bands else {rng.choice(titles)}
    columns = _unmerged(rows, lambda box: box.is_title, lambda box: replace(box, text=""))
    # What covered the row left out covers one row less.
    kept = columns if not bands else rows
    return [[row for at, row in enumerate(kept) if at not in gone]]


def footnotes(rng: Random, rows: Rows) -> list[Block]:
    """Put notes between rows or below a table, as a row or as a line."""
    note = rng.choice(
        [
            "注：以上数据由各单位填报。",
            "备注：2019年机构改革，行政许可事项由12项调整为9项。",
            "说明：上年结转3件，本年新收5件。",
        ]
    )
    width = sum(box.colspan for box in rows[0])
    spanning = [Box(note, "footnote", 1, width)]
    if rng.random() < 0.4 or not is_labelled(rows) or len(rows) < _FEW:
        return [rows, note]
    at = rng.randrange(3, len(rows) + 1)
    if rng.random() < 0.5:
        return [[*rows, spanning]]
    head, tail = _torn(rng, rows, at) if at < len(rows) else (rows, [])
    # The label of a group reaches over the note.
    return [[*head, spanning, *tail]]


def small_tables(_: Random, rows: Rows) -> list[Block]:
    """Give every row a table of its own, under titles that say nothing."""
    if is_banded(rows) or not is_labelled(rows):
        return [rows]
    made: list[Block] = []
    for row in rows:
        values = [box for box in row if box.pointer]
        labels = [box for box in row if box.is_label]
        if not values:
            continue
        made += [box.text for box in labels[:-1]]
        titles = ["类别", *(f"数据{n}" for n in range(1, len(values))), "总计"]
        made.append(
            [
                [Box(text, "header") for text in titles],
                [replace(box, rowspan=1, colspan=1) for box in (*labels[-1:], *values)],
            ]
        )
    return made


def title_row(rng: Random, rows: Rows) -> list[Block]:
    """Put a line with the name of the table or what is counted above it, or a row."""
    width = sum(box.colspan for box in rows[0])
    text = rng.choice(["单位：件", "（单位：件、次）", "表2", "统计表", "填报单位：办公室"])
    return [text, rows] if rng.random() < 0.5 else [[[Box(text, "footnote", 1, width)], *rows]]


@dataclass(frozen=True, slots=True)
class Tables:
    """A way to draw tables.

    Attributes:
        change: What is made of each.
        adds: Whether cells are added that only a grid tells from numbers left blank.
    """

    change: Callable[[Random, Rows], list[Block]]
    adds: bool = False


TABLES: Final[Mapping[str, Tables]] = {
    "tables: as on the form": Tables(lambda _, rows: [rows]),
    "tables: four columns for five": Tables(four_columns),
    "tables: drifting spans": Tables(drifting_spans),
    "tables: without spans": Tables(no_spans),
    "tables: titles unmerged": Tables(titles_unmerged, adds=True),
    "tables: groups unmerged": Tables(groups_unmerged, adds=True),
    "tables: groups repeated in every row": Tables(groups_repeated),
    "tables: numbers of rows apart": Tables(number_apart),
    "tables: one for each block": Tables(cut_at_bands),
    "tables: one for each block, below a line": Tables(bands_as_lines),
    "tables: broken by a page": Tables(cut_by_page),
    "tables: an empty column": Tables(empty_column, adds=True),
    "tables: an empty row": Tables(empty_rows, adds=True),
    "tables: without titles": Tables(no_titles),
    "tables: some titles left out": Tables(titles_left_out, adds=True),
    "tables: notes between rows": Tables(footnotes),
    "tables: one for each row": Tables(small_tables),
    "tables: a line or row above": Tables(title_row),
}


def draw(rng: Random, page: Page, names: Sequence[str]) -> None:
    """Draw all tables of a page in these ways, one after the other."""
    for name in names:
        page.change_tables(lambda rows, name=name: TABLES[name].change(rng, rows))  # type: ignore[misc]
