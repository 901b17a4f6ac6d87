"""Word documents as written: the page of the standard, XML in the order Word wants, the same bytes always."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

import pytest
from lxml import etree

from disclosure_spec.blank import blank
from disclosure_spec.document import with_value
from disclosure_spec.edition import installed
from disclosure_spec.marks import LONGEST, marks
from disclosure_spec.reading import read
from disclosure_spec.reading.docx_xml import attribute, child, local_name
from disclosure_spec.reading.package import Package
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from tests.conftest import Bench

MAIN = "word/document.xml"
ORDER: Final = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs snapToGrid spacing ind"
    " jc textDirection textAlignment outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs strike color spacing w kern position sz szCs highlight u lang",
    "tblPr": "tblStyle tblpPr tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "trPr": "cantSplit trHeight tblHeader jc",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference footerReference footnotePr type pgSz pgMar pgBorders pgNumType cols docGrid",
    "style": "name basedOn next link uiPriority qFormat pPr rPr tblPr trPr tcPr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat rsids themeFontLang",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "body": "p tbl sectPr",
}
"""Children in the order of the schema, ECMA-376 part 1, annex A; what the writer does not use is left out."""
FREE: Final = frozenset({"body"})
MILLIMETRES: Final = {"top": 37, "bottom": 35, "left": 28, "right": 26}
TWIPS: Final = 1440 / 25.4


def package(bench: Bench) -> Package:
    """Return the parts of the sample."""
    return Package(write(bench.report, bench.edition, "docx"))


def root(bench: Bench, name: str = MAIN) -> _Element:
    """Return one of its parts."""
    found = package(bench).xml(name)
    assert found is not None
    return found


def every(parent: _Element, name: str) -> Iterator[_Element]:
    """Yield all elements of a name."""
    return (one for one in parent.iter() if local_name(one) == name)


@pytest.mark.parametrize(
    "name", [MAIN, "word/styles.xml", "word/settings.xml", "word/footer1.xml", "word/footer2.xml"]
)
def test_children_are_in_the_order_of_the_schema(bench: Bench, name: str) -> None:
    """Word refuses properties in another order than the schema has; other programs do not notice."""
    for element in root(bench, name).iter():
        order = ORDER.get(local_name(element), "").split()
        if order:
            places = [order.index(local_name(one)) for one in element]
            assert places == sorted(places) or local_name(element) in FREE, local_name(element)
            once = [one for one in places if order[one] not in {"style", "tr", "tc", "p", "tbl"}]
            assert len(once) == len(set(once)) or local_name(element) == "sectPr", local_name(element)


def test_every_cell_ends_with_a_paragraph(bench: Bench) -> None:
    """A cell, also one that continues another, holds a paragraph; so does the end of the document."""
    document = root(bench)
    assert all(local_name(cell[-1]) == "p" for cell in every(document, "tc"))
    body = child(document, "body")
    assert body is not None
    assert [local_name(one) for one in list(body)[-2:]] == ["p", "sectPr"]
    # Two tables with nothing between them would be one.
    assert not any({local_name(a), local_name(b)} == {"tbl"} for a, b in pairwise(body))


def test_rows_fill_the_grid(bench: Bench) -> None:
    """In every row the spans of all cells, those that continue too, add up to the columns of the grid."""
    for table in every(root(bench), "tbl"):
        grid = child(table, "tblGrid")
        assert grid is not None
        widths = [int(attribute(one, "w")) for one in grid]
        assert sum(widths) == 11906 - 1588 - 1474
        for row in every(table, "tr"):
            cells = [child(cell, "tcPr") for cell in every(row, "tc")]
            assert sum(int(attribute(child(one, "gridSpan"), "val") or 1) for one in cells) == len(widths)
            assert sum(int(attribute(child(one, "tcW"), "w")) for one in cells) == sum(widths)


def test_bookmarks_are_unique(bench: Bench) -> None:
    """Names and numbers of bookmarks are there once, each is ended, and every cell of the form has one."""
    document = root(bench)
    starts = list(every(document, "bookmarkStart"))
    names = [attribute(one, "name") for one in starts]
    numbers = [attribute(one, "id") for one in starts]
    assert len(set(names)) == len(names)
    assert len(set(numbers)) == len(numbers)
    assert numbers == [attribute(one, "id") for one in every(document, "bookmarkEnd")]
    assert set(marks(bench.edition).values()) <= set(names)
    assert max(map(len, names)) <= LONGEST


def test_page_is_that_of_the_standard(bench: Bench) -> None:
    """A4 with the margins of GB/T 9704, and a grid of 22 lines."""
    document = root(bench)
    size, margins, grid = (next(every(document, name)) for name in ("pgSz", "pgMar", "docGrid"))
    assert (attribute(size, "w"), attribute(size, "h")) == ("11906", "16838")
    for side, wanted in MILLIMETRES.items():
        assert abs(int(attribute(margins, side)) - wanted * TWIPS) < 1
    height = int(attribute(size, "h")) - int(attribute(margins, "top")) - int(attribute(margins, "bottom"))
    assert height // int(attribute(grid, "linePitch")) == 22


def test_every_font_is_named_for_chinese(bench: Bench) -> None:
    """Wherever a font is named it is named for Chinese text too, and text says that it is Chinese."""
    styles = root(bench, "word/styles.xml")
    for part in (styles, root(bench, "word/footer1.xml"), root(bench, "word/footer2.xml")):
        fonts = list(every(part, "rFonts"))
        assert fonts
        assert all(attribute(one, "eastAsia") for one in fonts)
        assert not any("Theme" in str(key) for one in fonts for key in one.keys())  # noqa: SIM118 - an element
    used = {attribute(one, "val") for one in every(root(bench), "pStyle")}
    assert used <= {attribute(one, "styleId") for one in every(styles, "style")}
    assert all(attribute(one, "hint") == "eastAsia" for one in every(root(bench), "rFonts"))


def test_tables_stay_whole(bench: Bench) -> None:
    """No row is cut, each but the last stays with the next, and only tables without bands repeat titles."""
    tables = list(every(root(bench), "tbl"))
    for table in tables:
        rows = list(every(table, "tr"))
        assert all(child(row, "trPr", "cantSplit") is not None for row in rows)
        kept = [all(child(one, "pPr", "keepNext") is not None for one in every(row, "p")) for row in rows]
        assert kept == [True] * (len(rows) - 1) + [False]
    repeated = [
        sum(child(row, "trPr", "tblHeader") is not None for row in every(one, "tr")) for one in tables
    ]
    assert repeated == [0, 3, 3, 0]


def test_row_longer_than_a_page_may_be_cut(bench: Bench) -> None:
    """Only a row that has no room on a page may go on on the next one."""
    data = write(bench.with_values({bench.edition.cells[-1].pointer: "格" * 300}), bench.edition, "docx")
    document = Package(data).xml(MAIN)
    assert document is not None
    cut = [row for row in every(document, "tr") if child(row, "trPr", "cantSplit") is None]
    assert ["".join(map(str, row.itertext())).count("格") for row in cut] == [300]


def test_parts_are_declared_and_there(bench: Bench) -> None:
    """Every part has a type, every relation leads to a part, and nothing leads out of the file."""
    parts = package(bench)
    types = parts.xml("[Content_Types].xml")
    assert types is not None
    declared = {attribute(one, "PartName").lstrip("/") for one in types} - {""}
    assert declared <= set(parts.names)
    assert {name for name in parts.names if name.endswith(".xml")} - declared == {"[Content_Types].xml"}
    for name, folder in (("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")):
        relations = parts.xml(name)
        assert relations is not None
        assert all(folder + attribute(one, "Target") in parts.names for one in relations)
        assert all(one.get("TargetMode") is None for one in relations)


def test_title_with_signs_of_markup(bench: Bench) -> None:
    """A title may hold what looks like markup, in the text and in the properties of the file."""
    document = bench.with_values({"/title": "<甲> & \"乙\" {0} 'x'"})
    data = write(document, bench.edition, "docx")
    assert read(data).document == document
    core = Package(data).xml("docProps/core.xml")
    assert core is not None
    assert next(every(core, "title")).text == document["title"]


@pytest.mark.parametrize("count", [4000, 30_000])
def test_long_texts_come_back(bench: Bench, count: int) -> None:
    """Thirty thousand characters of prose, and a text as long as a cell may have, come back whole."""
    text = next(one.pointer for one in bench.edition.sections if not one.rows)
    cell = bench.edition.cells[-1].pointer
    words = ("本年度，我局（含所属单位）公开信息12,345条；“依申请”3件。\t" * count)[:count].strip()
    document = with_value(bench.report, text, words + "\n" + words)
    document = with_value(document, cell, words[:4000])
    assert read(write(document, bench.edition, "docx")).document == document


SCRIPT = """
import hashlib
from disclosure_spec.blank import blank
from disclosure_spec.edition import installed
from disclosure_spec.writing import write
for edition in installed().editions():
    print(hashlib.sha256(write(blank(edition, optional=True), edition, "docx")).hexdigest())
"""


def test_same_bytes_in_every_process() -> None:
    """Another start, another seed of hashes, another time zone and language: the same bytes."""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language},
        ).stdout
        for seed, zone, language in (("1", "Asia/Shanghai", "C.UTF-8"), ("2", "America/New_York", "C"))
    }
    assert len(outputs) == 1
    assert len(next(iter(outputs)).split()) == len(installed().editions())


def test_archive_tells_nothing_of_its_making(bench: Bench) -> None:
    """Every part has the same date, and no name of a person or machine is in the properties."""
    data = write(blank(bench.edition), bench.edition, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.testzip() is None
        core = etree.fromstring(packed.read("docProps/core.xml"))
    names = {local_name(one) for one in chain(core)}
    assert names == {"title", "language", "created", "modified"}
