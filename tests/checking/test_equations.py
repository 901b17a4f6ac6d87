"""Linear rules: every equation with its numbers, and no wrong cell of the tables unnoticed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking import Checker, Reason, Status, Verdict
from disclosure_spec.document import get_at
from disclosure_spec.edition import Edition
from disclosure_spec.rules import LinearTest

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Finding
    from disclosure_spec.document import JSONValue

BALANCE = {"received": 7, "carried_over": 2, "outcomes/total": 5, "carried_forward": 3}
EQUATIONS = {"2019": {"requests": 37, "remedies": 3}, "2021": {"requests": 39, "remedies": 3}}


def binding(bench: Bench, pointer: str, change: int) -> list[Finding]:
    """Return the errors of linear rules when one cell of the sample report is changed."""
    value = get_at(bench.report, pointer)
    assert isinstance(value, int | Decimal)
    linear = {rule.id for rule in bench.rules(LinearTest)}
    result = bench.check({pointer: value + change})
    return [one for one in result.findings if one.rule in linear and one.severity == "error"]


def test_equation_between_two_sums(bench_2021: Bench) -> None:
    """A column out of balance shows both sums, the difference and the equation with its numbers."""
    column = {f"/requests/{row}/natural_person": value for row, value in BALANCE.items()}
    (finding,) = (
        one
        for one in bench_2021.check(dict(column)).findings
        if one.rule == "requests.balance" and one.pointers == tuple(column)
    )
    assert finding.message.zh == ("“自然人”列不平衡：第一项加第二项为9，第三项总计加第四项为8，相差1。")
    assert finding.message.en == (
        "Column “Natural persons” does not balance: items 1 and 2 make 9, the total of item 3 and item 4 "
        "make 8, a difference of 1."
    )
    assert finding.equation is not None
    assert finding.equation.text.zh == (
        "一、本年新收政府信息公开申请数量（7） + 二、上年结转政府信息公开申请数量（2） = "
        "三、本年度办理结果 › （七）总计（5） + 四、结转下年度继续办理（3）：9 ≠ 8"
    )
    assert finding.equation.text.en == (
        "1. Requests received this year (7) + 2. Requests carried over from last year (2) = "
        "3. Outcomes this year › (7) Total (5) + 4. Carried forward to next year (3): 9 ≠ 8"
    )
    assert (finding.found, finding.expected, finding.difference) == (9, 8, 1)
    assert finding.severity == "error"
    assert [term.value for term in (*finding.equation.left, *finding.equation.right)] == [7, 2, 5, 3]
    assert [term.coefficient for term in (*finding.equation.left, *finding.equation.right)] == [1, 1, 1, 1]
    assert [cell.value for cell in finding.cells] == [7, 2, 5, 3]
    assert finding.advice.zh == "请核对该列的第一、二、四项和“（七）总计”。"
    assert [(one.source, one.wording.zh) for one in finding.basis] == [
        ("form", "格式表三附注“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”")
    ]


def test_equation_of_a_row_total(bench_2021: Bench) -> None:
    """A row total is told with the applicants' sum, and the difference is found minus expected."""
    row = "/requests/carried_over"
    keys = [cell.pointer for cell in bench_2021.edition.cells if cell.pointer.startswith(f"{row}/")]
    values: dict[str, JSONValue] = {**dict.fromkeys(keys, 0), keys[0]: 4, keys[3]: 2, f"{row}/total": 5}
    (finding,) = (one for one in bench_2021.check(values).findings if one.rule == "requests.row_total")
    assert finding.message.zh == ("“二、上年结转政府信息公开申请数量”行的总计为5，各类申请人之和为6，相差1。")
    assert finding.message.en == (
        "The total of row “2. Requests carried over from last year” is 5, but the applicants add up to 6, "
        "a difference of 1."
    )
    assert finding.equation is not None
    assert finding.equation.text.zh == (
        "总计（5） = 自然人（4） + 法人或其他组织 › 商业企业（0） + 法人或其他组织 › 科研机构（0） + "
        "法人或其他组织 › 社会公益组织（2） + 法人或其他组织 › 法律服务机构（0） + "
        "法人或其他组织 › 其他（0）：5 ≠ 6"
    )
    assert (finding.found, finding.expected, finding.difference) == (5, 6, -1)
    assert finding.pointers == (f"{row}/total", *(key for key in keys if not key.endswith("/total")))


