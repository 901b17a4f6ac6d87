"""Our Word files in another program: saved there every cell comes back, printed every table stays whole."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, given, settings

from disclosure_spec.blank import blank
from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.reading import read
from disclosure_spec.testing import documents, drafts
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.writing.conftest import Convert

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

pytestmark = pytest.mark.libreoffice

EDITIONS = installed().editions()
EXAMPLES = 4
PAGES = 3


def examples(edition: Edition) -> list[Document]:
    """Return some generated reports and drafts, the same in every run."""
    found: list[Document] = []
    for strategy in (documents(edition, sparse=False), drafts(edition)):

        @settings(
            max_examples=EXAMPLES, derandomize=True, database=None, phases=[Phase.generate], deadline=None
        )
        @given(strategy)
        def collect(document: Document) -> None:
            found.append(document)

        collect()
    return found


@pytest.mark.parametrize("way", [("docx",), ("odt", "docx")], ids=" ".join)
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_report_survives_another_program(
    edition: Edition, way: tuple[str, ...], convert: Convert, tmp_path: Path
) -> None:
    """Opened and saved in LibreOffice, as docx or by way of odt, a report is read back as it was."""
    originals = examples(edition)
    files: list[Path] = []
    for number, document in enumerate(originals):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(write(document, edition, "docx"))
        files.append(file)
    for step, target in enumerate(way):
        folder = tmp_path / str(step)
        folder.mkdir()
        files = convert(files, target, folder)
    for document, file in zip(originals, files, strict=True):
        assert unspaced(read(file.read_bytes()).document) == unspaced(document)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_printed_form_keeps_its_tables_whole(edition: Edition, convert: Convert, tmp_path: Path) -> None:
    """A blank prints on three pages, and on each page tables are whole: all labels of one are on it."""
    file = tmp_path / "blank.docx"
    file.write_bytes(write(blank(edition, optional=True), edition, "docx"))
    (printed,) = convert([file], "pdf", tmp_path)
    pages = pdf_pages(printed)
    assert len(pages) == PAGES
    for section in edition.sections:
        if section.grid:
            labels = letters("".join(one["text"]["zh"] for one in section.grid["cells"] if "text" in one))
            assert any(labels <= letters(page) for page in pages), section.pointer


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_every_number_is_printed(edition: Edition, convert: Convert, tmp_path: Path) -> None:
    """On the printed form every cell's own number can be read, none is cut off."""
    numbers = {cell.pointer: 1000 + cell.index for cell in edition.cells}
    document = blank(edition)
    for pointer, number in numbers.items():
        section, *path = pointer.split("/")[1:]
        value = document[section]
        for key in path[:-1]:
            assert isinstance(value, dict)
            value = value[key]
        assert isinstance(value, dict)
        value[path[-1]] = number
    assert get_at(document, edition.cells[0].pointer) == numbers[edition.cells[0].pointer]
    file = tmp_path / "full.docx"
    file.write_bytes(write(document, edition, "docx"))
    (printed,) = convert([file], "pdf", tmp_path)
    words = set(re.findall(r"(?<!\d)\d{4}(?!\d)", "\n".join(pdf_pages(printed))))
    assert {str(number) for number in numbers.values()} <= words


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
