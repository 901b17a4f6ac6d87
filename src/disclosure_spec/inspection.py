"""From a file or a document to a result in one call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from disclosure_spec.checking import Checker, Input, Origin
from disclosure_spec.document import with_value
from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.identity import edition_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition


@dataclass(frozen=True, slots=True)
class Inspection:
    """A result with what it is about, for renderings that show the report itself.

    Attributes:
        result: What the check says.
        document: The report as read; None for a file that could not be read.
        edition: Its edition, likewise.
        data: The bytes of the file; empty for a document given as values.
    """

    result: Result
    document: Document | None = None
    edition: Edition | None = None
    data: bytes = b""


class Inspector:
    """Read and check reports of any edition of one catalogue; build it once and use it for many.

    Args:
        catalogue: The editions to know; those installed with the package when None.
    """

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue or installed()
        # Schema and equations are compiled once for an edition, not for every report.
        self._checkers: dict[Edition, Checker] = {}

    def check(
        self, document: Document, *, previous: Document | None = None, parts: Sequence[Document] = ()
    ) -> Result:
        """Check a document by the rules of the version and edition it names.

        Args:
            document: The report, decimals as `Decimal`.
            previous: The report of the same body for the year before.
            parts: The reports, for the same year, of the bodies that this one covers.

        Raises:
            InputError: The document does not name an edition there is, or holds a binary float.
        """
        checker = self._checker(edition_of(document, self.catalogue))
        return checker.check(document, previous=previous, parts=parts)

    def inspect(  # noqa: PLR0913 - all but the first are options given by name
        self,
        data: bytes,
        *,
        name: str = "",
        edition: str | None = None,
        changes: Mapping[str, JSONValue] | None = None,
        previous: Document | None = None,
        parts: Sequence[Document] = (),
    ) -> Inspection:
        """Read a file's bytes in any supported format and check the report in it.

        Args:
            data: The file.
            name: Its name, for messages only: the content decides the format.
            edition: The edition to read it as, when its labels do not say.
            changes: Values to put at pointers before checking, such as the publication date.
            previous: As for `check`.
            parts: Likewise.

        Raises:
            InputError: The bytes cannot be read as a report.
            UsageError: There is no such edition.
        """
        from disclosure_spec.reading import read  # noqa: PLC0415 - checking a document needs no reader

        reading = read(data, name=name, catalogue=self.catalogue, edition=edition)
        document = reading.document
        for pointer, value in (changes or {}).items():
            document = with_value(document, pointer, value)
        result = self._checker(reading.edition).check(
            document,
            origin=Origin(
                # What the user supplied is known now, null included.
                unread=reading.unread - set(changes or ()),
                sources=reading.sources,
                input=describe(data, name, reading.format),
                notes=reading.notes,
            ),
            previous=previous,
            parts=parts,
        )
        return Inspection(result, document, reading.edition, data)

    def _checker(self, edition: Edition) -> Checker:
        if edition not in self._checkers:
            self._checkers[edition] = Checker(edition)
        return self._checkers[edition]


def check(
    document: Document,
    catalogue: Catalogue | None = None,
    *,
    previous: Document | None = None,
    parts: Sequence[Document] = (),
) -> Result:
    """Check one document; see `Inspector.check`."""
    return Inspector(catalogue).check(document, previous=previous, parts=parts)


def describe(data: bytes, name: str, format_: str) -> Input:
    """Return what a result says about its input."""
    # Over the bytes as given, so that anyone can tell which file was checked.
    return Input(name, hashlib.sha256(data).hexdigest(), format_)
