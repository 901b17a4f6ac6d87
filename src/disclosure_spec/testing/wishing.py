"""What a document must be for a rule to apply to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from disclosure_spec.testing.choices import matching, picked
from disclosure_spec.testing.conditions import is_sum, terms
from disclosure_spec.testing.kit import Wish

if TYPE_CHECKING:
    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import Condition, Rule
    from disclosure_spec.testing.kit import Kit
    from disclosure_spec.testing.linear import Constraint


def wish_for(draw: st.DrawFn, kit: Kit, rule: Rule) -> Wish:
    """Draw what makes a rule apply: one of its alternatives."""
    return _wish(draw, kit, picked(draw, rule.applies_when)) if rule.applies_when else Wish()


def _wish(draw: st.DrawFn, kit: Kit, conditions: tuple[Condition, ...]) -> Wish:
    given: dict[str, JSONValue] = {}
    least: dict[str, int] = {}
    most: dict[str, int] = {}
    pins: dict[str, int] = {}
    constraints: list[Constraint] = []
    for condition in conditions:
        pointer = condition.pointers[0]
        if not is_sum(condition):
            given[pointer] = draw(_fitting(kit, condition))
        elif pointer not in kit.edition.cell_at:
            least |= {} if condition.minimum is None else {pointer: condition.minimum}
            most |= {} if condition.maximum is None else {pointer: condition.maximum}
        elif condition.minimum is not None:
            constraints.append(kit.system.weighed(terms(condition), ">=", -condition.minimum))
        else:
            pins |= dict.fromkeys((one for one, _ in kit.system.weighed(terms(condition), "=").terms), 0)
    return Wish(given=given, least=least, most=most, pins=pins, constraints=tuple(constraints))


@lru_cache(maxsize=64)
def _fitting(kit: Kit, condition: Condition) -> st.SearchStrategy[str]:
    """Return texts that meet the condition and the schema."""
    schema = kit.node_at[condition.pointers[0]].schema
    if condition.pattern is None:
        return st.sampled_from(
            [one for one in condition.values if one in schema.get("enum", condition.values)]
        )
    pattern = schema.get("pattern", "")
    return matching(condition.pattern).filter(lambda text: re.search(pattern, text) is not None)
