"""Results as text for people."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.checking import (
    AppliedProfile,
    Change,
    Diagnosis,
    Explanation,
    Origin,
    Reason,
    RuleOutcome,
    Status,
    Verdict,
    Waiver,
    WaiverState,
    WaiverUse,
)
from disclosure_spec.inspection import Inspection
from disclosure_spec.place import How, Note, Place
from disclosure_spec.reporting import render, render_text
from disclosure_spec.reporting.words import (
    HOWS,
    LIFECYCLES,
    REASONS,
    SEVERITIES,
    STATUSES,
    VERDICTS,
    WAIVER_STATES,
)
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Result
    from disclosure_spec.document import JSONValue
    from disclosure_spec.wording import Language

TYPICAL = {
    "cells.numbers",
    "requests.row_total",
    "requests.balance",
    "deadline.government",
    "overview.heads",
    "remedies.total",
}


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


def test_rules_checked_in_part_are_named(bench: Bench) -> None:
    """A rule that fails in one row and could not be checked in another is named as checked in part."""
    values: dict[str, JSONValue] = {
        "/requests/received/total": 10**9,
        "/requests/carried_over/natural_person": None,
    }
    inspection = Inspection(bench.check(values))
    notes = json.loads(render(inspection, "sarif", "zh"))["runs"][0]["invocations"][0]

    for shown in (
        render_text(inspection.result, "zh"),
        str(render(inspection, "html", "zh")),
        str(notes["toolExecutionNotifications"]),
    ):
        assert "requests.row_total" in shown.partition("部分未检查的规则")[2]


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
    """Each verdict, reason, status, state of a waiver, severity and lifecycle has its words."""
    assert set(STATUSES) == set(Status)
    assert set(WAIVER_STATES) == set(WaiverState)
    assert set(HOWS) == set(How) - {How.EXACT}
    assert set(VERDICTS) == set(Verdict)
    assert set(REASONS) == set(Reason)
    assert set(SEVERITIES) == {"error", "warning", "info"}
    assert set(LIFECYCLES) == {"active", "trial", "retired"}
    tables = (VERDICTS, REASONS, SEVERITIES, LIFECYCLES, STATUSES, WAIVER_STATES, HOWS)
    assert all(one.zh and one.en for table in tables for one in table.values())


def test_broken_rule_is_named(bench: Bench) -> None:
    """A rule that cannot be evaluated on any document is listed as faulty."""
    outcome = RuleOutcome("x.y", "error", "active", Status.ERROR, Reason.RULE_BROKEN, {Status.ERROR: 1})
    result = bench.check({})
    broken = replace(result, rules=(outcome,))

    assert "  规则本身有误：x.y\n" in render_text(broken, "zh")


@pytest.fixture
def typical(bench_2021: Bench) -> Result:
    """Return the findings people meet most, with their cause and places given by hand."""
    row, column = "/requests/received/", "/requests/carried_forward/"
    values: dict[str, JSONValue] = {
        f"{row}total": 1,
        "/remedies/reconsideration/upheld": "/",
        "/published_on": "2025-04-02",
        "/overview": "一",
    }
    sources = {
        f"{row}total": Place(sheet="表三", cell="J4"),
        f"{row}natural_person": Place(table=2, row=4, column=2, how=How.SIMILAR, label="自然入"),
        "/remedies/reconsideration/upheld": Place(page=3, line=81, how=How.BY_POSITION),
        "/published_on": Place(line=2),
        f"{column}total": Place(line=9),
    }
    document = bench_2021.with_values(values)
    result = bench_2021.checker.check(document, origin=Origin(sources=sources))
    kept = [one for one in result.findings if one.rule in TYPICAL]
    row_total = next(at for at, one in enumerate(kept) if one.rule == "requests.row_total")
    balance = next(at for at, one in enumerate(kept) if one.rule == "requests.balance")
    change = Change(kept[row_total].cells[0], 99)
    message = Wording("疑为“总计”一格：1应为99。", "Probably “Total”: 1 should be 99.")
    cause = Diagnosis(
        (row_total, balance), (Explanation((change,)),), 1, proved=True, complete=True, message=message
    )
    waiver = Waiver("fees.overdue", "某局", 2024, {"/overview": "一"}, "已核", "王某", date(2025, 12, 31))
    return replace(
        result,
        findings=tuple(kept),
        rules=tuple(one for one in result.rules if one.id in TYPICAL),
        diagnoses=(cause,),
        profile=AppliedProfile("某市规则", "ab" * 32, {"overview.heads": "warning", "x.y": "off"}),
        waivers=(WaiverUse(waiver, WaiverState.EXPIRED),),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_typical_findings_read_as_agreed(typical: Result, language: Language) -> None:
    """The whole text for the findings people meet most is the one kept beside this test, word for word."""
    golden = Path(__file__).with_name(f"typical.{language}.txt")

    assert render_text(typical, language) == golden.read_text(encoding="utf-8")


def test_hostile_text_does_not_reach_the_terminal(hostile: Inspection) -> None:
    """Controls and marks of direction in a report, its name or its notes are shown as their codes."""
    text = render_text(hostile.result, "zh")

    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", text)
    assert "<U+202E>" in text
    assert "<U+001B>" in text
