"""Small changes to a document; whatever stood in the way of a place makes room for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from disclosure_spec.testing.judging import Submission
from disclosure_spec.testing.statement.facts import YEAR, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.testing.statement.equations import Whose
    from disclosure_spec.testing.statement.paper import Cell

# Years a calendar has, with room before and after for the days that are tried.
_FIRST: Final = 2000
_LAST: Final = 2999


@dataclass(frozen=True, slots=True)
class Case:
    """A document with what it is held against."""

    document: Document
    previous: Document | None = None
    parts: tuple[Document, ...] = ()

    @property
    def year(self) -> int:
        """Return the report year, or one of our time where it has none a calendar can count from."""
        year = value_at(self.document, YEAR)
        return year if isinstance(year, int) and _FIRST <= year <= _LAST else _FIRST

    def put(self, keys: Sequence[str], value: JSONValue, whose: Whose = "document") -> Case:
        """Return the case with a value at a place, of the bodies' reports in the first."""
        if whose == "previous":
            return replace(self, previous=put(self.previous or {}, keys, value))
        if whose == "parts":
            # One body is enough to upset a sum over all of them.
            first, *others = self.parts or ({},)
            return replace(self, parts=(put(first, keys, value), *others))
        return replace(self, document=put(self.document, keys, value))

    def without(self, keys: Sequence[str]) -> Case:
        """Return the case without a place of the document."""
        return replace(self, document=without(self.document, keys))

    def get(self, keys: Sequence[str], whose: Whose = "document") -> JSONValue:
        """Return what stands at a place, of the bodies' reports in the first; None where nothing does."""
        report = {"document": self.document, "previous": self.previous, "parts": (*self.parts, None)[0]}[
            whose
        ]
        value = value_at(report, keys)
        # Decimals are left out: probes count in whole numbers.
        return value if isinstance(value, bool | int | str | list | dict) else None

    def shift(self, cell: Cell, by: int, whose: Whose = "document") -> Case:
        """Return the case with so much more in one cell; what is no whole number counts as none."""
        # A blank is no zero to a rule, but a number has to be reached from somewhere.
        old = self.get(cell.keys, whose)
        return self.put(cell.keys, (old if isinstance(old, int) else 0) + by, whose)

    def submission(self, edition: str) -> Submission:
        """Return what is handed to a judge."""
        return Submission(edition, self.document, previous=self.previous, parts=self.parts)


def put(document: Document, keys: Sequence[str], value: JSONValue) -> Document:
    """Return a document with a value at a place."""
    first, *rest = keys
    below = document.get(first)
    new = put(below if isinstance(below, dict) else {}, rest, value) if rest else value
    return {**document, first: new}


def without(document: Document, keys: Sequence[str]) -> Document:
    """Return a document without a place."""
    first, *rest = keys
    below = document.get(first)
    if rest and isinstance(below, dict):
        return {**document, first: without(below, rest)}
    return {key: value for key, value in document.items() if key != first}


def numbered(document: Document, cells: Iterable[Cell], step: int, start: int) -> Document:
    """Return a document with a number of its own in every cell, so that none is taken for another."""
    for number, cell in enumerate(cells):
        document = put(document, cell.keys, start + number * step)
    return document
