"""The reports that laws begin with, their numbers, and the rules a law speaks of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from hypothesis import strategies as st

from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.document import get_at, with_value
from disclosure_spec.rules import CellsTest, DateTest, LinearTest, SchemaTest, TextTest
from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.making import flats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Rule
    from disclosure_spec.testing.judging import Fault, Judgement

Number: TypeAlias = int | Decimal

CEILING: Final = 10**6
"""Largest leaf of a report that is added to or multiplied, so that sums stay in the range of the schema."""

_FAR: Final = 10**12


def modest(edition: Edition) -> st.SearchStrategy[Document]:
    """Return consistent reports with room for more in every cell; amounts are all in one unit."""
    # Amounts of different units cannot be added, and no rule would look at the sum.
    kit = kit_of(edition)
    units = {pointer: cell.units[0] for pointer, cell in kit.units.items()}
    sparse, dense = (Wish(given=units, ceiling=CEILING, sparse=few) for few in (True, False))
    return (flats(kit, sparse) | flats(kit, dense)).map(kit.layout.document)


def errors() -> st.SearchStrategy[int]:
    """Return what a number may be wrong by: one, a little, enormously; never nothing."""
    sizes = st.just(1) | st.integers(1, 99) | st.integers(1, _FAR)
    return st.builds(lambda size, sign: size * sign, sizes, st.sampled_from([1, -1]))


def numbers(edition: Edition, document: Document) -> dict[str, Number]:
    """Return the numbers of the cells that hold one, in form order."""
    values = ((cell.pointer, get_at(document, cell.pointer)) for cell in edition.cells)
    return {
        one: value
        for one, value in values
        if isinstance(value, int | Decimal) and not isinstance(value, bool)
    }


def replaced(document: Document, values: Mapping[str, JSONValue]) -> Document:
    """Return the report with other values at these pointers."""
    for pointer, value in values.items():
        document = with_value(document, pointer, value)
    return document


def raised(edition: Edition, document: Document, by: Mapping[str, Number]) -> Document:
    """Return the report with so much more in these cells."""
    there = numbers(edition, document)
    return replaced(document, {one: there[one] + more for one, more in by.items()})


def added(edition: Edition, document: Document, other: Document) -> Document:
    """Return the report with another's numbers added cell by cell."""
    return raised(edition, document, numbers(edition, other))


def operands(edition: Edition, rule: Rule) -> frozenset[str]:
    """Return what a rule looks at in the report itself, its conditions included; not for the structure."""
    found = set(conditions(rule))
    match rule.test:
        case LinearTest(equations=equations):
            # Terms of other reports stand at the same pointers, but not in this report.
            found |= {term.pointer for one in equations for term in one.terms if term.of == "document"}
        case TextTest() as test:
            found |= set(test.pointers)
        case DateTest(checks):
            found |= {check.pointer for check in checks}
            found |= {YEAR_POINTER for check in checks if check.year is None and check.relation != "real"}
        case CellsTest():
            found |= {cell.pointer for cell in edition.cells}
        case _:
            pass
    return frozenset(found)


def conditions(rule: Rule) -> frozenset[str]:
    """Return what decides whether a rule applies."""
    return frozenset(one for every in rule.applies_when for each in every for one in each.pointers)


def own(equation: Equation) -> bool:
    """Tell whether an equation is over one report only."""
    return all(term.of == "document" for term in equation.terms)


def refusal(edition: Edition) -> str | None:
    """Return the verdict on what breaks the schema; None where no binding rule speaks of it."""
    binding = (rule for rule in edition.rules if (rule.status, rule.severity) == ("active", "error"))
    return "does_not_conform" if any(isinstance(rule.test, SchemaTest) for rule in binding) else None


def is_sums(rule: Rule) -> bool:
    """Tell whether a rule binds every report to equations over its own cells."""
    return (
        isinstance(rule.test, LinearTest)
        and (rule.status, rule.severity, rule.applies_when) == ("active", "error", ())
        and all(own(one) and one.relation == "=" for one in rule.test.equations)
    )


def sums(edition: Edition) -> tuple[Rule, ...]:
    """Return the rules that bind every report to equations over its own cells."""
    return tuple(rule for rule in edition.rules if is_sums(rule))


def of_rules(judgement: Judgement, rules: Iterable[str]) -> frozenset[Fault] | None:
    """Return the findings of some rules; None where findings are not told."""
    wanted = set(rules)
    if judgement.faults is None:
        return None
    return frozenset(one for one in judgement.faults if one.rule in wanted)
