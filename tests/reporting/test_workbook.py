"""Workbooks given back: what was in them stays, and what is wrong is marked and listed."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import lxml.etree
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from disclosure_spec.inspection import Inspection, Inspector
from disclosure_spec.reading.package import Package
from disclosure_spec.reading.xlsx_book import attribute, children, name, read_book
from disclosure_spec.reporting import Manner, render, stream_folder
from disclosure_spec.reporting.telling import told
from disclosure_spec.reporting.workbook.comments import EMPTY_DRAWING, with_shapes
from disclosure_spec.reporting.workbook.listing import Listing
from disclosure_spec.reporting.workbook.returned import Mark, mark_up
from disclosure_spec.reporting.workbook.styles import FILLS
from disclosure_spec.sheets import RESULTS
from disclosure_spec.writing import write
from disclosure_spec.writing.archive import archive

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.conftest import Bench

    from disclosure_spec.reading.xlsx_book import Sheet

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000000020001"
    "e221bc330000000049454e44ae426082"
)


def given_back(data: bytes, file: str = "in.xlsx") -> tuple[Inspection, bytes]:
    """Return the result on a file, and the workbook that tells it."""
    inspection = Inspector().inspect(data, name=file)
    made = render(inspection, "xlsx", "zh")
    assert isinstance(made, bytes)
    return inspection, made


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archived:
        return {one: archived.read(one) for one in archived.namelist()}


def sheet(data: bytes, title: str = RESULTS) -> Sheet:
    """Return one sheet as our own reader sees it."""
    return next(one for one in read_book(Package(data)).sheets if one.name == title)


def findings(data: bytes) -> list[tuple[str, str, str]]:
    """Return number, rule and message of the findings that the first sheet lists."""
    texts = sheet(data).texts
    row = next(row for (row, column), text in texts.items() if column == 0 and text == "序号")
    heads = {text: column for (at, column), text in texts.items() if at == row}
    found = []
    while texts.get((row + 1, 0), "").isdecimal():
        row += 1
        found.append((texts[row, 0], texts[row, heads["规则"]], texts[row, heads["问题"]]))
    return found


def cells(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every cell of a sheet as it stands there, without its look."""
    for one in lxml.etree.fromstring(data).iter("{*}c"):
        values = {name(each): each.text or "" for each in one} | {"t": one.get("t", "")}
        if set(values) != {"t"}:
            yield one.get("r", ""), values


def comments(data: bytes) -> dict[str, str]:
    """Return the comments of the first sheet that has any, by cell."""
    part = next(value for key, value in parts(data).items() if re.fullmatch(r"xl/comments\d*\.xml", key))
    listed = lxml.etree.fromstring(part).iter("{*}comment")
    return {one.get("ref", ""): "".join(each.text or "" for each in one.iter("{*}t")) for one in listed}


def fills(data: bytes, part: str) -> dict[str, str]:
    """Return the colours that we give, by the cells of a sheet that have them."""
    root = lxml.etree.fromstring(parts(data)["xl/styles.xml"])
    groups = {name(one): one for one in root}
    colours = [next((each.get("rgb", "") for each in one.iter("{*}fgColor")), "") for one in groups["fills"]]
    looks = [colours[int(one.get("fillId", "0"))] for one in groups["cellXfs"]]
    keys = {colour: key for key, colour in FILLS.items()}
    marked = lxml.etree.fromstring(parts(data)[part]).iter("{*}c")
    return {
        one.get("r", ""): keys[looks[int(one.get("s", "0"))]]
        for one in marked
        if looks[int(one.get("s", "0"))] in keys
    }


@pytest.fixture
def filled(bench_2021: Bench) -> bytes:
    """Return a filled template with two totals of one table wrong."""
    *_, first, second = sorted(bench_2021.totals, key=lambda one: bench_2021.edition.cell_at[one].index)
    return write(bench_2021.with_values({first: 999, second: 7}), bench_2021.edition, "xlsx")


