"""What is met in the Word documents of offices: fields, boxes, tracked cells, tables cut and joined."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from disclosure_spec.document import get_at, with_value
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read
from disclosure_spec.reading.docx import read_docx
from disclosure_spec.reading.package import parse
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.conftest import Bench

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.reading import Reading

MAIN = "word/document.xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = f'xmlns:w="{W}"'
OLD = 'xmlns:v="urn:schemas-microsoft-com:vml"'
BOTH = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RUN = r"<w:r>(?:(?!</w:r>).)*</w:r>"
ROW = r"<w:tr>(?:(?!</w:tr>).)*</w:tr>"
TABLE = r"<w:tbl>(?:(?!</w:tbl>).)*</w:tbl>"


def repacked(data: bytes, change: Mapping[str, Callable[[str], str]], more: Mapping[str, str]) -> bytes:
    """Return a document with parts changed and others put in."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change[name](text.decode()) if name in change else text)
        for name, added in more.items():
            new.writestr(name, added)
    return made.getvalue()


def changed(bench: Bench, change: Callable[[str], str], **parts: str) -> Reading:
    """Return what is read of the sample after its text was changed and parts of Word were put in."""
    more = {f"word/{name}.xml": text for name, text in parts.items()}
    return read(repacked(write(bench.report, bench.edition, "docx"), {MAIN: change}, more))


def first_number(inner: str) -> Callable[[str], str]:
    """Return a change that puts something in place of what stands in the first cell of the first table."""
    return lambda xml: re.sub(rf'(<w:bookmarkStart w:id="1" [^>]*/>){RUN}', rf"\1{inner}", xml, count=1)


def first_value(bench: Bench, inner: str) -> object:
    """Return the value of the first cell with something else in it."""
    reading = changed(bench, first_number(inner))
    first, *others = (cell.pointer for cell in bench.edition.cells)
    # Whatever stands in one cell, all others are read.
    assert [get_at(reading.document, one) for one in others] == [get_at(bench.report, one) for one in others]
    assert first not in reading.unread
    return get_at(reading.document, first)


def text(shown: str, properties: str = "") -> str:
    """Return a run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{shown}</w:t></w:r>"


def field(*inner: str) -> str:
    """Return the characters of a field around its pieces."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")]
    return "".join(mark + piece for mark, piece in zip(marks, (*inner, ""), strict=True))


BOX = f"<w:txbxContent><w:p>{text('盒')}</w:p></w:txbxContent>"
SHAPE = f"<w:r><w:pict><v:textbox {OLD}>{BOX}</v:textbox></w:pict></w:r>"
TWICE = (
    f"<w:r><mc:AlternateContent {BOTH}><mc:Choice><w:drawing>{BOX}</w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("inner", "value"),
    [
        (field("<w:r><w:instrText>=12*3</w:instrText></w:r>", text("36")), 36),
        (field(text("99"), text("36")), 36),
        (field(field(text("1"), text("2")), text("36")), 36),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + text("36"), 36),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + text("36"), 36),
        ('<w:fldSimple w:instr="=1">' + text("36") + "</w:fldSimple>", 36),
        (text("36") + '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="3"/></w:r>', 36),
        (text("36") + text("1", '<w:vertAlign w:val="superscript"/>'), "36 1"),
        (text("12", "<w:strike/>") + text("36"), 36),
        (text("36", '<w:strike w:val="0"/>'), 36),
        ("<w:r><w:tab/></w:r>" + text("36") + "<w:r><w:tab/></w:r>", 36),
        ('<w:r><w:sym w:font="Symbol" w:char="F033"/></w:r>' + text("6"), 36),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "\uf0fc"),
        ('<w:r><w:sym w:char="D800"/><w:sym w:char="z"/></w:r>', "\ufffd\ufffd"),
        ("<w:ruby><w:rt>" + text("9") + "</w:rt><w:rubyBase>" + text("36") + "</w:rubyBase></w:ruby>", 36),
        (text("36") + SHAPE, "36\n盒"),
    ],
    ids=["field", "text in an instruction", "nested fields", "field without end", "field without begin",
         "simple field", "references", "raised mark", "struck out", "not struck out", "aligned by tabs",
         "digit of the symbol font", "tick", "no character", "ruby", "text box"],
)  # fmt: skip
def test_cell_is_read_as_it_shows(bench_2021: Bench, inner: str, value: object) -> None:
    """What programs leave in a cell around its number is no part of it; what is seen besides is."""
    assert first_value(bench_2021, inner) == value


