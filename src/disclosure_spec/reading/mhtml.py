"""Pages saved as a single file (mht, mhtml): the page and its frames, put together again."""

from __future__ import annotations

import re
from email import message_from_bytes
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import urljoin

from disclosure_spec._values import dataclass
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_HTML_BYTES, MAX_MHTML_DEPTH, MAX_MHTML_PARTS
from disclosure_spec.reading.encoding import decode
from disclosure_spec.reading.html import content_of, parse
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from disclosure_spec.grid import Content

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_HOLDERS: Final = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_ID: Final = "cid:"
_WHAT: Final = {
    "no_page": Wording("其中没有网页", "There is no page in it"),
    "too_deep": Wording("其中各部分嵌套过多", "Its parts are nested too deep"),
    "too_many_parts": Wording("其中超过{limit}个部分", "It has more than {limit} parts"),
    "too_large": Wording("其中的网页超过{limit}字节", "The pages in it exceed {limit} bytes"),
}
_REFUSED: Final = Wording(
    "单一文件网页（mht）无法读取：{what}。请在浏览器中重新打开原网页，另存后再试。",
    "The single-file page (mht) cannot be read: {what}. Open the page in a browser and save it anew.",
)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the file, and the names by which others show it."""

    root: HtmlElement
    location: str
    identity: str


def read_mhtml(data: bytes) -> Content:
    """Return the tables and paragraphs of a page saved with its frames.

    Raises:
        InputError: `mhtml.no_page`, `mhtml.too_deep`, `mhtml.too_many_parts`, `mhtml.too_large`; and see
            `read_html`.
    """
    # The parser of the standard library calls itself once for each level.
    if len(_HOLDERS.findall(data)) > MAX_MHTML_DEPTH:
        _refuse("too_deep")
    pages = _pages(data)
    if not pages:
        _refuse("no_page")
    left = list(pages[1:])
    _show_frames(pages[0], left)
    # Of a workbook only the first sheet is shown; the others are in the file all the same.
    while left:
        page = left.pop(0)
        _show_frames(page, left)
        pages[0].root.append(page.root)
    return content_of(pages[0].root)


def _pages(data: bytes) -> Sequence[_Page]:
    pages: list[_Page] = []
    size = 0
    for number, part in enumerate(message_from_bytes(data).walk()):
        if number > MAX_MHTML_PARTS:
            _refuse("too_many_parts", limit=MAX_MHTML_PARTS)
        content = part.get_payload(decode=True)
        if part.get_content_type() not in _PAGES or not isinstance(content, bytes) or not content.strip():
            continue
        size += len(content)
        if size > MAX_HTML_BYTES:
            _refuse("too_large", limit=MAX_HTML_BYTES)
        root = parse(decode(content, part.get_content_charset("")))
        location, identity = (str(part.get(name, "")).strip() for name in ("Content-Location", "Content-ID"))
        pages.append(_Page(root, location, identity.strip("<>")))
    return pages


def _show_frames(page: _Page, left: list[_Page]) -> None:
    """Put the pages that frames show in the place of those frames; each is shown once."""
    for frame in list(page.root.iter("frame", "iframe")):
        source = frame.get("src", "").strip()
        shown = next((one for one in left if _is_meant(one, source, page.location)), None)
        if shown is None:
            continue
        left.remove(shown)
        _show_frames(shown, left)
        # A frame is skipped, and what stood in it was for browsers that cannot show one.
        frame.tag, frame.text = "div", None
        frame[:] = [shown.root]


def _is_meant(page: _Page, source: str, base: str) -> bool:
    if source.startswith(_ID):
        return source.removeprefix(_ID) == page.identity
    return bool(source) and page.location in {source, urljoin(base, source)}


def _refuse(what: str, **values: object) -> NoReturn:
    raise InputError(f"mhtml.{what}", _REFUSED.fill(what=_WHAT[what].fill(**values)))
