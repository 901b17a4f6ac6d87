"""Running text: lines as paragraphs, and the lines of a page that wraps its paragraphs put together again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import replace
from disclosure_spec.grid import Paragraph
from disclosure_spec.reading.chrome import is_chrome
from disclosure_spec.reading.page_head import is_head_line
from disclosure_spec.reading.text_lines import width
from disclosure_spec.reading.values import is_value_like, printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.reading.text_lines import Line

_HEADING: Final = re.compile(r"\s*#{1,6}\s+(?=\S)")
_EMPHASIS: Final = re.compile(r"(\*\*|__)(?P<text>[^*_]+)\1")
# What begins a part, an item or a heading is never the rest of the line above it.
_BEGINS: Final = re.compile(
    r"[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．](?!\d)|第[一二三四五六七八九十]+[章条]|[#>*•·-]"
)
_ENDS: Final = re.compile(r"[。！？：:；;]['\"”’）)]*\Z")
_RULE: Final = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:- ){2,}-|(?:\* ){2,}\*)\s*")
_PATH: Final = re.compile(r"[^>›»。]+(?:[>›»][^>›»。]+){2,}")
"""Where a page stands on its site: at least two steps down."""
_WORD: Final = re.compile(r"[A-Za-z]")
_GAP: Final = re.compile(r"\S[ \u00a0\u3000]{2,}\S")

_NARROWEST, _WIDEST = 30, 130
"""Columns of a page that wraps its lines."""
_FEWEST: Final = 5
_USUAL_SHARE: Final = 0.6
_FULL, _OVERFULL = 0.8, 1.15
"""Where a line must end to be one that wrapping ended, as parts of the usual width."""


def begins(text: str) -> bool:
    """Tell whether a text begins with the number or the sign of an item."""
    return _BEGINS.match(text.strip()) is not None


def ends(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _ENDS.search(text.strip()) is not None


def is_of_page(text: str) -> bool:
    """Tell whether a line is one of the page around a report, data or links: no line goes on with it."""
    return is_head_line(text) or is_chrome(text) or _PATH.fullmatch(text.strip()) is not None


def is_full(text: str, wrapped_at: int) -> bool:
    """Tell whether a line is as long as the lines that wrapping ended."""
    return _FULL * wrapped_at <= width(text.rstrip()) <= _OVERFULL * wrapped_at


def usual_width(lines: Sequence[Line]) -> int:
    """Return the width to which the paragraphs of a text are wrapped; 0 where lines are whole paragraphs."""
    texts = [line.text for line in lines if _is_prose(line.text) and width(line.text.rstrip()) >= _NARROWEST]
    if len(texts) < _FEWEST:
        return 0
    usual = sorted(width(text.rstrip()) for text in texts)[int(len(texts) * 0.9)]
    full = [text for text in texts if is_full(text, usual)]
    # Wrapping cuts sentences; lines that all end with one are paragraphs that happen to be as long.
    cut = sum(not ends(text) for text in full)
    wrapped = len(full) >= _USUAL_SHARE * len(texts) and 2 * cut >= len(full)
    return usual if wrapped and usual <= _WIDEST else 0


def paragraphs(lines: Iterable[Line], wrapped_at: int) -> Iterator[Paragraph]:
    """Give the lines without markup; an empty line is nothing, a no-break space alone is a blank cell."""
    held: list[Line] = []
    page_ended = False
    for line in lines:
        if line.empty or _RULE.fullmatch(line.text):
            page_ended = page_ended or bool(held)
            continue
        # An empty line ends a paragraph, unless it is what stands around the end of a page.
        broken = page_ended and held[-1].page == line.page
        if held and (broken or not _goes_on(held, line, wrapped_at)):
            yield _paragraph(held)
            held = []
        held.append(line)
        page_ended = False
    if held:
        yield _paragraph(held)


def _is_prose(text: str) -> bool:
    return "|" not in text and "\t" not in text.strip() and not _GAP.search(text.strip())


def _goes_on(held: Sequence[Line], line: Line, wrapped_at: int) -> bool:
    if not wrapped_at or begins(line.text) or is_value_like(line.text):
        return False
    last = held[-1].text.rstrip()
    if is_of_page(last) or is_of_page(line.text):
        return False
    # With its first line indented a paragraph shows itself where it begins.
    indent = len(line.text) - len(line.text.lstrip())
    return is_full(last, wrapped_at) and indent < 2 and not _HEADING.match(last)  # noqa: PLR2004 - one space is a slip


def put_together(lines: Sequence[Line]) -> str:
    """Return lines as one; only words of the alphabet have a space between them."""
    pieces = [lines[0].text]
    for line in lines[1:]:
        last, more = pieces[-1].rstrip(), line.text.strip()
        pieces[-1] = last
        pieces += [" ", more] if _WORD.match(last[-1:]) and _WORD.match(more) else [more]
    return "".join(pieces)


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    text = put_together([replace(lines[0], text=_unmarked(lines[0].text)), *lines[1:]])
    return Paragraph(printed(text), lines[0].place(raw="\n".join(line.text for line in lines)))


def _unmarked(text: str) -> str:
    """Return a line without the marks of Markdown that make it a heading or stress it."""
    heading = _HEADING.match(text)
    bare = printed(text[heading.end() :] if heading else text)
    emphasised = _EMPHASIS.fullmatch(bare)
    return emphasised["text"] if emphasised else bare
