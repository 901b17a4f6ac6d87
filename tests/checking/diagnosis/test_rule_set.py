"""What the equations of an edition amount to, against figures reached in another way."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.checking.diagnosis.rule_set import diagnose_rules
from disclosure_spec.edition import Edition, installed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.conftest import Bench

    from disclosure_spec.checking.diagnosis.rule_set import TableDiagnosis

APPLICANTS = 7
RESULTS = {"2019": 19, "2021": 21}


def rank(rows: Iterable[Sequence[int]]) -> int:
    """Return the rank of a matrix by elimination with fractions."""
    left = [[Fraction(one) for one in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left = [
            [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
            for row in left
            if row is not pivot
        ]
        found += 1
    return found


def matrix(bench: Bench, table: str) -> list[list[int]]:
    """Return the equations of one table, a column for each of its cells."""
    cells = [cell.pointer for cell in bench.edition.cells if cell.pointer.startswith(table + "/")]
    return [
        [weights.get(cell, 0) for cell in cells]
        for equation in bench.equations
        if (weights := {term.pointer: term.coefficient for term in equation.terms}).keys() & set(cells)
    ]


def table(bench: Bench, number: int) -> TableDiagnosis:
    """Return what is said of the table of this number on the form."""
    return diagnose_rules(bench.edition).tables[number - 2]


def changed(edition: Edition, *added: dict[str, Any]) -> Edition:
    """Return the edition with further linear rules."""
    rules = dict(edition.published_rules)
    pattern = next(one for one in rules["rules"] if one["test"]["kind"] == "linear")
    where = {"zh": "甲", "en": "A"}
    extra = [
        {
            **pattern,
            "id": f"local.{at}",
            "test": {"kind": "linear", "instances": [{"where": where, **one}]},
        }
        for at, one in enumerate(added)
    ]
    rules["rules"] = [*rules["rules"], *extra]
    return Edition(edition.form, rules, edition.schema, edition.draft_schema)


def test_table_3(bench: Bench) -> None:
    """Table 3: two equations fewer in rank than in number, both of the total column; errors of three seen."""
    found = table(bench, 3)
    equations = matrix(bench, "/requests")

    assert (found.cells, found.equations) == (len(equations[0]), len(equations))
    assert found.rank == rank(equations) == len(equations) - 2
    assert {one.one.rule for one in found.dependent} == {"requests.balance", "requests.outcome_total"}
    for dependent in found.dependent:
        assert all(term.pointer.endswith("/total") for term in dependent.one.equation.terms)
    assert (found.uncovered, found.indistinguishable, found.duplicates, found.fixed) == ((), (), (), ())
    assert [one.count for one in found.unseen[:3]] == [0, 0, 0]
    # Two columns, in each the same two rows of one part of the balance.
    rows = comb(RESULTS[bench.edition.name], 2) + comb(3, 2)
    assert found.unseen[3].count == comb(APPLICANTS, 2) * rows
    assert found.smallest_unseen is found.unseen[3]
    assert found.complete


def test_what_follows_is_what_it_says(bench: Bench) -> None:
    """A dependent equation adds no rank to those it follows from, and these without one do not suffice."""
    for dependent in table(bench, 3).dependent:
        named = [one.equation for one in (dependent.one, *dependent.follows_from)]
        cells = sorted({term.pointer for equation in named for term in equation.terms})
        rows = [
            [{term.pointer: term.coefficient for term in equation.terms}.get(cell, 0) for cell in cells]
            for equation in named
        ]
        assert rank(rows) == rank(rows[1:]) == rank(rows[:-1]) == len(rows) - 1


def test_no_pair_of_errors_in_table_3_is_unseen(bench: Bench) -> None:
    """No two columns of the equations of table 3 are multiples of each other."""
    columns = list(zip(*matrix(bench, "/requests"), strict=True))
    assert all(any(column) for column in columns)
    assert not any(one in (other, tuple(-x for x in other)) for one, other in combinations(columns, 2))


def test_table_4(bench: Bench) -> None:
    """Table 4: an equation for each block of five, whose cells cannot be told apart."""
    found = table(bench, 4)

    assert (found.cells, found.equations, found.rank) == (15, 3, 3)
    assert [len(group) for group in found.indistinguishable] == [5, 5, 5]
    assert [one.count for one in found.unseen] == [0, 3 * comb(5, 2), 0, 0]
    assert (found.dependent, found.uncovered) == ((), ())


def test_table_2(bench: Bench) -> None:
    """Table 2: no equation within one year, so every cell is listed as uncovered."""
    found = table(bench, 2)

    here = tuple(cell.pointer for cell in bench.edition.cells if "/proactive_disclosure/" in cell.pointer)
    assert (found.equations, found.rank) == (0, 0)
    assert found.uncovered == here
    assert found.smallest_unseen is not None
    assert (found.smallest_unseen.size, found.smallest_unseen.count) == (1, len(here))


def test_rules_that_bind_at_times_are_named(bench: Bench) -> None:
    """Warnings, trial rules and rules on other reports are counted apart."""
    apart = diagnose_rules(bench.edition).apart
    assert {"acts.rule_making_power", "previous.carried_over", "parts_sum.requests"} <= set(apart)
    assert not {"requests.balance", "requests.row_total", "remedies.total"} & set(apart)


CELL, OTHER = "/proactive_disclosure/licensing/decisions", "/proactive_disclosure/penalties/decisions"


@pytest.mark.parametrize(
    ("added", "fixed"),
    [
        ([{"terms": [[1, CELL]], "relation": "="}], (CELL,)),
        ([{"terms": [[1, CELL], [2, OTHER]], "relation": "="}], (CELL, OTHER)),
        ([{"terms": [[1, CELL], [2, OTHER]], "relation": "<="}], (CELL, OTHER)),
        ([{"terms": [[-1, CELL]], "relation": ">="}], (CELL,)),
        ([{"terms": [[1, CELL]], "relation": ">="}], ()),
        ([{"terms": [[1, CELL], [-1, OTHER]], "relation": "="}], ()),
        (
            [
                {"terms": [[1, CELL], [-1, OTHER]], "relation": "="},
                {"terms": [[1, CELL], [-2, OTHER]], "relation": "="},
            ],
            (CELL, OTHER),
        ),
        (
            [
                {"terms": [[1, CELL], [-1, OTHER]], "relation": "="},
                {"terms": [[1, OTHER]], "relation": "<="},
            ],
            (CELL, OTHER),
        ),
    ],
)
def test_cells_that_can_only_be_nought(added: list[dict[str, Any]], fixed: tuple[str, ...]) -> None:
    """A cell is fixed where the equations have no other solution, or no term can outweigh another."""
    edition = changed(installed().edition("2021"), *added)
    assert diagnose_rules(edition).tables[0].fixed == fixed


def test_the_same_said_twice() -> None:
    """Two rules that say the same are named, also with the sides exchanged; a multiple is not the same."""
    edition = changed(
        installed().edition("2021"),
        {"terms": [[1, CELL], [-1, OTHER]], "relation": "="},
        {"terms": [[1, OTHER], [-1, CELL]], "relation": "="},
        {"terms": [[3, OTHER], [-3, CELL]], "relation": "="},
    )
    found = diagnose_rules(edition).tables[0]
    assert [[one.rule for one in group] for group in found.duplicates] == [["local.0", "local.1"]]
    assert (found.equations, found.rank) == (3, 1)
    assert len(found.dependent) == 2


def test_small_table_against_every_set(bench_2021: Bench) -> None:
    """Errors that no equation sees, of weights other than one, are those that trying every set finds."""
    cells = [cell.pointer for cell in bench_2021.edition.cells if "/proactive_disclosure/" in cell.pointer]
    rows = [[1, -2, 3, 0, 0, 1, 0], [0, 1, 1, -1, 2, 0, 0], [2, 0, 0, 1, -5, 0, 1]]
    edition = changed(
        bench_2021.edition,
        *(
            {
                "terms": [[w, cell] for w, cell in zip(row, cells, strict=False) if w],
                "relation": "=",
            }
            for row in rows
        ),
    )
    covered = len(rows[0])
    expected = []
    for size in range(2, 5):
        dependent = 0
        for chosen in combinations(range(covered), size):
            columns = [[row[at] for row in rows] for at in chosen]
            smaller = all(rank(columns[:at] + columns[at + 1 :]) == size - 1 for at in range(size))
            dependent += rank(columns) < size and smaller
        expected.append(dependent)
    found = diagnose_rules(edition).tables[0]
    assert [one.count for one in found.unseen] == [len(cells) - covered, *expected]
