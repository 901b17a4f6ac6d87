"""A file is cut at the headings of the form, and only there."""

from __future__ import annotations

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.grid import GridCell, Kind, Paragraph, Role, Table
from disclosure_spec.place import Place
from disclosure_spec.reading.sections import Parts, prose, split

EDITION = installed().edition("2021")


def cut(*lines: str) -> Parts:
    """Cut these paragraphs."""
    return split([Paragraph(line, Place(line=at)) for at, line in enumerate(lines, start=1)], EDITION)


def found(parts: Parts) -> dict[str, str | None]:
    """Return the prose under each heading that was found."""
    return {
        region.section.pointer: prose(region.blocks, region.section, EDITION)
        for region in parts.regions
        if region.section
    }


@pytest.mark.parametrize(
    "heading",
    [
        "五、存在的主要问题及改进情况",
        "五、政府信息公开工作存在的主要问题及改进情况",
        "五、 存在问题及改进情况：",
        "存在的主要问题及改进情况",
        "四、存在的主要问题及改进情况",
        "五．存在的主要问题及改进情况（文字描述）",
    ],
)
def test_headings_are_known_in_their_variants(heading: str) -> None:
    """A heading may have an alias, another number or none, and the prompt of the blank form behind it."""
    assert found(cut("前言", heading, "问题")) == {"/problems_and_improvements": "问题"}


@pytest.mark.parametrize(
    "line",
    [
        "（一）总体情况",
        "1.总体情况",
        "全文由总体情况、主动公开政府信息情况组成。",
        "总体情况良好",
        "一、总体情况良好",
        "由一、总体情况，二、主动公开政府信息情况，三、其他组成。",
    ],
)
def test_what_only_mentions_a_part_is_no_heading(line: str) -> None:
    """A smaller heading or a sentence with the words of a part does not begin it."""
    assert found(cut(line, "文字")) == {}


def test_a_table_of_contents_is_passed_over() -> None:
    """Of two equal headings the one with something below it begins the part."""
    parts = cut(
        "一、总体情况", "六、其他需要报告的事项", "前言", "一、总体情况", "甲", "六、其他需要报告的事项", "乙"
    )

    assert found(parts) == {"/overview": "甲", "/other_matters": "乙"}
    assert [one.code for one in parts.notes].count("section.repeated") == 2


def test_a_numbered_heading_comes_before_a_bare_one() -> None:
    """The words of a part without a number begin it only where no line has both."""
    parts = cut("一、总体情况", "甲", "主动公开政府信息情况", "乙", "二、主动公开政府信息情况", "丙")

    assert found(parts) == {"/overview": "甲\n主动公开政府信息情况\n乙", "/proactive_disclosure": "丙"}


def test_the_prompt_of_a_blank_form_is_no_text() -> None:
    """A part that holds only the prompt is blank, and it is not missing."""
    parts = cut(
        "一、总体情况", "（文字描述）", "六、其他需要报告的事项", "文字描述，收取信息处理费情况在此处报告。"
    )

    assert found(parts) == {"/overview": None, "/other_matters": None}
    assert not {"/overview", "/other_matters"} & parts.missing


def test_missing_headings_are_noted() -> None:
    """Every part without a heading is named."""
    parts = cut("一、总体情况", "甲")

    assert parts.missing == {section.pointer for section in EDITION.sections} - {"/overview"}
    assert len(parts.notes) == len(parts.missing)


def codes(parts: Parts) -> list[str]:
    """Return the codes of the notes but for the parts that are not there."""
    return [one.code for one in parts.notes if one.code != "section.missing"]


@pytest.mark.parametrize(
    ("heading", "pointer"),
    [
        ("四、政府信息公开行政法复议、行政诉讼情况", "/remedies"),
        ("四、行政复议、行政诉讼情况", "/remedies"),
        ("二、主动公开情况", "/proactive_disclosure"),
        ("五、存在的主要问题及改进情況", "/problems_and_improvements"),
        ("六、其他需要报告的事", "/other_matters"),
    ],
)
def test_damaged_headings_are_known_by_number_and_words(heading: str, pointer: str) -> None:
    """A title misspelt, cut or with words left out, under its own number, begins the part and is noted."""
    parts = cut("前言", heading, "文字")

    assert found(parts) == {pointer: "文字"}
    assert codes(parts) in (["section.similar"], [])


@pytest.mark.parametrize(
    "line", ["三、主动公开情况", "四、结转下年度继续办理", "四、政府信息公开情况", "六、其他"]
)
def test_other_numbered_lines_are_no_headings(line: str) -> None:
    """The words of another part, of a row of a table, or too few of them, begin nothing."""
    assert found(cut(line, "文字")) == {}


