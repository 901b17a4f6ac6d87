"""Tables on a terminal."""

from __future__ import annotations

from disclosure_spec.testing.columns import aligned, width


def test_chinese_character_takes_two_columns() -> None:
    """A wide character counts twice, also one of full width."""
    assert [width(one) for one in ("", "ab", "规则", "Ａ1")] == [0, 2, 4, 3]


def test_names_stand_left_and_numbers_right() -> None:
    """Columns are as wide as what is widest in them, whatever its letters."""
    assert [*aligned([["规则", "n"], ["ab", "12"]])] == ["规则   n", "ab    12"]
