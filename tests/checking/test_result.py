"""The result as a value: frozen, equal by content, and with its sources, input and notes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.checking import (
    CellFact,
    Checker,
    EquationTerm,
    Input,
    Origin,
    Reason,
    Status,
    Verdict,
    unreadable,
)
from disclosure_spec.errors import InputError
from disclosure_spec.place import Note, Place
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from tests.conftest import Bench

TOTAL = "/remedies/reconsideration/total"
FILE = Input("report.html", "0" * 64, "html")
NOTE = Note("read.something", Wording("甲", "A"), Place(line=3), (TOTAL,))


def test_two_checks_give_equal_results(bench: Bench) -> None:
    """The same report gets equal results, from the same checker or another one of its edition."""
    document = bench.with_values({TOTAL: 1, "/overview": None})
    first = bench.checker.check(document)
    assert first == bench.checker.check(document)
    assert first == Checker(bench.edition).check(document)
    assert first != bench.checker.check(bench.report)


def test_nothing_of_a_result_can_be_assigned(bench: Bench) -> None:
    """Result, outcome, finding, cell, equation, term, input, note and place refuse any assignment."""
    place = Place(row=2)
    result = bench.checker.check(
        bench.with_values({TOTAL: 1}), origin=Origin(sources={TOTAL: place}, input=FILE, notes=[NOTE])
    )
    (finding,) = result.findings
    assert finding.equation is not None
    values = (
        result, result.rules[0], finding, finding.cells[0], finding.equation, finding.equation.left[0],
        finding.message, finding.basis[0], FILE, NOTE, place,
    )  # fmt: skip
    for value in values:
        for field in fields(value):
            with pytest.raises(FrozenInstanceError):
                setattr(value, field.name, None)


def test_parts_of_a_finding_are_hashable(bench: Bench) -> None:
    """A finding of an equation, with all it holds, can stand in a set; equal ones count once."""
    values = {TOTAL: 1}
    first, second = (bench.finding("remedies.total", dict(values)) for _ in range(2))
    assert first is not second
    assert len({first, second}) == 1
    assert len({first.equation, second.equation}) == 1
    assert len({*first.cells, *second.cells}) == len(first.cells)
    assert first != bench.finding("remedies.total", {TOTAL: 2})


def test_findings_hold_no_piece_of_the_document(bench: Bench) -> None:
    """What a finding says about a place is a plain value, never an object that the document still shares."""
    document = blank(bench.edition)
    document["requests"] = ["无"]
    for finding in bench.checker.check(document).findings:
        for cell in finding.cells:
            assert not isinstance(cell.value, dict | list), finding.rule


def test_pointers_of_a_finding_are_those_of_its_cells(bench: Bench) -> None:
    """A finding names its cells in the order of the equation, the total first."""
    finding = bench.finding("remedies.total", {TOTAL: 1})
    group = TOTAL.rpartition("/")[0]
    assert finding.pointers == (
        TOTAL,
        *(f"{group}/{key}" for key in ("upheld", "corrected", "other", "pending")),
    )
    assert finding.pointers == tuple(cell.pointer for cell in finding.cells)
    assert finding.equation is not None
    assert finding.equation.left == (EquationTerm(1, TOTAL, 1),)


def test_sources_reach_the_cells(bench: Bench) -> None:
    """A cell of a finding says where its value stands in the file, where that is known."""
    place = Place(sheet="表四", cell="E7", raw="1")
    finding = bench.checker.check(
        bench.with_values({TOTAL: 1}), origin=Origin(sources={TOTAL: place})
    ).findings[0]
    assert finding.cells[0] == CellFact(TOTAL, bench.edition.label(TOTAL), 1, place)
    assert {cell.source for cell in finding.cells[1:]} == {None}


def test_input_and_notes_are_handed_on(bench: Bench) -> None:
    """What was read and what the reader noted stand in the result as given."""
    result = bench.checker.check(bench.report, origin=Origin(input=FILE, notes=[NOTE]))
    assert (result.input, result.notes) == (FILE, (NOTE,))
    bare = bench.checker.check(bench.report)
    assert (bare.input, bare.notes) == (None, ())


def test_counts_are_by_severity(bench: Bench) -> None:
    """The counts add up to the findings, and a severity without findings counts none."""
    result = bench.check({TOTAL: 1, "/other_matters": "甲", "/problems_and_improvements": "问题。"})
    assert sum(result.counts.values()) == len(result.findings)
    assert result.counts["error"] == 1
    assert bench.checker.check(bench.report).counts == {"error": 0, "warning": 0, "info": 0}


def test_instances_count_every_cell(bench: Bench) -> None:
    """An outcome counts how many cells or equations have each status."""
    outcome = bench.check({TOTAL: None}).outcome("cells.filled")
    assert outcome.instances == {Status.FAIL: 1, Status.PASS: len(bench.edition.cells) - 1}


def test_outcome_of_an_unknown_rule(bench: Bench) -> None:
    """Asking a result for a rule that the edition does not have is a mistake of the program."""
    with pytest.raises(KeyError, match=r"no\.such\.rule"):
        bench.checker.check(bench.report).outcome("no.such.rule")


def test_words_of_status_reason_and_verdict_are_their_values() -> None:
    """Status, reason and verdict are written to files by their plain words."""
    assert [str(one) for one in Verdict] == ["conforms", "does_not_conform", "cannot_tell"]
    assert [str(one) for one in Status] == ["pass", "fail", "not_applicable", "not_checked", "error"]
    assert all(str(one) == one.name.lower() for one in Reason)


def test_file_that_cannot_be_read_has_a_result(bench: Bench) -> None:
    """A file that is no report gets a result without verdict that says why."""
    error = InputError("read.format", Wording("不是报告。", "This is no report."))
    result = unreadable(error, FILE)
    assert result.verdict is Verdict.CANNOT_TELL
    assert [(note.code, note.wording.en) for note in result.notes] == [("read.format", "This is no report.")]
    assert (result.input, result.rules, result.findings) == (FILE, (), ())
    assert result.tool == bench.checker.check({}).tool
