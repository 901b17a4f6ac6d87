"""Results as pages."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html

from disclosure_spec.checking import Input
from disclosure_spec.inspection import Inspection
from disclosure_spec.reporting import Manner, render, stream_folder
from disclosure_spec.wording import LANGUAGES

if TYPE_CHECKING:
    from typing import Any

    from tests.conftest import Bench

    from disclosure_spec.wording import Language


def parsed(inspection: Inspection, language: Language = "zh") -> Any:
    """Return the page of one result."""
    return html.fromstring(str(render(inspection, "html", language)))


def words(element: Any) -> str:
    """Return the text of an element."""
    return str(element.text_content())


def test_verdict_stands_on_top(wrong: Inspection) -> None:
    """Verdict, counts, profile and waivers stand before the form, in the language asked for."""
    zh, en = parsed(wrong), parsed(wrong, "en")

    assert "结论：不符合。" in words(zh.xpath('//p[@class="verdict does_not_conform"]')[0])
    assert "Verdict: does not conform." in words(en.xpath('//p[@class="verdict does_not_conform"]')[0])
    before = words(zh).partition("报告全文")[0]
    assert "按本地规则“某省规则”检查" in before
    assert "豁免失效，已过期" in before
    assert (zh.get("lang"), en.get("lang")) == ("zh-CN", "en")


def test_cells_and_findings_lead_to_each_other(wrong: Inspection) -> None:
    """Every marked cell links to its findings, and every finding to its cells; no link leads nowhere."""
    page = parsed(wrong)
    ids = page.xpath("//@id")
    targets = [one[1:] for one in page.xpath("//a/@href")]

    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    marked = page.xpath("//*[@data-findings]")
    assert marked
    for cell in marked:
        back = [one[1:] for one in cell.xpath(".//a/@href")]
        assert back == cell.get("data-findings").split()
        assert all(page.xpath(f'//*[@id="{one}"]//a[@href="#{cell.get("id")}"]') for one in back)


def test_findings_of_one_cause_are_nested(wrong: Inspection) -> None:
    """A consequence stands inside its cause, the number suggested beside the cell that it is for."""
    page = parsed(wrong)
    (inner,) = page.xpath('//li[@id="f1"]//li[@id="f2"]')
    suggested = page.xpath('//td[@class="suggested"]')

    assert "[requests." in words(inner)
    assert any("应为42？" in words(one) and "◆" in words(one) for one in suggested)
    assert "疑有误，见第1" in words(suggested[0].xpath('.//span[@class="sr"]')[0])
    assert "推断（仅供核对）：疑为一格" in suggested[0].get("title")


def test_kinds_of_marks_differ_without_colour(bench: Bench) -> None:
    """Error and warning have symbols and borders of their own, told to who hears the page as well."""
    pointer = bench.leaves[0].pointer
    document = bench.with_values({pointer: "/", "/overview": "一"})
    page = parsed(Inspection(bench.checker.check(document), document, bench.edition))

    (cell,) = page.xpath('//td[@class="error"]')
    (heading,) = page.xpath('//h3[@class="marked"]')
    assert "✘" in words(cell)
    assert "错误，见第" in words(cell)
    assert cell.get("title").startswith("“")
    assert "▲" in words(heading) or "✘" in words(heading)
    style = words(page.xpath("//style")[0])
    borders = [
        re.search(rf"td\.{one}{{border:(\S+ \S+)", style) for one in ("error", "warning", "info", "suggested")
    ]
    assert len({one[1] for one in borders if one}) == 4


def test_page_needs_no_net_and_no_script(wrong: Inspection) -> None:
    """Nothing is fetched, and the only script allowed is the one of the page, by its digest."""
    text = str(render(wrong, "html", "zh"))
    page = parsed(wrong)

    assert not page.xpath("//*[@src] | //link | //iframe | //form | //object")
    assert not [one for one in page.xpath("//@href") if not one.startswith("#")]
    (script,) = page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(words(script).encode()).digest()).decode()
    policy = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert policy.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}'" in policy
    assert "url(" not in text


def test_hostile_text_is_only_text(hostile: Inspection) -> None:
    """Whatever a report holds is shown: no element, no attribute and no unseen character comes of it."""
    for language in LANGUAGES:
        text = str(render(hostile, "html", language))
        page = parsed(hostile, language)
        assert len(page.xpath("//script")) == 1
        assert not page.xpath("//img")
        assert not [one for element in page.iter() for one in element.attrib if str(one).startswith("on")]
        assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", text)
        assert "<script>alert(1)</script>" in words(page)
        assert "<U+202E>" in words(page)


def test_any_structure_can_be_shown(every: list[Inspection]) -> None:
    """A report whose structure is broken is shown as far as it goes; a file not read has its reason alone."""
    pages = [parsed(one) for one in every]

    assert len(pages[3].xpath("//table")) == len(pages[0].xpath("//table"))
    assert not pages[-1].xpath("//table")
    assert "[json.empty]" in words(pages[-1])


@pytest.mark.parametrize(
    "name", ["../../etc/年报.txt", "CON", "a/b\\c:*?.docx", "", "x" * 300, "<script>a()</script>"]
)
def test_folder_has_a_page_for_each_report(name: str, wrong: Inspection, broken: Inspection) -> None:
    """Many reports are a page each with a safe name, and an index that leads to all of them."""
    named = replace(wrong, result=replace(wrong.result, input=Input(name, "0" * 64, "text")))
    pages = dict(stream_folder([named, broken, named], "html", Manner("zh", many=True)))

    index: Any = html.fromstring(str(pages.pop("index.html")))
    assert index.xpath("//a/@href") == list(pages)
    assert len(pages) == 3
    for one in pages:
        assert re.fullmatch(r"000\d-[\w.-]{1,60}\.html", one)
    assert "共3份：符合0份，不符合2份，无法判断0份，无法读取1份。" in words(index)
    assert not index.xpath("//script")
    assert [words(one) for one in index.xpath("//tr[3]/td")][1:] == ["? 无法判断", "", "", ""]
