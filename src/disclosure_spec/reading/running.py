"""Labels and digits in one line, from a page that lost its tables: `一、总数1203二、其中45…`."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.reading.labels import normalise, spellings, without_note
from disclosure_spec.reading.values import is_value_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.edition import Section

_NUMBERED: Final = re.compile(r"\d{1,2}[^\s\w]")
# What may stand behind a label before its values: a closing quote, a note in brackets.
_TAIL: Final = re.compile(r"[”’」』\"'：:，,、。]*(?:\s*[（(][^（()）]*[)）])?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: a label of the form, a value, or other text."""

    text: str
    is_value: bool = False
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    is_row: bool


class RunningText:
    """Take lines apart at the labels of one table.

    Args:
        section: The part of the form that the lines stand in.
    """

    def __init__(self, section: Section) -> None:
        rows = {name for row in section.rows for label in row.labels for name in spellings(label)}
        titles = {name for label in section.headers for name in spellings(label)}
        rows |= {without_note(name) for name in rows}
        self._rows = rows - {""}
        # Longest first: a label may begin like another one.
        names = sorted(rows | titles | {without_note(name) for name in titles}, key=len, reverse=True)
        self._pattern = re.compile("|".join(re.escape(name) for name in names if name))

    def cut(self, line: str) -> list[Piece]:
        """Return labels, values and texts in their order; one text where it is not such a line.

        It is one where labels and values touch: no row of cells was ever written like that.
        """
        found = self._labels(line)
        touching = any(one.end == other.start for one, other in pairwise(found))
        touching = touching or any(line[one.end : one.end + 1].isdigit() for one in found if one.is_row)
        if not found or not touching:
            return [Piece(line)]
        pieces: list[Piece] = []
        at = 0
        for one in found:
            pieces += _between(line[at : one.start])
            pieces.append(Piece(line[one.start : one.end], is_label=True))
            at = one.end
        return [*pieces, *_between(line[at:])]

    def _labels(self, line: str) -> list[_Found]:
        """Return the labels next to values, to other labels or to the ends of the line; no mention."""
        letters, places = _letters(line)
        found = [
            _Found(
                places[match.start()], _end(line, places[match.end() - 1] + 1), match.group() in self._rows
            )
            for match in self._pattern.finditer(letters)
        ]
        found = [one for one in found if _is_number_of_label(line[one.start : one.end])]
        ends = [*(one.start for one in found), len(line)][1:]
        starts = [0, *(one.end for one in found)][:-1]
        return [
            one
            for one, before, after in zip(found, starts, ends, strict=True)
            if _is_values(line[one.end : after]) or (not one.is_row and _is_values(line[before : one.start]))
        ]


def _letters(line: str) -> tuple[str, list[int]]:
    """Return what counts of a line when labels are compared, and where each letter stands in it."""
    normal = {character: normalise(character) for character in set(line)}
    letters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(line):
        kept = normal[character]
        letters.append(kept)
        places += [at] * len(kept)
    return "".join(letters), places


def _is_number_of_label(text: str) -> bool:
    # The digit before a label is its number if a dot follows; else it is the end of the value before.
    return not text[0].isdigit() or bool(_NUMBERED.match(text))


def _end(line: str, end: int) -> int:
    tail = _TAIL.match(line, end)
    return tail.end() if tail else end


def _is_values(text: str) -> bool:
    return all(is_value_like(piece) for piece in text.split())


def _between(text: str) -> Iterator[Piece]:
    words: list[str] = []
    for piece in text.split():
        if is_value_like(piece):
            yield from _text(words)
            words = []
            yield Piece(piece, is_value=True)
        else:
            words.append(piece)
    yield from _text(words)


def _text(words: Sequence[str]) -> Iterator[Piece]:
    if words:
        yield Piece(" ".join(words))
