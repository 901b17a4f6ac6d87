"""Web pages become the tables and paragraphs that can be seen on them."""

from __future__ import annotations

import pytest

from disclosure_spec import limits
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Paragraph, Table
from disclosure_spec.reading.html import read_html


def shape(page: str) -> list[list[list[str]] | str]:
    """Return the blocks of a page in short."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in read_html(page).blocks
    ]


def test_paragraphs_end_at_blocks_and_line_breaks() -> None:
    """Inline tags are part of a line, block tags and line breaks end it."""
    page = "<p>一<b>二</b><span>三</span><br>四</p><div>五<p>六</p>七</div>八"

    assert shape(page) == ["一二三", "四", "五", "六", "七", "八"]


def test_what_is_not_seen_is_not_read() -> None:
    """Scripts, the frame of the site and hidden parts are left out, the text behind them is not."""
    page = (
        "<nav>首页</nav><header>站名</header><script>1</script>甲<style>x</style>乙"
        "<p style='display: none'>丙</p><p hidden>丁</p><!-- 戊 --><footer>页脚</footer>己"
    )

    assert shape(page) == ["甲", "乙", "己"]


def test_cells_keep_lines_and_lose_spaces() -> None:
    """A cell holds its visible text; a blank made of no-break spaces is blank."""
    cells = ("<p>本年新<br/>制作</p>", "&nbsp;", " 1\n 2 ", "<p>3</p><p>4</p>")
    page = "<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>"

    assert shape(page) == [[["本年新\n制作", "", "1 2", "3\n4"]]]


@pytest.mark.parametrize("cell", ["3<sup>1</sup>", "3<sub>1</sub>"])
def test_a_footnote_mark_is_no_digit(cell: str) -> None:
    """A raised number does not become part of the number it stands at."""
    assert shape(f"<table><tr><td>甲</td><td>{cell}</td></tr></table>") == [[["甲", "3 1"]]]


def test_struck_out_numbers_are_gone() -> None:
    """A number that was struck out is not read together with its correction."""
    assert shape("<table><tr><td>甲</td><td><s>3</s>5</td></tr></table>") == [[["甲", "5"]]]


def test_input_fields_give_what_was_typed() -> None:
    """In a saved form the value of a field is the text of its cell."""
    page = "<table><tr><td>甲</td><td><input value='5'><input type=hidden value=9></td></tr></table>"

    assert shape(page) == [[["甲", "5"]]]


def test_tables_that_lay_out_a_page_are_walked_through() -> None:
    """Around the real tables an outer table is only a frame, and its rows with several cells stay rows."""
    page = (
        "<table><tr><td>标题</td></tr><tr><td>发布日期</td><td>2020-01-31</td></tr>"
        "<tr><td><p>一</p><table><tr><td>甲</td><td>1</td></tr></table>二</td></tr></table>"
    )

    assert shape(page) == ["标题", [["发布日期", "2020-01-31"]], "一", [["甲", "1"]], "二"]


def test_spans_move_the_cells_below() -> None:
    """A cell knows the column it stands in when the cells above it and before it are wide or tall."""
    (table,) = read_html(
        "<table><tr><td rowspan=2 colspan=2>甲</td><td>乙</td></tr>"
        "<tr><td>丙</td></tr><tr><td>丁</td><td>戊</td></tr></table>"
    ).blocks

    assert isinstance(table, Table)
    columns = {cell.text: (cell.row, cell.column) for row in table.rows for cell in row}
    assert columns == {"甲": (0, 0), "乙": (0, 2), "丙": (1, 2), "丁": (2, 0), "戊": (2, 1)}


@pytest.mark.parametrize(
    ("span", "read"),
    [
        ("100000", limits.MAX_SPAN),
        ("9" * 5000, limits.MAX_SPAN),
        ("0", 1),
        ("-3", 1),
        ("x", 1),
        (" 2 ", 2),
        ("", 1),
    ],
)
def test_hostile_spans_are_cut(span: str, read: int) -> None:
    """A span is at least one and at most the limit."""
    (table,) = read_html(
        f"<table><tr><td colspan='{span}' rowspan='{span}'>甲</td><td>乙</td></tr></table>"
    ).blocks

    assert isinstance(table, Table)
    assert (table.rows[0][0].colspan, table.rows[0][0].rowspan) == (read, read)


def test_titles_come_from_the_heading_and_the_head() -> None:
    """The first heading and the title of the page are kept aside."""
    page = "<head><title>年报 - 某网站</title></head><body><header><h1>年 报</h1></header>正文</body>"

    assert read_html(page).titles == ("年 报", "年报 - 某网站")


def test_deep_nesting_ends() -> None:
    """Thousands of nested tags neither recurse nor lose the text before them."""
    assert shape("甲" + "<div>" * 50_000 + "乙")[0] == "甲"


def test_a_page_of_nothing_is_refused() -> None:
    """A page without any element raises an error."""
    with pytest.raises(InputError) as caught:
        read_html("<!-- -->")

    assert caught.value.code == "read.no_content"
