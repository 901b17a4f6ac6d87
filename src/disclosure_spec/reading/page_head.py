"""The data that sites and exports put above a report: publisher, date, number of the file."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.grid import Paragraph, Table
from disclosure_spec.reading.characters import simplified
from disclosure_spec.reading.labels import compact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.grid import Block
    from disclosure_spec.place import Place

_PUBLISHER: Final = (
    "发布(?:机构|机关|单位|部门)|发文(?:机构|机关|单位)|制发机关|公开(?:主体|机构|单位)|责任部门"
)
_LABEL: Final = (
    f"(?:{_PUBLISHER}|(?:信息|文件|公文)?(?:标题|名称)|(?:信息)?索引号?|文号|发文字号|文件编号|信息编号"
    "|(?:信息|稿件|文章)?来源|作者|责任编辑|(?:信息)?(?:发布|公布|公开|发文|成文|生成|更新|生效|失效|废止)(?:日期|时间)|日期|时间"
    "|(?:信息|主题|体裁|组配|公文)分类|信息类别|文种|体裁|栏目|所属栏目|关键词|主题词|公开(?:方式|形式|范围|时限|程序|类别)"
    "|有效性|时效性?|效力状态|(?:浏览|阅读|访问|点击)(?:次数|量|数)?|字体|字号|语种|内容概述|原文链接|链接|网址|本地目录"
    "|当前位置|分享)"
)
_FIELD: Final = re.compile(rf"(?P<label>{_LABEL}):(?P<value>.*?)(?={_LABEL}:|$)")
_WHOLE_LABEL: Final = re.compile(rf"{_LABEL}:?")
_IS_PUBLISHER: Final = re.compile(_PUBLISHER)
_RULER: Final = re.compile(r"[=*~_—-]{4,}.{0,8}?[=*~_—-]*")
"""Exports set the text off from the data above it by a line, with the word 正文 in it or without."""


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of data, by the word it is labelled with."""

    label: str
    value: str
    place: Place

    @property
    def names_publisher(self) -> bool:
        """Tell whether it says who published the page."""
        return bool(_IS_PUBLISHER.fullmatch(self.label))


@dataclass(frozen=True, slots=True)
class PageHead:
    """What stands above the report and is no part of it."""

    fields: tuple[Field, ...]
    lines: tuple[Paragraph, ...]


def read_head(front: Sequence[Block]) -> PageHead:
    """Find the data above a report: labelled lines, what a ruler sets off, and small tables of labels."""
    lines = [block for block in front if isinstance(block, Paragraph) and block.text]
    fields = [field for line in lines for field in _fields(line)]
    rulers = [at for at, line in enumerate(lines) if _RULER.fullmatch(compact(line.text))]
    # Without a single label the line sets off something of the report itself.
    above = lines[: rulers[-1] + 1] if rulers and fields else []
    labelled = [line for line in lines if any(True for _ in _fields(line))]
    for block in front:
        if isinstance(block, Table):
            fields += _table_fields(block)
    return PageHead(tuple(fields), tuple(line for line in lines if line in above or line in labelled))


def is_head_line(text: str) -> bool:
    """Tell whether a line is one of data, or sets the data off from the report."""
    short = simplified(compact(text))
    return bool(_RULER.fullmatch(short) or (_FIELD.match(short) and "。" not in short))


def _fields(line: Paragraph) -> Iterator[Field]:
    text = simplified(compact(line.text))
    # A sentence may begin with such a word; no data ends with a full stop.
    if not is_head_line(text):
        return
    printed = compact(line.text)
    for match in _FIELD.finditer(text):
        yield Field(match["label"], printed[match.start("value") : match.end("value")], line.place)


def _table_fields(table: Table) -> Iterator[Field]:
    for row in table.rows:
        for cell, value in pairwise(row):
            label = simplified(compact(cell.text))
            if _WHOLE_LABEL.fullmatch(label):
                yield Field(label.rstrip(":"), compact(value.text), value.place)
