"""The headings of the form's parts: in lines of their own, in running text, and in rows of tables."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass, replace
from disclosure_spec.grid import Kind, Paragraph, Table
from disclosure_spec.reading.labels import compact, normalise, numbering, without_note, without_numbering
from disclosure_spec.reading.similar import Name, Names, slips

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.edition import Edition, Section
    from disclosure_spec.grid import Block, GridCell

# How sure a heading is, best first: as on the form, under another number, without a number, resembling it.
EXACT, OTHER_NUMBER, NO_NUMBER, SIMILAR = range(4)

_NUMERAL: Final = re.compile(r"[一二三四五六七八九十]+|\d+")
_SEVERAL: Final = 2
_LEAST_WORDS: Final = 4
_LONGEST_LINE: Final = 100
# A title before one of these is named in a sentence; a heading is followed by a text, or by a row of a table.
_GOES_ON: Final = re.compile(r"\s*[、，,；;及和与等”》]")
_ENDS: Final = re.compile(r"[\s。：:]")
_ORDINAL: Final = "第"


@dataclass(frozen=True, slots=True)
class _Found:
    section: Section
    start: int
    end: int


class Titles:
    """The titles of the parts of one edition, ready to be looked up."""

    def __init__(self, edition: Edition) -> None:
        self._sections = edition.sections
        self._titles = {
            one.pointer: {normalise(title) for title in (one.title.zh, *one.aliases)}
            for one in self._sections
        }
        self._names = Names(
            Name(normalise(one.number), title, one.pointer)
            for one in self._sections
            for title in self._titles[one.pointer]
        )

    def ranks(self, text: str) -> Iterator[tuple[Section, int]]:
        """Yield the parts whose heading a line is, and how sure that is."""
        if len(text) > _LONGEST_LINE:
            return
        # The form's prompt may stand in brackets behind the title: “（文字描述）”.
        names = {normalise(text), without_note(normalise(text))}
        bare = {without_numbering(text), without_note(without_numbering(text))}
        number = numbering(text)
        found = False
        for section in self._sections:
            titles = self._titles[section.pointer]
            rank = None
            if names & {normalise(section.number) + title for title in titles}:
                rank = EXACT
            elif bare & titles and _same_style(number, section.number):
                # A part left out or put in shifts the numbers of those after it; the title is what counts.
                rank = OTHER_NUMBER
            elif names & titles:
                rank = NO_NUMBER
            if rank is not None:
                found = True
                yield section, rank
        if number and not found:
            yield from ((one, SIMILAR) for one in self._sections if self._resembles(text, one))

    def separated(self, block: Block) -> Iterator[Block]:
        """Yield a paragraph in pieces where several headings run on in its text, else the block itself."""
        found = self._run_on(block.text) if isinstance(block, Paragraph) and block.role is None else []
        if isinstance(block, Paragraph) and len(found) >= _SEVERAL:
            yield from _pieces(block, found)
        elif isinstance(block, Table):
            yield from self._cut_table(block)
        else:
            yield block

    def opening(self, block: Block, section: Section) -> Sequence[Block]:
        """Return heading and text of a paragraph that begins with a heading and goes on; else nothing."""
        if not isinstance(block, Paragraph) or block.role is not None:
            return ()
        found = [one for one in self._occurrences(block.text, section) if not block.text[: one.start].strip()]
        if not found or not _ENDS.match(block.text[found[0].end :]):
            return ()
        return tuple(_pieces(block, found[:1]))

    def _resembles(self, text: str, section: Section) -> bool:
        """Tell whether a numbered line is a damaged or shortened title of the part with this number."""
        number, words = normalise(numbering(text)), without_numbering(text)
        if number != normalise(section.number) or not _same_style(numbering(text), section.number):
            return False
        if self._names.closest(number, words) == section.pointer:
            return True
        # Offices leave words of the title out; what is left stands in its order, and in no other.
        left = [
            pointer
            for pointer, titles in self._titles.items()
            if any(_left_of(words, title) for title in titles)
        ]
        return len(words) >= _LEAST_WORDS and left == [section.pointer]

    def _run_on(self, text: str) -> list[_Found]:
        """Return the headings inside a text that stand there in the order of the form, of each the last."""
        found: list[_Found] = []
        if sum(section.number in text for section in self._sections) < _SEVERAL:
            return found
        before = len(text) + 1
        for section in reversed(self._sections):
            fitting = [one for one in self._occurrences(text, section) if one.end <= before]
            if fitting:
                found.insert(0, fitting[-1])
                before = fitting[-1].start
        return found

    def _occurrences(self, text: str, section: Section) -> list[_Found]:
        """Return where number and title of a part stand in a text and are not named in passing."""
        number = normalise(section.number)
        if number not in text:
            return []
        letters, places = _folded(text)
        found = [
            _Found(section, places[match.start()], places[match.end() - 1] + 1)
            for title in self._titles[section.pointer]
            for match in re.finditer(re.escape(number + title), letters)
        ]
        if not found:
            return self._damaged(text, section)
        found = [one for one in found if text[one.start - 1 : one.start] != _ORDINAL]
        return sorted((one for one in found if not _GOES_ON.match(text, one.end)), key=lambda one: one.start)

    def _damaged(self, text: str, section: Section) -> list[_Found]:
        """Return where a misspelt title stands behind the number of its part, as the form writes it."""
        titles = self._titles[section.pointer]
        found = []
        for match in re.finditer(re.escape(section.number), text):
            ends = range(match.end() + min(map(len, titles)) - 1, match.end() + max(map(len, titles)) + 3)
            misspelt = {end: normalise(text[match.end() : end]) for end in ends}
            misspelt = {
                end: words
                for end, words in misspelt.items()
                if self._names.closest(normalise(section.number), words) == section.pointer
            }
            if misspelt:
                # Where the title ends is where it resembles that of the form most.
                end = min(misspelt, key=lambda end: min(slips(misspelt[end], title) for title in titles))
                found.append(_Found(section, match.start(), end))
        return found

    def _cut_table(self, table: Table) -> Iterator[Block]:
        """Yield a table, parted where a row, or a cell of a stream, is nothing but a heading."""
        if table.kind is Kind.STREAM:
            rows: list[tuple[GridCell, ...]] = [(cell,) for row in table.rows for cell in row]
        else:
            rows = list(table.rows)
        kept: list[tuple[GridCell, ...]] = []
        for row in rows:
            printed = [cell for cell in row if cell.text.strip()]
            if len(printed) == 1 and any(rank == EXACT for _, rank in self.ranks(printed[0].text)):
                yield from _part(table, kept)
                kept = []
                yield Paragraph(printed[0].text, printed[0].place)
            else:
                kept.append(row)
        yield from _part(table, kept)


@lru_cache(maxsize=32)
def titles_of(edition: Edition) -> Titles:
    """Return the titles of an edition, made once."""
    return Titles(edition)


def _part(table: Table, rows: list[tuple[GridCell, ...]]) -> Iterator[Table]:
    if not rows:
        return
    if table.kind is Kind.STREAM:
        rows = [tuple(cell for row in rows for cell in row)]
    yield replace(table, rows=tuple(rows))


def _pieces(block: Paragraph, found: Sequence[_Found]) -> Iterator[Paragraph]:
    """Yield the text before the first heading, and each heading with the text below it."""
    cuts = [0, *(at for one in found for at in (one.start, one.end)), len(block.text)]
    for number, (start, end) in enumerate(pairwise(cuts)):
        text = block.text[start:end].strip()
        # Every second piece is a text; what sets it off from its heading belongs to neither.
        text = text if number % 2 else text.lstrip("。：:").strip()
        if text:
            yield Paragraph(text, replace(block.place, raw=text))


@lru_cache(maxsize=4)
def _folded(text: str) -> tuple[str, list[int]]:
    """Return the normalised text, and where each of its characters stands."""
    letters: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        normal = normalise(char)
        letters.append(normal)
        places += [at] * len(normal)
    return "".join(letters), places


def _left_of(words: str, title: str) -> bool:
    """Tell whether words are a title of which some were left out."""
    rest = iter(title)
    return all(char in rest for char in words)


def _same_style(number: str, official: str) -> bool:
    """Tell `四、` for `五、` from `（四）`, which numbers something smaller."""
    return bool(number) and _NUMERAL.sub("#", number) == _NUMERAL.sub("#", compact(official))
