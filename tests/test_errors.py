"""Errors are data: a code, words in two languages, a place; and they survive a trip between processes."""

from __future__ import annotations

import pickle

import pytest

from disclosure_spec.errors import DisclosureError, InputError, SpecificationError, UsageError
from disclosure_spec.wording import Wording

WORDS = Wording("第3行有误。", "Line 3 is wrong.")
KINDS = [InputError, SpecificationError, UsageError]


@pytest.mark.parametrize("kind", KINDS)
def test_error_carries_code_words_and_place(kind: type[DisclosureError]) -> None:
    """Every error has a stable code, its words in each language, and a place that may be empty."""
    error = kind("json.syntax", WORDS, "3:7")
    assert (error.code, error.wording, error.place) == ("json.syntax", WORDS, "3:7")
    assert error.message("zh") == "第3行有误。"
    assert error.message("en") == "Line 3 is wrong."
    assert str(error) == "第3行有误。 (Line 3 is wrong.)"
    assert not kind("json.syntax", WORDS).place


@pytest.mark.parametrize("kind", KINDS)
def test_one_except_catches_all(kind: type[DisclosureError]) -> None:
    """Every error of the package is one of a family of its own, and of no other's."""
    with pytest.raises(DisclosureError):
        raise kind("a.b", WORDS)
    assert not issubclass(kind, ValueError | OSError | LookupError)
    assert all(kind is other or not issubclass(kind, other) for other in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_error_survives_pickling(kind: type[DisclosureError]) -> None:
    """An error that comes back from another process says the same."""
    error = pickle.loads(pickle.dumps(kind("a.b", WORDS, "/overview")))  # noqa: S301 - our own bytes
    assert type(error) is kind
    assert (error.code, error.wording, error.place) == ("a.b", WORDS, "/overview")
    assert str(error) == str(kind("a.b", WORDS))
