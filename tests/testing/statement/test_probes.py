"""The probes stand on both sides of everything a statement says."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec import Catalogue
from disclosure_spec.document import get_at
from disclosure_spec.strict_json import loads_document
from disclosure_spec.testing.comparing import compare
from disclosure_spec.testing.judging import Expectation, Judgement, OwnJudge
from disclosure_spec.testing.statement import Clause, statement_of
from disclosure_spec.testing.statement.meanings import Unjudged

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.statement import Statement

SUITE = Path(__file__).parents[2] / "suite" / "1.0"
STATED = [
    (edition.name, clause)
    for edition in Catalogue().editions()
    if (statement := statement_of(edition)) is not None
    for clause in statement.clauses
]


def base(edition: str) -> Document:
    """Return a report without fault from the suite."""
    return loads_document((SUITE / edition / "bases" / "government.json").read_bytes())


def differs(one: Document, other: Document, pointer: str) -> bool:
    """Tell whether two reports differ at a place; 1 and true do."""
    return repr(get_at(one, pointer)) != repr(get_at(other, pointer))


def label(value: object) -> str:
    """Return what names a parameter."""
    return value.rule if isinstance(value, Clause) else str(value)


@pytest.fixture(scope="module")
def statements() -> dict[str, Statement]:
    """Return the statement of each edition."""
    found = {one.name: statement_of(one) for one in Catalogue().editions()}
    return {name: one for name, one in found.items() if one is not None}


@pytest.mark.parametrize(("name", "clause"), STATED, ids=label)
def test_show_each_rule_kept_and_broken(statements: dict[str, Statement], name: str, clause: Clause) -> None:
    """Among the probes of a rule are reports that break it and reports that do not."""
    kept_and_broken = {"pass", "fail"}
    seen = set()
    for probe in statements[name].probes(base(name), frozenset([clause.rule])):
        seen.add(statements[name].expected(probe).statuses.get(clause.rule))
        if kept_and_broken <= seen:
            break

    # What nobody judges yet is open in every report.
    is_judged = not isinstance(clause.meaning, Unjudged)
    assert seen >= kept_and_broken if is_judged else seen == {"not_checked"}


def test_ask_of_what_is_no_report_only_whether_it_is_valid(edition: Edition, statement: Statement) -> None:
    """A list, a number or nothing is refused by both schemas; no finding is demanded of it."""
    probes = statement.probes(base(edition.name), frozenset(["document.structure"]))
    odd = [one for one in probes if not one.is_object]

    assert {one.schema for one in odd} == {"report", "draft"}
    for probe, judgement in zip(odd, OwnJudge([edition]).judge(odd), strict=True):
        assert statement.expected(probe) == Expectation(valid=False)
        assert judgement == Judgement(valid=False)


def test_ask_for_a_wrong_value_in_each_cell_of_a_row(edition: Edition, statement: Statement) -> None:
    """In a draft too, every column of a table that has rows alike is asked about by itself."""
    sound = base(edition.name)
    wrong = set()
    for probe in statement.probes(sound, frozenset(["document.structure"])):
        if probe.schema == "draft" and probe.is_object:
            cells = (one for one in statement.form.cells if differs(probe.document, sound, one.pointer))
            if len(changed := list(cells)) == 1 and not statement.expected(probe).valid:
                wrong.add(changed[0].keys[-1])

    assert {cell.keys[-1] for cell in statement.form.cells} <= wrong


def test_the_checker_agrees_on_them(edition: Edition, statement: Statement) -> None:
    """The rules say of a probe what follows from the statement; one in seventeen of them, for time."""
    probes = list(islice(statement.probes(base(edition.name)), 0, None, 17))
    judged = OwnJudge([edition]).judge(probes)

    for probe, judgement in zip(probes, judged, strict=True):
        assert compare(statement.expected(probe), judgement, probe.schema).differences == ()


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
    assert all(statement.expected(probe).faults for probe in probes if probe.is_object)
