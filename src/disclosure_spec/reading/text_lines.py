"""The lines of a text with their number and page, without what stands on a page and not in the report."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.place import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

# Editors count these; what else ends a line (form feed, U+2028) stands within a line of theirs.
_COUNTED: Final = re.compile(r"\r\n|\r|\n")
_UNCOUNTED: Final = re.compile("[\x0b\x1c-\x1e\x85\u2028\u2029]")
_EMPTY: Final = " \t\v\ufeff\u3000"
_FOLIO: Final = re.compile(r"[-—–－―·\s]*第?\s*(?P<page>\d{1,3})\s*(?:页.{0,12}|/\s*\d{1,3})?[-—–－―·\s]*")
_LONGEST_FOLIO: Final = 200
_WIDE: Final = frozenset("WF")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; pages are counted where there is more than one."""

    text: str
    number: int
    page: int | None = None

    @property
    def empty(self) -> bool:
        """Tell whether it only separates; a no-break space alone may be a blank cell."""
        return not self.text.strip(_EMPTY)

    def place(self, column: int | None = None, raw: str | None = None) -> Place:
        """Return the place of the line, or of one of its cells."""
        return Place(line=self.number, page=self.page, column=column, raw=self.text if raw is None else raw)


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text; page numbers are left out where form feeds show where pages end."""
    pages: list[list[Line]] = [[]]
    for number, counted in enumerate(_COUNTED.split(text), start=1):
        for at, part in enumerate(counted.split("\f")):
            if at:
                pages.append([])
            pages[-1] += [Line(piece, number, len(pages)) for piece in _UNCOUNTED.split(part)]
    while len(pages) > 1 and all(line.empty for line in pages[-1]):
        pages.pop()
    if len(pages) == 1:
        return [Line(line.text, line.number) for line in pages[0]]
    return [line for page in _without_folios(pages) for line in page]


def width(text: str) -> int:
    """Return how many columns a text takes: two a Chinese character, as screens show it."""
    return len(text) if text.isascii() else sum(map(columns_of, text))


@cache
def columns_of(character: str) -> int:
    """Return how many columns a character takes."""
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _without_folios(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Leave out the first or last line of every page, where they count the pages."""
    for last in (True, False):
        edges = [_edge(page, last=last) for page in pages]
        numbers = [
            _folio(page[at].text) if at is not None else None for page, at in zip(pages, edges, strict=True)
        ]
        counted = [(at, number) for at, number in enumerate(numbers) if number is not None]
        # A value at the edge of a page is never taken for its number: all of them must count on.
        if len(counted) == len(pages) and len({number - at for at, number in counted}) == 1:
            return [
                page[:at] + page[at + 1 :] for page, at in zip(pages, edges, strict=True) if at is not None
            ]
    return list(pages)


def _edge(page: Sequence[Line], *, last: bool) -> int | None:
    order = range(len(page) - 1, -1, -1) if last else range(len(page))
    return next((at for at in order if not page[at].empty), None)


def _folio(text: str) -> int | None:
    found = _FOLIO.fullmatch(text.strip()) if len(text) <= _LONGEST_FOLIO else None
    return int(found["page"]) if found else None