def test_long_equation_shows_what_is_not_zero(bench_2021: Bench) -> None:
    """Of a long sum only the terms that are not zero are written out, the rest are counted."""
    outcomes = {
        cell.pointer: 0
        for cell in bench_2021.edition.cells
        if cell.pointer.startswith("/requests/outcomes/") and cell.pointer.endswith("/total")
    }
    values: dict[str, JSONValue] = {
        **outcomes,
        "/requests/outcomes/granted/total": 3,
        "/requests/outcomes/refused/state_secret/total": 1,
        "/requests/outcomes/total/total": 5,
    }
    finding = bench_2021.finding("requests.outcome_total", values)
    rest = len(outcomes) - 3
    assert finding.message.zh == "“总计”列的“（七）总计”为5，各项办理结果之和为4，相差1。"
    assert finding.message.en == (
        "“(7) Total” of column “Total” is 5, but the outcomes add up to 4, a difference of 1."
    )
    assert finding.equation is not None
    assert finding.equation.text.zh == (
        "（七）总计（5） = （一）予以公开（3） + （三）不予公开 › 1.属于国家秘密（1） + "
        f"其余{rest}项（0）：5 ≠ 4"
    )
    assert finding.equation.text.en == (
        f"(7) Total (5) = (1) Granted (3) + (3) Refused › 1. State secret (1) + {rest} others (0): 5 ≠ 4"
    )
    assert len(finding.equation.right) == rest + 2
    assert len(finding.cells) == rest + 3


def test_group_of_columns_is_named(bench_2021: Bench) -> None:
    """A total of reconsideration or litigation is told with the labels of its group of columns."""
    finding = bench_2021.finding("remedies.total", {"/remedies/litigation/direct/total": 7})
    assert finding.message.zh == ("“行政诉讼 › 未经复议直接起诉”的总计为7，各类结果之和为774，相差767。")
    assert finding.message.en == (
        "The total of “Administrative litigation › Filed without reconsideration” is 7, but the results "
        "add up to 774, a difference of 767."
    )
    assert finding.equation is not None
    assert finding.equation.text.en == (
        "Total (7) = Upheld (192) + Corrected (193) + Other results (194) + Pending (195): 7 ≠ 774"
    )


def test_inequality_upwards(bench_2021: Bench) -> None:
    """A sum that is too large for its limit is a warning that says by how much."""
    act = "/proactive_disclosure/normative_documents"
    values: dict[str, JSONValue] = {f"{act}/issued": 9, f"{act}/repealed": 2, f"{act}/in_force": 3}
    finding = bench_2021.finding("acts.stock", values)
    assert finding.message.zh == "“行政规范性文件”本年制发9件，多于现行有效与本年废止之和5件。"
    assert finding.equation is not None
    assert finding.equation.text.zh == "本年制发件数（9） <= 现行有效件数（3） + 本年废止件数（2）：9 > 5"
    assert finding.equation.text.en == (
        "Issued this year (9) <= Currently in force (3) + Repealed this year (2): 9 > 5"
    )
    assert (finding.severity, finding.found, finding.expected, finding.difference) == ("warning", 9, 5, 4)
    assert bench_2021.check(values).verdict is Verdict.CONFORMS
    assert bench_2021.check({**values, f"{act}/issued": 5}).outcome("acts.stock").status is Status.PASS


def test_inequality_downwards(bench_2019: Bench) -> None:
    """A sum below zero is a warning; an empty right side is written as zero."""
    matter = "/proactive_disclosure/licensing"
    values: dict[str, JSONValue] = {f"{matter}/items_last_year": 3, f"{matter}/items_change": -4}
    finding = bench_2019.finding("items.remaining", values)
    assert finding.message.zh == "“行政许可”上一年项目数量与本年增减之和为-1，小于零。"
    assert finding.equation is not None
    assert finding.equation.text.zh == "上一年项目数量（3） + 本年增/减（-4） >= 0：-1 < 0"
    assert (
        finding.equation.text.en == "Items last year (3) + Increase or decrease this year (-4) >= 0: -1 < 0"
    )
    assert (finding.found, finding.expected, finding.difference) == (-1, 0, -1)
    even = bench_2019.check({**values, f"{matter}/items_change": -3})
    assert even.outcome("items.remaining").status is Status.PASS


