"""What the strategies need of one edition, worked out from its data once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from disclosure_spec.rules import DateTest, TextTest
from disclosure_spec.testing.layout import Layout
from disclosure_spec.testing.leaves import all_leaves, few_leaves
from disclosure_spec.testing.linear import System, own_equations
from disclosure_spec.testing.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import DateCheck, Equation, Rule
    from disclosure_spec.testing.layout import Node
    from disclosure_spec.testing.linear import Constraint, Number, Numbers

YEARS_AHEAD: Final = 30
"""How far the report years of an edition without a last year go."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a document must be besides consistent.

    Attributes:
        given: The values to draw at these pointers.
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

    given: Mapping[str, st.SearchStrategy[Any]] = field(default_factory=dict)
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
    """One equation of a rule, and a number that no other has."""

    where: int
    rule: Rule
    equation: Equation


class Kit:
    """Hold one edition ready for making documents.

    Args:
        edition: The edition.
        strict: Whether documents must keep every active rule, or only those of severity error.
    """

    def __init__(self, edition: Edition, *, strict: bool = True) -> None:
        self.edition = edition
        self.layout = Layout(edition.schema)
        self.system = System(edition)
        self.prose = Prose(edition)
        self.rules = tuple(
            rule for rule in edition.rules if rule.status == "active" and (strict or rule.severity == "error")
        )
        linear = [
            (rule, self.system.constraint(equation))
            for rule in self.rules
            for equation in own_equations(rule)
        ]
        always = [one for rule, one in linear if not rule.applies_when and one.terms]
        asked = [*self.system.binding, *(one for one in always if one not in self.system.met)]
        self.constraints = tuple(dict.fromkeys(asked))
        self.conditional = tuple((rule, one) for rule, one in linear if rule.applies_when)
        self.texts = tuple(one.pointer for one in edition.sections if not one.rows)
        self.text_rules = _text_rules(self.rules)
        self.date_checks = _date_checks(self.rules)
        self.dates = _dates(_date_checks(edition.rules))
        self._leaves: dict[tuple[bool, int | None], st.SearchStrategy[dict[str, Number]]] = {}

    @cached_property
    def node_at(self) -> Mapping[str, Node]:
        """Return the places of a document by pointer."""
        return {node.pointer: node for node in self.layout.nodes}

    @cached_property
    def uses(self) -> Mapping[str, list[Use]]:
        """Return the equations that look at a cell, of every rule that documents keep."""
        found: dict[str, list[Use]] = {}
        for rule in self.rules:
            for equation in own_equations(rule):
                use = Use(sum(map(len, found.values())), rule, equation)
                for term in equation.terms:
                    found.setdefault(term.pointer, []).append(use)
        return found

    @cached_property
    def fields(self) -> tuple[tuple[Node, st.SearchStrategy[Any]], ...]:
        """Return what stands besides cells, their units, parts in words and dates, and how to draw it."""
        units = {cell.unit_pointer for cell in self.edition.cells}
        others = {*self.edition.cell_at, *self.texts, *self.dates, *units}
        own = [one for one in self.layout.nodes if not one.is_object and one.pointer not in others]
        return tuple((node, self._field(node)) for node in own)

    def leaves(self, wish: Wish) -> st.SearchStrategy[dict[str, Number]]:
        """Return the strategy of the leaves before they are fitted together."""
        key = (wish.sparse, wish.ceiling)
        if key not in self._leaves:
            make = few_leaves if wish.sparse else all_leaves
            self._leaves[key] = make(self.edition, self.system, wish.ceiling)
        return self._leaves[key]

    def years(self, pointer: str) -> tuple[int, int]:
        """Return the first and last year that the rules allow at a pointer, and the schema."""
        schema = self.node_at[pointer].schema
        low, high = schema["minimum"], schema["maximum"]
        for _, check in self.date_checks.get(pointer, ()):
            if check.year is not None:
                low = check.year if check.relation != "<=" else low
                high = check.year if check.relation != ">=" else high
        return low, high

    def _field(self, node: Node) -> st.SearchStrategy[Any]:
        schema = node.schema
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if schema["type"] == "integer":
            low, high = self.years(node.pointer)
            return st.integers(low, min(high, low + YEARS_AHEAD))
        if "pattern" in schema:
            return matching(schema["pattern"])
        if "maxLength" not in schema:
            return self.prose.texts.map(lambda text: text or self.prose.filler)
        first = self.prose.filler[0] * schema.get("minLength", 0)
        return self.prose.lines.map(lambda line: (first + line)[: schema["maxLength"]])


def matching(pattern: str) -> st.SearchStrategy[str]:
    """Return a strategy for texts that a pattern matches from end to end."""
    bare = pattern.removeprefix("^").removesuffix("$")  # in Python `$` lets a line break follow
    code = re.fullmatch(r"(\[[^]]+\])\{([0-9]+)\}", bare)
    if not code:
        return st.from_regex(bare, fullmatch=True)
    alphabet = [one for one in map(chr, range(128)) if re.fullmatch(code[1], one)]
    return st.text(alphabet, min_size=int(code[2]), max_size=int(code[2]))  # one draw, not one a character


@lru_cache(maxsize=16)
def kit_of(edition: Edition, *, strict: bool = True) -> Kit:
    """Return the kit of an edition."""
    return Kit(edition, strict=strict)


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
