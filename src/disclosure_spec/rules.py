"""A rule of the catalogue: its law and words, and one of five kinds of test, as published in `rules.json`."""

from __future__ import annotations

from functools import cached_property

from disclosure_spec._typing import TYPE_CHECKING, Any, Literal
from disclosure_spec._values import dataclass
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Severity = Literal["error", "warning", "info"]
Lifecycle = Literal["active", "trial", "retired"]
Report = Literal["document", "previous", "parts"]
Relation = Literal["=", "<=", ">="]


@dataclass(frozen=True, slots=True)
class Basis:
    """Name the law, notice or printed note a rule rests on."""

    source: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Term:
    """Multiply one cell by a whole number; `of` says whose cell: this report, last year's, the parts' sum."""

    coefficient: int
    pointer: str
    of: Report = "document"


@dataclass(frozen=True, slots=True)
class Equation:
    """Relate a weighted sum of cells to zero.

    Attributes:
        terms: The sum; terms with a positive coefficient were written left of the relation.
        relation: How the sum must relate to zero.
        where: The printed labels that tell this equation from the rule's others.
    """

    terms: tuple[Term, ...]
    relation: Relation
    where: Wording

    def as_json(self) -> dict[str, Any]:
        """Return it as in `rules.json`."""
        terms = [[one.coefficient, one.pointer, one.of] for one in self.terms]
        return {"terms": terms, "relation": self.relation, "where": self.where.as_json()}


@dataclass(frozen=True, slots=True)
class SchemaTest:
    """The document has the structure of the published schema."""

    schema: str


@dataclass(frozen=True, slots=True)
class CellsTest:
    """Every cell is filled, holds a number, a count, an amount, or states its unit."""

    require: Literal["filled", "number", "count", "amount", "unit"]
    places: int


@dataclass(frozen=True)
class LinearTest:
    """Every equation holds.

    Attributes:
        instances: The equations as published.
    """

    instances: Sequence[Mapping[str, Any]]

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Return the equations; made when asked for, as most are about reports that are seldom given."""
        return tuple(
            Equation(
                tuple(Term(*term) for term in instance["terms"]),
                instance["relation"],
                Wording.from_json(instance["where"]),
            )
            for instance in self.instances
        )

    @cached_property
    def compared(self) -> Report | None:
        """Return the other report that every equation speaks of; None if they differ or there is none."""
        others = {_others(one["terms"]) for one in self.instances}
        return others.pop()[0] if len(others) == 1 and all(len(one) == 1 for one in others) else None

    @classmethod
    def of(cls, equations: Iterable[Equation]) -> LinearTest:
        """Return the test of equations that are not published."""
        return cls([one.as_json() for one in equations])

    def __hash__(self) -> int:
        return hash(self.equations)


@dataclass(frozen=True, slots=True)
class Head:
    """A matter a text must cover, and the words any one of which shows that it does."""

    title: Wording
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextTest:
    """Something holds of the text at each pointer.

    `present`: there is any. `not_only`: it is more than one of the phrases. `covers`: each head is met.
    `at_most`: it is not longer. `agrees`: the numbers it states are those of the tables. `differs`: it is not
    copied. The last two are trial rules without an evaluation.
    """

    require: Literal["present", "not_only", "covers", "at_most", "agrees", "differs"]
    pointers: tuple[str, ...]
    phrases: tuple[str, ...]
    heads: tuple[Head, ...]
    characters: int


@dataclass(frozen=True, slots=True)
class DateCheck:
    """Relate a date to a day of the report year or later, or a year to a fixed one; `real`: it exists."""

    pointer: str
    relation: Literal["=", "<=", ">=", "real"]
    years_after: int
    month: int
    day: int
    year: int | None


@dataclass(frozen=True, slots=True)
class DateTest:
    """Every check holds."""

    checks: tuple[DateCheck, ...]


Test = SchemaTest | CellsTest | LinearTest | TextTest | DateTest


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold for a text that is listed or matches the pattern, or for a sum of numbers within the limits."""

    pointers: tuple[str, ...]
    values: tuple[str, ...]
    pattern: str | None
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of an edition.

    Attributes:
        applies_when: Alternatives, each a tuple of conditions that must all hold; empty: always applies.
        switched_off: Whether a profile has it not checked; never so in a published catalogue.
    """

    id: str
    title: Wording
    severity: Severity
    status: Lifecycle
    basis: tuple[Basis, ...]
    message: Wording
    advice: Wording
    applies_when: tuple[tuple[Condition, ...], ...]
    test: Test
    switched_off: bool = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Rule:
        """Build from an entry of `rules.json`."""
        return cls(
            id=data["id"],
            title=Wording.from_json(data["title"]),
            severity=data["severity"],
            status=data["status"],
            basis=tuple(Basis(one["source"], Wording.from_json(one)) for one in data["basis"]),
            message=Wording.from_json(data["message"]),
            advice=Wording.from_json(data["advice"]),
            applies_when=tuple(tuple(map(_condition, every)) for every in data["applies_when"]),
            test=_TESTS[data["test"]["kind"]](data["test"]),
        )


def _others(terms: Sequence[Sequence[Any]]) -> tuple[Report, ...]:
    # The third of a term says whose cell it is, where it is not this report's.
    return tuple({of for _, _, *whose in terms for of in whose if of != "document"})


def _condition(data: Mapping[str, Any]) -> Condition:
    return Condition(
        pointers=tuple(data["sum"]) if "sum" in data else (data["at"],),
        values=tuple(data.get("in", ())),
        pattern=data.get("pattern"),
        minimum=data.get("minimum"),
        maximum=data.get("maximum"),
    )


def _schema(data: Mapping[str, Any]) -> SchemaTest:
    return SchemaTest(data["schema"])


def _cells(data: Mapping[str, Any]) -> CellsTest:
    return CellsTest(data["require"], data.get("places", 0))


def _linear(data: Mapping[str, Any]) -> LinearTest:
    return LinearTest(data["instances"])


def _text(data: Mapping[str, Any]) -> TextTest:
    return TextTest(
        require=data["require"],
        pointers=tuple(data["at"]),
        phrases=tuple(data.get("phrases", ())),
        heads=tuple(
            Head(Wording.from_json(one["title"]), tuple(one["any"])) for one in data.get("heads", ())
        ),
        characters=data.get("characters", 0),
    )


def _date(data: Mapping[str, Any]) -> DateTest:
    return DateTest(
        tuple(
            DateCheck(
                pointer=one["at"],
                relation=one["relation"],
                years_after=one.get("years_after", 0),
                # No day where the check is on a year, or on whether a date exists.
                month=one.get("month", 0),
                day=one.get("day", 0),
                year=one.get("year"),
            )
            for one in data["checks"]
        )
    )


_TESTS: Mapping[str, Callable[[Mapping[str, Any]], Test]] = {
    "schema": _schema,
    "cells": _cells,
    "linear": _linear,
    "text": _text,
    "date": _date,
}
