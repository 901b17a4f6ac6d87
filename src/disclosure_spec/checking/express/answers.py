"""What of a report decides each of its rules, asked by one function of straight Python.

Equal answers mean an equal outcome. So an outcome once evaluated serves every report that gives the same
answer, and an answer of None sends the rule back to its evaluation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from disclosure_spec.checking.cells import AMOUNT, decimal_places
from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.checking.express.remembered import Remembered
from disclosure_spec.checking.facts import DATE_FORM, is_blank
from disclosure_spec.document import MISSING
from disclosure_spec.rules import CellsTest, DateTest, LinearTest, SchemaTest, TextTest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.checking.express.source import Source
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Condition, DateCheck, Equation, Rule

Answer: TypeAlias = Hashable | None

ALWAYS: Final = ()
"""The answer of a rule whose outcome is the same on every report of good shape."""

_NOT_MET: Final = "not met"
_NOT_KNOWN: Final = "not known"
_NOT_EVALUATED: Final = frozenset({"agrees", "differs"})
"""Tests of text that say so whatever the text."""

_HOLDS: Final = {"=": "==", "<=": "<=", ">=": ">="}
_BROKEN: Final = {"=": "!=", "<=": ">", ">=": "<"}


def is_idle(rule: Rule) -> bool:
    """Tell whether a rule looks at nothing in a report without others beside it."""
    if rule.status == "retired" or rule.switched_off:
        return True
    if rule.applies_when:
        return False
    match rule.test:
        case LinearTest(equations=equations):
            return _compares(equations)
        case TextTest(require=require):
            return require in _NOT_EVALUATED
    return False


def _compares(equations: Sequence[Equation]) -> bool:
    """Tell whether each equation needs another report; without it none is looked at."""
    return all(any(term.of != "document" for term in one.terms) for one in equations)


class AnswerWriter:
    """Write what of a report decides each of its rules.

    Args:
        edition: The edition, with the rules that are in force.
        source: The function to write it into; in it `x7` is the number of a cell.
        texts: What all other values are called in it, by pointer.
    """

    def __init__(self, edition: Edition, source: Source, texts: Mapping[str, str]) -> None:
        self._edition = edition
        self._source = source
        self._texts = texts
        # Asked once each: several rules look at one text, or apply to one kind of body.
        self._names: dict[object, str] = {}
        self._missing = source.constant(MISSING)
        self._is_day = source.constant(Remembered(_is_day))

    def write(self) -> str:
        """Write the lines that are needed before, and return the expression for the answers to all rules."""
        return f"({''.join(f'{self._answer(rule)}, ' for rule in self._edition.rules)})"

    def _answer(self, rule: Rule) -> str:
        """Return the expression for the answer of one rule."""
        if is_idle(rule):
            return repr(ALWAYS)
        answer = self._of_test(rule)
        if not rule.applies_when:
            return answer
        alternatives = [self._all([self._condition(one) for one in every]) for every in rule.applies_when]
        met = self._named(("met", rule.id), self._any(alternatives))
        return f"({answer}) if {met} else {_NOT_KNOWN!r} if {met} is None else {_NOT_MET!r}"

    def _of_test(self, rule: Rule) -> str:
        match rule.test:
            case SchemaTest(schema) if not schema.startswith("draft."):
                return repr(ALWAYS)
            case CellsTest(require, places):
                return self._of_cells(require, places)
            case LinearTest(equations=equations):
                return self._of_equations(equations)
            case TextTest() as test:
                return self._of_texts(test)
            case DateTest(checks):
                return self._of_dates(checks)
        return "None"

    def _of_cells(self, require: str, places: int) -> str:
        cells = self._edition.cells
        if require == "amount":
            count = self._source.constant(decimal_places)
            doubts = [f"{count}(x{cell.index}) > {places}" for cell in cells if cell.type == AMOUNT]
            return _unless(doubts)
        if require == "unit":
            # Whether a unit must be stated depends on the number beside it: zero needs none.
            units = [(cell.unit_pointer, cell.index) for cell in cells if cell.unit_pointer]
            return f"({''.join(f'({self._text(unit)}, x{at} == 0), ' for unit, at in units)})"
        # The shape vouches for the rest.
        return repr(ALWAYS)

    def _of_equations(self, equations: Sequence[Equation]) -> str:
        if _compares(equations):
            return repr(ALWAYS)
        counts = {cell.pointer for cell in self._edition.cells if cell.type != AMOUNT}
        terms = [term for one in equations for term in one.terms]
        # Sums of amounts are for the evaluator, which knows of units and of decimals.
        if any(term.of != "document" or term.pointer not in counts for term in terms):
            return "None"
        return _unless([self._broken(one) for one in equations])

    def _broken(self, equation: Equation) -> str:
        sides: tuple[list[str], list[str]] = ([], [])
        for term in equation.terms:
            size = abs(term.coefficient)
            name = f"x{self._edition.cell_at[term.pointer].index}"
            sides[term.coefficient < 0].append(name if size == 1 else f"{size} * {name}")
        left, right = (" + ".join(side) or "0" for side in sides)
        return f"{left} {_BROKEN[equation.relation]} {right}"

    def _of_texts(self, test: TextTest) -> str:
        if test.require in _NOT_EVALUATED:
            return repr(ALWAYS)
        if test.require not in _PASSES:
            return "None"
        tables = {section.pointer for section in self._edition.sections if section.rows}
        # A table whose every cell is a number is there.
        pointers = [one for one in test.pointers if test.require != "present" or one not in tables]
        passes = [self._source.constant(one) for one in _PASSES[test.require](test)]
        doubts = []
        for pointer in pointers:
            doubts.append(f"not {self._written(pointer)}")
            doubts += [f"not {one}({self._text(pointer)})" for one in passes]
        return _unless(doubts)

    def _of_dates(self, checks: Sequence[DateCheck]) -> str:
        holds = " and ".join(self._holds(check) for check in checks) or "True"
        # Where it is not plain that all is well, the dates themselves: what is found depends on nothing else.
        pointers = dict.fromkeys([YEAR_POINTER, *(check.pointer for check in checks)])
        return f"{ALWAYS} if {holds} else ({''.join(f'{self._text(pointer)}, ' for pointer in pointers)})"

    def _holds(self, check: DateCheck) -> str:
        """Return the expression that is true only where a check of a date holds."""
        text, year = self._text(check.pointer), self._text(YEAR_POINTER)
        relation = _HOLDS.get(check.relation)
        if relation is None:
            return f"{self._is_day}[{text}]"
        if check.year is not None:
            return f"type({text}) is int and {text} {relation} {check.year}"
        days = self._source.constant(Remembered(partial(_day_of, check)))
        day = self._named(
            ("day", check.years_after, check.month, check.day), f"type({year}) is int and {days}[{year}]"
        )
        # As they are written, the year first, dates are in order like texts.
        return f"{day} and {self._is_day}[{text}] and {text} {relation} {day}"

    def _condition(self, condition: Condition) -> str:
        """Return the name of what tells whether a condition holds; None where the report does not say."""
        if condition.minimum is not None or condition.maximum is not None:
            return self._named(condition, self._within(condition))
        met = self._source.constant(Remembered(partial(_meets, condition)))
        return self._named(condition, f"{met}[{self._text(condition.pointers[0])}]")

    def _within(self, condition: Condition) -> str:
        cells = self._edition.cell_at
        # The year, for one, is a number and no cell.
        others = [self._text(one) for one in condition.pointers if one not in cells]
        total = " + ".join([*(f"x{cells[one].index}" for one in condition.pointers if one in cells), *others])
        total = total or "0"
        limits = [(condition.minimum, ">="), (condition.maximum, "<=")]
        within = " and ".join(f"{total} {sign} {limit}" for limit, sign in limits if limit is not None)
        unknown = " or ".join(f"type({one}) is not int" for one in others)
        return f"None if {unknown} else {within}" if unknown else within

    def _all(self, conditions: Sequence[str]) -> str:
        if not conditions:
            return "True"
        if len(conditions) == 1:
            return conditions[0]
        # One condition that fails settles it, even beside an unknown one.
        fails = " or ".join(f"{one} is False" for one in conditions)
        return f"(False if {fails} else {' and '.join(conditions)})"

    def _any(self, alternatives: Sequence[str]) -> str:
        if len(alternatives) == 1:
            return alternatives[0]
        listed = self._named(tuple(alternatives), f"({', '.join(alternatives)})")
        return f"True if True in {listed} else None if None in {listed} else False"

    def _text(self, pointer: str | None) -> str:
        return self._texts.get(pointer or "", self._missing)

    def _written(self, pointer: str) -> str:
        """Return the name of what is true only where there is more than white space at a pointer."""
        text = self._text(pointer)
        # To Python there is more white space than to Unicode, so what is none to it is none.
        return self._named(("written", pointer), f"type({text}) is str and {text} and not {text}.isspace()")

    def _named(self, key: object, expression: str) -> str:
        if key not in self._names:
            self._names[key] = f"a{len(self._names)}"
            self._source.line(f"{self._names[key]} = {expression}")
        return self._names[key]


def _unless(doubts: Sequence[str]) -> str:
    return f"None if {' or '.join(doubts)} else {ALWAYS!r}" if doubts else repr(ALWAYS)


def _is_day(value: object) -> bool:
    """Tell a date that a calendar has, written in full."""
    if not isinstance(value, str) or not DATE_FORM.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _day_of(check: DateCheck, year: Any) -> str | None:
    """Return the date that a check is about in a report of a year; None if that year has none."""
    try:
        return date(year + check.years_after, check.month, check.day).isoformat()
    except (ValueError, OverflowError):
        return None


def _meets(condition: Condition, value: object) -> bool | None:
    """Tell whether a text is as a condition has it; None for what is no text."""
    if not isinstance(value, str) or is_blank(value):
        return None
    if condition.pattern is None:
        return value in condition.values
    return re.fullmatch(condition.pattern, value) is not None


def _not_only(test: TextTest) -> Iterator[Callable[[str], object]]:
    longest = max(map(len, test.phrases), default=0)
    # Ideographs stay themselves in every normal form, so many of them cannot come to a short phrase.
    yield re.compile(f"(?:[^一-龥]*[一-龥]){{{longest + 1}}}").match


def _covers(test: TextTest) -> Iterator[Callable[[str], object]]:
    for head in test.heads:
        # The first of its words is seldom far, whereas one that is missing is looked for to the end.
        yield re.compile("|".join(map(re.escape, head.words)) or "(?!)").search


def _at_most(test: TextTest) -> Iterator[Callable[[str], object]]:
    # White space counts for nothing, so that a text may still be short enough when this says no.
    yield lambda text: len(text) <= test.characters


_PASSES: Final[Mapping[str, Callable[[TextTest], Iterator[Callable[[str], object]]]]] = {
    "present": lambda _: iter(()),
    "not_only": _not_only,
    "covers": _covers,
    "at_most": _at_most,
}
"""What must be so of a text for it to pass for certain, one thing after the other."""
