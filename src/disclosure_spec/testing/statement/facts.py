"""What a submission says at each place, with the numbers and texts told from blanks and marks."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from disclosure_spec.document import MISSING, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.testing.judging import Submission
    from disclosure_spec.testing.statement.equations import Whose
    from disclosure_spec.testing.statement.paper import Cell

# The Unicode property White_Space; Python's own notion has four control characters more.
WHITE_SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
YEAR: Final = ("report_year",)


def value_at(document: JSONValue, keys: Sequence[str]) -> JSONValue | Missing:
    """Return what stands under these keys."""
    for key in keys:
        if not isinstance(document, dict) or key not in document:
            return MISSING
        document = document[key]
    return document


def as_number(value: JSONValue | Missing) -> int | Fraction | None:
    """Return a number without loss, whatever its length; None for everything else."""
    if isinstance(value, Decimal):
        return Fraction(value)
    # For Python true and false are numbers; in a report they are not.
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def as_text(value: JSONValue | Missing) -> str | None:
    """Return a text that is not blank."""
    return value if isinstance(value, str) and value.strip(WHITE_SPACE) else None


class Facts:
    """Look up what one submission says; each report is flattened once, when first needed."""

    def __init__(self, submission: Submission, cells: tuple[Cell, ...]) -> None:
        self.document = submission.document
        self._previous = submission.previous
        self._parts = submission.parts
        self._cells = cells

    @cached_property
    def values(self) -> dict[str, JSONValue | Missing]:
        """Return what stands in each cell of the document."""
        # Looked up once: the equations of a form name each cell several times.
        return self._values(self.document)

    @cached_property
    def year(self) -> int | Fraction | None:
        """Return the report year."""
        return as_number(value_at(self.document, YEAR))

    def number(self, cell: Cell, whose: Whose) -> int | Fraction | None:
        """Return the number in a cell, of the bodies' reports their sum; None where one is lacking."""
        if whose == "document":
            return as_number(self.values[cell.pointer])
        numbers = [as_number(values[cell.pointer]) for values, _ in self._reports[whose]]
        return None if None in numbers else sum(number for number in numbers if number is not None)

    def comparable(self, whose: Whose) -> bool:
        """Tell whether the reports are there and of the year they must be of."""
        reports = self._reports[whose]
        wanted = None if self.year is None else self.year - (whose == "previous")
        # A report of another year says nothing about this one, however alike the forms are.
        return bool(reports) and all(
            wanted is not None and as_number(value_at(report, YEAR)) == wanted for _, report in reports
        )

    def same_unit(self, places: Iterable[tuple[Cell, Whose]]) -> bool:
        """Tell whether the numbers that are not zero are all in one unit, each stated."""
        units = set()
        for cell, whose in places:
            for values, report in self._reports[whose]:
                # An amount of zero needs no unit, and a blank or a mark is no amount.
                if cell.unit and as_number(values[cell.pointer]):
                    unit = value_at(report, cell.unit)
                    units.add(unit if isinstance(unit, str) else None)
        return len(units) < 2 and None not in units  # noqa: PLR2004 - one unit in common, or none needed

    @cached_property
    def _reports(self) -> dict[Whose, list[tuple[dict[str, JSONValue | Missing], Document]]]:
        previous = () if self._previous is None else (self._previous,)
        return {
            "document": [(self.values, self.document)],
            "previous": [(self._values(one), one) for one in previous],
            "parts": [(self._values(one), one) for one in self._parts],
        }

    def _values(self, document: Document) -> dict[str, JSONValue | Missing]:
        return {cell.pointer: value_at(document, cell.keys) for cell in self._cells}
