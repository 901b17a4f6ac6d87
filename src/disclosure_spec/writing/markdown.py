"""A report as Markdown: prose as text, the official tables as HTML, since Markdown has no spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import Paragraph, Role
from disclosure_spec.marks import IDENTITY
from disclosure_spec.writing.html import write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.grid import Block, Content

_PREFIXES: Final = {Role.TITLE: "# ", Role.HEADING: "## ", Role.PARTICULARS: "## ", Role.PROMPT: "> "}
# Whatever may begin emphasis, code, a link, HTML, an entity, a table.
_ACTIVE: Final = re.compile(r"([\\`*_{}\[\]<>#|&~^$@:])")
# Lists, rules under headings, fences of front matter: active at the beginning of a line only.
_LEADING: Final = re.compile(r"^([+=.-]|[0-9]{1,9}(?=[.)]))")
_DIGITS: Final = re.compile(r"^[0-9]+")


def write_markdown(content: Content) -> str:
    """Return the report as Markdown; each line of prose is a paragraph of its own."""
    pieces = [f"<!-- {IDENTITY}: {content.form} -->", *_pieces(content.blocks)]
    return "\n\n".join(pieces) + "\n"


def _pieces(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if not isinstance(block, Paragraph):
            yield write_table(block)
        elif block.role is not Role.CAPTION:
            yield _PREFIXES.get(block.role or Role.TEXT, "") + _escaped(block.text)


def _escaped(text: str) -> str:
    escaped = _ACTIVE.sub(r"\\\1", text)
    number = _DIGITS.match(escaped)
    if number and escaped[number.end() : number.end() + 1] in {".", ")"}:
        # `1.` would begin a list.
        return f"{number.group()}\\{escaped[number.end() :]}"
    return f"\\{escaped}" if _LEADING.match(escaped) else escaped
