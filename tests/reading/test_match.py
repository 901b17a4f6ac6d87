"""Rows meet the form by their labels and values by their order, in every layout met in use."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reading.conftest import Sample

    from disclosure_spec.reading import Reading

Rows = list[list[dict[str, Any]]]


def cell_a_line(rows: Rows) -> list[str]:
    """Draw each cell on a line of its own, the columns lost by spans as pipes after the row."""
    lines: list[str] = []
    for row in rows:
        lines += [f"{cell['shown']} |".strip() for cell in row]
        lines += ["|" * lost] if (lost := sum(cell["colspan"] for cell in row) - len(row)) else []
    return lines


def row_a_line(rows: Rows) -> list[str]:
    """Draw each row on a line, the columns lost by spans as pipes at its end."""
    return [
        "".join(f"{cell['shown']} | " for cell in row) + "|" * sum(cell["colspan"] - 1 for cell in row)
        for row in rows
    ]


def without_pipes(rows: Rows) -> list[str]:
    """Draw each cell on a line of its own, as a browser copies it; a blank is a no-break space."""
    return [cell["shown"] or "\u00a0" for row in rows for cell in row]


def markdown(rows: Rows) -> list[str]:
    """Draw a Markdown table."""
    lines = ["| " + " | ".join(cell["shown"] for cell in row) + " |" for row in rows]
    return [lines[0], "|---|---|", *lines[1:], ""]


def tabbed(rows: Rows) -> list[str]:
    """Draw rows as a spreadsheet copies them."""
    return ["\t".join(cell["shown"] for cell in row) for row in rows]


def spaced(rows: Rows) -> list[str]:
    """Draw rows as a PDF gives them."""
    return ["   ".join(cell["shown"] for cell in row) for row in rows]


DRAWINGS = [cell_a_line, row_a_line, without_pipes, markdown, tabbed, spaced]


def codes(reading: Reading) -> set[str]:
    """Return the codes of all notes."""
    return {note.code for note in reading.notes}


def table(*rows: str, heading: str = "二、主动公开政府信息情况") -> str:
    """Return a page with one table; cells are separated by a slash-free bar."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return f"<p>{heading}</p><table>{body}</table>"


HEAD = "信息内容|本年制发件数|本年废止件数|现行有效件数"
OLD_HEAD = "信息内容|上一年项目数量|本年增/减|处理决定数量"
RULES = "/proactive_disclosure/administrative_rules"


