"""Tables whose columns only spaces part, as on a printed page.

Rows are the lines that end in numbers. What stands left of the numbers is a label, over several lines where
it was too long for its column; what stands above them are titles. Nothing is put into a column by ordinal
unless the row has all of them, or its numbers stand where those of whole rows do.
"""

from __future__ import annotations

from collections import deque
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass, field
from disclosure_spec.grid import GridCell, Kind, Paragraph, Table
from disclosure_spec.reading.text_prose import begins
from disclosure_spec.reading.text_rows import printed_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.grid import Block
    from disclosure_spec.reading.text_lines import Line
    from disclosure_spec.reading.text_rows import Printed, Token

_TITLE_LINES: Final = 14
"""Printed lines above a table among which its titles are looked for."""
_NEAR: Final = 1
"""Columns by which the lines of one label may be set off."""
_STRAY: Final = 3
"""Columns by which a title may begin left of the numbers below it."""
_APART: Final = 2
"""Lines from one part of a label to the next, an empty one between them."""
_LEAST: Final = 2
"""Lines of a table, and rows that show where its columns are."""


def read_aligned(lines: Sequence[Line]) -> Iterator[Line | Block]:
    """Give the tables found among the lines, and all other lines as they are."""
    found: list[Line | Block | _Label] = []
    carried: list[_Label] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        carried = _read_page(list(page), carried, found)
    # Only now: the label of a group may have gone on over the page.
    for one in found:
        yield Paragraph(one.text, one.line.place(raw=one.text)) if isinstance(one, _Label) else one


@dataclass(slots=True)
class _Label:
    """A label while its lines are collected, and its row; that of a group of rows has none.

    Attributes:
        beside: Whether it begins on the line of a row that has a label of its own.
    """

    line: Line
    start: int
    last: int
    beside: bool = False
    texts: list[str] = field(default_factory=list)
    row: Printed | None = None

    @property
    def text(self) -> str:
        return "".join(self.texts)


def _read_page(
    lines: Sequence[Line], carried: list[_Label], found: list[Line | Block | _Label]
) -> list[_Label]:
    """Add what is on a page to what was found, and return the labels that may go on over it."""
    page = printed_lines(lines)
    done = 0
    for rows in _tables(page):
        titles = _titles(page, done, rows)
        first = titles.start if titles else _first_label(page, done, rows[0])
        end = _end(page, rows[-1])
        if len(rows) + len(titles) < _LEAST:
            continue
        found += lines[done:first]
        labels = _Labels(carried)
        labels.read(page[titles.stop if titles else first : end])
        columns = _Columns(rows)
        table = [*columns.titles([page[at] for at in titles])]
        found += _blocks(table, rows, labels, columns)
        carried = [label for label in labels.all if label.row is None]
        done = end
    found += lines[done:]
    return carried


def _tables(page: Sequence[Printed]) -> Iterator[list[Printed]]:
    """Give the rows of each table; titles or sentences between two rows part two tables."""
    rows: list[Printed] = []
    for line in page:
        if not line.is_row:
            continue
        if rows:
            zone = min(rows[-1].start, line.start)
            between = page[rows[-1].at + 1 : line.at]
            if any(one.is_prose or _is_title(one, zone) for one in between):
                yield rows
                rows = []
        rows.append(line)
    if rows:
        yield rows


def _is_title(line: Printed, zone: int) -> bool:
    """Tell whether a line has a text where the numbers of a table are; a heading has a number of its own."""
    if not (line.is_titles or line.is_single) or (line.is_single and begins(line.texts[0].text)):
        return False
    return any(one.start >= zone - _NEAR for one in line.texts)


def _titles(page: Sequence[Printed], done: int, rows: Sequence[Printed]) -> range:
    """Return which lines above the rows are their titles, from the first with several to the last."""
    zone = min(row.start for row in rows) - _STRAY + _NEAR
    first = last = None
    left = _TITLE_LINES
    for at in range(rows[0].at - 1, done - 1, -1):
        line = page[at]
        if line.line.empty:
            continue
        left -= 1
        heads = line.is_single and begins(line.texts[0].text)
        if not left or line.is_prose or (heads and last is not None):
            break
        if _is_title(line, zone):
            last = at if last is None else last
            first = at if line.is_titles else first
    return range(first, last + 1) if first is not None and last is not None else range(0)


def _first_label(page: Sequence[Printed], done: int, row: Printed) -> int:
    """Return the first of the lines right above a row that may be the beginning of its label."""
    at = row.at
    while at > done and page[at - 1].is_single and page[at - 1].texts[0].end <= row.start:
        at -= 1
    return at


