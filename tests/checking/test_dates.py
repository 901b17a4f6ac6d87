"""Rules on dates: the calendar, the period, the deadline, the edition of the year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking import Reason, Status, Verdict

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

START, END, PUBLISHED, YEAR = "/period/start", "/period/end", "/published_on", "/report_year"
KIND = "/reporting_body/kind"


@pytest.mark.parametrize(
    ("pointer", "value", "zh", "en"),
    [
        (START, "2024-01-02", "“统计期限 › 起始日期”应为2024年1月1日，现为2024-01-02。",
         "“Period › First day” should be 2024-01-01 but is 2024-01-02."),
        (END, "2025-01-31", "“统计期限 › 截止日期”应为2024年12月31日，现为2025-01-31。",
         "“Period › Last day” should be 2024-12-31 but is 2025-01-31."),
    ],
)  # fmt: skip
def test_period_is_the_year(bench_2021: Bench, pointer: str, value: str, zh: str, en: str) -> None:
    """A period that is not the whole report year is an error with the day it should be."""
    finding = bench_2021.finding("period.calendar_year", {pointer: value})
    assert (finding.message.zh, finding.message.en) == (zh, en)
    assert (finding.severity, finding.pointers, finding.found) == ("error", (pointer,), value)
    assert finding.expected == ("2024-01-01" if pointer == START else "2024-12-31")
    assert finding.difference is None


@pytest.mark.parametrize(
    ("kind", "last", "first_late", "deadline"),
    [
        ("department", "2025-01-31", "2025-02-01", "2025年1月31日"),
        ("government", "2025-03-31", "2025-04-01", "2025年3月31日"),
    ],
)
def test_deadline(bench_2021: Bench, kind: str, last: str, first_late: str, deadline: str) -> None:
    """The last day of the deadline is in time, the day after is an error under article 49."""
    rule = f"deadline.{kind}"
    assert bench_2021.check({KIND: kind, PUBLISHED: last}).outcome(rule).status is Status.PASS
    finding = bench_2021.finding(rule, {KIND: kind, PUBLISHED: first_late})
    assert finding.message.zh == f"公布日期为{first_late}，晚于法定期限{deadline}。"
    assert finding.message.en == f"Published on {first_late}, after the statutory deadline {last}."
    assert finding.severity == "error"
    assert [one.wording.en for one in finding.basis] == [
        "Regulations on Open Government Information (State Council Order No. 711), article 49"
    ]


def test_body_of_another_kind_has_no_deadline(bench: Bench) -> None:
    """For a body that is neither department nor government no deadline applies."""
    result = bench.check({KIND: "other", PUBLISHED: "2999-12-31"})
    for rule in ("deadline.department", "deadline.government"):
        assert result.outcome(rule).reason is Reason.CONDITION_NOT_MET


@pytest.mark.parametrize("day", ["2025-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "0000-01-01"])
def test_day_that_does_not_exist(bench_2021: Bench, day: str) -> None:
    """A date in the right form that no calendar has is an error, and the deadline is not checked."""
    finding = bench_2021.finding("dates.real", {PUBLISHED: day})
    assert finding.message.zh == f"“公布日期”为{day}，没有这一天。"
    assert finding.message.en == f"“Publication date” is {day}, which is no day of the calendar."
    outcome = bench_2021.check({PUBLISHED: day}).outcome("deadline.government")
    assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.OPERAND_NOT_A_DATE)


def test_leap_day_exists(bench_2019: Bench) -> None:
    """The 29 February of a leap year is a date."""
    assert bench_2019.check({PUBLISHED: "2020-02-29"}).outcome("dates.real").status is Status.PASS


@pytest.mark.parametrize("text", ["2025年1月20日", "20250120", "2025-1-20", "2025-W03-1", "２０２５-01-20"])
def test_date_in_another_form(bench_2021: Bench, text: str) -> None:
    """A date written in another way is told once, as a matter of structure."""
    result = bench_2021.check({PUBLISHED: text})
    assert [(one.rule, one.keyword) for one in result.findings] == [("document.structure", "pattern")]
    assert result.outcome("dates.real").reason is Reason.OPERAND_NOT_A_DATE
    assert result.outcome("deadline.government").reason is Reason.OPERAND_NOT_A_DATE


def test_dates_that_are_not_stated_do_no_harm(bench: Bench) -> None:
    """A report that states neither period nor publication date can conform; the rules are not checked."""
    document = bench.report
    del document["period"], document["published_on"]
    result = bench.checker.check(document)
    for rule in ("period.calendar_year", "dates.real", "deadline.government"):
        outcome = result.outcome(rule)
        assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.NOT_STATED)
    assert result.verdict is Verdict.CONFORMS


def test_half_a_period_is_missing_the_rest(bench: Bench) -> None:
    """A period without its end is incomplete, not unstated."""
    result = bench.checker.check(bench.without(END))
    outcome = result.outcome("period.calendar_year")
    assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.OPERAND_MISSING)
    assert result.verdict is Verdict.DOES_NOT_CONFORM


@pytest.mark.parametrize("year", [None, "2024", 0, 10000])
def test_date_without_a_year_to_compare_with(bench_2021: Bench, year: JSONValue) -> None:
    """Without a year of the calendar neither period nor deadline is checked."""
    result = bench_2021.check({YEAR: year})
    for rule in ("period.calendar_year", "deadline.government"):
        assert result.outcome(rule).status is Status.NOT_CHECKED
    assert result.verdict is Verdict.DOES_NOT_CONFORM


@pytest.mark.parametrize(("year", "status"), [(2020, Status.FAIL), (2021, Status.PASS), (2099, Status.PASS)])
def test_year_of_the_newer_edition(bench_2021: Bench, year: int, status: Status) -> None:
    """The edition of 2021 is for 2021 and after."""
    assert bench_2021.check({YEAR: year}).outcome("edition.year").status is status


@pytest.mark.parametrize(
    ("year", "expected", "words"),
    [(2018, 2019, "自2019年起"), (2021, 2020, "至2020年止")],
)
def test_year_of_the_older_edition(bench_2019: Bench, year: int, expected: int, words: str) -> None:
    """The edition of 2019 is for 2019 and 2020; another year is a warning that says from or up to when."""
    finding = bench_2019.finding("edition.year", {YEAR: year})
    assert finding.message.zh == f"{year}年度的报告用了2019年版格式，该版适用的年度{words}。"
    assert (finding.severity, finding.expected, finding.found) == ("warning", expected, year)
    for allowed in (2019, 2020):
        assert bench_2019.check({YEAR: allowed}).outcome("edition.year").status is Status.PASS


def test_year_written_with_a_decimal_point(bench_2021: Bench) -> None:
    """A year written 2018.0 is shown to people as the year it is."""
    finding = bench_2021.finding("edition.year", {YEAR: Decimal("2018.0")})
    assert finding.message.zh.startswith("2018年度的报告")
