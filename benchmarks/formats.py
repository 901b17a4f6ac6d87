"""One filled report in every format, beside general libraries on the same file; and hostile files."""

from __future__ import annotations

import io
from functools import partial
from html.parser import HTMLParser
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, settings

from benchmarks import hostile
from benchmarks.measuring import measure, table
from disclosure_spec.edition import installed
from disclosure_spec.reading import read
from disclosure_spec.testing import documents
from disclosure_spec.writing import FORMATS, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

_AGAINST: Final = "html"
_PIECES: Final = 3
"""Files in one round of one contestant."""

_PARAGRAPHS: Final = 8
"""Of each text, as many as an agency writes on some two pages."""


def report(rounds: int, _: int) -> Iterator[str]:
    """Yield the tables."""
    for edition in installed().editions():
        document = filled(edition)
        files = {name: write(document, edition, name) for name in FORMATS}
        sizes = ", ".join(f"{name} {len(data) / 1024:.0f}" for name, data in files.items())
        yield f"Edition {edition.name}; KB: {sizes}.\n"
        writing = {name: partial(_repeat, partial(write, document, edition, name)) for name in FORMATS}
        yield from table(f"write, {edition.name}", measure(writing, rounds), _AGAINST)
        yield ""
        reading = {name: partial(_repeat, partial(read, data)) for name, data in files.items()}
        reading |= {name: partial(_repeat, work) for name, work in _peers(files).items()}
        yield from table(f"read, {edition.name}", measure(reading, rounds), _AGAINST)
        yield ""
    yield from hostile.report(min(rounds, 3))


def filled(edition: Edition) -> Document:
    """Return a report with every cell filled, and texts as long as in print."""
    found: list[Document] = []

    @settings(
        max_examples=1,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(documents(edition, sparse=False))
    def take(document: Document) -> None:
        found.append(document)

    take()
    line = "本机关认真贯彻落实《中华人民共和国政府信息公开条例》，持续做好主动公开和依申请公开工作。" * 4
    texts = {
        one.pointer.removeprefix("/"): "\n".join([line] * _PARAGRAPHS)
        for one in edition.sections
        if not one.grid
    }
    return {**found[0], **texts}


def _repeat(work: Callable[[], object]) -> int:
    for _ in range(_PIECES):
        work()
    return _PIECES


def _peers(files: Mapping[str, bytes]) -> Mapping[str, Callable[[], object]]:
    """Return general libraries that walk over the same file, and know nothing of what it says."""
    found: dict[str, Callable[[], object]] = {}
    page = files["html"].decode()
    found["html, html.parser of Python: all tags"] = lambda: HTMLParser().feed(page)
    soup = _installed("bs4")
    if soup:
        found["html, BeautifulSoup with lxml: all texts of cells"] = lambda: [
            one.get_text() for one in soup.BeautifulSoup(page, "lxml").find_all("td")
        ]
    excel = _installed("openpyxl")
    if excel:
        found["xlsx, openpyxl: all values"] = lambda: [
            list(sheet.iter_rows(values_only=True))
            for sheet in excel.load_workbook(io.BytesIO(files["xlsx"]), data_only=True)
        ]
    word = _installed("docx")
    if word:
        found["docx, python-docx: all texts of cells"] = lambda: [
            [cell.text for cell in row.cells]
            for one in word.Document(io.BytesIO(files["docx"])).tables
            for row in one.rows
        ]
    return found


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None
