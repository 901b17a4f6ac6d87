"""The numbered parts of a report: which headings stand where, and what lies between them."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from disclosure_spec._values import dataclass, replace
from disclosure_spec.grid import Paragraph, Role
from disclosure_spec.prompts import prompt
from disclosure_spec.reading.chrome import without_chrome
from disclosure_spec.reading.headings import SIMILAR, titles_of
from disclosure_spec.reading.labels import normalise
from disclosure_spec.reading.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from disclosure_spec.edition import Edition, Section
    from disclosure_spec.grid import Block
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.headings import Titles


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
    titles = titles_of(edition)
    # In files of ours headings are marked, and nothing else is one.
    if not any(map(_is_marked, blocks)):
        blocks = _once(list(chain.from_iterable(map(titles.separated, blocks))), titles)
    found = _headings(blocks, titles)
    for section in edition.sections:
        if not any(heading.section is section for heading in found):
            blocks = _opened(blocks, section, titles)
    found = _headings(blocks, titles)
    notes: list[Note] = []
    chosen = [one for section in edition.sections for one in _chosen(section, found, blocks, notes)]
    # As they stand in the file: its parts may be in another order than those of the form.
    chosen.sort(key=lambda heading: heading.at)
    missing = {section.pointer for section in edition.sections} - {one.section.pointer for one in chosen}
    regions = list(_regions(blocks, chosen))
    kept, dropped = without_chrome(regions[-1].blocks)
    if dropped and chosen:
        regions[-1] = replace(regions[-1], blocks=kept)
        notes.append(note("text.chrome", None, (), text=" ".join(dropped)))
    return Parts(tuple(regions), frozenset(missing), tuple(notes))


def prose(blocks: Sequence[Block], section: Section, edition: Edition) -> str | None:
    """Return the paragraphs of a text section, one a line, without the prompt of a blank form."""
    prompts = _prompts(edition)[section.pointer]
    lines = [block for block in blocks if isinstance(block, Paragraph) and block.text]
    # A paragraph that is marked as text is text, even if it repeats the prompt.
    kept = (
        line.text
        for line in lines
        if line.role is Role.TEXT or normalise(line.text).strip("()") not in prompts
    )
    return "\n".join(kept) or None


@lru_cache(maxsize=32)
def _prompts(edition: Edition) -> Mapping[str, AbstractSet[str]]:
    """Return the prompts of each part, normalised: left standing they are no text, in brackets or without."""
    printed = {
        one.pointer: (one.prompt.zh, prompt(one, edition)) if one.prompt else () for one in edition.sections
    }
    return {at: {normalise(one).strip("()") for one in texts} for at, texts in printed.items()}


def _headings(blocks: Sequence[Block], titles: Titles) -> list[_Heading]:
    return [
        _Heading(at, section, rank)
        for at, block in enumerate(blocks)
        if isinstance(block, Paragraph) and block.text
        for section, rank in titles.ranks(block.text)
    ]


def _once(blocks: Sequence[Block], titles: Titles) -> Sequence[Block]:
    """Return the blocks; of a heading printed twice in a row only the second."""

    def repeats(block: Block, after: Block) -> bool:
        if not (isinstance(block, Paragraph) and isinstance(after, Paragraph) and block.text):
            return False
        # A heading is a short line, which is known sooner than what two long ones have in common.
        heads = any(True for _ in titles.ranks(block.text))
        return heads and normalise(block.text) == normalise(after.text)

    kept = [block for block, after in pairwise(blocks) if not repeats(block, after)]
    return [*kept, *blocks[-1:]]


def _opened(blocks: Sequence[Block], section: Section, titles: Titles) -> Sequence[Block]:
    """Return the blocks, the one paragraph that begins with the heading of a part cut behind it."""
    opening = {at: titles.opening(block, section) for at, block in enumerate(blocks)}
    found = [at for at, pieces in opening.items() if pieces]
    if len(found) != 1:
        return blocks
    (at,) = found
    return [*blocks[:at], *opening[at], *blocks[at + 1 :]]


def _chosen(
    section: Section, found: Sequence[_Heading], blocks: Sequence[Block], notes: list[Note]
) -> Iterator[_Heading]:
    """Yield the heading of a part, if there is one, and note what is doubtful about it."""
    mine = [heading for heading in found if heading.section is section]
    # In files of ours headings are marked, so that a line of text like one is none.
    mine = [heading for heading in mine if _is_marked(blocks[heading.at])] or mine
    if not mine:
        notes.append(note("section.missing", None, (section.pointer,), text=section.heading))
        return
    best = _choose(mine, {heading.at for heading in found}, len(blocks))
    place = _place(blocks[best.at])
    # A lesser one is a mention; only an equal one makes the choice doubtful.
    if sum(heading.rank == best.rank for heading in mine) > 1:
        notes.append(note("section.repeated", place, (section.pointer,), text=section.heading))
    if best.rank == SIMILAR:
        printed = place.raw if place else None
        notes.append(
            note("section.similar", place, (section.pointer,), text=section.heading, printed=printed or "")
        )
    yield best


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
