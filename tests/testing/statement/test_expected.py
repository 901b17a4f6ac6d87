"""The statement and the checker are two readings of the same texts: they agree on every report."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_spec.document import with_value
from disclosure_spec.strict_json import loads_document
from disclosure_spec.testing import (
    breakable,
    documents,
    drafts,
    families,
    inconsistent,
    keywords,
    malformed,
    pairs,
)
from disclosure_spec.testing.comparing import compare
from disclosure_spec.testing.judging import Fault, OwnJudge, Submission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.comparing import Difference
    from disclosure_spec.testing.judging import SchemaName
    from disclosure_spec.testing.statement import Statement

SUITE = Path(__file__).parents[2] / "suite" / "1.0"
# Both fixtures are read only, so one of each serves every example.
FEW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def base(edition: Edition) -> Document:
    """Return a report without fault from the suite."""
    return loads_document((SUITE / edition.name / "bases" / "government.json").read_bytes())


def disagreements(
    statement: Statement, edition: Edition, submissions: Iterable[Submission]
) -> list[Difference]:
    """Return every point on which the checker and the statement differ."""
    wanted = list(submissions)
    judged = OwnJudge([edition]).judge(wanted)
    return [
        point
        for one, judgement in zip(wanted, judged, strict=True)
        for point in compare(statement.expected(one), judgement, one.schema).differences
    ]


def test_finds_nothing_in_a_report_without_fault(edition: Edition, statement: Statement) -> None:
    """A report that conforms is valid and has no faults."""
    expected = statement.expected(Submission(edition.name, base(edition)))

    assert (expected.valid, expected.verdict, expected.faults) == (True, "conforms", frozenset())


def test_finds_a_wrong_total_with_all_its_cells(edition: Edition, statement: Statement) -> None:
    """One number too many in a total is found where it stands, with every cell of the sum."""
    at = "/remedies/reconsideration/"
    wrong = with_value(base(edition), at + "total", 10**6)

    expected = statement.expected(Submission(edition.name, wrong))

    cells = [at + one for one in ("upheld", "corrected", "other", "pending", "total")]
    assert expected.faults == frozenset({Fault.at("remedies.total", "error", cells)})
    assert expected.verdict == "does_not_conform"


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (None, "cells.filled"),
        ("/", "cells.numbers"),
        (Decimal("0.5"), "cells.counts"),
        (True, "document.structure"),
    ],
)
def test_a_cell_without_a_number_is_never_zero(
    edition: Edition, statement: Statement, value: JSONValue, rule: str
) -> None:
    """A blank or mark is told once and leaves the sums over it open; a fraction is added like any number."""
    at = "/requests/received/natural_person"
    expected = statement.expected(Submission(edition.name, with_value(base(edition), at, value)))

    assert Fault(rule, "error", (at,)) in (expected.faults or ())
    open_sums = not isinstance(value, Decimal)
    assert (expected.statuses["requests.balance"] == "not_checked") is open_sums
    assert (len(expected.faults or ()) == 1) is open_sums


def test_an_error_on_trial_counts_as_a_warning(edition: Edition, statement: Statement) -> None:
    """What last year's report contradicts is a warning as long as the rule is on trial."""
    document = base(edition)
    year = document["report_year"]
    assert isinstance(year, int)
    at = "/requests/carried_forward/total"
    previous = with_value({**document, "report_year": year - 1}, at, 10**6)

    expected = statement.expected(Submission(edition.name, document, previous=previous))

    cells = ("/requests/carried_over/total", at)
    assert Fault.at("previous.carried_over", "warning", cells) in (expected.faults or ())


def test_expects_the_same_of_the_same(edition: Edition, statement: Statement) -> None:
    """An expectation depends on nothing but the submission, which is left as it was."""
    submission = Submission(edition.name, base(edition))
    before = json.dumps(submission.document, default=str)

    assert statement.expected(submission) == statement.expected(submission)
    assert json.dumps(submission.document, default=str) == before


@FEW
@given(data=st.data())
def test_agrees_on_generated_reports(edition: Edition, statement: Statement, data: st.DataObject) -> None:
    """Consistent, inconsistent, blank and malformed reports are read alike."""
    documents_of_any_kind = st.one_of(
        documents(edition),
        drafts(edition),
        st.sampled_from(breakable(edition))
        .flatmap(lambda rule: inconsistent(edition, rule))
        .map(lambda b: b.document),
        st.sampled_from(sorted(keywords(edition)))
        .flatmap(lambda one: malformed(edition, one))
        .map(lambda b: b.document),
    )
    document = data.draw(documents_of_any_kind)
    schema: SchemaName = "draft" if data.draw(st.booleans()) else "report"

    assert not disagreements(statement, edition, [Submission(edition.name, document, schema)])


@FEW
@given(data=st.data())
def test_agrees_on_related_reports(edition: Edition, statement: Statement, data: st.DataObject) -> None:
    """Reports of two years and of a government with its bodies are read alike, matching or not."""
    pair, family = data.draw(pairs(edition)), data.draw(families(edition))
    submissions = [
        Submission(edition.name, pair.current, previous=pair.previous, parts=family.parts),
        Submission(edition.name, family.whole, previous=pair.current, parts=family.parts),
    ]

    assert not disagreements(statement, edition, submissions)


def test_agrees_with_the_suite(edition: Edition, statement: Statement) -> None:
    """What a case of the conformance suite expects follows from the statement."""
    manifest: Any = json.loads((SUITE / "manifest.json").read_text(encoding="utf-8"))
    cases = [
        one for one in manifest["cases"] if one["edition"] == edition.name and "findings" in one["expect"]
    ]

    assert cases
    for case in cases[::3]:
        found = statement.expected(
            Submission(
                edition.name,
                document=read(case["document"]),
                previous=read(case["previous"]) if case.get("previous") else None,
                parts=tuple(read(one) for one in case.get("parts", ())),
            )
        )
        said = (Fault.at(one["rule"], one["severity"], one["pointers"]) for one in case["expect"]["findings"])

        assert found.faults == frozenset(one for one in said if one.rule in statement.scope), case["id"]


def read(path: str) -> Document:
    """Return a document of the suite."""
    return loads_document((SUITE / path).read_bytes())
