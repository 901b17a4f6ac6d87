"""A cell without a number gets the one that the equations leave, and nothing else gets nought by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.checking.diagnosis.conftest import Ward, told

from disclosure_spec import check
from disclosure_spec.checking import Origin
from disclosure_spec.checking.diagnosis import diagnose
from disclosure_spec.reporting import render_text

if TYPE_CHECKING:
    from tests.conftest import Bench

ROW = "/requests/received/"
CELL = ROW + "natural_person"
BLOCK = "/remedies/reconsideration/"


@pytest.mark.parametrize(
    ("value", "rule"), [(None, "cells.filled"), ("/", "cells.numbers"), ("无", "cells.numbers")]
)
def test_blank_or_mark_gets_its_number(ward: Ward, value: str | None, rule: str) -> None:
    """A blank, a mark or a word in one cell: the finding says which number the equations leave for it."""
    findings, (diagnosis,) = ward.diagnose({CELL: value})

    assert findings[diagnosis.findings[0]].rule == rule
    (explanation,) = diagnosis.explanations
    assert told(explanation) == {CELL: ward.number(CELL)}
    assert explanation.changes[0].cell.value == value
    assert (diagnosis.count, diagnosis.proved, diagnosis.complete) == (1, False, True)


def test_total_column_left_blank(ward: Ward) -> None:
    """Where a whole column of totals is blank each of them gets its sum."""
    totals = {
        cell.pointer: ward.number(cell.pointer)
        for cell in ward.bench.edition.cells
        if cell.pointer.startswith("/requests/") and cell.pointer.endswith("/total")
    }
    _, diagnoses = ward.diagnose(dict.fromkeys(totals))

    suggested: dict[str, object] = {}
    for one in diagnoses:
        suggested |= told(one.explanations[0])
    assert suggested == totals


def test_many_blanks_take_a_line_each(ward: Ward) -> None:
    """In a text the first blanks are written out, the others take a line each, with their number."""
    blanks = [
        cell.pointer
        for cell in ward.bench.edition.cells
        if cell.pointer.startswith("/requests/") and cell.pointer.endswith("/total")
    ]
    text = render_text(check(ward.bench.with_values(dict.fromkeys(blanks))), "zh")

    assert text.count("推断（仅供核对）") == 3
    assert text.count("推算为") == len(blanks) - 3
    assert f"没有填写。推算为{ward.number(blanks[-1])}。" in text


def test_what_does_not_follow_is_left_open(ward: Ward) -> None:
    """Two blanks in one block of table 4 can be filled in many ways, so nothing is said; table 2 likewise."""
    _, diagnoses = ward.diagnose({BLOCK + "upheld": None, BLOCK + "pending": None})
    assert diagnoses == ()
    _, diagnoses = ward.diagnose(dict.fromkeys(cell.pointer for cell in ward.bench.edition.cells[:5]))
    assert diagnoses == ()


def test_blank_report_is_left_blank(ward: Ward) -> None:
    """Nothing at all is known of a blank form, so nothing is suggested."""
    _, diagnoses = ward.diagnose(dict.fromkeys(cell.pointer for cell in ward.bench.edition.cells))
    assert diagnoses == ()


def test_blanks_that_add_up_to_nought_are_nought(bench: Bench) -> None:
    """Blanks beside numbers that make up the total already can only be nought, and then others follow."""
    given = {ROW + "natural_person": 5, "/requests/carried_over/natural_person": 2}
    forward = {"/requests/carried_forward/natural_person": 7}
    leaves = {cell.pointer: (given | forward).get(cell.pointer, 0) for cell in bench.leaves}
    ward = Ward(bench, bench.report_of(leaves))
    blanks = [ROW + "commercial_enterprise", ROW + "research_institution", BLOCK + "upheld", BLOCK + "total"]
    _, diagnoses = ward.diagnose(dict.fromkeys(blanks))

    suggested: dict[str, object] = {}
    for one in diagnoses:
        suggested |= told(one.explanations[0])
    # Of the block both the total and a part are blank: nothing says that they are nought.
    assert suggested == dict.fromkeys(blanks[:2], 0)

    columns = [cell.pointer for cell in bench.edition.cells if cell.pointer.startswith(ROW)][1:-1]
    _, diagnoses = ward.diagnose(dict.fromkeys([*columns, "/requests/carried_over/total"]))
    assert {one.explanations[0].changes[0].value for one in diagnoses} == {0, 2}
    assert len(diagnoses) == len(columns) + 1


def test_number_that_the_form_does_not_allow_is_not_suggested(ward: Ward) -> None:
    """A blank for which only a negative count is left shows that something else is wrong."""
    _, diagnoses = ward.diagnose({BLOCK + "upheld": None, BLOCK + "total": 0})
    assert diagnoses == ()


def test_blank_beside_a_wrong_number(ward: Ward) -> None:
    """A wrong number is found by what is left of the equations, and the blank follows from the right one."""
    wrong = ROW + "commercial_enterprise"
    findings, diagnoses = ward.diagnose({CELL: None, wrong: ward.number(wrong) + 3})

    by_rule = {findings[one.findings[0]].rule: one for one in diagnoses}
    assert told(by_rule["requests.balance"].explanations[0]) == {wrong: ward.number(wrong)}
    assert told(by_rule["cells.filled"].explanations[0]) == {CELL: ward.number(CELL)}
    assert "已经改正" in by_rule["cells.filled"].message.zh


def test_blanks_that_no_numbers_fit(ward: Ward) -> None:
    """Where equations with blanks contradict each other, some other number is wrong."""
    wrong = "/requests/carried_over/natural_person"
    blanks = ["/requests/carried_over/total", CELL]
    findings, (diagnosis,) = ward.diagnose({**dict.fromkeys(blanks), wrong: ward.number(wrong) + 3})

    assert {findings[at].cells[0].pointer for at in diagnosis.findings} <= set(blanks)
    assert {wrong: ward.number(wrong)} in [told(one) for one in diagnosis.explanations]
    assert not diagnosis.proved
    assert diagnosis.message.zh.startswith("没有填数的格无论填多少")


def test_unread_cell_is_no_blank(ward: Ward) -> None:
    """A cell the reader could not read has no finding, so there is nothing to explain; others are found."""
    wrong = ROW + "commercial_enterprise"
    document = ward.bench.with_values({CELL: None, wrong: ward.number(wrong) + 3})
    origin = Origin(unread=frozenset({CELL}))
    result = ward.bench.checker.check(document, origin=origin)

    (diagnosis,) = diagnose(result, document, ward.bench.edition, origin=origin)

    assert told(diagnosis.explanations[0]) == {wrong: ward.number(wrong)}


def test_contradiction_among_what_was_not_read_is_left(ward: Ward) -> None:
    """Where only equations with unread cells contradict each other there is no finding, and no diagnosis."""
    wrong = "/requests/carried_over/natural_person"
    unread = {"/requests/carried_over/total": None, CELL: None}
    document = ward.bench.with_values({**unread, wrong: ward.number(wrong) + 3})
    origin = Origin(unread=frozenset(unread))
    result = ward.bench.checker.check(document, origin=origin)
    assert not [one for one in result.findings if one.equation]

    assert diagnose(result, document, ward.bench.edition, origin=origin) == ()
