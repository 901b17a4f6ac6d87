"""Judging: our own checker as one system among others, and what of its result every system must say alike."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.checking import Checker
from disclosure_spec.document import with_value
from disclosure_spec.edition import Edition, installed
from disclosure_spec.strict_json import loads_document
from disclosure_spec.testing.comparing import compare, expectation_of
from disclosure_spec.testing.judging import Expectation, Fault, Judgement, OwnJudge, Submission, judgement

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_spec.document import Document
    from disclosure_spec.testing.judging import SchemaName

SCHEMAS: Final[tuple[SchemaName, ...]] = ("report", "draft")
YEAR = 2023
TOTAL = "/requests/received/total"


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Return an edition with rules on the year before and on parts."""
    return installed().edition("2021")


@pytest.fixture(scope="module")
def judge() -> OwnJudge:
    """Return the judge of all published editions."""
    return OwnJudge.of(installed())


def report(edition: Edition, year: int = YEAR) -> Document:
    """Return a government's report of a year, from the suite."""
    path = Path(str(folder("suite")), installed().latest, edition.name, "bases", "government.json")
    return {**loads_document(path.read_bytes()), "report_year": year}


@pytest.mark.parametrize("root", [[], 7, "7", None, True])
def test_what_is_no_object_is_only_refused(judge: OwnJudge, edition: Edition, root: Any) -> None:
    """Of a root that is no object nothing is said but that neither schema accepts it."""
    given = [
        Submission(edition.name, root),
        Submission(edition.name, root, "draft"),
        Submission(edition.name, root, previous={}, parts=({},)),
    ]
    assert not any(one.is_object for one in given)
    assert [*judge.judge(given)] == [Judgement(valid=False)] * len(given)


def test_result_is_told_whole(judge: OwnJudge, edition: Edition) -> None:
    """Verdict, findings, statuses and reasons are those of the checker, in the order of the submissions."""
    documents: list[Document] = [{}, report(edition), {"requests": 5}]
    said = [*judge.judge(Submission(edition.name, one) for one in documents)]
    for document, one in zip(documents, said, strict=True):
        result = Checker(edition).check(document)
        assert one == judgement(result, valid=document == report(edition))
        assert one.verdict == result.verdict.value
        assert {fault.rule for fault in one.faults or ()} == {found.rule for found in result.findings}
        assert set(one.statuses or ()) == set(one.reasons or ()) == {rule.id for rule in edition.rules}


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        (lambda edition: {"previous": report(edition, YEAR - 1)}, "no_previous_report"),
        (lambda edition: {"parts": (report(edition),)}, "no_parts"),
    ],
    ids=["previous", "parts"],
)
def test_other_reports_are_handed_on(
    judge: OwnJudge, edition: Edition, others: Callable[[Edition], dict[str, Any]], reason: str
) -> None:
    """Rules on last year's report, or on parts, lack it without it, and lack it no longer with it."""
    alone = Submission(edition.name, report(edition))
    held = Submission(edition.name, report(edition), **others(edition))
    without, with_it = (set((one.reasons or {}).values()) for one in judge.judge([alone, held]))
    assert reason in without
    assert reason not in with_it


def test_each_schema_answers_for_itself(judge: OwnJudge, edition: Edition) -> None:
    """The schema a submission names is the one that `valid` is about."""
    unfinished = with_value(report(edition), TOTAL, None)
    unfinished.pop("$schema", None)
    asked = [Submission(edition.name, unfinished, name) for name in SCHEMAS]
    assert [one.valid for one in judge.judge(asked)] == [False, True]


def test_places_have_one_order() -> None:
    """A fault is the same in whatever order its places are told, and however often."""
    assert Fault.at("rule", "error", ["/b", "/a", "/b"]) == Fault("rule", "error", ("/a", "/b"))


def test_no_answer_is_the_only_difference() -> None:
    """A problem is told in its own words, in place of all else that is not as expected."""
    expected = Expectation(valid=True, verdict="conforms", faults=frozenset(), statuses={"rule": "pass"})
    (found,) = compare(expected, Judgement(problem="time limit")).differences
    assert (found.kind, found.wording.zh, found.wording.en) == ("problem", "time limit", "time limit")


def test_status_that_is_not_said_differs() -> None:
    """Of a system that speaks of statuses each one is wanted; of one that does not, none."""
    expected = Expectation(statuses={"rule": "pass"})
    (found,) = compare(expected, Judgement(statuses={})).differences
    assert (found.wording.zh, found.wording.en) == (
        "rule的状态：应为通过，答为没有答",
        "status of rule: pass expected, - said",
    )
    assert compare(expected, Judgement(verdict="conforms")).differences == ()


def test_what_is_said_is_what_is_expected_of_another() -> None:
    """A judgement agrees with itself taken for an expectation."""
    said = Judgement(
        valid=False,
        verdict="does_not_conform",
        faults=frozenset([Fault("rule", "error", (TOTAL,))]),
        statuses={"rule": "fail"},
    )
    assert compare(expectation_of(said), said).differences == ()
