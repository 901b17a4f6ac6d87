"""A cell becomes a number only where nothing has to be guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from disclosure_spec.edition import Cell
from disclosure_spec.reading.values import Value, is_several_values, is_value_like, read_value
from disclosure_spec.wording import Wording


def cell(kind: str, unit: str | None = None, units: tuple[str, ...] = ()) -> Cell:
    """Return an input cell of a type."""
    return Cell(0, "/a", kind, Wording("甲", "A"), unit, units, "/a_unit" if units else None)


COUNT = cell("count")
CHANGE = cell("signed_count")
AMOUNT = cell("amount", unit="万元")
OPEN_AMOUNT = cell("amount", units=("元", "万元", "亿元"))


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u3000", "\u200b\ufeff", "\t\n"])
def test_nothing_visible_is_a_blank(text: str) -> None:
    """A cell with white space of any kind is blank, not 0."""
    assert read_value(text, COUNT) == Value(None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        (" 12 ", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234，567", 1234567),
        ("3件", 3),
        ("3 项", 3),
        ("3.0", 3),
        ("1.5", Decimal("1.5")),
        ("-3", -3),
        ("－3", -3),
        ("\u22123", -3),
        ("+3", 3),
    ],
)
def test_counts_are_read(text: str, number: int | Decimal) -> None:
    """Digits of either width, thousands marks, signs, counting words are understood; half a case too."""
    assert read_value(text, COUNT) == Value(number)


@pytest.mark.parametrize(
    "text",
    [
        "/",
        "-",
        "—",
        "无",
        "12abc",
        "1-2",
        "0012",
        "00",
        "1,23",
        "12,34",
        "1 234",
        "①",
        "²",
        "½",
        "一",
        "增加3",
        "3元",
        "1e3",
        "0x1",
        ".5",
        "5.",
        "--3",
        "9" * 31,
        "1\n2",
        "12%",
    ],
)
def test_anything_else_stays_as_printed(text: str) -> None:
    """A mark, a text or a doubtful number stays the text that is printed."""
    assert read_value(f" {text} ", COUNT) == Value(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("增加3", 3), ("减少 3", -3), ("增3", 3), ("减4", -4), ("减4项", -4), ("+1036", 1036)],
)
def test_a_change_may_be_written_in_words(text: str, number: int) -> None:
    """Where a sign may stand, the words for more and fewer are one."""
    assert read_value(text, CHANGE) == Value(number)


@pytest.mark.parametrize("text", ["减-4", "增减4", "减", "约减4"])
def test_half_a_change_stays_text(text: str) -> None:
    """Words and signs together, or words alone, are not a number."""
    assert read_value(text, CHANGE) == Value(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4068.208", Decimal("4068.208")),
        ("1,054.30", Decimal("1054.30")),
        ("52万元", 52),
        ("52元", "52元"),
        ("约52", "约52"),
        ("0.1.2", "0.1.2"),
    ],
)
def test_an_amount_keeps_the_unit_of_the_form(text: str, value: object) -> None:
    """An amount may repeat the unit of the form; with another unit it stays text, never converted."""
    assert read_value(text, AMOUNT) == Value(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("251000元", 251000, "元"),
        ("1054.3 万元", Decimal("1054.3"), "万元"),
        ("2亿元", 2, "亿元"),
        ("7", 7, None),
    ],
)
def test_an_amount_may_state_its_own_unit(text: str, value: object, unit: str | None) -> None:
    """Where the form prints no unit, the one that is printed with the number is kept beside it."""
    assert read_value(text, OPEN_AMOUNT) == Value(value, unit)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "0", "-10", "减4", "251000元", "3件", "/", "——", "无", "12.5%", "0012"])
def test_values_are_told_from_labels(text: str) -> None:
    """What can stand in a cell of the form is recognised as such."""
    assert is_value_like(text)


@pytest.mark.parametrize("text", ["规章", "1.属于国家秘密", "（七）总计", "-3-", "无法提供", "2020年", "1."])
def test_labels_are_not_values(text: str) -> None:
    """A label with a number in it is no value."""
    assert not is_value_like(text)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("12 34", True),
        ("12件3", True),
        ("1\n2", True),
        ("12", False),
        ("12件", False),
        ("无 3年", False),
        ("", False),
    ],
)
def test_two_numbers_are_told_from_one(text: str, *, several: bool) -> None:
    """Numbers put into one cell stand apart, or each has its unit; a remark is something else."""
    assert is_several_values(text) is several
