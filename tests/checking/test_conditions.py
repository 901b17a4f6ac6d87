"""When a rule applies: met, not met, or unknown, and what is unknown is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking import Origin, Reason, Status, Verdict

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

KIND, REGION = "/reporting_body/kind", "/reporting_body/region_code"
POWER = "acts.rule_making_power"
REFUSAL = "litigation.direct_after_refusal"
ACTS = "/proactive_disclosure/administrative_rules"


@pytest.mark.parametrize(
    ("kind", "region", "applies"),
    [
        ("department", "420100", True),
        ("other", "110000", True),
        ("government", "420106", True),
        ("government", "420123", True),
        ("government", "420100", False),
        ("government", "420000", False),
    ],
)
def test_alternatives_of_a_condition(bench: Bench, kind: str, region: str, applies: bool) -> None:  # noqa: FBT001
    """A rule applies where one alternative holds whole, and is not applicable where none does."""
    outcome = bench.check({KIND: kind, REGION: region}).outcome(POWER)
    if applies:
        assert (outcome.status, outcome.reason) == (Status.FAIL, None)
    else:
        assert (outcome.status, outcome.reason) == (Status.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)


def test_rule_with_a_condition_says_why_it_fails(bench_2021: Bench) -> None:
    """Where the condition holds the rule gives its own message, and its only cell is named in full."""
    zeros: dict[str, JSONValue] = {f"{ACTS}/issued": 2, f"{ACTS}/repealed": 0, f"{ACTS}/in_force": 2}
    result = bench_2021.check({KIND: "department", **zeros, f"{ACTS}/in_force": 0})
    (finding,) = (one for one in result.findings if one.rule == POWER)
    assert finding.message.zh == "“规章”的“本年制发件数”为2，而该机关一般无规章制定权。"
    assert finding.equation is not None
    assert finding.equation.text.zh == (
        "二、主动公开政府信息情况 › 第二十条第（一）项 › 规章 › 本年制发件数（2） = 0：2 ≠ 0"
    )
    assert finding.severity == "warning"


@pytest.mark.parametrize("region", [None, 420106])
def test_unknown_value_leaves_the_condition_open(bench: Bench, region: JSONValue) -> None:
    """Where the value that decides is not known the rule is not checked."""
    outcome = bench.check({KIND: "department", REGION: region}).outcome(POWER)
    assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.CONDITION_UNKNOWN)
    absent = bench.checker.check(bench.without(REGION)).outcome(POWER)
    assert (absent.status, absent.reason) == (Status.NOT_CHECKED, Reason.CONDITION_UNKNOWN)


def test_unread_kind_leaves_everything_open_that_hangs_on_it(bench: Bench) -> None:
    """A kind of body that could not be read makes no rule on governments or departments fail or pass."""
    document = bench.with_values({KIND: None, "/published_on": "2999-01-01", "/overview": "无"})
    result = bench.checker.check(document, origin=Origin(unread={KIND}))
    for rule in ("deadline.department", "deadline.government", "overview.government_duties"):
        assert result.outcome(rule).reason is Reason.CONDITION_UNKNOWN
    assert result.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("code", ["42010", "x420106", "420106x", "42010６"])
def test_pattern_is_matched_whole(bench: Bench, code: str) -> None:
    """A region code with a digit too few or a sign too many is not one."""
    outcome = bench.check({KIND: "department", REGION: code}).outcome(POWER)
    assert (outcome.status, outcome.reason) == (Status.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)


def refused(bench: Bench, other: int) -> dict[str, JSONValue]:
    """Return cells by which every outcome but one is a refusal."""
    totals = [
        cell.pointer
        for cell in bench.edition.cells
        if cell.pointer.startswith("/requests/outcomes/") and cell.pointer.endswith("/total")
    ]
    values: dict[str, JSONValue] = dict.fromkeys(totals, 0)
    values["/requests/outcomes/refused/state_secret/total"] = 4
    values["/requests/outcomes/granted/total"] = other
    values["/requests/outcomes/total/total"] = 4 + other
    return values


def test_sum_within_a_limit(bench_2021: Bench) -> None:
    """A condition on a sum holds up to its limit: with one request granted the rule no longer applies."""
    finding = bench_2021.finding(REFUSAL, refused(bench_2021, 0))
    assert finding.message.zh == (
        "有774件未经复议直接起诉，而办理结果均为不予公开；自2024年起对不予公开应先申请复议。"
    )
    assert finding.severity == "info"
    granted = bench_2021.check(refused(bench_2021, 1)).outcome(REFUSAL)
    assert (granted.status, granted.reason) == (Status.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)


@pytest.mark.parametrize(("year", "status"), [(2023, Status.NOT_APPLICABLE), (2024, Status.FAIL)])
def test_minimum_is_reached(bench_2021: Bench, year: int, status: Status) -> None:
    """A condition with a minimum holds from that number on."""
    outcome = bench_2021.check({**refused(bench_2021, 0), "/report_year": year}).outcome(REFUSAL)
    assert outcome.status is status


@pytest.mark.parametrize("mark", [None, "/", True])
def test_sum_with_an_unknown_part_is_unknown(bench_2021: Bench, mark: JSONValue) -> None:
    """A condition on a sum one of whose cells holds no number is unknown."""
    values = {**refused(bench_2021, 0), "/requests/outcomes/granted/total": mark}
    outcome = bench_2021.check(values).outcome(REFUSAL)
    assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.CONDITION_UNKNOWN)


def test_one_condition_that_fails_settles_it(bench_2021: Bench) -> None:
    """Of conditions that must all hold one that does not is enough, whatever is unknown beside it."""
    values = {**refused(bench_2021, 0), "/requests/outcomes/granted/total": None, "/report_year": 2023}
    assert bench_2021.check(values).outcome(REFUSAL).reason is Reason.CONDITION_NOT_MET
