"""What other programs print of our own files is read back whole."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.document import get_at, with_value
from disclosure_spec.reading import read
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Bench

    from disclosure_spec.document import Document

# Radicals that fonts share with characters, brackets and numbers at the end of lines, an address.
LONG = (
    "2024年，我单位按照党中央、国务院决策部署（www.example.gov.cn），主动公开各类政府信息5500余条，其中规章1件、"
    "规范性文件11件，民政、青年、龙头企业、风险防控、马路、长江、车辆、食品、见义勇为、鱼塘等重点领域信息120条。"
)


def report(bench: Bench) -> Document:
    """Return a report with paragraphs of several lines."""
    document = bench.report
    for section in bench.edition.sections:
        if not section.rows:
            text = f"{LONG}{LONG}\n{get_at(document, section.pointer)}\n（一）主动公开。{LONG}"
            document = with_value(document, section.pointer, text)
    return document


def command(name: str) -> str:
    """Return a program; skip, or fail if so wanted, without it."""
    found = shutil.which(name)
    if found is None:
        marker = "LIBREOFFICE" if name == "soffice" else name.upper()
        if os.environ.get(f"DISCLOSURE_SPEC_REQUIRE_{marker}") == "1":
            pytest.fail(f"needs {name}")
        pytest.skip(f"needs {name}")
    return found


def read_back(bench: Bench, printed: Path) -> None:
    """Hold what is read of a print against what was printed."""
    expected = report(bench)
    reading = read(printed.read_bytes())

    assert not reading.unread
    pointers = [cell.pointer for cell in bench.edition.cells]
    pointers += [section.pointer for section in bench.edition.sections if not section.rows]
    assert {at: get_at(reading.document, at) for at in pointers} == {
        at: get_at(expected, at) for at in pointers
    }


@pytest.mark.libreoffice
def test_word_files_printed_by_libreoffice(bench: Bench, tmp_path: Path) -> None:
    """Cells and paragraphs of a printed Word file are those of the file."""
    source = tmp_path / "report.docx"
    source.write_bytes(write(report(bench), bench.edition, "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    print_it = ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run([command("soffice"), profile, *print_it], check=True, capture_output=True, timeout=180)

    read_back(bench, tmp_path / "report.pdf")


@pytest.mark.chromium
def test_pages_printed_by_chromium(bench: Bench, tmp_path: Path) -> None:
    """Cells and paragraphs of a printed page are those of the page, with its header and footer or without."""
    source = tmp_path / "report.html"
    source.write_bytes(write(report(bench), bench.edition, "html"))
    printed = tmp_path / "report.pdf"
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    print_it = [f"--print-to-pdf={printed}", source.as_uri()]
    subprocess.run([command("chromium"), *quiet, *print_it], check=True, capture_output=True, timeout=180)

    read_back(bench, printed)
