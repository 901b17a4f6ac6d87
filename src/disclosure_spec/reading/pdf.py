"""PDF, read by another process that a hostile file may take down with it; extra `[pdf]`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from threading import Timer
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn

from disclosure_spec import limits
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.grid import Content, GridCell, Paragraph, Table
from disclosure_spec.place import Place
from disclosure_spec.reading.limiting import within_limits
from disclosure_spec.reading.notes import note
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_spec.grid import Block

# Isolated, the child neither sees the user's settings nor looks for modules where the file happens to lie; it
# gets the parent's own search path instead, wherever the package and its libraries are installed.
_START: Final = (
    "import json, sys; path, *limits = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from disclosure_spec.reading.pdf_worker import main; main(*limits)"
)
_END: Final = b"%%EOF"
_MISSING: Final = Wording(
    "读取PDF需要pdfplumber：pip install 'disclosure-spec[pdf]'。",
    "Reading PDF needs pdfplumber: pip install 'disclosure-spec[pdf]'.",
)
_INSTEAD: Final = Wording(
    "请改用该报告的Word文件（docx）或网页。", "Take the report as a Word file (docx) or as a web page."
)
_PROBLEMS: Final = {
    "scanned": Wording(
        "这个PDF是扫描件，没有文字层；本工具不做文字识别（OCR）。{instead}",
        "This PDF is a scan without any text, and characters are not recognised here (no OCR). {instead}",
    ),
    "no_characters": Wording(
        "这个PDF的字体没有附带文字编码，看得见、读不出。{instead}",
        "The fonts of this PDF do not say which characters they draw, so it cannot be read. {instead}",
    ),
    "encrypted": Wording(
        "这个PDF设有打开密码；请输入密码打开，另存为不带密码的文件，再试一次。",
        "This PDF needs a password; open it with its password and save it without one.",
    ),
    "incomplete": Wording(
        "这个PDF不完整，可能没有下载完；请重新下载。",
        "This PDF is not complete, perhaps the download was cut off; get it once more.",
    ),
    "damaged": Wording(
        "这个PDF已损坏，无法读取；请用阅读器打开后另存，再试一次。{instead}",
        "This PDF is damaged and cannot be read; open it in a viewer, save it anew and try again. {instead}",
    ),
    "too_many_pages": Wording(
        "这个PDF超过{pages}页；一份报告远小于此，请检查是否选错了文件。",
        "This PDF has more than {pages} pages; a report is far shorter, check that it is the right file.",
    ),
    "too_much": Wording(
        "读取这个PDF超出了内存、时间或篇幅的限制；一份报告远小于此。{instead}",
        "Reading this PDF takes more memory, time or space than is allowed; no report does. {instead}",
    ),
}


def read_pdf(data: bytes) -> Content:
    """Return the tables and paragraphs of a PDF.

    Raises:
        InputError: `read.pdf_<problem>`: `scanned` (no text layer), `no_characters`, `encrypted`,
            `incomplete`, `damaged`, `too_many_pages`, `too_much`; and see `within_limits`.
        UsageError: `extra.pdf`, the library is not installed.
    """
    if find_spec("pdfplumber") is None:
        raise UsageError("extra.pdf", _MISSING)
    # Libraries repair a file that was cut off, and the pages that are missing would go unnoticed.
    if _END not in data:
        _refuse("incomplete")
    answer = _ask(data)
    if "problem" in answer:
        _refuse(answer["problem"])
    notes = (note(one["code"], Place(page=one["page"]), **one["values"]) for one in answer["notes"])
    return Content(within_limits(_blocks(answer["blocks"])), notes=tuple(notes))


def _ask(data: bytes) -> dict[str, Any]:
    """Return the child's answer."""
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        with _child(source) as (process, killer):
            assert process.stdout is not None  # noqa: S101 - it is piped
            # Never more than this, whatever the child was made to say.
            text = process.stdout.read(limits.MAX_PDF_ANSWER_BYTES + 1)
            if len(text) > limits.MAX_PDF_ANSWER_BYTES:
                process.kill()
            code = process.wait()
            in_time = killer.is_alive()
    # Negative is a signal: the system ended the process for its time or memory, or our clock did.
    if code < 0 or not in_time or len(text) > limits.MAX_PDF_ANSWER_BYTES:
        _refuse("too_much")
    if code:
        _refuse("damaged")
    answer: dict[str, Any] = json.loads(text)
    return answer


@contextmanager
def _child(source: IO[bytes]) -> Iterator[tuple[subprocess.Popen[bytes], Timer]]:
    """Start the child, and end it when its time is over."""
    bounds = (
        limits.MAX_PDF_MEMORY_BYTES,
        limits.MAX_PDF_CPU_SECONDS,
        limits.MAX_PDF_PAGES,
        limits.MAX_PDF_PAGE_BYTES,
    )
    command = [sys.executable, "-I", "-c", _START, json.dumps([[str(one) for one in sys.path], *bounds])]
    with subprocess.Popen(  # noqa: S603 - our own program, and the file is not among its arguments
        command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        killer = Timer(limits.MAX_PDF_SECONDS, process.kill)
        killer.start()
        try:
            yield process, killer
        finally:
            killer.cancel()
            process.kill()


def _blocks(answered: Iterable[dict[str, Any]]) -> Iterator[Block]:
    tables = 0
    for block in answered:
        page = int(block["page"])
        if "text" in block:
            text = str(block["text"])
            yield Paragraph(text, Place(page=page, raw=text))
            continue
        tables += 1
        yield Table(tuple(tuple(_cells(row, page, tables)) for row in block["rows"]))


def _cells(row: Iterable[list[Any]], page: int, table: int) -> Iterator[GridCell]:
    for ordinal, (text, at, column, rowspan, colspan) in enumerate(row, start=1):
        place = Place(page=page, table=table, row=at + 1, column=ordinal, raw=text)
        yield GridCell(text, at, column, rowspan, colspan, place)


def _refuse(problem: str) -> NoReturn:
    wording = _PROBLEMS[problem].fill(instead=_INSTEAD, pages=limits.MAX_PDF_PAGES)
    raise InputError(f"read.pdf_{problem}", wording)
