"""Lines of a printed page as texts and numbers with the columns they take."""

from __future__ import annotations

import re
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.limits import MAX_COLUMNS
from disclosure_spec.reading.text_lines import columns_of
from disclosure_spec.reading.values import is_value_like

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from disclosure_spec.reading.text_lines import Line

# One space may stand in a text, more part two cells.
_TOKEN: Final = re.compile(r"[^ \u00a0\u3000]+(?:[ \u00a0\u3000][^ \u00a0\u3000]+)*")
_LONGEST_LINE: Final = 400
_LONGEST_TITLE: Final = 60

_Cut = tuple[list[tuple[int, int]], int]
"""Where the texts and numbers of a line stand, and how many texts come before its last numbers."""


@dataclass(frozen=True, slots=True)
class Token:
    """A text between gaps, with the columns it takes."""

    text: str
    start: int
    end: int

    @property
    def letters(self) -> str:
        """Return the text without the spaces that spread it."""
        return "".join(self.text.split())

    @property
    def middle(self) -> float:
        """Return the column in its middle."""
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Printed:
    """A line: texts, then numbers.

    Attributes:
        at: Ordinal of the line on its page.
    """

    line: Line
    at: int
    texts: tuple[Token, ...]
    values: tuple[Token, ...]

    @property
    def is_row(self) -> bool:
        """Tell whether the line is a row of a table: numbers behind a text, or several of them."""
        return len(self.values) > 1 or bool(self.texts and self.values)

    @property
    def is_titles(self) -> bool:
        """Tell whether several texts stand side by side, none of them a sentence."""
        return len(self.texts) > 1 and not self.values and not self.is_prose

    @property
    def is_single(self) -> bool:
        """Tell whether there is one text only, as short as those in a table."""
        return len(self.texts) == 1 and not self.values and not self.is_prose

    @property
    def is_prose(self) -> bool:
        """Tell whether there is a sentence, or a text longer than columns are wide."""
        return any(len(one.text) > _LONGEST_TITLE or "。" in one.text for one in self.texts)

    @property
    def start(self) -> int:
        """Return where its numbers begin."""
        return self.values[0].start


def printed_lines(lines: Sequence[Line]) -> list[Printed]:
    """Return the lines of a page, measured so that their numbers form columns best.

    Some programs count a Chinese character as one column, others as the two that it takes on a screen.
    """
    cuts = [_cut(line) for line in lines]
    ways = [
        [_printed(line, at, cut, measure) for at, (line, cut) in enumerate(zip(lines, cuts, strict=True))]
        for measure in (columns_of, len)
    ]
    return min(ways, key=_spread)


def _cut(line: Line) -> _Cut:
    # Far longer than any page is wide, a line is a paragraph.
    spans = [] if len(line.text) > _LONGEST_LINE else list(_spans(line.text))
    if not spans:
        return ([], 0) if line.empty else ([(0, len(line.text))], 1)
    end = len(spans)
    while end and is_value_like(line.text[slice(*spans[end - 1])]):
        end -= 1
    return spans, end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for found in _TOKEN.finditer(text):
        pieces = found.group().split()
        # Numbers close together are still as many numbers.
        if 1 < len(pieces) <= MAX_COLUMNS and all(map(is_value_like, pieces)):
            for one in re.finditer(r"\S+", found.group()):
                yield found.start() + one.start(), found.start() + one.end()
        else:
            yield found.span()


def _printed(line: Line, at: int, cut: _Cut, measure: Callable[[str], int]) -> Printed:
    spans, end = cut
    # Of a paragraph only the length counts.
    alike = measure is len or len(line.text) > _LONGEST_LINE
    columns = range(len(line.text) + 1) if alike else [0, *accumulate(map(measure, line.text))]
    tokens = [Token(line.text[one:two], columns[one], columns[two]) for one, two in spans]
    return Printed(line, at, tuple(tokens[:end]), tuple(tokens[end:]))


def _spread(lines: Sequence[Printed]) -> int:
    """Return by how much the numbers of rows with as many of them miss forming columns."""
    spread = 0
    rows = sorted((line for line in lines if line.is_row), key=lambda row: len(row.values))
    for _, alike in groupby(rows, key=lambda row: len(row.values)):
        for column in zip(*(row.values for row in alike), strict=True):
            starts, ends = [one.start for one in column], [one.end for one in column]
            spread += min(max(starts) - min(starts), max(ends) - min(ends))
    return spread
