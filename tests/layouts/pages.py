"""What a page has besides its tables: title, dates, other headings, and what is not of the report at all."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from tests.layouts.page import NOTHING, Box, Page, boxes

from disclosure_spec.edition import installed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tests.layouts.figures import Figures
    from tests.layouts.page import Rows

    from disclosure_spec.document import JSONValue

_TITLES: Final = (
    "{body}{year}年政府信息公开工作年度报告",
    "{year}年{body}政府信息公开工作年度报告",
    "{body}{year}年度政府信息公开年度报告",
    "{body}政府信息公开工作年度报告（{year}年）",
    "关于{body}{year}年度政府信息公开工作年报",
)
_BODIES: Final = (
    ("某某市人民政府", "government"),
    ("测试县水利局", "department"),
    ("某某市某某区管委会", None),
)
_CHROME: Final = (
    "首页 > 政务公开 > 某某市某局2018年政府信息公开工作年度报告",
    "相关链接：2017年政府信息公开年报",
    "索引号：000014349/2025-00003",
    "字号：大 中 小",
    "浏览次数：128",
    "当前位置：首页 > 政府信息公开 > 政府信息公开年报",
    "【打印】【关闭】",
    "智能机器人 无障碍阅读 登录",
)
_FOOT: Final = (
    "上一篇：2018年政府信息公开工作年度报告",
    "下一篇：2022年预算公开",
    "主办：某某市人民政府办公室 备案号：苏ICP备05000001号-1",
    "网站标识码：3200000001",
    "扫一扫在手机打开当前页",
)


def new_page(rng: Random, figures: Figures) -> Page:
    """Return a report with the tables of the form under one of the usual titles."""
    edition = figures.edition
    years = edition.form["report_years"]
    year = rng.randint(years["first"], years["last"] or years["first"] + 4)
    body, kind = rng.choice(_BODIES)
    title = rng.choice(_TITLES).format(body=body, year=year)
    known: dict[str, JSONValue] = {
        "/title": normalize("NFKC", title),
        "/report_year": year,
        "/reporting_body/name": body,
        "/reporting_body/kind": kind,
        "/period": {"start": f"{year}-01-01", "end": f"{year}-12-31"},
        "/published_on": f"{year + 1}-01-20",
    }
    period = f"本报告所列数据的统计期限自{year}年1月1日起至{rng.choice(['', f'{year}年'])}12月31日止。"
    published = rng.choice([f"发布日期：{year + 1}-01-20", f"发布时间：{year + 1}年1月20日"])
    prose = {
        one.pointer: [f"第{n}段：{body}{one.number}全年情况{rng.randint(1, 99)}件。" for n in "一二"]
        for one in edition.sections
        if not one.rows
    }
    return Page(
        edition,
        dict(figures.truth),
        known | {pointer: "\n".join(lines) for pointer, lines in prose.items()},
        [title, published, period],
        {one.pointer: one.heading.zh for one in edition.sections},
        {
            one.pointer: [boxes(one, figures.printed)] if one.rows else list(prose[one.pointer])
            for one in edition.sections
        },
        window=title,
    )


def plain(_: Random, __: Page) -> None:
    """Leave a page as it is."""


def bare_title(rng: Random, page: Page) -> None:
    """Leave body and year out of the title, and the word for what a date is."""
    title = rng.choice(["政府信息公开工作年度报告", "政府信息公开年度报告"])
    year = page.known["/report_year"]
    page.known = {
        "/title": title,
        **{at: page.known[at] for at in ("/report_year", "/period", *page.textual)},
    }
    page.front = [title, f"（{int(str(year)) + 1}年1月20日）", *page.front[2:]]
    page.window = ""


def chrome(rng: Random, page: Page) -> None:
    """Put around a report what a site has on every page."""
    page.front = [*rng.sample(_CHROME, 4), *page.front]
    page.back = [*page.back, *rng.sample(_FOOT, 3)]


def headings(rng: Random, page: Page) -> None:
    """Write other headings, some without their numbers."""
    for one in page.edition.sections:
        title = rng.choice([one.title.zh, *one.aliases])
        page.headings[one.pointer] = title if rng.random() < 0.2 else one.number + title


def contents(_: Random, page: Page) -> None:
    """Put a list of the parts above a report."""
    page.front = [*page.front, *page.headings.values()]


def last_year(rng: Random, page: Page) -> None:
    """Put a table of last year's into the text of another part."""
    pointer = rng.choice(page.textual)
    table = other_numbers(rng, rng.choice(page.tables))
    page.parts[pointer] += ["附：上一年度有关数据如下。", table]
    del page.known[pointer]


def fees(rng: Random, page: Page) -> None:
    """Put a table of fees into the text of another part."""
    pointer = rng.choice(page.textual)
    table: Rows = [
        [Box(text, "header") for text in ("收费项目", "收费件数", "收费金额（元）", "总计")],
        [Box(text, "cell") for text in ("信息处理费", "3", "120", "123")],
        [Box(text, "cell") for text in ("其他", "1", "10", "11")],
    ]
    page.parts[pointer] += ["收取信息处理费情况：", table]
    del page.known[pointer]


def twice(_: Random, page: Page) -> None:
    """Print every table twice, as pages do that have one for a telephone."""
    for pointer in page.tabular:
        page.parts[pointer] += deepcopy(page.parts[pointer])


def numbers_in_text(rng: Random, page: Page) -> None:
    """Speak of labels and numbers in lines between the tables."""
    for pointer in page.tabular:
        page.parts[pointer] = [
            rng.choice(
                [
                    "全年新收政府信息公开申请35件，其中予以公开9件，部分公开2件。",
                    "行政许可事项12项，行政处罚决定108件。",
                    "结果维持3件，尚未审结1件，总计4件。",
                ]
            ),
            *page.parts[pointer],
        ]


def other_form(_: Random, page: Page) -> None:
    """Print the table of requests of another edition; a row without a place must not be squeezed in."""
    (other,) = [one for one in installed().editions() if one.name != page.edition.name][:1]
    table = page.tabular[1]
    printed = {
        box.pointer: box.text
        for block in page.parts[table]
        if not isinstance(block, str)
        for row in block
        for box in row
        if box.pointer
    }
    rows = boxes(other.section_at[table], printed)
    here = {cell.pointer for row in page.edition.section_at[table].rows for cell in row.cells}
    page.parts[table] = [
        [[box if box.pointer in here else replace(box, pointer="") for box in row] for row in rows]
    ]
    there = {box.pointer for row in rows for box in row}
    page.truth |= dict.fromkeys(here - there, NOTHING)


def other_numbers(rng: Random, rows: Rows) -> Rows:
    """Return the same table with other numbers."""
    return [
        [replace(box, text=str(rng.randint(10_000, 99_999))) if box.pointer else box for box in row]
        for row in rows
    ]


PAGES: Final[Mapping[str, Callable[[Random, Page], None]]] = {
    "page: plain": plain,
    "page: a title without body and year": bare_title,
    "page: a site around it": chrome,
    "page: other headings": headings,
    "page: a list of its parts": contents,
    "page: a table of last year in a text": last_year,
    "page: a table of fees in a text": fees,
    "page: every table twice": twice,
    "page: numbers in lines above tables": numbers_in_text,
    "page: table 3 of the other edition": other_form,
}
