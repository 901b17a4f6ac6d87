"""What is read out of strings of bytes: choices, and texts that match a pattern."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import Phase, find, given, seed, settings
from hypothesis import strategies as st

from disclosure_spec.testing.choices import Choices, matching, picked, places, string

SAME = settings(max_examples=300, deadline=None, database=None, phases=[Phase.generate])


def examples(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Return what a strategy gives, the same each time."""
    found: list[Any] = []

    @seed(1)
    @SAME
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    return found


@st.composite
def chosen(draw: st.DrawFn, names: tuple[str, ...], count: int) -> tuple[int, ...]:
    """Draw a choice of so many for each name."""
    choices = Choices(draw, places(names))
    return tuple(choices.below(name, count) for name in names)


@pytest.mark.parametrize("count", [3, 300])
def test_every_choice_is_made(count: int) -> None:
    """Each choice comes to everything it may, whether a byte is enough for it or not."""
    found = examples(chosen(("a", "b"), count))
    assert {first for first, _ in found} <= {*range(count)}
    assert len({first for first, _ in found}) > min(count, 100) // 2
    assert any(first != second for first, second in found)


def test_more_choices_than_one_string_holds() -> None:
    """There may be any number of choices, each of its own."""
    names = tuple(map(str, range(200)))
    assert len({*examples(chosen(names, 2))[-1]}) == 2


def test_choice_shrinks_alone() -> None:
    """A choice that matters shrinks to the least that will do, and the others to nothing."""
    assert find(chosen(("a", "b", "c"), 50), lambda one: one[1] >= 7) == (0, 7, 0)


def test_strings_have_the_length_asked_for() -> None:
    """A string may be empty, short or long."""

    @st.composite
    def strings(draw: st.DrawFn) -> tuple[int, bytes]:
        size = picked(draw, (0, 1, 78, 500))
        return size, string(draw, size)

    assert {(size, len(data)) for size, data in examples(strings())} == {(n, n) for n in (0, 1, 78, 500)}


@pytest.mark.parametrize("pattern", ["^[0-9]{6}$", "^x-[a-z0-9]", "[A-F]{100}", "^(ab|c)+$"])
def test_text_matches_its_pattern(pattern: str) -> None:
    """Texts match from end to end, whether the pattern is a plain one or not."""
    found = examples(matching(pattern))
    assert all(re.fullmatch(pattern.removeprefix("^"), one) for one in found)
    assert len({*found}) > 1


def test_some_codes_are_those_of_larger_units() -> None:
    """Of codes some end in zeros, and some do not."""
    found = examples(matching("^[0-9]{6}$"))
    assert 10 < sum(one.endswith("00") for one in found) < len(found) - 10
