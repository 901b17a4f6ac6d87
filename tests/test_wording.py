"""Words in two languages, and the fields of a message that are filled in."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from disclosure_spec.wording import LANGUAGES, Wording

GREETING = Wording("{name}，您好", "Hello, {name}")


def test_each_language_has_its_text() -> None:
    """A wording gives its text by language, and both as plain values."""
    assert [GREETING.get(language) for language in LANGUAGES] == ["{name}，您好", "Hello, {name}"]
    assert GREETING.as_json() == {"zh": "{name}，您好", "en": "Hello, {name}"}
    assert Wording.from_json(GREETING.as_json()) == GREETING


def test_fields_are_filled_in_both_languages() -> None:
    """A field is replaced by the value, or by a wording's text in the same language."""
    assert GREETING.fill(name=7) == Wording("7，您好", "Hello, 7")
    assert GREETING.fill(name=Wording("甲", "A")) == Wording("甲，您好", "Hello, A")
    assert Wording("{a}{b}{a}", "{b}").fill(a=Decimal("0.10"), b=0) == Wording("0.1000.10", "0")
    assert Wording("{name}，您好", "Hello, {name}") == GREETING


def test_fields_that_are_not_given_stay() -> None:
    """A field without a value stays as it is, and so do braces around anything else."""
    odd = Wording("{a} {} {A} {a b} {{a}} {1}", "{unknown}")
    assert odd.fill(a="x") == Wording("x {} {A} {a b} {x} {1}", "{unknown}")


def test_what_is_filled_in_is_not_filled_again() -> None:
    """A value that looks like a field is text, whatever the order of the fields."""
    both = Wording("{a}{b}", "{b}{a}")
    assert both.fill(a="{b}", b="{a}") == Wording("{b}{a}", "{a}{b}")
    assert GREETING.fill(name=Wording("{name}", "{name}")) == GREETING


def test_words_are_values() -> None:
    """Equal wordings are one in a set, and none can be changed."""
    assert len({Wording("甲", "A"), Wording("甲", "A"), Wording("甲", "B")}) == 2
    with pytest.raises(FrozenInstanceError):
        GREETING.zh = "再见"  # type: ignore[misc]
