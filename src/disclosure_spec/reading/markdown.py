"""Markdown, with tables of its own or in HTML; extra `[markdown]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import UsageError
from disclosure_spec.grid import Role
from disclosure_spec.marks import HTML_MARK
from disclosure_spec.reading.html import read_html
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from disclosure_spec.grid import Content

_MISSING: Final = Wording(
    "读取Markdown需要markdown-it-py：pip install 'disclosure-spec[markdown]'。",
    "Reading Markdown needs markdown-it-py: pip install 'disclosure-spec[markdown]'.",
)
_HEADINGS: Final = {"h1": Role.TITLE}


def read_markdown(text: str) -> Content:
    """Return the tables and paragraphs of a Markdown file: its headings are marked, its quotes are prompts.

    Raises:
        InputError: See `read_html`.
        UsageError: `extra.markdown`, the library is not installed.
    """
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("extra.markdown", _MISSING) from error
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(text)
    _mark(tokens)
    return read_html(f"<body>{parser.renderer.render(tokens, parser.options, {})}</body>")


def _mark(tokens: Sequence[Token]) -> None:
    """Write onto each paragraph what it is for, as pages of ours do."""
    quotes, in_parts = 0, False
    for token in tokens:
        quotes += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            role = _HEADINGS.get(token.tag, Role.HEADING)
            in_parts = in_parts or role is Role.HEADING
            token.attrSet(HTML_MARK, role.value)
        elif token.type == "paragraph_open":
            role = Role.PROMPT if quotes else Role.TEXT if in_parts else Role.PREFACE
            token.attrSet(HTML_MARK, role.value)