def test_a_page_of_the_official_shape_is_read_whole(
    sample: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Every cell of the form is read, with its place, and nothing is left to say."""
    reading = reading_of(sample.page())

    assert not sample.wrong(reading)
    assert not reading.unread
    assert not reading.notes
    assert {cell.pointer for cell in sample.edition.cells} <= set(reading.sources)
    assert reading.document["overview"] == "第一段。\n第二段。"


@pytest.mark.parametrize("draw", DRAWINGS)
def test_text_of_every_kind_is_read_whole(
    sample: Sample, reading_of: Callable[[str], Reading], draw: Callable[[Rows], list[str]]
) -> None:
    """A report with all cells filled in survives every way of turning it into text."""
    reading = reading_of(sample.lines(draw))

    assert not sample.wrong(reading)
    assert not reading.unread


@pytest.mark.parametrize("draw", [cell_a_line, row_a_line, without_pipes, tabbed, spaced])
@pytest.mark.parametrize("every", [2, 3, 5, 7])
def test_blank_cells_never_move_a_number(
    sample: Sample, reading_of: Callable[[str], Reading], draw: Callable[[Rows], list[str]], every: int
) -> None:
    """Where blanks may be lost a row is refused; no number comes to stand in another cell."""
    for cell in sample.edition.cells[::every]:
        sample.printed[cell.pointer] = ""

    assert not sample.wrong(reading_of(sample.lines(draw)))


@pytest.mark.parametrize("every", [2, 3, 5])
def test_dropped_blank_cells_are_refused(
    sample: Sample, reading_of: Callable[[str], Reading], every: int
) -> None:
    """A row from which blank cells were dropped is short, and short rows are not read."""
    for cell in sample.edition.cells[::every]:
        sample.printed[cell.pointer] = ""

    reading = reading_of(
        sample.lines(lambda rows: [f"{c['shown']} |" for row in rows for c in row if c["shown"]])
    )

    assert not sample.wrong(reading)
    assert "row.short" in codes(reading)


@pytest.mark.parametrize("blank", ["&nbsp;", "\u3000", "", " <br/> "])
def test_blanks_of_a_page_are_blanks(
    sample: Sample, reading_of: Callable[[str], Reading], blank: str
) -> None:
    """A printed blank is None and established, not unread."""
    page = sample.page().replace(">7</td>", f">{blank}</td>")
    pointer = sample.edition.cells[6].pointer

    reading = reading_of(page)

    assert get_at(reading.document, pointer) is None
    assert not reading.unread


@pytest.mark.parametrize(
    "change",
    [
        lambda page: re.sub(r' (?:row|col)span="\d+"', "", page),
        lambda page: page.replace("（", "(").replace("）", ")").replace("，", ","),
        lambda page: page.replace("、", "，").replace("“", '"').replace("”", '"'),
        lambda page: re.sub(r"(\d)\.", r"\1、", page),
        lambda page: page.replace("第二十条", "第二十条 ").replace("商业企业", "商业<br>企业"),
        lambda page: re.sub(r"<tr>(<td[^>]*>第二十条)", r"</table><table><tr>\1", page),
        lambda page: page.replace("<td", "<th").replace("</td", "</th"),
        lambda page: re.sub(r"<td([^>]*)>", r'<td nowrap\1><p align="center"><span>', page),
        lambda page: f"<table><tr><td>{page}</td></tr></table>",
        lambda page: page.upper().replace("UTF-8", "utf-8"),
    ],
)
def test_variants_of_the_layout_change_nothing(
    sample: Sample, reading_of: Callable[[str], Reading], change: Callable[[str], str]
) -> None:
    """Lost spans, other brackets, split tables and paste from Word leave every value in place."""
    reading = reading_of(change(sample.page()))

    assert not sample.wrong(reading)
    assert not {cell.pointer for cell in sample.edition.cells} & reading.unread


@pytest.mark.parametrize(
    ("rows", "unread"),
    [
        ("<tr><td></td>{}</tr>", set()),
        ("<tr>{}<td></td></tr>", {"remedies"}),
        ("<tr><td></td>{}<td></td></tr>", {"remedies"}),
    ],
)
@pytest.mark.parametrize("last", ["", "3"])
def test_empty_columns_move_nothing(
    sample: Sample, reading_of: Callable[[str], Reading], rows: str, unread: set[str], last: str
) -> None:
    """Beside an empty column labelled rows are read; a row without label is not if one stands behind it."""
    sample.printed[sample.edition.cells[-1].pointer] = last

    reading = reading_of(re.sub("<tr>(.*?)</tr>", lambda row: rows.format(row[1]), sample.page()))

    assert not sample.wrong(reading)
    assert {p.split("/")[1] for p in reading.unread} == unread


def test_lost_vertical_merges_change_nothing(sample: Sample, reading_of: Callable[[str], Reading]) -> None:
    """Empty cells that stand where a title spanned several rows are no row of blanks."""
    page = re.sub(r'rowspan="[23]"', 'rowspan="1"', sample.page())
    page = page.replace('<tr><td rowspan="1" colspan="1">商业企业', "<tr><td></td><td>商业企业")
    page = re.sub(
        r"<tr>(<td[^>]*>结果维持</td>(?:<td[^>]*>[^<]*</td>){9}</tr>)",
        r"<tr>" + "<td></td>" * 5 + r"\1",
        page,
    )

    reading = reading_of(page)

    assert not sample.wrong(reading)
    assert not {cell.pointer for cell in sample.edition.cells} & reading.unread


def test_a_table_of_four_columns_is_read_by_order(old: Sample, reading_of: Callable[[str], Reading]) -> None:
    """Where the first table has other spans than the form its values still go by their order."""
    page = old.page().replace('colspan="2"', 'colspan="1"')

    assert not old.wrong(reading_of(page))


def test_a_page_in_gb18030_is_read(sample: Sample) -> None:
    """A page saved in the national encoding under its old name is read like any other."""
    page = sample.page().replace("utf-8", "gb2312").encode("gb18030")

    assert not sample.wrong(read(page, name="年报.doc"))


def test_an_amount_keeps_its_printed_unit(old: Sample, reading_of: Callable[[str], Reading]) -> None:
    """The unit beside the number, or in the column title, is kept; none is invented."""
    amount = "/proactive_disclosure/central_procurement/amount"
    plain = reading_of(old.page()).document
    old.printed[amount] = "251000元"
    beside = reading_of(old.page()).document
    old.printed[amount] = "25.1"
    titled = reading_of(old.page().replace("采购总金额", "采购总金额（万元）")).document

    assert get_at(plain, amount + "_unit") is None
    assert (get_at(beside, amount), get_at(beside, amount + "_unit")) == (251000, "元")
    assert get_at(titled, amount + "_unit") == "万元"


def test_a_change_in_words_is_a_number(old: Sample, reading_of: Callable[[str], Reading]) -> None:
    """An increase in words is read in the cells that have a sign, and only there."""
    change, count = (f"/proactive_disclosure/licensing/{key}" for key in ("items_change", "items_last_year"))
    old.printed |= {change: "增加3", count: "增加3"}

    document = reading_of(old.page()).document

    assert get_at(document, change) == 3
    assert get_at(document, count) == "增加3"


def test_marks_and_text_stay_as_printed(reading_of: Callable[[str], Reading]) -> None:
    """A slash and a remark in cells for numbers are kept, never turned into nought."""
    document = reading_of(table(HEAD, "规章|/|见附件|—")).document

    assert get_at(document, RULES) == {"issued": "/", "repealed": "见附件", "in_force": "—"}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("规章|1|2", "row.short"),
        ("规章|1|2|3|4", "row.surplus"),
        ("规章|其中：市级|1|2|3", "row.surplus"),
        ("规章", "row.alone"),
        ("规章制度|1|2|3", "row.unplaced"),
        ("1|2|3", "row.unplaced"),
        ("规范性文件|1|2|3", "row.unplaced_other_edition"),
        ("总计|1|2|3", "row.unplaced"),
        ("一、本年新收政府信息公开申请数量|1|2|3|4|5|6|7", "row.elsewhere"),
    ],
)
def test_rows_that_do_not_fit_are_refused_whole(
    reading_of: Callable[[str], Reading], row: str, code: str
) -> None:
    """A row with too few or too many cells, or without a place, fills no cell and is noted."""
    page = table(HEAD, row) + "<p>三、收到和处理政府信息公开申请情况</p>"

    reading = reading_of(page)

    assert code in codes(reading)
    assert {cell.pointer for cell in reading.edition.cells} <= reading.unread


def test_a_cell_inserted_before_a_blank_is_noticed(reading_of: Callable[[str], Reading]) -> None:
    """A blank too many is an empty column only where other rows have it too, whatever the titles say."""
    inserted = reading_of(table(HEAD, "规章|1|9|2|", "行政规范性文件|1|2|3"))
    widened = reading_of(table(HEAD + "|", "规章|1|9|2|", "行政规范性文件|1|2|3"))
    empty_column = reading_of(table(HEAD + "|", "规章|1|9|2|", "行政规范性文件|1|2|3|"))

    for reading in (inserted, widened):
        assert RULES + "/issued" in reading.unread
        assert "row.uneven" in codes(reading)
        assert get_at(reading.document, "/proactive_disclosure/normative_documents/in_force") == 3
    assert get_at(empty_column.document, RULES + "/in_force") == 2


def test_a_cell_taken_beside_an_empty_column_is_noticed(reading_of: Callable[[str], Reading]) -> None:
    """Where every row ends in an empty column the one that does not has lost a cell before it."""
    reading = reading_of(table(HEAD + "|", "规章|1|3|", "行政规范性文件|1|2|3|"))

    assert RULES + "/issued" in reading.unread
    assert "row.uneven" in codes(reading)


def test_a_row_refused_once_is_not_taken_from_another_table(reading_of: Callable[[str], Reading]) -> None:
    """Where the row of the report is damaged that of another table is not read in its place."""
    reading = reading_of(table(HEAD, "规章|1|2") + table(HEAD, "规章|7|8|9"))

    assert RULES + "/issued" in reading.unread


def test_a_row_without_label_refused_once_is_not_taken_from_another_table(
    new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Where the row below the titles is short that of another table is not read in its place."""
    section = new.edition.sections[3]
    right = new.table(section)
    short = re.sub(r"<td[^>]*>200</td>", "", right)
    assert short != right

    reading = reading_of(new.page().replace(right, short + right))

    assert {cell.pointer for row in section.rows for cell in row.cells} <= reading.unread


def test_tables_that_contradict_each_other_lend_no_row(reading_of: Callable[[str], Reading]) -> None:
    """A row that only one of two contradicting tables has may belong to another report."""
    reading = reading_of(
        table(HEAD, "规章|1|2|3") + table(HEAD, "规章|1|8|3", "行政规范性文件|4|5|6", heading="")
    )

    assert get_at(reading.document, RULES) == {"issued": 1, "repealed": None, "in_force": 3}
    assert "/proactive_disclosure/normative_documents/issued" in reading.unread
    assert {"cell.conflict", "cell.doubtful"} <= codes(reading)


def test_one_table_that_holds_two_lends_no_row(reading_of: Callable[[str], Reading]) -> None:
    """A table that contradicts itself in several rows is two, and what is in one of them is in doubt."""
    first = ("规章|1|2|3", "行政规范性文件|4|5|6")
    second = ("规章|7|8|9", "行政规范性文件|1|2|3", "行政许可|5")

    reading = reading_of(table(HEAD, *first, *second))

    assert "cell.doubtful" in codes(reading)
    assert {cell.pointer for cell in reading.edition.cells} <= reading.unread


def test_swapped_titles_hold_for_the_whole_block_of_titles(
    new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Titles in good order below swapped ones do not make the columns good."""
    page = new.page().replace("自然人", "§").replace(">总计<", ">自然人<", 1).replace("§", "总计", 1)

    reading = reading_of(page)

    assert "columns.order" in codes(reading)
    assert "/requests/received/total" in reading.unread


def test_titles_swapped_in_one_of_equal_groups_are_noticed(
    new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Titles that recur in every group stand side by side as on the form, or the columns are not read."""
    head, _, tail = new.page().partition("复议后起诉")
    reading = reading_of(
        head
        + "复议后起诉"
        + tail.replace("结果维持", "§", 1).replace("结果纠正", "结果维持", 1).replace("§", "结果纠正", 1)
    )

    assert "columns.order" in codes(reading)
    assert "/remedies/reconsideration/total" in reading.unread


def test_the_last_blank_of_a_padded_row_is_in_doubt(reading_of: Callable[[str], Reading]) -> None:
    """In text with pipes a blank at the end may be a lost column, on a page it is a blank."""
    page = reading_of(table(HEAD, "规章|3|3|"))
    text = reading_of("二、主动公开政府信息情况\n" + HEAD.replace("|", " | ") + " |\n规章 | 3 | 3 | |")

    assert get_at(page.document, RULES + "/in_force") is None
    assert RULES + "/in_force" not in page.unread
    assert RULES + "/in_force" in text.unread
    assert "row.padding" in codes(text)


def test_two_values_for_one_cell_are_a_conflict(reading_of: Callable[[str], Reading]) -> None:
    """A cell printed twice is read when both agree; otherwise it is nobody's."""
    reading = reading_of(table(HEAD, "规章|1|2|3", "规章|1|5|3"))

    assert get_at(reading.document, RULES) == {"issued": 1, "repealed": None, "in_force": 3}
    assert RULES + "/repealed" in reading.unread
    (conflict,) = [note for note in reading.notes if note.code == "cell.conflict"]
    assert conflict.pointers == (RULES + "/repealed",)
    assert "2、5" in conflict.wording.zh


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("信息内容|本年废止件数|本年制发件数|现行有效件数", "columns.order"),
        ("信息内容|上一年项目数量|本年增/减|处理决定数量", "columns.other_edition"),
    ],
)
def test_columns_that_are_not_those_of_the_form_stop_the_rows(
    reading_of: Callable[[str], Reading], head: str, code: str
) -> None:
    """Rows under swapped columns, or those of another edition, are refused until good titles follow."""
    reading = reading_of(table(head, "规章|1|2|3", HEAD, "行政规范性文件|4|5|6"))

    assert code in codes(reading)
    assert RULES + "/issued" in reading.unread
    assert get_at(reading.document, "/proactive_disclosure/normative_documents/in_force") == 6


