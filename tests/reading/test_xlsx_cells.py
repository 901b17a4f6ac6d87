"""What users leave in the cells of a workbook: read right, or reported, never silently wrong."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from disclosure_spec.checking import Checker, Origin
from disclosure_spec.document import get_at
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read
from disclosure_spec.reading.xlsx_values import Dates, percent_text
from disclosure_spec.sheets import CHECKS, COVER
from disclosure_spec.writing import write
from disclosure_spec.writing.layout import lay_out
from disclosure_spec.writing.workbook.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Cell
    from disclosure_spec.reading import Reading
    from disclosure_spec.writing.workbook.plan import Plan, Spot

RAISED = InlineFont(vertAlign="superscript")
STRUCK = InlineFont(strike=True)


@cache
def parts_of(bench: Bench) -> Mapping[str, str]:
    """Return the parts of the filled workbook of an edition."""
    with zipfile.ZipFile(io.BytesIO(write(bench.report, bench.edition, "xlsx"))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@cache
def plan_of(bench: Bench) -> Plan:
    """Return where everything stands in it."""
    return plan(lay_out(bench.report, bench.edition), bench.edition)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@dataclass
class Desk:
    """A filled workbook, of which a user changes one cell."""

    bench: Bench
    cell: Cell

    @property
    def spot(self) -> Spot:
        """Return where the cell stands."""
        return plan_of(self.bench).spots[self.cell.pointer]

    @property
    def address(self) -> str:
        """Return the same in letters and digits."""
        return self.spot.local.replace("$", "")

    def typed(self, value: float, look: str, font: str = "") -> Reading:
        """Return what is read after a number was put into the cell and the cell given a format and a font."""
        styles = parts_of(self.bench)["xl/styles.xml"]
        fonts = styles.split("</fonts>")[0].count("<font>")
        formats = int(re.findall(r'<cellXfs count="(\d+)"', styles)[0])
        styles = styles.replace(
            "<fonts ", f'<numFmts><numFmt numFmtId="200" formatCode="{escape(look)}"/></numFmts><fonts ', 1
        )
        styles = styles.replace("</fonts>", f"<font>{font}</font></fonts>")
        styles = styles.replace("</cellXfs>", f'<xf numFmtId="200" fontId="{fonts}" borderId="1"/></cellXfs>')
        return self.stored(f' s="{formats}"', f"<v>{value}</v>", {"xl/styles.xml": styles})

    def stored(self, kind: str, inside: str, others: Mapping[str, str] | None = None) -> Reading:
        """Return what is read where the file has just this as the cell."""
        parts = parts_of(self.bench)
        book = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
        name = f"xl/worksheets/sheet{book.index(self.spot.sheet) + 1}.xml"
        whole = rf'<c r="{self.address}"[^>]*?(?:/>|>.*?</c>)'
        sheet, count = re.subn(whole, lambda _: f'<c r="{self.address}"{kind}>{inside}</c>', parts[name])
        assert count == 1
        return read(packed({**parts, **(others or {}), name: sheet}))

    def value(self, reading: Reading) -> JSONValue:
        """Return what was read from the cell; every other cell must be as it was."""
        for one in self.bench.edition.cells:
            if one is not self.cell:
                assert get_at(reading.document, one.pointer) == get_at(self.bench.report, one.pointer)
        assert self.cell.pointer not in reading.unread
        found = get_at(reading.document, self.cell.pointer)
        assert found is None or isinstance(found, str | int | Decimal)
        return found

    def findings(self, reading: Reading) -> set[str]:
        """Return the rules that report the cell."""
        origin = Origin(unread=reading.unread, sources=reading.sources)
        found = Checker(self.bench.edition).check(reading.document, origin=origin).findings
        return {one.rule for one in found if self.cell.pointer in one.pointers}


@pytest.fixture
def desk(bench: Bench) -> Desk:
    """Return the workbook of an edition and a cell in which a count stands."""
    grids = [cell for cell in bench.edition.cells if cell.type == "count"]
    return Desk(bench, grids[len(grids) // 2])


def codes(reading: Reading) -> list[str]:
    """Return the kinds of notes."""
    return [one.code for one in reading.notes]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("１２", 12),
        (" 12 ", 12),
        ("\u00a012\u00a0", 12),
        ("\u300012", 12),
        ("\u200b12\ufeff", 12),
        ("12.0", 12),
        ("12件", 12),
        ("+12", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("\n12\n", 12),
        ("-12", -12),
        ("－12", -12),
        ("", None),
        (" \u00a0\u3000", None),
    ],
)
def test_number_as_text_is_the_number_people_see(desk: Desk, text: str, number: int | None) -> None:
    """Digits of full width, spaces of all kinds, thousands and a unit make no difference."""
    reading = desk.stored(' t="inlineStr"', f'<is><t xml:space="preserve">{text}</t></is>')
    assert desk.value(reading) == number
    assert codes(reading) == []


@pytest.mark.parametrize(
    "text",
    [
        *("'12", "1 234", "1.234,5", "12,34", "1,2", "012", "0x10", "1e3", "Ⅻ", "十二", "①", "12²"),
        *(
            "12/",
            "/",
            "—",
            "-",
            "无",
            "零",
            "约12",
            "12（含转办3）",
            "12;13",
            "12\n13",
            "１２．",
            "1/2",
            "50％",
        ),
        *("True", "NaN", "∞", "12万", "12?", "=12", "+1+1", "@12"),
    ],
)
def test_text_that_is_no_plain_number_is_kept_and_reported(desk: Desk, text: str) -> None:
    """Nothing is guessed: the text stays in the cell, and the check names the cell."""
    reading = desk.stored(' t="inlineStr"', f'<is><t xml:space="preserve">{text}</t></is>')
    assert desk.value(reading) == text
    assert desk.findings(reading)


@pytest.mark.parametrize("look", ["0", "#,##0", '0"件"', "0.00", "0.00E+00", "@", "# ?/?", '"约"0'])
def test_look_of_a_number_changes_nothing(desk: Desk, look: str) -> None:
    """Thousands, decimals, exponents, units and the look of a text belong to the format alone."""
    reading = desk.typed(1234, look)
    assert desk.value(reading) == 1234
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("value", "look", "shown"),
    [
        (46024, "yyyy-mm-dd", "2026-01-02"),
        (46024, 'm"月"d"日"', "2026-01-02"),
        (46024, "d-mmm", "2026-01-02"),
        (46024.25, "yyyy/m/d h:mm", "2026-01-02"),
        (0.0430556, "h:mm", "01:02"),
        (1.5, "[h]:mm", "1900-01-01"),
        (12, "yyyy/m/d", "1900-01-12"),
        (0, 'm"月"d"日"', "00:00"),
    ],
)
def test_date_in_the_place_of_a_number_is_reported(desk: Desk, value: float, look: str, shown: str) -> None:
    """A spreadsheet makes a date of `1-2`, and of numbers in a cell that held one: neither is a count."""
    reading = desk.typed(value, look)
    assert desk.value(reading) == shown
    assert codes(reading) == ["xlsx.date"]
    assert desk.findings(reading)


def test_date_of_the_strict_format_is_reported(desk: Desk) -> None:
    """Where the file writes dates as text, the day is read, and noted all the same."""
    reading = desk.stored(' t="d"', "<v>2026-01-02T00:00:00</v>")
    assert desk.value(reading) == "2026-01-02"
    assert codes(reading) == ["xlsx.date"]


@pytest.mark.parametrize(
    ("value", "look", "shown"),
    [(0.03, "0%", "3%"), (3, "0.00%", "300%"), (0.125, "0.0%", "12.5%"), (0, "0%", "0%")],
)
def test_percentage_is_reported(desk: Desk, value: float, look: str, shown: str) -> None:
    """Who typed 3 into a cell of percentages sees 3%, which is stored as 0.03 and is no count."""
    reading = desk.typed(value, look)
    assert desk.value(reading) == shown
    assert codes(reading) == ["xlsx.percent"]
    assert desk.findings(reading)


@pytest.mark.parametrize(("value", "shown"), [("1E+999999999", "1E+999999999"), ("x", "x"), ("0.1", "10%")])
def test_endless_percentage_is_left_as_it_is(value: str, shown: str) -> None:
    """A number too long to be written out is not."""
    assert percent_text(value) == shown


@pytest.mark.parametrize(
    ("kind", "inside", "shown"),
    [
        (' t="b"', "<v>1</v>", "TRUE"),
        (' t="b"', "<v>0</v>", "FALSE"),
        (' t="b"', "<v>true</v>", "TRUE"),
        (' t="e"', "<v>#REF!</v>", "#REF!"),
        (' t="e"', "<f>1/0</f><v>#DIV/0!</v>", "#DIV/0!"),
        (' t="s"', "<v>99999</v>", "99999"),
        ("", "<v>1.5</v>", Decimal("1.5")),
        ("", "<v>-3</v>", -3),
        ("", "<v>1E+20</v>", 10**20),
        ("", "<v>abc</v>", "abc"),
    ],
)
def test_what_is_no_count_is_kept_and_reported(desk: Desk, kind: str, inside: str, shown: object) -> None:
    """Truth values, errors of formulas, halves, negative and endless numbers stay what they are."""
    reading = desk.stored(kind, inside)
    # A reference to a text that is not in the file looks like a number, and is one too many to be right.
    assert desk.value(reading) in {shown, 99999}
    assert desk.findings(reading)


@pytest.mark.parametrize(
    ("kind", "inside"),
    [
        (' t="inlineStr"', "<is><t>12</t></is>"),
        (' t="inlineStr"', "<is><r><t>1</t></r><r><rPr><b/></rPr><t>2</t></r></is>"),
        (' t="inlineStr"', "<is><t>12</t><rPh sb='0' eb='1'><t>34</t></rPh><phoneticPr fontId='1'/></is>"),
        (' t="str"', "<v>12</v>"),
        (' t="n"', "<v>12</v>"),
        ("", "<v> 12 </v>"),
        ("", "<v>12.0</v>"),
        ("", "<v>12.000000000000001</v>"),
        ("", "<v>1.2E1</v>"),
    ],
)
def test_number_is_read_however_it_is_stored(desk: Desk, kind: str, inside: str) -> None:
    """Texts in the cell, runs, readings above, texts of formulas: the same number."""
    reading = desk.stored(kind, inside)
    assert desk.value(reading) == 12
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("runs", "value"),
    [
        (["12", TextBlock(RAISED, "3")], "12 3"),
        ([TextBlock(RAISED, "3"), "12"], "3 12"),
        ([TextBlock(STRUCK, "9"), "12"], 12),
        ([TextBlock(STRUCK, "12")], None),
        (["1", TextBlock(InlineFont(b=True), "2")], 12),
    ],
)
def test_marks_and_struck_out_digits_are_no_part_of_a_number(
    desk: Desk, runs: list[Any], value: JSONValue
) -> None:
    """The mark of a footnote is kept apart from the number before it; what is struck out was taken back."""
    xml = "".join(_run(one) for one in CellRichText(runs))
    reading = desk.stored(' t="inlineStr"', f"<is>{xml}</is>")
    assert desk.value(reading) == value


def _run(one: str | TextBlock) -> str:
    if isinstance(one, str):
        return f"<r><t>{one}</t></r>"
    raised = '<vertAlign val="superscript"/>' if one.font.vertAlign else ""
    struck = "<strike/>" if one.font.strike else '<strike val="0"/>'
    return f"<r><rPr>{struck}{raised}</rPr><t>{one.text}</t></r>"


def test_raised_text_in_prose_stays_in_its_word(bench: Bench) -> None:
    """Square metres are no footnote."""
    section = next(one for one in bench.edition.sections if not one.grid)
    text = get_at(bench.report, section.pointer)
    assert isinstance(text, str)
    parts = parts_of(bench)
    rich = '<r><t>面积12m</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><r><t>。</t></r>'
    strings, count = re.subn(
        rf"<si><t[^>]*>{re.escape(text)}</t></si>", f"<si>{rich}</si>", parts["xl/sharedStrings.xml"]
    )
    assert count == 1
    reading = read(packed({**parts, "xl/sharedStrings.xml": strings}))
    assert get_at(reading.document, section.pointer) == "面积12m2。"


def test_cell_that_is_struck_out_is_blank(desk: Desk) -> None:
    """A number crossed out by the look of its cell was taken back too."""
    reading = desk.typed(12, "0", "<strike/>")
    assert desk.value(reading) is None
    assert desk.findings(reading)
    assert desk.value(desk.typed(12, "0", '<strike val="0"/>')) == 12


def test_formula_is_read_by_its_value_and_noted(desk: Desk) -> None:
    """Of a formula that was calculated the value is read; that it is one is said."""
    reading = desk.stored("", "<f>6+6</f><v>12</v>")
    assert desk.value(reading) == 12
    (note,) = reading.notes
    assert note.code == "xlsx.formulas"
    assert note.place is not None
    assert note.place.cell == desk.address


def test_formula_without_value_is_refused_where_it_is_read(desk: Desk) -> None:
    """What a cell comes to that nobody calculated is not guessed; the message names cell and way out."""
    with pytest.raises(InputError) as caught:
        desk.stored("", "<f>6+6</f>")
    assert caught.value.code == "xlsx.no_values"
    assert desk.address in caught.value.wording.zh


def test_workbook_filled_in_by_a_program_is_read(bench: Bench) -> None:
    """A program that does not calculate leaves our own checks without values, and these are not read."""
    book = load_workbook(io.BytesIO(write(bench.report, bench.edition, "xlsx")))
    made = io.BytesIO()
    book.save(made)
    assert load_workbook(io.BytesIO(made.getvalue()), data_only=True)[CHECKS]["J4"].value is None
    reading = read(made.getvalue())
    assert reading.document == bench.report
    assert codes(reading) == []


def test_formula_without_value_among_the_particulars_is_refused(bench: Bench) -> None:
    """Only the summary of our checks may be without values on the cover."""
    book = load_workbook(io.BytesIO(write(bench.report, bench.edition, "xlsx")))
    spot = plan_of(bench).spots["/reporting_body/name"]
    assert spot.sheet == COVER
    book[COVER].cell(spot.row + 1, spot.column + 1).value = "=A1"
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(InputError) as caught:
        read(made.getvalue())
    assert caught.value.code == "xlsx.no_values"


@pytest.mark.parametrize(
    ("value", "since_1904", "shown"),
    [("0", False, "00:00"), ("0.5", False, "12:00"), ("0.99999", True, "23:59")],
)
def test_part_of_a_day_is_a_time(value: str, since_1904: bool, shown: str) -> None:  # noqa: FBT001
    """A number below one is shown as the time it is."""
    assert Dates(since_1904).text(value) == shown


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("xl/vbaProject.bin", "xlsx.macros"),
        ("xl/macrosheets/sheet1.xml", "xlsx.macros"),
        ("xl/externalLinks/externalLink1.xml", "xlsx.external"),
        ("xl/queryTables/queryTable1.xml", "xlsx.external"),
        ("xl/connections.xml", "xlsx.external"),
    ],
)
def test_macros_and_references_are_noted_and_left_alone(bench: Bench, name: str, code: str) -> None:
    """A workbook with macros or references to other files is read; nothing of them is opened or run."""
    reading = read(packed({**parts_of(bench), name: b"\xd0\xcf\x11\xe0 no XML <"}))
    assert reading.document == bench.report
    assert codes(reading) == [code]
    assert all(one.wording.zh and one.wording.en for one in reading.notes)


def test_value_from_another_file_is_the_one_stored(desk: Desk) -> None:
    """A cell that refers to another workbook has the value it had when saved; that one is not looked for."""
    reading = desk.stored("", "<f>[1]Sheet1!$A$1</f><v>12</v>")
    assert desk.value(reading) == 12
    assert codes(reading) == ["xlsx.formulas"]
