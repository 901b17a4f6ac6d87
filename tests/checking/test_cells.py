"""Rules on single cells: blank, mark, text, zero, whole number, amount and unit are told apart."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking import Origin, Reason, Status, Verdict
from disclosure_spec.errors import InputError

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

PERSON = "/requests/received/natural_person"
PERSON_ZH = "三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 自然人"
PERSON_EN = (
    "Requests for government information received and handled › 1. Requests received this year › "
    "Natural persons"
)
FEES = "/proactive_disclosure/charges/amount_wan_yuan"
FEES_ZH = "二、主动公开政府信息情况 › 第二十条第（八）项 › 行政事业性收费 › 本年收费金额（单位：万元）"
BOUGHT = "/proactive_disclosure/central_procurement/amount"
UNIT = f"{BOUGHT}_unit"


def outcome(bench: Bench, rule: str, pointer: str, value: JSONValue) -> tuple[Status, Reason | None]:
    """Return what a rule comes to when one cell holds the value."""
    found = bench.check({pointer: value}).outcome(rule)
    return found.status, found.reason


def test_blank_cell(bench_2021: Bench) -> None:
    """A blank is told as not filled in, with the advice to write zero where zero is meant."""
    finding = bench_2021.finding("cells.filled", {PERSON: None})
    assert finding.message.zh == f"“{PERSON_ZH}”没有填写。"
    assert finding.message.en == f"“{PERSON_EN}” is blank."
    assert finding.advice.zh == "数量为零的，请填写0。"
    assert finding.severity == "error"
    assert finding.pointers == (PERSON,)
    assert [one.wording.zh for one in finding.basis] == [
        "《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"
    ]
    assert (finding.expected, finding.found, finding.difference) == (None, None, None)


@pytest.mark.parametrize("mark", ["/", "-", "无", "", " ", "12件", "１２", "12"])
def test_mark_or_text_in_a_cell(bench_2021: Bench, mark: str) -> None:
    """A mark or words in a cell, digits within quotes included, are shown as they stand."""
    finding = bench_2021.finding("cells.numbers", {PERSON: mark})
    assert finding.message.zh == f"“{PERSON_ZH}”应为数字，现为“{mark}”。"
    assert finding.message.en == f"“{PERSON_EN}” should be a number but reads “{mark}”."
    assert finding.advice.en == "Write a number only; for zero write 0, not a mark or words."
    assert (finding.found, finding.cells[0].value) == (mark, mark)
    assert outcome(bench_2021, "cells.filled", PERSON, mark) == (Status.PASS, None)
    assert outcome(bench_2021, "cells.counts", PERSON, mark) == (
        Status.NOT_CHECKED,
        Reason.OPERAND_NOT_A_NUMBER,
    )


@pytest.mark.parametrize("value", [-1, Decimal("3.5"), Decimal("-0.1"), 10**15, 10**30 - 1, Decimal("1E+20")])
def test_number_that_is_no_count(bench_2021: Bench, value: int | Decimal) -> None:
    """A number that is negative, broken or too long for a count is told with the range of a count."""
    finding = bench_2021.finding("cells.counts", {PERSON: value})
    shown = format(Decimal(value), "f")
    assert finding.message.zh == f"“{PERSON_ZH}”应为0至999999999999999之间的整数，现为{shown}。"
    assert finding.message.en == (
        f"“{PERSON_EN}” should be a whole number from 0 to 999999999999999 but is {shown}."
    )
    assert finding.expected == {
        "zh": "0至999999999999999之间的整数",
        "en": "a whole number from 0 to 999999999999999",
    }
    assert finding.found == value


@pytest.mark.parametrize("value", [0, 1, 10**15 - 1, Decimal("3.0"), Decimal("1E+3"), Decimal("-0.0")])
def test_number_that_is_a_count(bench: Bench, value: int | Decimal) -> None:
    """Zero, fifteen digits and a whole number written with decimals are counts in every edition."""
    pointer = next(cell.pointer for cell in bench.edition.cells if cell.type == "count")
    assert outcome(bench, "cells.counts", pointer, value) == (Status.PASS, None)


def test_count_needs_exact_digits(bench_2021: Bench) -> None:
    """A fraction in the thirtieth place is still no whole number, though a rounded one would be."""
    value = Decimal("1.000000000000000000000000000001")
    assert outcome(bench_2021, "cells.counts", PERSON, value) == (Status.FAIL, None)


def test_change_may_be_negative(bench_2019: Bench) -> None:
    """A cell for an increase or decrease takes negative numbers of fifteen digits, and no more."""
    (pointer, *_) = (cell.pointer for cell in bench_2019.edition.cells if cell.type == "signed_count")
    assert outcome(bench_2019, "cells.counts", pointer, 1 - 10**15) == (Status.PASS, None)
    finding = bench_2019.finding("cells.counts", {pointer: -(10**15)})
    assert "应为-999999999999999至999999999999999之间的整数，现为-1000000000000000。" in finding.message.zh


@pytest.mark.parametrize("value", [-1, Decimal("-0.01"), Decimal("0.1234567"), 10**15])
def test_number_that_is_no_amount(bench_2021: Bench, value: int | Decimal) -> None:
    """An amount that is negative, too long, or finer than a fen is told with the range of an amount."""
    finding = bench_2021.finding("cells.amounts", {FEES: value})
    assert finding.message.zh == (f"“{FEES_ZH}”应为0至999999999999999之间、小数不超过6位的数，现为{value}。")
    assert finding.message.en == (
        "“Proactive disclosure of government information › Article 20(8) › Administrative and "
        "public-institution charges › Amount charged this year (unit: 10,000 yuan)” should be a number from "
        f"0 to 999999999999999 with at most 6 decimal places but is {value}."
    )
    assert finding.found == value


@pytest.mark.parametrize(
    "value", [0, 12, Decimal("0.000001"), Decimal("0.30"), Decimal("1.5000000000"), Decimal("1E+2")]
)
def test_number_that_is_an_amount(bench_2021: Bench, value: int | Decimal) -> None:
    """Six decimal places are an amount, and zeros at the end are no decimal places."""
    assert outcome(bench_2021, "cells.amounts", FEES, value) == (Status.PASS, None)
    assert outcome(bench_2021, "cells.counts", FEES, value) == (Status.PASS, None)


def test_decimal_places_do_not_depend_on_the_precision_in_force(bench_2021: Bench) -> None:
    """A program that computes with few digits gets the same answer about an amount."""
    with localcontext(prec=3):
        assert outcome(bench_2021, "cells.amounts", FEES, Decimal("1234.123456")) == (Status.PASS, None)
        assert outcome(bench_2021, "cells.amounts", FEES, Decimal("1234.1234567")) == (Status.FAIL, None)


@pytest.mark.parametrize(
    "value",
    [Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), 10**30, -(10**30), Decimal("1E+30"), 10**5000],
    ids=["quiet", "signalling", "infinite", "31 digits", "negative", "exponent", "5001 digits"],
)
def test_absurd_number_is_refused_as_input(bench_2021: Bench, value: int | Decimal) -> None:
    """A number that no strict reader lets in raises one error with a code, wherever it stands."""
    for pointer in (PERSON, "/overview", "/x-own"):
        with pytest.raises(InputError) as caught:
            bench_2021.check({pointer: value})
        assert caught.value.code == "document.number"


@pytest.mark.parametrize(
    ("amount", "unit", "status"),
    [
        (Decimal("5.75"), None, Status.FAIL),
        (Decimal("5.75"), "万元", Status.PASS),
        (0, None, Status.PASS),
        (Decimal("0.00"), None, Status.PASS),
        (None, None, Status.NOT_CHECKED),
        ("/", None, Status.NOT_CHECKED),
    ],
)
def test_unit_of_an_amount(bench_2019: Bench, amount: JSONValue, unit: str | None, status: Status) -> None:
    """An amount other than zero needs its unit; without a number nothing can be said."""
    result = bench_2019.check({BOUGHT: amount, UNIT: unit})
    assert result.outcome("procurement.unit").status is status


def test_missing_unit_is_a_warning(bench_2019: Bench) -> None:
    """An amount without a unit is a warning that shows the amount and leaves the report conforming."""
    finding = bench_2019.finding("procurement.unit", {BOUGHT: Decimal("1320.50"), UNIT: None})
    place = "二、主动公开政府信息情况 › 第二十条第（九）项 › 政府集中采购 › 采购总金额"
    assert finding.message.zh == f"“{place}”填写了1320.50，但未注明单位。"
    assert finding.message.en.endswith("› Total amount procured” is 1320.50 without a unit.")
    assert (finding.severity, finding.found, finding.pointers) == ("warning", Decimal("1320.50"), (BOUGHT,))
    assert bench_2019.check({UNIT: None}).verdict is Verdict.CONFORMS


def test_unit_that_is_not_stated_is_not_taken_for_blank(bench_2019: Bench) -> None:
    """Without the key of the unit the rule on units is not checked."""
    found = bench_2019.checker.check(bench_2019.without(UNIT)).outcome("procurement.unit")
    assert (found.status, found.reason) == (Status.NOT_CHECKED, Reason.OPERAND_MISSING)


def test_unread_cell_is_not_blank(bench: Bench) -> None:
    """A null that a reader could not read is not reported as blank and leaves the verdict open."""
    for cell in bench.edition.cells:
        document = bench.with_values({cell.pointer: None})
        result = bench.checker.check(document, origin=Origin(unread={cell.pointer}))
        found = result.outcome("cells.filled")
        assert (found.status, found.reason) == (Status.NOT_CHECKED, Reason.OPERAND_UNREAD), cell.pointer
        assert result.verdict is Verdict.CANNOT_TELL
        assert not result.findings


def test_unread_pointer_with_a_value_is_checked(bench_2021: Bench) -> None:
    """A value that stands in the document is used, whatever the reader said about its pointer."""
    result = bench_2021.checker.check(bench_2021.report, origin=Origin(unread={PERSON}))
    assert result.verdict is Verdict.CONFORMS


def test_cell_that_is_not_there_is_not_blank(bench_2021: Bench) -> None:
    """A missing cell is a matter of structure; the rule on blanks is not checked."""
    found = bench_2021.checker.check(bench_2021.without(PERSON)).outcome("cells.filled")
    assert (found.status, found.reason) == (Status.NOT_CHECKED, Reason.OPERAND_MISSING)
    assert found.instances == {Status.NOT_CHECKED: 1, Status.PASS: len(bench_2021.edition.cells) - 1}
