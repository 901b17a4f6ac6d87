"""What a site prints around a report: links, buttons, counters; never a line that might be the author's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import replace
from disclosure_spec.grid import Paragraph
from disclosure_spec.reading.labels import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.grid import Block

_BUTTON: Final = (
    "附件下载|下载附件|文件下载|相关附件|打印(?:本页|页面)?|关闭(?:本页|窗口|页面)?|返回(?:顶部|首页|上一页|列表)?|收藏"
    "|分享(?:到|至)?|微信|微博|QQ空间|全真版|文字版|无障碍(?:浏览|阅读)?|联系我们|网站地图|网站声明|字体|大|中|小"
)
_LINE: Final = (
    "(?:上一[篇条]|下一[篇条]|责任编辑|编辑|(?:信息|文章|稿件)?来源|浏览(?:次数|量)|阅读(?:次数|量)|点击(?:数|率|次数)"
    "|主办单位|主办|承办单位|承办|技术支持|网站标识码|相关(?:链接|文档|阅读|新闻|稿件)):[^。]*"
    "|(?:当前位置|您(?:现在)?的位置|首页[>›»])[^。]*|扫一扫.{0,20}|.{0,20}(?:ICP备|公网安备).{0,40}|(?:版权所有|Copyright|©).{0,60}"
)
_BRACKETED: Final = "[\\[【(<]?(?:{})[\\]】)>]?[|:]?"
_CHROME: Final = re.compile(f"(?:{_BRACKETED.format(_BUTTON)})+|{_LINE}")
_AT_END: Final = re.compile(rf"(?:\s+{_BRACKETED.format(_BUTTON)})+\s*$")


def is_chrome(text: str) -> bool:
    """Tell whether a line is part of the page and not of the report."""
    return bool(_CHROME.fullmatch(compact(text)))


def without_chrome(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """Return the blocks without the lines of the page at their end, and those lines."""
    kept = list(blocks)
    dropped: list[str] = []
    while kept:
        last = kept[-1]
        if not isinstance(last, Paragraph) or last.role is not None:
            break
        button = _AT_END.search(last.text)
        if last.text and not is_chrome(last.text) and not button:
            break
        kept.pop()
        if button and not is_chrome(last.text):
            # In a text without lines a button is the last word behind a space.
            kept.append(replace(last, text=last.text[: button.start()].rstrip()))
            dropped.insert(0, button.group().strip())
            break
        if last.text:
            dropped.insert(0, last.text)
    return (tuple(kept), dropped) if dropped else (tuple(blocks), [])
