"""Lines of text become tables, streams of cells and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec import limits
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Kind, Paragraph, Table
from disclosure_spec.place import Place
from disclosure_spec.reading.markdown import read_markdown
from disclosure_spec.reading.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_spec.grid import Content


def shape(text: str) -> list[tuple[Kind, list[list[str]]] | str]:
    """Return the blocks of a text in short."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else (block.kind, [[cell.text for cell in row] for row in block.rows])
        for block in read_text(text).blocks
    ]


def test_rows_with_pipes_are_a_table_whose_blanks_are_doubtful() -> None:
    """One row a line, with or without the last pipe, gives rows."""
    assert shape("甲 | 1 | |\n乙 | 2 | 3 |") == [(Kind.PADDED, [["甲", "1", ""], ["乙", "2", "3"]])]
    assert shape("甲 | 1 |\n乙 | 2 | 3") == [(Kind.PADDED, [["甲", "1", ""], ["乙", "2", "3"]])]
    assert shape("| 甲 | 1\n乙 | 2") == [(Kind.PADDED, [["", "甲", "1"], ["乙", "2"]])]


def test_markdown_tables_keep_their_blanks() -> None:
    """A rule below the titles makes a Markdown table, whose blank cells are real."""
    assert shape("| 甲 | 乙 |\n|:--|---|\n| 1 |  |") == [(Kind.GRID, [["甲", "乙"], ["1", ""]])]


def test_one_cell_a_line_is_a_stream() -> None:
    """A pipe alone is a blank cell; further pipes are what merged cells left behind."""
    assert shape("甲 | ||||\n1 |\n|\n2 |\n|||") == [(Kind.STREAM, [["甲", "1", "", "2"]])]


def test_pipes_that_add_up_give_rows_back() -> None:
    """Where the pipes of every row add up to one width, rows and blanks are certain."""
    assert shape("头 |\n||\n甲 |\n|\n2 |\n乙 |\n3 |\n|") == [
        (Kind.GRID, [["头"], ["甲", "", "2"], ["乙", "3", ""]])
    ]
    assert shape("头 | ||\n甲 |\n1 | |\n乙 |\n| |") == [(Kind.GRID, [["头"], ["甲", "1"], ["乙", ""]])]


def test_blanks_moved_to_the_end_are_not_certain() -> None:
    """Pipes at the end of a row may be blank cells as well as columns that a span covers."""
    assert shape("头 |\n||\n甲 |\n1 |\n2 |\n乙 |\n3 |\n|") == [
        (Kind.PADDED, [["头"], ["甲", "1", "2"], ["乙", "3", ""]])
    ]


def test_frames_may_be_missing_on_some_lines() -> None:
    """A row without the frame of the others has the same cells; an escaped pipe is text."""
    assert shape("| 甲 | 乙 |\n|---|---|\n丙 | 1\n| 丁\\|戊 | 2 |") == [
        (Kind.GRID, [["甲", "乙"], ["丙", "1"], ["丁|戊", "2"]])
    ]


def test_lines_without_frames_may_begin_and_end_with_blanks() -> None:
    """Where lines without a pipe at an edge have as many, those at the edges of other lines show blanks."""
    whole = [["甲", "乙", "丙"], ["", "1", ""], ["丁", "2", "3"]]

    assert shape("甲 | 乙 | 丙\n | 1 |\n丁 | 2 | 3") == [(Kind.GRID, whole)]
    assert shape("甲 | 乙 | 丙\n---|---|---\n | 1 |\n丁 | 2 | 3") == [(Kind.GRID, whole)]


def test_a_short_row_of_a_framed_table_has_no_blanks_at_its_edges() -> None:
    """As many pipes as the cells of the titles have between them do not make the frame of a row blanks."""
    assert shape("| 甲 | 乙 | 丙 | 丁 |\n|---|---|---|---|\n| 戊 | 1 |\n| 己 | 1 | 2 |") == [
        (Kind.GRID, [["甲", "乙", "丙", "丁"], ["戊", "1"], ["己", "1", "2"]])
    ]


def test_rows_of_another_width_than_their_rule_keep_no_blanks() -> None:
    """Beside columns that spans cover, a blank in a row that lost a cell may stand in any of them."""
    assert shape("| 甲 | | 乙 | 丙 |\n|---|---|---|---|\n| 丁 | | | 1 |\n| 戊 | | 2 |\n| 己 | | 3 | 4 |") == [
        (Kind.GRID, [["甲", "", "乙", "丙"], ["丁", "", "1"], ["戊", "2"], ["己", "3", "4"]])
    ]


def test_blank_cells_lost_at_the_end_are_not_certain() -> None:
    """Editors drop tabs at the end of lines: rows of several lengths are no grid."""
    assert shape("甲\t1\t\t2\n乙\t3") == [(Kind.PADDED, [["甲", "1", "", "2"], ["乙", "3"]])]


def test_tabs_separate_cells() -> None:
    """Cells pasted from a spreadsheet come with tabs, and their blanks are real."""
    assert shape("甲\t1\t\t2\n\t乙\t3\t4") == [(Kind.GRID, [["甲", "1", "", "2"], ["", "乙", "3", "4"]])]


def test_empty_lines_separate_and_no_break_spaces_are_cells() -> None:
    """In text copied from a browser only the line with a no-break space is a blank cell."""
    assert shape("甲\n\n\u00a0\n  \n乙") == ["甲", "", "乙"]


@pytest.mark.parametrize("line", ["首页 | 公开 | 年报", "甲 |", "\t一、总体情况 ", "a\tb |"])
def test_a_single_line_with_a_mark_is_text(line: str) -> None:
    """A stray pipe or tab does not make a table of a paragraph."""
    (block,) = read_text(f"前\n{line}\n后").blocks[1:2]

    assert isinstance(block, Paragraph)


