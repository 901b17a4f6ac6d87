"""A report as a web page, and as clean tables to paste into a site's editor."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import CellRole, Paragraph, Role, Table
from disclosure_spec.marks import HTML_MARK, IDENTITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.grid import Content, GridCell

_TAGS: Final = {Role.TITLE: "h1", Role.CAPTION: "h1", Role.HEADING: "h2", Role.PARTICULARS: "h2"}
_HEADERS: Final = {CellRole.BAND, CellRole.HEADER, CellRole.NOTE, CellRole.LABEL}
_STYLE: Final = """\
body{margin:2rem auto;max-width:60rem;padding:0 1rem;
font:16px/1.75 "仿宋_GB2312",FangSong,"Noto Serif CJK SC",serif}
h1{text-align:center;font:1.6rem/1.5 "方正小标宋简体",SimSun,"Noto Serif CJK SC",serif}
h2{font:1.1rem/1.5 SimHei,"Noto Sans CJK SC",sans-serif;margin:1.5rem 0 .5rem}
p,td{white-space:pre-wrap;overflow-wrap:anywhere}
p{text-indent:2em;margin:.3rem 0}
p[data-disclosure=prompt]{color:#777}
table{border-collapse:collapse;width:100%;table-layout:fixed;font:13px/1.4 SimSun,"Noto Serif CJK SC",serif}
th,td{border:1px solid #000;padding:3px;text-align:center;font-weight:normal}
th.band{background:#c6d9f1}
@media print{body{margin:0;max-width:none}table{page-break-inside:avoid}}
"""


def write_html(content: Content) -> str:
    """Return a whole page, with the role of every paragraph and the mark of every cell."""
    title = escape(next(iter(content.titles), ""))
    body = "\n".join(line for block in content.blocks for line in _block(block))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="{IDENTITY}" content="{escape(content.form)}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def write_fragment(content: Content) -> str:
    """Return clean tables and paragraphs, with nothing but spans: editors of sites drop all else."""
    kept = (one for one in content.blocks if not isinstance(one, Paragraph) or one.role is not Role.CAPTION)
    return "\n".join(line for block in kept for line in _block(block, clean=True)) + "\n"


def _block(block: Paragraph | Table, *, clean: bool = False) -> Iterator[str]:
    if isinstance(block, Paragraph):
        tag = _TAGS.get(block.role or Role.TEXT, "p")
        mark = "" if clean or block.role is None else f' {HTML_MARK}="{block.role.value}"'
        yield f"<{tag}{mark}>{escape(block.text, quote=False)}</{tag}>"
        return
    if clean:
        yield write_table(block)
        return
    yield "<table>"
    if block.widths:
        total = sum(block.widths)
        yield "".join(f'<col style="width:{100 * one / total:.2f}%">' for one in block.widths)
    for row in block.rows:
        yield "<tr>" + "".join(_cell(cell) for cell in row) + "</tr>"
    yield "</table>"


def write_table(table: Table) -> str:
    """Return a clean table: nothing but cells and their spans."""
    rows = ("<tr>" + "".join(_cell(cell, clean=True) for cell in row) + "</tr>" for row in table.rows)
    return "\n".join(('<table border="1">', *rows, "</table>"))


def _cell(cell: GridCell, *, clean: bool = False) -> str:
    tag = "th" if cell.role in _HEADERS and not clean else "td"
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
        if span > 1
    )
    mark = f' {HTML_MARK}="{escape(cell.mark)}"' if cell.mark and not clean else ""
    band = ' class="band"' if cell.role is CellRole.BAND and not clean else ""
    return f"<{tag}{band}{spans}{mark}>{escape(cell.text, quote=False)}</{tag}>"
