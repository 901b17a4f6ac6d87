"""Lines of Markdown: what they show without their marks, and which of them are one paragraph."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

from disclosure_spec._values import replace
from disclosure_spec.limits import MAX_TEXT_CHARACTERS
from disclosure_spec.reading.text_lines import width
from disclosure_spec.reading.text_pipes import is_rule
from disclosure_spec.reading.text_prose import begins, ends, is_full, is_of_page, put_together
from disclosure_spec.reading.values import is_value_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from disclosure_spec.reading.text_lines import Line

_FRONT_MATTER: Final = re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]*\n){0,100}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_KEYED: Final = re.compile(r"[A-Za-z_][\w-]*:(?:\s|\Z)")
_TITLE: Final = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_MARKED: Final = re.compile(r"[\\`*_~!<&\[\]]")
_PIPE: Final = re.compile(r"(?<!\\)\|")
# The number of a note is no digit of the number it stands at.
_NOTE: Final = re.compile(r"\[\^[^\]\s]{1,20}\]")
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li)\b", re.IGNORECASE)
_RAISED: Final = re.compile(r"<su[pb]\b", re.IGNORECASE)
_HARD_BREAK: Final = re.compile(r"(?: {2,}|\\)\Z")
_PUNCTUATION: Final = re.compile("[，、。；,;]")
_SHORTEST: Final = 30
"""Columns from which a line may be one that its writer had to break."""

_INLINE: Final = MarkdownIt("commonmark")


def front_matter(text: str) -> tuple[str, str]:
    """Return the title in the data at the beginning of a file, and the file with the lines of data empty."""
    found = _FRONT_MATTER.match(text)
    lines = found[1].splitlines() if found else []
    if found is None or not lines or not _KEYED.match(lines[0]):
        return "", text
    title = _TITLE.search(found[1])
    return title[1] if title else "", "\n" * found[0].count("\n") + text[found.end() :]


def as_html(text: str) -> str:
    """Return a line as a page shows it."""
    if len(text) > MAX_TEXT_CHARACTERS:
        # It will be refused; what is in it need not be found out.
        return escape(text)
    html: str = _INLINE.renderInline(text.strip())
    return html.strip()


def visible_row(line: Line) -> Line:
    """Return a row of a table without the marks in its cells; pipes that are text stay escaped."""
    if is_rule(line) or not _MARKED.search(line.text):
        return line
    pieces = [_visible(piece.replace("\\|", "|")) for piece in _PIPE.split(line.text)]
    # A space keeps a cell that is a backslash from escaping the pipe behind it.
    return replace(line, text=" | ".join(piece.replace("|", "\\|") for piece in pieces))


def _visible(cell: str) -> str:
    if not _MARKED.search(cell):
        return cell.strip(" \t")
    (token,) = _INLINE.parseInline(_NOTE.sub("", cell.strip(" \t")))
    return "".join(map(_text, token.children or ()))


def _text(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type == "html_inline":
        return "\n" if _BREAK.match(token.content) else " " if _RAISED.match(token.content) else ""
    # A picture is no text, though it may have one to stand for it.
    return "" if token.type == "image" else token.content


def joined(lines: Sequence[Line], wrapped_at: int) -> Iterator[tuple[int, str]]:
    """Give paragraphs with the number of their first line.

    To Markdown lines are one paragraph unless an empty one parts them. Not all who write it know that, so a
    line that begins an item, or stands behind one that is not full, begins a paragraph.
    """
    held = [lines[0]]
    for line in lines[1:]:
        if not _goes_on(held[-1].text, line.text, wrapped_at):
            yield held[0].number, put_together(held)
            held = []
        held.append(line)
    yield held[0].number, put_together(held)


def _goes_on(last: str, text: str, wrapped_at: int) -> bool:
    if last.count("**") % 2 or last.count("`") % 2:
        return True
    if _HARD_BREAK.search(last) or begins(text) or is_value_like(text):
        return False
    if is_of_page(last) or is_of_page(text):
        return False
    if wrapped_at:
        return is_full(last, wrapped_at)
    # A title may be as long, but is no sentence.
    return width(last) >= _SHORTEST and bool(_PUNCTUATION.search(last)) and not ends(last)
