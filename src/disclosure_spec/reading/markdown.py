"""Markdown, with tables of its own or in HTML: a page is made of it, every line where it is in the file."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from disclosure_spec._values import replace
from disclosure_spec.grid import Kind, Role, Table
from disclosure_spec.marks import HTML_MARK, IDENTITY
from disclosure_spec.reading.html import read_html
from disclosure_spec.reading.limiting import check_lines
from disclosure_spec.reading.markdown_lines import as_html, front_matter, joined, visible_row
from disclosure_spec.reading.text_lines import Line
from disclosure_spec.reading.text_pipes import has_pipe, is_rule, read_pipes
from disclosure_spec.reading.text_prose import usual_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from disclosure_spec.grid import Block, Content

_OURS: Final = re.compile(rf"\s*<!-- {re.escape(IDENTITY)}: ")
_ROLES: Final = {"h1": Role.TITLE}
# In Chinese the space behind the signs of a heading is often left out.
_SPACELESS: Final = re.compile(r"^(#{2,6})(?=[^\s#])", re.MULTILINE)

# Tables are taken from their lines: GFM adds cells to short rows and drops those that are too many. Four
# spaces indent a paragraph, they make no program of it; no line is lost as the target of a link.
_BLOCKS: Final = MarkdownIt("commonmark").disable(["code", "reference", "inline", "text_join"])


def read_markdown(text: str) -> Content:
    """Return the tables and paragraphs of a Markdown file; in one of ours headings and prompts are marked.

    Raises:
        InputError: See `check_lines` and `read_html`.
    """
    check_lines(text)
    title, body = front_matter(re.sub("\r\n?", "\n", text))
    tokens = _BLOCKS.parse(_SPACELESS.sub(r"\1 ", body))
    page = _Page(tokens, marked=bool(_OURS.match(text)))
    content = read_html(f"<head><title>{escape(title)}</title></head><body>{page.html()}</body>")
    return replace(content, blocks=tuple(map(page.as_drawn, content.blocks)))


class _Page:
    """Write the blocks of a file as a page, each on the line where it begins."""

    def __init__(self, tokens: Sequence[Token], *, marked: bool) -> None:
        self._tokens = tokens
        self._marked = marked
        self._in_parts = False
        self._html: list[str] = []
        self._line = 1
        self._rows: list[Line] = []
        self._kinds: dict[int | None, Kind] = {}
        inline = [at for at, token in enumerate(tokens) if token.type == "inline"]
        self._wrapped_at = usual_width([line for at in inline for line in self._lines(at)])

    def html(self) -> str:
        """Return the page."""
        quotes, item = 0, ""
        for at, token in enumerate(self._tokens):
            quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            if token.type == "list_item_open":
                # Of a numbered item the number is text; what a sign begins has none.
                item = f"{token.info}{token.markup} " if token.info else ""
            if token.type == "inline":
                opening = self._tokens[at - 1]
                # Behind the signs of a heading no row of a table begins.
                add = self._add_prose if opening.markup.startswith("#") else self._add_lines
                add(self._lines(at), opening.tag, item, quoted=quotes > 0)
                item = ""
            elif token.type not in {"paragraph_open", "paragraph_close"}:
                # Rows may stand apart as paragraphs; anything else ends a table.
                self._end_table()
                self._add_foreign(token)
        self._end_table()
        return "".join(self._html)

    def as_drawn(self, block: Block) -> Block:
        """Return a block of the page with the kind of table it was in the file."""
        if not isinstance(block, Table):
            return block
        line = next((cell.place.line for row in block.rows for cell in row), None)
        return replace(block, kind=self._kinds.get(line, block.kind))

    def _lines(self, at: int) -> list[Line]:
        token = self._tokens[at]
        first = token.map[0] + 1 if token.map else 1
        return [Line(text, number) for number, text in enumerate(token.content.split("\n"), first)]

    def _add_lines(self, lines: Sequence[Line], tag: str, item: str, *, quoted: bool) -> None:
        for drawn, group in groupby(lines, key=has_pipe):
            found = list(group)
            if drawn and not item:
                if len(found) > 1 and is_rule(found[1]):
                    self._end_table()
                self._rows += found
            else:
                self._end_table()
                self._add_prose(found, tag, item, quoted=quoted)

    def _add_prose(self, lines: Sequence[Line], tag: str, item: str, *, quoted: bool) -> None:
        *above, last = joined(lines, self._wrapped_at)
        for line, text in above:
            self._put(line, self._paragraph(item + as_html(text), "p", quoted=quoted))
        # Only the last of several lines is what the rule below them makes a heading.
        line, text = last
        self._put(line, self._paragraph(item + as_html(text), tag, quoted=quoted))

    def _paragraph(self, html: str, tag: str, *, quoted: bool) -> str:
        role = _ROLES.get(tag, Role.HEADING) if tag != "p" else None
        self._in_parts = self._in_parts or role is Role.HEADING
        if role is None:
            role = Role.PROMPT if quoted else Role.TEXT if self._in_parts else Role.PREFACE
        mark = f' {HTML_MARK}="{role.value}"' if self._marked else ""
        return f"<{tag}{mark}>{html}</{tag}>"

    def _add_foreign(self, token: Token) -> None:
        """Add HTML as it is, and what is fenced line by line."""
        first = token.map[0] + 1 if token.map else 1
        if token.type == "html_block":
            self._put(first, token.content.rstrip("\n"))
        elif token.type == "fence":
            for number, text in enumerate(token.content.rstrip("\n").split("\n"), first + 1):
                self._put(number, self._paragraph(escape(text), "p", quoted=False))

    def _end_table(self) -> None:
        lines, self._rows = self._rows, []
        if not lines:
            return
        table = read_pipes([visible_row(line) for line in lines])
        if table is None or table.kind is Kind.STREAM:
            for line in lines:
                self._add_prose([line], "p", "", quoted=False)
            return
        rows = [row for row in table.rows if row]
        for at, row in enumerate(rows):
            texts = (escape(cell.text).replace("\n", "<br>") for cell in row)
            cells = "".join(f"<td>{text}</td>" for text in texts)
            begin, end = "<table>" if not at else "", "</table>" if at == len(rows) - 1 else ""
            number = row[0].place.line or 1
            self._kinds[number] = table.kind
            self._put(number, f"{begin}<tr>{cells}</tr>{end}")

    def _put(self, line: int, html: str) -> None:
        """Write at the beginning of a line, so that places on the page are those in the file."""
        self._html.append("\n" * (line - self._line) + html)
        self._line = max(line, self._line) + html.count("\n")
