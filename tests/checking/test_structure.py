"""Findings on the structure: each keyword of the schema in the words of the form, and each place once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from disclosure_spec.blank import blank
from disclosure_spec.checking import Origin, Reason, Status, Verdict
from disclosure_spec.document import get_at, join_pointer, with_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

RULE = "document.structure"
RECEIVED = "/requests/received"
PERSON = f"{RECEIVED}/natural_person"
PERSON_ZH = "三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 自然人"
RECEIVED_EN = "Requests for government information received and handled › 1. Requests received this year"
PERSON_EN = f"{RECEIVED_EN} › Natural persons"

GOLDEN: list[tuple[str, JSONValue, str, str, str]] = [
    (PERSON, True, "type", f"“{PERSON_ZH}”应为整数，现为true。",
     f"“{PERSON_EN}” should be a whole number but is true."),
    (PERSON, [1], "type", f"“{PERSON_ZH}”应为整数，现为一组内容。",
     f"“{PERSON_EN}” should be a whole number but is a collection."),
    (RECEIVED, 5, "type",
     "“三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量”应为一组带键的内容，现为“5”。",
     f"“{RECEIVED_EN}” should be an object but is “5”."),
    ("/title", 3, "type", "“标题”应为文字，现为“3”。", "“Title” should be text but is “3”."),
    ("/report_year", "2024", "type", "“报告年度”应为整数，现为“2024”。",
     "“Report year” should be a whole number but is “2024”."),
    ("/report_year", Decimal("2024.5"), "type", "“报告年度”应为整数，现为“2024.5”。",
     "“Report year” should be a whole number but is “2024.5”."),
    ("/report_year", None, "type", "“报告年度”应为整数，现为空白。",
     "“Report year” should be a whole number but is blank."),
    ("/report_year", 1899, "minimum", "“报告年度”应不小于1900，现为“1899”。",
     "“Report year” should be at least 1900 but is “1899”."),
    ("/report_year", 3000, "maximum", "“报告年度”应不大于2999，现为“3000”。",
     "“Report year” should be at most 2999 but is “3000”."),
    ("/reporting_body/kind", "school", "enum",
     "“报告机关 › 机关类别”应为department、government、other，现为“school”。",
     "“Reporting body › Kind of body” should be department, government, other but is “school”."),
    ("/form_edition", "1999", "const", "“格式版本”应为2021，现为“1999”。",
     "“Form edition” should be 2021 but is “1999”."),
    ("/reporting_body/region_code", "42", "pattern",
     "“报告机关 › 行政区划代码”的写法应如“110000”，现为“42”。",
     "“Reporting body › Region code” should be written like “110000” but is “42”."),
    ("/published_on", "20250120", "pattern", "“公布日期”的写法应如“2022-01-31”，现为“20250120”。",
     "“Publication date” should be written like “2022-01-31” but is “20250120”."),
]  # fmt: skip


@pytest.mark.parametrize(("pointer", "value", "keyword", "zh", "en"), GOLDEN)
def test_breach_is_told_in_the_words_of_the_form(  # noqa: PLR0913, PLR0917 - one row of the table
    bench_2021: Bench, pointer: str, value: JSONValue, keyword: str, zh: str, en: str
) -> None:
    """A broken keyword gives one error that names the place by its printed labels and shows the value."""
    finding = bench_2021.finding(RULE, {pointer: value})
    assert (finding.message.zh, finding.message.en) == (zh, en)
    assert (finding.severity, finding.keyword, finding.pointers) == ("error", keyword, (pointer,))
    assert finding.advice.zh == "请按格式补齐或改正所指的位置。"
    assert finding.cells[0].label == bench_2021.edition.label(pointer)
    assert finding.found == (value if not isinstance(value, list) else None)


def test_choice_lists_the_units_of_an_amount(bench_2019: Bench) -> None:
    """A unit that is not offered is refused with the list of those that are."""
    pointer = "/proactive_disclosure/central_procurement/amount_unit"
    finding = bench_2019.finding(RULE, {pointer: "美元"})
    assert finding.message.zh == (
        "“二、主动公开政府信息情况 › 政府集中采购 › 采购总金额的单位”应为元、万元、亿元、空白，现为“美元”。"
    )
    assert (finding.keyword, finding.found) == ("enum", "美元")


@pytest.mark.parametrize(("length", "keyword"), [(0, "minLength"), (201, "maxLength")])
def test_length_of_a_name_is_bounded(bench_2021: Bench, length: int, keyword: str) -> None:
    """A name without a character, or with more than two hundred, is an error."""
    assert bench_2021.finding(RULE, {"/reporting_body/name": "市" * length}).keyword == keyword
    for allowed in (1, 200):
        result = bench_2021.check({"/reporting_body/name": "市" * allowed})
        assert result.outcome(RULE).status is Status.PASS


def test_missing_cell_is_named_with_its_key(bench_2021: Bench) -> None:
    """A cell that is not there is called missing, by its printed labels and its key."""
    result = bench_2021.checker.check(bench_2021.without(f"{RECEIVED}/total"))
    (finding,) = (one for one in result.findings if one.rule == RULE)
    assert finding.message.zh == (
        "缺少“三、收到和处理政府信息公开申请情况 › 一、本年新收政府信息公开申请数量 › 总计”（total）。"
    )
    assert finding.message.en == (
        "“Requests for government information received and handled › 1. Requests received this year › "
        "Total” (total) is missing."
    )
    assert (finding.keyword, finding.pointers) == ("required", (f"{RECEIVED}/total",))
    assert finding.cells[0].value is None
    assert result.verdict is Verdict.DOES_NOT_CONFORM


def test_missing_part_is_one_finding(bench_2021: Bench) -> None:
    """A whole part that is not there is one finding, not one for each of its cells."""
    result = bench_2021.checker.check(bench_2021.without("/remedies"))
    assert [one.message.zh for one in result.findings] == [
        "缺少“四、政府信息公开行政复议、行政诉讼情况”（remedies）。"
    ]


@pytest.mark.parametrize("parent", ["", RECEIVED, "/reporting_body"])
def test_unknown_key_is_shown_the_way_out(bench_2021: Bench, parent: str) -> None:
    """A key the form does not have is an error that points to the keys of one's own."""
    finding = bench_2021.finding(RULE, {f"{parent}/remark": "备注"})
    assert finding.message.zh.startswith("格式中没有“remark”这一项；")
    assert finding.message.en.startswith("The form has no “remark”;")
    assert "x-" in finding.message.zh
    assert "x-" in finding.message.en
    assert (finding.keyword, finding.pointers) == ("additionalProperties", (f"{parent}/remark",))


