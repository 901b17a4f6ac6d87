"""Numbers that Word puts before paragraphs by itself."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.reading import read
from disclosure_spec.reading.docx import read_docx
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from tests.conftest import Bench

MAIN = "word/document.xml"
NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


LEVEL = '<w:lvl w:ilvl="{}"><w:start w:val="{}"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
NUM = '<w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
NUMBERED = re.compile(
    r"(<w:pStyle [^>]*>(?:<w:keepNext/>)?)(</w:pPr><w:r><w:rPr>[^/]*/></w:rPr><w:t[^>]*>)"
    r"([一二三四五六七]、|（[一二三四五六七]）|[1-8]\.)"
)
"""Style, text and the number it begins with."""
NUMERALS = "一二三四五六七"
KINDS = {"、": ("chineseCounting", "%1、"), "）": ("japaneseCounting", "（%1）"), ".": ("decimal", "%1.")}


def packed(body: str, **parts: str) -> bytes:
    """Return a document with further parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(MAIN, f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return made.getvalue()


def numbering(*levels: tuple[str, str], more: str = "") -> str:
    """Return the definitions of one list, and of others."""
    made = "".join(LEVEL.format(n, 1, form, shown) for n, (form, shown) in enumerate(levels))
    return (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>'
        f"{NUM.format(7)}{more}</w:numbering>"
    )


def listed(*levels: int, style: str = "", number: int | None = 7) -> str:
    """Return paragraphs numbered at these levels, or by a style alone."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    direct = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr>' if number is not None else ""
    return "".join(
        f"<w:p><w:pPr>{styled}{direct.format(n, number)}</w:pPr><w:r><w:t>甲</w:t></w:r></w:p>"
        for n in levels
    )


@pytest.mark.parametrize(
    ("levels", "depths", "shown"),
    [
        ([("chineseCountingThousand", "%1、")], [0] * 21, ["一、", "十、", "十一、", "二十、", "二十一、"]),
        ([("japaneseCounting", "（%1）")], [0, 0], ["（一）", "（二）"]),
        ([("decimal", "%1."), ("decimal", "%1.%2")], [0, 1, 1, 0, 1], ["1.", "1.1", "1.2", "2.", "2.1"]),
        ([("decimal", "%1."), ("decimal", "%1.%2")], [1], ["1.1"]),
        ([("decimalFullWidth", "%1．")], [0], ["１．"]),
        ([("decimalEnclosedCircleChinese", "%1")], [0] * 21, ["①", "⑩", "⑳", ""]),
        ([("ideographDigital", "%1、")], [0] * 10, ["一、", "一〇、"]),
        ([("bullet", "●")], [0], [""]),
        ([("cardinalText", "%1.")], [0], [""]),
        ([("decimal", "%1.")], [0] * 100, ["99.", ""]),
        ([("decimal", "%1.")], [5], [""]),
    ],
)
def test_automatic_numbers_are_seen(
    levels: list[tuple[str, str]], depths: list[int], shown: list[str]
) -> None:
    """Numbers that Word puts before paragraphs are read as they show; bullets and unknown kinds are not."""
    lines = read_docx(packed(listed(*depths), numbering=numbering(*levels))).texts()
    found = [line.removesuffix("甲") for line in lines]
    assert len(found) == len(depths)
    assert [one for one in found if one in shown] == shown


def test_numbers_by_style_and_begun_anew() -> None:
    """A style may be numbered, by way of the one it is based on; a list may begin anew."""
    styles = (
        f'<w:styles {NAMES}><w:style w:styleId="a"><w:name w:val="x"/><w:pPr><w:numPr><w:numId w:val="7"/>'
        '</w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    anew = (
        '<w:num w:numId="8"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    styled = listed(0, style="b", number=None)
    body = styled + listed(0, style="b", number=0) + styled + listed(0, 0, number=8)
    data = packed(body, numbering=numbering(("decimal", "%1."), more=anew), styles=styles)
    assert read_docx(data).texts() == ("1.甲", "甲", "2.甲", "5.甲", "6.甲")


def test_headings_and_labels_numbered_by_word(bench: Bench) -> None:
    """A report whose headings and labels are numbered by the program is read as if they were typed."""
    lists: list[str] = []

    def automatic(found: re.Match[str]) -> str:
        style, run, number = found.groups()
        start = NUMERALS.find(number.strip("（）、")) + 1 or int(number[0])
        level = LEVEL.format(0, start, *KINDS[number[-1]])
        at = len(lists) + 1
        lists.append(f'<w:abstractNum w:abstractNumId="{at}">{level}</w:abstractNum>{NUM.format(at)}')
        return f'{style}<w:numPr><w:numId w:val="{at}"/></w:numPr>{run}'

    data = write(bench.report, bench.edition, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = NUMBERED.sub(automatic, archive.read(MAIN).decode())
        styles = archive.read("word/styles.xml").decode()
    body = xml[xml.index("<w:body>") + len("<w:body>") : xml.index("<w:sectPr>")]
    numbered = packed(body, styles=styles, numbering=f"<w:numbering {NAMES}>{''.join(lists)}</w:numbering>")
    assert len(lists) > 20
    assert read(numbered).document == bench.report
