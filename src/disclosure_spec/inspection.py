"""From a file or a document to a result in one call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Checker, Input, Origin
from disclosure_spec.checking.express import decode, is_sound
from disclosure_spec.document import with_value
from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.errors import DisclosureError
from disclosure_spec.identity import edition_of
from disclosure_spec.strict_json import loads_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from disclosure_spec.checking import AppliedProfile, Profile, Result, Waiver
    from disclosure_spec.checking.express import Regular
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

_NOT_READ: Final = Origin()


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
        profile: The local rules to check by; every result names them.
        waivers: Justified exceptions; a result tells what became of those for its report.
        today: The day by which a waiver may have expired; that of each check when None.
        fast: Whether `glance` decodes by msgspec, of the extra `[fast]`; it pays from some hundred reports.
    """

    def __init__(
        self,
        catalogue: Catalogue | None = None,
        *,
        profile: Profile | None = None,
        waivers: Sequence[Waiver] = (),
        today: date | None = None,
        fast: bool = False,
    ) -> None:
        self.catalogue = catalogue or installed()
        self._profile = profile
        self.waivers = waivers
        self._today = today
        self._fast = fast
        # Schema and equations are compiled once for an edition, not for every report.
        self._checkers: dict[Edition, tuple[Checker, AppliedProfile | None]] = {}

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
            UsageError: The profile is for another version of the specification.
        """
        edition = edition_of(document, self.catalogue)
        return self._inspect(document, edition, _NOT_READ, previous, parts).result

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
            UsageError: There is no such edition, or the profile is for another version of the specification.
        """
        from disclosure_spec.reading import read  # noqa: PLC0415 - checking a document needs no reader

        reading = read(data, name=name, catalogue=self.catalogue, edition=edition)
        document = reading.document
        for pointer, value in (changes or {}).items():
            document = with_value(document, pointer, value)
        origin = Origin(
            # What the user supplied is known now, null included.
            unread=reading.unread - set(changes or ()),
            sources=reading.sources,
            input=describe(data, name, reading.format),
            notes=reading.notes,
        )
        inspection = self._inspect(document, reading.edition, origin, previous, parts)
        return replace(inspection, data=data)

    def glance(self, data: bytes) -> Result | None:
        """Return the result for a JSON report that is without a fault beyond doubt; None for any other.

        Many times faster than `inspect`, whose result it equals but for the name and digest of the file.
        """
        if self.waivers:
            return None
        taken = self._take_typed(data) if self._fast else self._take(data)
        if taken is None:
            return None
        checker, profile, regular = taken
        if not is_sound(data, regular):
            return None
        result = checker.known(regular)
        if result is None:
            # The first of its kind: what is found now is known from then on.
            checker.check(loads_document(data))
            result = checker.known(regular)
        return replace(result, profile=profile) if result and profile else result

    def _take(self, data: bytes) -> tuple[Checker, AppliedProfile | None, Regular] | None:
        document = decode(data)
        if not isinstance(document, dict):
            return None
        try:
            checker, profile = self._checker(edition_of(document, self.catalogue))
        except DisclosureError:
            return None
        regular = checker.express.regular(document)
        return None if regular is None else (checker, profile, regular)

    def _take_typed(self, data: bytes) -> tuple[Checker, AppliedProfile | None, Regular] | None:
        for edition in self._likely:
            checker, profile = self._checker(edition)
            regular = checker.express.typed(data)
            if regular is not None:
                # Reports of one edition come together.
                self._likely.remove(edition)
                self._likely.insert(0, edition)
                return checker, profile, regular
        return None

    @cached_property
    def _likely(self) -> list[Edition]:
        """Return all editions, that of the last report first."""
        return [
            edition
            for spec in self.catalogue.index["specs"]
            for edition in self.catalogue.editions(spec["version"])
        ]

    def _checker(self, edition: Edition) -> tuple[Checker, AppliedProfile | None]:
        if edition not in self._checkers:
            changed, profile = self._profile.apply(edition) if self._profile else (edition, None)
            self._checkers[edition] = Checker(changed), profile
        return self._checkers[edition]

    def _inspect(
        self,
        document: Document,
        edition: Edition,
        origin: Origin,
        previous: Document | None,
        parts: Sequence[Document],
    ) -> Inspection:
        checker, profile = self._checker(edition)
        result = checker.check(document, origin=origin, previous=previous, parts=parts)
        if profile:
            result = replace(result, profile=profile)
        if self.waivers:
            from disclosure_spec.checking import apply_waivers  # noqa: PLC0415 - most runs have none

            today = self._today or datetime.now(UTC).astimezone().date()
            result = apply_waivers(result, document, self.waivers, today)
        if not result.findings:
            return Inspection(result, document, checker.edition)
        from disclosure_spec.checking.diagnosis import diagnose  # noqa: PLC0415 - a sound report needs none

        # What is waived is right as it stands, so it is no sign of a wrong cell.
        diagnoses = diagnose(result, document, checker.edition, origin=origin, previous=previous, parts=parts)
        return Inspection(replace(result, diagnoses=diagnoses), document, checker.edition)


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
