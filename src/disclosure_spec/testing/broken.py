"""A document with something wrong in it, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from disclosure_spec.document import Document


class Broken(NamedTuple):
    """Hold a document with something wrong in it.

    Attributes:
        document: The document.
        pointers: What was changed in a document without fault, or is missing from it.
    """

    document: Document
    pointers: tuple[str, ...]
