"""Markdown: rows as long as they are in the file, and what is shown without the marks."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.document import MISSING, get_at
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Kind, Paragraph, Role, Table
from disclosure_spec.limits import MAX_LINES, MAX_ROWS, MAX_TEXT_CHARACTERS
from disclosure_spec.marks import IDENTITY
from disclosure_spec.reading.markdown import read_markdown
from disclosure_spec.reading.sniff import sniff

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reading.conftest import Sample

    from disclosure_spec.reading import Reading

Rows = list[list[dict[str, Any]]]


def tables(text: str) -> list[list[list[str]]]:
    """Return the texts of the tables in a file."""
    blocks = read_markdown(text).blocks
    return [[[cell.text for cell in row] for row in one.rows] for one in blocks if isinstance(one, Table)]


def lines(text: str) -> list[str]:
    """Return the paragraphs of a file."""
    return [one.text for one in read_markdown(text).blocks if not isinstance(one, Table)]


def framed(rows: list[list[str]]) -> list[str]:
    """Draw rows as a table with pipes around them."""
    drawn = ["| " + " | ".join(row) + " |" for row in rows]
    return ["", drawn[0], "|" + "---|" * len(rows[0]), *drawn[1:], ""]


def only_cells(rows: Rows) -> list[str]:
    """Draw each cell once; the titles fill up the first row, as GFM wants it."""
    texts = [[cell["shown"] for cell in row] for row in rows]
    most = max(map(len, texts))
    return framed([texts[0] + [""] * (most - len(texts[0])), *texts[1:]])


def covered_blank(rows: Rows) -> list[str]:
    """Draw every column of every row, blank where a span covers it."""
    wide = max(cell["column"] + cell["colspan"] for row in rows for cell in row)
    texts = [[""] * wide for _ in rows]
    for cell in (cell for row in rows for cell in row):
        texts[cell["row"]][cell["column"]] = cell["shown"]
    return framed(texts)


def without_frames(rows: Rows) -> list[str]:
    """Draw rows with pipes between the cells only."""
    drawn = covered_blank(rows)
    return [line if line.startswith("|---") or not line else line[2:-2].rstrip() for line in drawn]


def stressed(rows: Rows) -> list[str]:
    """Draw every label and every number with a mark of its own."""
    marks = [("**", "**"), ("_", "_"), ("`", "`"), ("<b>", "</b>"), ("[", "](http://a.b/c)"), ("", "[^1]")]
    cells = (cell for row in rows for cell in row if cell["shown"])
    for number, cell in enumerate(cells):
        before, after = marks[number % len(marks)]
        cell["shown"] = before + cell["shown"] + after
    return only_cells(rows)


def a_table_a_row(rows: Rows) -> list[str]:
    """Draw each row as a table of its own, its rule below it."""
    return [line for row in rows for line in framed([[cell["shown"] for cell in row]])]


def rows_apart(rows: Rows) -> list[str]:
    """Draw a table with an empty line behind each row."""
    first, rule, *rest = only_cells(rows)[1:-1]
    return ["", first, rule, *(piece for line in rest for piece in (line, "")), ""]


DRAWINGS = [only_cells, covered_blank, without_frames, stressed, rows_apart]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_tables_of_markdown_are_read_whole(
    sample: Sample, reading_of: Callable[[str], Reading], draw: Callable[[Rows], list[str]]
) -> None:
    """However its tables are drawn, every number of a report is read."""
    reading = reading_of(sample.lines(draw))

    assert reading.format == "markdown"
    assert not sample.wrong(reading)
    assert not reading.unread


def test_tables_of_one_row_are_read_or_refused(sample: Sample, reading_of: Callable[[str], Reading]) -> None:
    """Where every row is a table, no number is another than printed."""
    assert not sample.wrong(reading_of(sample.lines(a_table_a_row)))


@pytest.mark.parametrize(
    ("draw", "every", "first"), [*product([*DRAWINGS, a_table_a_row], [2, 5, 7], [0, 1])]
)
def test_a_dropped_cell_moves_no_number(
    sample: Sample,
    reading_of: Callable[[str], Reading],
    draw: Callable[[Rows], list[str]],
    every: int,
    first: int,
) -> None:
    """A row that is shorter than the others is no row with a blank at its end."""

    def drop(rows: Rows) -> list[str]:
        kept = []
        for number, row in enumerate(rows):
            inputs = [cell for cell in row if cell["kind"] == "input"]
            lost = inputs[:: len(inputs) - 1 or 1][first : first + 1] if number % every == 0 else []
            kept.append([cell for cell in row if cell not in lost])
        return draw(kept)

    assert_nothing_else(sample, reading_of(sample.lines(drop)))


@pytest.mark.parametrize(("draw", "every"), [*product([*DRAWINGS, a_table_a_row], [2, 3, 5])])
def test_blanks_stay_where_they_are(
    sample: Sample, reading_of: Callable[[str], Reading], draw: Callable[[Rows], list[str]], every: int
) -> None:
    """Blank cells are read as blanks or refused, and no number moves into their place."""
    for cell in sample.edition.cells:
        if cell.index % every == 0:
            sample.printed[cell.pointer] = ""

    assert not sample.wrong(reading_of(sample.lines(draw)))


def assert_nothing_else(sample: Sample, reading: Reading) -> None:
    """Assert that no cell is read as a number that is not its own; of a dropped one nothing is known."""
    for cell in sample.edition.cells:
        found = get_at(reading.document, cell.pointer)
        assert found in (MISSING, None) or str(found) == sample.printed[cell.pointer], cell.pointer


def test_rows_are_as_long_as_in_the_file() -> None:
    """Cells are neither added to a short row nor taken from a long one, whatever the titles are."""
    assert tables("# 甲\n\n| 一 | 二 | 三 |\n|---|---|---|\n| 甲 | 1 |\n| 乙 | 1 | 2 | 3 |\n") == [
        [["一", "二", "三"], ["甲", "1"], ["乙", "1", "2", "3"]]
    ]
    assert tables("甲 | 1\n--- | --- | ---\n乙 | 2 | 3\n") == [[["甲", "1"], ["乙", "2", "3"]]]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("**1**", "1"),
        ("__*1*__", "1"),
        ("`1`", "1"),
        ("~~1~~", "~~1~~"),
        (r"1\*", "1*"),
        (r"甲\|乙", "甲|乙"),
        (r"`甲\|乙`", "甲|乙"),
        ("\\", "\\"),
        ("甲<br>乙", "甲\n乙"),
        ("<b>1</b>", "1"),
        ("1[^2]", "1"),
        ("1<sup>2</sup>", "1 2"),
        ("[1](http://a.b/c_d)", "1"),
        ("![图](a.png)", ""),
        ("&amp;&#49;", "&1"),
        ("3*4*", "34"),
        ("-", "-"),
    ],
)
def test_cells_show_their_text(cell: str, shown: str) -> None:
    """What stresses, links, escapes or breaks is no part of a cell; a footnote is no digit of a number."""
    assert tables(f"| 一 | 二 |\n|---|---|\n| 丙 | {cell} |\n") == [[["一", "二"], ["丙", shown]]]


def test_a_table_may_lack_its_rule_or_stand_in_prose() -> None:
    """Lines with pipes between lines without are a table; without a rule its last blanks are not certain."""
    content = read_markdown("# 甲\n\n前面。\n一 | 二\n---|---\n甲 | 1\n后面。\n\n乙 | 2\n丙 | 3 | |\n")

    assert [one.kind if isinstance(one, Table) else one.text for one in content.blocks] == [
        "甲",
        "前面。",
        Kind.GRID,
        "后面。",
        Kind.PADDED,
    ]


def test_a_cell_a_line_is_left_as_lines() -> None:
    """Where pipes give no rows, lines stay lines, and nothing is made of them."""
    assert lines("# 甲\n\n乙 |\n1 |\n2 |\n") == ["甲", "乙 |", "1 |", "2 |"]


def test_tables_in_html_are_read_with_their_spans() -> None:
    """A table in HTML may hold empty lines and Markdown, and has the lines of the file."""
    content = read_markdown(
        "# 甲\n\n<table>\n<tr><td rowspan=2>乙</td><td>1</td></tr>\n\n"
        "<tr><td>\n\n**2**\n\n</td></tr></table>\n"
    )
    table = content.blocks[-1]

    assert isinstance(table, Table)
    assert [[(one.text, one.rowspan, one.place.line) for one in row] for row in table.rows] == [
        [("乙", 2, 4), ("1", 1, 4)],
        [("2", 1, 6)],
    ]


def test_places_are_those_of_the_file() -> None:
    """Each block and each cell has the line where it stands, behind front matter and lists too."""
    content = read_markdown(
        "---\ntitle: '甲'\n---\n# 乙\n\n- 一\n- 二\n\n丙\n===\n\n```\n三\n四\n```\n\n"
        "| 丁 |  1 |\n|---|---|\n| 戊 | 2 |\n"
    )
    *texts, table = content.blocks

    assert content.titles == ("乙", "丙", "甲")
    assert [(one.text, one.place.line) for one in texts if not isinstance(one, Table)] == [
        ("乙", 4),
        ("一", 6),
        ("二", 7),
        ("丙", 9),
        ("三", 13),
        ("四", 14),
    ]
    assert isinstance(table, Table)
    assert [[one.place.line for one in row] for row in table.rows] == [[17, 17], [19, 19]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("## 一、甲", ["一、甲"]),
        ("##一、甲", ["一、甲"]),
        ("一、甲\n---", ["一、甲"]),
        ("乙。\n一、甲\n---", ["乙。", "一、甲"]),
        ("**一、甲**", ["一、甲"]),
        ("1. 甲\n2. 乙", ["1. 甲", "2. 乙"]),
        ("- [x] 甲", ["[x] 甲"]),
        ("    甲", ["甲"]),
        ("[^1]: 含上年", ["[^1]: 含上年"]),
        ("[甲]: 乙", ["[甲]: 乙"]),
        ("> 甲", ["甲"]),
        ("甲\n\n* * *\n\n乙", ["甲", "乙"]),
        ("一、甲\n（一）乙\n丙", ["一、甲", "（一）乙", "丙"]),
        ("---\n甲乙\n---\n", ["甲乙"]),
    ],
)
def test_text_is_shown_without_its_marks(text: str, shown: list[str]) -> None:
    """Headings, lists and quotes are paragraphs; nothing is lost as the target of a link."""
    assert lines(text) == shown


def test_lines_broken_by_hand_are_one_paragraph() -> None:
    """Chinese is joined without a space; a line that ends a sentence or begins an item stays one."""
    begun = "我局坚持公开为常态，不公开为例外，全面推进"

    assert lines(f"{begun}\n各项工作 open\ndata。") == [f"{begun}各项工作 open", "data。"]
    assert lines(f"{begun} open\ndata工作。\n第二段。") == [f"{begun} open data工作。", "第二段。"]
    assert lines(f"{begun}  \n各项工作。") == [begun, "各项工作。"]
    assert lines(f"**{begun}\n工作**。") == [f"{begun}工作。"]
    assert lines("\n".join([*[begun * 2] * 6, "完。"])) == [begun * 12 + "完。"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_end_as_they_do_anywhere(end: str) -> None:
    """Whatever ends the lines of a file, they are the same."""
    text = "---\ntitle: 甲\n---\n一 | 二\n---|---\n乙 | 1\n\n# 丙\n"

    assert read_markdown(text.replace("\n", end)) == read_markdown(text)
    assert sniff("一 | 二\r\n---|---\r\n乙 | 1\r\n".encode())[0] == "markdown"


def test_only_files_of_ours_mark_their_parts() -> None:
    """A heading within a text is no part of the form; in a file of ours all parts are marked."""
    text = "# 甲\n\n## 乙\n\n丙\n"

    assert {one.role for one in read_markdown(text).blocks if not isinstance(one, Table)} == {None}
    marked = read_markdown(f"<!-- {IDENTITY}: 1.0/2021 -->\n\n{text}")
    assert [one.role.value for one in marked.blocks if not isinstance(one, Table) and one.role] == [
        "title",
        "heading",
        "text",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# 甲\n乙", "markdown"),
        ("甲 | 乙\n--- | ---\n1 | 2", "markdown"),
        ("|甲|乙|\n|:-:|--:|\n", "markdown"),
        ("| 甲 |<br>乙|\n|:---:|---:|\n", "markdown"),
        ("甲 | 乙\n- | -\n1 | 2", "text"),
        ("甲 | 乙\n| - | - |\n", "text"),
        ("|---+---|\n| 1 | 2 |", "text"),
        ("<!DOCTYPE html>\n# 甲", "html"),
        ("甲\n---\n乙", "text"),
    ],
)
def test_markdown_is_known_by_headings_and_rules(text: str, kind: str) -> None:
    """A table of Markdown is enough; a row of dashes and other drawings are not."""
    assert sniff(text.encode())[0] == kind


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# 甲\n" * (MAX_LINES + 1), "read.too_many_lines"),
        ("甲 | 1\n--- | ---\n" + "乙 | 2\n" * MAX_ROWS, "read.too_many_rows"),
        ("[" * (MAX_TEXT_CHARACTERS + 1), "read.text_too_long"),
    ],
)
def test_what_no_report_holds_is_refused(text: str, code: str) -> None:
    """Limits are those of other formats."""
    with pytest.raises(InputError) as caught:
        read_markdown(text)

    assert caught.value.code == code


def test_a_heading_may_hold_a_pipe() -> None:
    """Behind the signs of a heading no table begins, in whatever width its pipes are."""
    for title in ("｜", "甲 | 乙"):
        (first, *_) = read_markdown(f"<!-- {IDENTITY}: 1.0/2021 -->\n\n# {title}\n\n## 一、总体情况\n").blocks

        assert isinstance(first, Paragraph)
        assert (first.text, first.role) == (title, Role.TITLE)
