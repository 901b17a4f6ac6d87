"""What a clause can say: each kind finds for itself what a report gets right, gets wrong, or leaves open."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

from disclosure_spec.document import MISSING, join_pointer
from disclosure_spec.testing.statement.facts import WHITE_SPACE, as_number, as_text, value_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from disclosure_spec.testing.statement.conditions import Keys
    from disclosure_spec.testing.statement.equations import Equation
    from disclosure_spec.testing.statement.facts import Facts
    from disclosure_spec.testing.statement.paper import Cell, Part
    from disclosure_spec.testing.statement.shape import Leaf, Shape

Status = Literal["pass", "fail", "not_checked"]
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SPACES: Final = str.maketrans("", "", WHITE_SPACE)


class Outcome(NamedTuple):
    """One place or equation: right, wrong, or left open because something is lacking there."""

    status: Status
    pointers: tuple[str, ...]


class Meaning(Protocol):
    """What a clause says."""

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield what is found at each place or equation."""


def _outcome(holds: bool | None, *pointers: str) -> Outcome:  # noqa: FBT001 - the answer itself
    return Outcome("not_checked" if holds is None else "pass" if holds else "fail", pointers)


@dataclass(frozen=True, slots=True)
class Equations:
    """Equations between cells."""

    equations: tuple[Equation, ...]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each equation, with all its cells."""
        for equation in self.equations:
            yield _outcome(equation.holds(facts), *equation.pointers)


@dataclass(frozen=True, slots=True)
class Structure:
    """The document has the places of the form and no others; what other clauses tell is left to them."""

    shape: Shape
    cells: frozenset[str]
    texts: frozenset[str]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each place that is not as it must be."""
        found = False
        for keys, leaf, value in self.shape.violations(facts.document, "report"):
            pointer = join_pointer(keys)
            # A key that is missing or unknown has no leaf and is told here alone.
            if leaf is not None and self._told_elsewhere(pointer, value):
                continue
            found = True
            yield Outcome("fail", (pointer,))
        if not found:
            # A clause with no outcome at all would count as one that does not apply.
            yield Outcome("pass", ())

    def _told_elsewhere(self, pointer: str, value: object) -> bool:
        if pointer in self.texts:
            return value is None
        # Blanks, marks and numbers out of range have clauses of their own, with words that fit them.
        return pointer in self.cells and (
            value is None or isinstance(value, str) or not isinstance(value, bool | list | dict)
        )


@dataclass(frozen=True, slots=True)
class Filled:
    """Every cell is filled in; zero is written 0."""

    cells: tuple[Cell, ...]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each cell."""
        for cell in self.cells:
            value = facts.values[cell.pointer]
            # A mark is wrong too, but something was filled in: another clause speaks of it.
            yield _outcome(None if value is MISSING else value is not None, cell.pointer)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What stands in a cell is a number and no mark."""

    cells: tuple[Cell, ...]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each cell."""
        for cell in self.cells:
            value = facts.values[cell.pointer]
            number = as_number(value) is not None
            yield _outcome(True if number else False if isinstance(value, str) else None, cell.pointer)


@dataclass(frozen=True, slots=True)
class InRange:
    """The number in a cell is between the bounds of its type, and as whole as that."""

    cells: tuple[tuple[Cell, Leaf], ...]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each cell."""
        for cell, leaf in self.cells:
            value = facts.values[cell.pointer]
            holds = None
            if as_number(value) is not None and value is not MISSING:
                holds = leaf.in_range(value) and leaf.has_few_decimals(value)
            yield _outcome(holds, cell.pointer)


