"""The workbook: one cell a name, right stored values, blanks that stay blank, and nothing that runs."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker
from disclosure_spec.document import get_at, with_value
from disclosure_spec.edition import installed
from disclosure_spec.marks import IDENTITY, marks
from disclosure_spec.reading import read
from disclosure_spec.rules import LinearTest
from disclosure_spec.sheets import CHECKS, COVER, PROSE, table_sheet
from disclosure_spec.writing import write
from disclosure_spec.writing.layout import lay_out
from disclosure_spec.writing.workbook.checks import BROKEN, IDLE, OPEN, PASSED, Check, checks
from disclosure_spec.writing.workbook.patterns import UnknownPatternError, matches
from disclosure_spec.writing.workbook.plan import column_name, plan
from disclosure_spec.writing.workbook.values import as_number, packed, pieces, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.workbook import Workbook
    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

EDITIONS = installed().editions()
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
RESULT = 10
"""The column of the result on the sheet of checks, from 1."""

PLAIN = {"SUM", "IF", "ABS", "COUNT", "COUNTIF", "AND", "OR", "ISNUMBER", "ROUND", "MIN", "MAX"} | {
    "EXACT",
    "FIND",
    "MID",
    "LEN",
    "TRIM",
}


def opened(document: Document, edition: Edition) -> Workbook:
    """Return the workbook as another library sees it, with the stored values of formulas."""
    return load_workbook(io.BytesIO(write(document, edition, "xlsx")), data_only=True)


def made_checks(document: Document, edition: Edition) -> list[Check]:
    """Return the equations of the workbook."""
    return checks(document, edition, plan(lay_out(document, edition), edition).spots)[0]


def stored_results(book: Workbook) -> list[str]:
    """Return the stored result of every equation."""
    rows = book[CHECKS].iter_rows(min_row=4, max_col=RESULT, values_only=True)
    return [str(row[-1]) for row in rows if isinstance(row[0], int | float)]


def parts(data: bytes) -> Iterator[tuple[str, str]]:
    """Give the XML parts of a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode()


@each_edition
def test_workbook_is_the_same_to_the_byte(edition: Edition) -> None:
    """A blank written twice is the same file, with the same times inside."""
    assert write(blank(edition), edition, "xlsx") == write(blank(edition), edition, "xlsx")


@each_edition
def test_sheets_names_and_identity(edition: Edition) -> None:
    """The sheets are those of the form, every input cell has its mark, and the file says what it is."""
    book = opened(blank(edition), edition)
    tables = [table_sheet(one.grid["number"]) for one in edition.sections if one.grid]
    assert book.sheetnames == [COVER, *tables, PROSE, CHECKS]
    assert set(marks(edition).values()) <= set(book.defined_names)
    properties = dict(parts(write(blank(edition), edition, "xlsx")))["docProps/custom.xml"]
    assert f'name="{IDENTITY}"><vt:lpwstr>{edition.spec_version}/{edition.name}<' in properties
    assert book.active is not None
    assert book.active.title == COVER


def test_marks_name_the_cells_of_the_values(bench: Bench) -> None:
    """Behind each name stands the value of that cell of the form."""
    report, edition = bench.report, bench.edition
    book = opened(report, edition)
    for pointer, mark in marks(edition).items():
        if edition.cell_at[pointer].unit_pointer:
            continue
        ((sheet, cell),) = book.defined_names[mark].destinations
        assert book[sheet][cell].value == get_at(report, pointer), pointer


@each_edition
def test_blank_stays_blank_and_is_not_filled_in(edition: Edition) -> None:
    """A blank holds no number and no zero, and every equation says that it is not filled in."""
    book = opened(blank(edition), edition)
    for pointer, mark in marks(edition).items():
        ((sheet, cell),) = book.defined_names[mark].destinations
        assert book[sheet][cell].value is None, pointer
    assert set(stored_results(book)) == {OPEN}


@each_edition
def test_every_rule_is_checked_or_named(edition: Edition) -> None:
    """All equations on this report alone are there; every other rule is listed with a reason."""
    found, left = checks(blank(edition), edition, plan(lay_out(blank(edition), edition), edition).spots)
    alone = [
        rule
        for rule in edition.rules
        if isinstance(rule.test, LinearTest)
        and all(term.of == "document" for one in rule.test.equations for term in one.terms)
    ]
    assert {one.rule.id for one in found} == {rule.id for rule in alone}
    assert len(found) == sum(len(rule.test.equations) for rule in alone if isinstance(rule.test, LinearTest))
    assert {one.rule.id for one in found} | {one.rule.id for one in left} == {r.id for r in edition.rules}
    assert all(one.reason for one in left)


