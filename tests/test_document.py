"""Pointers into documents, and changes that leave the given document alone."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.document import (
    MISSING,
    Document,
    as_document,
    get_at,
    join_pointer,
    order_like,
    parse_pointer,
    with_value,
)
from disclosure_spec.errors import InputError, UsageError

if TYPE_CHECKING:
    from disclosure_spec.document import JSONValue

REPORT: Document = {
    "requests": {"received": {"total": 3, "blank": None}},
    "notes": ["甲", {"a/b": "乙"}],
    "": 0,
}


@pytest.mark.parametrize(
    ("pointer", "parts"),
    [
        ("", ()),
        ("/", ("",)),
        ("/requests/received", ("requests", "received")),
        ("/a~1b/m~0n/~01", ("a/b", "m~n", "~1")),
        ("/一/ ", ("一", " ")),
    ],
)
def test_pointer_and_parts_are_two_spellings(pointer: str, parts: tuple[str, ...]) -> None:
    """A pointer splits into its keys, and the keys join into the same pointer."""
    assert parse_pointer(pointer) == parts
    assert join_pointer(parts) == pointer


@pytest.mark.parametrize("pointer", ["requests", "#/requests", "/a~", "/a~2b", " /a"])
def test_malformed_pointer_is_refused(pointer: str) -> None:
    """A pointer that RFC 6901 does not allow is an error of usage that repeats the pointer."""
    with pytest.raises(UsageError) as caught:
        parse_pointer(pointer)
    assert caught.value.code == "pointer.syntax"
    assert pointer in caught.value.wording.zh
    assert pointer in caught.value.wording.en


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("", REPORT),
        ("/", 0),
        ("/requests/received/total", 3),
        ("/requests/received/blank", None),
        ("/notes/0", "甲"),
        ("/notes/1/a~1b", "乙"),
    ],
)
def test_get_at_follows_keys_and_positions(pointer: str, value: object) -> None:
    """A pointer leads through objects by key and through arrays by position."""
    assert get_at(REPORT, pointer) == value


@pytest.mark.parametrize(
    "pointer",
    [
        "/absent",
        "/requests/received/total/more",
        "/requests/received/blank/more",
        "/notes/2",
        "/notes/-",
        "/notes/-1",
        "/notes/00",
        "/notes/²",
        "/notes/" + "9" * 5000,
    ],
)
def test_get_at_tells_missing_from_blank(pointer: str) -> None:
    """Where nothing stands the answer is `MISSING`, whatever the pointer asks for."""
    assert get_at(REPORT, pointer) is MISSING


def test_with_value_leaves_the_given_document_alone() -> None:
    """A changed document is a new one; the one given stays as it was."""
    before = deepcopy(REPORT)
    changed = with_value(REPORT, "/requests/received/total", 4)
    assert get_at(changed, "/requests/received/total") == 4
    assert before == REPORT
    assert list(changed) == list(REPORT)


def test_with_value_creates_the_objects_on_the_way() -> None:
    """Objects that the path needs and that are missing appear."""
    assert with_value({}, "/a/b~1c/d", None) == {"a": {"b/c": {"d": None}}}


def test_with_value_at_the_root_replaces_the_document() -> None:
    """The empty pointer stands for the whole document, which is copied."""
    new: Document = {"a": 1}
    result = with_value(REPORT, "", new)
    assert result == new
    assert result is not new


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/requests/received/total/deeper", "/requests/received/total"),
        ("/requests/received/blank/deeper", "/requests/received/blank"),
        ("/notes/0", "/notes"),
        ("", ""),
    ],
)
def test_with_value_refuses_a_path_through_something_else(pointer: str, place: str) -> None:
    """Text, numbers, blanks and arrays have no keys; the error says which part of the path that is."""
    with pytest.raises(UsageError) as caught:
        with_value(REPORT, pointer, 1)
    assert caught.value.code == "pointer.not_object"
    assert caught.value.place == place


def test_order_like_follows_the_template_at_every_depth() -> None:
    """Known keys take the template's order, unknown ones follow in their own, and values stay."""
    document: Document = {"z": 1, "b": {"y": [{"q": 1, "p": 2}], "x": 2}, "w": 3, "a": 4}
    before = deepcopy(document)
    ordered = order_like(document, {"a": None, "absent": None, "b": {"x": None, "y": None}})
    assert ordered == before
    assert document == before
    assert list(ordered) == ["a", "b", "z", "w"]
    inner = ordered["b"]
    assert isinstance(inner, dict)
    assert list(inner) == ["x", "y"]


def test_order_like_returns_a_copy() -> None:
    """Nothing in the ordered document is shared with the one given."""
    document: Document = {"a": {"b": 1}, "c": [{"d": 1}]}
    ordered = order_like(document, {"a": 1})
    assert ordered["a"] is not document["a"]
    assert ordered["c"] is not document["c"]


@pytest.mark.parametrize("value", [None, True, 1, "text", [], [{}]])
def test_only_an_object_is_a_document(value: JSONValue) -> None:
    """A value that is not an object is refused as a document."""
    with pytest.raises(InputError) as caught:
        as_document(value)
    assert caught.value.code == "document.not_object"
