"""Reports that belong together: two years of one body, a government and the bodies it covers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from hypothesis import strategies as st

from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.rules import LinearTest
from disclosure_spec.testing.conditions import applies, number_at, year_of
from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.making import flats, identity
from disclosure_spec.testing.wishing import wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Rule
    from disclosure_spec.rules import Report as Of
    from disclosure_spec.testing.kit import Kit
    from disclosure_spec.testing.linear import Constraint, Number

_CEILING: Final = 10**9
"""Largest leaf of reports that are added up, so that sums stay in the range of the schema."""

_MOST_PARTS: Final = 4


class Pair(NamedTuple):
    """Hold the reports of one body for two years."""

    previous: Document
    current: Document


class Family(NamedTuple):
    """Hold the report of a government and those of the bodies it covers."""

    whole: Document
    parts: tuple[Document, ...]


def pairs(edition: Edition) -> st.SearchStrategy[Pair]:
    """Return a strategy for two consistent reports of one body for years that follow each other.

    Every equation of a rule between a report and the previous one holds. Inequalities between them do not
    always: that a figure changed more than fivefold is worth a question, not wrong.

    Args:
        edition: The edition of both reports, which must be for more than one year.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> pair = find(pairs(edition), lambda pair: pair.previous["requests"]["carried_forward"]["total"] > 0)
    >>> pair.current["requests"]["carried_over"] == pair.previous["requests"]["carried_forward"]
    True
    """
    return _pairs(edition)


def families(edition: Edition) -> st.SearchStrategy[Family]:
    """Return a strategy for the consistent report of a government and those of one to four of its bodies.

    All are for one year, and every equation of a rule between a report and the sum of its parts holds.
    Amounts are stated in one unit.

    Args:
        edition: The edition of all the reports.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> family = find(families(edition), lambda family: len(family.parts) > 1)
    >>> family.whole["reporting_body"]["kind"], len(family.parts)
    ('government', 2)
    """
    return _families(edition)


@st.composite
def _pairs(draw: st.DrawFn, edition: Edition) -> Pair:
    kit = kit_of(edition)
    _, last = kit.years(YEAR_POINTER)
    before = draw(flats(kit, Wish(ceiling=_CEILING, most={YEAR_POINTER: last - 1})))
    body = {node.pointer for node, _ in kit.fields if node.pointer.count("/") > 1}
    same = Wish(
        given={one: st.just(before[one]) for one in body if one in before}
        | {YEAR_POINTER: st.just(year_of(before) + 1)},
        absent=frozenset(body - {*before}),
        constraints=tuple(_linked(kit, "previous", [before])),
        ceiling=_CEILING,
    )
    return Pair(*map(kit.layout.document, (before, draw(flats(kit, same)))))


@st.composite
def _families(draw: st.DrawFn, edition: Edition) -> Family:
    kit = kit_of(edition)
    ruled = [rule for rule, _ in _links(edition, "parts")]
    wish = draw(wishes(kit, ruled[0])) if ruled else Wish()
    head = identity(draw, kit, wish, frozenset(wish.given))
    units = {
        cell.unit_pointer: st.just(draw(st.sampled_from(cell.units)))
        for cell in edition.cells
        if cell.unit_pointer
    }
    zeroes = [one for rule, one in kit.conditional if one.zeroes and applies(rule, head)]
    shared = Wish(
        given={YEAR_POINTER: st.just(head[YEAR_POINTER]), **units},
        pins={pointer: 0 for one in zeroes for pointer, _ in one.terms},
        ceiling=_CEILING,
    )
    parts = draw(st.lists(flats(kit, shared), min_size=1, max_size=_MOST_PARTS))
    whole = replace(
        shared,
        given={**shared.given, **{one: st.just(value) for one, value in head.items()}},
        absent=frozenset(node.pointer for node, _ in kit.fields if node.pointer not in head),
        constraints=tuple(_linked(kit, "parts", parts)),
    )
    return Family(kit.layout.document(draw(flats(kit, whole))), tuple(map(kit.layout.document, parts)))


def _linked(kit: Kit, of: Of, others: list[dict[str, JSONValue]]) -> Iterator[Constraint]:
    """Yield what the equations ask of this report when those of others are known."""
    for _, equation in _links(kit.edition, of):
        known: Number = 0
        for term in equation.terms:
            if term.of == of:
                known += term.coefficient * _sum(others, term.pointer)
        own = [term for term in equation.terms if term.of == "document"]
        yield kit.system.weighed(own, "=", known)


def _links(edition: Edition, of: Of) -> Iterator[tuple[Rule, Equation]]:
    for rule in edition.rules:
        if isinstance(rule.test, LinearTest) and rule.status != "retired":
            for equation in rule.test.equations:
                reports = {term.of for term in equation.terms} - {"document"}
                if equation.relation == "=" and reports == {of}:
                    yield rule, equation


def _sum(others: list[dict[str, JSONValue]], pointer: str) -> Number:
    total: Number = 0
    for other in others:
        total += number_at(other, pointer)
    return total
