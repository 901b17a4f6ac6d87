"""From blocks to a document: the one place where what a file holds meets what an edition asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.blank import blank, in_form_order
from disclosure_spec.document import with_value
from disclosure_spec.grid import Paragraph
from disclosure_spec.reading.characters import character_notes
from disclosure_spec.reading.labels import labels_of
from disclosure_spec.reading.ledger import Ledger
from disclosure_spec.reading.metadata import read_metadata
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.particulars import take_particulars
from disclosure_spec.reading.result import Reading
from disclosure_spec.reading.sections import prose, split
from disclosure_spec.reading.settling import settle
from disclosure_spec.reading.tables import RegionReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Catalogue, Edition, Section
    from disclosure_spec.grid import Content
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.sections import Parts


def match(content: Content, edition: Edition, catalogue: Catalogue, format_name: str) -> Reading:
    """Return the report that the blocks hold, as a document of the edition."""
    content, stated = take_particulars(content, edition)
    # Headings first: a label is a row only in the part of the form it belongs to.
    parts = split(content.blocks, edition)
    ledger = _read_tables(parts, edition, catalogue)
    page = _Page(edition)
    page.notes += [*content.notes, *character_notes(content), *_identity_notes(content, edition)]
    page.notes += parts.notes
    metadata = read_metadata(content, parts, edition, stated)
    page.unread |= metadata.unread
    for pointer, known in metadata.values.items():
        page.put(pointer, known, metadata.places.get(pointer))
    # Only when all tables are read is it known which rows contradict each other.
    settled = settle(ledger)
    for cell in edition.cells:
        if cell.pointer not in settled:
            # Null in the document, yet not a blank: the checker must not blame the author for it.
            page.unread |= {pointer for pointer in (cell.pointer, cell.unit_pointer) if pointer}
            continue
        value, place = settled[cell.pointer]
        page.put(cell.pointer, value.value, place)
        if cell.unit_pointer:
            page.put(cell.unit_pointer, value.unit, place)
    for section in edition.sections:
        if not section.rows:
            page.put_prose(section, parts)
    page.notes += [*metadata.notes, *ledger.notes]
    page.note_missing()
    return page.reading(format_name)


def _identity_notes(content: Content, edition: Edition) -> Iterator[Note]:
    """Yield a note where the file names another edition than its labels show."""
    _, named, stated = content.form.partition("/")
    if named and stated != edition.name:
        yield note("form.other", text=stated, edition=edition.name)


def _read_tables(parts: Parts, edition: Edition, catalogue: Catalogue) -> Ledger:
    # Only to explain what has no place here; nothing is ever read by the labels of another edition.
    rivals = tuple(one for one in catalogue.editions(edition.spec_version) if one.name != edition.name)
    others = [labels_of(one) for one in rivals]
    ledger = Ledger(labels_of(edition, rivals), others)
    for region in parts.regions:
        RegionReader(region, parts.missing, ledger, others).read()
    return ledger


class _Page:
    """Build the reading of one file."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.document = blank(edition)
        self.sources: dict[str, Place] = {}
        self.unread: set[str] = set()
        self.notes: list[Note] = []

    def put(self, pointer: str, value: JSONValue, place: Place | None) -> None:
        self.document = with_value(self.document, pointer, value)
        if place is not None:
            self.sources[pointer] = place

    def put_prose(self, section: Section, parts: Parts) -> None:
        if section.pointer in parts.missing:
            self.unread.add(section.pointer)
            return
        blocks = parts.under(section.pointer)
        places = (block.place for block in blocks if isinstance(block, Paragraph) and block.text)
        text = prose(blocks, section, self.edition)
        self.put(section.pointer, text, next(places, None) if text else None)

    def note_missing(self) -> None:
        """Name the cells of each table that no other note accounts for."""
        noted = {pointer for one in self.notes for pointer in one.pointers}
        for section in self.edition.sections:
            cells = [cell.pointer for row in section.rows for cell in row.cells]
            missing = [pointer for pointer in cells if pointer in self.unread and pointer not in noted]
            if missing:
                self.notes.append(
                    note("cells.missing", None, missing, text=section.heading, count=len(missing))
                )

    def reading(self, format_name: str) -> Reading:
        return Reading(
            document=in_form_order(self.document, self.edition),
            edition=self.edition,
            format=format_name,
            sources=self.sources,
            unread=frozenset(self.unread),
            notes=tuple(self.notes),
        )
