"""The numbered parts of a report: which headings stand where, and what lies between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import Paragraph, Role, Table
from disclosure_spec.prompts import prompt
from disclosure_spec.reading.labels import compact, normalise, numbering, without_note, without_numbering
from disclosure_spec.reading.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.edition import Edition, Section
    from disclosure_spec.grid import Block
    from disclosure_spec.place import Note, Place

_NUMERAL: Final = re.compile(r"[一二三四五六七八九十]+|\d+")
# How sure a heading is, best first: as on the form, under another number, without a number.
_EXACT, _OTHER_NUMBER, _NO_NUMBER = range(3)


@dataclass(frozen=True, slots=True)
class Region:
    """The blocks under one heading; those before the first heading belong to no section."""

    section: Section | None
    blocks: tuple[Block, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class _Heading:
    at: int
    section: Section
    rank: int


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut at its headings.

    Attributes:
        regions: In reading order, the part before the first heading first.
        missing: Pointers of sections without a heading.
        notes: Headings not found or found twice.
    """

    regions: tuple[Region, ...]
    missing: frozenset[str]
    notes: tuple[Note, ...]

    @property
    def front(self) -> tuple[Block, ...]:
        """Return what stands before the first heading."""
        return self.regions[0].blocks

    def under(self, pointer: str) -> tuple[Block, ...]:
        """Return what stands under the heading of a section; nothing when there is none."""
        regions = (region for region in self.regions if region.section and region.section.pointer == pointer)
        return next((region.blocks for region in regions), ())


def split(blocks: Sequence[Block], edition: Edition) -> Parts:
    """Cut a file at the headings of the form; a sentence that names a part is not a heading."""
    found = [heading for at, block in enumerate(blocks) for heading in _headings(at, block, edition)]
    notes: list[Note] = []
    chosen: list[_Heading] = []
    for section in edition.sections:
        mine = [heading for heading in found if heading.section is section]
        # In files of ours headings are marked, so that a line of text like one is none.
        mine = [heading for heading in mine if _is_marked(blocks[heading.at])] or mine
        if not mine:
            notes.append(note("section.missing", None, (section.pointer,), text=section.heading))
            continue
        best = _choose(mine, {heading.at for heading in found}, len(blocks))
        chosen.append(best)
        # A lesser one is a mention; only an equal one makes the choice doubtful.
        if sum(heading.rank == best.rank for heading in mine) > 1:
            place = _place(blocks[best.at])
            notes.append(note("section.repeated", place, (section.pointer,), text=section.heading))
    # As they stand in the file: its parts may be in another order than those of the form.
    chosen.sort(key=lambda heading: heading.at)
    missing = {section.pointer for section in edition.sections} - {one.section.pointer for one in chosen}
    return Parts(tuple(_regions(blocks, chosen)), frozenset(missing), tuple(notes))


def prose(blocks: Sequence[Block], section: Section, edition: Edition) -> str | None:
    """Return the paragraphs of a text section, one a line, without the prompt of a blank form."""
    # A prompt left standing is not a text, with its brackets or without.
    printed = (section.prompt.zh, prompt(section, edition)) if section.prompt else ()
    prompts = {normalise(one).strip("()") for one in printed}
    lines = [block for block in blocks if isinstance(block, Paragraph) and block.text]
    # A paragraph that is marked as text is text, even if it repeats the prompt.
    kept = (
        line.text
        for line in lines
        if line.role is Role.TEXT or normalise(line.text).strip("()") not in prompts
    )
    return "\n".join(kept) or None


def _headings(at: int, block: Block, edition: Edition) -> Iterator[_Heading]:
    if isinstance(block, Table) or not block.text:
        return
    # The form's prompt may stand in brackets behind the title: “（文字描述）”.
    names = {normalise(block.text), without_note(normalise(block.text))}
    bare = {without_numbering(block.text), without_note(without_numbering(block.text))}
    number = numbering(block.text)
    for section in edition.sections:
        titles = {normalise(title) for title in (section.title.zh, *section.aliases)}
        numbered = {normalise(section.number) + title for title in titles}
        if names & numbered:
            yield _Heading(at, section, _EXACT)
        elif bare & titles and _same_style(number, section.number):
            # A part left out or put in shifts the numbers of those after it; the title is what counts.
            yield _Heading(at, section, _OTHER_NUMBER)
        elif names & titles:
            yield _Heading(at, section, _NO_NUMBER)


def _same_style(number: str, official: str) -> bool:
    """Tell `四、` for `五、` from `（四）`, which numbers something smaller."""
    return bool(number) and _NUMERAL.sub("#", number) == _NUMERAL.sub("#", compact(official))


def _choose(mine: Sequence[_Heading], everywhere: set[int], count: int) -> _Heading:
    """Prefer the printed number, then a heading with text around it: a table of contents has none."""

    def merit(heading: _Heading) -> tuple[int, bool, int]:
        listed = heading.at - 1 in everywhere or heading.at + 1 in everywhere or heading.at + 1 >= count
        return heading.rank, listed, heading.at

    return min(mine, key=merit)


def _regions(blocks: Sequence[Block], chosen: Sequence[_Heading]) -> Iterator[Region]:
    ends = [*(heading.at for heading in chosen), len(blocks)]
    yield Region(None, tuple(blocks[: ends[0]]))
    for heading, end in zip(chosen, ends[1:], strict=True):
        yield Region(heading.section, tuple(blocks[heading.at + 1 : end]), _place(blocks[heading.at]))


def _is_marked(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.HEADING


def _place(block: Block) -> Place | None:
    return block.place if isinstance(block, Paragraph) else None
