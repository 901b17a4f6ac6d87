"""The labels decide which form it is; where there are none, only the notice that the text cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reading.conftest import Sample

    from disclosure_spec.reading import Reading

NEW, OLD = installed().edition("2021"), installed().edition("2019")


def code_of(text: str) -> str:
    """Return the code with which a text is refused."""
    with pytest.raises(InputError) as caught:
        read(text.encode())
    return caught.value.code


def test_damaged_labels_decide_where_no_other_does(reading_of: Callable[[str], Reading]) -> None:
    """A title cut or misspelt in its cell is enough, when nothing speaks against it."""
    assert reading_of("信息内容\n本年制发件\n现行有效件").edition is NEW
    assert reading_of("信息内容\n采购项目数\n").edition is OLD


def test_labels_run_together_decide(reading_of: Callable[[str], Reading]) -> None:
    """In a text without cells two labels of one edition are needed."""
    assert reading_of("信息内容本年新制作数量本年新公开数量对外公开总数量规章000").edition is OLD
    assert code_of("按照本年处理决定数量的要求") == "read.no_edition"


def test_tables_of_two_editions_are_refused(old: Sample, new: Sample) -> None:
    """Two reports on one page are two reports; the one with more labels is not taken in silence."""
    both = old.page().removesuffix("</body></html>") + new.page().partition("<body>")[2]

    assert code_of(both) == "read.two_editions"
    assert read(both.encode(), edition="2021").edition is NEW


def test_a_label_of_the_other_edition_is_noted(
    old: Sample, new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """One label from elsewhere changes nothing, and is said."""
    reading = reading_of(new.page().replace("</body>", "<p>政府集中采购</p></body>"))

    assert reading.edition is NEW
    assert "edition.mixed" in {one.code for one in reading.notes}
    assert not {"edition.mixed"} & {one.code for one in reading_of(old.page()).notes}


def test_table_two_decides_over_table_three(
    old: Sample, new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """A table 3 of the former form below a table 2 of the present one is a report on the present one."""
    second, third = new.edition.sections[1:3]
    page = new.page().replace(new.table(third), old.table(old.edition.sections[2]))

    assert second.rows
    assert reading_of(page).edition is NEW


@pytest.mark.parametrize(
    "number", ["国办公开办函〔2021〕30号", "国办公开办函[2021]30号", "国办公开办函（2021）30 号"]
)
def test_the_notice_that_a_text_cites_decides_without_a_table(
    reading_of: Callable[[str], Reading], number: str
) -> None:
    """A part of a report without its tables says by itself which form it follows, in any brackets."""
    reading = reading_of(f"根据《年度报告格式》（{number}）编制。\n一、总体情况\n甲")

    assert reading.edition is NEW
    assert reading.document["overview"] == "甲"
    assert reading.notes[0].code == "edition.cited"


def test_neither_the_year_nor_two_notices_decide() -> None:
    """A year is no form, and of two notices either may be the one that is followed."""
    assert code_of("测试市某某局2022年政府信息公开工作年度报告\n一、总体情况\n甲") == "read.no_edition"
    assert code_of("国办公开办函〔2021〕30号代替国办公开办函〔2019〕60号") == "read.no_edition"
