"""A report against last year's, and a government's against those of the bodies it covers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from disclosure_spec import check
from disclosure_spec.checking import Reason, Status, Verdict
from disclosure_spec.document import with_value
from disclosure_spec.errors import InputError

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Result, RuleOutcome
    from disclosure_spec.document import Document, JSONValue

CARRIED = "previous.carried_over"
SUMS = "parts_sum.requests"
OVER = "/requests/carried_over/natural_person"
FORWARD = "/requests/carried_forward/natural_person"
AMOUNT = "/proactive_disclosure/central_procurement/amount"


def changed(document: Document, values: dict[str, JSONValue]) -> Document:
    """Return a document with other values."""
    for pointer, value in values.items():
        document = with_value(document, pointer, value)
    return document


def last_year(bench: Bench, values: dict[str, JSONValue] | None = None) -> Document:
    """Return a report for the year before the sample's that carried forward what the sample carried over."""
    report = bench.report
    year = report["report_year"]
    requests = report["requests"]
    assert isinstance(year, int)
    assert isinstance(requests, dict)
    before = changed(
        report, {"/report_year": year - 1, "/requests/carried_forward": requests["carried_over"]}
    )
    return changed(before, values or {})


def government(bench: Bench, factor: int, values: dict[str, JSONValue] | None = None) -> Document:
    """Return the report of a government in which every leaf is so many times that of the sample."""
    numbers = {cell.pointer: get(bench, cell.pointer) * factor for cell in bench.leaves}
    report = bench.report_of(numbers)
    return changed(report, {"/reporting_body/kind": "government", **(values or {})})


def get(bench: Bench, pointer: str) -> int | Decimal:
    """Return a number of the sample."""
    value: JSONValue = bench.report
    for key in pointer.split("/")[1:]:
        assert isinstance(value, dict)
        value = value[key]
    assert isinstance(value, int | Decimal)
    return value


def outcome(result: Result, rule: str) -> RuleOutcome:
    """Return the outcome of a rule."""
    return next(one for one in result.rules if one.id == rule)


def test_number_carried_over_is_that_carried_forward_last_year(bench: Bench) -> None:
    """Equal numbers pass in every column; an unequal one is told with both, as a warning while on trial."""
    same = check(bench.report, previous=last_year(bench))
    assert outcome(same, CARRIED).status is Status.PASS

    wrong = check(bench.report, previous=last_year(bench, {FORWARD: 10**6}))
    (finding,) = (one for one in wrong.findings if one.rule == CARRIED)
    assert finding.severity == "warning"
    assert finding.pointers == (OVER, FORWARD)
    assert (finding.found, finding.expected) == (get(bench, OVER), 10**6)
    assert finding.equation is not None
    assert [term.of for term in (*finding.equation.left, *finding.equation.right)] == ["document", "previous"]
    assert "上年四、结转下年度继续办理（1000000）" in finding.equation.text.zh
    assert "last year's 4. Carried forward to next year (1000000)" in finding.equation.text.en
    assert wrong.verdict is Verdict.CONFORMS


def test_cell_compared_with_itself_is_one_place(bench_2021: Bench) -> None:
    """A finding on one cell of two years names the cell once."""
    result = check(bench_2021.report, previous=last_year(bench_2021, {OVER: 10**6}))
    (finding,) = (one for one in result.findings if one.rule == "previous.outlier" and OVER in one.pointers)
    assert finding.pointers == (OVER,)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({FORWARD: None}, Reason.OPERAND_BLANK),
        ({FORWARD: "/"}, Reason.OPERAND_NOT_A_NUMBER),
        ({"/requests/carried_forward": {}}, Reason.OPERAND_MISSING),
        ({"/report_year": 1999}, Reason.OTHER_YEAR),
        ({"/report_year": None}, Reason.OTHER_YEAR),
    ],
)
def test_last_year_without_a_number_is_not_checked(
    bench: Bench, values: dict[str, JSONValue], reason: Reason
) -> None:
    """A blank, a mark or another year in last year's report is never a pass, and its reason is told."""
    found = outcome(check(bench.report, previous=last_year(bench, values)), CARRIED)
    assert (found.status, found.reason) == (Status.NOT_CHECKED, reason)


