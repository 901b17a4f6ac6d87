"""Printed labels against those of an edition: equal letters or no match; nothing is called similar."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from disclosure_spec.place import How

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from disclosure_spec.edition import Edition, Label, Row, Section

# Copies of one label differ in these, and no two labels of the form differ in these alone.
_DROPPED: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad、,.。;:·•|\"'“”‘’「」『』‚„]+")
_NUMERALS: Final = "一二三四五六七八九十"
_NUMBERING: Final = re.compile(
    rf"\((?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})\)[、.,]?|(?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})[、.,]"
)
# A label cut short has lost its closing bracket.
_NOTE: Final = re.compile(r"\([^()]*\)?$")
_UNSPACED: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_JOINED: Final = 4
"""Pieces that one label may be broken into."""


def compact(text: str) -> str:
    """Return the text in compatibility form (half-width, no Kangxi radicals), without white space."""
    # NFKC: PDFs made by browsers hold Kangxi radicals, where ⾏ looks like 行 and is another character.
    return _UNSPACED.sub("", unicodedata.normalize("NFKC", text))


def normalise(text: str) -> str:
    """Return what two spellings of one label have in common: letters, digits, brackets."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


def numbering(text: str) -> str:
    """Return the number a text begins with, as `(一)`, `一、` or `1.`; empty when there is none."""
    found = _NUMBERING.match(compact(text))
    return found.group() if found else ""


def without_numbering(text: str) -> str:
    """Return the normalised text without the number it begins with."""
    return normalise(compact(text)[len(numbering(text)) :])


def without_note(name: str) -> str:
    """Return a normalised label without one bracketed note at its end."""
    return _NOTE.sub("", name)


def spellings(label: Label) -> tuple[str, ...]:
    """Return a label and its aliases, normalised."""
    return tuple(normalise(text) for text in (label.text, *label.aliases))


@dataclass(frozen=True, slots=True)
class Named:
    """A row found by a printed label, and how."""

    row: Row
    how: How


class Labels:
    """The labels of one edition, ready to be looked up.

    Attributes:
        sections: Section pointer of every row.
        headers: Normalised labels of bands, columns and notes, with the pointers of their sections.
        unlabelled: Rows without a label, with their section.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.headers: dict[str, set[str]] = {}
        self.unlabelled: list[tuple[Section, Row]] = []
        self._section_of: dict[str, str] = {}
        self._shapes: dict[str, Hashable] = {}
        self._leaves: dict[str, list[Row]] = {}
        self._groups: dict[str, list[Row]] = {}
        self._bare: dict[str, list[Row]] = {}
        for section in edition.sections:
            self._add(section)
        labels = {id(label): label for one in edition.sections for row in one.rows for label in row.labels}
        # 总计 and 其他 are columns too: without their number they name no row.
        often = Counter(name for label in labels.values() for name in _unnumbered(label))
        self._bare = {
            name: rows for name, rows in self._bare.items() if name not in self.headers and often[name] == 1
        }

    def section_of(self, row: Row) -> str:
        """Return the pointer of the section a row belongs to."""
        return self._section_of[row.cells[0].pointer]

    def shape_of(self, row: Row) -> Hashable:
        """Return what a row has in common with those that are printed with as many cells."""
        return self._shapes.get(row.cells[0].pointer)

    def row(self, text: str) -> Row | None:
        """Return the row of this label; without its number only where that is still one row and no column."""
        name = normalise(text)
        shorter = without_note(name)
        # Two notes at most: the form prints one itself, and offices add theirs behind it.
        for spelling in (name, shorter, without_note(shorter)):
            if spelling in self._leaves and spelling not in self.headers:
                return _only(self._leaves[spelling])
        bare = without_numbering(text)
        for spelling in (bare, without_note(bare)):
            if spelling in self._bare:
                return _only(self._bare[spelling])
        return None

    def named(self, text: str) -> Named | None:
        """Return the row of a label, and how it was recognised."""
        row = self.row(text)
        return Named(row, How.EXACT) if row else None

    def row_at_end(self, texts: Sequence[str]) -> tuple[Row | None, int]:
        """Return the row whose label the last text is, or the last few texts together, and their number."""
        # Shortest first: joined with the group above, a label would no longer be one.
        for count in range(1, min(_JOINED, len(texts)) + 1):
            row = self.row("".join(texts[-count:]))
            if row is not None:
                return row, count
        return None, 0

    def joined_headers(self, texts: Sequence[str]) -> list[str]:
        """Return the texts, the pieces of a column title broken into lines put together again."""
        joined: list[str] = []
        at = 0
        while at < len(texts):
            counts = range(min(_JOINED, len(texts) - at), 1, -1)
            size = next((n for n in counts if normalise("".join(texts[at : at + n])) in self.headers), 1)
            joined.append("".join(texts[at : at + size]))
            at += size
        return joined

    def group(self, text: str) -> tuple[Row, ...]:
        """Return the rows under a group label; none when it is no such label."""
        name = normalise(text)
        return tuple(self._groups.get(name) or self._groups.get(without_note(name)) or ())

    def header_sections(self, text: str) -> set[str]:
        """Return the sections in whose table this text is a band, a column title or a note."""
        name = normalise(text)
        return self.headers.get(name) or self.headers.get(without_note(name)) or set()

    def knows(self, text: str) -> bool:
        """Tell whether the text is a label of this edition, or the beginning of a column title cut short."""
        name = normalise(text)
        if not name or self.row(text) or self.group(text) or self.header_sections(text):
            return True
        return any(header.startswith(name) for header in self.headers)

    def _add(self, section: Section) -> None:
        for header in section.headers:
            for name in spellings(header):
                self.headers.setdefault(name, set()).add(section.pointer)
        for row in section.rows:
            self._section_of.update((cell.pointer, section.pointer) for cell in row.cells)
            self._shapes[row.cells[0].pointer] = section.pointer, len(row.cells), _covered(section, row)
            if not row.labels:
                self.unlabelled.append((section, row))
                continue
            *groups, leaf = row.labels
            for name in spellings(leaf):
                self._leaves.setdefault(name, []).append(row)
            for name in _unnumbered(leaf):
                self._bare.setdefault(name, []).append(row)
            for group in groups:
                for name in spellings(group):
                    self._groups.setdefault(name, []).append(row)


def _covered(section: Section, row: Row) -> int:
    """Return how many columns the spans of a row cover beside the first of each."""
    cells = (section.grid or {}).get("cells", ())
    (at,) = {cell["row"] for cell in cells if cell.get("pointer") == row.cells[0].pointer}
    return sum(int(cell["colspan"]) - 1 for cell in cells if cell["row"] == at)


def _unnumbered(label: Label) -> set[str]:
    return {without_numbering(text) for text in (label.text, *label.aliases)}


def _only(rows: Sequence[Row]) -> Row | None:
    # A row may be listed twice, by its label and by an alias that reads the same; two rows decide nothing.
    return rows[0] if all(row is rows[0] for row in rows) else None
