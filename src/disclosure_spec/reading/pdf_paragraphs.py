"""Paragraphs from the lines of a PDF: wrapped lines joined again, page numbers and headers left out."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.reading.pdf_lines import Line
    from disclosure_spec.reading.pdf_page import PageParts

_PAGE_NUMBER: Final = re.compile(r"[-—–－―·•]\s*(\d{1,3})\s*[-—–－―·•]|第\s*\d{1,3}\s*页.{0,12}")
_BARE_NUMBER: Final = re.compile(r"\d{1,3}")
_DIGITS: Final = re.compile(r"\d+")
# Shares of the height of a page: headers and footers stand outside of them.
_UPPER_MARGIN: Final = 0.12
_LOWER_MARGIN: Final = 0.85
_SAME_HEIGHT: Final = 6.0
# In parts of the size of the letters.
_INDENT: Final = 0.8
_TOLERANCE: Final = 0.1
_OTHER_SIZE: Final = 0.12
_WIDER_GAP: Final = 1.6
_WIDEST_PITCH: Final = 2.0
_TITLE_SIZE: Final = 1.15
_ABOUT_AS_WIDE: Final = 0.9
_POINTS_PER_STEP: Final = 3
_SEVERAL: Final = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """How the text of a document is set.

    Attributes:
        sides: Left and right edge of the text, by the width of the page.
        size: Of most letters.
        pitch: From one line to the next.
    """

    sides: Mapping[int, tuple[float, float]]
    size: float
    pitch: float


def running(pages: Sequence[PageParts]) -> tuple[frozenset[Line], tuple[Line, ...]]:
    """Return the page numbers, and the headers and footers that several pages have."""
    margins = [line for page in pages for line in page.lines if _in_margin(line, page)]
    numbers = {line for line in margins if _PAGE_NUMBER.fullmatch(line.text)}
    numbers |= {line for line in margins if line.text == str(line.page)}
    repeated: list[Line] = []
    for line in margins:
        alike = {other.page for other in margins if _alike(line, other)}
        if line not in numbers and len(alike) >= max(_SEVERAL, len(pages) / 2):
            if _BARE_NUMBER.fullmatch(line.text):
                numbers.add(line)
            else:
                repeated.append(line)
    return frozenset(numbers), tuple(repeated)


def masked(line: Line) -> str:
    """Return the text of a line with any number in place of its own."""
    return _DIGITS.sub("#", line.text)


def measure(pages: Iterable[PageParts], without: frozenset[Line]) -> Measure:
    """Measure the text of a document."""
    by_width: dict[int, list[Line]] = {}
    pitches: list[float] = []
    sizes: Counter[float] = Counter()
    for page in pages:
        kept = [line for line in page.lines if line not in without]
        by_width.setdefault(round(page.width), []).extend(kept)
        pitches += [after.top - before.top for before, after in pairwise(kept)]
        for line in kept:
            sizes[round(line.size)] += len(line.text)
    sides = {width: (_left(lines), _right(lines)) for width, lines in by_width.items() if lines}
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    # Of a few lines far apart the usual distance says nothing.
    pitch = min(max(median(pitches), size), _WIDEST_PITCH * size) if pitches else size
    return Measure(sides, size, pitch)


def joined(lines: Sequence[Line], width: float, measured: Measure) -> Iterator[tuple[Line, ...]]:
    """Give the lines of each paragraph; all of them follow one another without a table between."""
    left, right = measured.sides[round(width)]
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and _begins(line, paragraph[-1], left, right, measured):
            yield tuple(paragraph)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield tuple(paragraph)


def text_of(paragraph: Sequence[Line]) -> str:
    """Return the text of a paragraph; a blank is put back only between words that a line end parted."""
    text = paragraph[0].text
    for before, after in pairwise(paragraph):
        letters = before.text[-1].isascii() and after.text[0].isascii()
        words = before.text[-1].isalpha() and after.text[0].isalpha()
        text += (" " if letters and (before.spaced or words) else "") + after.text
    return text


def _begins(line: Line, before: Line, left: float, right: float, measured: Measure) -> bool:
    """Tell whether a line begins a paragraph."""
    if line.columns or before.columns or abs(line.size - before.size) > _OTHER_SIZE * line.size:
        return True
    if line.page == before.page and line.top - before.top > _WIDER_GAP * max(measured.pitch, line.size):
        return True
    if min(line.size, before.size) > _TITLE_SIZE * measured.size:
        # Of a title that is set in the middle every line is short and indented.
        return False
    if line.x0 - left > _INDENT * line.size and line.x0 - before.x0 > -_INDENT * line.size:
        return True
    # Where its first word would have had room on the line before, that line was the last of its own.
    return before.x1 + line.head < right - _TOLERANCE * line.size


def _in_margin(line: Line, page: PageParts) -> bool:
    return line.bottom < _UPPER_MARGIN * page.height or line.top > _LOWER_MARGIN * page.height


def _alike(line: Line, other: Line) -> bool:
    same = masked(line) == masked(other)
    return same and abs(line.top - other.top) < _SAME_HEIGHT


def _left(lines: Sequence[Line]) -> float:
    steps = Counter(round(line.x0 / _POINTS_PER_STEP) for line in lines)
    usual = [line.x0 for line in lines if steps[round(line.x0 / _POINTS_PER_STEP)] >= _SEVERAL]
    return min(usual or [line.x0 for line in lines])


def _right(lines: Sequence[Line]) -> float:
    steps = Counter(round(line.edge / _POINTS_PER_STEP) for line in lines)
    widest = max(line.edge for line in lines)
    # One line alone may be wider than the text, but where it is by far, the others are short.
    usual = [line.edge for line in lines if steps[round(line.edge / _POINTS_PER_STEP)] >= _SEVERAL]
    return max(usual) if usual and max(usual) > _ABOUT_AS_WIDE * widest else widest
