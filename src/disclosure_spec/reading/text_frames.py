"""Tables drawn with lines: `+---+`, `│ ┼ ─`; cells may take several lines, columns and rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import GridCell, Kind, Table
from disclosure_spec.limits import MAX_COLUMNS
from disclosure_spec.reading.text_grid import grid
from disclosure_spec.reading.text_lines import width
from disclosure_spec.reading.values import printed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from disclosure_spec.reading.text_lines import Line

_UPRIGHT: Final = "│┃║┆┇┊┋｜|"
_JUNCTION: Final = "┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╭╮╰╯┍┎┑┒┝┞┟┠┡┢┥┦┧┨┩┪┯┰┱┲┷┸┹┺┿╀╁╂╃╄╅╆╇╈╉╊╞╡╪╤╧╟╢╫╥╨+"
_LEVEL: Final = "─━═┄┅┈┉-="
_TO_ASCII: Final = str.maketrans(
    {**dict.fromkeys(_UPRIGHT, "|"), **dict.fromkeys(_JUNCTION, "+"), **dict.fromkeys(_LEVEL, "-")}
)
_RULE: Final = re.compile(r"[\s+|-]+")
_CORNERED: Final = re.compile(r"\+-|-\+")
_EDGES: Final = re.compile(r"[|+]")
_BOX_OR_PLUS: Final = re.compile("[\u2500-\u257f+|｜]")
_HEADED: Final = 3
"""Rules of a table that has them around its titles and at its end, and none between its rows."""

Piece = tuple[int, int, str]


def is_framed(lines: Sequence[Line]) -> bool:
    """Tell whether a table of these lines has rules with corners, at least above and below."""
    return sum(_is_rule(line.text) for line in lines) > 1


def may_be_frame(text: str) -> bool:
    """Tell whether a line could be a rule of a drawn table, or one of its rows."""
    return bool(_BOX_OR_PLUS.search(text)) and (
        any(one in text for one in _UPRIGHT) or _is_part_of_rule(text)
    )


def read_frame(lines: Sequence[Line]) -> Table | None:
    """Return the rows of a drawn table; nothing when its lines hold no cell."""
    drawn = [(line, line.text.translate(_TO_ASCII)) for line in lines]
    rules = sum(_is_rule(line.text) for line in lines)
    bands = list(_bands(drawn))
    if rules <= _HEADED and any(len(band) > 1 for band in bands):
        return _row_a_line([one for band in bands for one in band])
    measure = _measure(drawn)
    rows = _spanned(drawn, measure) if measure else (_joined(at, band) for at, band in enumerate(bands))
    shown = tuple(row for row in rows if row)
    return Table(shown) if shown else None


def _row_a_line(drawn: Sequence[tuple[Line, str]]) -> Table:
    rows = [(line, _texts(text)) for line, text in drawn]
    # Whether a line with a blank is a row or goes on with the one above, nothing here tells.
    certain = all(all(pieces) for _, pieces in rows[1:])
    return grid(rows, Kind.GRID if certain else Kind.PADDED)


def _measure(drawn: Sequence[tuple[Line, str]]) -> Callable[[str], int] | None:
    """Return the measure of width with which the edges of rows meet the corners of rules, if there is one."""
    # Far too wide is refused later, when it is counted; it need not be measured.
    if any(len(_EDGES.findall(text)) > MAX_COLUMNS + 1 for _, text in drawn):
        return None
    return next((one for one in (width, len) if _meets(drawn, one)), None)


def _is_rule(text: str) -> bool:
    shown = text.translate(_TO_ASCII)
    return "-" in shown and bool(_RULE.fullmatch(shown)) and bool(_CORNERED.search(shown))


def _is_part_of_rule(text: str) -> bool:
    """Tell whether a line has a rule, beside cells that go on over it perhaps."""
    shown = text.translate(_TO_ASCII).strip()
    return shown[:1] in {"+", "|", "-"} and shown[-1:] in {"+", "|", "-"} and bool(_CORNERED.search(shown))


def _bands(drawn: Iterable[tuple[Line, str]]) -> Iterator[list[tuple[Line, str]]]:
    band: list[tuple[Line, str]] = []
    for line, text in drawn:
        if not _is_rule(text):
            band.append((line, text))
        elif band:
            yield band
            band = []
    if band:
        yield band


def _texts(text: str) -> list[str]:
    return [printed(piece) for piece in text.strip().strip("|").split("|")]


def _joined(number: int, band: Sequence[tuple[Line, str]]) -> tuple[GridCell, ...]:
    """Put the lines of a row together cell by cell, where each has as many."""
    rows = [_texts(text) for _, text in band]
    if len({len(row) for row in rows}) > 1:
        # Drawn askew: its first line stands for it, which as a row is too short or known.
        rows = [[" ".join(piece for row in rows for piece in row if piece)]]
    line = band[0][0]
    texts = ["\n".join(filter(None, pieces)) for pieces in zip(*rows, strict=True)]
    return tuple(GridCell(text, number, at, 1, 1, line.place(at + 1, text)) for at, text in enumerate(texts))


def _meets(drawn: Sequence[tuple[Line, str]], measure: Callable[[str], int]) -> bool:
    """Tell whether with this measure every upright stands where the rules have a corner."""
    corners: set[int] = set()
    uprights: set[int] = set()
    for _, text in drawn:
        edges = {start for start, _, _ in _pieces(text, measure)}
        if _is_rule(text):
            corners |= edges
        elif "-+" not in text and "+-" not in text:
            uprights |= edges
    return uprights <= corners


def _pieces(text: str, measure: Callable[[str], int]) -> Iterator[Piece]:
    """Give what stands between two edges, with the places of both."""
    edges = [found.start() for found in _EDGES.finditer(text)]
    at = 0
    places = []
    for before, edge in zip([0, *edges], edges, strict=False):
        # Piece by piece, so that a long line is measured once.
        at += measure(text[before:edge])
        places.append(at)
    for number in range(len(edges) - 1):
        yield places[number], places[number + 1], text[edges[number] + 1 : edges[number + 1]]


def _spanned(
    drawn: Sequence[tuple[Line, str]], measure: Callable[[str], int]
) -> Iterator[tuple[GridCell, ...]]:
    """Follow each cell down to the rule that ends it; it belongs to the row in which it begins."""
    opened: dict[int, _Cell] = {}
    row: list[_Cell] = []
    columns = sorted({start for _, text in drawn for start, _, _ in _pieces(text, measure)})
    number = 0
    for line, text in drawn:
        ended = False
        for start, end, piece in _pieces(text, measure):
            if piece and not piece.strip("-"):
                ended = True
                opened = {at: cell for at, cell in opened.items() if not start <= at < end}
                continue
            if start not in opened:
                opened[start] = _Cell(line, start, end)
                row.append(opened[start])
            opened[start].add(piece)
        if ended and row:
            yield _finished(row, number, columns)
            number, row = number + 1, []
    if row:
        yield _finished(row, number, columns)


class _Cell:
    """A cell while its lines are collected."""

    def __init__(self, line: Line, start: int, end: int) -> None:
        self.line, self.start, self.end = line, start, end
        self._lines: list[str] = []

    def add(self, piece: str) -> None:
        """Add what one more line shows of it."""
        if printed(piece):
            self._lines.append(printed(piece))

    def finished(self, row: int, columns: Sequence[int], ordinal: int) -> GridCell:
        """Return the cell; columns are counted by the edges that lie within."""
        column = columns.index(self.start)
        spans = sum(self.start <= one < self.end for one in columns)
        text = "\n".join(self._lines)
        return GridCell(text, row, column, 1, spans, self.line.place(ordinal, text))


def _finished(row: list[_Cell], number: int, columns: Sequence[int]) -> tuple[GridCell, ...]:
    ordered = sorted(row, key=lambda cell: cell.start)
    return tuple(cell.finished(number, columns, at) for at, cell in enumerate(ordered, start=1))