@dataclass(frozen=True, slots=True)
class Units:
    """An amount that is not zero states its unit when the form prints none."""

    cells: tuple[Cell, ...]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each cell."""
        for cell in self.cells:
            number = as_number(facts.values[cell.pointer])
            unit = value_at(facts.document, cell.unit)
            holds = None
            if number is not None and unit is not MISSING:
                # A unit that is none of the choices is a fault of structure and not told twice.
                holds = number == 0 or unit is not None
            yield _outcome(holds, cell.pointer)


@dataclass(frozen=True, slots=True)
class Present:
    """The parts of the form are there: in a text some words, in a table something in some cell."""

    parts: tuple[Part, ...]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each part."""
        for part in self.parts:
            holds = self._table(part, facts) if part.cells else self._text(part, facts)
            yield _outcome(holds, part.pointer)

    @staticmethod
    def _table(part: Part, facts: Facts) -> bool | None:
        values = [facts.values[cell.pointer] for cell in part.cells]
        if any(value is not None and value is not MISSING for value in values):
            return True
        # A table of which parts are missing may have had something there.
        return None if MISSING in values else False

    @staticmethod
    def _text(part: Part, facts: Facts) -> bool | None:
        value = value_at(facts.document, part.pointer.split("/")[1:])
        if value is None:
            return False
        return as_text(value) is not None if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Words:
    """A text says more than some phrases, covers some heads, or has at most so many characters.

    Attributes:
        more_than: Phrases that say nothing.
        covers: For each head the words that show it; one of them must occur.
        at_most: Characters that are not white space.
    """

    at: Keys
    more_than: tuple[str, ...] = ()
    covers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    at_most: int | None = None

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one, whatever is lacking."""
        text = as_text(value_at(facts.document, self.at))
        yield _outcome(None if text is None else self._says_enough(text), join_pointer(self.at))

    def _says_enough(self, text: str) -> bool:
        if self.more_than:
            # Brackets and full stops around an empty phrase do not fill it.
            kept = _letters(text)
            if not kept or kept in map(_letters, self.more_than):
                return False
        if self.at_most is not None and len(text.translate(_SPACES)) > self.at_most:
            return False
        return all(any(word in text for word in words) for _, words in self.covers)


def _letters(text: str) -> str:
    """Return the letters and numbers of a text, compatibility forms being the same."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] in "LN")


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Texts that are to agree with the tables or differ from other reports, which nobody judges yet."""

    at: tuple[Keys, ...]

    def outcomes(self, _facts: Facts) -> Iterator[Outcome]:
        """Yield one for each text, left open whatever the report says there."""
        for keys in self.at:
            yield _outcome(None, join_pointer(keys))


@dataclass(frozen=True, slots=True)
class Day:
    """A date exists, or is or is not later than a day counted from the report year.

    Attributes:
        month: Of the day it is held against; None where it only must exist.
        exact: Whether it must be that very day, not just no later.
    """

    at: Keys
    month: int | None = None
    day: int | None = None
    years_after: int = 0
    exact: bool = False

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one."""
        yield _outcome(self._holds(facts), join_pointer(self.at))

    def _holds(self, facts: Facts) -> bool | None:
        text = as_text(value_at(facts.document, self.at))
        match = _DATE.fullmatch(text) if text is not None else None
        if match is None:
            return None
        written = _day(*map(int, match.groups()))
        if self.month is None or self.day is None:
            return written is not None
        limit = self.limit(facts.year)
        # That the date does not exist is another clause's finding.
        if written is None or limit is None:
            return None
        return written == limit if self.exact else written <= limit

    def limit(self, year: int | Fraction | None) -> date | None:
        """Return the day it is held against; None where the report year is lacking or no year."""
        if self.month is None or self.day is None or year is None or not _is_year(year):
            return None
        return _day(int(year) + self.years_after, self.month, self.day)


def _is_year(year: int | Fraction) -> bool:
    return year.denominator == 1 and date.min.year <= year <= date.max.year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class Days:
    """Several dates."""

    days: tuple[Day, ...]

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each date."""
        for day in self.days:
            yield from day.outcomes(facts)


@dataclass(frozen=True, slots=True)
class Years:
    """A year is not before the first nor after the last."""

    at: Keys
    first: int | None = None
    last: int | None = None

    def outcomes(self, facts: Facts) -> Iterator[Outcome]:
        """Yield one for each bound."""
        year = as_number(value_at(facts.document, self.at))
        for bound, holds in (
            (self.first, None if year is None or self.first is None else year >= self.first),
            (self.last, None if year is None or self.last is None else year <= self.last),
        ):
            if bound is not None:
                yield _outcome(holds, join_pointer(self.at))
