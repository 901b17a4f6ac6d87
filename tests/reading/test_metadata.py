"""Title, body, year and dates are read where they are printed, and never made up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.document import MISSING, get_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reading.conftest import Sample

    from disclosure_spec.reading import Reading

TABLE = "信息内容 | 本年制发件数 |\n规章 | 1 |"


def report(front: str, overview: str = "甲") -> str:
    """Return a small report with this before the first part."""
    return f"{front}\n一、总体情况\n{overview}\n二、主动公开政府信息情况\n{TABLE}"


@pytest.mark.parametrize(
    ("title", "name", "kind", "year"),
    [
        ("测试市某某局2022年政府信息公开工作年度报告", "测试市某某局", "department", 2022),
        ("2022年测试市人民政府政府信息公开年报", "测试市人民政府", "government", 2022),
        (
            "测试市人民政府办公室 2022 年度 政府信息公开工作年度报告",
            "测试市人民政府办公室",
            "department",
            2022,
        ),
        ("测试市某某局关于二〇二二年政府信息公开工作年度报告", "测试市某某局", "department", 2022),
        ("测试市某某局政府信息公开工作年度报告（2022年）", "测试市某某局", "department", 2022),
        ("标题: 测试市某某局2022年度政府信息公开年度报告", "测试市某某局", "department", 2022),
        ("测试市人民政府\n2022年政府信息公开工作年度报告", "测试市人民政府", "government", 2022),
        ("测试区某某街道办事处2022年政府信息公开工作年度报告", "测试区某某街道办事处", None, 2022),
        ("测试区2022年政府信息公开工作年度报告", "测试区", None, 2022),
        ("2022年政府信息公开工作年度报告", None, None, 2022),
        ("政府信息公开工作年度报告", None, None, None),
        ("我局2022年政府信息公开工作年度报告", None, None, 2022),
    ],
)
def test_a_title_names_body_and_year(
    reading_of: Callable[[str], Reading], title: str, name: str | None, kind: str | None, year: int | None
) -> None:
    """Body, kind and year come from the title; what it does not say is unread, not guessed."""
    reading = reading_of(report(title))

    assert reading.document["reporting_body"] == {"name": name, "kind": kind}
    assert reading.document["report_year"] == year
    expected = {"/reporting_body/name": name, "/reporting_body/kind": kind, "/report_year": year}
    assert {p for p in expected if p in reading.unread} == {
        p for p, value in expected.items() if value is None
    }


def test_the_title_of_the_page_is_the_last_resort(reading_of: Callable[[str], Reading]) -> None:
    """Without a title in the text that of the page is taken, without the name of the site."""
    page = (
        "<title>测试市某某局2022年政府信息公开工作年度报告_某门户网站</title>"
        "<p>一、总体情况</p><p>甲</p><table><tr><td>规章</td><td>行政规范性文件</td></tr></table><p>本年制发件数</p>"
    )

    assert reading_of(page).document["title"] == "测试市某某局2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("所列数据统计期限从2022年1月1日到12月31日止。", "2022-01-01", "2022-12-31"),
        ("所列数据自2022年1月1日起至2022年12月31日止。", "2022-01-01", "2022-12-31"),
        ("统计期限为 2022 年 1 月 1 日—2022 年 12 月 31 日", "2022-01-01", "2022-12-31"),
    ],
)
def test_the_period_is_read_from_full_dates(
    reading_of: Callable[[str], Reading], text: str, start: str, end: str
) -> None:
    """The period of the figures becomes two dates, and gives the year where no title does."""
    reading = reading_of(report(text))

    assert reading.document["period"] == {"start": start, "end": end}
    assert reading.document["report_year"] == 2022


@pytest.mark.parametrize(
    "text",
    [
        "统计期限为202511日到1231日。",
        "数据统计期限自2022年1月1日至2022年13月31日。",
        "数据自2022年1月1日至2022年12月31日，部分数据自2021年1月1日至2022年12月31日。",
    ],
)
def test_a_damaged_period_is_left_out(reading_of: Callable[[str], Reading], text: str) -> None:
    """Dates with lost digits, or two periods, are noted and not repaired."""
    reading = reading_of(report(text))

    assert "period" not in reading.document
    assert "period.unclear" in {note.code for note in reading.notes}


@pytest.mark.parametrize(
    "line", ["发布日期：2023-01-20", "发布时间: 2023年1月20日 15:07", "公布日期：2023/1/20 来源：某办"]
)
def test_a_labelled_date_is_that_of_publication(reading_of: Callable[[str], Reading], line: str) -> None:
    """Only a date that is called so is the date of publication, and its line is no preface."""
    reading = reading_of(report(f"{line}\n前言。"))

    assert reading.document["published_on"] == "2023-01-20"
    assert reading.document["preface"] == "前言。"


def test_other_dates_are_not(reading_of: Callable[[str], Reading]) -> None:
    """Two publication dates or a date without label give none."""
    reading = reading_of(report("（2023年1月20日）\n前言。"))
    doubtful = reading_of(report("发布日期：2023-01-20\n发布时间：2023-01-21"))

    assert "published_on" not in reading.document
    assert "published_on" not in doubtful.document
    assert "published_on.unclear" in {note.code for note in doubtful.notes}


def test_a_year_that_the_text_ties_to_the_report_is_taken(reading_of: Callable[[str], Reading]) -> None:
    """Without title and period the sentence that publishes the report gives the year."""
    text = "现公布区统计局2022年政府信息公开工作年度报告。"

    assert reading_of(report(text)).document["report_year"] == 2022
    assert "/report_year" in reading_of(report(text + "2021年政府信息公开工作年度报告见附件。")).unread


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我局按照《测试市某某和某某局信息公开办法》开展工作。", "测试市某某和某某局"),
        ("我局按照《测试市某某局办法》和《测试市另一局办法》开展工作。", None),
        ("我委按照《测试市某某局办法》开展工作。", None),
        ("我局按照《某某局办法》开展工作。", None),
        ("我局按照《关于某某市的办法》开展工作。", None),
    ],
)
def test_a_name_in_prose_must_be_beyond_doubt(
    reading_of: Callable[[str], Reading], text: str, name: str | None
) -> None:
    """The one full name at the head of a cited document counts when the text calls itself the same."""
    reading = reading_of(report("前言。", text))

    assert get_at(reading.document, "/reporting_body/name") == name
    assert ("body.from_prose" in {note.code for note in reading.notes}) is (name is not None)


def test_without_the_first_heading_there_is_no_preface(reading_of: Callable[[str], Reading]) -> None:
    """Where the first part begins is unknown, so nothing can be said to stand before it."""
    reading = reading_of(f"前言。\n二、主动公开政府信息情况\n{TABLE}")

    assert get_at(reading.document, "/preface") is MISSING
    assert "/overview" in reading.unread


@pytest.mark.parametrize(
    "line",
    [
        "首页 > 政务公开 > 某某市某局2018年政府信息公开工作年度报告",
        "相关链接：某某市某局2018年政府信息公开工作年度报告",
        "某某市某局2018年政府信息公开工作年度报告",
    ],
)
def test_another_year_in_the_chrome_of_a_page_is_not_the_year(
    sample: Sample, reading_of: Callable[[str], Reading], line: str
) -> None:
    """The way through the site, a link, or a second title of another year give no year and no title."""
    reading = reading_of(sample.page().replace("<h1>", f"<p>{line}</p><h1>"))

    assert reading.document["report_year"] == 2022
    assert reading.document["title"] == "测试市某某局2022年政府信息公开工作年度报告"
