"""The probes stand on both sides of everything a statement says."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec import Catalogue
from disclosure_spec.strict_json import loads_document
from disclosure_spec.testing.judging import OwnJudge, differences
from disclosure_spec.testing.statement import statement_of

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.statement import Statement

SUITE = Path(__file__).parents[2] / "suite" / "1.0"
STATED = [
    (edition.name, clause.rule)
    for edition in Catalogue().editions()
    if (statement := statement_of(edition)) is not None
    for clause in statement.clauses
]


def base(edition: str) -> Document:
    """Return a report without fault from the suite."""
    return loads_document((SUITE / edition / "bases" / "government.json").read_bytes())


@pytest.mark.parametrize(("name", "rule"), STATED)
def test_show_each_rule_kept_and_broken(name: str, rule: str) -> None:
    """Among the probes of a rule are reports that break it and reports that do not."""
    statement = statement_of(Catalogue().edition(name))
    assert statement is not None

    seen = {
        statement.expected(probe).statuses[rule] for probe in statement.probes(base(name), frozenset([rule]))
    }

    assert {"pass", "fail"} <= seen


def test_the_checker_agrees_on_them(edition: Edition, statement: Statement) -> None:
    """The rules say of a probe what follows from the statement; every seventh of them, for time."""
    probes = list(islice(statement.probes(base(edition.name)), 0, None, 7))
    judged = OwnJudge([edition]).judge(probes)

    for probe, judgement in zip(probes, judged, strict=True):
        assert list(differences(statement.expected(probe), judgement)) == []


def test_are_the_same_each_time(edition: Edition, statement: Statement) -> None:
    """Nothing in them is left to chance."""
    rules = frozenset(["requests.balance", "overview.heads"])

    assert list(statement.probes(base(edition.name), rules)) == list(
        statement.probes(base(edition.name), rules)
    )


def test_bear_on_the_rules_asked_for(edition: Edition, statement: Statement) -> None:
    """Restricted to a rule they are few, and all rules together have them all."""
    few = list(statement.probes(base(edition.name), frozenset(["requests.balance"])))
    whole = list(statement.probes(base(edition.name)))

    assert len(few) < len(whole) // 10
    assert all(one in whole for one in few)


@pytest.mark.parametrize("document", [{}, {"requests": 5, "report_year": "2021"}, {"overview": None}])
def test_need_no_sound_report(statement: Statement, document: Document) -> None:
    """Whatever report they start from, there are probes, and the statement has an answer to each."""
    probes = list(islice(statement.probes(document), 0, None, 50))

    assert probes
    assert all(statement.expected(probe).faults for probe in probes)
