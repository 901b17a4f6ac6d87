"""Tables on a terminal, where a Chinese character is as wide as two others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a line for each row, names aligned to the left and numbers to the right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        gaps = [" " * (most - width(text)) for text, most in zip(row, widths, strict=True)]
        first, *others = zip(gaps, row, strict=True)
        yield "  ".join([first[1] + first[0], *(gap + text for gap, text in others)]).rstrip()


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
