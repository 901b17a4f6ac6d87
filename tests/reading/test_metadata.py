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


HEAD = """标题: 测试市某某局2022年政府信息公开工作年度报告
发布时间: 2023-02-20 15:07
文号:
发布机构: 测试市政务公开办公室
栏目: 政府信息公开年报
原文链接: https://example.org/202302/t20230220_1.htm
页面链接与图片详见 links.tsv(同目录)
==================== 正文 ====================
前言。"""


def test_the_data_above_a_report_is_no_preface(reading_of: Callable[[str], Reading]) -> None:
    """Title and date are taken from the head of a page, and none of its lines becomes a text."""
    document = reading_of(report(HEAD)).document

    assert document["title"] == "测试市某某局2022年政府信息公开工作年度报告"
    assert document["reporting_body"] == {"name": "测试市某某局", "kind": "department"}
    assert document["published_on"] == "2023-02-20"
    assert document["preface"] == "前言。"


@pytest.mark.parametrize(
    "front",
    [
        "索引号：0001/2023-1 主题分类：年报 发布机构：测试市某某局 发布日期：2023-01-18 浏览次数：12",
        "发布机构：测试市某某局\n成文日期：2023-01-10\n发布日期：2023-01-18",
        "发布机构 | 测试市某某局 |\n发布日期： | 2023年1月18日 |",
    ],
)
def test_the_publisher_is_the_last_resort(reading_of: Callable[[str], Reading], front: str) -> None:
    """Without another name the publisher is taken for the body, and that is said."""
    reading = reading_of(report(front))

    assert reading.document["reporting_body"] == {"name": "测试市某某局", "kind": "department"}
    assert reading.document["published_on"] == "2023-01-18"
    assert "body.from_head" in {note.code for note in reading.notes}
    assert "preface" not in reading.document


def test_a_sentence_with_a_colon_is_not_the_head_of_a_page(reading_of: Callable[[str], Reading]) -> None:
    """A paragraph that begins like a label is a text all the same."""
    reading = reading_of(report("来源：本报告的数据来自各科室。\n前言。"))

    assert reading.document["preface"] == "来源：本报告的数据来自各科室。\n前言。"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("特向社会公布测试市某某局2022年政府信息公开情况。", "测试市某某局"),
        ("本报告由测试市某某局根据有关规定编制。", "测试市某某局"),
        ("本报告由测试市人民政府办公室编制。", None),
        ("现公布我局2022年政府信息公开工作年度报告。", None),
        ("现公布区某某局2022年政府信息公开工作年度报告。", None),
    ],
)
def test_a_sentence_that_publishes_the_report_names_the_body(
    reading_of: Callable[[str], Reading], text: str, name: str | None
) -> None:
    """A full name counts; an office may write for its government, and half a name is none."""
    reading = reading_of(report(text))

    assert get_at(reading.document, "/reporting_body/name") == name
    assert ("body.from_sentence" in {note.code for note in reading.notes}) is (name is not None)


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("无。\n测试市某某局\n2023年1月10日", "测试市某某局"),
        ("暂无。 测试市某某局 2023年1月10日", "测试市某某局"),
        ("无。\n测试市某某局", None),
        ("无。\n我局\n2023年1月10日", None),
    ],
)
def test_a_dated_signature_names_the_body(
    reading_of: Callable[[str], Reading], end: str, name: str | None
) -> None:
    """The name above the date at the end is whose report it is; it stays in the text as well."""
    reading = reading_of(f"{report('前言。')}\n六、其他需要报告的事项\n{end}")

    assert get_at(reading.document, "/reporting_body/name") == name
    assert reading.document["other_matters"] == end
    assert ("body.from_signature" in {note.code for note in reading.notes}) is (name is not None)


def test_a_code_is_taken_where_it_is_printed(reading_of: Callable[[str], Reading]) -> None:
    """A code behind its name is read; a number without it, or that cannot be one, is not."""
    line = "测试市某某局2022年政府信息公开工作年度报告\n统一社会信用代码：11100000000013127D"

    assert get_at(reading_of(report(line)).document, "/reporting_body/credit_code") == "11100000000013127D"
    for text in ("11100000000013127D", "统一社会信用代码：1110000000001312", "统一社会信用代码：暂无"):
        document = reading_of(report(text)).document
        assert get_at(document, "/reporting_body/credit_code") is MISSING


def test_the_words_of_the_page_before_a_text_without_lines_are_cut(
    reading_of: Callable[[str], Reading],
) -> None:
    """In one run of words the report begins behind its title, and what stood above is named."""
    title = "测试市某某局2022年政府信息公开工作年度报告"
    page = f"当前位置： 首页 年报 {title} 来源： 时间：2023-01-28 微信 微博"
    line = f"{page} {title}根据有关规定。我局编制本报告。"
    reading = reading_of(f"标题: {title}\n{report(line)}")

    assert reading.document["preface"] == "根据有关规定。我局编制本报告。"
    assert "text.chrome_above" in {note.code for note in reading.notes}


def test_name_and_date_below_the_title_are_no_preface(reading_of: Callable[[str], Reading]) -> None:
    """The lines with which a report presents itself again say nothing of their own."""
    front = "测试市某某局2022年政府信息公开工作年度报告\n测试市某某局\n(2023年1月23日)\n前言。"

    assert reading_of(report(front)).document["preface"] == "前言。"


@pytest.mark.parametrize(
    "text", ["2022年我局政府信息公开工作运行良好。", "现将我局2022年度政府信息公开情况报告如下。"]
)
def test_the_year_may_stand_in_the_first_sentence(reading_of: Callable[[str], Reading], text: str) -> None:
    """A sentence that ties a year to the subject of the report gives it where nothing else does."""
    assert reading_of(report("前言。", text)).document["report_year"] == 2022


@pytest.mark.parametrize(
    ("title", "pointer", "line"),
    [
        ("测试市某某局2022年政府信息公开工作年度报告", "/reporting_body/name", 1),
        ("测试市某某局2022年政府信息公开工作年度报告", "/report_year", 1),
        ("政府信息公开工作年度报告", "/reporting_body/name", 3),
        ("政府信息公开工作年度报告", "/report_year", 4),
        ("政府信息公开工作年度报告", "/published_on", 2),
        ("政府信息公开工作年度报告", "/period", 4),
    ],
)
def test_what_is_found_has_its_place(
    reading_of: Callable[[str], Reading], title: str, pointer: str, line: int
) -> None:
    """Whoever checks the year or the body finds the line that says so."""
    front = [title, "发布日期：2023-01-20", "发布机构：测试市某某局"]
    front.append("本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。")
    reading = reading_of(report("\n".join(front)))

    assert reading.sources[pointer].line == line


def test_the_subject_of_a_link_is_no_verb(reading_of: Callable[[str], Reading]) -> None:
    """Behind the name of another report, 公开 makes nothing public: what follows is no body."""
    link = "相关链接：2017年政府信息公开年报测试县水利局2024年度政府信息公开年度报告"

    assert get_at(reading_of(report(link)).document, "/reporting_body/name") is None
