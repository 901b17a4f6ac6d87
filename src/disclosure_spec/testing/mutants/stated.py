"""Probes made from the independent statement of the form, on documents drawn with a fixed seed."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from hypothesis import Phase, given, seed, settings

from disclosure_spec.checking import Checker
from disclosure_spec.document import get_at
from disclosure_spec.rules import SchemaTest
from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.making import fitted, flats
from disclosure_spec.testing.mutants.probes import Probe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit
    from disclosure_spec.testing.statement import Statement

_SEED: Final = 0
_DRAWN: Final = 150
"""Documents drawn, of which the richest is used."""

_LEAST: Final = 101
_STEP: Final = 37
"""Of the numbers in the leaves, which are all different."""


def stated(statement: Statement, edition: Edition, rule: str) -> Iterator[Probe]:
    """Yield what the statement probes of one rule of its edition, each with what it expects."""
    document = drawn(edition)
    documents = [document]
    if isinstance(edition.rule(rule).test, SchemaTest):
        # What names the one schema is refused by the other, whatever else is asked of it.
        documents.append({key: one for key, one in document.items() if key not in _own_to_a_schema(edition)})
    found = (one for given in documents for one in statement.probes(given, frozenset((rule,))))
    # One rule is asked about at a time, so that what the others find need not be worked out.
    alone = copy(statement)
    alone.clauses = tuple(clause for clause in statement.clauses if clause.rule == rule)
    alone.scope = frozenset((rule,))
    for number, submission in enumerate(found):
        # The verdict is that of all rules together.
        expected = replace(alone.expected(submission), verdict=None)
        yield Probe(f"{edition.name}/{rule}/{number}", submission, expected, rule)


def _own_to_a_schema(edition: Edition) -> set[str]:
    """Return the keys that must say something else in a report than in a draft."""
    report, draft = edition.schema["properties"], edition.draft_schema["properties"]
    return {key for key, one in report.items() if one.get("const") != draft[key].get("const")}


@cache
def drawn(edition: Edition) -> Document:
    """Return a consistent document with all keys and a number of its own in every leaf, always the same."""
    kit = kit_of(edition)
    every_key = Wish(sparse=False, options=frozenset(kit.layout.options))
    found: list[Flat] = []

    @seed(_SEED)
    @settings(max_examples=_DRAWN, database=None, deadline=None, phases=(Phase.generate,))
    @given(flats(kit, every_key))
    def keep(flat: Flat) -> None:
        found.append(flat)

    keep()
    # Numbers are set, not drawn: what is drawn depends on where the package lies, and a zero hides a mutant.
    documents = [kit.layout.document(_numbered(kit, every_key, flat)) for flat in found]
    checker = Checker(edition)
    sound = [one for one in documents if not checker.check(one).findings]
    # The more numbers differ, the fewer cells can be taken for each other without a trace.
    return max(sound, key=lambda one: len({get_at(one, cell.pointer) for cell in edition.cells} - {0}))


def _numbered(kit: Kit, wish: Wish, flat: Flat) -> dict[str, JSONValue]:
    leaves = {leaf: _LEAST + _STEP * place for place, leaf in enumerate(kit.system.leaves)}
    numbers = fitted(kit, wish, [flat], leaves)
    units = {cell.unit_pointer: cell.units[0] for cell in kit.edition.cells if cell.unit_pointer}
    return {**flat, **numbers, **units}
