"""PDF files, made here: tables and paragraphs as printed, and no file harms the process that reads it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec import limits
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.grid import Paragraph, Table
from disclosure_spec.reading import pdf as reader
from disclosure_spec.reading import read
from disclosure_spec.reading.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tests.reading.conftest import Sample

    from disclosure_spec.grid import Content

WIDTH, HEIGHT = 595, 842
LEFT, TOP, RIGHT, BOTTOM = 70, 780, 520, 90
A4 = f"[0 0 {WIDTH} {HEIGHT}]"
# A font that readers know by its name: Chinese characters are as wide as high, letters half of that.
FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/UniGB-UTF16-H/DescendantFonts"
    "[<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo"
    "<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor"
    "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
    "/Descent -120/CapHeight 880/StemV 80>>>>]>>"
)


@dataclass
class Canvas:
    """The pages of a PDF, drawn from top to bottom."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    y: float = TOP

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append([])
        self.y = TOP

    def text(self, x: float, y: float, text: str, size: float = 12) -> None:
        """Put a text somewhere."""
        code = text.encode("utf-16-be").hex()
        self.pages[-1].append(f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{code}> Tj ET")

    def rule(self, *line: float) -> None:
        """Draw a line from x, y to x, y."""
        x0, y0, x1, y1 = line
        self.pages[-1].append(f"{x0} {y0} m {x1} {y1} l S")

    def prose(self, *paragraphs: str, size: float = 12) -> None:
        """Set paragraphs with an indent, each line as full as it gets, over as many pages as they need."""
        for paragraph in paragraphs:
            x = LEFT + 2 * size
            line = ""
            for character in paragraph:
                line += character
                if x + wide(line + "中", size) > RIGHT:
                    self.line(x, line, size)
                    x, line = LEFT, ""
            self.line(x, line, size)

    def line(self, x: float, text: str, size: float) -> None:
        """Set a line below the last one."""
        if self.y < BOTTOM:
            self.turn()
        self.y -= 1.5 * size
        self.text(x, self.y, text, size)

    def table(self, rows: Sequence[Sequence[dict[str, Any]]], *, cut: Iterable[int] = ()) -> None:
        """Draw a table with its spans; before each row in `cut` a new page begins."""
        columns = max(cell["column"] + cell["colspan"] for row in rows for cell in row)
        step = (RIGHT - LEFT) / columns
        bounds = [0, *cut, len(rows)]
        for start, end in pairwise(bounds):
            if start or self.y - 40 * (end - start) < BOTTOM - 40:
                self.turn()
            self.y -= 20
            high = min(40.0, (self.y - 40) / (end - start))
            for cell in (cell for row in rows[:end] for cell in row):
                top, bottom = max(cell["row"], start), min(cell["row"] + cell["rowspan"], end)
                if top < bottom:
                    x = LEFT + step * cell["column"]
                    shown = cell["shown"] if cell["row"] >= start else ""
                    self.cell(
                        x, self.y - high * (top - start), step * cell["colspan"], high * (bottom - top), shown
                    )
            self.y -= high * (end - start)

    def cell(self, *box: Any) -> None:
        """Draw the four rules of a cell and the text in it, broken where it is full."""
        x, y, width, height, text = box
        self.pages[-1].append(f"{x} {y - height} {width} {height} re S")
        fits = max(1, int((width - 4) / 4))
        for number, start in enumerate(range(0, len(text), fits)):
            self.text(x + 2, y - 5 - 4.5 * number, text[start : start + fits], 4)

    def file(self, *, media: str = A4, trailer: str = "") -> bytes:
        """Return the file."""
        return file_of(["\n".join(page).encode() for page in self.pages], media, trailer)


def wide(text: str, size: float) -> float:
    """Return the width of a text."""
    return sum(size / 2 if character.isascii() else size for character in text)


def file_of(contents: Sequence[bytes], media: str = A4, trailer: str = "") -> bytes:
    """Return a PDF with such a content on each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]/MediaBox{media}"
        "/Resources<</Font<</F 3 0 R>>>>>>".encode(),
        FONT.encode(),
    ]
    for number, content in enumerate(contents):
        packed = zlib.compress(content)
        parts.append(f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * number} 0 R>>".encode())
        parts.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
    data = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(parts) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{entries}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def texts(content: Content) -> list[str]:
    """Return the paragraphs of a file."""
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def tables(content: Content) -> list[list[list[str]]]:
    """Return the tables of a file in short."""
    found = [block for block in content.blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in found]


def code_of(data: bytes) -> str:
    """Return the code of the error that a file ends in."""
    with pytest.raises(InputError) as caught:
        read_pdf(data)
    assert caught.value.wording.zh
    assert caught.value.wording.en
    return caught.value.code


def drawn(sample: Sample, *, cut: bool = False) -> bytes:
    """Return the PDF of a whole report, its long tables cut by the end of a page."""
    canvas = Canvas()
    canvas.text(150, canvas.y, "测试市某某局2022年政府信息公开工作年度报告", 16)
    canvas.y -= 20
    canvas.prose("本报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。")
    for section in sample.edition.sections:
        canvas.prose(section.heading.zh)
        if section.grid:
            rows = sample.rows(section)
            canvas.table(rows, cut=[len(rows) // 2] if cut and len(rows) > 6 else [])
        else:
            canvas.prose("第一段。" * 30, "第二段。")
    return canvas.file()


@pytest.mark.parametrize("cut", [False, True])
def test_reports_are_read_whole(sample: Sample, *, cut: bool) -> None:
    """Every cell is right, tables cut by the end of a page or not, and prose has its paragraphs again."""
    reading = read(drawn(sample, cut=cut))

    assert reading.format == "pdf"
    assert not sample.wrong(reading)
    assert not reading.unread
    assert reading.document["overview"] == "第一段。" * 30 + "\n第二段。"
    assert reading.document["reporting_body"] == {"name": "测试市某某局", "kind": "department"}
    assert reading.sources[sample.edition.cells[-1].pointer].page


def test_a_value_says_where_it_stands() -> None:
    """A cell has page, table, row and column; cells over several rows and columns have their spans."""
    canvas = Canvas()
    canvas.turn()
    shown = [("甲", 0, 0, 2, 1), ("乙", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1)]
    names = ("shown", "row", "column", "rowspan", "colspan")
    cells = [dict(zip(names, one, strict=True)) for one in shown]
    canvas.table([cells[:2], cells[2:]])
    canvas.prose("表后的一段文字，说明表中各数的来源和计算办法。")

    table = read_pdf(canvas.file()).blocks[0]

    assert isinstance(table, Table)
    assert [[(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in table.rows] == [
        [("甲", 2, 1), ("乙", 1, 2)],
        [("1", 1, 1), ("2", 1, 1)],
    ]
    place = table.rows[1][1].place
    assert (place.page, place.table, place.row, place.column, place.raw) == (2, 1, 2, 2, "2")


def test_a_row_without_its_last_rule_is_a_row() -> None:
    """Where the page ends in a table, the rule below may be missing; the columns show that it ends there."""
    canvas = Canvas()
    for x in (100, 200, 300):
        canvas.rule(x, 700, x, 600)
    for y in (700, 650):
        canvas.rule(100, y, 300, y)
    for number, text in enumerate("甲乙丙丁"):
        canvas.text(110 + 100 * (number % 2), 670 - 50 * (number // 2), text)
    canvas.text(100, 500, "表后的一段文字，说明表中各数的来源和计算办法。")

    assert tables(read_pdf(canvas.file())) == [[["甲", "乙"], ["丙", "丁"]]]


def test_backgrounds_and_frames_are_no_tables() -> None:
    """Coloured backgrounds behind lines, and a frame around a text, leave the text a text."""
    canvas = Canvas()
    canvas.pages[-1].append("1 1 0.9 rg 70 700 225 20 re f 295 700 225 20 re f 0 g 60 600 480 80 re S")
    canvas.text(70, 705, "底色上的文字，从左一直写到右边的边缘，前后不断。")
    canvas.text(70, 650, "框里的文字。")

    content = read_pdf(canvas.file())

    assert not tables(content)
    assert texts(content) == ["底色上的文字，从左一直写到右边的边缘，前后不断。", "框里的文字。"]


def test_page_numbers_go_and_running_titles_are_noted() -> None:
    """Page numbers and what stands on every page are no part of the text that goes on below them."""
    canvas = Canvas()
    canvas.prose("一段文字。" * 300)
    for number, page in enumerate(canvas.pages, start=1):
        canvas.pages.append(page)
        canvas.text(280, 40, f"- {number} -")
        canvas.text(70, 810, "某某局年度报告", 9)
        canvas.pages.pop()

    content = read_pdf(canvas.file())

    assert len(canvas.pages) > 1
    assert texts(content) == ["一段文字。" * 300]
    assert [note.code for note in content.notes] == ["pdf.running"]
    assert "某某局年度报告" in content.notes[0].wording.zh


def test_characters_are_those_a_person_types() -> None:
    """Radicals become the characters they look like; punctuation keeps its width, twice printed is once."""
    canvas = Canvas()
    for shift in (0, 0.3):
        canvas.text(70 + shift, 700, "⼈⺠政府：⾏政复议（⻔户）３件，共计若干，其余从略。")

    assert texts(read_pdf(canvas.file())) == ["人民政府：行政复议（门户）３件，共计若干，其余从略。"]


def test_a_watermark_is_noted() -> None:
    """Text that does not stand upright is not mixed with the text it lies across."""
    canvas = Canvas()
    canvas.text(70, 700, "这是一段正文，水印不在其中，也不打断它。")
    canvas.pages[-1].append(
        f"BT /F 30 Tf 0.7 0.7 -0.7 0.7 100 690 Tm <{'草稿'.encode('utf-16-be').hex()}> Tj ET"
    )

    content = read_pdf(canvas.file())

    assert texts(content) == ["这是一段正文，水印不在其中，也不打断它。"]
    assert [note.code for note in content.notes] == ["pdf.turned"]


IMAGE = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \0 EI Q"


def test_a_scan_says_that_it_is_one() -> None:
    """Without a text layer there is a way out; a page with one is read, and said to be recognised."""
    canvas = Canvas()
    canvas.pages[-1].append(IMAGE)
    assert code_of(canvas.file()) == "read.pdf_scanned"

    canvas.text(70, 700, "这一页是扫描的，文字是软件认出来的，也许不对。")
    canvas.turn()
    canvas.pages[-1].append(IMAGE)
    content = read_pdf(canvas.file())

    assert len(texts(content)) == 1
    assert [(note.code, note.place and note.place.page) for note in content.notes] == [
        ("pdf.recognised", 1),
        ("pdf.page_scanned", 2),
    ]


def full() -> Canvas:
    """Return a page with a text on it."""
    canvas = Canvas()
    canvas.prose("一段文字，足以说明这个文件是有文字层的。")
    return canvas


ENCRYPTED = f"/Encrypt<</Filter/Standard/V 1/R 2/O({'x' * 32})/U({'y' * 32})/P -4>>/ID[(a)(a)]"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (lambda: full().file(trailer=ENCRYPTED), "encrypted"),
        (lambda: full().file()[:-200], "incomplete"),
        (lambda: b"%PDF-1.7\n" + bytes(1000) + b"%%EOF", "damaged"),
        (lambda: full().file(media="null"), "damaged"),
        (lambda: file_of([b""] * (limits.MAX_PDF_PAGES + 1)), "too_many_pages"),
        (lambda: file_of([b"BT /F 9 Tf <4e00> Tj ET " * 350_000]), "too_much"),
        (lambda: file_of([b"[" * 100_000]), "scanned"),
    ],
    ids=["password", "cut off", "junk", "no page size", "long", "bomb", "nested"],
)
def test_what_cannot_be_read_is_refused(data: Callable[[], bytes], problem: str) -> None:
    """Encrypted, damaged and hostile files end in an error with a way out."""
    assert code_of(data()) == f"read.pdf_{problem}"


def test_a_huge_page_and_deep_objects_do_no_harm() -> None:
    """A page of a thousand kilometres, or a tower of brackets, is read for what is on it."""
    expected = texts(read_pdf(full().file()))

    assert texts(read_pdf(full().file(media="[0 0 3000000000 3000000000]"))) == expected
    assert texts(read_pdf(full().file(trailer=f"/X {'[' * 50_000}{']' * 50_000}"))) == expected


def test_glyphs_without_characters_are_no_text() -> None:
    """A font that does not say what it draws gives an error, not nonsense."""
    data = full().file().replace(b"UniGB-UTF16-H", b"Identity-H   ")

    assert code_of(data) == "read.pdf_no_characters"


@pytest.mark.parametrize("limit", ["MAX_PDF_CPU_SECONDS", "MAX_PDF_SECONDS"])
def test_time_is_limited(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """What takes too long is ended from outside."""
    monkeypatch.setattr(limits, limit, 1)

    assert code_of(file_of([b"BT /F 9 Tf 1 0 0 1 1 1 Tm <4e00> Tj ET\n" * 60_000])) == "read.pdf_too_much"


def test_the_answer_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader takes no more from the other process than it can hold."""
    monkeypatch.setattr(limits, "MAX_PDF_ANSWER_BYTES", 10)

    assert code_of(full().file()) == "read.pdf_too_much"


def test_memory_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file for which there is not enough memory ends in an error, and so does no other."""
    pytest.importorskip("resource", reason="limits of a process are a matter of the system")
    monkeypatch.setattr(limits, "MAX_PDF_MEMORY_BYTES", 10_000_000)

    with pytest.raises(InputError):
        read_pdf(full().file())


def test_the_library_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error names what to install."""
    monkeypatch.setattr(reader, "find_spec", lambda _: None)

    with pytest.raises(UsageError, match=r"disclosure-spec\[pdf\]"):
        read_pdf(full().file())


def test_bytes_before_the_first_line_do_no_harm(new: Sample) -> None:
    """A file that begins with an empty line is a PDF all the same."""
    assert read(b"\r\n" + drawn(new)).format == "pdf"


@pytest.mark.parametrize("name", ["02-huaian-2024.pdf", "03-hongze-2023.pdf"])
def test_the_prose_of_real_reports_has_its_paragraphs(reports: Path, name: str) -> None:
    """In real reports each part of prose begins as it should and no line end of the paper is left."""
    document = read((reports / name).read_bytes()).document

    for part in ("preface", "overview", "problems_and_improvements", "other_matters"):
        assert all(line.endswith(("。", "情况。")) for line in str(document[part]).split("\n"))
