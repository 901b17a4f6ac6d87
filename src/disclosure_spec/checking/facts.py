"""A document as the rules see it: numbers, texts and dates, or the reason why there is none."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cached_property

from disclosure_spec._scalars import excerpt
from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass, field
from disclosure_spec.checking.result import CellFact, Reason
from disclosure_spec.document import MISSING, get_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from disclosure_spec.checking.result import Input
    from disclosure_spec.checking.subset import Breach
    from disclosure_spec.document import Document, JSONValue, Missing
    from disclosure_spec.edition import Cell, Edition
    from disclosure_spec.place import Note, Place
    from disclosure_spec.rules import Report

# Unicode's White_Space, spelled out because languages disagree: str.isspace() also takes U+001C to U+001F.
_WHITE: Final = "".join(
    map(chr, (*range(9, 14), 32, 133, 160, 5760, *range(8192, 8203), 8232, 8233, 8239, 8287, 12288))
)
NAME_POINTER: Final = "/reporting_body/name"
DATE_FORM: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Origin:
    """What the reader of a file knows of the document in it.

    Attributes:
        unread: Pointers that are null because they could not be read, not because they are blank.
        sources: Where a value stands in the user's file.
        input: The file.
        notes: What there is to say about it.
    """

    unread: AbstractSet[str] = frozenset()
    sources: Mapping[str, Place] = field(default_factory=dict)
    input: Input | None = None
    notes: Sequence[Note] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """The numbers of a document that was taken apart before.

    Attributes:
        numbers: Of the cells, in form order; why there is none where one is wanting.
        doubtful: Those that may hold anything, by position; any other is a whole number within its limits.
        breaches: What breaks the schema of reports.
    """

    numbers: Sequence[int | Decimal | Reason]
    doubtful: Mapping[int, Cell]
    breaches: Sequence[Breach] = ()


@dataclass(frozen=True)
class Facts:
    """Look values of one document up.

    Attributes:
        document: The document; never changed.
        edition: Its edition.
        origin: What its reader knows of it.
        others: The reports it is held against: last year's, those of the bodies it covers.
        taken: Its numbers where they are known already.
    """

    document: Document
    edition: Edition
    origin: Origin = field(default_factory=Origin)
    others: Mapping[Report, tuple[Facts, ...]] = field(default_factory=dict)
    taken: Taken | None = None

    @classmethod
    def of(
        cls,
        document: Document,
        edition: Edition,
        origin: Origin,
        previous: Document | None = None,
        parts: Sequence[Document] = (),
    ) -> Facts:
        """Gather what there is to look up: a document, and the reports it is held against."""
        others: dict[Report, tuple[Facts, ...]] = {
            "previous": () if previous is None else (cls(previous, edition),),
            "parts": tuple([cls(one, edition) for one in parts]),
        }
        return cls(document, edition, origin, others)

    def value(self, pointer: str) -> JSONValue | Missing:
        """Return what stands at a pointer."""
        return get_at(self.document, pointer)

    def absence(self, pointer: str) -> Reason | None:
        """Return why nothing stands there: unread, blank, missing, never stated; None if something does."""
        value = self.value(pointer)
        # A value supplied since then counts, though the reader found none.
        if pointer in self.origin.unread and (value is None or value is MISSING):
            return Reason.OPERAND_UNREAD
        if value is None:
            return Reason.OPERAND_BLANK
        if value is not MISSING:
            return None
        head = pointer.split("/")[1]
        # Below an optional part that is left out nothing is missing: the report does not state it.
        stated = head in self.document or head in self.edition.schema["required"]
        return Reason.OPERAND_MISSING if stated else Reason.NOT_STATED

    def number(self, pointer: str) -> int | Decimal | Reason:
        """Return the number at a pointer; `3.0` is the whole number 3."""
        value = self.value(pointer)
        # To Python True is an int, to JSON no number.
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, Decimal):
            # One type for whole numbers, so that 3 and 3.0 look the same in a finding.
            return int(value) if value == value.to_integral_value() else value
        return self.absence(pointer) or Reason.OPERAND_NOT_A_NUMBER

    @cached_property
    def numbers(self) -> Sequence[int | Decimal | Reason]:
        """Return what `number` says of each cell, in form order; most rules ask for all of them."""
        if self.taken:
            return self.taken.numbers
        numbers: list[int | Decimal | Reason] = []
        for parent, cells in self.edition.cells_in:
            row = get_at(self.document, parent)
            values = row if isinstance(row, dict) else {}
            for key, cell in cells:
                value = values.get(key)
                # Nearly every value is a whole number; a look from the root on is for the others.
                numbers.append(value if type(value) is int else self.number(cell.pointer))
        return numbers

    @property
    def doubtful(self) -> Iterable[Cell]:
        """Return the cells that may hold something else than a whole number within its limits."""
        return self.taken.doubtful.values() if self.taken else self.edition.cells

    def year(self) -> int | None:
        """Return the year of the report; None where the document does not say it as a whole number."""
        year = self.number("/report_year")
        return year if isinstance(year, int) else None

    def text(self, pointer: str) -> str | Reason:
        """Return the text at a pointer; white space alone is blank."""
        value = self.value(pointer)
        if isinstance(value, str):
            return Reason.OPERAND_BLANK if is_blank(value) else value
        return self.absence(pointer) or Reason.OPERAND_NOT_TEXT

    def date(self, pointer: str) -> date | Reason:
        """Return the date at a pointer, written YYYY-MM-DD."""
        text = self.text(pointer)
        if isinstance(text, Reason):
            return text
        if not DATE_FORM.fullmatch(text):  # the standard library takes other ISO forms too
            return Reason.OPERAND_NOT_A_DATE
        try:
            return date.fromisoformat(text)
        except ValueError:
            return Reason.OPERAND_NOT_A_DATE

    @cached_property
    def _told(self) -> dict[str, CellFact]:
        return {}

    def cell(self, pointer: str) -> CellFact:
        """Return what a finding says about a pointer: a plain value, of a long text the beginning."""
        # A wrong cell breaks several equations, and is named once more when it is located.
        told = self._told.get(pointer)
        if told is None:
            told = self._told[pointer] = self._cell(pointer)
        return told

    def _cell(self, pointer: str) -> CellFact:
        cell = self.edition.cell_at.get(pointer)
        source = self.origin.sources.get(pointer)
        if self.taken and cell and cell.index not in self.taken.doubtful:
            return CellFact(pointer, cell.label, self.taken.numbers[cell.index], source)
        value = self.value(pointer)
        if value is MISSING or isinstance(value, dict | list):
            value = None  # a finding never holds a piece that the document still shares
        elif isinstance(value, str):
            value = excerpt(value)
        return CellFact(pointer, self.edition.label(pointer), value, source)


def is_blank(text: str) -> bool:
    """Tell whether a text holds white space alone, as Unicode defines it."""
    return not text.strip(_WHITE)


def without_space(text: str) -> str:
    """Return the text without any white space, as Unicode defines it."""
    return re.sub(f"[{_WHITE}]+", "", text)
