"""What the strategies need of one edition, worked out from its data once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec.rules import DateTest, LinearTest, TextTest
from disclosure_spec.testing.choices import matching, places
from disclosure_spec.testing.dressing import Dressing
from disclosure_spec.testing.layout import Layout
from disclosure_spec.testing.leaves import all_leaves, few_leaves
from disclosure_spec.testing.linear import System, own_equations
from disclosure_spec.testing.prose import Prose, tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hypothesis import strategies as st

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import DateCheck, Equation, Report, Rule, Term
    from disclosure_spec.testing.choices import Choices
    from disclosure_spec.testing.layout import Node
    from disclosure_spec.testing.leaves import Leaves
    from disclosure_spec.testing.linear import Constraint, Numbers

_YEARS_AHEAD: Final = 30
"""How far the report years of an edition without a last year go."""

HAS: Final = "has "
"""Stands before an optional key in the name of the choice whether a document has it."""

PICK: Final = "pick"
"""The name of the choice which leaf gives way where several can."""

WORDING: Final = "wording"
"""The name of the choice how texts are worded."""

Make: TypeAlias = "Callable[[st.DrawFn, Choices], JSONValue]"
"""Makes the value of a field; what it draws is drawn besides the small choices."""


@dataclass(frozen=True, slots=True, repr=False)  # Hypothesis writes arguments out, and these are long
class Wish:
    """What a document must be besides consistent.

    Attributes:
        given: The values at these pointers.
        least: Smallest whole number at a pointer that is no cell.
        most: Largest.
        pins: Leaves that keep these numbers.
        constraints: What else the leaves must meet.
        options: Optional keys it must have.
        absent: Pointers at which nothing may stand.
        without: Texts at these pointers hold none of these words.
        ceiling: Largest number of a leaf before it is fitted; what the schema allows when None.
        sparse: Whether most leaves are zero.
    """

    given: Mapping[str, JSONValue] = field(default_factory=dict)
    least: Mapping[str, int] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    pins: Numbers = field(default_factory=dict)
    constraints: tuple[Constraint, ...] = ()
    options: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ceiling: int | None = None
    sparse: bool = True


@dataclass(frozen=True, slots=True)
class Use:
    """One equation of a rule."""

    rule: Rule
    equation: Equation


class Kit:
    """Hold one edition ready for making documents.

    Args:
        edition: The edition.
        strict: Whether documents must keep every active rule, or only those of severity error.
        plain: Whether they hold nothing but what a printed form shows.
    """

    def __init__(self, edition: Edition, *, strict: bool = True, plain: bool = False) -> None:
        self.edition = edition
        self.layout = Layout(edition.schema)
        self.system = System(edition)
        self.prose = Prose(edition, plain=plain)
        self.rules = tuple(
            rule for rule in edition.rules if rule.status == "active" and (strict or rule.severity == "error")
        )
        linear = [
            (rule, self.system.constraint(equation))
            for rule in self.rules
            for equation in own_equations(rule)
        ]
        always = [one for rule, one in linear if not rule.applies_when and one.terms]
        # What the definitions of totals imply holds by construction, and need not be asked again.
        asked = [*self.system.binding, *(one for one in always if one not in self.system.met)]
        self.constraints = tuple(dict.fromkeys(asked))
        self.conditional = tuple((rule, one) for rule, one in linear if rule.applies_when)
        self.texts = tuple(one.pointer for one in edition.sections if not one.rows)
        self.text_rules = _text_rules(self.rules)
        self.date_checks = _date_checks(self.rules)
        self.dates = _dates(_date_checks(edition.rules))
        self.dressing = Dressing(edition, self.layout, self.prose.alphabet, plain=plain)
        self.units = {cell.unit_pointer: cell for cell in edition.cells if cell.unit_pointer}
        self.places = places(
            [
                *(HAS + one for one in self.layout.options),
                *(node.pointer for node, _ in self.fields),
                *self.units,
                *self.dates,
                PICK,
                WORDING,
            ]
        )
        self._leaves: dict[tuple[bool, int | None], Leaves] = {}
        self._links: dict[Report, tuple[Use, ...]] = {}
        self._bonds: dict[Report, list[tuple[Constraint, list[Term]]]] = {}
        self._uses: dict[Report, Mapping[str, list[Use]]] = {}

    @cached_property
    def node_at(self) -> Mapping[str, Node]:
        """Return the places of a document by pointer."""
        return {node.pointer: node for node in self.layout.nodes}

    def links(self, of: Report) -> tuple[Use, ...]:
        """Return the equations between a report and others of one sort, trial rules among them."""
        if of not in self._links:
            self._links[of] = tuple(
                Use(rule, equation)
                for rule in self.edition.rules
                if isinstance(rule.test, LinearTest) and rule.status != "retired"
                for equation in rule.test.equations
                if {term.of for term in equation.terms} - {"document"} == {of}
            )
        return self._links[of]

    def bonds(self, of: Report) -> list[tuple[Constraint, list[Term]]]:
        """Return what the equalities between a report and others ask of its leaves, and the others' terms.

        Left out are those on totals that follow when the numbers they add up are those of the others too.
        """
        if of not in self._bonds:
            equations = [one.equation for one in self.links(of) if one.equation.relation == "="]
            copied = {one.terms[0].pointer for one in equations if _is_copy(one)}
            self._bonds[of] = []
            for equation in equations:
                own = self.system.weighed([one for one in equation.terms if one.of == "document"], "=")
                below = {pointer for pointer, _ in own.terms} - {one.pointer for one in equation.terms}
                if not (_is_copy(equation) and below and below <= copied):
                    theirs = [one for one in equation.terms if one.of != "document"]
                    self._bonds[of].append((own, theirs))
        return self._bonds[of]

    def uses(self, of: Report) -> Mapping[str, list[Use]]:
        """Return the equations that look at a cell of the report itself.

        Args:
            of: What else they look at; with `document` nothing else, and only of rules that documents keep.
        """
        if of not in self._uses:
            own = (Use(rule, equation) for rule in self.rules for equation in own_equations(rule))
            found: dict[str, list[Use]] = {}
            for use in own if of == "document" else self.links(of):
                for pointer in {term.pointer for term in use.equation.terms if term.of == "document"}:
                    found.setdefault(pointer, []).append(use)
            self._uses[of] = found
        return self._uses[of]

    @cached_property
    def draft_layout(self) -> Layout:
        """Return the places of a draft."""
        return Layout(self.edition.draft_schema)

    @cached_property
    def fields(self) -> tuple[tuple[Node, Make], ...]:
        """Return what stands besides cells, their units, parts in words and dates, and what makes it."""
        others = {*self.edition.cell_at, *self.texts, *self.dates, *self.units}
        own = [one for one in self.layout.nodes if not one.is_object and one.pointer not in others]
        return tuple((node, self._field(node)) for node in own)

    def leaves(self, wish: Wish) -> Leaves:
        """Return what draws the leaves before they are fitted together."""
        key = (wish.sparse, wish.ceiling)
        if key not in self._leaves:
            make = few_leaves if wish.sparse else all_leaves
            self._leaves[key] = make(self.edition, self.system, wish.ceiling)
        return self._leaves[key]

    def dressed(self, draw: st.DrawFn, flat: Mapping[str, JSONValue]) -> Document:
        """Draw the document with these values, some perhaps spelled otherwise, and keys of one's own."""
        return self.layout.document(self.dressing.draw(draw, flat))

    def years(self, pointer: str) -> tuple[int, int]:
        """Return the first and last year that the rules allow at a pointer, and the schema."""
        schema = self.node_at[pointer].schema
        low, high = schema["minimum"], schema["maximum"]
        for _, check in self.date_checks.get(pointer, ()):
            if check.year is not None:
                low = check.year if check.relation != "<=" else low
                high = check.year if check.relation != ">=" else high
        return low, high

    def year(self, choices: Choices, pointer: str, low: int, high: int) -> int:
        """Choose a year of these, not far from the first."""
        return low + choices.below(pointer, min(high - low, _YEARS_AHEAD) + 1)

    def _field(self, node: Node) -> Make:
        schema, pointer = node.schema, node.pointer
        if "const" in schema:
            return lambda _, __: schema["const"]
        if "enum" in schema:
            return lambda _, chosen: schema["enum"][chosen.below(pointer, len(schema["enum"]))]
        if schema["type"] == "integer":
            first, last = self.years(pointer)
            return lambda _, chosen: self.year(chosen, pointer, first, last)
        if "pattern" in schema:
            codes = matching(schema["pattern"])
            return lambda draw, _: draw(codes)
        if "maxLength" not in schema:
            return lambda draw, _: tidy(draw(self.prose.texts)) or self.prose.filler
        start = self.prose.filler[0] * schema.get("minLength", 0)
        return lambda draw, _: (start + tidy(draw(self.prose.lines)))[: schema["maxLength"]]


