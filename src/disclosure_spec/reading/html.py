"""Web pages, whole or cut out, also when they are called .doc or .xls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

import lxml.etree

from disclosure_spec._scalars import excerpt
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Content, Paragraph, Role, Table
from disclosure_spec.marks import HTML_MARK as MARK
from disclosure_spec.place import Place
from disclosure_spec.reading.html_frame import Seen, is_heading, source_line, without_frame
from disclosure_spec.reading.html_tables import (
    INLINE,
    TableKind,
    is_hidden,
    is_row_alone,
    is_skipped,
    one_line,
    parted,
    row_of,
    tables_of,
    text_rows,
)
from disclosure_spec.reading.limiting import within_limits
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.values import printed
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from disclosure_spec.grid import Block
    from disclosure_spec.place import Note
    from disclosure_spec.reading.html_tables import PageRow

_ROLES: Final = {role.value: role for role in Role}
_FILE: Final = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|7z)\b", re.IGNORECASE)
_CONTROLS: Final = bytes({*range(0x20), 0x7F} - set(b"\t\n\f\r"))
_NAMED: Final = 5
"""Names that an error lists."""

_ATTACHMENTS: Final = Wording(
    "网页上没有报告正文，只有附件：{names}。请下载附件，再读取下载的文件。",
    "The page does not hold the report, it only links to it: {names}. Download that file and read it.",
)
_FRAMES: Final = Wording(
    "网页的内容在另外的文件里：{names}。请打开网页，另存为单一文件（mht）或xlsx、docx，再试一次。",
    "The page shows other files: {names}. Open it and save it as a single file (mht), or as xlsx or docx.",
)
_UNREADABLE: Final = Wording("网页中没有任何内容。", "There is nothing on this page.")


def read_html(text: str) -> Content:
    """Return the visible tables and paragraphs of a page, without what the site puts around its text.

    Raises:
        InputError: `read.no_content`, the page is empty; `read.attachments` and `read.frames`, the report is
            not on the page but in files it names; and see `within_limits`.
    """
    return content_of(parse(text))


def parse(text: str) -> _Element:
    """Return the tree of a page.

    Raises:
        InputError: `read.no_content`.
    """
    # Bytes with a set encoding: a charset that the page declares would be believed once more, and wrongly.
    parser = lxml.etree.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True)
    # Not by lxml.html, which has Python choose a class for every element and takes twice as long.
    root: _Element | None = lxml.etree.fromstring(_without_controls(text), parser)
    if root is None:
        raise InputError("read.no_content", _UNREADABLE)
    return root


def content_of(root: _Element) -> Content:
    """Return the tables and paragraphs of a tree.

    Raises:
        InputError: See `read_html`.
    """
    # The page's heading before the browser's title, which also carries the name of the site.
    titles = ["".join(map(str, one.itertext())) for name in ("h1", "title") for one in root.iter(name)]
    flow = _Flow(root)
    within_limits(flow.blocks())
    _refuse_without_report(root, flow.seen)
    blocks, notes = without_frame(flow.seen)
    shown = tuple(_flat(title) for title in titles if _flat(title))
    return Content(blocks, shown, notes=(*flow.notes, *notes))


def _refuse_without_report(root: _Element, seen: Sequence[Seen]) -> None:
    """Refuse a page that only leads to the report."""
    if any(isinstance(one.block, Table) for one in seen) or any(is_heading(one.line) for one in seen):
        return
    files = [link for link in root.iter("a") if _FILE.search(link.get("href", ""))]
    if files:
        names = dict.fromkeys(_name(link) for link in files)
        raise InputError("read.attachments", _ATTACHMENTS.fill(names="、".join([*names][:_NAMED])))
    pages = [excerpt(one.get("src", "")) for one in root.iter("frame", "iframe") if one.get("src")]
    if pages:
        raise InputError("read.frames", _FRAMES.fill(names="、".join(pages[:_NAMED])))


def _name(link: _Element) -> str:
    """Return what a reader of the page knows a file by."""
    shown = _flat("".join(map(str, link.itertext())))
    name = unquote(link.get("href", "")).rsplit("/", 1)[-1]
    return excerpt(shown if _FILE.search(shown) else f"{shown}（{name}）" if shown else name)


class _Flow:
    """Walk a page once, in reading order.

    Attributes:
        seen: The blocks met so far.
        notes: What was met and cannot be shown in them.
    """

    def __init__(self, root: _Element) -> None:
        self.seen: list[Seen] = []
        self.notes: list[Note] = []
        self._root = root
        self._of_page = tables_of(root)
        self._text: list[str] = []
        self._unlinked = False
        self._links: set[_Element] = set()
        self._at = root
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
            taken = is_skipped(element)
            if not taken:
                yield from self._break(element)
                found = self._tables_in(element)
                taken = bool(found)
                self.seen.extend(Seen(block, element) for block in found)
                yield from found
            elif is_hidden(element) and next(element.iter("table"), None) is not None:
                self.notes.append(note("html.hidden", Place(line=source_line(element))))
            if taken:
                # Its end is still reported, so the text behind a skipped element is not lost.
                walk.skip_subtree()
            else:
                if element.tag == "a" and element.get("href"):
                    self._links.add(element)
                self._add(element.text, element)
        yield from self._flush()

    def _add(self, text: str | None, holder: _Element | None) -> None:
        if text and printed(text) and holder is not None:
            self._unlinked = self._unlinked or not self._links
            self._at = holder if not any(map(printed, self._text)) else self._at
        self._text.append(text or "")

    def _end(self, element: _Element) -> Iterator[Paragraph]:
        self._links.discard(element)
        if element.tag not in INLINE:
            yield from self._flush()
            self._role = None
        if element is not self._root:
            self._add(element.tail, element.getparent())

    def _break(self, element: _Element) -> Iterator[Paragraph]:
        if element.tag not in INLINE:
            yield from self._flush()
            self._line = source_line(element) or self._line
            self._role = _ROLES.get(element.get(MARK, ""))

    def _flush(self) -> Iterator[Paragraph]:
        raw = "".join(self._text)
        # Pages of ours show spaces as they are.
        shown = printed(raw if self._role else one_line(raw))
        self._text = []
        if shown:
            paragraph = Paragraph(shown, Place(line=self._line, raw=shown), self._role)
            self.seen.append(Seen(paragraph, self._at, linked=not self._unlinked))
            yield paragraph
        self._unlinked = False

    def _tables_in(self, element: _Element) -> list[Block]:
        """Return the data of a table; none for one that lays out the page, which is walked through."""
        # Of a table around others a row of its own may still hold data.
        rows: Sequence[PageRow]
        if element.tag == "tr" and is_row_alone(row_of(element), self._of_page):
            rows = [row_of(element)]
        elif element.tag == "table" and self._of_page[element].kind is TableKind.DATA:
            rows = self._of_page[element].rows
            if next(element.iterdescendants("table"), None) is not None:
                self.notes.append(note("html.nested_table", Place(line=source_line(element))))
        else:
            return []
        return [self._block(line, found) for line, found in parted(rows)]

    def _block(self, line: str, rows: Sequence[PageRow]) -> Block:
        if line:
            return Paragraph(line, Place(line=source_line(rows[0].element), raw=line))
        self._tables += 1
        return Table(tuple(text_rows(rows, self._tables)))


def _flat(text: str) -> str:
    return printed(one_line(text))


def _without_controls(text: str) -> bytes:
    # What cannot be encoded are halves of a pair, which stand for nothing alone.
    return text.encode("utf-8", "ignore").translate(None, _CONTROLS)
