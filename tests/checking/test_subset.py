"""The portable subset of JSON Schema, compiled: what it refuses to compile, and what a breach says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from disclosure_spec.checking.subset import accepts, compile_schema
from disclosure_spec.errors import SpecificationError


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [{"type": "string"}]},
        {"type": "object", "properties": {"a": {"multipleOf": 2}}},
        {"$ref": "#/$defs/nothing"},
        {"patternProperties": {"^x-": {"type": "string"}}},
    ],
)
def test_keyword_outside_the_subset_is_refused(schema: dict[str, Any]) -> None:
    """A keyword that is not compiled is an error, never ignored."""
    with pytest.raises(SpecificationError) as error:
        compile_schema(schema)
    assert error.value.code == "schema.keyword"


def test_breach_says_where_which_and_what() -> None:
    """A breach holds the path, the keyword, what it asks for and what stands there."""
    schema = {
        "$defs": {"n": {"type": "integer", "minimum": 0, "maximum": 9}},
        "properties": {"a": {"$ref": "#/$defs/n"}},
    }
    (breach,) = compile_schema(schema)({"a": 10})
    assert (breach.path, breach.keyword, breach.wanted, breach.instance) == (("a",), "maximum", 9, 10)
    assert breach.schema == {"type": "integer", "minimum": 0, "maximum": 9}


@pytest.mark.parametrize(
    ("schema", "value", "accepted"),
    [
        ({"type": "integer"}, Decimal("3.0"), True),
        ({"type": "integer"}, Decimal("3.5"), False),
        ({"type": "integer"}, True, False),
        ({"type": ["number", "null"]}, None, True),
        ({"enum": [1, None]}, True, False),
        ({"const": "1"}, 1, False),
        ({"minLength": 2}, "😀", False),
        ({"pattern": "^[0-9]+$"}, 7, True),
        ({}, [], True),
        # A key of one's own does not make up for one of the form.
        ({"properties": {"a": {}}, "required": ["a"], "patternProperties": {"^x-": {}}}, {"x-a": 1}, False),
    ],
)
def test_keyword_means_what_json_schema_says(schema: dict[str, Any], value: Any, accepted: bool) -> None:  # noqa: FBT001 - a column of the table
    """Decimals that are whole are integers, true is no number, lengths count characters."""
    assert accepts(schema)(value) is accepted
