"""Read the clauses of an authored statement and tie their labels to the places of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from disclosure_spec.document import parse_pointer
from disclosure_spec.testing.statement.conditions import SumIs, TextIs
from disclosure_spec.testing.statement.equations import (
    note_equations,
    sums_of_columns,
    sums_of_rows,
    written_equations,
)
from disclosure_spec.testing.statement.meanings import (
    Day,
    Days,
    Equations,
    Filled,
    InRange,
    Numbers,
    Present,
    Structure,
    Units,
    Unjudged,
    Words,
    Years,
)
from disclosure_spec.testing.statement.trouble import invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_spec.testing.statement.conditions import Condition, Keys
    from disclosure_spec.testing.statement.entry import Entry
    from disclosure_spec.testing.statement.meanings import Meaning
    from disclosure_spec.testing.statement.paper import Cell, PrintedForm
    from disclosure_spec.testing.statement.shape import Shape
    from disclosure_spec.wording import Wording

Degree = Literal["error", "warning", "info"]
_DEGREES: Final = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the official texts and what it means.

    Attributes:
        rule: The rule that must say the same.
        degree: How grave a breach is.
        trial: Whether the rule is on trial, where an error counts as a warning.
        quote: The words of the clause.
        source: Where they stand.
        when: Groups of conditions of which one must hold; always if empty.
    """

    rule: str
    degree: Degree
    trial: bool
    quote: Wording
    source: Wording
    when: tuple[tuple[Condition, ...], ...]
    meaning: Meaning

    @property
    def severity(self) -> str:
        """Return how grave a finding of it is."""
        return "warning" if self.trial and self.degree == "error" else self.degree


