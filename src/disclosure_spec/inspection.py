"""From a file or a document to a result in one call."""

from __future__ import annotations

from functools import cached_property

from disclosure_spec._digest import sha256
from disclosure_spec._typing import TYPE_CHECKING, Final, TypeAlias
from disclosure_spec._values import dataclass, replace
from disclosure_spec.checking import Checker, Input, Origin
from disclosure_spec.document import with_value
from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.errors import DisclosureError
from disclosure_spec.identity import edition_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from types import ModuleType

    from disclosure_spec.checking import AppliedProfile, Profile, Result, Waiver
    from disclosure_spec.checking.express import Regular
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

    _Taken: TypeAlias = tuple[Edition, Regular, Document | None]

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
        """Return the result for a JSON report of the plainest shape; None for any that needs a closer look.

        Many times faster than `inspect`, whose result it equals but for the name and digest of the file.
        """
        taken = self._take_likely(data) or (None if self._fast else self._take(data))
        if taken is None:
            return None
        edition, regular, document = taken
        if not self._express.is_sound(data, regular):
            return None
        checker, profile = self._checker(edition)
        known = None if self._has_waiver(regular) else checker.known(regular)
        if known is not None:
            return replace(known, profile=profile) if profile else known
        # A fault, or the first of its kind: what is found of that is known from then on.
        document = document or self._express.decode(data)
        if not isinstance(document, dict):
            return None
        return self._inspect(document, edition, _NOT_READ, regular=regular).result

    @cached_property
    def _express(self) -> ModuleType:
        from disclosure_spec.checking import express  # noqa: PLC0415 - one report does without

        return express

    def _take(self, data: bytes) -> _Taken | None:
        document = self._express.decode(data)
        if not isinstance(document, dict):
            return None
        try:
            edition = edition_of(document, self.catalogue)
        except DisclosureError:
            return None
        regular = self._checker(edition)[0].express.regular(document)
        return None if regular is None else (edition, regular, document)

    def _take_likely(self, data: bytes) -> _Taken | None:
        """Take a report apart as one of the edition it is likely to be of, then of the others."""
        for place, (version, name) in enumerate(self._likely):
            # Not to load and compile another edition because a report of this one has a fault.
            if place and f'"{name}"'.encode() not in data:
                continue
            edition = self.catalogue.edition(name, version)
            express = self._checker(edition)[0].express
            regular = express.typed(data) if self._fast else express.tables(data)
            if regular is not None:
                if place:
                    # Reports of one edition come together.
                    self._likely.insert(0, self._likely.pop(place))
                return edition, regular, None
        return None

    def _has_waiver(self, regular: Regular) -> bool:
        """Tell whether a waiver may be for this body; a result then says what became of it."""
        if not self.waivers:
            return False
        from disclosure_spec.checking.waivers import NAMES  # noqa: PLC0415 - most runs have none

        own = [regular.texts.get(pointer) for pointer in NAMES]
        return any(waiver.body in own for waiver in self.waivers)

    @cached_property
    def _likely(self) -> list[tuple[str, str]]:
        """Return all versions and editions, that of the last report first, then the newest."""
        specs = self.catalogue.index["specs"]
        return [
            (spec["version"], one["edition"])
            for spec in reversed(specs)
            for one in reversed(spec["editions"])
        ]

    def _checker(self, edition: Edition) -> tuple[Checker, AppliedProfile | None]:
        if edition not in self._checkers:
            changed, profile = self._profile.apply(edition) if self._profile else (edition, None)
            self._checkers[edition] = Checker(changed), profile
        return self._checkers[edition]

    def _inspect(  # noqa: PLR0913 - what came in, and all that is known of it
        self,
        document: Document,
        edition: Edition,
        origin: Origin,
        previous: Document | None = None,
        parts: Sequence[Document] = (),
        *,
        regular: Regular | None = None,
    ) -> Inspection:
        checker, profile = self._checker(edition)
        examined = checker.examine(document, origin=origin, previous=previous, parts=parts, regular=regular)
        result, facts = examined.result, examined.facts
        if profile:
            result = replace(result, profile=profile)
        if self.waivers:
            from datetime import UTC, datetime  # noqa: PLC0415 - see below

            from disclosure_spec.checking import apply_waivers  # noqa: PLC0415 - most runs have none

            today = self._today or datetime.now(UTC).astimezone().date()
            result = apply_waivers(result, document, self.waivers, today)
        if not result.findings or facts is None:
            return Inspection(result, document, checker.edition)
        from disclosure_spec.checking.diagnosis import diagnose_facts  # noqa: PLC0415 - most reports need none

        # What is waived is right as it stands, so it is no sign of a wrong cell.
        return Inspection(replace(result, diagnoses=diagnose_facts(result, facts)), document, checker.edition)


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
    return Input(name, sha256(data), format_)
