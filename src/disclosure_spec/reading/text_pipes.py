"""Tables whose cells are parted by pipes: rows, Markdown tables, and web pages as text, one cell a line.

In text made from web pages a cell is followed by ` |`. Spans leave their other columns behind as further
pipes, so that a blank cell and a covered column can look alike; where the pipes of every row add up to the
same width, rows and blanks are certain again, else the kind of the table says what is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import GridCell, Kind, Table
from disclosure_spec.reading.text_grid import grid
from disclosure_spec.reading.values import is_value_like, printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.reading.text_grid import Row
    from disclosure_spec.reading.text_lines import Line

_DASHES: Final = r"[ \t]*(?::?-{3,}:?|:-+:?|-+:)[ \t]*"
# The dashes below the titles of a Markdown table (`+` in tables of org): with them every pipe is a column.
_RULE: Final = re.compile(rf"\s*\|?(?:{_DASHES}[|+])+(?:{_DASHES})?\|?\s*|\s*\|{_DASHES}\|?\s*")
_PIPES_ONLY: Final = re.compile(r"[|\s]*\|[|\s]*")
_FRAMED: Final = re.compile(r"\A\s*\||\|\s*\Z")
_ESCAPED: Final = re.compile(r"\\\|")
_HIDDEN_PIPE: Final = "\ue000"
_PIPE: Final = str.maketrans("｜￨¦", "|||")


def has_pipe(line: Line) -> bool:
    """Tell whether a line may be part of a table drawn with pipes."""
    return "|" in _plain(line.text)


def is_rule(line: Line) -> bool:
    """Tell whether a line is the rule below the titles of a Markdown table."""
    return _RULE.fullmatch(_plain(line.text)) is not None


def read_pipes(lines: Sequence[Line]) -> Table | None:
    """Return a table, a stream of cells, or nothing when a line just happens to hold a pipe."""
    shown = [(line, _plain(line.text)) for line in lines]
    kept = [(line, text) for line, text in shown if not _RULE.fullmatch(text)]
    if len(kept) < len(shown):
        rule = next(text for _, text in shown if _RULE.fullmatch(text))
        return _markdown(kept, rule)
    if any(sum(bool(printed(piece)) for piece in text.split("|")) > 1 for _, text in kept):
        return _rows(kept) if len(kept) > 1 else None
    return _Cells(kept).table() if len(kept) > 1 else None


def _plain(text: str) -> str:
    """Return a line with common pipes, those that are text hidden."""
    return _ESCAPED.sub(_HIDDEN_PIPE, text.translate(_PIPE))


Drawn = tuple["Line", str]


def _markdown(lines: Sequence[Drawn], rule: str) -> Table | None:
    """Return a table as wide as its rule; in the frame of its titles no edge is a blank."""
    wide = len(_framed(rule.replace("+", "|")))
    is_framed = bool(lines) and _is_framed(lines[0][1])
    rows = [(line, _framed(text) if is_framed else _cut(text, wide)) for line, text in lines]
    # With rows shorter by several cells the columns that spans cover were left out, so that a blank is one.
    if sum(len(pieces) + 1 < wide for _, pieces in rows) > 1:
        return grid(_without_empty_column(rows), Kind.GRID, covered=None)
    return grid(rows, Kind.GRID, covered=wide) if rows else None


def _without_empty_column(rows: Sequence[Row]) -> Sequence[Row]:
    """Drop the blank at the end of every row where titles have it too: it is the cell of none of them.

    The first row says nothing, for it is filled up with blanks to the width of the table.
    """
    titled = any(
        sum(map(bool, pieces)) > 1 and not any(_is_number(one) for one in pieces) for _, pieces in rows[1:]
    )
    if not titled or any(pieces[-1] for _, pieces in rows):
        return rows
    return [(line, pieces[:-1]) for line, pieces in rows]


def _is_number(piece: str) -> bool:
    return bool(piece) and is_value_like(piece)


def _rows(lines: Sequence[Drawn]) -> Table:
    """Return rows without a rule: at the edge a pipe is a frame where lines have one on both sides."""
    begun = [text.strip().startswith("|") for _, text in lines if not _PIPES_ONLY.fullmatch(text)]
    ended = all(text.strip().endswith("|") for _, text in lines)
    framed = [text for _, text in lines if _is_framed(text)]
    if framed and any(begun) and not (all(begun) and ended):
        return _partly_framed(lines, Counter(len(_framed(text)) for text in framed).most_common(1)[0][0])
    return _parted(lines, begun=all(begun), ended=ended)


def _partly_framed(lines: Sequence[Drawn], wide: int) -> Table:
    """Return rows of which some have pipes at both edges, most of them with so many cells."""
    bare = Counter(text.count("|") for _, text in lines if not _FRAMED.search(text))
    if bare and bare.most_common(1)[0][0] == wide + 1:
        # Lines with no pipe at an edge have as many: at the edges of the others there are blanks.
        return _parted(lines, begun=False, ended=False)
    return grid([(line, _cut(text, wide)) for line, text in lines], Kind.PADDED)


def _parted(lines: Sequence[Drawn], *, begun: bool, ended: bool) -> Table:
    rows = [(line, _pieces(text, begun=begun, ended=ended)) for line, text in lines]
    return grid(rows, Kind.GRID if _is_whole(rows) else Kind.PADDED)


def _is_whole(rows: Sequence[Row]) -> bool:
    """Tell whether blanks stand where they belong: as many cells in every row, and a blank between others.

    It shows that blanks were not moved to the end of their rows, behind the columns that spans covered.
    """
    if len({len(pieces) for _, pieces in rows}) > 1:
        return False
    return any(not piece and any(pieces[at:]) for _, pieces in rows for at, piece in enumerate(pieces))


def _is_framed(text: str) -> bool:
    shown = text.strip()
    return len(shown) > 1 and shown.startswith("|") and shown.endswith("|")


def _framed(text: str) -> list[str]:
    return _printed(text.strip().removeprefix("|").removesuffix("|").split("|"))


def _cut(text: str, wide: int) -> list[str]:
    """Cut a line into so many cells: pipes at its edges are blanks where that fits, else they are a frame."""
    whole = _printed(text.strip().split("|"))
    return whole if len(whole) == wide else _framed(text)


def _pieces(text: str, *, begun: bool, ended: bool) -> list[str]:
    shown = text.strip()
    if begun and not (_PIPES_ONLY.fullmatch(shown) and not ended):
        shown = shown.removeprefix("|")
    return _printed((shown.removesuffix("|") if ended else shown).split("|"))


def _printed(pieces: Sequence[str]) -> list[str]:
    return [printed(piece.replace(_HIDDEN_PIPE, "|")) for piece in pieces]


class _Cells:
    """One cell a line: rows come back where the pipes of each add up to the width of the table."""

    def __init__(self, lines: Sequence[Drawn]) -> None:
        self._lines = lines
        self._pipes = [text.count("|") for _, text in lines]
        self._blank = [bool(_PIPES_ONLY.fullmatch(text)) for _, text in lines]
        # Either the last cell of a row carries the pipes of covered columns, or a line of their own does.
        inline = any(count > 1 and not blank for count, blank in zip(self._pipes, self._blank, strict=True))
        alone = any(count > 1 and blank for count, blank in zip(self._pipes, self._blank, strict=True))
        # With the first, a blank cell at the end of a row leaves a line of several pipes too.
        self._style = "inline" if inline else "alone" if alone else ""

    def table(self) -> Table | None:
        """Return rows where they are certain, else all cells as a stream."""
        rows = self._cut_rows() if self._style else []
        if len(rows) > 1:
            kind = Kind.GRID if self._blanks_stay(rows) else Kind.PADDED
            cells = [self._cells(row) for row in rows]
            return Table(tuple(_row(at, one) for at, one in enumerate(self._even(cells))), kind)
        stream = [at for at in range(len(self._lines)) if not (self._blank[at] and self._pipes[at] > 1)]
        return Table((_row(0, self._cells(stream)),), Kind.STREAM) if len(stream) > 1 else None

    def _cut_rows(self) -> list[list[int]]:
        """Cut at the width of the first row that spans ended; no rows unless all of them have that width.

        The last row may be cut off, as texts are.
        """
        first = next(at for at, count in enumerate(self._pipes) if count > 1)
        totals = list(accumulate(self._pipes))
        wide = totals[first]
        ends = [at for at, total in enumerate(totals) if total % wide == 0]
        # Were a cell lost or put in, the sums would no longer meet the ends of rows.
        covered = {at for at, count in enumerate(self._pipes) if count > 1}
        if not covered <= set(ends) or [totals[at] for at in ends] != [
            wide * number for number in range(1, totals[-1] // wide + 1)
        ]:
            return []
        starts = [0, *(at + 1 for at in ends)]
        rows = [list(range(start, end + 1)) for start, end in zip(starts, ends, strict=False)]
        rest = list(range(starts[-1], len(self._lines)))
        if rest and totals[-1] - totals[max(covered)] > wide:
            return []
        return [*rows, rest] if rest else rows

    def _blanks_stay(self, rows: Sequence[Sequence[int]]) -> bool:
        """Tell whether blank cells stand in their place, and were not moved to the columns spans cover."""
        if self._style == "inline":
            return True
        return any(
            self._is_bare(at) and not all(self._blank[later] for later in row if later > at)
            for row in rows
            for at in row
        )

    def _is_bare(self, at: int) -> bool:
        return self._blank[at] and self._pipes[at] == 1

    def _cells(self, row: Sequence[int]) -> list[tuple[Line, str]]:
        cells: list[tuple[Line, str]] = []
        for at in row:
            # Alone, several pipes are covered columns; behind its own pipe a blank cell has them too.
            if self._style == "inline" or not self._blank[at] or self._pipes[at] == 1:
                line, text = self._lines[at]
                cells.append((line, printed(text.strip("| \t").replace(_HIDDEN_PIPE, "|"))))
        return cells

    def _even(self, rows: Sequence[list[tuple[Line, str]]]) -> list[list[tuple[Line, str]]]:
        """Drop the last blank of rows that have one cell more than all that end with a value."""
        counts = {_values(row) for row in rows if row and row[-1][1] and is_value_like(row[-1][1])}
        if self._style != "alone" or len(counts) != 1:
            return list(rows)
        (usual,) = counts
        return [row[:-1] if row and not row[-1][1] and _values(row) == usual + 1 else row for row in rows]


def _values(row: Sequence[tuple[Line, str]]) -> int:
    """Return the number of cells behind the last text of a row."""
    texts = [at for at, (_, text) in enumerate(row) if not is_value_like(text)]
    return len(row) - (texts[-1] + 1 if texts else 0)


def _row(number: int, cells: Sequence[tuple[Line, str]]) -> tuple[GridCell, ...]:
    return tuple(
        GridCell(text, number, at, 1, 1, line.place(raw=line.text)) for at, (line, text) in enumerate(cells)
    )
