"""Lines of text become tables, streams of cells and paragraphs."""

from __future__ import annotations

import pytest

from disclosure_spec import limits
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Kind, Paragraph, Table
from disclosure_spec.place import Place
from disclosure_spec.reading.text import read_text


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


def test_tabs_separate_cells() -> None:
    """Cells pasted from a spreadsheet come with tabs, and their blanks are real."""
    assert shape("甲\t1\t\t2\n\t乙\t3") == [(Kind.GRID, [["甲", "1", "", "2"], ["", "乙", "3"]])]


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
    ],
)
def test_what_no_report_holds_is_refused(text: str, code: str) -> None:
    """Each limit is an error of its own."""
    with pytest.raises(InputError) as caught:
        read_text(text)

    assert caught.value.code == code
