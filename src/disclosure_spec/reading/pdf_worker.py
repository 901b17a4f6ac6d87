"""The child process that reads a PDF: takes the file on its input, answers in JSON, and can be killed.

It is started by `disclosure_spec.reading.pdf`, never imported by it. Whatever a damaged file makes the
library raise ends the process; the parent takes that for an answer.
"""

from __future__ import annotations

import io
import json
import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from disclosure_spec.reading.pdf_page import PageParts, RuledTable, parts
from disclosure_spec.reading.pdf_paragraphs import joined, masked, measure, running, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfplumber.page import Page

    from disclosure_spec.reading.pdf_lines import Line
    from disclosure_spec.reading.pdf_paragraphs import Measure

_MOSTLY: Final = 0.2
"""Share of glyphs without a character from which on a text cannot be read."""

_FEW: Final = 20
"""Characters below which a document has no text: a stamp or a page number."""


def main(memory: int, seconds: int, most_pages: int, most_bytes: int) -> None:
    """Read the PDF on the standard input within limits, and print what it holds."""
    _limit(memory, seconds)
    logging.disable(logging.CRITICAL)
    answer = _read(sys.stdin.buffer.read(), most_pages, most_bytes)
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        # Some systems know a limit and do not take it; the parent's clock still runs.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _read(data: bytes, most_pages: int, most_bytes: int) -> dict[str, Any]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as file:
            if len(file.pages) > most_pages:
                return {"problem": "too_many_pages"}
            pages: list[PageParts] = []
            for page in file.pages:
                if _size(page) > most_bytes:
                    return {"problem": "too_much"}
                pages.append(parts(page))
                page.close()
    except MemoryError:
        return {"problem": "too_much"}
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            return {"problem": "encrypted"}
        raise
    return _answer(pages)


def _size(page: Page) -> int:
    """Return how many bytes draw a page: laying them out takes a thousand times as many."""
    return sum(len(stream.get_data()) for stream in page.page_obj.contents)


def _answer(pages: Sequence[PageParts]) -> dict[str, Any]:
    characters = sum(page.characters for page in pages)
    if characters < _FEW:
        return {"problem": "scanned"}
    if sum(page.unnamed for page in pages) > _MOSTLY * characters:
        return {"problem": "no_characters"}
    numbers, repeated = running(pages)
    left_out = numbers | set(repeated)
    return {"blocks": list(_blocks(pages, left_out)), "notes": list(_notes(pages, repeated))}


def _blocks(pages: Sequence[PageParts], left_out: frozenset[Line]) -> Iterator[dict[str, Any]]:
    measured = measure(pages, left_out)
    waiting: list[Line] = []
    width = pages[0].width
    for page in pages:
        # A paragraph may go on over the page, but not from an upright page to a wide one, nor over a table.
        if page.width != width:
            yield from _paragraphs(waiting, width, measured)
            waiting, width = [], page.width
        lines = [line for line in page.lines if line not in left_out]
        items: list[Line | RuledTable] = [*lines, *page.tables]
        for item in sorted(items, key=lambda one: one.top):
            if isinstance(item, RuledTable):
                yield from _paragraphs(waiting, width, measured)
                waiting = []
                yield {"page": page.number, "rows": item.rows}
            else:
                waiting.append(item)
    yield from _paragraphs(waiting, width, measured)


def _paragraphs(lines: Sequence[Line], width: float, measured: Measure) -> Iterator[dict[str, Any]]:
    for paragraph in joined(lines, width, measured) if lines else ():
        yield {"page": paragraph[0].page, "text": text_of(paragraph)}


def _notes(pages: Sequence[PageParts], repeated: Sequence[Line]) -> Iterator[dict[str, Any]]:
    for line in {masked(line): line for line in reversed(repeated)}.values():
        yield {"code": "pdf.running", "page": line.page, "values": {"text": line.text}}
    for page in pages:
        if page.turned:
            yield {"code": "pdf.turned", "page": page.number, "values": {"text": page.turned}}
        if page.scanned:
            code = "pdf.recognised" if page.characters >= _FEW else "pdf.page_scanned"
            yield {"code": code, "page": page.number, "values": {}}