def note_table(columns: int) -> str:
    """Return a small table within a cell."""
    cell = f"<w:tc><w:p>{text('注')}</w:p></w:tc>"
    return f"<w:tbl><w:tr>{cell * columns}</w:tr></w:tbl>"


@pytest.mark.parametrize("columns", [1, 2])
def test_note_in_a_table_of_its_own(bench: Bench, columns: int) -> None:
    """A small table put into a title of the form is a note there; the form around it is still read."""
    label = bench.edition.sections[2].headers[0].text
    assert len(label) > 1
    into = rf"({re.escape(label)}</w:t></w:r></w:p>)"
    reading = changed(bench, lambda xml: re.sub(into, rf"\1{note_table(columns)}<w:p/>", xml, count=1))
    assert reading.document == bench.report


@pytest.mark.parametrize("box", [SHAPE, TWICE], ids=["old", "new and old"])
def test_text_box_is_read_once(bench: Bench, box: str) -> None:
    """The text of a box stands behind its paragraph, once, although it is kept for old programs too."""
    pointer = next(one.pointer for one in bench.edition.sections if not one.rows)
    whole = get_at(bench.report, pointer)
    assert isinstance(whole, str)
    end = f"{whole}</w:t></w:r>"
    reading = changed(bench, lambda xml: xml.replace(end, end + box, 1))
    assert get_at(reading.document, pointer) == f"{whole}\n盒"


def test_table_cut_into_two(bench: Bench) -> None:
    """A table that goes on in another one, its titles repeated or not, is read as one."""
    cut = "</w:tbl><w:p/><w:tbl><w:tblPr/><w:tblGrid/>"

    def halves(xml: str, *, repeat: bool) -> str:
        def halved(table: re.Match[str]) -> str:
            rows = re.findall(ROW, table.group())
            at = len(rows) // 2
            titles = [row for row in rows if "<w:tblHeader/>" in row] if repeat else []
            return "<w:tbl>" + "".join([*rows[:at], cut, *titles, *rows[at:]]) + "</w:tbl>"

        tables = re.findall(TABLE, xml)
        return xml.replace(tables[1], halved(re.match(TABLE, tables[1])))  # type: ignore[arg-type] # it matched

    for repeat in (False, True):
        assert changed(bench, lambda xml, repeat=repeat: halves(xml, repeat=repeat)).document == bench.report  # type: ignore[misc] # a default


def test_titles_repeated_by_hand(bench: Bench) -> None:
    """The titles of a table that somebody copied into its middle are no rows."""

    def twice(xml: str) -> str:
        table = re.findall(TABLE, xml)[1]
        rows = re.findall(ROW, table)
        titles = "".join(row for row in rows if "<w:tblHeader/>" in row)
        return xml.replace(rows[-3], titles + rows[-3], 1)

    assert changed(bench, twice).document == bench.report


def test_row_that_begins_and_ends_within(bench: Bench) -> None:
    """Columns skipped before and behind the cells of a row do not shift it."""
    skip = '<w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'
    assert changed(bench, lambda xml: xml.replace("<w:trPr>", skip)).document == bench.report


def test_cells_joined_the_old_way(bench: Bench) -> None:
    """A cell for every column that one goes over, as old programs write them, counts once."""

    def old(xml: str) -> str:
        span = re.compile(r'<w:tc><w:tcPr>(<w:tcW[^>]*/>)<w:gridSpan w:val="(\d+)"/>(.*?)</w:tc>')

        def spread(cell: re.Match[str]) -> str:
            more = "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>" * (int(cell[2]) - 1)
            return f'<w:tc><w:tcPr>{cell[1]}<w:hMerge w:val="restart"/>{cell[3]}</w:tc>{more}'

        return span.sub(spread, xml)

    assert changed(bench, old).document == bench.report