def test_another_unit_in_the_column_title_stops_the_row(
    new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """An amount under a title in yuan is not read as one in ten thousand yuan."""
    reading = reading_of(new.page().replace("（单位：万元）", "（单位：元）"))

    assert "columns.unit" in codes(reading)
    assert "/proactive_disclosure/charges/amount_wan_yuan" in reading.unread


def test_a_row_of_the_old_form_is_not_squeezed_into_the_new(
    old: Sample, new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Under the labels of one edition the table of another gives what both have; the rest is noted."""
    tables = {sample.edition.name: sample.table(sample.edition.sections[2]) for sample in (old, new)}
    reading = reading_of(new.page().replace(tables["2021"], tables["2019"]))

    (unplaced,) = [note for note in reading.notes if note.code == "row.unplaced_other_edition"]
    assert reading.edition.name == "2021"
    assert unplaced.pointers
    assert set(unplaced.pointers) <= reading.unread
    assert get_at(reading.document, "/requests/outcomes/total/total") is not None


def test_rows_without_labels_are_not_given_one(reading_of: Callable[[str], Reading]) -> None:
    """Numbers that follow a group without the labels of its rows belong to nobody."""
    numbers = "\n".join(["0 |"] * 21)
    text = (
        "本年制发件数 |\n三、收到和处理政府信息公开申请情况\n（三）不予公开 |\n"
        f"{numbers}\n四、结转下年度继续办理 |\n" + "1 |\n" * 7
    )

    reading = reading_of("二、主动公开政府信息情况\n" + text)

    assert "row.unplaced_group" in codes(reading)
    assert get_at(reading.document, "/requests/carried_forward/total") == 1
    assert get_at(reading.document, "/requests/outcomes/refused/state_secret/total") is None


def test_a_table_in_prose_is_named_and_not_read(sample: Sample, reading_of: Callable[[str], Reading]) -> None:
    """A table of the same labels in the text of the overview does not compete with the form's own."""
    section = sample.edition.sections[1]
    other = sample.table(section).replace(">1<", ">99<")
    page = sample.page().replace("<p>第一段。</p>", f"<p>第一段。</p>{other}", 1)

    reading = reading_of(page)

    assert not sample.wrong(reading)
    assert codes(reading) == {"table.in_prose"}


def test_tables_are_read_without_their_headings(sample: Sample, reading_of: Callable[[str], Reading]) -> None:
    """Where the heading of a part is missing its rows are known by their labels alone."""
    page = sample.page()
    for section in sample.edition.sections:
        page = page.replace(f"<p>{section.heading.zh}</p>", "")

    reading = reading_of(page)

    assert not sample.wrong(reading)
    assert not {cell.pointer for cell in sample.edition.cells} & reading.unread
    assert {"/overview", "/other_matters"} <= reading.unread


def test_a_table_split_by_groups_of_columns_is_read(
    new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """The last table may come in three pieces, each under the name of its group."""
    pieces = "".join(
        f"<p>{name}</p><table><tr><td>结果维持</td><td>结果纠正</td><td>其他结果</td><td>尚未审结</td><td>总计</td></tr>"
        f"<tr>{''.join(f'<td>{start + at}</td>' for at in range(5))}</tr></table>"
        for name, start in (("行政复议", 186), ("行政诉讼（未经复议直接起诉）", 191), ("复议后起诉", 196))
    )
    section = new.edition.sections[3]

    reading = reading_of(new.page().replace(new.table(section), pieces))

    assert not new.wrong(reading)
    assert not reading.unread


def test_an_edition_is_never_changed(sample: Sample, reading_of: Callable[[str], Reading]) -> None:
    """Reading leaves the form as it was, and two readings share nothing."""
    before = deepcopy(sample.edition.form)

    first, second = reading_of(sample.page()), reading_of(sample.page())
    first.document["requests"] = None

    assert sample.edition.form == before
    assert second.document["requests"] is not None
    assert installed().edition(sample.edition.name).form == before
