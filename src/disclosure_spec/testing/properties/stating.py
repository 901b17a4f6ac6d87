"""The rules say what the official form says, as stated a second time and apart from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from disclosure_spec.testing.consistent import documents
from disclosure_spec.testing.judging import Submission
from disclosure_spec.testing.properties.law import Property, Trial, expecting
from disclosure_spec.testing.properties.sameness import any_report
from disclosure_spec.testing.properties.words import clause, title
from disclosure_spec.testing.related import families, pairs
from disclosure_spec.testing.statement import statement_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.statement import Statement

_TOGETHER: Final = 4
"""How many probes are judged in one example."""


def stating(edition: Edition) -> Iterator[Property]:
    """Yield a law for each clause of the statement, if the edition has one."""
    statement = statement_of(edition)
    if statement is None:
        return
    yield Property(
        "stated",
        edition.name,
        title("stated"),
        *clause("stated"),
        _reports(edition).map(lambda one: _agrees(statement, one)),
        40,
    )
    for one in statement.clauses:
        probed = st.builds(
            lambda document, pick, rule=one.rule: _probed(statement, document, rule, pick),
            documents(edition, sparse=False),
            st.integers(0, 2**16),
        )
        yield Property(
            f"stated:{one.rule}",
            edition.name,
            title("clause", rule=edition.rule(one.rule).title),
            one.quote,
            one.source,
            probed,
            2,
        )


def _reports(edition: Edition) -> st.SearchStrategy[Submission]:
    """Return reports of every kind, alone and held against others."""
    years = pairs(edition).map(lambda one: Submission(edition.name, one.current, previous=one.previous))
    whole = families(edition).map(lambda one: Submission(edition.name, one.whole, parts=one.parts))
    every = any_report(edition)
    alone = every.map(lambda one: Submission(edition.name, one))
    mixed = st.builds(
        lambda one, two: Submission(edition.name, one, previous=two, parts=(two,)), every, every
    )
    return alone | mixed | years | whole


def _agrees(statement: Statement, submission: Submission) -> Trial:
    return expecting([(submission, statement.expected(submission))])


def _probed(statement: Statement, document: Document, rule: str, pick: int) -> Trial:
    """Expect what the statement says of some of the reports on both sides of a clause."""
    probes = list(statement.probes(document, frozenset([rule])))
    # Spread over all of them, so that each kind of probe has its turn.
    apart = max(1, len(probes) // _TOGETHER)
    chosen = probes[pick % apart :: apart]
    return expecting((one, statement.expected(one)) for one in chosen)
