"""Plain text and Markdown: tables drawn with pipes or tabs, and the cells of lost tables, one a line.

In text made from web pages a cell is followed by ` |`. Spans leave their other columns behind as further
pipes, so that a blank cell and a covered column can look alike; the kind of the table says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import Content, GridCell, Kind, Paragraph, Table
from disclosure_spec.place import Place
from disclosure_spec.reading.limiting import within_limits
from disclosure_spec.reading.values import printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.grid import Block

Line = tuple[int, str]
Piece = tuple[int, str]

_DASHES: Final = r"\s*(?::?-{3,}:?|:-+:?|-+:)\s*"
# The dashes below the titles of a Markdown table: with them every pipe is a real column.
_RULE: Final = re.compile(rf"\s*\|?(?:{_DASHES}\|)+(?:{_DASHES})?\s*|\s*\|{_DASHES}\s*")
_PIPES_ONLY: Final = re.compile(r"[|\s]*\|[|\s]*")
_HEADING: Final = re.compile(r"\s*#{1,6}\s+")
_EMPHASIS: Final = re.compile(r"\s*(\*\*|__)(?P<text>.+)\1\s*")


def read_text(text: str) -> Content:
    """Return the lines of a text as tables, streams of cells and paragraphs.

    Raises:
        InputError: See `within_limits`.
    """
    return Content(within_limits(_blocks(text.splitlines())))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        mark = "|" if "|" in lines[at] else "\t" if _is_tabbed(lines[at]) else ""
        if not mark:
            yield from _paragraph(lines[at], at + 1)
            at += 1
            continue
        end = _end_of_block(lines, at, mark)
        block = [(number + 1, lines[number]) for number in range(at, end) if printed(lines[number])]
        made = _piped(block) if mark == "|" else _tabbed(block)
        if made is None:
            for number, line in block:
                yield from _paragraph(line, number)
        else:
            yield made
        at = end


def _paragraph(line: str, number: int) -> Iterator[Paragraph]:
    """Give the line without markup; an empty line is nothing, a no-break space alone is a blank cell."""
    if not line.strip(" \t\r\f\v\ufeff\u3000"):
        return
    emphasised = _EMPHASIS.fullmatch(_HEADING.sub("", line))
    text = emphasised["text"] if emphasised else _HEADING.sub("", line)
    yield Paragraph(printed(text), Place(line=number, raw=line))


def _is_tabbed(line: str) -> bool:
    return "\t" in line.strip(" \t")


def _end_of_block(lines: Sequence[str], start: int, mark: str) -> int:
    end = start + 1
    for at in range(start + 1, len(lines)):
        if mark in lines[at]:
            end = at + 1
        # An empty line may be a row of blanks or mere spacing; only other text ends the table.
        elif lines[at].strip():
            break
    return end


def _tabbed(block: Sequence[Line]) -> Table | None:
    rows = [
        (line, [(at, printed(piece)) for at, piece in enumerate(text.split("\t"), start=1)])
        for line, text in block
    ]
    return _table(rows, Kind.GRID)


def _piped(block: Sequence[Line]) -> Table | None:
    """Return a table, a stream of cells, or nothing when a line just happens to hold a pipe."""
    lines = [(line, text) for line, text in block if not _RULE.fullmatch(text)]
    rows = _cut(lines)
    if len(lines) < len(block):
        return _table(rows, Kind.GRID)
    if any(sum(bool(text) for _, text in pieces) > 1 for _, pieces in rows):
        return _table(rows, Kind.PADDED) if len(rows) > 1 else None
    cells = [(line, printed(text.strip("| \t"))) for line, text in lines if not _is_padding(text)]
    stream = tuple(
        GridCell(text, 0, at, 1, 1, Place(line=line, raw=text)) for at, (line, text) in enumerate(cells)
    )
    return Table((stream,), Kind.STREAM) if len(stream) > 1 else None


def _cut(lines: Sequence[Line]) -> list[tuple[int, list[Piece]]]:
    begun = all(text.strip().startswith("|") for _, text in lines)
    ended = all(text.strip().endswith("|") for _, text in lines)
    return [(line, _pieces(text, begun=begun, ended=ended)) for line, text in lines]


def _is_padding(line: str) -> bool:
    """Tell whether a line is what spans left behind; one pipe alone is a blank cell."""
    return bool(_PIPES_ONLY.fullmatch(line)) and line.count("|") > 1


def _pieces(line: str, *, begun: bool, ended: bool) -> list[Piece]:
    """Cut a line at its pipes; at the edge they are a frame where every line has one, else a blank's."""
    text = line.strip()
    if begun and not _PIPES_ONLY.fullmatch(text):
        text = text.removeprefix("|")
    pieces = (text.removesuffix("|") if ended else text).split("|")
    return [(at, printed(piece)) for at, piece in enumerate(pieces, start=1)]


def _table(rows: Sequence[tuple[int, Sequence[Piece]]], kind: Kind) -> Table:
    return Table(
        tuple(
            tuple(
                GridCell(text, row, at - 1, 1, 1, Place(line=line, column=at, raw=text))
                for at, text in pieces
            )
            for row, (line, pieces) in enumerate(rows)
        ),
        kind,
    )
