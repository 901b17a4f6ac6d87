"""Titles that are not those of the form, in its order and its units, stop the rows below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.meeting import LABELS, NEW

from disclosure_spec.edition import installed
from disclosure_spec.reading.columns import Columns
from disclosure_spec.reading.labels import labels_of

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition

OLD = installed().edition("2019")
TITLES = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


def columns(edition: Edition = NEW) -> Columns:
    """Return the titles met since a heading: none."""
    return Columns(labels_of(edition), [labels_of(one) for one in (OLD, NEW) if one is not edition])


@pytest.mark.parametrize(
    ("titles", "problem"),
    [
        (TITLES, None),
        # One title may be unknown, or broken into two.
        ([TITLES[0], "甲", *TITLES[2:]], None),
        ([TITLES[0], "甲", "乙", *TITLES[2:]], None),
        ([*TITLES[:2], TITLES[3], TITLES[2]], "columns.order"),
        ([TITLES[0], "本年新制作数量", "本年新公开数量", "对外公开总数量"], "columns.other_edition"),
        (["信息内容", "本年收费金额（单位：元）"], "columns.unit"),
        (["信息内容", "本年收费金额"], None),
    ],
)
def test_titles_are_compared_with_those_of_the_form(titles: list[str], problem: str | None) -> None:
    """Another order, another edition and another unit each have their note; an unknown title has none."""
    found = columns()
    found.observe(titles)

    assert found.problem == problem


def test_what_was_wrong_is_over_below_the_next_titles() -> None:
    """A block of titles holds until values were met and the next block begins."""
    found = columns()
    found.observe(TITLES[::-1])
    found.observe(TITLES)
    assert found.problem == "columns.order"

    found.leave()
    found.observe(TITLES)

    assert found.problem is None


def test_a_unit_added_to_a_title_is_kept() -> None:
    """Where the form prints no unit a site may, and it holds for the rows below."""
    found = columns(OLD)
    found.observe(["信息内容", "采购项目数量", "采购总金额（万元）"])
    assert found.unit == "万元"

    found.leave()
    found.observe(["信息内容", "采购项目数量", "采购总金额"])

    assert found.unit is None


def test_the_table_without_labels_is_known_by_its_titles() -> None:
    """Half of its titles are enough, and the titles of another table are not."""
    section, row = LABELS.unlabelled[0]
    titles = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    known, unknown = columns(), columns()
    known.observe(["行政复议", "行政诉讼"])
    known.observe([*titles, "未经复议直接起诉", "复议后起诉"])
    unknown.observe(TITLES)

    assert known.identify(section)
    assert known.take(section, row, len(row.cells)) is row
    assert not unknown.identify(section)
    assert unknown.take(section, row, len(row.cells)) is None


def test_a_part_of_the_row_is_taken_under_the_titles_of_its_group() -> None:
    """Where the row is cut into groups, each has its name and its titles right above the values."""
    section, row = LABELS.unlabelled[0]
    titles = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    found = columns()
    found.observe(["行政复议", *titles])

    part = found.take(section, row, len(titles))

    assert part is not None
    assert part.cells == row.cells[: len(titles)]
    assert found.take(section, row, len(titles)) is None