def test_stored_results_are_those_of_the_checker(bench: Bench) -> None:
    """A good report passes; with one cell changed exactly the equations break that the checker reports."""
    report, edition = bench.report, bench.edition
    assert BROKEN not in stored_results(opened(report, edition))
    for cell in edition.cells[::5]:
        if cell.unit_pointer:
            continue
        value = get_at(report, cell.pointer)
        assert isinstance(value, int | Decimal)
        changed = with_value(report, cell.pointer, value + 1)
        broken = [one for one in made_checks(changed, edition) if one.outcome == BROKEN]
        findings = [one for one in Checker(edition).check(changed).findings if one.equation]
        assert [(one.rule.id, one.difference) for one in broken] == [
            (one.rule, one.difference) for one in findings
        ], cell.pointer


def test_mark_and_text_count_as_not_filled_in(bench: Bench) -> None:
    """An equation with “/” or a number too long for Excel among its cells is open, not broken."""
    report, edition = bench.report, bench.edition
    concerned = next(one for one in made_checks(report, edition))
    pointer = next(
        term.pointer
        for rule in edition.rules
        if rule.id == concerned.rule.id and isinstance(rule.test, LinearTest)
        for term in rule.test.equations[0].terms
    )
    for value in ("/", 10**15 + 1, None):
        changed = with_value(report, pointer, value)
        assert made_checks(changed, edition)[0].outcome == OPEN
        assert stored_results(opened(changed, edition))[0] == OPEN


def test_condition_decides_whether_a_rule_applies(bench: Bench) -> None:
    """A rule for some bodies does not apply to others, and is open while the body is not known."""
    report, edition = bench.report, bench.edition
    conditional = [one for one in edition.rules if one.applies_when and isinstance(one.test, LinearTest)]
    ids = {one.rule.id for one in made_checks(report, edition)} & {one.id for one in conditional}
    first = min(ids)
    outcomes = {}
    for kind, code in (("department", "110105"), ("government", "110000"), ("department", None)):
        body: JSONValue = {"name": "某局", "kind": kind, **({"region_code": code} if code else {})}
        found = made_checks(with_value(report, "/reporting_body", body), edition)
        outcomes[kind, code] = {one.outcome for one in found if one.rule.id == first}
    assert outcomes["department", "110105"] <= {PASSED, BROKEN}
    assert outcomes["government", "110000"] == {IDLE}
    assert outcomes["department", None] == {OPEN}


@each_edition
def test_only_plain_functions_are_used(edition: Edition) -> None:
    """Formulas use what old Excel, WPS and LibreOffice have alike, and each has a stored value."""
    data = write(blank(edition), edition, "xlsx")
    formulas = 0
    for name, text in parts(data):
        if name.startswith("xl/worksheets/"):
            for formula, value in re.findall(r"<f>([^<]*)</f><v>([^<]*)</v>", text):
                assert set(re.findall(r"([A-Z]+)\(", formula)) <= PLAIN
                assert value
                formulas += 1
            assert text.count("<f>") == len(re.findall("<f>[^<]*</f><v>", text))
    assert formulas > 6 * 40


@each_edition
def test_hostile_text_stays_text(edition: Edition) -> None:
    """What looks like a formula, a link or markup is stored as text and read back as it was."""
    hostile = "=cmd|' /C calc'!A0\n+1+1\n@SUM(A1)\nhttp://example.org/<b>&\n_x0041_\n-2"
    document = with_value(blank(edition), "/title", "=1+1")
    for section in edition.sections:
        if not section.rows:
            document = with_value(document, section.pointer, hostile)
    document = with_value(document, edition.cells[0].pointer, "=1+1")
    data = write(document, edition, "xlsx")
    assert read(data).document == document
    assert not any("hyperlink" in text for _, text in parts(data))
    assert not any(">1+1<" in text or "cmd|" in text for _, text in parts(data) if "<f>" in text)


