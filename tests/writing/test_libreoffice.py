"""Our Word files in another program: saved there every cell comes back, printed every table stays whole."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings

from disclosure_spec.blank import blank
from disclosure_spec.document import with_value
from disclosure_spec.edition import installed
from disclosure_spec.grid import Table
from disclosure_spec.marks import marks
from disclosure_spec.reading import read
from disclosure_spec.reading.docx import read_docx
from disclosure_spec.reading.values import printed
from disclosure_spec.testing import documents, drafts
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.writing.conftest import Convert

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

pytestmark = pytest.mark.libreoffice

EDITIONS = installed().editions()
EXAMPLES = 4
PAGES = 3
LONG_CELL = 3000
TITLE = "某某省某某市某某县人民政府办公室（县政务服务和数据管理局）2023年政府信息公开工作年度报告"
PROSE = "本年度，我局坚持以人民为中心，认真落实条例要求（2023年），主动公开、依申请公开、平台建设等各项工作。"


def examples(edition: Edition) -> list[Document]:
    """Return some generated reports and drafts, the same in every run."""
    found: list[Document] = []
    for strategy in (documents(edition, sparse=False, plain=True), drafts(edition, plain=True)):

        @settings(
            max_examples=EXAMPLES, derandomize=True, database=None, phases=[Phase.generate], deadline=None
        )
        @given(strategy.filter(is_visible))
        def collect(document: Document) -> None:
            found.append(document)

        collect()
    return found


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx")], ids=" ".join)
def test_report_survives_another_program(way: tuple[str, ...], convert: Convert, tmp_path: Path) -> None:
    """Opened and saved in LibreOffice, as docx or by way of odt, a report and its marks are as they were."""
    originals = [(edition, one) for edition in EDITIONS for one in examples(edition)]
    files: list[Path] = []
    for number, (edition, document) in enumerate(originals):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(write(document, edition, "docx"))
        files.append(file)
    for step, target in enumerate(way):
        folder = tmp_path / str(step)
        folder.mkdir()
        files = convert(files, target, folder)
    for (edition, document), file in zip(originals, files, strict=True):
        reading = read(file.read_bytes())
        assert unspaced(reading.document) == unspaced(document)
        assert not [one.code for one in reading.notes if one.code.startswith(("mark.", "form."))]
        content = read_docx(file.read_bytes())
        tables = (block for block in content.blocks if isinstance(block, Table))
        found = {cell.mark for table in tables for row in table.rows for cell in row if cell.mark}
        assert found == set(marks(edition).values())
        assert content.form == f"1.0/{edition.name}"


def test_printed_form(convert: Convert, tmp_path: Path) -> None:
    """In print tables are whole on a page, also behind long texts, and nothing is cut off."""
    files: list[Path] = []
    for edition in EDITIONS:
        for name, document in printed_examples(edition).items():
            files.append(tmp_path / f"{edition.name}-{name}.docx")
            files[-1].write_bytes(write(document, edition, "docx"))
    texts = {file.stem: pdf_pages(file) for file in convert(files, "pdf", tmp_path)}
    for edition in EDITIONS:
        assert len(texts[f"{edition.name}-blank"]) == PAGES
        for name in ("blank", "full", "long"):
            assert not set(split_tables(edition, texts[f"{edition.name}-{name}"]))
        words = set(re.findall(r"(?<!\d)\d{4}(?!\d)", "\n".join(texts[f"{edition.name}-full"])))
        assert {str(number) for number in numbers(edition).values()} <= words
        # Too long for any page, a text goes on to the next ones and none of it is lost.
        shown = "".join(texts[f"{edition.name}-overlong"])
        assert shown.count("格") - "".join(texts[f"{edition.name}-blank"]).count("格") >= LONG_CELL


def numbers(edition: Edition) -> dict[str, int]:
    """Return a number of four digits for every cell, each its own."""
    return {cell.pointer: 1000 + cell.index for cell in edition.cells}


def printed_examples(edition: Edition) -> dict[str, Document]:
    """Return a blank, one full of numbers, one with long texts, one with a text too long for its cell."""
    empty = full = blank(edition, optional=True)
    for pointer, number in numbers(edition).items():
        full = with_value(full, pointer, number)
    full = with_value(full, "/title", TITLE)
    long = full
    for section in edition.sections:
        if not section.rows:
            long = with_value(long, section.pointer, "\n".join([PROSE * 8] * 12))
    overlong = with_value(empty, edition.cells[40].pointer, "格" * LONG_CELL)
    return {"blank": empty, "full": full, "long": long, "overlong": overlong}


def split_tables(edition: Edition, pages: list[str]) -> Iterator[str]:
    """Yield the tables whose labels are not all on one page."""
    for section in edition.sections:
        if section.grid:
            labels = letters("".join(one["text"]["zh"] for one in section.grid["cells"] if "text" in one))
            if not any(labels <= letters(page) for page in pages):
                yield section.pointer


def is_visible(document: Document) -> bool:
    """Tell whether print shows all of the words: no blank title, no line that begins or ends unseen."""
    words = [one for key, value in document.items() if not key.startswith("x-") for one in texts(value)]
    blanks = [key for key in ("title", "preface") if document.get(key, "") is None]
    return not blanks and all(line and printed(line) == line for one in words for line in one.split("\n"))


def texts(value: JSONValue) -> Iterator[str]:
    """Yield every text."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, str):
        yield value


def unspaced(value: JSONValue) -> JSONValue:
    """Return a document without white space in its texts: programs turn rare kinds of it into others."""
    if isinstance(value, dict):
        return {key: unspaced(one) for key, one in value.items()}
    return "".join(value.split()) if isinstance(value, str) else value


def pdf_pages(file: Path) -> list[str]:
    """Return the text of each page."""
    command = ["pdftotext", "-layout", str(file), "-"]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.split("\f")[:-1]


def letters(text: str) -> Counter[str]:
    """Return the characters of a text and how often each is there: wrapped lines lose their order."""
    return Counter(re.sub(r"\s", "", text))
