"""Results as text for people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure_spec.blank import blank
from disclosure_spec.checking import Origin, Reason, Status, Verdict
from disclosure_spec.checking.result import RuleOutcome
from disclosure_spec.place import Note, Place
from disclosure_spec.reporting import render_text
from disclosure_spec.reporting.words import LIFECYCLES, REASONS, SEVERITIES, VERDICTS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from tests.conftest import Bench


def test_wrong_cell_is_shown_with_equation_and_law(bench_2021: Bench) -> None:
    """A finding shows its numbers, the equation with the printed labels, what to do and the printed note."""
    cell = "/requests/carried_forward/natural_person"
    result = bench_2021.check({cell: 0})
    lines = render_text(result, "zh").splitlines()

    assert lines[0] == "某市人民政府2024年度（2021年版格式，规范1.0）"
    assert lines[1] == "结论：不符合。错误2处，警告0处，提示0处。"
    assert lines[3].startswith("错误 [requests.balance] “自然人”列不平衡：第一项加第二项为")
    assert lines[4].startswith("  等式：一、本年新收政府信息公开申请数量（")
    assert "四、结转下年度继续办理（0）：" in lines[4]
    assert lines[5] == "  办法：请核对该列的第一、二、四项和“（七）总计”。"
    assert lines[6].startswith("  依据：格式表三附注")


def test_errors_come_before_warnings(bench: Bench) -> None:
    """Errors are shown first whatever the order of the catalogue."""
    result = bench.check({"/overview": "一", "/published_on": "2031-01-01"})
    text = render_text(result, "en")

    assert text.index("error [deadline.government]") < text.index("warning [overview.heads]")


def test_many_findings_of_a_rule_take_a_line_each(bench: Bench) -> None:
    """Only the first findings of a rule are written out; none is dropped."""
    result = bench.checker.check(blank(bench.edition))
    text = render_text(result, "zh")

    assert text.count("没有填写。") == len(bench.edition.cells)
    assert text.count("错误 [cells.filled]") == 3


def test_rules_not_checked_are_named_with_their_reason(bench: Bench) -> None:
    """Active rules that could not be evaluated are listed; trial rules are only counted."""
    text = render_text(bench.checker.check(bench.without("/published_on")), "zh")

    assert "  报告没有写明所需的事项：dates.real、deadline.government\n" in text
    assert "条未检查。" in text
    assert "previous.carried_over" not in text


def test_places_and_notes_are_in_words(bench: Bench) -> None:
    """The place of a value in the file and the reader's notes are told in the language asked for."""
    pointer = bench.leaves[0].pointer
    result = bench.checker.check(
        bench.with_values({pointer: "/"}),
        origin=Origin(
            sources={pointer: Place(table=1, row=3, column=2, line=40)},
            notes=[Note("row.unplaced", Wording("有一行未放入", "a row was not placed"), Place(line=7))],
        ),
    )

    assert "位置：第1个表第3行第2格\n" in render_text(result, "zh")
    assert "place: table 1, row 3, cell 2\n" in render_text(result, "en")
    assert "[row.unplaced] 有一行未放入 文件第7行\n" in render_text(result, "zh")


def test_colour_is_only_added_on_request(bench: Bench) -> None:
    """Terminal colours appear with `colour` and never without."""
    result = bench.check({})

    assert "\x1b[" not in render_text(result, "zh")
    assert "\x1b[1;32m" in render_text(result, "zh", colour=True)


def test_every_state_has_words_in_both_languages() -> None:
    """Each verdict, reason, severity and lifecycle has its words."""
    assert set(VERDICTS) == set(Verdict)
    assert set(REASONS) == set(Reason)
    assert set(SEVERITIES) == {"error", "warning", "info"}
    assert set(LIFECYCLES) == {"active", "trial", "retired"}
    tables = (VERDICTS, REASONS, SEVERITIES, LIFECYCLES)
    assert all(one.zh and one.en for table in tables for one in table.values())


def test_broken_rule_is_named(bench: Bench) -> None:
    """A rule that cannot be evaluated on any document is listed as faulty."""
    outcome = RuleOutcome("x.y", "error", "active", Status.ERROR, Reason.RULE_BROKEN, {Status.ERROR: 1})
    result = bench.check({})
    broken = replace(result, rules=(outcome,))

    assert "  规则本身有误：x.y\n" in render_text(broken, "zh")
