"""Laws of reading and writing: what is written is read back as it was, and the text says it in one way."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from disclosure_spec.document import (
    MISSING,
    Document,
    JSONValue,
    get_at,
    join_pointer,
    order_like,
    parse_pointer,
    with_value,
)
from disclosure_spec.errors import InputError
from disclosure_spec.strict_json import dumps_json, loads_json
from disclosure_spec.strict_yaml import dumps_yaml, loads_yaml

SETTINGS = settings(deadline=None, max_examples=300)

HARD_CHARACTERS = (
    " \t\r\n\v\f\0\a\x1b\x7f\x85\xa0\u2028\u2029\u3000\ufeff\ufffe\uffff\U0001f600\U0010ffff"
    "#:-?,.[]{}&*!|>'\"%@`~<=\\/+_0179eExXnNyY\u00b2\u0301一、。：“”（）"
)
HARD_WORDS = (
    "", "~", "null", "Null", "true", "no", "Yes", "on", "y", "010", "1:30", "1_0", "0x1", ".5", "5.", ".inf",
    "NaN", "2024-01-01", "1e5", "-1", "<<", "=", "---", "...", "--- a", "- a", "? a", ": a", "a: b", "a #b",
    "#a", "%a", " a", "a ", "a\n", "a\n\n", "\na", "a\n\nb", "a\n b", " a\nb", "a \nb", "a\tb\nc", "a\r\nb",
    "\n", "\n\n", "|", ">", "\\ud800", "{}", "[]", "a'b", 'a"b', "第一段。\n第二段：无。\n",
)  # fmt: skip

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(HARD_CHARACTERS, max_size=12),
    st.sampled_from(HARD_WORDS),
    st.lists(st.sampled_from(HARD_WORDS), max_size=4).map("\n".join),
)
decimals = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**15), 10**15), st.integers(1, 20)
)
scalars: st.SearchStrategy[JSONValue] = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**30) + 1, 10**30 - 1), decimals, texts
)
values: st.SearchStrategy[JSONValue] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=25,
)
documents: st.SearchStrategy[Document] = st.dictionaries(texts, values, max_size=5)


def spelled(value: JSONValue) -> object:
    """Return the value with what `==` passes over: types, decimal places, order of keys."""
    if isinstance(value, dict):
        return [(key, spelled(child)) for key, child in value.items()]
    if isinstance(value, list):
        return [spelled(item) for item in value]
    return type(value).__name__, str(value) if isinstance(value, Decimal) else value


@SETTINGS
@given(values, st.sampled_from([None, 0, 2, 4]))
def test_json_round_trip(value: JSONValue, indent: int | None) -> None:
    """A value written as JSON, with any indent, is read back the same, decimal places and order included."""
    text = dumps_json(value, indent)
    assert spelled(loads_json(text.encode())) == spelled(value)
    assert text.endswith("\n")
    assert text.count("\n") == 1 or indent is not None


@SETTINGS
@given(values)
@example({"a": [[{"b": "x\ny"}], [["", {"": []}]]]})
def test_yaml_round_trip(value: JSONValue) -> None:
    """A value written as YAML is read back the same, decimal places and key order included."""
    assert spelled(loads_yaml(dumps_yaml(value).encode())) == spelled(value)


@SETTINGS
@given(values)
def test_yaml_round_trip_without_libyaml(value: JSONValue) -> None:
    """The parser in Python reads written YAML exactly as the one in C does."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader", raising=False)
        assert spelled(loads_yaml(dumps_yaml(value))) == spelled(value)


@SETTINGS
@given(documents, st.data())
def test_comments_never_change_a_document(document: Document, data: st.DataObject) -> None:
    """Whatever the comments say, the document read back is the same."""
    pointers = st.sampled_from(["", *(join_pointer([key]) for key in document)])
    comments = data.draw(st.dictionaries(pointers, texts))
    assert spelled(loads_yaml(dumps_yaml(document, comments))) == spelled(document)


@SETTINGS
@given(st.decimals(-(10**20), 10**20, allow_nan=False, allow_infinity=False, places=None))
def test_whole_decimals_keep_their_value(number: Decimal) -> None:
    """A decimal reads back equal, in plain digits, whatever exponent it carries in memory."""
    if int(number.as_tuple().exponent) >= -30:
        assert loads_json(dumps_json(number)) == number
        assert loads_yaml(dumps_yaml(number)) == number
        assert "e" not in dumps_json(number).lower()


@SETTINGS
@given(st.lists(texts))
def test_pointer_round_trip(parts: list[str]) -> None:
    """Any keys survive being joined into a pointer and split again."""
    assert list(parse_pointer(join_pointer(parts))) == parts


@SETTINGS
@given(st.lists(texts, min_size=1, max_size=4), scalars)
def test_value_put_at_a_pointer_is_found_there(parts: list[str], value: JSONValue) -> None:
    """What is put at a pointer of an empty document is found there, and the empty document stays empty."""
    empty: Document = {}
    pointer = join_pointer(parts)
    found = get_at(with_value(empty, pointer, value), pointer)
    assert found is not MISSING
    assert spelled(found) == spelled(value)
    assert empty == {}


@SETTINGS
@given(documents, documents)
def test_ordering_changes_nothing_but_the_order(document: Document, template: Document) -> None:
    """A document ordered by any template is an equal document, and ordering it again changes nothing."""
    ordered = order_like(document, template)
    assert ordered == document
    assert list(order_like(ordered, template)) == list(ordered)


@SETTINGS
@given(st.binary() | texts | st.text(HARD_CHARACTERS))
def test_any_input_is_read_or_refused(data: bytes | str) -> None:
    """Whatever the bytes, reading ends in a value or in an error that explains itself, never in a crash."""
    for read in (loads_json, loads_yaml):
        try:
            read(data)
        except InputError as error:
            refusal = error
        else:
            continue
        assert refusal.code.split(".")[0] in {"json", "yaml", "encoding"}
        assert refusal.wording.zh
        assert refusal.wording.en