def test_report_itself_of_last_year_is_no_last_year(bench: Bench) -> None:
    """The report of the same year given as last year's is not compared."""
    assert outcome(check(bench.report, previous=bench.report), CARRIED).reason is Reason.OTHER_YEAR


def test_last_year_in_the_edition_before(bench_2019: Bench, bench_2021: Bench) -> None:
    """A report of the older edition may be last year's; what it lacks is not checked."""
    report = changed(bench_2021.report, {"/report_year": 2021})
    before = changed(bench_2019.report, {"/report_year": 2020, FORWARD: get(bench_2021, OVER) + 1})
    result = check(report, previous=before)
    found = [one.pointers for one in result.findings if one.rule == CARRIED]
    assert (OVER, FORWARD) in found
    assert outcome(result, "previous.in_force").reason is Reason.OPERAND_MISSING


def test_government_is_the_sum_of_its_bodies(bench: Bench) -> None:
    """Three equal reports add up to a government's; a number that is off is told with sum and difference."""
    parts = [bench.report] * 3
    right = check(government(bench, 3), parts=parts)
    assert {outcome(right, one).status for one in (SUMS, "parts_sum.proactive_disclosure")} == {Status.PASS}

    wrong = check(government(bench, 3, {OVER: get(bench, OVER) * 3 + 5}), parts=parts)
    (finding,) = (one for one in wrong.findings if one.rule == SUMS)
    assert (finding.pointers, finding.expected, finding.difference) == ((OVER,), get(bench, OVER) * 3, 5)
    assert finding.equation is not None
    assert "所属机关合计" in finding.equation.text.zh


def test_department_has_no_parts(bench: Bench) -> None:
    """For a body that is no government the sums do not apply, whatever is given."""
    report = changed(bench.report, {"/reporting_body/kind": "department"})
    found = outcome(check(report, parts=[bench.report]), SUMS)
    assert found.status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("values", "reason"),
    [({OVER: None}, Reason.OPERAND_BLANK), ({"/report_year": 1999}, Reason.OTHER_YEAR)],
)
def test_one_part_without_a_number_leaves_the_sum_open(
    bench: Bench, values: dict[str, JSONValue], reason: Reason
) -> None:
    """A sum of which one part is unknown is not checked."""
    parts = [bench.report, changed(bench.report, values)]
    found = outcome(check(government(bench, 2), parts=parts), SUMS)
    assert (found.status, found.reason) == (Status.NOT_CHECKED, reason)


@pytest.mark.parametrize(
    ("unit", "amount", "status"),
    [
        ("万元", 3, Status.NOT_CHECKED),
        (None, 3, Status.NOT_CHECKED),
        ("元", 3, Status.PASS),
        (None, 0, Status.PASS),
    ],
)
def test_amounts_add_up_in_one_unit_only(
    bench_2019: Bench, unit: str | None, amount: int, status: Status
) -> None:
    """Amounts in different units, or in none, are not added; zero needs no unit."""
    part = changed(bench_2019.report, {AMOUNT: 3, f"{AMOUNT}_unit": "元"})
    other = changed(bench_2019.report, {AMOUNT: amount, f"{AMOUNT}_unit": unit})
    whole = government(bench_2019, 2, {AMOUNT: 3 + amount, f"{AMOUNT}_unit": "元"})
    found = outcome(check(whole, parts=[part, other]), "parts_sum.proactive_disclosure")
    assert (found.status, found.reason) == (
        status,
        Reason.UNITS_DIFFER if status is Status.NOT_CHECKED else None,
    )


def test_binary_float_in_another_report_is_refused(bench: Bench) -> None:
    """Last year's report and the parts are held to the same exactness."""
    before = last_year(bench)
    before["x-share"] = 0.1  # type: ignore[assignment] # what json.loads() would give
    with pytest.raises(InputError):
        check(bench.report, previous=before)
    with pytest.raises(InputError):
        check(bench.report, parts=[bench.report, before])
