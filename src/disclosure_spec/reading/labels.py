"""Printed labels against those of an edition: equal letters, or a resemblance that is beyond doubt."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from disclosure_spec._values import dataclass
from disclosure_spec.place import How
from disclosure_spec.reading.characters import one_line, plain, simplified
from disclosure_spec.reading.remembering import remembered
from disclosure_spec.reading.similar import Name, Names

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from disclosure_spec.edition import Edition, Label, Row, Section

# Copies of one label differ in these, and no two labels of the form differ in these alone.
_DROPPED: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad、,.。;:·•|\"'“”‘’「」『』‚„]+")
_NUMERALS: Final = "一二三四五六七八九十"
_NUMBERING: Final = re.compile(
    rf"\((?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})\)[、.,]?|(?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})[、.,]"
)
_INNER: Final = re.compile(rf"\((?:[{_NUMERALS}]{{1,3}}|\d{{1,2}})\)")
# A label cut short has lost its closing bracket.
_NOTE: Final = re.compile(r"\([^()]*\)?$")
_UNSPACED: Final = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_CUT: Final = re.compile(r"(?:…|\.{3,}|⋯)\s*$")
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_JOINED: Final = 4
"""Pieces that one label may be broken into."""


@remembered
def compact(text: str) -> str:
    """Return the text in compatibility form (half-width, no Kangxi radicals), without white space."""
    return _UNSPACED.sub("", plain(text))


@remembered
def letters(text: str) -> str:
    """Return the letters, digits and brackets of a text, as printed."""
    return _DROPPED.sub("", plain(text))


@remembered
def normalise(text: str) -> str:
    """Return what two spellings of one label have in common: letters, digits, brackets, all simplified."""
    return simplified(letters(text))


@remembered
def numbering(text: str) -> str:
    """Return the number a text begins with, as `(一)`, `一、` or `1.`; empty when there is none."""
    found = _NUMBERING.match(compact(text))
    return found.group() if found else ""


@remembered
def without_numbering(text: str) -> str:
    """Return the normalised text without the number it begins with."""
    return normalise(compact(text)[len(numbering(text)) :])


@remembered
def without_note(name: str) -> str:
    """Return a normalised label without one bracketed note at its end."""
    return _NOTE.sub("", name)


def spellings(label: Label) -> tuple[str, ...]:
    """Return a label and its aliases, normalised."""
    return tuple(normalise(text) for text in (label.text, *label.aliases))


@dataclass(frozen=True, slots=True)
class Named:
    """A row found by a printed label, and how.

    Attributes:
        label: The printed label, where it is not that of the form.
    """

    row: Row
    how: How
    label: str | None = None


@dataclass(frozen=True, slots=True)
class _Target:
    """What a label is the label of: a row or a group of rows, a title, or anything of another edition."""

    kind: Literal["row", "group", "header", "foreign"]
    key: str


@dataclass(frozen=True, slots=True)
class _Meaning:
    """All that a text may be on the form: most are one of these, some none, a few several.

    Attributes:
        title_of: Pointers of the sections in whose table it is a title.
    """

    named: Named | None = None
    group: tuple[Row, ...] = ()
    title: str | None = None
    title_of: frozenset[str] = frozenset()


_NOTHING: Final = _Meaning()


class Labels:
    """The labels of one edition, ready to be looked up.

    Args:
        edition: The edition.
        rivals: Other editions, whose labels are not to be taken for damaged ones of this edition.

    Attributes:
        sections: Section pointer of every row.
        headers: Normalised labels of bands, columns and notes, with the pointers of their sections.
        unlabelled: Rows without a label, with their section.
    """

    def __init__(self, edition: Edition, rivals: Iterable[Edition] = ()) -> None:
        self.edition = edition
        self.headers: dict[str, set[str]] = {}
        self.unlabelled: list[tuple[Section, Row]] = []
        self._section_of: dict[str, str] = {}
        self._shapes: dict[str, Hashable] = {}
        self._spanning: dict[str, bool] = {}
        self._leaves: dict[str, list[Row]] = {}
        self._groups: dict[str, list[Row]] = {}
        self._bare: dict[str, list[Row]] = {}
        self._rows = {row.cells[0].pointer: row for section in edition.sections for row in section.rows}
        foreign = [one for other in rivals for one in _foreign(other, edition)]
        self._names = Names([*_names(edition), *foreign])
        for section in edition.sections:
            self._add(section)
        labels = {id(label): label for one in edition.sections for row in one.rows for label in row.labels}
        # 总计 and 其他 are columns too: without their number they name no row.
        often = Counter(name for label in labels.values() for name in _unnumbered(label))
        self._bare = {
            name: rows for name, rows in self._bare.items() if name not in self.headers and often[name] == 1
        }
        self._numbers = {name for name in (*self._leaves, *self._groups, *self.headers) if name.isdecimal()}
        # One set of labels serves all the files of a country, and they print the same labels.
        self._known = remembered(self._look_up)

    def section_of(self, row: Row) -> str:
        """Return the pointer of the section a row belongs to."""
        return self._section_of[row.cells[0].pointer]

    def spans(self, row: Row) -> bool:
        """Tell whether a cell of the row spans several columns on the form."""
        return self._spanning.get(row.cells[0].pointer, False)

    def shape_of(self, row: Row) -> Hashable:
        """Return what a row has in common with those that are printed with as many cells."""
        return self._shapes.get(row.cells[0].pointer)

    def named(self, text: str) -> Named | None:
        """Return the row of a label, which may be cut, misspelt or wrongly numbered, and how it was known."""
        return self._meaning(text).named

    def named_at_end(self, texts: Sequence[str]) -> tuple[Named | None, int]:
        """Return the row whose label the last text is, or the last few texts together, and their number."""
        # Shortest first: joined with the group above, a label would no longer be one.
        found = [
            (named, count)
            for count in range(1, min(_JOINED, len(texts)) + 1)
            if (named := self.named("".join(texts[-count:]))) is not None
        ]
        # A piece of a label may resemble another one, which the whole of it does not.
        whole = (one for one in found if self._row("".join(texts[-one[1] :])))
        return next(whole, found[0] if found else (None, 0))

    def title(self, text: str) -> str | None:
        """Return the form's spelling, normalised, of a band, a column title or a note; None for others."""
        return self._meaning(text).title

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
        return self._meaning(text).group

    def header_sections(self, text: str) -> frozenset[str]:
        """Return the sections in whose table this text is a band, a column title or a note."""
        return self._meaning(text).title_of

    def knows(self, text: str) -> bool:
        """Tell whether the text is a label of this edition, or the beginning of a column title cut short."""
        name = normalise(text)
        if not name or self.named(text) or self.group(text) or self.header_sections(text):
            return True
        return any(header.startswith(name) for header in self.headers)

    def _meaning(self, text: str) -> _Meaning:
        # Most cells are numbers, no two of them alike; none is a slip for a word.
        if text.isascii() and text.isdecimal() and text not in self._numbers:
            return _NOTHING
        return self._known(text)

    def _look_up(self, text: str) -> _Meaning:
        """Return what a text is on the form: what it says letter by letter, else what it resembles."""
        row, name = self._row(text), normalise(text)
        target = self._resembled(text)
        group = self._groups.get(name) or self._groups.get(without_note(name))
        if not group and not row and target and target.kind == "group":
            group = self._groups[target.key]
        title = next((one for one in (name, without_note(name)) if one in self.headers), None)
        if title is None and target and target.kind == "header":
            title = target.key
        sections = frozenset(self.headers.get(title or "", ()))
        return _Meaning(self._as_named(text, row, target), tuple(group or ()), title, sections)

    def _as_named(self, text: str, row: Row | None, target: _Target | None) -> Named | None:
        if row is not None:
            own = row.labels[-1].text
            shown = None if letters(text) == letters(own) else one_line(text)
            same = not numbering(text) or normalise(numbering(text)) == normalise(numbering(own))
            converted = letters(text) != normalise(text)
            return Named(row, How.EXACT if same and not converted else How.SIMILAR, shown)
        # Two labels that ran together: the numbers behind may be those of the second.
        if _INNER.search(compact(text)[len(numbering(text)) :]):
            return None
        if target is None or target.kind != "row":
            return None
        return Named(self._rows[target.key], How.SIMILAR, one_line(text))

    def _row(self, text: str) -> Row | None:
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

    def _resembled(self, text: str) -> _Target | None:
        """Return what a text that is no label may be a damaged label of."""
        number, words = normalise(numbering(text)), without_numbering(text)
        shorter = without_note(words)
        # Notes that offices put into a label stand behind it, or between its words.
        forms = dict.fromkeys((words, shorter, without_note(shorter), _BRACKETED.sub("", words)))
        cut = bool(_CUT.search(text))
        closest = (self._names.closest(number, form, cut=cut) for form in forms)
        return next((target for target in closest if target is not None), None)

    def _add(self, section: Section) -> None:
        for header in section.headers:
            for name in spellings(header):
                self.headers.setdefault(name, set()).add(section.pointer)
        for row in section.rows:
            self._section_of.update((cell.pointer, section.pointer) for cell in row.cells)
            covered = _covered(section, row)
            self._shapes[row.cells[0].pointer] = section.pointer, len(row.cells), covered
            self._spanning[row.cells[0].pointer] = covered > 0
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


