"""Plain text: tables drawn with pipes, lines, tabs or spaces, the cells of lost tables, and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.grid import Content, Paragraph, Table
from disclosure_spec.reading.limiting import check_lines, within_limits
from disclosure_spec.reading.text_aligned import read_aligned
from disclosure_spec.reading.text_delimited import is_tabbed, read_csv, read_tabs, with_whole_cells
from disclosure_spec.reading.text_frames import is_framed, may_be_frame, read_frame
from disclosure_spec.reading.text_lines import lines_of
from disclosure_spec.reading.text_pipes import has_pipe, read_pipes
from disclosure_spec.reading.text_prose import paragraphs, usual_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from disclosure_spec.grid import Block
    from disclosure_spec.reading.text_lines import Line


def read_text(text: str) -> Content:
    """Return the lines of a text as tables, streams of cells and paragraphs.

    Raises:
        InputError: See `check_lines` and `within_limits`.
    """
    check_lines(text)
    lines = with_whole_cells(lines_of(text))
    return Content(within_limits(_blocks(lines, usual_width(lines))))


def _blocks(lines: Sequence[Line], wrapped_at: int) -> Iterator[Block]:
    plain: list[Line] = []
    at = 0
    while at < len(lines):
        made, end = _drawn(lines, at)
        if made:
            yield from _plain(plain, wrapped_at)
            yield from made
            plain = []
        else:
            plain += lines[at:end]
        at = end
    yield from _plain(plain, wrapped_at)


def _drawn(lines: Sequence[Line], at: int) -> tuple[list[Block], int]:
    """Return what is drawn with marks from a line on, if anything, and where it or the plain text ends."""
    line = lines[at]
    if has_pipe(line) or may_be_frame(line.text):
        end = _end(lines, at, lambda one: has_pipe(one) or may_be_frame(one.text))
        block = [one for one in lines[at:end] if one.text.strip()]
        table = read_frame(block) if is_framed(block) else read_pipes(block)
        return ([table] if table else []), end
    if is_tabbed(line.text):
        end = _end(lines, at, lambda one: is_tabbed(one.text))
        block = [one for one in lines[at:end] if one.text.strip(" \v")]
        return (list(read_tabs(block)) if len(block) > 1 else []), end
    if line.text.count(",") + line.text.count(";") + line.text.count("，") > 1:
        return read_csv(lines, at)
    return [], at + 1


def _end(lines: Sequence[Line], start: int, belongs: Callable[[Line], bool]) -> int:
    end = start + 1
    for at in range(start + 1, len(lines)):
        if belongs(lines[at]):
            end = at + 1
        # An empty line may be a row of blanks or mere spacing; only other text ends the table.
        elif lines[at].text.strip():
            break
    return end


def _plain(lines: Sequence[Line], wrapped_at: int) -> Iterator[Block]:
    held: list[Line] = []
    for item in read_aligned(lines):
        if isinstance(item, Table | Paragraph):
            yield from paragraphs(held, wrapped_at)
            held = []
            yield item
        else:
            held.append(item)
    yield from paragraphs(held, wrapped_at)