@pytest.mark.parametrize("line", ["## 一、总体情况", "**一、总体情况**", "  一、总体情况\u3000"])
def test_markup_of_headings_is_dropped(line: str) -> None:
    """Marks of Markdown around a heading are no part of it."""
    assert shape(line) == ["一、总体情况"]


def test_a_sign_within_a_line_is_text() -> None:
    """Only at the beginning of a line the sign of a heading is one."""
    assert shape("甲 # 乙") == ["甲 # 乙"]


def test_places_name_the_line() -> None:
    """Every cell and paragraph knows its line, table, row and place in the row."""
    content = read_text("甲\n\n乙 | 1 |\n丙 | 2 |")

    assert isinstance(content.blocks[0], Paragraph)
    assert content.blocks[0].place.line == 1
    assert isinstance(content.blocks[1], Table)
    place = content.blocks[1].rows[1][1].place
    assert place == Place(line=4, column=2, raw="2")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a | b\n" * (limits.MAX_ROWS + 1), "read.too_many_rows"),
        ("a | b\nx\n" * 2 + "a | b\na | b\nx\n" * (limits.MAX_TABLES + 1), "read.too_many_tables"),
        ("a |" * (limits.MAX_COLUMNS + 1) + "\na | b", "read.too_many_columns"),
        ("a" * (limits.MAX_CELL_CHARACTERS + 1) + " | b\na | b", "read.cell_too_long"),
        ("a" * (limits.MAX_TEXT_CHARACTERS + 1), "read.text_too_long"),
        ("\n" * (limits.MAX_LINES + 1), "read.too_many_lines"),
    ],
)
def test_what_no_report_holds_is_refused(text: str, code: str) -> None:
    """Each limit is an error of its own."""
    with pytest.raises(InputError) as caught:
        read_text(text)

    assert caught.value.code == code


def test_an_empty_column_in_the_place_of_a_lost_cell_is_no_blank() -> None:
    """Behind the titles of a table stands an empty column; a shorter row that ends with it lost a cell."""
    rows = "甲\t乙\t丙\t\n丁\t1\t2\t\n戊\t\t4\t\n己\t3\t"

    assert shape(rows) == [
        (Kind.GRID, [["甲", "乙", "丙", ""], ["丁", "1", "2"], ["戊", "", "4"], ["己", "3"]])
    ]


@pytest.mark.parametrize(
    ("titles", "last"), [(("丁 | 戊 | ", "己 | 庚 | "), []), (("丁 | 戊", "己 | 庚"), [""])]
)
def test_a_column_empty_from_the_titles_down_is_none(titles: tuple[str, str], last: list[str]) -> None:
    """Its blanks are dropped where the columns that spans cover are left out; the first row is filled up."""
    lines = ["| 甲 | 乙 | | |", "|---|---|---|---|", *(f"| {one} |" for one in titles), "| 1 | 2 | 3 | |"]
    (table,) = read_text("\n".join(lines)).blocks

    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[-1]] == ["1", "2", "3", *last]


@pytest.mark.parametrize(
    "link",
    [
        "首页 > 政务公开 > 政府信息公开年报",
        "政务公开 > 信息公开年报 > 某县水利局年报",
        "相关链接：上一年政府信息公开工作年报的链接",
    ],
)
@pytest.mark.parametrize("made", [read_text, read_markdown])
def test_a_link_is_not_joined_with_the_title_below(made: Callable[[str], Content], link: str) -> None:
    """On a page that wraps its lines a line as long as they are goes on, but not one of the site."""
    title, lines = (
        "测试县水利局二〇二二年政府信息公开报告",
        ["本行与其他各行都有一样多的文字以便折行所用"] * 8,
    )

    texts = [one.text for one in made("\n".join([link, title, *lines])).blocks if isinstance(one, Paragraph)]

    assert texts[0] == link
    assert texts[1].startswith(title)


def test_commas_within_numbers_part_no_cells() -> None:
    """Rows of columns with as many large numbers each are no lines of CSV."""
    rows = ["甲        0    1,000    1,000", "乙    1,000        0    1,000", "丙    2,000    1,000        0"]
    (table,) = read_text("\n".join(rows)).blocks

    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [row.split() for row in rows]


def test_sentences_of_one_length_are_not_put_together() -> None:
    """Wrapping cuts sentences; lines that each end with one are paragraphs."""
    lines = [f"第{number}段：全年主动公开政府信息共计若干条。" for number in "一二三四五六"]

    assert shape("\n".join(lines)) == lines
    cut = [line.replace("。", "又") for line in lines]
    assert shape("\n".join(cut)) == ["".join(cut)]


@pytest.mark.parametrize(
    ("last", "shown"),
    [("戊\t1\t2\t", ["戊", "1", "2"]), ("戊\t1\t9\t2\t", ["戊", "1", "9", "2", ""])],
)
def test_a_row_longer_than_others_keeps_its_blanks(last: str, shown: list[str]) -> None:
    """Beside titles that do not stand above the numbers, a blank may be a cell if another was put in."""
    (table,) = read_text(f"甲\t乙\n丙\t3\t4\t\n丁\t5\t6\t\n{last}").blocks

    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[-1]] == shown


def test_a_blank_that_one_row_alone_has_behind_the_titles_stays() -> None:
    """It may be the last cell of the row, pushed out by one that was put in."""
    (table,) = read_text("甲\t乙\t丙\n丁\t3\t\n戊\t5\t7\t").blocks

    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[-1]] == ["戊", "5", "7", ""]
