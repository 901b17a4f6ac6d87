"""What reading a file gives: the document, where every value stood, and what could not be established."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.place import Note, Place


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as it was found in a file.

    Attributes:
        document: The report; a blank is None, a text in a number cell stays the text.
        edition: The edition of the form it follows.
        format: `json`, `yaml`, `html` or `text`.
        sources: Where each value stands in the file, by pointer.
        unread: Pointers that are None because the reader could not tell; a printed blank is not here.
        notes: Everything refused, conflicting, not placed or not found.
    """

    document: Document
    edition: Edition
    format: str
    sources: Mapping[str, Place]
    unread: frozenset[str]
    notes: tuple[Note, ...]
