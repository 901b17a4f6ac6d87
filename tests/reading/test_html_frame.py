"""Saved pages of government sites: the report is read, what the site puts around it is named and left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Paragraph, Table
from disclosure_spec.reading import read
from disclosure_spec.reading.html import read_html

if TYPE_CHECKING:
    from tests.reading.conftest import Sample

    from disclosure_spec.grid import Content

TITLE = "测试市某某局2022年政府信息公开工作年度报告"
BEFORE = """
<div><div><a href="/">首页</a></div><div><a href="/zw">政务公开</a> <a href="/fw">办事服务</a></div></div>
<div class="path">您当前的位置：<a href="/">首页</a> &gt; <a href="/nb">信息公开年报</a> &gt; 正文</div>
<table><tr><td>索引号：</td><td>0001/2023-00012</td><td>发布日期：</td><td>2023-01-20</td></tr></table>
<div class="side"><p>机构职能</p><p>政策文件</p></div>
<dl><dt>年报</dt></dl>
"""
META = """
<p>发布日期：2023-01-20 来源：测试市某某局办公室 浏览次数：<span>128</span> 字体：【大 中 小】</p>
<p>【打印】【关闭】</p>
"""
AFTER = """
<div><span>打印本页</span> <span>关闭窗口</span></div>
<p>上一篇：<a href="1.html">另一局2021年政府信息公开工作年度报告</a></p>
<p>扫一扫在手机打开当前页</p>
<div>相关链接</div><ul><li><a href="2.html">某市人民政府</a></li></ul>
<div>主办单位：某市人民政府办公室 网站标识码：3200000001</div>
<div>苏ICP备05000001号 苏公网安备32000000000001号</div>
"""


def body(sample: Sample) -> str:
    """Return the report as the editor of a site holds it: its title apart from the parts."""
    page = sample.page()
    return page[page.index("<h1>") : page.index("</body>")]


def split(sample: Sample) -> tuple[str, str]:
    """Return the title, and the text below it."""
    title, _, text = body(sample).partition("</h1>")
    return f"{title}</h1>", text.replace("<p>发布日期：2023-01-20</p>", "")


def apart(sample: Sample) -> str:
    """Return a page with the text in an element of its own."""
    title, text = split(sample)
    return f"<body>{BEFORE}<div>{title}{META}</div><div><div>{text}</div></div><div>{AFTER}</div></body>"


def together(sample: Sample) -> str:
    """Return a page where everything is in one element."""
    title, text = split(sample)
    return f"<body>{BEFORE}{title}{META}{text}{AFTER}</body>"


def laid_out(sample: Sample) -> str:
    """Return a page laid out with tables, the menu beside the text."""
    title, text = split(sample)
    cell = f"<table><tr><td>{title}{META}</td></tr><tr><td>{text}</td></tr><tr><td>{AFTER}</td></tr></table>"
    return f"<body><table><tr><td><p>栏目</p></td><td>{BEFORE}{cell}</td></tr></table></body>"


@pytest.mark.parametrize("page", [apart, together, laid_out])
def test_reports_are_read_from_among_menus(sample: Sample, page: object) -> None:
    """Menus, buttons, neighbours and notices are in no part of the report, and a note tells of them."""
    assert callable(page)
    reading = read(page(sample).encode())

    assert not sample.wrong(reading)
    assert not reading.unread
    document = reading.document
    assert document["title"] == TITLE
    assert document["published_on"] == "2023-01-20"
    assert str(document["preface"]).endswith("本报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。")
    assert document["other_matters"] == document["overview"] == "第一段。\n第二段。"
    (note,) = (note for note in reading.notes if note.code == "html.frame")
    assert note.wording.zh


@pytest.mark.parametrize("page", [apart, together, laid_out])
def test_the_preface_is_only_the_preface(sample: Sample, page: object) -> None:
    """Neither menus above the title nor buttons below it are part of the preface."""
    assert callable(page)

    preface = read(page(sample).encode()).document["preface"]

    assert preface == "本报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。"


def texts(content: Content) -> list[str]:
    """Return the paragraphs of a page."""
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


def test_words_like_those_of_a_site_stay_within_the_report() -> None:
    """Between the headings nothing is taken away, and a sentence about printing is no button."""
    lines = [
        "一、甲",
        "主办：某局",
        "打印",
        "二、乙",
        "三、丙",
        "打印机已更换。",
        "访问量达3万。",
        "相关信息已公开。",
    ]
    page = "".join(f"<p>{line}</p>" for line in lines)

    content = read_html(page)

    assert texts(content) == lines
    assert not content.notes


def test_the_last_part_may_stand_in_an_element_of_its_own() -> None:
    """Sections of an office program end anywhere; the text under the last heading still belongs to it."""
    page = "<div><p>一、甲</p><p>二、乙</p><p>三、丙</p></div><div><p>末段。</p></div><a href='/'>首页</a>"

    assert texts(read_html(page)) == ["一、甲", "二、乙", "三、丙", "末段。"]


LINKS = (
    "<a href='/a/P020230120.docx'>某局2022年度报告</a>"
    "<a href='b%E5%B9%B4%E6%8A%A5.pdf'></a><a href='x.html'>上页</a>"
)


def test_a_page_of_attachments_names_them() -> None:
    """Where the report is only attached, the error says which files to get."""
    with pytest.raises(InputError) as caught:
        read_html(f"<h1>年报</h1><p>附件：{LINKS}</p>")

    assert caught.value.code == "read.attachments"
    assert "某局2022年度报告（P020230120.docx）、b年报.pdf。" in caught.value.wording.zh


def test_attachments_beside_a_report_do_no_harm(new: Sample) -> None:
    """A report with its files for download is read from the page."""
    reading = read(new.page().replace("</h1>", f"</h1><p>{LINKS}</p>").encode())

    assert not reading.unread


def test_a_page_of_frames_names_them() -> None:
    """A workbook saved as several files, or a page that shows another, says where its content is."""
    for page in (
        "<frameset><frame src='a.files/sheet001.htm'></frameset>",
        "<p>x</p><iframe src='/a'></iframe>",
    ):
        with pytest.raises(InputError) as caught:
            read_html(f"<html><head><title>年报</title></head>{page}</html>")
        assert caught.value.code == "read.frames"


def cells(page: str) -> list[list[list[str]]]:
    """Return the tables of a page in short."""
    blocks = read_html(page).blocks
    return [
        [[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)
    ]


def test_a_table_in_a_cell_is_text_of_that_cell() -> None:
    """A small table inside a table of data does not tear it apart, and a note says so."""
    inner = "<table><tr><td>3</td></tr></table>"
    page = f"<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>{inner}</td></tr></table>"

    assert cells(page) == [[["甲", "乙"], ["丙", "3"]]]
    assert [note.code for note in read_html(page).notes] == ["html.nested_table"]


def test_an_article_beside_a_menu_is_no_cell() -> None:
    """A cell with the whole text of a page is part of its layout."""
    page = f"<table><tr><td>栏目</td><td><p>一、甲</p><p>{'文' * 5000}</p></td></tr></table>"

    assert texts(read_html(page)) == ["栏目", "一、甲", "文" * 5000]
    assert not cells(page)


def test_a_hidden_table_is_noted() -> None:
    """A table that the page does not show is not read, and not passed over in silence."""
    page = "<p>一、甲</p><div style='display:none'><table><tr><td>1</td><td>2</td></tr></table></div>"

    assert not cells(page)
    assert [note.code for note in read_html(page).notes] == ["html.hidden"]


def test_pages_of_office_programs_are_tables_like_others() -> None:
    """Excel's numbers beside empty cells, Word's empty paragraphs and conditions are understood."""
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><!--[if gte mso 9]><xml>1</xml><![endif]-->"
        "<table><tr><td class=xl65>甲</td><td x:num='12'></td>"
        "<td x:num>5</td><td x:num='1234.5'>1,234.50</td></tr>"
        "<tr><td><p class=MsoNormal>乙<o:p></o:p></p></td><td><p><o:p>&nbsp;</o:p></p></td>"
        "<td>6<br></td><td>7</td></tr>"
        "<![if supportMisalignedColumns]><tr style='display:none'><td></td><td></td></tr><![endif]></table>"
    )

    assert cells(page) == [[["甲", "12", "5", "1,234.50"], ["乙", "", "6", "7"]]]


def test_a_copy_for_printing_is_read_once(sample: Sample) -> None:
    """A page that holds the report twice is the report; two that differ are both there."""
    title, text = split(sample)
    twice = f"<body><div>{title}{text}</div><p>打印</p><div>{title}{text}</div>{AFTER}</body>"

    reading = read(twice.encode())

    assert not sample.wrong(reading)
    assert reading.document["other_matters"] == "第一段。\n第二段。"
    assert {note.code for note in reading.notes} == {"html.copy", "html.frame"}
    assert len(texts(read_html(f"<div>{text}</div><div>{text.replace('第二段', '末段')}</div>"))) > len(
        texts(read_html(text))
    )


def test_a_report_that_is_one_sheet_is_cut_at_its_headings(sample: Sample) -> None:
    """In a workbook saved as a page headings and paragraphs are cells over all columns."""
    rows = [f"<tr><td colspan=15>{TITLE}</td></tr>"]
    for section in sample.edition.sections:
        lines = [section.heading.zh, *([] if section.grid else ["第一段。", "第二段。"])]
        rows += [f"<tr><td colspan=15>{line}</td></tr>" for line in lines]
        if section.grid:
            rows.append(sample.table(section).removeprefix("<table>").removesuffix("</table>"))

    reading = read(f"<html><body><table>{''.join(rows)}</table></body></html>".encode())

    assert not sample.wrong(reading)
    assert not reading.unread - {"/reporting_body/name", "/reporting_body/kind", "/report_year"}
    assert reading.document["overview"] == reading.document["other_matters"] == "第一段。\n第二段。"
