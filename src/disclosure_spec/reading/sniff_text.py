"""What a text is, by how it begins: Markdown, the source of a web page, or text and nothing else."""

from __future__ import annotations

import re
from typing import Final

from disclosure_spec.marks import IDENTITY

# Known tags only: plain text and Markdown use angle brackets too.
_TAG: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|table|tbody|tr|td|div|p|span|br|h[1-6])(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(r"<(?:!doctype|html|head|body|meta)\b", re.IGNORECASE)
_OURS: Final = re.compile(rf"\A\s*<!-- {re.escape(IDENTITY)}: ")
_ATX: Final = re.compile(r"^#{1,3} \S", re.MULTILINE)
# The rule below the titles of a table; in a row of dashes that stand for none there are fewer in a cell.
_DASHES: Final = r"[ \t]*+(?::-++:?|-{3,}+:?|-++:)[ \t]*+"
_RULED: Final = re.compile(rf"^(?:[ \t]*+\|)?{_DASHES}\|(?:{_DASHES}\|)*+(?:{_DASHES})?\r?$", re.MULTILINE)


def text_format(start: str) -> str:
    """Return `markdown`, `html` or `text`."""
    if _is_markdown(start):
        return "markdown"
    return "html" if _TAG.search(start) else "text"


def _is_markdown(start: str) -> bool:
    """Tell Markdown, which may hold tables in HTML, by its headings or tables; a whole page is none."""
    if _PAGE.search(start):
        return False
    return any(pattern.search(start) for pattern in (_OURS, _ATX, _RULED))