def test_tracked_changes_of_cells(bench: Bench) -> None:
    """A deleted cell is gone, an inserted one is there, and so it is said."""
    inserted = lambda xml: xml.replace("<w:tcPr>", '<w:tcPr><w:cellIns w:id="1" w:author="a"/>')  # noqa: E731 - a change
    gone = (
        '<w:tc><w:tcPr><w:cellDel w:id="1" w:author="a"/></w:tcPr><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc>'
    )
    deleted = lambda xml: xml.replace("</w:trPr>", f"</w:trPr>{gone}")  # noqa: E731 - a change
    for change in (inserted, deleted):
        reading = changed(bench, change)
        assert reading.document == bench.report
        assert [one.code for one in reading.notes] == ["docx.tracked"]


def test_tracked_joining_of_cells(bench: Bench) -> None:
    """Cells that a tracked change joined over rows are read as joined."""

    def tracked(xml: str) -> str:
        xml = xml.replace('<w:vMerge w:val="restart"/>', '<w:cellMerge w:id="1" w:vMerge="rest"/>')
        return xml.replace('<w:vMerge w:val="continue"/>', '<w:cellMerge w:id="1" w:vMerge="cont"/>')

    assert changed(bench, tracked).document == bench.report


def test_end_of_a_paragraph_that_was_deleted(bench: Bench) -> None:
    """Two paragraphs that a tracked change joined are one."""
    pointer = next(one.pointer for one in bench.edition.sections if not one.rows)
    data = write(bench.with_values({pointer: "甲\n乙\n丙"}), bench.edition, "docx")
    mark = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr></w:pPr><w:r>'
    join = lambda xml: re.sub(r"</w:pPr><w:r>(?=(?:(?!</w:p>).)*>甲<)", mark, xml)  # noqa: E731 - a change
    reading = read(repacked(data, {MAIN: join}, {}))
    assert get_at(reading.document, pointer) == "甲乙\n丙"


def test_deleted_first_row_of_joined_cells(bench_2021: Bench) -> None:
    """Where the row with the label of a group was deleted, the cells below begin anew and stay in place."""

    def cut(xml: str) -> str:
        table = re.findall(TABLE, xml)[1]
        row = next(one for one in re.findall(ROW, table) if "bookmark" in one and 'w:val="restart"' in one)
        return xml.replace(row, row.replace("<w:trPr>", '<w:trPr><w:del w:id="1"/>'))

    reading = changed(bench_2021, cut)
    lost = [one for one in reading.unread if one.startswith("/requests")]
    assert len(lost) == 7
    for cell in bench_2021.edition.cells:
        if cell.pointer not in lost:
            assert get_at(reading.document, cell.pointer) == get_at(bench_2021.report, cell.pointer)


def test_main_part_is_found_by_its_relation(bench: Bench) -> None:
    """The text need not be called document.xml, nor its styles styles.xml."""
    data = write(bench.report, bench.edition, "docx")
    made = io.BytesIO()
    new_names = {MAIN: "word/document2.xml", "word/styles.xml": "word/styles2.xml"}
    new_names["word/_rels/document.xml.rels"] = "word/_rels/document2.xml.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = (
                old.read(name)
                .replace(b"document.xml", b"document2.xml")
                .replace(b"styles.xml", b"styles2.xml")
            )
            new.writestr(new_names.get(name, name), part)
    assert read(made.getvalue()).document == bench.report
    assert read_docx(made.getvalue()).form == f"1.0/{bench.edition.name}"