def test_workbook_comes_back_with_its_own_parts(filled: bytes) -> None:
    """What is not concerned is the same to the byte; values and formulas of a marked sheet stay as well."""
    inspection, made = given_back(filled)
    before, after = parts(filled), parts(made)
    changed = {one for one in before if after[one] != before[one]}
    marked = {one for one in changed if one.startswith("xl/worksheets/")}

    assert changed - marked == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    }
    # The sheet with the errors, and that on which the file opened.
    assert len(marked) == 2
    assert all(dict(cells(before[one])) == dict(cells(after[one])) for one in marked)
    again = Inspector().inspect(made, name="out.xlsx")
    assert again.document == inspection.document
    assert [one.rule for one in again.result.findings] == [one.rule for one in inspection.result.findings]
    assert again.result.notes == inspection.result.notes


def test_workbook_is_always_the_same(filled: bytes) -> None:
    """The same file gives the same bytes."""
    assert given_back(filled)[1] == given_back(filled)[1]


def test_first_sheet_lists_all_findings(filled: bytes, every: list[Inspection]) -> None:
    """Every finding has a row, numbered and in the order of all renderings; nothing in it is a formula."""
    for inspection in (given_back(filled)[0], *every):
        data = render(inspection, "xlsx", "zh")
        assert isinstance(data, bytes)
        book = read_book(Package(data))
        expected = [(str(one.number), one.finding.rule) for one in told(inspection.result)]

        assert book.sheets[0].name == RESULTS
        assert not book.sheets[0].formulas
        if inspection.result.rules:
            assert [one[:2] for one in findings(data)] == expected


def test_cells_are_told_apart_and_explained(filled: bytes) -> None:
    """A cell probably wrong has its own colour, and a comment with numbers, suggestion and law."""
    inspection, made = given_back(filled)
    suggested = {
        change.cell.source.cell
        for one in inspection.result.diagnoses
        for explanation in one.explanations
        for change in explanation.changes
        if change.cell.source
    }
    said = comments(made)
    marked = [fills(made, one) for one in parts(made) if one.startswith("xl/worksheets/sheet")]

    assert set(said) == suggested
    assert dict.fromkeys(suggested, "suggested") in marked
    assert all("推断（仅供核对）" in one and "等式" in one and "依据" in one for one in said.values())


def test_list_leads_to_the_cells(filled: bytes) -> None:
    """Links lead to cells that there are, on sheets that there are."""
    _, made = given_back(filled)
    part = parts(made)["xl/worksheets/check1.xml"]
    titles = {one.name for one in read_book(Package(made)).sheets}
    links = [one.get("location", "") for one in lxml.etree.fromstring(part).iter("{*}hyperlink")]

    assert len(links) >= 4
    assert {link.partition("!")[0].strip("'") for link in links} <= titles
    assert all(re.fullmatch(r"[A-Z]+\d+", link.partition("!")[2]) for link in links)


def test_colours_come_before_those_of_the_sheet(filled: bytes) -> None:
    """Conditional formats of the sheet do not hide the marks, and no priority stands there twice."""
    _, made = given_back(filled)
    for part, data in parts(made).items():
        rules = list(lxml.etree.fromstring(data).iter("{*}cfRule")) if "sheets/s" in part else []
        priorities = [int(one.get("priority", "")) for one in rules]

        assert len(priorities) == len(set(priorities))
        if fills(made, part) if rules else {}:
            first = min(rules, key=lambda one: int(one.get("priority", "")))
            assert "".join(map(str, first.itertext())) == "TRUE"


