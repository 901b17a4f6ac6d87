"""The workbook in another program: recalculated, saved and printed there."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker
from disclosure_spec.document import get_at, with_value
from disclosure_spec.marks import marks
from disclosure_spec.reading import read
from disclosure_spec.sheets import CHECKS
from disclosure_spec.writing import write
from disclosure_spec.writing.layout import lay_out
from disclosure_spec.writing.workbook.checks import BROKEN, OPEN, checks
from disclosure_spec.writing.workbook.plan import plan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.conftest import Bench
    from tests.writing.conftest import Convert

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

pytestmark = pytest.mark.libreoffice

EVERY = 29
"""Of so many cells one is changed: a start of the program takes a second for each file."""


def poked(data: bytes, values: Mapping[tuple[str, str], str]) -> bytes:
    """Return a workbook with other numbers in some cells, and without the results of formulas."""
    book = load_workbook(io.BytesIO(data))
    part = {name: f"xl/worksheets/sheet{at}.xml" for at, name in enumerate(book.sheetnames, start=1)}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            text = source.read(name).decode()
            # What is stored is believed, so that nothing is stored here.
            text = re.sub(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", text)
            for (sheet, cell), value in values.items():
                if part[sheet] == name:
                    text = re.sub(rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>', rf"\g<1><v>{value}</v>", text)
            out.writestr(name, text)
    return made.getvalue()


def results(path: Path) -> list[tuple[object, ...]]:
    """Return sums, difference and result of every equation as the program stored them."""
    book = load_workbook(path, data_only=True)
    rows = book[CHECKS].iter_rows(min_row=4, max_col=13, values_only=True)
    return [(row[1], row[5], row[7], row[8], row[9]) for row in rows if isinstance(row[0], int | float)]


def expected(document: Document, edition: Edition) -> list[tuple[object, ...]]:
    """Return the same as the writer stores it."""
    made, _ = checks(document, edition, plan(lay_out(document, edition), edition).spots)
    return [
        (
            one.rule.id,
            *(shown(value) for value in (one.left_value, one.right_value, one.difference)),
            one.outcome,
        )
        for one in made
    ]


def shown(value: Decimal | None) -> object:
    """Return a sum as the sheet shows it."""
    return "—" if value is None else pytest.approx(float(value))


def test_changed_cells_break_the_equations_that_the_checker_reports(
    bench: Bench, convert: Convert, tmp_path: Path
) -> None:
    """With one cell one more or less, and on a blank, recalculated results are those of the checker."""
    edition, report = bench.edition, bench.report
    spots = plan(lay_out(report, edition), edition).spots
    data = write(report, edition, "xlsx")
    documents: dict[str, Document] = {"good": report, "blank": blank(edition)}
    files = {"good": poked(data, {}), "blank": poked(write(blank(edition), edition, "xlsx"), {})}
    for number, cell in enumerate(one for one in edition.cells[::EVERY] if not one.unit_pointer):
        value = get_at(report, cell.pointer)
        assert isinstance(value, int | Decimal)
        changed = value + (1 if number % 2 or not value else -1)
        spot = spots[cell.pointer]
        documents[f"c{number}"] = with_value(report, cell.pointer, changed)
        files[f"c{number}"] = poked(data, {(spot.sheet, spot.local.replace("$", "")): str(changed)})
    for name, content in files.items():
        (tmp_path / f"{name}.xlsx").write_bytes(content)
    folder = tmp_path / "out"
    folder.mkdir()
    saved = convert([tmp_path / f"{name}.xlsx" for name in files], "xlsx", folder)
    for (name, document), file in zip(documents.items(), saved, strict=True):
        found = results(file)
        assert found == expected(document, edition), name
        equations = [one.rule for one in Checker(edition).check(document).findings if one.equation]
        assert [row[0] for row in found if row[-1] == BROKEN] == equations, name
    assert {row[-1] for row in results(saved[1])} == {OPEN}


def test_saved_by_another_program_nothing_is_lost(bench: Bench, convert: Convert, tmp_path: Path) -> None:
    """Every value, name, validation and colour rule is still there after LibreOffice saved the file."""
    before = tmp_path / "report.xlsx"
    before.write_bytes(write(bench.report, bench.edition, "xlsx"))
    folder = tmp_path / "out"
    folder.mkdir()
    (after,) = convert([before], "xlsx", folder)
    reading = read(after.read_bytes())
    assert reading.document == bench.report
    assert not reading.unread
    old, new = load_workbook(before), load_workbook(after)
    assert set(marks(bench.edition).values()) <= set(new.defined_names)
    for sheet in old:
        other = new[sheet.title]
        assert {str(one) for one in sheet.merged_cells.ranges} == {
            str(one) for one in other.merged_cells.ranges
        }
        assert validated(sheet) == validated(other)
        assert coloured(sheet) == coloured(other)


def validated(sheet: object) -> set[str]:
    """Return the cells that have a validation which refuses something."""
    rules = sheet.data_validations.dataValidation  # type: ignore[attr-defined] # any worksheet
    return {cell for one in rules if one.type not in {None, "none"} for cell in str(one.sqref).split()}


def coloured(sheet: object) -> set[str]:
    """Return the cells that have a colour rule."""
    rules = sheet.conditional_formatting  # type: ignore[attr-defined] # any worksheet
    return {cell for one in rules for cell in str(one.sqref).split()}


def test_each_table_prints_on_one_page(bench: Bench, convert: Convert, tmp_path: Path) -> None:
    """The blank prints every table whole, on a page of its own, with all of its labels."""
    file = tmp_path / "blank.xlsx"
    file.write_bytes(write(blank(bench.edition), bench.edition, "xlsx"))
    (printed,) = convert([file], "pdf", tmp_path)
    text = subprocess.run(["pdftotext", printed, "-"], check=True, capture_output=True).stdout.decode()  # noqa: S607 - found by its name
    pages = [set(re.sub(r"\s", "", page)) for page in text.split("\f")]
    for section in bench.edition.sections:
        if section.grid:
            labels = "".join(one["text"]["zh"] for one in section.grid["cells"] if "text" in one)
            assert any(set(re.sub(r"\s", "", labels)) <= page for page in pages), section.pointer