@lru_cache(maxsize=32)
def labels_of(edition: Edition, rivals: tuple[Edition, ...] = ()) -> Labels:
    """Return the labels of an edition; they are the same for every file, so they are made once."""
    return Labels(edition, rivals)


def _names(edition: Edition) -> Iterator[Name[_Target]]:
    """Yield every label of an edition, with and without the note behind it."""
    for section in edition.sections:
        for header in section.headers:
            yield from _spelt(header, _Target("header", spellings(header)[0]))
        for row in section.rows:
            if row.labels:
                *groups, leaf = row.labels
                yield from _spelt(leaf, _Target("row", row.cells[0].pointer))
                for group in groups:
                    yield from _spelt(group, _Target("group", spellings(group)[0]))


def _foreign(other: Edition, edition: Edition) -> Iterator[Name[_Target]]:
    """Yield the labels that only the other edition has."""
    own = {one.number + one.words for one in _names(edition)}
    for one in _names(other):
        if one.number + one.words not in own:
            yield Name(one.number, one.words, _Target("foreign", one.number + one.words))


def _spelt(label: Label, target: _Target) -> Iterator[Name[_Target]]:
    for text in (label.text, *label.aliases):
        number = normalise(numbering(text))
        words = without_numbering(text)
        yield Name(number, words, target)
        if without_note(words):
            yield Name(number, without_note(words), target)


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