class ClauseReader:
    """Read clauses against one form."""

    def __init__(self, form: PrintedForm, shape: Shape) -> None:
        self._form = form
        self._shape = shape
        self._kinds: Mapping[str, Callable[[Entry], Meaning]] = {
            "form": self._structure,
            "cells": self._cells,
            "note": self._note,
            "total_row": self._total_row,
            "total_column": self._total_column,
            "equation": self._equation,
            "present": self._present,
            "text": self._text,
            "dates": self._dates,
            "years": self._years,
            "not_judged_yet": self._unjudged,
        }

    def read(self, entry: Entry) -> Clause:
        """Return one clause.

        Raises:
            SpecificationError: It is incomplete, or names what the form does not have.
        """
        keys = entry.keys(("rule", "degree", "quote", "source"), ("trial", "when", *self._kinds))
        # Two kinds in one clause would leave open which of them a finding is about.
        kinds = [one for one in self._kinds if one in keys]
        if len(kinds) != 1:
            raise invalid(entry.place, "每条只能有一种内容", f"a clause says one of {', '.join(self._kinds)}")
        degree = keys["degree"].choice(_DEGREES)
        return Clause(
            rule=keys["rule"].text(),
            degree=next(one for one in ("error", "warning", "info") if one == degree),
            trial="trial" in keys and keys["trial"].flag(),
            quote=keys["quote"].wording(),
            source=keys["source"].wording(),
            when=tuple(
                tuple(self._condition(one) for one in group.items())
                for group in (keys["when"].items() if "when" in keys else ())
            ),
            meaning=self._kinds[kinds[0]](keys[kinds[0]]),
        )

    def _condition(self, entry: Entry) -> Condition:
        if isinstance(entry.value, dict) and "sum" in entry.value:
            keys = entry.keys(("sum",), ("at_least", "at_most"))
            return SumIs(
                at=tuple(place for one in keys["sum"].items() for place in self._addends(one)),
                at_least=keys["at_least"].whole() if "at_least" in keys else None,
                at_most=keys["at_most"].whole() if "at_most" in keys else None,
            )
        if isinstance(entry.value, dict) and "in" in entry.value:
            keys = entry.keys(("text", "in"))
            return TextIs(at=self._place(keys["text"]), among=keys["in"].texts())
        keys = entry.keys(("text", "matches", "such_as", "unlike"))
        condition = TextIs(
            at=self._place(keys["text"]),
            pattern=keys["matches"].pattern(),
            such_as=keys["such_as"].texts(),
            unlike=keys["unlike"].texts(),
        )
        # A pattern is easily wrong and hard to read: its examples are held against it when it is read.
        self._confirm(condition, entry.place)
        return condition

    @staticmethod
    def _confirm(condition: TextIs, place: str) -> None:
        for examples, wanted in ((condition.such_as, True), (condition.unlike, False)):
            for one in examples:
                if condition.says(one) is not wanted:
                    raise invalid(place, f"例子“{one}”不合", f"the example {one!r} is not one")

    def _addends(self, entry: Entry) -> tuple[Keys, ...]:
        # Places outside the tables have no printed labels, only the names they are given.
        if entry.text() in self._shape.names:
            return (self._place(entry),)
        return tuple(cell.keys for cell in self._form.under(entry.text(), entry.place))

    def _place(self, entry: Entry) -> Keys:
        if entry.text() not in self._shape.names:
            raise invalid(entry.place, f"没有名为“{entry.value}”的位置", f"no place is named {entry.value!r}")
        return parse_pointer(self._shape.names[entry.text()])

    def _structure(self, entry: Entry) -> Meaning:
        entry.keys(())
        return Structure(
            self._shape,
            # What is wrong with the value of a cell or a text has a clause of its own.
            cells=frozenset(cell.pointer for cell in self._form.cells),
            texts=frozenset(part.pointer for part in self._form.parts if not part.cells),
        )

    def _cells(self, entry: Entry) -> Meaning:
        keys = entry.keys(("must",), ("types",))
        cells = self._form.cells
        if "types" in keys:
            types = [one.choice(tuple(self._shape.types)) for one in keys["types"].items()]
            cells = tuple(cell for cell in cells if cell.type in types)
        must = keys["must"].choice(("filled", "number", "range", "unit"))
        if must == "filled":
            return Filled(cells)
        if must == "number":
            return Numbers(cells)
        if must == "range":
            return InRange(tuple((cell, self._shape.types[cell.type]) for cell in cells))
        return Units(tuple(cell for cell in cells if cell.unit))

    def _note(self, entry: Entry) -> Meaning:
        keys = entry.keys(("part", "total"))
        part = self._form.part(keys["part"].text(), entry.place)
        return Equations(tuple(note_equations(part, keys["total"].text(), entry.place)))

    def _total_row(self, entry: Entry) -> Meaning:
        keys = entry.keys(("part", "label"))
        part = self._form.part(keys["part"].text(), entry.place)
        return Equations(tuple(sums_of_rows(part, keys["label"].text(), entry.place)))

    def _total_column(self, entry: Entry) -> Meaning:
        keys = entry.keys(("part", "label"))
        part = self._form.part(keys["part"].text(), entry.place)
        return Equations(tuple(sums_of_columns(part, keys["label"].text(), entry.place)))

    def _equation(self, entry: Entry) -> Meaning:
        keys = entry.keys(("parts", "holds"), ("under", "except"))
        cells: tuple[Cell, ...] = tuple(
            cell for one in keys["parts"].items() for cell in self._form.part(one.text(), one.place).cells
        )
        if "under" in keys:
            cells = self._under(keys["under"], cells)
        if "except" in keys:
            # By what is printed, like all else; a list of pointers would be a copy of the rules.
            left_out = self._under(keys["except"], cells)
            cells = tuple(cell for cell in cells if cell not in left_out)
        return Equations(
            tuple(
                equation
                for one in keys["holds"].items()
                for equation in written_equations(self._form, cells, one.text(), one.place)
            )
        )

    def _under(self, entry: Entry, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        items = entry.items()
        return tuple(found for one in items for found in self._form.under(one.text(), one.place, cells))

    def _present(self, entry: Entry) -> Meaning:
        keys = entry.keys(("parts",))
        return Present(tuple(self._form.part(one.text(), one.place) for one in keys["parts"].items()))

    def _text(self, entry: Entry) -> Meaning:
        keys = entry.keys(("at",), ("more_than", "covers", "at_most"))
        return Words(
            at=self._place(keys["at"]),
            more_than=keys["more_than"].texts() if "more_than" in keys else (),
            covers=tuple((head, one.texts()) for head, one in keys["covers"].named())
            if "covers" in keys
            else (),
            at_most=keys["at_most"].whole() if "at_most" in keys else None,
        )

    def _unjudged(self, entry: Entry) -> Meaning:
        # Places alone: what will be asked of the words there is not settled while the rule is on trial.
        return Unjudged(tuple(self._place(one) for one in entry.items()))

    def _dates(self, entry: Entry) -> Meaning:
        return Days(tuple(self._day(one) for one in entry.items()))

    def _day(self, entry: Entry) -> Day:
        keys = entry.keys(("at",), ("real", "on", "by", "years_after"))
        at = self._place(keys["at"])
        if "real" in keys:
            return Day(at)
        named = [one for one in ("on", "by") if one in keys]
        if len(named) != 1 or "years_after" not in keys:
            raise invalid(
                entry.place, "应有 on 或 by，以及 years_after", "must have on or by, and years_after"
            )
        # Without a year: it is counted from the report year, which every report states for itself.
        month, day = map(int, keys[named[0]].text().split("-"))
        return Day(at, month, day, keys["years_after"].whole(), exact=named[0] == "on")

    def _years(self, entry: Entry) -> Meaning:
        keys = entry.keys(("at",), ("first", "last"))
        return Years(
            at=self._place(keys["at"]),
            first=keys["first"].whole() if "first" in keys else None,
            last=keys["last"].whole() if "last" in keys else None,
        )
