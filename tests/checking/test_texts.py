"""Rules on the parts in words: present, more than a phrase, covering their heads, not too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking import Origin, Reason, Status, Verdict
from disclosure_spec.rules import TextTest

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

OVERVIEW = "/overview"
PROBLEMS = "/problems_and_improvements"
OTHER = "/other_matters"


@pytest.mark.parametrize("text", [None, "", "  ", "\n\u3000\n"])
@pytest.mark.parametrize(
    ("pointer", "zh", "en"),
    [
        (OVERVIEW, "“一、总体情况”没有内容。", "“Overview” is empty."),
        (
            PROBLEMS,
            "“五、存在的主要问题及改进情况”没有内容。",
            "“Main problems and improvements” is empty.",
        ),
        (OTHER, "“六、其他需要报告的事项”没有内容。", "“Other matters to report” is empty."),
    ],
)
def test_part_without_text(bench: Bench, pointer: str, zh: str, en: str, text: str | None) -> None:
    """A part that is null or white space alone is one error, and rules on what it says are not checked."""
    result = bench.check({pointer: text})
    (finding,) = result.findings
    assert (finding.rule, finding.severity) == ("parts.present", "error")
    assert (finding.message.zh, finding.message.en) == (zh, en)
    assert finding.pointers == (pointer,)
    assert finding.advice.zh == "六个部分均不得缺少；确无其他事项的，第六部分可写“无”。"
    for rule in bench.rules(TextTest):
        outcome = result.outcome(rule.id)
        if rule.id != "parts.present" and rule.status == "active" and pointer in bench.operands(rule):
            assert outcome.status is not Status.PASS, rule.id
            assert outcome.reason in {Reason.OPERAND_BLANK, Reason.CONDITION_NOT_MET}


def test_table_with_every_cell_blank(bench: Bench) -> None:
    """A table none of whose cells is filled in is a part without content."""
    for section in (one for one in bench.edition.sections if one.rows):
        cells: dict[str, JSONValue] = {
            cell.pointer: None for cell in bench.edition.cells if cell.pointer.startswith(section.pointer)
        }
        finding = bench.finding("parts.present", cells)
        assert finding.message.zh == f"“{section.heading.zh}”没有内容。"
        first = next(iter(cells))
        half_filled = bench.check({**cells, first: 0})
        assert half_filled.outcome("parts.present").status is Status.PASS


def test_unread_table_is_not_empty(bench: Bench) -> None:
    """A table that a reader could not read is not said to be empty."""
    cells: dict[str, JSONValue] = {
        cell.pointer: None for cell in bench.edition.cells if cell.pointer.startswith("/remedies")
    }
    result = bench.checker.check(bench.with_values(cells), origin=Origin(unread=set(cells)))
    outcome = result.outcome("parts.present")
    assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.OPERAND_UNREAD)
    assert not result.findings
    assert result.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("pointer", [OVERVIEW, PROBLEMS, OTHER])
def test_unread_text_is_not_empty(bench: Bench, pointer: str) -> None:
    """A part that a reader could not read is not said to be empty."""
    result = bench.checker.check(bench.with_values({pointer: None}), origin=Origin(unread={pointer}))
    assert result.outcome("parts.present").reason is Reason.OPERAND_UNREAD
    assert not result.findings
    assert result.verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    "text", ["无", "无。", "（无）", " 无 \n", "不存在问题！", "略", "文字描述", "……", "暂无问题"]
)
def test_part_that_says_only_a_phrase(bench: Bench, text: str) -> None:
    """A part five that says no more than that there is nothing is an error which quotes it."""
    finding = bench.finding("problems.stated", {PROBLEMS: text})
    shown = text.strip()
    assert finding.message.zh == f"“五、存在的主要问题及改进情况”只写了“{shown}”。"
    assert finding.message.en == f"“Main problems and improvements” says only “{shown}”."
    assert finding.severity == "error"
    assert [one.wording.zh for one in finding.basis] == [
        "《中华人民共和国政府信息公开条例》（国令第711号）第五十条第（四）项"
    ]


@pytest.mark.parametrize("text", ["存在问题，正在改进", "无规范性文件公开不足的问题", "no"])
def test_part_that_says_more_than_a_phrase(bench: Bench, text: str) -> None:
    """A phrase within a longer text does not matter."""
    assert bench.check({PROBLEMS: text}).outcome("problems.stated").status is Status.PASS


def test_uncovered_heads_are_listed(bench: Bench) -> None:
    """A text that leaves heads out is told which, in the order of the rule; the head it has is not named."""
    finding = bench.finding("overview.heads", {OVERVIEW: "本年度主动公开信息，加强了网站建设。"})
    assert finding.message.zh == "“一、总体情况”未见以下方面：依申请公开、政府信息管理、监督保障。"
    assert finding.message.en == (
        "“Overview” does not seem to cover: disclosure on request, information management, "
        "supervision and safeguards."
    )
    assert finding.severity == "warning"
    assert finding.expected == {
        "zh": "依申请公开、政府信息管理、监督保障",
        "en": "disclosure on request, information management, supervision and safeguards",
    }


def test_duties_of_a_government_are_an_error(bench: Bench) -> None:
    """A government's overview without appraisal is an error; a department's is not."""
    text = "主动公开、依申请公开、信息管理、平台和监督；工作考核合格，问责为零。"
    finding = bench.finding("overview.government_duties", {OVERVIEW: text})
    assert finding.message.zh == "“一、总体情况”未见以下内容：社会评议。"
    assert finding.severity == "error"
    department = bench.check({OVERVIEW: text, "/reporting_body/kind": "department"})
    outcome = department.outcome("overview.government_duties")
    assert (outcome.status, outcome.reason) == (Status.NOT_APPLICABLE, Reason.CONDITION_NOT_MET)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("问题较多。", "改进情况"),
        ("下一步加大力度。", "存在的主要问题"),
        ("一切正常。", "存在的主要问题、改进情况"),
    ],
)
def test_problems_and_improvements_are_both_wanted(bench: Bench, text: str, heads: str) -> None:
    """Part five without problems or without improvements is a warning that names what is not there."""
    finding = bench.finding("problems.complete", {PROBLEMS: text})
    assert finding.message.zh == f"“五、存在的主要问题及改进情况”未见以下内容：{heads}。"
    assert finding.severity == "warning"


def test_length_counts_characters_without_white_space(bench: Bench) -> None:
    """A thousand characters are enough; white space counts for nothing, the next character is told."""
    start = "主动公开，依申请，信息管理，网站，监督，考核，评议，责任。\n"
    filled = start + "字" * (1000 - len(start.strip()))
    allowed = bench.check({OVERVIEW: filled + " \u3000\n"})
    assert allowed.outcome("overview.length").status is Status.PASS
    finding = bench.finding("overview.length", {OVERVIEW: filled + "字"})
    assert finding.message.zh == "“一、总体情况”有1001字，超过1000字。"
    assert finding.message.en == "“Overview” has 1001 characters, more than 1000."
    assert (finding.severity, finding.expected) == ("info", 1000)
    assert finding.found == 1001


def test_fees_are_asked_for(bench_2021: Bench) -> None:
    """Part six without a word on fees is a warning, and a second where fees were left unpaid."""
    result = bench_2021.check({OTHER: "一切正常。"})
    assert [(one.rule, one.severity, one.message.zh) for one in result.findings] == [
        ("fees.stated", "warning", "“六、其他需要报告的事项”未说明收取信息处理费情况。"),
        (
            "fees.overdue",
            "warning",
            "表三有申请人逾期未缴费，而“六、其他需要报告的事项”未说明信息处理费收费通知和收取情况。",
        ),
    ]
    assert result.verdict is Verdict.CONFORMS


@pytest.mark.parametrize(
    ("value", "reason"), [(["无"], Reason.OPERAND_NOT_TEXT), (3, Reason.OPERAND_NOT_TEXT)]
)
def test_part_that_is_no_text_is_not_checked(bench: Bench, value: JSONValue, reason: Reason) -> None:
    """A part that is something else than text is a matter of structure."""
    result = bench.check({OVERVIEW: value})
    assert result.outcome("overview.heads").reason is reason
    assert result.outcome("parts.present").reason is reason
    assert [(one.rule, one.keyword) for one in result.findings] == [("document.structure", "type")]


def test_rules_on_text_against_tables_are_not_evaluated_yet(bench: Bench) -> None:
    """A trial rule without an evaluation is never passed nor failed."""
    result = bench.checker.check(bench.report)
    waiting = [rule for rule in bench.rules(TextTest) if rule.status == "trial"]
    assert waiting
    for rule in waiting:
        outcome = result.outcome(rule.id)
        assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.NOT_YET_EVALUATED)


@pytest.mark.parametrize(
    ("text", "blank"),
    [(" \t\n\u3000\u00a0\u2003\u0085", True), ("\u001c", False), ("\ufeff", False), ("\u200b", False)],
)
def test_white_space_is_what_unicode_calls_so(bench: Bench, text: str, blank: bool) -> None:  # noqa: FBT001 - a table of cases
    """White space alone is an empty part; what only Python or JavaScript take for space is not."""
    findings = bench.check({"/other_matters": text}).findings

    assert ("parts.present" in {one.rule for one in findings}) == blank
