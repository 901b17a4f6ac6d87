"""Office files made to fill memory or time, and what reading each of them takes in a process of its own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_LAUGHS: Final = '<!DOCTYPE a [<!ENTITY a "{}">{}]>'.format(
    "ha" * 50,
    "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)),
)

# Measured from inside: the time to start Python and to load the library is not the file's. Linux only.
_CHILD: Final = """
import json, re, sys, time
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read
from disclosure_spec.writing import write
from disclosure_spec.blank import blank

def most():
    # Not ru_maxrss, which a process takes over from the one that started it.
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])

for edition in installed().editions():
    for name in ("docx", "xlsx"):
        read(write(blank(edition), edition, name))
data = sys.stdin.buffer.read()
before, start = most(), time.process_time()
try:
    read(data)
    came = "read"
except InputError as error:
    came = error.code
print(json.dumps([(time.process_time() - start) * 1000, (most() - before) / 1024, came]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading one file took: milliseconds, megabytes beyond those of any report, and how it ended."""

    milliseconds: float
    megabytes: float
    came: str


def cost(data: bytes, rounds: int) -> Cost:
    """Read a file in a process of its own, and return the median of its times and the most memory."""
    found = []
    for _ in range(rounds):
        program = [sys.executable, "-c", _CHILD]
        done = subprocess.run(program, input=data, capture_output=True, check=True)  # noqa: S603 - our own
        found.append(json.loads(done.stdout))
    return Cost(median(one[0] for one in found), max(one[1] for one in found), found[0][2])


def report(rounds: int) -> Iterator[str]:
    """Yield the table."""
    yield "| hostile file | KB | ms, median | MB, most | came to |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for name, make in FILES.items():
        data = make()
        took = cost(data, rounds)
        size = len(data) / 1024
        yield f"| {name} | {size:,.0f} | {took.milliseconds:.1f} | {took.megabytes:.1f} | {took.came} |"


def packed(parts: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of the parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def workbook(rows: str, after: str = "", sheets: int = 1, **others: str) -> bytes:
    """Return a workbook of which every sheet holds these rows."""
    numbers = range(1, sheets + 1)
    entries = "".join(f'<sheet name="s{one}" sheetId="{one}" r:id="x{one}"/>' for one in numbers)
    targets = "".join(
        f'<Relationship Id="x{one}" Type="t/worksheet" Target="worksheets/s{one}.xml"/>' for one in numbers
    )
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="r"><sheets>{entries}</sheets></workbook>',
            _RELATIONS: f"<Relationships>{targets}</Relationships>",
            **{f"xl/worksheets/s{one}.xml": sheet for one in numbers},
            **{f"xl/{name}.xml": text for name, text in others.items()},
        }
    )


def text(body: str, before: str = "") -> bytes:
    """Return a Word document with this body."""
    return packed(
        {"word/document.xml": f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'}
    )


def _cell(at: str) -> str:
    return f'<row><c r="{at}" t="str"><v>1</v></c></row>'


def _nested() -> bytes:
    inner = packed({"a.bin": b"\0" * 10_000_000})
    for _ in range(5):
        inner = packed({f"{number}.zip": inner for number in range(10)})
    return inner


def _embedded() -> bytes:
    made = io.BytesIO(workbook(_cell("A1")))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/embeddings/a.zip", _nested())
    return made.getvalue()


def _overlapping() -> bytes:
    """Return a zip whose second entry is the same bytes as its first."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 900_000)
        first = archive.getinfo("xl/workbook.xml")
        for number in range(1_500):
            other = zipfile.ZipInfo(f"{number:015}")
            for key in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
                setattr(other, key, getattr(first, key))
            archive.filelist.append(other)
            archive.NameToInfo[other.filename] = other
    return made.getvalue()


def _encrypted() -> bytes:
    data = bytearray(workbook(_cell("A1")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


def _repeated() -> bytes:
    rows = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(1_900))
    return workbook(rows, sharedStrings=f'<sst xmlns="{SHEET}"><si><t>{"长" * 4_000}</t></si></sst>')


def _blank_cells(count: int) -> str:
    """Return a row that is not packed so tightly that this alone gives it away."""
    cells = "".join(f'<c s="{number * number % 997}"/>' for number in range(count))
    return f"<row>{cells}</row>"


_MANY: Final = "".join(f"<row>{'<c><v>1</v></c>' * 240}</row>" for _ in range(200))
_PARAGRAPH: Final = "<w:p/>"

FILES: Final[Mapping[str, Callable[[], bytes]]] = {
    "xlsx: 30 MB of spaces": lambda: workbook(" " * 30_000_000),
    "docx: 300 MB of text": lambda: text(f"<w:p><w:r><w:t>{'a' * 300_000_000}</w:t></w:r></w:p>"),
    "docx: 4 million empty paragraphs": lambda: text(_PARAGRAPH * 4_000_000),
    "docx: 1.2 million empty paragraphs": lambda: text(_PARAGRAPH * 1_200_000),
    "docx: 490,000 empty paragraphs": lambda: text(
        "".join(f'<w:p a="{number * number % 997}"/>' for number in range(490_000))
    ),
    "zip in zip, six deep": _nested,
    "xlsx: the same inside, as an attachment": _embedded,
    "xlsx: 1,500 entries on the same bytes": _overlapping,
    "xlsx: 3,000 parts": lambda: packed({"xl/workbook.xml": "", **{f"{one}": "" for one in range(3_000)}}),
    "xlsx: one far cell": lambda: workbook(_cell("XFD1048576")),
    "xlsx: merged A1:XFD2000": lambda: workbook(
        _cell("A1"), '<mergeCells><mergeCell ref="A1:XFD2000"/></mergeCells>'
    ),
    "xlsx: a million rows": lambda: workbook("".join(_cell(f"A{row}") for row in range(1, 1_000_001))),
    "xlsx: 600,000 blank cells": lambda: workbook(_blank_cells(600_000)),
    "xlsx: 390,000 blank cells": lambda: workbook(_blank_cells(390_000)),
    "xlsx: 48,000 cells on each of 50 sheets": lambda: workbook(_MANY, sheets=50),
    "xlsx: one long text in 1,900 cells": _repeated,
    "xlsx: billion laughs": lambda: workbook(_cell("A1"), sharedStrings=f"{_LAUGHS}<sst>&i;</sst>"),
    "docx: billion laughs": lambda: text("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", _LAUGHS),
    "docx: 10,000 levels": lambda: text("<w:sdt>" * 10_000 + "</w:sdt>" * 10_000),
    "xlsx: a part named ../a": lambda: packed({"xl/workbook.xml": "", "../a": ""}),
    "xlsx: encrypted": _encrypted,
    "docx: cells a million columns wide": lambda: text(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>' * 200
    ),
}
"""What makes each file, by what it is."""
