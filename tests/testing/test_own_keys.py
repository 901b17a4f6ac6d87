"""Keys of a body's own: what the schema lets in, and anything below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, find, given, seed, settings
from hypothesis import strategies as st

from disclosure_spec.testing.layout import Layout
from disclosure_spec.testing.own_keys import OwnKeys

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition


@st.composite
def keys(draw: st.DrawFn, own_keys: OwnKeys) -> dict[str, Any]:
    """Draw keys and what stands there."""
    return own_keys.draw(draw)


def test_keys_of_ones_own_hold_anything(edition: Edition) -> None:
    """Under a key of one's own stands every kind of JSON value, lists and objects with names of the form."""
    found: list[dict[str, Any]] = []

    @seed(1)
    @settings(max_examples=300, deadline=None, database=None, phases=[Phase.generate])
    @given(keys(OwnKeys(edition, Layout(edition.schema), "甲乙")))
    def collect(one: dict[str, Any]) -> None:
        found.append(one)

    collect()
    assert {type(value) for one in found for value in one.values()} == {
        type(None),
        bool,
        int,
        Decimal,
        str,
        list,
        dict,
    }
    names = {part for cell in edition.cells for part in cell.pointer.split("/")}
    inner = {key for one in found for value in one.values() if isinstance(value, dict) for key in value}
    assert names & inner
    assert inner - names


def test_smallest_key_of_ones_own_holds_nothing(edition: Edition) -> None:
    """Keys shrink to a single one, and what stands there to null."""
    ((_, value),) = find(keys(OwnKeys(edition, Layout(edition.schema), "甲")), bool).items()
    assert value is None


def test_schema_that_lets_no_keys_in_gets_none(edition: Edition) -> None:
    """Where the schema names every key there may be, none is made."""
    closed = Layout({**edition.schema, "properties": {}, "patternProperties": {}})
    assert find(keys(OwnKeys(edition, closed, "甲")), lambda _: True) == {}