def test_coefficient_is_written_before_the_label(bench_2021: Bench) -> None:
    """A weight other than one stands before its term, and the sum uses it."""
    act = "/proactive_disclosure/normative_documents"
    terms = [[2, f"{act}/issued"], [-3, f"{act}/repealed"], [-1, f"{act}/in_force"]]
    finding = changed(bench_2021, terms, {f"{act}/issued": 4, f"{act}/repealed": 1, f"{act}/in_force": 2})
    assert finding.equation is not None
    assert finding.equation.text.zh == "2×本年制发件数（4） = 3×本年废止件数（1） + 现行有效件数（2）：8 ≠ 5"
    assert (finding.found, finding.expected, finding.difference) == (8, 5, 3)


def changed(bench: Bench, terms: list[list[object]], values: dict[str, JSONValue]) -> Finding:
    """Return the finding of an edition whose rule `remedies.total` has another equation."""
    result = Checker(with_test(bench, "remedies.total", terms)).check(bench.with_values(values))
    (finding,) = (one for one in result.findings if one.rule == "remedies.total")
    return finding


def with_test(bench: Bench, rule_id: str, terms: list[list[object]]) -> Edition:
    """Return the edition with one equation in place of a rule's own."""
    published = bench.edition.published_rules
    instance = {"relation": "=", "terms": terms, "where": {"zh": "甲", "en": "A"}}
    rules = [
        {**rule, "test": {"kind": "linear", "instances": [instance]}} if rule["id"] == rule_id else rule
        for rule in published["rules"]
    ]
    edition = bench.edition
    return Edition(edition.form, {**published, "rules": rules}, edition.schema, edition.draft_schema)


def test_equation_over_a_cell_the_form_does_not_have(bench_2021: Bench) -> None:
    """A rule that names a cell of no form is an error of the rule, and no verdict is given."""
    edition = with_test(bench_2021, "remedies.total", [[1, "/remedies/unknown"], [-1, "/remedies/other"]])
    result = Checker(edition).check(bench_2021.report)
    found = result.outcome("remedies.total")
    assert (found.status, found.reason) == (Status.ERROR, Reason.NO_SUCH_CELL)
    assert result.verdict is Verdict.CANNOT_TELL
    assert not result.findings


OTHER = "/remedies/unknown"
CELL = "/requests/received/total"


@pytest.mark.parametrize(
    ("terms", "status", "reason"),
    [
        ([[1, OTHER], [-1, OTHER, "previous"]], Status.ERROR, Reason.NO_SUCH_CELL),
        ([[1, CELL], [-1, CELL, "previous"]], Status.NOT_CHECKED, Reason.NO_PREVIOUS_REPORT),
        ([[1, CELL, "parts"], [-1, CELL]], Status.NOT_CHECKED, Reason.NO_PARTS),
        ([[1, CELL, "previous"], [1, CELL, "parts"]], Status.NOT_CHECKED, Reason.NO_PREVIOUS_REPORT),
        ([[1, CELL], [-1, CELL, "document"]], Status.PASS, None),
    ],
    ids=["no such cell", "previous", "parts", "both", "spelt out"],
)
def test_a_missing_report_hides_no_missing_cell(
    terms: list[list[object]], status: Status, reason: Reason | None, bench_2021: Bench
) -> None:
    """Without last year's report a rule is not checked, unless it could not be with it either."""
    edition = with_test(bench_2021, "requests.row_total", terms)
    found = Checker(edition).check(bench_2021.report).outcome("requests.row_total")

    assert (found.status, found.reason, found.instances) == (status, reason, {status: 1})