@each_edition
def test_long_prose_goes_over_several_cells(edition: Edition) -> None:
    """Thirty thousand characters in one paragraph, or many paragraphs, come back as they were."""
    pointers = [section.pointer for section in edition.sections if not section.rows]
    long = "政府信息公开，依法" * 3000 + "完。" + "𠮷" * 20_000
    document = with_value(blank(edition), pointers[0], long)
    document = with_value(document, pointers[1], "\n".join(f"第{number}段" for number in range(3_000)))
    data = write(document, edition, "xlsx")
    assert read(data).document == document
    book = load_workbook(io.BytesIO(data))
    sizes = [units(str(cell.value)) for row in book[PROSE].iter_rows() for cell in row if cell.value]
    assert max(sizes) < 32_767


@each_edition
def test_only_the_checks_are_protected(edition: Edition) -> None:
    """Input sheets are free; the sheet of checks is protected, without a password."""
    book = opened(blank(edition), edition)
    protected = {name: book[name].protection for name in book.sheetnames if book[name].protection.sheet}
    assert set(protected) == {CHECKS}
    assert not protected[CHECKS].password


@each_edition
def test_cells_say_what_may_stand_in_them(edition: Edition) -> None:
    """Every input cell has a validation while typing, and the same test as a colour."""
    book = opened(blank(edition), edition)
    for mark in marks(edition).values():
        ((name, cell),) = book.defined_names[mark].destinations
        sheet = book[name]
        at = cell.replace("$", "")
        assert any(at in one.sqref for one in sheet.data_validations.dataValidation), mark
        assert any(at in one.sqref for one in sheet.conditional_formatting), mark


@pytest.mark.parametrize("unit", ["元", "万元", "亿元", None])
def test_amount_keeps_the_unit_its_author_chose(unit: str | None) -> None:
    """An amount and its unit stand in one cell and come back as two values."""
    cells = [(edition, cell) for edition in EDITIONS for cell in edition.cells if cell.unit_pointer]
    assert cells
    for edition, cell in cells:
        document = with_value(blank(edition), cell.pointer, Decimal("12.5"))
        document = with_value(document, str(cell.unit_pointer), unit)
        assert read(write(document, edition, "xlsx")).document == document


@pytest.mark.parametrize(
    ("value", "is_number"),
    [
        (0, True),
        (10**15 - 1, True),
        (10**15 + 1, False),
        (Decimal("0.000001"), True),
        (Decimal("9.95"), True),
        (Decimal("1234567890.1234567"), False),
        (True, False),
        ("3", False),
        (None, False),
    ],
)
def test_numbers_that_excel_holds(value: Decimal | str | int | None, is_number: bool) -> None:  # noqa: FBT001
    """A number of up to fifteen digits is one to Excel; of more it would lose the last."""
    assert (as_number(value) is not None) == is_number


def test_text_is_cut_behind_a_sentence() -> None:
    """The pieces of a text make it up again, each within the limit in halves of UTF-16."""
    text = "一二三四五。六七八九十" * 9 + "𠮷" * 50
    found = list(pieces(text, 20))
    assert "".join(found) == text
    assert all(units(one) <= 20 for one in found)
    assert found[0].endswith("。")


def test_lines_share_cells() -> None:
    """Lines are packed in their order; one that is too long by itself stays alone."""
    assert list(packed(["ab", "cd", "efghij", "k"], 6)) == ["ab\ncd", "efghij", "k"]


def test_pattern_as_formula() -> None:
    """A pattern of sets, counts and alternatives becomes tests of single letters."""
    formula = matches("^[0-9]{2}(A|[b-d]0)$", "$B$1")
    assert formula.count("AND(") == 2
    assert 'MID($B$1,3,1),"A"' in formula
    assert '"bcd"' in formula


@pytest.mark.parametrize(
    "pattern", ["^a.b$", "^[0-9]+$", r"^\d$", "^(a$", "^a)$", "^[^a]$", "^([0-9]|a){9}$"]
)
def test_pattern_beyond_the_formulas_is_refused(pattern: str) -> None:
    """What formulas of fixed length cannot say is not said halfway."""
    with pytest.raises(UnknownPatternError):
        matches(pattern, "$B$1")


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    """Columns are named as spreadsheets name them."""
    assert column_name(column) == name


@pytest.mark.parametrize(
    ("number", "name"), [(2, "表二"), (10, "表十"), (11, "表十一"), (20, "表二十"), (34, "表三十四")]
)
def test_sheets_of_tables_are_numbered_in_chinese(number: int, name: str) -> None:
    """A table's sheet carries its number on the form."""
    assert table_sheet(number) == name
