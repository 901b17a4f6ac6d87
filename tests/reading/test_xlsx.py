"""Workbooks of ours changed by their users, workbooks that users make up themselves, and hostile ones."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Border, Side

from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Paragraph, Role, Table
from disclosure_spec.reading import read
from disclosure_spec.reading.xlsx import read_xlsx
from disclosure_spec.reading.xlsx_book import address, cell_at
from disclosure_spec.reading.xlsx_values import Dates, number_text, plain_text
from disclosure_spec.sheets import COVER, PROSE, table_sheet
from disclosure_spec.writing import write
from disclosure_spec.writing.layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet
    from tests.conftest import Bench

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINE = Border(*(Side(style="thin"),) * 4)


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook."""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def edited(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Return a workbook of ours after a user changed it; formulas are left without values."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    return saved(book)


def changed_part(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a workbook with the XML of one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for one in source.namelist():
            content = source.read(one)
            out.writestr(one, change(content.decode()).encode() if one == name else content)
    return made.getvalue()


def fill(sheet: Worksheet, table: Table, top: int, *, merged: bool = True, bordered: bool = False) -> int:
    """Write a table as a user has it, and return the row below."""
    for row in table.rows:
        for cell in row:
            at = sheet.cell(cell.row + top, cell.column + 1)
            at.value = int(cell.text) if re.fullmatch("-?[0-9]+", cell.text) else cell.text or None
            if merged and (cell.rowspan > 1 or cell.colspan > 1):
                first, left = cell.row + top, cell.column + 1
                bottom, right = first + cell.rowspan - 1, left + cell.colspan - 1
                sheet.merge_cells(start_row=first, start_column=left, end_row=bottom, end_column=right)
            if bordered:
                at.border = LINE
    return top + len(table.rows)


def one_sheet(document: Document, edition: Edition, *, merged: bool) -> bytes:
    """Return a report all on one sheet, one block under the other, as a user would paste it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for block in lay_out(document, edition, with_particulars=False).blocks:
        if isinstance(block, Table):
            row = fill(sheet, block, row, merged=merged)
        else:
            sheet.cell(row, 1, block.text)
            row += 1
    return saved(book)


def cells(document: Document, edition: Edition) -> dict[str, object]:
    """Return the value of every cell of the form."""
    return {cell.pointer: get_at(document, cell.pointer) for cell in edition.cells}


def prose(document: Document, edition: Edition) -> dict[str, object]:
    """Return the parts that are texts."""
    return {one.pointer: get_at(document, one.pointer) for one in edition.sections if not one.rows}


def test_copy_without_merged_cells_is_read_where_it_is_certain(bench: Bench) -> None:
    """Where a copy has lost its merged cells, labels keep their rows; what is not certain is left unread."""
    reading = read(one_sheet(bench.report, bench.edition, merged=False))
    read_cells, wanted = cells(reading.document, bench.edition), cells(bench.report, bench.edition)
    wrong = {pointer for pointer in wanted if read_cells[pointer] != wanted[pointer]}
    assert all(read_cells[pointer] is None for pointer in wrong)
    assert wrong <= reading.unread
    assert len(wrong) < len(wanted) // 8


def test_blank_column_below_a_title_is_one_of_values() -> None:
    """In a copy that lost its merged cells a column without a number is not taken for part of the labels."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["内容", "去年", "今年"], ["收费", None, 0], ["采购", None, 5]):
        sheet.append(row)
    (table,) = read_xlsx(saved(book)).blocks

    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows[1:]] == [["收费", "", "0"], ["采购", "", "5"]]


def test_all_on_one_sheet(bench: Bench) -> None:
    """A report on one sheet, one table under the other, is read whole."""
    reading = read(one_sheet(bench.report, bench.edition, merged=True))
    assert reading.edition is bench.edition
    assert cells(reading.document, bench.edition) == cells(bench.report, bench.edition)
    assert prose(reading.document, bench.edition) == prose(bench.report, bench.edition)


def test_sheet_for_each_table_and_texts_beside_their_headings(bench: Bench) -> None:
    """Tables on sheets of their own under a title row, texts in a second column, are read whole."""
    book = Workbook()
    texts = book.active
    assert texts is not None
    heading = ""
    for block in lay_out(bench.report, bench.edition, with_particulars=False).blocks:
        if isinstance(block, Table):
            sheet = book.create_sheet(f"附件{len(book.sheetnames)}")
            sheet.cell(1, 1, heading)
            fill(sheet, block, 3)
        elif block.role is Role.HEADING:
            heading = block.text
        elif block.role is Role.TEXT:
            texts.append([heading, block.text])
    reading = read(saved(book))
    assert cells(reading.document, bench.edition) == cells(bench.report, bench.edition)
    assert prose(reading.document, bench.edition) == prose(bench.report, bench.edition)


def test_blank_cells_inside_borders_are_blank(bench: Bench) -> None:
    """A bordered cell that nobody filled in is a blank of the report, not something unread."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    blocks = lay_out({"form_edition": bench.edition.name}, bench.edition, with_particulars=False).blocks
    row = 1
    for block in blocks:
        if isinstance(block, Table):
            row = fill(sheet, block, row, bordered=True)
        else:
            sheet.cell(row, 1, block.text)
            row += 2
    reading = read(saved(book))
    assert set(cells(reading.document, bench.edition).values()) == {None}
    assert not set(cells(reading.document, bench.edition)) & reading.unread


def test_rows_put_in_by_a_user_do_not_shift_values(bench: Bench) -> None:
    """A row inserted above a table of ours moves every cell, and each value is still read by its label."""
    moved: list[str] = []

    def insert(book: Workbook) -> None:
        sheet = book[next(name for name in book.sheetnames if name.startswith("表"))]
        # The library leaves merged areas where they were; a spreadsheet moves them along.
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
            if area.min_row > 1:
                area.shift(row_shift=1)
            moved.append(str(area))
        sheet.insert_rows(2)
        for one in moved:
            sheet.merge_cells(one)

    data = edited(write(bench.report, bench.edition, "xlsx"), insert)
    # The library leaves formulas without values; of the sheets that are read none has any.
    reading = read(without_formulas(data))
    assert cells(reading.document, bench.edition) == cells(bench.report, bench.edition)


def without_formulas(data: bytes) -> bytes:
    """Return a workbook as if it had been calculated and saved."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    for name in names:
        data = changed_part(
            data, name, lambda text: re.sub(r"<f>[^<]*</f><v ?/>|<f>[^<]*</f><v></v>", "<v>0</v>", text)
        )
    return data


def test_workbook_without_identity_is_still_ours_by_its_names(bench: Bench) -> None:
    """A program that drops the property of the file leaves the names of cells, and these are enough."""
    data = write(bench.report, bench.edition, "xlsx")
    data = changed_part(data, "docProps/custom.xml", lambda text: re.sub("<property.*</property>", "", text))
    assert read_xlsx(data).form == ""
    assert read(data).document == bench.report


def test_identity_marks_and_places(bench: Bench) -> None:
    """A workbook of ours says what it is; every input cell has its mark and its place on its sheet."""
    content = read_xlsx(write(bench.report, bench.edition, "xlsx"))
    assert content.form == f"{bench.edition.spec_version}/{bench.edition.name}"
    marked = [
        cell
        for block in content.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.mark
    ]
    assert len([one for one in marked if "_t" in one.mark]) >= len(bench.edition.cells)
    assert all(one.place.sheet and one.place.cell for one in marked)
    heads = [one for one in content.blocks if isinstance(one, Paragraph) and one.role is Role.HEADING]
    assert len(heads) == len(bench.edition.sections)


def test_text_in_the_place_of_the_prompt_is_kept(bench: Bench) -> None:
    """A user who writes over the prompt has written the text."""
    data = write({"form_edition": bench.edition.name}, bench.edition, "xlsx")
    section = next(one for one in bench.edition.sections if one.prompt)
    assert section.prompt is not None
    prompt = section.prompt.zh
    change = changed_part(
        data, "xl/sharedStrings.xml", lambda text: text.replace(f"（{prompt}）", "本年无。")
    )
    assert get_at(read(data).document, section.pointer) is None
    assert get_at(read(change).document, section.pointer) == "本年无。"


def test_numbers_dates_errors_and_booleans_are_read_as_shown() -> None:
    """Thousands are shown by format only; a date in a number cell stays a date, and is noted."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", 1234.0, 0.1, dt.date(2024, 1, 2), True, "#REF!", 1e15])
    sheet["B1"].number_format = "#,##0"
    found = read_xlsx(saved(book))
    (table,) = found.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == [
        "甲",
        "1234",
        "0.1",
        "2024-01-02",
        "TRUE",
        "#REF!",
        "1000000000000000",
    ]
    assert [(one.code, one.place.cell if one.place else None) for one in found.notes] == [("xlsx.date", "D1")]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3", "3"),
        ("3.0", "3"),
        ("0.30000000000000004", "0.3"),
        ("9.949999999999999", "9.95"),
        ("1E+3", "1000"),
        ("1.5E-3", "0.0015"),
        ("-0.50", "-0.5"),
        ("999999999999999", "999999999999999"),
        ("1E+999999999", "1E+999999999"),
        ("NaN", "NaN"),
    ],
)
def test_number_is_what_people_see(value: str, shown: str) -> None:
    """Fifteen digits, no exponent, no noise; what is no number, or endless, stays as it is written."""
    assert number_text(value) == shown


@pytest.mark.parametrize(
    ("value", "since_1904", "shown"),
    [
        ("1", False, "1900-01-01"),
        ("61", False, "1900-03-01"),
        ("45293", False, "2024-01-02"),
        ("43831", True, "2024-01-02"),
        ("-1", False, None),
        ("99999999", False, None),
        ("2958465", True, None),
    ],
)
def test_days_are_counted_as_excel_does(value: str, since_1904: bool, shown: str | None) -> None:  # noqa: FBT001
    """Both calendars are known, and what lies outside of them is no date."""
    assert Dates(since_1904).text(value) == shown


def test_escapes_in_strings_are_undone_once() -> None:
    """An escaped line end is one; an escaped escape is a text."""
    assert plain_text("一_x000D_\n二") == "一\n二"
    assert plain_text("_x005F_x0041_") == "_x0041_"
    assert plain_text("半_xD800_字") == "半字"


def test_addresses_are_read_and_written() -> None:
    """Rows and columns count from nothing, addresses from A1."""
    assert cell_at("A1") == (0, 0)
    assert cell_at("$XFD$1048576") == (1_048_575, 16_383)
    assert cell_at("A0") is None
    assert address((6, 2)) == "C7"
    assert address((0, 702)) == "AAA1"


def test_formula_without_value_is_refused_with_the_way_out() -> None:
    """Nobody knows what such a cell comes to: opening and saving the file in Excel or WPS helps."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "=1+1"
    with pytest.raises(InputError) as caught:
        read_xlsx(saved(book))
    assert caught.value.code == "xlsx.no_values"
    assert "A1" in caught.value.wording.zh
    assert "另存" in caught.value.wording.zh or "保存" in caught.value.wording.zh


def test_hidden_sheet_is_not_read_and_hidden_rows_are() -> None:
    """What a reader of the sheet does not see is said: hidden sheets are left out, hidden rows are not."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", 1])
    sheet.append(["乙", 2])
    sheet.row_dimensions[2].hidden = True
    other = book.create_sheet("旧")
    other.append(["丙", 3])
    other.sheet_state = "hidden"
    found = read_xlsx(saved(book))
    assert "乙" in found.texts()
    assert "丙" not in found.texts()
    assert [one.code for one in found.notes] == ["xlsx.hidden_rows", "xlsx.hidden_sheet"]


def test_empty_workbook_is_said_to_be_empty() -> None:
    """A workbook without any text is no report."""
    with pytest.raises(InputError) as caught:
        read_xlsx(saved(Workbook()))
    assert caught.value.code == "read.no_content"


def sheet_xml(cells: str, merges: str = "") -> bytes:
    """Return a workbook whose only sheet holds just this."""
    made = io.BytesIO()
    sheets = '<sheets><sheet name="a" sheetId="1" r:id="x"/></sheets>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="r">{sheets}</workbook>'
    relations = (
        '<Relationships><Relationship Id="x" Type="t/worksheet" Target="worksheets/s.xml"/></Relationships>'
    )
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", relations)
        archive.writestr(
            "xl/worksheets/s.xml",
            f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData>{merges}</worksheet>',
        )
    return made.getvalue()


def cell(at: str, text: str = "1") -> str:
    """Return a cell in a row of its own."""
    return f'<row><c r="{at}" t="str"><v>{text}</v></c></row>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (sheet_xml(cell("XFD1048576")), "xlsx.too_many_rows"),
        (sheet_xml(cell("XFD1")), "xlsx.too_many_columns"),
        (
            sheet_xml(cell("A1"), '<mergeCells><mergeCell ref="A1:XFD2000"/></mergeCells>'),
            "xlsx.merged_too_large",
        ),
        (
            sheet_xml(cell("A1"), "<mergeCells>" + 2001 * '<mergeCell ref="A1:A2"/>' + "</mergeCells>"),
            "xlsx.too_many_merges",
        ),
        (sheet_xml(cell("A2001")), "xlsx.too_many_rows"),
        (
            sheet_xml("".join(f"<row>{'<c><v>1</v></c>' * 250}</row>" for _ in range(81))),
            "xlsx.too_many_cells",
        ),
        (sheet_xml("".join(f'<c s="{n * n % 997}"/>' for n in range(250_001))), "xlsx.too_many_tags"),
        (sheet_xml(cell("A1", "长" * 2_500_000)), "package.too_large"),
        (sheet_xml("".join(cell(f"A{row}", "长" * 4_000) for row in range(1, 1_100))), "xlsx.too_much_text"),
        (sheet_xml(cell("A1", "长" * 5_000) + '<row><c r="B2"><v>1</v></c><c r="C2"><v>1</v></c></row>'), ""),
    ],
    ids=[
        "far cell",
        "far column",
        "huge merge",
        "many merges",
        "far row",
        "many cells",
        "many blank cells",
        "large",
        "much text",
        "fine",
    ],
)
def test_hostile_workbook_is_refused(data: bytes, code: str) -> None:
    """What would fill the memory is refused before anything is expanded."""
    if not code:
        assert read_xlsx(data).blocks
        return
    with pytest.raises(InputError) as caught:
        read_xlsx(data)
    assert caught.value.code in {code, "package.ratio", "package.part_too_large"}


def test_one_long_text_in_many_cells_is_refused() -> None:
    """A text that stands once in the file and is shown by every cell counts every time."""
    data = sheet_xml("".join('<row><c t="s"><v>0</v></c></row>' for _ in range(1_900)))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as out:
        for one in source.namelist():
            out.writestr(one, source.read(one))
        out.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>{"长" * 4_000}</t></si></sst>')
    with pytest.raises(InputError) as caught:
        read_xlsx(made.getvalue())
    assert caught.value.code == "xlsx.too_much_text"


def test_merge_far_beyond_the_table_is_cut() -> None:
    """A title merged over all columns of a sheet makes no wide table."""
    rows = (
        cell("A1", "某局年度报告") + '<row r="2"><c r="A2" t="str"><v>甲</v></c><c r="B2"><v>1</v></c></row>'
    )
    content = read_xlsx(sheet_xml(rows, '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'))
    assert [type(block) for block in content.blocks] == [Paragraph, Table]


def test_damaged_or_foreign_package_is_said_to_be_damaged() -> None:
    """Without a workbook inside there is nothing to read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/nothing.xml", "<x/>")
    with pytest.raises(InputError) as caught:
        read_xlsx(made.getvalue())
    assert caught.value.code == "xlsx.damaged"


def test_sheets_are_found_by_name(bench: Bench) -> None:
    """The words that writer and reader share are those of the sheets of a workbook of ours."""
    names = load_workbook(io.BytesIO(write(bench.report, bench.edition, "xlsx"))).sheetnames
    assert {COVER, PROSE, table_sheet(2)} <= set(names)
    assert installed().editions()