def test_headings_that_run_on_in_one_paragraph_are_cut_out() -> None:
    """A report without lines has its parts where number and title stand in the order of the form."""
    text = (
        "本报告由总体情况、主动公开政府信息情况等六部分组成。 一、总体情况 今年一、二季度情况良好。"
        "二、主动公开政府信息情况第二十条第（一）项 五、存在的主要问题及改进情况 问题。"
        " 六、其他需要报告的事项：无。"
    )
    parts = cut(text)

    assert [block.text for block in parts.front if isinstance(block, Paragraph)] == [
        "本报告由总体情况、主动公开政府信息情况等六部分组成。"
    ]
    assert found(parts) == {
        "/overview": "今年一、二季度情况良好。",
        "/proactive_disclosure": "第二十条第（一）项",
        "/problems_and_improvements": "问题。",
        "/other_matters": "无。",
    }
    assert all(region.place and region.place.line == 1 for region in parts.regions[1:])


def test_of_a_list_of_contents_in_the_text_the_last_is_the_heading() -> None:
    """Where titles stand twice in one paragraph, the parts follow the second time."""
    names = "一、总体情况 二、主动公开政府信息情况 "

    assert found(cut(f"{names}一、总体情况 甲。 二、主动公开政府信息情况 乙。")) == {
        "/overview": "甲。",
        "/proactive_disclosure": "乙。",
    }


@pytest.mark.parametrize("between", [" ", "。", "："])
def test_a_paragraph_may_begin_with_its_heading(between: str) -> None:
    """Heading and text on one line are parted where no other line is the heading."""
    assert found(cut(f"一、总体情况{between}今年以来。", "乙")) == {"/overview": "今年以来。\n乙"}
    assert found(cut("一、总体情况", f"一、总体情况{between}今年以来。")) == {
        "/overview": f"一、总体情况{between}今年以来。"
    }


def test_a_misspelt_heading_in_running_text_ends_where_it_should() -> None:
    """What follows a misspelt title is no part of it."""
    misspelt = "四、政府信息公开行政法复议、行政诉讼情况"
    parts = cut(f"一、总体情况 甲 三、收到和处理政府信息公开申请情况 乙 {misspelt}行政复议 丙")

    assert found(parts)["/remedies"] == "行政复议 丙"


def row(*texts: str) -> tuple[GridCell, ...]:
    """Return a row of cells."""
    return tuple(GridCell(text, 0, at, 1, 1) for at, text in enumerate(texts))


@pytest.mark.parametrize("kind", [Kind.GRID, Kind.STREAM])
def test_a_heading_in_a_table_begins_its_part(kind: Kind) -> None:
    """A row, or a cell of a stream, that holds nothing but a heading parts the table."""
    rows = (row("规章", "1"), row("三、收到和处理政府信息公开申请情况", ""), row("一、本年新收", "2"))
    cells = tuple(cell for one in rows for cell in one if cell.text)
    table = Table((cells,) if kind is Kind.STREAM else rows, kind)
    parts = split([Paragraph("二、主动公开政府信息情况"), table], EDITION)
    texts = {
        region.section.pointer: [cell.text for block in region.blocks if isinstance(block, Table)
                                 for one in block.rows for cell in one]
        for region in parts.regions if region.section
    }  # fmt: skip

    assert texts == {"/proactive_disclosure": ["规章", "1"], "/requests": ["一、本年新收", "2"]}


def test_a_heading_printed_twice_in_a_row_is_one() -> None:
    """Nothing stands between the two, so nothing is lost with the first."""
    parts = cut("一、总体情况", "一、总体情况", "甲")

    assert found(parts) == {"/overview": "甲"}
    assert codes(parts) == []


def test_what_the_page_shows_at_its_end_is_no_text() -> None:
    """Buttons and links below the last part are left out and named; the signature stays."""
    parts = cut(
        "六、其他需要报告的事项",
        "无。",
        "某局",
        "2023年1月1日",
        "附件下载",
        "上一篇：某通知",
        "【打印】【关闭】",
    )

    assert found(parts) == {"/other_matters": "无。\n某局\n2023年1月1日"}
    assert codes(parts) == ["text.chrome"]
    assert found(cut("六、其他需要报告的事项", "暂无。 某局 附件下载")) == {"/other_matters": "暂无。 某局"}


def test_where_headings_are_marked_no_other_line_is_cut() -> None:
    """In files of ours a text may hold anything, headings too."""
    text = "一、总体情况 甲 二、主动公开政府信息情况 乙"
    parts = split([Paragraph("一、总体情况", role=Role.HEADING), Paragraph(text, role=Role.TEXT)], EDITION)

    assert found(parts) == {"/overview": text}
