"""Web pages, whole or cut out, also when they are called .doc or .xls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import lxml.etree
import lxml.html

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Content, GridCell, Paragraph, Role, Table
from disclosure_spec.limits import MAX_SPAN
from disclosure_spec.marks import HTML_MARK as MARK
from disclosure_spec.place import Place
from disclosure_spec.reading.limiting import within_limits
from disclosure_spec.reading.values import printed
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.grid import Block

# Struck-out text is what the author took back; scripts, frames and buttons were never in the report.
_SKIPPED: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "header", "footer", "nav", "iframe", "object", "svg"}
    | {"button", "select", "option", "del", "s", "strike"}
)
_RAISED: Final = frozenset({"sup", "sub"})
# All other elements end a line; `o:p` is Word's own and stands inside a line.
_INLINE: Final = _RAISED | frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
    }
    | {"o:p", "q", "small", "span", "strong", "tt", "u", "wbr", "del", "s", "strike"}
)
_ROLES: Final = {role.value: role for role in Role}
_CELLS: Final = frozenset({"td", "th"})
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# As browsers read it: leading digits count, the rest of `2px` does not.
_SPAN: Final = re.compile(r"\s*\+?0*([0-9]+)")
# Longer ones are beyond the limit anyway, and int() of a million digits takes its time.
_LONGEST_SPAN: Final = 3
_UNREADABLE: Final = Wording("网页中没有任何内容。", "There is nothing on this page.")


def read_html(text: str) -> Content:
    """Return the visible tables and paragraphs of a page.

    Raises:
        InputError: `read.no_content`, the page is empty; and see `within_limits`.
    """
    # Bytes with a set encoding: a charset that the page declares would be believed once more, and wrongly.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        root = lxml.html.document_fromstring(
            _without_controls(text).encode("utf-8", "replace"), parser=parser
        )
    except lxml.etree.ParserError:
        raise InputError("read.no_content", _UNREADABLE) from None
    # The page's heading before the browser's title, which also carries the name of the site.
    titles = ["".join(map(str, one.itertext())) for name in ("h1", "title") for one in root.iter(name)]
    return Content(
        within_limits(_Flow(root).blocks()), tuple(_flat(title) for title in titles if _flat(title))
    )


class _Flow:
    """Walk a page once, in reading order."""

    def __init__(self, root: lxml.html.HtmlElement) -> None:
        self._root = root
        self._text: list[str] = []
        self._line = 1
        self._tables = 0
        self._role: Role | None = None

    def blocks(self) -> Iterator[Block]:
        """Give tables and paragraphs as they are met."""
        walk = lxml.etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                yield from self._end(element)
                continue
            yield from self._break(element)
            taken = _is_skipped(element)
            if not taken:
                table = self._as_table(element)
                taken = table is not None
                if table is not None:
                    yield table
            if taken:
                # Its end is still reported, so the text behind a skipped element is not lost.
                walk.skip_subtree()
            else:
                self._text.append(element.text or "")
        yield from self._flush()

    def _end(self, element: lxml.html.HtmlElement) -> Iterator[Paragraph]:
        if element.tag not in _INLINE:
            yield from self._flush()
            self._role = None
        if element is not self._root:
            self._text.append(element.tail or "")

    def _break(self, element: lxml.html.HtmlElement) -> Iterator[Paragraph]:
        if element.tag not in _INLINE:
            yield from self._flush()
            self._line = element.sourceline or self._line
            self._role = _ROLES.get(element.get(MARK, ""))

    def _flush(self) -> Iterator[Paragraph]:
        raw = "".join(self._text)
        # Pages of ours show spaces as they are.
        shown = printed(raw if self._role else _SPACE.sub(" ", raw))
        self._text = []
        if shown:
            yield Paragraph(shown, Place(line=self._line, raw=shown), self._role)

    def _as_table(self, element: lxml.html.HtmlElement) -> Table | None:
        """Return a table of data; one that lays out the page, or stands around others, is walked through."""
        # A table around other tables is only walked through, but a row of its own may still hold data.
        if element.tag == "tr" and _cells(element) and next(element.iter("table"), None) is None:
            rows = [element]
        elif element.tag == "table" and next(element.iterdescendants("table"), None) is None:
            rows = [row for row in element.iter("tr") if not _is_skipped(row)]
        else:
            return None
        # A single column is a frame around text, not data.
        if max((len(_cells(row)) for row in rows), default=0) <= 1:
            return None
        self._tables += 1
        return Table(tuple(_rows(rows, self._tables)))


def _rows(rows: list[lxml.html.HtmlElement], table: int) -> Iterator[tuple[GridCell, ...]]:
    # Columns serve to compare widths only: copies lose rowspans, so values are found by their ordinal.
    covered: dict[int, int] = {}
    for number, row in enumerate(rows):
        made: list[GridCell] = []
        column = 0
        for ordinal, cell in enumerate(_cells(row), start=1):
            while covered.get(column, 0) > number:
                column += 1
            rowspan, colspan = _span(cell, "rowspan"), _span(cell, "colspan")
            covered.update(dict.fromkeys(range(column, column + colspan), number + rowspan))
            text = _cell_text(cell)
            place = Place(line=cell.sourceline, table=table, row=number + 1, column=ordinal, raw=text)
            made.append(GridCell(text, number, column, rowspan, colspan, place, cell.get(MARK, "")))
            column += colspan
        yield tuple(made)


def _cells(row: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return [cell for cell in row if cell.tag in _CELLS and not _is_skipped(cell)]


def _span(cell: lxml.html.HtmlElement, name: str) -> int:
    found = _SPAN.match(cell.get(name, ""))
    if found is None:
        return 1
    digits = found.group(1)
    return max(1, min(int(digits) if len(digits) <= _LONGEST_SPAN else MAX_SPAN, MAX_SPAN))


def _cell_text(cell: lxml.html.HtmlElement) -> str:
    """Return the visible text of a cell, one line a paragraph; in pages of ours spaces are as written."""
    if cell.get(MARK) is not None and not len(cell):
        return printed(cell.text or "")
    parts: list[str] = []
    walk = lxml.etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element is cell:
            parts.append(_one_line(element.text) if event == "start" else "")
            continue
        parts.append(_boundary(element))
        if event == "end":
            parts.append(_one_line(element.tail))
        elif _is_skipped(element):
            walk.skip_subtree()
        else:
            parts += [_one_line(element.text), element.get("value", "") if element.tag == "input" else ""]
    lines = (printed(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _boundary(element: lxml.html.HtmlElement) -> str:
    # A footnote mark must not become a digit of the number it stands at.
    return " " if element.tag in _RAISED else "" if element.tag in _INLINE else "\n"


def _one_line(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _is_skipped(element: lxml.html.HtmlElement) -> bool:
    # For comments and the like lxml has a function in place of the tag.
    if not isinstance(element.tag, str) or element.tag in _SKIPPED or element.get("hidden") is not None:
        return True
    # Of hidden fields and checkboxes nobody sees the value.
    if element.tag == "input" and element.get("type", "text").lower() not in {"text", "number"}:
        return True
    return bool(_HIDDEN.search(element.get("style", "")))


def _flat(text: str) -> str:
    return printed(_SPACE.sub(" ", text))


def _without_controls(text: str) -> str:
    return re.sub("[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]", "", text)
