"""What the tests share: for each published edition a checker and a complete report that breaks no rule."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker
from disclosure_spec.document import get_at, with_value
from disclosure_spec.edition import Edition, installed
from disclosure_spec.rules import CellsTest, DateTest, LinearTest, Rule, TextTest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from disclosure_spec.checking import Finding, Result
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Cell
    from disclosure_spec.rules import Equation, Term

Number: TypeAlias = int | Decimal

LAST_YEAR = 2024
"""The report year of a sample where the edition is still in use."""


@dataclass(frozen=True)
class Bench:
    """One edition with everything needed to put documents to the test."""

    edition: Edition

    @cached_property
    def checker(self) -> Checker:
        """Return the checker of the edition."""
        return Checker(self.edition)

    @cached_property
    def totals(self) -> Mapping[str, Equation]:
        """Return the cells that a binding equation makes the sum of others, each with one such equation."""
        found: dict[str, Equation] = {}
        for equation in self.equations:
            left = [term for term in equation.terms if term.coefficient > 0]
            if len(left) == 1 and left[0].coefficient == 1:
                found.setdefault(left[0].pointer, equation)
        return found

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """Return the equalities between cells of one report that hold in every report without error."""
        return tuple(
            equation
            for rule in self.rules(LinearTest)
            if rule.status == "active" and rule.severity == "error" and not rule.applies_when
            for equation in linear(rule).equations
            if equation.relation == "=" and all(term.of == "document" for term in equation.terms)
        )

    @cached_property
    def leaves(self) -> tuple[Cell, ...]:
        """Return the cells that are no sum of others, in form order."""
        return tuple(cell for cell in self.edition.cells if cell.pointer not in self.totals)

    @property
    def report(self) -> Document:
        """Return a new complete report, every cell its own number above zero, that breaks no rule."""
        return deepcopy(self._report)

    @cached_property
    def _report(self) -> Document:
        return self.report_of(
            {
                cell.pointer: Decimal(cell.index + 2) / 4 if cell.type == "amount" else cell.index + 2
                for cell in self.leaves
            }
        )

    def rules(self, kind: type[object]) -> tuple[Rule, ...]:
        """Return the rules with one kind of test."""
        return tuple(rule for rule in self.edition.rules if isinstance(rule.test, kind))

    def report_of(self, leaves: Mapping[str, Number]) -> Document:
        """Return a complete report with these leaves; totals follow, and leaves grow where a sum needs it."""
        document = blank(self.edition)
        for pointer, value in (self._envelope() | self._texts() | self.solve(leaves)).items():
            document = with_value(document, pointer, value)
        for cell in self.edition.cells:
            if cell.unit_pointer:
                document = with_value(document, cell.unit_pointer, cell.units[0])
        return document

    def solve(self, leaves: Mapping[str, Number]) -> dict[str, JSONValue]:
        """Return the value of every cell; a leaf is raised where an equation or inequality asks for more."""
        values = dict(leaves)

        def value(pointer: str) -> Number:
            if pointer not in self.totals:
                return values[pointer]
            parts = [term for term in self.totals[pointer].terms if term.pointer != pointer]
            return -weigh(parts, value)

        bounds = tuple(self._inequalities())  # twice: one may push what another looks at
        for equation in (*bounds, *bounds, *self.equations):
            gap = -weigh(equation.terms, value)
            wanted = {"=": gap, "<=": min(gap, 0), ">=": max(gap, 0)}[equation.relation]
            free = [term for term in equation.terms if term.pointer not in self.totals]
            for term in free:
                if wanted and (term.coefficient > 0) == (wanted > 0) and abs(term.coefficient) == 1:
                    values[term.pointer] += max(wanted, -wanted)
                    break
        return {cell.pointer: value(cell.pointer) for cell in self.edition.cells}

    def _inequalities(self) -> Iterator[Equation]:
        for rule in self.rules(LinearTest):
            if rule.status == "active" and not rule.applies_when:
                yield from (one for one in linear(rule).equations if one.relation != "=")

    def _envelope(self) -> dict[str, JSONValue]:
        years = self.edition.form["report_years"]
        year = years["last"] or max(years["first"], LAST_YEAR)
        return {
            "/report_year": year,
            "/reporting_body/name": "某市人民政府",
            "/reporting_body/kind": "government",
            "/reporting_body/region_code": "420100",
            "/period/start": f"{year}-01-01",
            "/period/end": f"{year}-12-31",
            "/published_on": f"{year + 1}-01-20",
        }

    def _texts(self) -> dict[str, JSONValue]:
        texts = {one.pointer: "本部分情况如下。" for one in self.edition.sections if not one.rows}
        for rule in self.rules(TextTest):
            assert isinstance(rule.test, TextTest)
            for pointer in rule.test.pointers if rule.test.require == "covers" else ():
                texts[pointer] += "".join(f"{head.title.zh}：{head.words[0]}。" for head in rule.test.heads)
        return dict(texts)

    def with_values(self, values: Mapping[str, JSONValue]) -> Document:
        """Return the sample report with other values at these pointers."""
        document = self.report
        for pointer, value in values.items():
            document = with_value(document, pointer, value)
        return document

    def without(self, pointer: str) -> Document:
        """Return the sample report with nothing at the pointer."""
        document = self.report
        parent, _, key = pointer.rpartition("/")
        holder = get_at(document, parent)
        assert isinstance(holder, dict)
        del holder[key]
        return document

    def check(self, values: Mapping[str, JSONValue]) -> Result:
        """Check the sample report with other values at these pointers."""
        return self.checker.check(self.with_values(values))

    def finding(self, rule_id: str, values: Mapping[str, JSONValue]) -> Finding:
        """Return the only finding of one rule on the sample report with other values at these pointers."""
        found = [one for one in self.check(values).findings if one.rule == rule_id]
        assert len(found) == 1, [one.message.en for one in found]
        return found[0]

    def operands(self, rule: Rule) -> set[str]:
        """Return every pointer into the document itself that the rule looks at, apart from the structure."""
        found = {pointer for every in rule.applies_when for one in every for pointer in one.pointers}
        match rule.test:
            case LinearTest(equations=equations):
                terms = (term for equation in equations for term in equation.terms)
                found |= {term.pointer for term in terms if term.of == "document"}
            case TextTest() as test:
                found |= set(test.pointers)
            case DateTest(checks):
                found |= {check.pointer for check in checks}
                found |= {"/report_year" for check in checks if check.month}
            case CellsTest(require):
                cells = [cell for cell in self.edition.cells if concerns(require, cell)]
                found |= {cell.pointer for cell in cells}
                found |= {cell.unit_pointer for cell in cells if cell.unit_pointer and require == "unit"}
            case _:
                pass
        return found


def weigh(terms: Iterable[Term], value: Callable[[str], Number]) -> Number:
    """Return the weighted sum of terms."""
    total: Number = 0
    for term in terms:
        total += term.coefficient * value(term.pointer)
    return total


def linear(rule: Rule) -> LinearTest:
    """Return the test of a linear rule."""
    assert isinstance(rule.test, LinearTest)
    return rule.test


def concerns(require: str, cell: Cell) -> bool:
    """Tell whether a rule on cells looks at this one."""
    return {
        "filled": True,
        "number": True,
        "count": cell.type != "amount",
        "amount": cell.type == "amount",
        "unit": cell.unit_pointer is not None,
    }[require]


@pytest.fixture(scope="session")
def make_bench() -> Callable[[Edition], Bench]:
    """Return the maker of benches, for editions that are not published."""
    return Bench


@pytest.fixture(scope="session", params=installed().names())
def bench(request: pytest.FixtureRequest) -> Bench:
    """Return the bench of each published edition in turn."""
    return Bench(installed().edition(request.param))


@pytest.fixture(scope="session")
def bench_2019() -> Bench:
    """Return the bench of the edition of 2019."""
    return Bench(installed().edition("2019"))


@pytest.fixture(scope="session")
def bench_2021() -> Bench:
    """Return the bench of the edition of 2021."""
    return Bench(installed().edition("2021"))
