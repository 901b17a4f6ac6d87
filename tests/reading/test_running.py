"""Labels and digits run together are parted at the labels of the form, and prose is left alone."""

from __future__ import annotations

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.reading.running import RunningText

EDITION = installed().edition("2021")
FIRST, SECOND = (section for section in EDITION.sections if len(section.rows) > 1)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("规章000行政规范性文件8855698第二十条第（五）项", ["000", "8855698"]),
        ("行政许可10690第二十条第（六）项信息内容本年处理决定数量行政处罚2113", ["10690", "2113"]),
        ("行政事业性收费9116.36", ["9116.36"]),
        ("规章0 00行政规范性文件1 2 3", ["0", "00", "1", "2", "3"]),
    ],
)
def test_values_stand_between_labels(line: str, values: list[str]) -> None:
    """What lies between two labels is what is printed for the first."""
    assert [piece.text for piece in RunningText(FIRST).cut(line) if piece.is_value] == values


def test_the_number_of_a_label_is_not_the_end_of_a_value() -> None:
    """In `00000002.其他…` the last digit begins the label that follows."""
    pieces = RunningText(SECOND).cut(
        "1.属于国家秘密00000002.其他法律行政法规禁止公开 00000003.危及“三安全一稳定” 1"
    )

    assert [piece.text for piece in pieces] == [
        "1.属于国家秘密",
        "0000000",
        "2.其他法律行政法规禁止公开",
        "0000000",
        "3.危及“三安全一稳定”",
        "1",
    ]


def test_a_note_behind_a_label_belongs_to_it() -> None:
    """Offices put notes into brackets between a label and its values."""
    pieces = RunningText(FIRST).cut("规章（设区的市提供）000行政许可（不含证照）12")

    assert [piece.text for piece in pieces if piece.is_label] == [
        "规章（设区的市提供）",
        "行政许可（不含证照）",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "今年以来，主动公开规范性文件类信息5条，行政处罚类15条。",
        "本局没有行政许可、行政处罚和行政强制事项。",
        "规章 0 0 0",
        "2022年收到申请12件",
        "",
    ],
)
def test_prose_stays_one_text(line: str) -> None:
    """A sentence that mentions rows, or a line whose cells are apart, is not taken apart here."""
    assert [piece.text for piece in RunningText(FIRST).cut(line)] == [line]
