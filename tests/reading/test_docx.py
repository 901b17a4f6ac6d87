"""Word documents as programs and people leave them."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.document import get_at
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Paragraph
from disclosure_spec.reading import read
from disclosure_spec.reading.docx import read_docx
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Bench

    from disclosure_spec.document import Document

DOCUMENT = "word/document.xml"
STRICT = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


def changed(data: bytes, change: Callable[[str], str], part: str = DOCUMENT) -> bytes:
    """Return a document with one of its parts changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return made.getvalue()


def made(bench: Bench, change: Callable[[str], str]) -> Document:
    """Return what is read of the sample after its XML was changed."""
    return read(changed(write(bench.report, bench.edition, "docx"), change)).document


def wrapped(pattern: str, before: str, after: str, count: int = 0) -> Callable[[str], str]:
    """Return a change that puts something round every match."""
    return lambda xml: re.sub(pattern, lambda found: f"{before}{found.group()}{after}", xml, count=count)


RUN = r"<w:r>(?:(?!</w:r>).)*</w:r>"
CELL = r"<w:tc>(?:(?!</w:tc>).)*</w:tc>"
ROW = r"<w:tr>(?:(?!</w:tr>).)*</w:tr>"
BLOCK = r"<w:p>(?:(?!</w:p>).)*</w:p>"
CONTROL = "<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>"
CLOSE = "</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "change",
    [
        wrapped(RUN, CONTROL, CLOSE),
        wrapped(BLOCK, CONTROL, CLOSE),
        wrapped(CELL, CONTROL, CLOSE),
        wrapped(ROW, CONTROL, CLOSE),
        wrapped(RUN, "<w:ins w:id='1' w:author='a'>", "</w:ins>"),
        wrapped(RUN, "<w:moveTo w:id='1'>", "</w:moveTo>"),
        wrapped(RUN, "<w:smartTag>", "</w:smartTag>"),
        wrapped(RUN, "<w:hyperlink>", "</w:hyperlink>"),
        wrapped(RUN, "", "<w:del w:id='2'><w:r><w:delText>999</w:delText></w:r></w:del>"),
        wrapped(RUN, "", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>999</w:t></w:r>"),
        wrapped(RUN, "", "<w:r><w:instrText>PAGE 999</w:instrText></w:r>"),
        wrapped(RUN, "<w:proofErr w:type='spellStart'/>", "<w:bookmarkEnd w:id='9'/>"),
        lambda xml: re.sub(r"<w:bookmark(?:Start|End)[^>]*>", "", xml),
        lambda xml: xml.replace(*STRICT),
        lambda xml: re.sub(r"(<w:t[^>]*>)([0-9])([0-9]+)(</w:t>)", r"\1\2\4</w:r><w:r>\1\3\4", xml),
    ],
    ids=["control in a run", "control in a block", "control round cells", "control round rows", "inserted",
         "moved here", "smart tag", "link", "deleted", "hidden", "field", "proofing", "without bookmarks",
         "strict", "split runs"],
)  # fmt: skip
def test_document_is_read_as_it_shows(bench: Bench, change: Callable[[str], str]) -> None:
    """Whatever programs put round the text, what is seen is what is read."""
    assert made(bench, change) == bench.report


def test_deleted_row_is_gone(bench_2021: Bench) -> None:
    """A row that a tracked change deleted is not read; one inserted by it is."""
    gone = "<w:trPr><w:del w:id='1' w:author='a'/>"
    copy = lambda xml: re.sub(ROW, lambda row: row.group().replace("<w:trPr>", gone) + row.group(), xml)  # noqa: E731 - a change
    assert made(bench_2021, copy) == bench_2021.report


def test_control_that_nobody_filled_in_is_blank(bench_2021: Bench) -> None:
    """The words that a content control shows until it is filled in are none of the report."""
    first = bench_2021.edition.cells[0].pointer
    prompt = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入文字。</w:t></w:r>"
        "</w:sdtContent></w:sdt>"
    )
    mark = "ds21_t2_02_01"
    document = made(
        bench_2021,
        lambda xml: re.sub(rf'(w:name="{mark}"/>){RUN}', rf"\1{prompt}", xml),
    )
    assert get_at(document, first) is None


def test_prompt_that_was_written_over_is_text(bench_2021: Bench) -> None:
    """Who types into the paragraph of a prompt, which keeps its style, has written the part."""
    texts = [one.pointer for one in bench_2021.edition.sections if not one.rows]
    data = write(bench_2021.with_values({texts[0]: None}), bench_2021.edition, "docx")
    prompt = next(
        block.text
        for block in read_docx(data).blocks
        if isinstance(block, Paragraph) and block.text[0] == "（"
    )
    assert get_at(read(data).document, texts[0]) is None
    assert get_at(
        read(changed(data, lambda xml: xml.replace(prompt, "本年度情况。"))).document, texts[0]
    ) == ("本年度情况。")


def test_styles_are_known_by_name(bench: Bench) -> None:
    """Another program may number the styles anew; their names stay."""
    data = write(bench.report, bench.edition, "docx")
    renamed = changed(
        changed(data, lambda xml: re.sub(r'"Disclosure(\w+)"', r'"a\1"', xml)),
        lambda xml: re.sub(r'"Disclosure(\w+)"', r'"a\1"', xml),
        "word/styles.xml",
    )
    assert read(renamed).document == bench.report


def test_document_in_a_layout_table(bench: Bench) -> None:
    """A table that only frames the whole report is walked through."""
    frame = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")
    document = made(
        bench,
        lambda xml: re.sub(r"(<w:body>)(.*)(<w:sectPr>)", rf"\1{frame[0]}\2{frame[1]}\3", xml),
    )
    assert document == bench.report


def test_place_names_table_row_and_cell(bench_2021: Bench) -> None:
    """The place of a number is its table, row and cell, as in the document."""
    reading = read(write(bench_2021.report, bench_2021.edition, "docx"))
    place = reading.sources[bench_2021.edition.cells[0].pointer]
    assert (place.table, place.row, place.column) == (1, 3, 2)


@pytest.mark.parametrize("name", ["word/document.xml", "word/document2.xml"])
def test_document_without_text_is_refused(name: str) -> None:
    """A file with the marks of a Word document and no text says how to go on."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(name, "<a/>")
    with pytest.raises(InputError) as raised:
        read(made.getvalue())
    assert raised.value.code == "read.no_content"