def test_mended_copy_says_what_is_settled(bench_2021: Bench, filled: bytes) -> None:
    """Checked again, the copy has one list; cells without a finding are no longer called wrong."""
    _, made = given_back(filled)
    _, unchanged = given_back(made)
    right = parts(write(bench_2021.report, bench_2021.edition, "xlsx"))
    of_table = next(one for one in right if one.startswith("xl/worksheets/") and fills(made, one))
    mended = {**parts(made)}
    tree = lxml.etree.fromstring(mended[of_table])
    values = {one: value["v"] for one, value in cells(right[of_table]) if "v" in value}
    for cell in tree.iter("{*}c"):
        for value in cell.iter("{*}v"):
            value.text = values[cell.get("r", "")]
    mended[of_table] = lxml.etree.tostring(tree)
    inspection, last = given_back(archive(mended))

    assert [one.name for one in read_book(Package(unchanged)).sheets].count(RESULTS) == 1
    assert comments(unchanged) == comments(made)
    assert inspection.result.verdict == "conforms"
    assert set(fills(last, of_table).values()) == {"settled"}
    assert set(fills(last, of_table)) == set(comments(last)) == set(comments(made))
    assert all("本次没有" in one and "推断" not in one for one in comments(last).values())


def test_other_sources_become_workbooks(every: list[Inspection]) -> None:
    """Whatever was checked, the workbook holds the report as read, and the marks are on its cells."""
    wrong = every[1]
    data = render(wrong, "xlsx", "zh")
    assert isinstance(data, bytes)

    assert Inspector().inspect(data).document == wrong.document
    assert comments(data)
    assert sum(len(fills(data, one)) for one in parts(data) if one.startswith("xl/worksheets/sheet")) >= 3


def test_file_that_cannot_be_read_is_told(broken: Inspection) -> None:
    """There is a workbook as well, which says why; it has no other sheet."""
    data = render(broken, "xlsx", "zh")
    assert isinstance(data, bytes)

    assert [one.name for one in read_book(Package(data)).sheets] == [RESULTS]
    assert any("文件是空的" in one for one in sheet(data).texts.values())


def test_many_are_a_folder_with_a_summary(every: list[Inspection], filled: bytes) -> None:
    """Each report has a workbook of its own; the last is the summary of all."""
    given = [*every, Inspector().inspect(filled, name="a/b.xlsx")]
    made = dict(stream_folder(given, "xlsx", Manner("zh", many=True)))
    summary = made["index.xlsx"]
    assert isinstance(summary, bytes)

    assert len(made) == len(given) + 1
    assert list(made)[-2:] == ["0007-b.xlsx", "index.xlsx"]
    assert sheet(summary, "总计").texts[1, 1] == "7"