def test_every_unknown_key_is_told(bench_2021: Bench) -> None:
    """Several unknown keys in one object are one finding each."""
    result = bench_2021.check({"/one": 1, "/two": 2, f"{RECEIVED}/three": 3})
    assert {one.pointers for one in result.findings} == {("/one",), ("/two",), (f"{RECEIVED}/three",)}


def test_braces_in_a_document_are_not_a_template(bench_2021: Bench) -> None:
    """Text of the document that looks like a field of the message is shown as it stands."""
    assert "“{label}{value}”" in bench_2021.finding(RULE, {"/{label}{value}": 1}).message.zh
    assert "“{cell}”" in bench_2021.finding(RULE, {"/reporting_body/kind": "{cell}"}).message.zh


@pytest.mark.parametrize("value", [None, "/", -1, Decimal("3.5"), 10**15, Decimal("3.0")])
def test_value_of_a_cell_is_left_to_the_rules_on_cells(bench: Bench, value: JSONValue) -> None:
    """What a rule on cells says is not said again by the structure."""
    pointer = next(cell.pointer for cell in bench.edition.cells if cell.type == "count")
    result = bench.check({pointer: value})
    assert result.outcome(RULE).status is Status.PASS
    told = [one for one in result.findings if one.rule.startswith("cells.")]
    assert len(told) == (value != 3)