def test_workbook_within_a_document(bench: Bench) -> None:
    """A workbook put into a document does not make it one."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as packed:
        packed.writestr("xl/workbook.xml", "<a/>")
    data = repacked(write(bench.report, bench.edition, "docx"), {}, {})
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as packed:
        packed.writestr("word/embeddings/a.xlsx", inner.getvalue())
        packed.writestr("word/vbaProject.bin", b"\0")
    reading = read(made.getvalue())
    assert reading.document == bench.report
    assert [one.code for one in reading.notes] == ["docx.macros"]


def test_inserted_file_is_named(bench: Bench) -> None:
    """Another file that the document merely refers to is not read, and that is said."""
    reading = changed(bench, lambda xml: xml.replace("<w:sectPr>", "<w:altChunk/><w:sectPr>"))
    assert [one.code for one in reading.notes] == ["docx.inserted_file"]


def test_control_round_a_cell_that_nobody_filled_in(bench_2021: Bench) -> None:
    """A cell all of which is a content control with its own words is blank, and its tag is its mark."""
    control = '<w:sdt><w:sdtPr><w:tag w:val="ds21_t2_02_01"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>'
    cell = r'<w:tc>(?:(?!</w:tc>).)*<w:bookmarkStart w:id="1" (?:(?!</w:tc>).)*</w:tc>'

    def into(xml: str) -> str:
        xml = re.sub(cell, lambda one: f"{control}{one.group()}</w:sdtContent></w:sdt>", xml)
        return re.sub("<w:bookmark(?:Start|End)[^>]*>", "", xml)

    reading = changed(bench_2021, into)
    pointer = bench_2021.edition.cells[0].pointer
    assert reading.document == with_value(bench_2021.report, pointer, None)
    assert not reading.notes


LONG_TABLE = "<w:tbl>" + "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 40_000 + "</w:tbl>"
JOINED = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲乙丙丁戊己庚辛</w:t></w:r></w:p>" * 18_000


@pytest.mark.parametrize(
    ("body", "code"),
    [(LONG_TABLE, "read.too_many_rows"), (JOINED, "read.text_too_long")],
    ids=["rows", "joined"],
)
def test_hostile_documents_are_refused(body: str, code: str) -> None:
    """What would take time by the square of its size is refused when there is too much of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(MAIN, f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
    with pytest.raises(InputError) as raised:
        read(made.getvalue())
    assert raised.value.code == code


def filled(data: bytes, edition: Edition) -> tuple[bytes, Document]:
    """Return a blank met in use with a number in every cell: those behind the last label of each row."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        root = parse(packed.read(MAIN), MAIN)
    name = f"{{{W}}}"
    numbers = {cell.pointer: cell.index + 1 for cell in edition.cells}
    wanted = [numbers[cell.pointer] for one in edition.sections for row in one.rows for cell in row.cells]
    at = 0
    for table in root.iter(f"{name}tbl"):
        for row in table.iter(f"{name}tr"):
            cells = list(row.iter(f"{name}tc"))
            texts = ["".join(map(str, one.itertext())).strip("\u3000 \xa0") for one in cells]
            joined = [one.find(f"{name}tcPr/{name}vMerge") for one in cells]
            free = [
                cell
                for cell, shown, merge in zip(cells, texts, joined, strict=True)
                if not shown and (merge is None or merge.get(f"{name}val") == "restart")
            ]
            for cell in free:
                paragraph = next(iter(cell.iter(f"{name}p")))
                run = etree.SubElement(paragraph, f"{name}r")
                for digit in str(wanted[at]):
                    etree.SubElement(run, f"{name}t").text = digit
                at += 1
    assert at == len(wanted)
    document = read(data).document
    for pointer, number in numbers.items():
        document = with_value(document, pointer, number)
    return repacked(data, {MAIN: lambda _: etree.tostring(root).decode()}, {}), document


def test_blank_met_in_use(bench_2021: Bench, reports: Path) -> None:
    """In the blank that offices use every cell is found and blank, and no prompt is taken for a text."""
    reading = read((reports / "template-2021-in-use.docx").read_bytes())
    assert reading.edition.name == "2021"
    assert reading.unread == {"/report_year", "/reporting_body/name", "/reporting_body/kind"}
    assert {one.code for one in reading.notes} == {"year.missing", "body.missing"}
    for section in bench_2021.edition.sections:
        if not section.rows:
            assert reading.document[section.pointer[1:]] is None
    assert all(get_at(reading.document, cell.pointer) is None for cell in bench_2021.edition.cells)


def test_blank_met_in_use_is_filled_in(bench_2021: Bench, reports: Path) -> None:
    """With a number typed into each of its cells, all are read back."""
    data, document = filled((reports / "template-2021-in-use.docx").read_bytes(), bench_2021.edition)
    reading = read(data)
    assert reading.document == document
    assert {one.code for one in reading.notes} == {"year.missing", "body.missing"}
