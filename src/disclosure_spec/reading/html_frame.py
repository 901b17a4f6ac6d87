"""What a government site puts around a report: its menus, buttons, neighbours and legal notices."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING, Final, cast

from disclosure_spec._values import dataclass, replace
from disclosure_spec.grid import Content, Paragraph, Table
from disclosure_spec.place import Place
from disclosure_spec.reading.dates import is_date_line
from disclosure_spec.reading.labels import compact
from disclosure_spec.reading.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from disclosure_spec.grid import Block
    from disclosure_spec.place import Note

_HEADING: Final = re.compile(r"(?:[一二三四五六七八九]|十[一二]?)[、.]")
_ENOUGH_HEADINGS: Final = 3
"""Numbered headings that show where the report lies on the page."""

_BUTTON: Final = (
    "(?:打印|关闭|收藏|下载|返回|分享|复制|纠错|朗读|大|中|小|首页|顶部)"
    "(?:本页|本文|此页|页面|窗口|顶部|首页|列表|上页|上一页|链接)?"
)
# Possessive: there are two ways to take “返回首页” apart, and a page may repeat it a thousand times.
_BUTTONS: Final = re.compile(rf"(?:字[体号][:：]?|分享到[:：]?|[\[\]【】()|/·]|A[+-]|{_BUTTON})++[:：]?")
# The beginnings of lines that no report has: each names something a site is made of.
_SITE_LINE: Final = re.compile(
    "(?:您?(?:现在|当前)?的?所?在?位置|首页[>›»]|[上下]一[篇条页][:：]|扫一扫|分享到|"
    "相关(?:链接|文章|新闻|附件|阅读|信息|稿件|文件|解读)(?:[:：]|$)|友情链接|附件下载|版权所有|主办(?:单位)?[:：]|"
    "承办(?:单位)?[:：]|技术支持[:：]|网站标识码|网站地图|网站声明|联系我们|关于我们|责任编辑[:：]?|编辑[:：]|"
    "(?:信息|稿件|文章|内容)?来源[:：]|(?:浏览|阅读|点击|访问)(?:次数|量|数)[:：]|字[体号][:：]|"
    "Copyright|©|.{0,20}ICP备|.{0,8}公网安备)",
    re.IGNORECASE,
)
# The block of data that stands above a text on these sites; its title and date are what is read of it.
_CATALOGUE_LINE: Final = re.compile(
    "(?:索引号|信息索引|发布机构|发文机[关构]|发布文号|发文字号|文号|主题分类|体裁分类|公文种类|信息分类|组配分类|"
    "内容分类|主题词|关键词|有效性|效力状态|成文日期|生成日期|生效日期|失效日期|废止日期|公开方式|公开范围|公开责任部门|"
    "内容概述)[:：]"
)
_DATED: Final = re.compile(
    r"(?:发布|公布|公开)(?:日期|时间)[:：]\s*20\d\d(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)"
)
# A name of the report has a year or says what it is.
_TITLE: Final = re.compile("20[0-9]{2}|二[〇○零]|.{7,}(?:报告|年报)$")
_ADDRESS: Final = re.compile("https?:|www\\.", re.IGNORECASE)
_YEAR: Final = re.compile("20[0-9]{2}年|二[〇○零]")
_LONGEST_DATA: Final = 100
"""Characters of a line with date, source and counters; a longer one is a sentence that names a date."""

_LONGEST_LABEL: Final = 40
"""Characters up to which a line outside of the text is a label or a menu, not a sentence of it."""


@dataclass(frozen=True)
class Seen:
    """A block of a page, the element that holds it, and whether all of its text is a link."""

    block: Block
    element: _Element
    linked: bool = False

    @cached_property
    def line(self) -> str:
        """Return its text without spaces; empty for a table."""
        return compact(self.block.text) if isinstance(self.block, Paragraph) else ""


def source_line(element: _Element) -> int | None:
    """Return the line of the page on which an element begins."""
    # Of this attribute the stubs give no type.
    return cast("int | None", element.sourceline)


def is_heading(text: str) -> bool:
    """Tell a line with the number of a part, `三、`."""
    return bool(_HEADING.match(compact(text)))


def without_frame(seen: Sequence[Seen]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """Return the blocks of the report and a note with the words that stand around it.

    The numbered headings show where it lies. Between the first and the last of them nothing is taken away.
    """
    # Pages of ours say what each paragraph is, and have nothing around it.
    if any(isinstance(one.block, Paragraph) and one.block.role for one in seen):
        return tuple(one.block for one in seen), ()
    seen, copied = _without_copy(seen)
    headings = _headings(seen)
    if not headings:
        return tuple(one.block for one in seen), ()
    holder = _holder([seen[at].element for at in headings])
    last = headings[-1]
    if holder is None:
        # With so few headings the tables too may be the last of the report.
        last = max([last, *(at for at, one in enumerate(seen) if isinstance(one.block, Table))])
    front, dropped = _front(seen[: headings[0]], holder)
    end = last + 1 + len(list(takewhile(lambda one: not _is_after(one, holder), seen[last + 1 :])))
    if end == last + 1 and last == headings[-1]:
        # Under the last heading there is always something, even if the page closes its container before.
        end += len(list(takewhile(lambda one: not _is_of_site(one), seen[end:])))
    dropped += [one.block for one in seen[end:]]
    blocks = (*front, *(one.block for one in seen[headings[0] : end]))
    return blocks, (*copied, *_notes(dropped))


def _headings(seen: Sequence[Seen]) -> list[int]:
    return [at for at, one in enumerate(seen) if _HEADING.match(one.line) and not one.linked]


def _without_copy(seen: Sequence[Seen]) -> tuple[Sequence[Seen], tuple[Note, ...]]:
    """Leave out the second of two equal reports: the one that a page holds for its printing button."""
    headings = _headings(seen)
    texts = [Content((one.block,)).texts() for one in seen]
    again = next((at for at in headings[1:] if texts[at] == texts[headings[0]]), None)
    if again is None:
        return seen, ()
    first = headings[0]
    before = _common(texts[:first][::-1], texts[first + 1 : again][::-1])
    size = _common(texts[first:again], texts[again:])
    # All parts must be there twice, letter for letter; of two reports that differ neither is the copy.
    if first + size <= max(at for at in headings if at < again):
        return seen, ()
    start, end = again - before, again + size
    return [*seen[:start], *seen[end:]], (note("html.copy", Place(line=source_line(seen[start].element))),)


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how long two sequences begin alike."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _holder(elements: Sequence[_Element]) -> _Element | None:
    """Return the smallest element that holds all headings, where there are enough of them."""
    if len(elements) < _ENOUGH_HEADINGS:
        return None
    # In the order of the page all others stand between the first and the last.
    above = set(elements[-1].iterancestors())
    return next((one for one in elements[0].iterancestors() if one in above), None)


def _above(one: Seen) -> set[_Element]:
    return {one.element, *one.element.iterancestors()}


def _front(seen: Sequence[Seen], holder: _Element | None) -> tuple[list[Block], list[Block]]:
    """Return what stands before the first heading: what belongs to the report, and what does not."""
    kept: list[Block] = []
    dropped: list[Block] = []
    # The report begins with its title; without one, where the element begins that holds the headings.
    title = next((at for at, one in enumerate(seen) if _is_title(one)), 0)
    for at, one in enumerate(seen):
        if isinstance(one.block, Table) or is_date_line(one.line):
            kept.append(one.block)
            continue
        dated = _DATED.search(one.line) if len(one.line) <= _LONGEST_DATA and "。" not in one.line else None
        if dated:
            # The date is all of that line that belongs to the report.
            kept.append(replace(one.block, text=dated.group()))
        before = at < title or _is_outside(one, holder)
        needless = before and not _may_be_kept(one, seen[at + 1 : at + 2])
        is_site = _is_of_site(one) or bool(_CATALOGUE_LINE.match(one.line))
        (dropped if dated or is_site or needless else kept).append(one.block)
    return kept, dropped


def _may_be_kept(one: Seen, below: Sequence[Seen]) -> bool:
    """Tell whether a line before the report may belong to it: its title, the name above that, a long text."""
    return (
        _is_title(one) or len(one.line) > _LONGEST_LABEL or any(_is_name_above(one, title) for title in below)
    )


def _is_title(one: Seen) -> bool:
    return bool(_TITLE.search(one.line)) and not one.linked and not _is_of_site(one)


def _is_name_above(one: Seen, title: Seen) -> bool:
    """Tell whether a line may be the name that goes on in a title below, which begins with the year."""
    return bool(_YEAR.match(title.line)) and one.element.getparent() is title.element.getparent()


def _is_after(one: Seen, holder: _Element | None) -> bool:
    """Tell whether the report is over where this block stands."""
    return _is_of_site(one) or _is_outside(one, holder)


def _is_outside(one: Seen, holder: _Element | None) -> bool:
    return holder is not None and holder not in _above(one)


def _is_of_site(one: Seen) -> bool:
    # An address that can be clicked is a sentence like another.
    menu = one.linked and not _ADDRESS.match(one.line)
    return bool(menu or _BUTTONS.fullmatch(one.line) or _SITE_LINE.match(one.line))


def _notes(dropped: Sequence[Block]) -> Iterator[Note]:
    texts = Content(tuple(dropped)).texts()
    if texts:
        place = next((block.place for block in dropped if isinstance(block, Paragraph)), None)
        yield note("html.frame", place, text=" ".join(" ".join(texts).split()))