@lru_cache(maxsize=32)
def kit_of(edition: Edition, *, strict: bool = True, plain: bool = False) -> Kit:
    """Return the kit of an edition."""
    return Kit(edition, strict=strict, plain=plain)


def _is_copy(equation: Equation) -> bool:
    """Tell whether an equation says that a cell is what it is in the other reports."""
    coefficients = sorted(one.coefficient for one in equation.terms)
    return coefficients == [-1, 1] and len({one.pointer for one in equation.terms}) == 1


def _text_rules(rules: Iterable[Rule]) -> dict[str, list[tuple[Rule, TextTest]]]:
    found: dict[str, list[tuple[Rule, TextTest]]] = {}
    for rule in rules:
        if isinstance(rule.test, TextTest):
            for pointer in rule.test.pointers:
                found.setdefault(pointer, []).append((rule, rule.test))
    return found


def _date_checks(rules: Iterable[Rule]) -> dict[str, list[tuple[Rule, DateCheck]]]:
    """Return the checks by pointer."""
    found: dict[str, list[tuple[Rule, DateCheck]]] = {}
    for rule in rules:
        if isinstance(rule.test, DateTest):
            for check in rule.test.checks:
                found.setdefault(check.pointer, []).append((rule, check))
    return found


def _dates(checks: dict[str, list[tuple[Rule, DateCheck]]]) -> tuple[str, ...]:
    """Return the pointers that hold days, not years."""
    return tuple(pointer for pointer, ones in checks.items() if all(check.year is None for _, check in ones))