def test_sums_of_amounts_are_exact(bench_2021: Bench) -> None:
    """Tenths add up as on paper: 0.1 and 0.2 make 0.3, with no binary rest."""
    fees = "/proactive_disclosure/charges/amount_wan_yuan"
    act = "/proactive_disclosure/normative_documents"
    terms = [[10, fees], [-1, f"{act}/issued"], [-1, f"{act}/repealed"]]
    edition = with_test(bench_2021, "remedies.total", [*terms])
    values: dict[str, JSONValue] = {fees: Decimal("0.3"), f"{act}/issued": 1, f"{act}/repealed": 2}
    result = Checker(edition).check(bench_2021.with_values(values))
    assert result.outcome("remedies.total").status is Status.PASS
    finding = changed(bench_2021, [*terms], {**values, fees: Decimal("0.30000000000000004")})
    assert str(finding.difference) == "4.0E-16"


@pytest.mark.parametrize(
    ("value", "reason"),
    [(None, Reason.OPERAND_BLANK), ("/", Reason.OPERAND_NOT_A_NUMBER), (True, Reason.OPERAND_NOT_A_NUMBER)],
)
def test_equation_without_a_number_is_not_checked(
    bench_2021: Bench, value: JSONValue, reason: Reason
) -> None:
    """An equation one of whose cells holds no number is not checked; the others still are."""
    result = bench_2021.check({"/remedies/reconsideration/upheld": value})
    found = result.outcome("remedies.total")
    assert (found.status, found.reason) == (Status.NOT_CHECKED, reason)
    assert found.instances == {Status.NOT_CHECKED: 1, Status.PASS: 2}


def test_failed_equation_outweighs_one_not_checked(bench_2021: Bench) -> None:
    """A rule with one wrong and one open equation fails."""
    values: dict[str, JSONValue] = {
        "/remedies/reconsideration/upheld": None,
        "/remedies/litigation/direct/total": 1,
    }
    found = bench_2021.check(values).outcome("remedies.total")
    assert (found.status, found.reason) == (Status.FAIL, None)
    assert found.instances == {Status.FAIL: 1, Status.NOT_CHECKED: 1, Status.PASS: 1}


def test_number_of_equations(bench: Bench) -> None:
    """The two tables have as many equations as was counted by hand, and the sample report keeps them all."""
    result = bench.checker.check(bench.report)
    for table, count in EQUATIONS[bench.edition.name].items():
        held = [
            result.outcome(rule.id)
            for rule in bench.rules(LinearTest)
            if rule.status == "active" and rule.severity == "error" and rule.id.startswith(f"{table}.")
        ]
        assert sum(outcome.instances[Status.PASS] for outcome in held) == count
        assert all(list(outcome.instances) == [Status.PASS] for outcome in held)


def test_sample_report_has_a_number_above_zero_in_every_cell(bench: Bench) -> None:
    """The report on which single cells are changed is not trivial, and its leaves all differ."""
    values = [get_at(bench.report, cell.pointer) for cell in bench.edition.cells]
    assert all(isinstance(value, int | Decimal) and value > 0 for value in values)
    assert len(set(map(str, values))) > len(values) * 0.9
    assert bench.checker.check(bench.report).verdict is Verdict.CONFORMS


@pytest.mark.parametrize("change", [1, -1])
@pytest.mark.parametrize(("table", "least"), [("/requests", 2), ("/remedies", 1)])
def test_any_single_change_is_seen(bench: Bench, table: str, least: int, change: int) -> None:
    """One more or one less in any cell breaks at least two equations of requests, one of remedies."""
    cells = [cell.pointer for cell in bench.edition.cells if cell.pointer.startswith(f"{table}/")]
    assert cells
    for pointer in cells:
        findings = binding(bench, pointer, change)
        assert len(findings) >= least, pointer
        assert all(pointer in one.pointers for one in findings)
        assert {abs(one.difference or 0) for one in findings} == {1}


def test_broken_equations_tell_the_cell(bench: Bench) -> None:
    """No two cells of the requests table break the same equations, so one wrong cell can be located."""
    cells = [cell.pointer for cell in bench.edition.cells if cell.pointer.startswith("/requests/")]
    broken = {
        pointer: frozenset((one.rule, one.pointers) for one in binding(bench, pointer, 1))
        for pointer in cells
    }
    assert len(set(broken.values())) == len(cells)
