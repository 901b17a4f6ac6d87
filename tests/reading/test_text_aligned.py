"""Tables that only spaces draw, as on a printed page."""

from __future__ import annotations

import pytest

from disclosure_spec.grid import Kind, Paragraph
from disclosure_spec.reading.text import read_text


def shape(text: str) -> list[tuple[Kind, list[list[str]]] | str]:
    """Return the blocks of a text in short."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else (block.kind, [[cell.text for cell in row] for row in block.rows])
        for block in read_text(text).blocks
    ]


def test_numbers_in_columns_are_a_table() -> None:
    """Lines that end in numbers are rows, what stands above them are titles, headings stay text."""
    text = "一、标题\n\n项目      甲      乙\n\n天        1       2\n地        3       4\n"

    assert shape(text) == [
        "一、标题",
        (Kind.GRID, [["项目", "甲", "乙"], ["天", "1", "2"], ["地", "3", "4"]]),
    ]


def test_a_blank_is_known_by_its_place() -> None:
    """Where whole rows show the columns, a gap is a blank cell."""
    text = "天        1       2       3\n地        4               6\n人        7       8       9\n"

    assert shape(text) == [(Kind.GRID, [["天", "1", "2", "3"], ["地", "4", "", "6"], ["人", "7", "8", "9"]])]


@pytest.mark.parametrize("short", ["地        4          6", "地                       6   5", "地   4  6"])
def test_a_number_between_columns_is_in_none(short: str) -> None:
    """A row whose numbers do not stand below others stays as short as it is, and the table is no grid."""
    text = f"天        1       2       3\n{short}\n人        7       8       9\n"
    ((kind, rows),) = (block for block in shape(text) if not isinstance(block, str))

    assert kind is Kind.PADDED
    assert len(rows[1]) == 3


def test_one_whole_row_shows_no_columns() -> None:
    """A single row may itself have lost a number, so nothing is put by it."""
    text = "天        1       2       3\n地        4               6\n"

    assert shape(text) == [(Kind.PADDED, [["天", "1", "2", "3"], ["地", "4", "6"]])]


@pytest.mark.parametrize(
    "lines",
    [
        ["1.很长的名", "            5       6", "称在此"],
        ["1.很长的名", "称在此      5       6"],
        ["1.很长的名  5       6", "称在此"],
        ["1.很长", "的名称在    5       6", "此"],
    ],
)
def test_a_label_of_several_lines_is_one(lines: list[str]) -> None:
    """The numbers of a row stand beside, above or between the lines of its label."""
    text = "\n".join(["项目        甲      乙", *lines, "2.别的      7       8", ""])
    blocks = shape(text)

    assert blocks[-1] == (
        Kind.GRID,
        [["项目", "甲", "乙"], ["1.很长的名称在此", "5", "6"], ["2.别的", "7", "8"]],
    )


def test_labels_of_groups_stand_beside_their_rows() -> None:
    """A label down the side of several rows becomes a text of its own, also over the end of a page."""
    text = (
        "            甲      乙\n"
        "     1.天   1       2\n三、\n     2.地   3       4\n本\n     3.人   5       6\n（四）无\n"
        "\f法供   4.物  7       8\n     5.事   9       0\n"
    )
    texts = [block for block in shape(text) if isinstance(block, str)]

    assert texts == ["三、本", "（四）无法供"]


def test_titles_of_several_lines_are_put_together_by_column() -> None:
    """The lines of a title stand above one another; a title of several columns stays apart."""
    text = "总的   另外\n\n结果   结果   合计\n维持   纠正\n\n1      2      3\n"

    assert shape(text)[-1] == (
        Kind.GRID,
        [["总的"], ["另外"], ["结果维持", "结果纠正", "合计"], ["1", "2", "3"]],
    )


def test_both_ways_of_counting_columns_are_known() -> None:
    """Some programs count a Chinese character as two columns, others as one."""
    wide = "名字很长的行  1   2   3\n短的行        4       6\n行            7   8   9\n"
    narrow = "名字很长的行  1   2   3\n短的行     4       6\n行       7   8   9\n"

    for text in (wide, narrow):
        assert shape(text)[0][1][1] == ["短的行", "4", "", "6"]


def test_a_number_behind_a_gap_alone_is_no_table() -> None:
    """A telephone number is not a row."""
    assert shape("请联系我们。\n电话  12345678\n") == ["请联系我们。", "电话  12345678"]


def test_page_numbers_are_no_values() -> None:
    """Where every page ends with its number, the numbers are left out; a value at an edge is kept."""
    assert shape("甲\n- 1 -\n\f乙\n- 2 -\n\f") == ["甲", "乙"]
    assert shape("甲\n7\n\f乙\n9\n\f") == ["甲", "7", "乙", "9"]


def test_wrapped_paragraphs_are_whole_again() -> None:
    """Lines broken at the edge of a page belong together, over the end of a page too."""
    line = "字" * 28
    lines = [
        f"    {line[:26]}",
        line,
        line,
        "短。",
        f"    {line[:26]}",
        line,
        "- 1 -\f" + line,
        "完。",
        "一、标题",
        "- 2 -\f",
    ]
    text = "\n".join(lines).replace("- 1 -", "-1-")

    first, second, heading = shape(text.replace("-1-\f", "-1-\n\f"))[:3]
    assert first == line[:26] + line + line + "短。"
    assert second == line[:26] + line + line + "完。"
    assert heading == "一、标题"


def test_the_beginning_of_another_rows_label_is_none() -> None:
    """A gap in a label makes two texts of it; the first is not the label of a later row that lost its own."""
    rows = ("项目                    甲      乙", "1.天（其中，  另外的）  1       2", " " * 24 + "5       6")
    text = "\n".join(rows)
    read = [row for block in shape(text) if not isinstance(block, str) for row in block[1]]

    assert read[-1] == ["5", "6"]