def _end(page: Sequence[Printed], row: Printed) -> int:
    """Return the end of a table: behind the lines right below its last row that go on with its label."""
    at = row.at + 1
    rest = (page[later] for later in range(at, len(page)))
    if all(line.line.empty or (line.is_single and line.texts[0].end <= row.start) for line in rest):
        # The label of a group is cut by the end of the page.
        return len(page)
    if not row.texts:
        starts = {page[row.at - 1].texts[0].start} if row.at and page[row.at - 1].is_single else set()
    else:
        starts = {row.texts[-1].start}
    while (
        at < len(page)
        and page[at].is_single
        and not begins(page[at].texts[0].text)
        and page[at].texts[0].start in starts
    ):
        at += 1
    return at


class _Labels:
    """Put together the lines of labels: each begins with a number, or in a row that has none yet."""

    def __init__(self, carried: Sequence[_Label]) -> None:
        self.all: list[_Label] = []
        self._of: dict[int, _Label] = {}
        # By the column in which they begin; only the last one of each may go on.
        self._open = {label.start: label for label in carried}

    def read(self, lines: Sequence[Printed]) -> None:
        """Take the lines of a table below its titles."""
        for at, line in enumerate(lines):
            if line.is_row and not line.texts:
                self._give(line)
            following = lines[at + 1] if at + 1 < len(lines) else None
            for token in line.texts:
                own = line.is_row and token is line.texts[-1]
                self._add(token, line, following, own=own)

    def of(self, row: Printed) -> _Label | None:
        """Return the label of a row."""
        return self._of.get(row.at)

    def _add(self, token: Token, line: Printed, following: Printed | None, *, own: bool) -> None:
        label = None if begins(token.text) else self._continued(token, line, following, own=own)
        if label is None:
            label = _Label(line.line, token.start, line.at, beside=line.is_row and not own)
            self.all.append(label)
            self._open[token.start] = label
        label.texts.append(token.text)
        label.last = line.at
        if own:
            self._assign(label, line)

    def _continued(
        self, token: Token, line: Printed, following: Printed | None, *, own: bool
    ) -> _Label | None:
        columns = range(token.start - _NEAR, token.start + _NEAR + 1)
        near = [self._open[column] for column in columns if column in self._open]
        label = max(near, key=lambda one: one.line.number, default=None)
        # What goes on over the page is the label of a group, not of a row.
        if label is None or (own and (label.row is not None or label.line.page != line.line.page)):
            return None
        # Set off from the label above and not from the row below, it begins the label of that row.
        apart = label.row is not None and line.at - max(label.last, label.row.at) > 1
        return None if apart and following is not None and following.is_row else label

    def _give(self, row: Printed) -> None:
        """Give a row without text the label that stands right above it and has no row yet."""
        # Of a group and a row the row's is the one further to the right.
        above = [one for one in self._open.values() if one.row is None and 0 <= row.at - one.last <= _APART]
        above = [one for one in above if one.start < row.start and one.line.page == row.line.page]
        # What stands left of the label of another row is that of a group, or the beginning of that label.
        above = [one for one in above if not one.beside]
        if above:
            self._assign(max(above, key=lambda one: (one.start, one.last)), row)

    def _assign(self, label: _Label, row: Printed) -> None:
        label.row = row
        self._of[row.at] = label


