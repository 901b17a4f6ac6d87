"""A file is cut at the headings of the form, and only there."""

from __future__ import annotations

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.grid import Paragraph
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
        "一、总体情况 今年以来工作有序开展。",
        "总体情况良好",
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