def test_unread_value_is_no_breach(bench_2021: Bench) -> None:
    """A null that stands for a value a reader could not read leaves the structure open."""
    document = bench_2021.with_values({"/report_year": None})
    result = bench_2021.checker.check(document, origin=Origin(unread={"/report_year"}))
    outcome = result.outcome(RULE)
    assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.OPERAND_UNREAD)
    assert result.verdict is Verdict.CANNOT_TELL
    assert not result.findings
    assert result.report_year is None


def test_null_in_place_of_a_table_is_an_error(bench: Bench) -> None:
    """A part that must be a table and is null does not conform."""
    for section in bench.edition.sections:
        result = bench.check({section.pointer: None})
        assert result.verdict is Verdict.DOES_NOT_CONFORM, section.pointer
        assert any(section.pointer in one.pointers for one in result.findings), section.pointer


def required(schema: Mapping[str, Any], root: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield the pointer of every member that the schema requires."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for key in schema.get("required", ()):
        yield join_pointer((*path, key))
        yield from required(schema["properties"][key], root, (*path, key))


def test_deleting_any_required_member_is_an_error(bench: Bench) -> None:
    """Whatever member the schema requires, a report without it fails and the member is named."""
    pointers = list(required(bench.edition.schema, bench.edition.schema, ()))
    assert len(pointers) > len(bench.edition.cells)
    for pointer in pointers:
        result = bench.checker.check(bench.without(pointer))
        assert result.outcome(RULE).status is Status.FAIL, pointer
        assert [one.pointers for one in result.findings if one.rule == RULE] == [(pointer,)]
        assert result.verdict is Verdict.DOES_NOT_CONFORM


def test_blanking_any_required_member_is_an_error(bench: Bench) -> None:
    """A required value that is null does not conform, unless the schema of a report allows null."""
    for pointer in required(bench.edition.schema, bench.edition.schema, ()):
        units = {cell.unit_pointer for cell in bench.edition.cells}
        result = bench.check({pointer: None})
        if pointer not in units:
            assert result.verdict is Verdict.DOES_NOT_CONFORM, pointer
        assert any(pointer in one.pointers for one in result.findings) or pointer in units, pointer


def test_any_breach_of_the_schema_is_an_error_of_some_rule(bench: Bench) -> None:
    """No document that the published schema refuses is said to conform, and no place is told twice."""
    validator = Draft202012Validator(bench.edition.schema)
    values: list[JSONValue] = [None, "/", "", -1, 10**15, True, [], {}, {"x": 1}]
    pointers = list(required(bench.edition.schema, bench.edition.schema, ()))
    refused = 0
    for number, pointer in enumerate(pointers):
        value = values[number % len(values)]
        document = bench.with_values({pointer: value})
        if not validator.is_valid(document):
            refused += 1
            result = bench.checker.check(document)
            assert result.verdict is Verdict.DOES_NOT_CONFORM, (pointer, value)
            told = [one.pointers for one in result.findings if one.rule == RULE]
            assert len(set(told)) == len(told)
    assert refused > len(pointers) / 2


def test_blank_report_breaks_the_structure_only_in_its_head(bench: Bench) -> None:
    """In a blank report the structure tells year and body; cells and parts are told by their own rules."""
    result = bench.checker.check(blank(bench.edition))
    told = {one.pointers for one in result.findings if one.rule == RULE}
    assert told == {("/report_year",), ("/reporting_body/name",), ("/reporting_body/kind",)}


def test_place_broken_by_several_keywords_is_told_once(bench_2021: Bench) -> None:
    """A value that breaks two keywords at once is one finding."""
    code = "/reporting_body/region_code"
    assert bench_2021.finding(RULE, {code: "1234567"}).pointers == (code,)


def test_sample_report_conforms_to_the_schema(bench: Bench) -> None:
    """The report these tests start from is one that the published schema accepts."""
    report = bench.report
    for cell in bench.edition.cells:
        value = get_at(report, cell.pointer)
        if isinstance(value, Decimal):
            report = with_value(report, cell.pointer, int(value))
    assert Draft202012Validator(bench.edition.schema).is_valid(report)
