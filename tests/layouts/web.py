"""Pages of the web: as a program writes them, as editors of sites leave them."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.layouts.page import Block, Box, Page, Row


@dataclass(frozen=True, slots=True)
class Web:
    """How a page is written.

    Attributes:
        cell: What is put around the text of a cell.
        blank: What stands in a cell without text.
        line: What is put around a line.
        titles: The tag of titles.
        nested: Whether all is in a cell of a table that makes the layout.
        gap: What stands between tags.
    """

    cell: str = "{}"
    blank: str = ""
    line: str = "<p>{}</p>"
    titles: str = "th"
    nested: bool = False
    gap: str = "\n"

    def __call__(self, page: Page) -> bytes:
        """Return a page as a file."""
        blocks = [self._line(text) for text in page.front]
        for pointer, heading in page.headings.items():
            blocks += [self._line(heading), *map(self._block, page.parts[pointer])]
        blocks += [self._line(text) for text in page.back]
        body = self.gap.join(blocks)
        body = f"<table><tr><td>{body}</td></tr></table>" if self.nested else body
        head = f'<meta charset="utf-8"><title>{escape(page.window)}</title>'
        return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()

    def _line(self, text: str) -> str:
        return self.line.format(escape(text))

    def _block(self, block: Block) -> str:
        if isinstance(block, str):
            return self._line(block)
        return "<table>" + self.gap.join(map(self._row, block)) + "</table>"

    def _row(self, row: Row) -> str:
        return "<tr>" + self.gap.join(map(self._cell, row)) + "</tr>"

    def _cell(self, box: Box) -> str:
        tag = self.titles if box.is_title else "td"
        text = self.cell.format(escape(box.text).replace("\n", "<br>")) if box.text else self.blank
        return f"<{tag}{''.join(_spans(box))}>{text}</{tag}>"


def _spans(box: Box) -> Iterator[str]:
    for name, span in (("rowspan", box.rowspan), ("colspan", box.colspan)):
        if span > 1:
            yield f' {name}="{span}"'


WEB: Final[Mapping[str, Web]] = {
    "web": Web(),
    "web: paragraphs in cells": Web('<p align="center"><span>{}</span></p>', "<p>&nbsp;</p>", titles="td"),
    "web: in a table for layout": Web("<b>{}</b>", "&nbsp;", "<div>{}</div>", nested=True),
    "web: lines with br, cells with wide blanks": Web(
        "{}", "\u3000", "&emsp;&emsp;{}<br>", titles="td", gap=""
    ),
}