def own_workbook() -> bytes:
    """Return a workbook with what users have: comments, a picture, a formula, names, looks of columns."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    first, second = book.add_worksheet(RESULTS), book.add_worksheet("It's 2")
    look = book.add_format({"bold": True, "num_format": "0.00"})
    first.write_number(0, 0, 1, look)
    first.write_formula(1, 0, "=A1+1", look, 2)
    first.write_comment(0, 0, "原有批注")
    first.insert_image(5, 5, "p.png", {"image_data": io.BytesIO(PIXEL)})
    second.set_column(3, 3, 20, look)
    second.print_area(0, 0, 3, 3)
    second.activate()
    book.close()
    return made.getvalue()


def test_what_users_have_is_kept(broken: Inspection) -> None:
    """Comments, pictures and names stay; a blank cell that is marked keeps the look of its column."""
    data = own_workbook()
    marks = {
        (RESULTS, (0, 0)): Mark("error", "一 _x0041_ \x07"),
        (RESULTS, (1, 0)): Mark("warning", "二"),
        ("It's 2", (2, 3)): Mark("info", "三"),
    }
    made = mark_up(data, marks, Listing(broken.result, {}, "zh")).file()
    before, after = parts(data), parts(made)
    root = lxml.etree.fromstring(after["xl/workbook.xml"])
    names = {one.get("name"): one for one in root.iter("{*}definedName")}
    said = comments(made)

    assert [attribute(one, "name") for one in next(children(root, "sheets"))] == [
        f"{RESULTS} (2)",
        RESULTS,
        "It's 2",
    ]
    assert all(
        before[one] == after[one] for one in before if "media" in one or ("drawing" in one and ".xml" in one)
    )
    assert said["A1"].startswith("原有批注\n\n")
    assert "_x005F_x0041_ <U+0007>" in said["A1"]
    assert set(said) == {"A1", "A2"}
    assert dict(cells(after["xl/worksheets/sheet1.xml"]))["A2"] == {"f": "A1+1", "v": "2", "t": ""}
    assert fills(made, "xl/worksheets/sheet1.xml") == {"A1": "error", "A2": "warning"}
    assert fills(made, "xl/worksheets/sheet2.xml") == {"D3": "info"}
    assert [one.text for one in root.iter("{*}definedName") if one.get("localSheetId") == "2"] == [
        "'It''s 2'!$A$1:$D$4"
    ]
    assert names["ds_results"].text == f"'{RESULTS} (2)'!$A$1"
    assert b"tabSelected" not in after["xl/worksheets/sheet2.xml"]


def test_numbers_keep_their_format_when_marked(broken: Inspection) -> None:
    """A look that is made of another differs from it in the fill alone."""
    listing = Listing(broken.result, {}, "zh")
    made = mark_up(own_workbook(), {(RESULTS, (0, 0)): Mark("error", "一")}, listing)
    root = lxml.etree.fromstring(parts(made.file())["xl/styles.xml"])
    looks = next(one for one in root if name(one) == "cellXfs")
    given = {str(key): str(value) for key, value in looks[1].items()}
    alike = [one for one in looks if one.get("numFmtId") == given["numFmtId"]]

    assert given["numFmtId"] != "0"
    assert len(alike) == 2
    assert {**given, "applyFill": "1", "fillId": alike[1].get("fillId")} == dict(alike[1].items())
    assert alike[1].get("fillId") != given["fillId"]


def test_part_that_must_not_be_opened_is_told(filled: bytes) -> None:
    """A workbook with a part that is an attack is made anew, and the list says so."""
    _, made = given_back(filled)
    bomb = {**parts(made), "xl/comments1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><comments/>'}
    inspection, data = given_back(archive(bomb))

    assert any("按读取的内容重新生成" in one for one in sheet(data).texts.values())
    assert Inspector().inspect(data).document == inspection.document


def test_drawing_of_other_programs_is_added_to() -> None:
    """Shapes get numbers of their own behind those there are; what holds none is begun anew."""
    once = with_shapes(EMPTY_DRAWING, {(0, 0): "一", (3, 2): "二"})
    twice = with_shapes(once, {(9, 9): "三"})

    assert re.findall(rb'id="_x0000_s(\d+)"', twice) == [b"1025", b"1026", b"1027"]
    assert twice.count(b"<v:shapetype ") == 1
    assert with_shapes(b"<xml/>", {(0, 0): "一"}).startswith(EMPTY_DRAWING[:4])
    assert lxml.etree.fromstring(twice) is not None


def test_strict_workbooks_are_given_back_as_such(broken: Inspection) -> None:
    """A file in the strict form of the format gets parts in the names of that form."""
    pairs: Mapping[bytes, bytes] = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    strict: dict[str, Any] = parts(own_workbook())
    for usual, other in pairs.items():
        strict = {one: data.replace(usual, other) for one, data in strict.items()}
    made = mark_up(
        archive(strict), {("It's 2", (0, 0)): Mark("error", "一")}, Listing(broken.result, {}, "zh")
    )
    after = parts(made.file())

    assert not any(usual in after[one] for usual in pairs for one in after if "theme" not in one)
    assert read_book(Package(made.file())).sheets[0].texts[0, 0] == RESULTS


def test_english_list(wrong: Inspection) -> None:
    """In English the words are English; a consequence names its cause."""
    data = render(replace(wrong), "xlsx", "en")
    assert isinstance(data, bytes)

    texts = sheet(data).texts.values()
    assert "follows from" in texts
    assert any(one.startswith("Verdict: does not conform") for one in texts)
