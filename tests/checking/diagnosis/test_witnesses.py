"""What does not bind speaks for an explanation or against it: last year's report, the bodies', warnings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.checking.diagnosis.conftest import Ward, told

from disclosure_spec import Inspector, check
from disclosure_spec.checking import Checker, Waiver, WaiverState
from disclosure_spec.checking.diagnosis import diagnose
from disclosure_spec.document import with_value

if TYPE_CHECKING:
    from datetime import date

    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue

OVER, RECEIVED = "/requests/carried_over/", "/requests/received/"
PERSON, FIRM = "natural_person", "commercial_enterprise"


def last_year(report: Document) -> Document:
    """Return a report for the year before that carried forward what this one carried over."""
    year, requests = report["report_year"], report["requests"]
    assert isinstance(year, int)
    assert isinstance(requests, dict)
    before = with_value(report, "/report_year", year - 1)
    return with_value(before, "/requests/carried_forward", requests["carried_over"])


def test_last_years_report_decides_between_pairs(ward: Ward) -> None:
    """Of the pairs that would do, those that last year's report speaks against come last."""
    wrong = {RECEIVED + PERSON: ward.number(RECEIVED + PERSON) + 7}
    wrong |= {RECEIVED + FIRM: ward.number(RECEIVED + FIRM) - 7}
    document = ward.bench.with_values(dict(wrong))

    alone = check(document).diagnoses[0].explanations
    held = check(document, previous=last_year(ward.report)).diagnoses[0].explanations

    contradicted = [any(pointer.startswith(OVER) for pointer in told(one)) for one in held]
    assert sorted(map(str, map(told, alone))) == sorted(map(str, map(told, held)))
    assert contradicted == sorted(contradicted)
    assert contradicted.count(True) == 1


def test_warnings_that_go_away_are_folded(ward: Ward) -> None:
    """A warning against last year's report that goes away with the cause is folded under it."""
    wrong = {OVER + PERSON: ward.number(OVER + PERSON) + 7}
    result = check(ward.bench.with_values(dict(wrong)), previous=last_year(ward.report))

    (diagnosis,) = result.diagnoses
    rules = [result.findings[at].rule for at in diagnosis.findings]
    assert "previous.carried_over" in rules
    assert result.findings[diagnosis.findings[0]].severity == "error"
    assert told(diagnosis.explanations[0]) == {OVER + PERSON: ward.number(OVER + PERSON)}


def test_warnings_alone_are_not_explained(ward: Ward) -> None:
    """A report at odds with last year's only has no cell that is wrong by its own equations."""
    previous = with_value(last_year(ward.report), "/requests/carried_forward/" + PERSON, 10**6)

    result = check(ward.report, previous=previous)

    assert result.findings
    assert result.diagnoses == ()


def test_another_report_is_never_taken_for_right(ward: Ward) -> None:
    """Even where a rule on last year's report is an error, this year's cells are not accused for its sake."""
    rules = [replace(one, severity="error", status="active") for one in ward.bench.edition.rules]
    edition = ward.bench.edition.with_rules(
        strict if strict.id == "previous.carried_over" else one
        for one, strict in zip(ward.bench.edition.rules, rules, strict=True)
    )
    previous = with_value(last_year(ward.report), "/requests/carried_forward/" + PERSON, 10**6)
    result = Checker(edition).check(ward.report, previous=previous)

    assert any(one.severity == "error" for one in result.findings)
    assert diagnose(result, ward.report, edition, previous=previous) == ()


def test_negative_count_follows_from_the_same_cause(ward: Ward) -> None:
    """That a count is below zero is no error of its own where the equations give the right number."""
    findings, (diagnosis,) = ward.diagnose({RECEIVED + PERSON: -ward.number(RECEIVED + PERSON)})

    assert set(diagnosis.findings) == set(range(len(findings)))
    assert any(one.rule == "cells.counts" for one in findings)


def test_amounts_do_not_disturb_counts(bench: Bench) -> None:
    """Beside amounts with decimal places counts stay whole, in the numbers given too."""
    amounts: dict[str, JSONValue] = {
        cell.pointer: Decimal("86489.362900") for cell in bench.edition.cells if cell.type == "amount"
    }
    right = Ward(bench, bench.report).number(RECEIVED + PERSON)

    (diagnosis,) = check(bench.with_values({**amounts, RECEIVED + PERSON: right + 3})).diagnoses

    (value,) = told(diagnosis.explanations[0]).values()
    assert (value, type(value)) == (right, int)


def test_independent_tables_have_diagnoses_of_their_own(ward: Ward) -> None:
    """An error in table 3 and one in a block of table 4 are told apart, in the order of their findings."""
    block = "/remedies/litigation/direct/total"
    findings, diagnoses = ward.diagnose(
        {RECEIVED + PERSON: ward.number(RECEIVED + PERSON) + 7, block: ward.number(block) + 7}
    )

    assert [len(one.findings) for one in diagnoses] == [2, 1]
    assert findings[diagnoses[1].findings[0]].pointers[0] == block


def test_waived_equation_is_no_sign_of_a_wrong_cell(ward: Ward, today: date) -> None:
    """What was granted as right is neither explained nor held against other cells."""
    block = "/remedies/litigation/direct/"
    document = ward.bench.with_values({block + "total": ward.number(block + "total") + 7})
    (finding,) = check(document).findings
    waiver = Waiver(
        rule=finding.rule,
        body="某市人民政府",
        report_year=int(str(document["report_year"])),
        values={cell.pointer: cell.value for cell in finding.cells},
        reason="并案",
        granted_by="某市人民政府办公室",
        until=today,
    )

    result = Inspector(waivers=[waiver], today=today).check(document)

    assert [one.state for one in result.waivers] == [WaiverState.USED]
    assert result.diagnoses == ()


def test_right_report_is_not_looked_into(ward: Ward) -> None:
    """Without a finding of an equation or a cell nothing is computed, whatever else was found."""
    document = ward.bench.with_values({"/overview": "无"})
    result = ward.bench.checker.check(document)
    assert result.findings
    bare = replace(result, rules=())

    # Without the outcomes of its rules a result could not be looked into.
    assert diagnose(bare, document, ward.bench.edition) == ()


def test_document_is_left_as_it_was(ward: Ward) -> None:
    """A suggestion is never applied."""
    document = ward.bench.with_values({RECEIVED + PERSON: 1})
    before = repr(document)

    assert check(document).diagnoses
    assert repr(document) == before
