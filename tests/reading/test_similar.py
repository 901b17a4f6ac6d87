"""Damaged labels are known where they resemble one label alone, and never taken for another one."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.place import How
from disclosure_spec.reading.labels import Labels, labels_of, normalise
from disclosure_spec.reading.similar import Name, Names, slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.edition import Edition, Row

EDITIONS = installed().editions()
# Words that turn a meaning, words of the labels, and one that is in none of them.
STRANGE = "不予三上理囧"


def rivals_of(edition: Edition) -> tuple[Edition, ...]:
    """Return the other editions."""
    return tuple(one for one in EDITIONS if one is not edition)


def rows(edition: Edition) -> Iterator[tuple[str, Row]]:
    """Yield every label of a row with its row."""
    for section in edition.sections:
        yield from ((row.labels[-1].text, row) for row in section.rows if row.labels)


def printed(edition: Edition) -> Iterator[str]:
    """Yield everything that a form prints in a table: labels, groups, bands, titles."""
    for section in edition.sections:
        yield from (header.text for header in section.headers)
        yield from (label.text for row in section.rows for label in row.labels)


def damaged(label: str) -> Iterator[str]:
    """Yield a label with one character lost, put in or replaced, at every place."""
    for at in range(len(label)):
        yield label[:at] + label[at + 1 :]
        for char in STRANGE:
            yield label[:at] + char + label[at + 1 :]
            yield label[:at] + char + label[at:]


@pytest.fixture(params=EDITIONS, ids=lambda edition: str(edition.name))
def labels(request: pytest.FixtureRequest) -> Labels:
    """Return the labels of each edition, those of the others their rivals."""
    return labels_of(request.param, rivals_of(request.param))


def test_no_label_resembles_the_row_of_another(labels: Labels) -> None:
    """Whatever a form of any edition prints is that, or nothing, and never a slip for something else."""
    own = {normalise(text): row for text, row in rows(labels.edition)}
    for edition in EDITIONS:
        for text in printed(edition):
            named = labels.named(text)
            assert named is None or named.row is own[normalise(text)]


def test_a_damaged_label_is_its_own_or_none(labels: Labels) -> None:
    """One character lost, added or replaced never makes one row of another, and most are still known."""
    known = total = 0
    for label, row in rows(labels.edition):
        for text in damaged(label):
            named = labels.named(text)
            assert named is None or named.row is row, text
            known += named is not None
            total += 1
    assert known * 2 > total


def test_labels_cut_behind_half_are_their_own(labels: Labels) -> None:
    """Of what a page break or dots took the end, nothing is ever taken for another row."""
    for label, row in rows(labels.edition):
        for size in range(1, len(label)):
            for text in (label[:size], label[:size] + "…", label[size:]):
                named = labels.named(text)
                # A whole label may stand at the beginning of another: that is itself.
                shorter = {normalise(one) for one, other in rows(labels.edition) if other is not row}
                assert named is None or named.row is row or normalise(text) in shorter, text


def test_the_labels_of_a_form_are_at_least_this_far_apart() -> None:
    """Two slips lie between any two rows of one table: one slip alone can never be a tie won by chance."""
    for edition in EDITIONS:
        names = [normalise(label) for label, _ in rows(edition)]
        assert min(slips(one, other) for one, other in permutations(names, 2)) > 1


@pytest.mark.parametrize(
    ("edition", "text", "pointer"),
    [
        ("2021", "5.要求行政机关确认或重新出", "not_processed/confirm_or_reissue"),
        ("2021", "2.其他法律行政止公开", "refused/prohibited_by_law"),
        ("2021", "其他法律法规禁止公开", "refused/prohibited_by_law"),
        ("2021", "5.属于3类内部事务信息", "refused/internal_affairs"),
        ("2021", "2.重复申清", "not_processed/duplicate"),
        ("2021", "申请人逾期未按收费通知…", "other_handling/fee_overdue"),
        ("2021", "7.属于国家秘密", "refused/state_secret"),
        ("2021", "補正後申請內容仍不明確", "cannot_provide/still_unclear"),
        ("2019", "（六）其他", "outcomes/other"),
        ("2019", "（六）其它处理", "outcomes/other"),
        ("2019", "規範性檔案(行政機關制定發布的決定)", "normative_documents"),
    ],
)
def test_labels_damaged_as_met_in_use(edition: str, text: str, pointer: str) -> None:
    """Cut, misspelt, wrongly numbered, in traditional characters: the row is known, and how is said."""
    found = installed().edition(edition)
    named = labels_of(found, rivals_of(found)).named(text)

    assert named is not None
    assert named.row.cells[0].pointer.rpartition("/")[0].endswith(pointer)
    assert (named.how, named.label) == (How.SIMILAR, text)


@pytest.mark.parametrize(
    "text",
    [
        "属于四类内部事务信息",
        "二、本年结转政府信息公开申请数量",
        "结转上年度继续办理",
        "行政确认",
        "行政处分",
        "重新申请",
        "2.其他",
        "本年新",
        "行政机关不再处理其政府信息公开申请",
        "（三）不",
    ],
)
def test_what_may_mean_something_else_is_no_row(text: str) -> None:
    """Opposites, other words of as few characters, and pieces that several labels have are left alone."""
    for edition in EDITIONS:
        assert labels_of(edition, rivals_of(edition)).named(text) is None


def test_a_label_of_another_edition_is_no_slip() -> None:
    """The label of 2019 is a piece of one of 2021, and yet another row."""
    new, old = installed().edition("2021"), installed().edition("2019")

    assert labels_of(new, (old,)).named("规范性文件") is None


def test_pieces_of_a_label_are_put_together(labels: Labels) -> None:
    """A label over several cells is known though one of them is cut."""
    named, count = labels.named_at_end(["规章", "5.要求行政机关确认或", "重新出具已获取信"])

    assert named is not None
    assert (named.how, count) == (How.SIMILAR, 2)
    assert labels.named_at_end(["甲", "乙"]) == (None, 0)


def test_groups_and_titles_resemble_too() -> None:
    """A group without its number and a column title with a slip are what they were meant to be."""
    new = installed().edition("2021")
    labels = labels_of(new, rivals_of(new))

    assert len(labels.group("不予公开")) == 8
    assert len(labels.group("（六）其他")) == 3
    assert labels.title("本年处理决定数") == "本年处理决定数量"
    assert labels.title("甲乙丙丁") is None
    assert labels.header_sections("本年制发件数量") == {"/proactive_disclosure"}


def test_names_are_rivals_of_each_other() -> None:
    """A text as near to two names is neither."""
    names = Names([Name("", "abcdefgh", 1), Name("", "abcdefgx", 2)])

    assert names.closest("", "abcdefgy") is None
    assert names.closest("", "zzzzzzzz") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("abcdefghijkX", "whole"),
        ("abcdefghiXkY", "whole"),
        ("abcdefghXXkY", None),
        ("XbcdefghijkXXX", None),
        ("aaaaaaaaaaaa", None),
        ("lkjihgfedcba", None),
        ("abdcefghijkl", "whole"),
    ],
)
def test_a_misspelt_name_differs_in_few_characters(text: str, found: str | None) -> None:
    """Strange characters and those of other names count alike, as does one that is there too often."""
    names = Names([Name("", "abcdefghijkl", "whole"), Name("", "mnopqrstuvwx", "other")])

    assert names.closest("", text) == found