class _Columns:
    """Where the numbers of a table stand."""

    def __init__(self, rows: Sequence[Printed]) -> None:
        self._count = max(len(row.values) for row in rows)
        whole = [row.values for row in rows if len(row.values) == self._count]
        self._labelled = any(row.texts for row in rows)
        self._zone = min(row.start for row in rows)
        self._extents = [
            (min(one.start for one in column), max(one.end for one in column))
            for column in zip(*whole, strict=True)
        ]
        # One row alone could have lost a number itself.
        parted = all(one[1] <= two[0] for one, two in pairwise(self._extents))
        self._gaps = _gaps(rows)
        # The same gap everywhere parts cells and puts nothing in line.
        self._evident = parted and len(self._gaps) > 1 and len(whole) >= _LEAST

    def place(self, row: Printed) -> list[int] | None:
        """Return the column of each number of a row; None where that is not certain."""
        if len(row.values) == self._count:
            return list(range(self._count))
        if not self._evident:
            return None
        placed: list[int] = []
        for value in row.values:
            meets = [
                at for at, (start, end) in enumerate(self._extents) if value.start < end and start < value.end
            ]
            if len(meets) != 1 or meets[0] in placed:
                return None
            placed += meets
        return placed

    def cells(self, row: Printed, placed: Sequence[int] | None) -> list[tuple[str, Line]]:
        """Return the numbers of a row, and blanks where their columns are known."""
        texts = [value.text for value in row.values]
        if placed is not None:
            by_column = dict(zip(placed, texts, strict=True))
            texts = [by_column.get(at, "") for at in range(self._count)]
        return [(text, row.line) for text in texts]

    def titles(self, lines: Sequence[Printed]) -> list[list[tuple[str, Line]]]:
        """Return a row for each title of several columns, and one with the titles of each column."""
        if not self._are_below(lines):
            return [[(token.text, one.line) for token in one.texts] for one in lines if one.texts]
        stacks: dict[int, list[tuple[Printed, Token]]] = {}
        for line in reversed(lines):
            for token in line.texts:
                stacks.setdefault(self._column(token), []).append((line, token))
        shown = {line.at for line in lines if not line.line.empty}
        upper: list[tuple[Printed, Token]] = []
        lowest: list[tuple[str, Line]] = []
        for column, stack in sorted(stacks.items()):
            size = len(stack) if column < 0 else self._size(stack, shown)
            upper += stack[size:]
            if size:
                text = "".join(token.text for _, token in reversed(stack[:size]))
                lowest.append((text, stack[0][0].line))
        upper.sort(key=lambda one: (one[0].at, one[1].start))
        # Titles of one row only: what stands above the labels may be a note over all rows of titles.
        left = [lowest.pop(0)] if -1 in stacks and len(lines) > 1 else []
        rows = [[(token.text, line.line)] for line, token in upper]
        return [row for row in [*rows, left, lowest] if row]

    def _are_below(self, lines: Sequence[Printed]) -> bool:
        """Tell whether the numbers stand below these titles; else only the order of titles is known."""
        if len(self._gaps) <= 1 and (not self._gaps or _gaps(lines) == self._gaps):
            return False
        columns = [[self._column(token) for token in line.texts] for line in lines]
        return all(len(set(one)) == len(one) for one in columns)

    def _size(self, stack: Sequence[tuple[Printed, Token]], shown: set[int]) -> int:
        """Return how many of the texts above a column are its own title: up to an empty line.

        A title is broken where it fills its column, so all its lines but the last are of one length.
        """
        size = 0
        for number, (line, token) in enumerate(stack):
            below = stack[number - 1][0].at if number else line.at
            if self._spans(token) or any(at not in shown for at in range(line.at + 1, below)):
                break
            full = len(stack[1][1].letters) if number > 1 else len(token.letters)
            if abs(len(token.letters) - full) > 1 or full < len(stack[0][1].letters):
                break
            size = number + 1
        return size

    def _column(self, token: Token) -> int:
        if self._labelled and token.start < self._zone - _STRAY:
            return -1
        bounds = [(one[1] + two[0]) / 2 for one, two in pairwise(self._extents)]
        return sum(bound <= token.middle for bound in bounds)

    def _spans(self, token: Token) -> bool:
        if self._labelled and token.start < self._zone - _STRAY:
            return False
        covered = [1 for start, end in self._extents if token.start <= (start + end) / 2 <= token.end]
        return len(covered) > 1


def _gaps(lines: Sequence[Printed]) -> set[int]:
    pairs = (pair for line in lines for pair in pairwise((*line.texts, *line.values)))
    return {two.start - one.end for one, two in pairs}


def _blocks(
    titles: list[list[tuple[str, Line]]], rows: Sequence[Printed], labels: _Labels, columns: _Columns
) -> Iterator[Block | _Label]:
    """Give the rows as tables; labels of groups stand between them, and headings may be among those."""
    groups = deque(label for label in labels.all if label.row is None)
    pending = titles
    certain = all(columns.place(row) is not None for row in rows)
    for row in rows:
        while groups and groups[0].line.number < row.line.number:
            yield from _table(pending, certain=certain)
            pending = []
            yield groups.popleft()
        label = labels.of(row)
        named = [(label.text, label.line)] if label else []
        pending.append([*named, *columns.cells(row, columns.place(row))])
    yield from _table(pending, certain=certain)
    yield from groups


def _table(rows: Sequence[Sequence[tuple[str, Line]]], *, certain: bool) -> Iterator[Table]:
    if rows:
        yield Table(
            tuple(
                tuple(
                    GridCell(text, number, at, 1, 1, line.place(at + 1, text))
                    for at, (text, line) in enumerate(row)
                )
                for number, row in enumerate(rows)
            ),
            Kind.GRID if certain else Kind.PADDED,
        )
