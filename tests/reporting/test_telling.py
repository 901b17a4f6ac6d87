"""What every rendering says alike."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking import AppliedProfile, CellFact
from disclosure_spec.place import How, Place
from disclosure_spec.reporting.telling import place_words, profile_words, told, value_words, visible
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.document import JSONValue
    from disclosure_spec.inspection import Inspection


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "空白", "blank"),
        (0, "0", "0"),
        ("/", "/", "/"),
        (Decimal("96171.60"), "96171.60", "96171.60"),
        (Decimal("1E+2"), "100", "100"),
        (True, "true", "true"),
        ({"zh": "甲", "en": "A"}, "甲", "A"),
        ([1, None], "[1,null]", "[1,null]"),
    ],
)
def test_values_keep_apart_what_differs(value: JSONValue, zh: str, en: str) -> None:
    """Blank, 0, a mark and text are shown as four things; decimals keep their digits."""
    assert (value_words(value, "zh"), value_words(value, "en")) == (zh, en)


@pytest.mark.parametrize(
    "character", ["\x00", "\x1b", "\r", "\x85", "\u200f", "\u2028", "\u202e", "\u2066", "\ud800"]
)
def test_what_is_not_seen_is_shown_as_its_code(character: str) -> None:
    """Controls, marks of direction and halves of characters are shown; Chinese, tabs and line ends stay."""
    assert visible(f"甲{character}乙\t丙\n\u3000") == f"甲<U+{ord(character):04X}>乙\t丙\n\u3000"


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (None, "", ""),
        (Place(line=3), "文件第3行", "line 3 of the file"),
        (Place(line=3, how=How.EXACT), "文件第3行", "line 3 of the file"),
        (
            Place(line=3, how=How.SIMILAR, label="自然入"),
            "文件第3行（读取方式：按相近名称“自然入”）",
            "line 3 of the file (read by a similar label “自然入”)",
        ),
    ],
)
def test_places_say_how_a_value_was_matched(place: Place | None, zh: str, en: str) -> None:
    """A value read by its own label has its place alone; any other says by what it was read."""
    cell = CellFact("/a", Wording("甲", "A"), 1, place)

    assert place_words(cell) == Wording(zh, en)


def test_profile_that_changes_nothing_is_named(wrong: Inspection) -> None:
    """A profile is named with each change in words, and also where it changes nothing."""
    assert wrong.result.profile
    changed = profile_words(wrong.result.profile)
    same = profile_words(AppliedProfile("甲", "b" * 64, {}))

    assert "x.off 停用、x.less 警告、x.day 03-31" in changed.zh
    assert "x.off off, x.less warning, x.day 03-31" in changed.en
    assert same.zh.endswith("未更改规则。")


def test_findings_are_numbered_in_order(wrong: Inspection) -> None:
    """Every finding has one number, a consequence follows its cause and names it."""
    every = list(told(wrong.result))

    assert [one.number for one in every] == list(range(1, len(wrong.result.findings) + 1))
    assert [one.cause for one in every[:2]] == [None, 1]
