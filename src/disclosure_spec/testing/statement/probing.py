"""The probes of a statement: for each clause the reports on both sides of it, and of when it applies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.testing.judging import Submission
from disclosure_spec.testing.statement.changes import Case
from disclosure_spec.testing.statement.conditions import SumIs, TextIs
from disclosure_spec.testing.statement.meanings import Structure
from disclosure_spec.testing.statement.structure_variants import structure_variants
from disclosure_spec.testing.statement.variants import variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.testing.statement.authored import Clause
    from disclosure_spec.testing.statement.conditions import Condition
    from disclosure_spec.testing.statement.statement import Statement


def probes(statement: Statement, document: Document, rules: frozenset[str] | None) -> Iterator[Submission]:
    """Yield the probes that bear on some rules, all when None; those alike only once."""
    clauses = [one for one in statement.clauses if rules is None or one.rule in rules]
    case = Case(document)
    # The report as it was given: whatever is tried must also be seen to be kept.
    yield case.submission(statement.edition)
    for clause in clauses:
        if isinstance(clause.meaning, Structure):
            for changed, schema in structure_variants(statement.shape, document):
                yield Submission(statement.edition, changed, schema)
        else:
            for varied in _of_clause(statement, clause, case):
                yield varied.submission(statement.edition)


def _of_clause(statement: Statement, clause: Clause, case: Case) -> Iterator[Case]:
    for group in clause.when or ((),):
        ready = case
        for condition in group:
            # Else the clause would be asked of bodies it is not meant for, and never fail.
            ready = _holding(condition, ready)
        # Whether a clause applies only shows in a report that breaks it.
        failing = None
        for varied in variants(clause.meaning, statement.form, ready):
            yield varied
            if failing is None and statement.fails(clause, varied.submission(statement.edition)):
                failing = varied
        for condition in group:
            yield from _sides(condition, failing or ready)


def _holding(condition: Condition, case: Case) -> Case:
    """Return the case with a condition that holds, by as little as it can."""
    if isinstance(condition, TextIs):
        return case.put(condition.at, (condition.among or condition.such_as)[0])
    first, *others = condition.at
    for keys in others:
        case = case.put(keys, 0)
    return case.put(first, condition.at_least if condition.at_least is not None else condition.at_most)


def _sides(condition: Condition, case: Case) -> Iterator[Case]:
    """Yield the case with a condition that holds, does not, or cannot be told."""
    if isinstance(condition, TextIs):
        texts: tuple[JSONValue, ...] = (*condition.among, *condition.such_as, *condition.unlike)
        for value in (*texts, "", " \u3000", "?", 7, None):
            yield case.put(condition.at, value)
        yield case.without(condition.at)
        yield case.without(condition.at[:1])
        return
    yield from _sums(condition, case)


def _sums(condition: SumIs, case: Case) -> Iterator[Case]:
    least = _holding(condition, case)
    first = condition.at[0]
    number = least.get(first)
    bound = number if isinstance(number, int) else 0
    for value in (bound - 1, bound, bound + 1, None, "/", "1"):
        yield least.put(first, value)
    yield least.without(first)
    # Then the whole sum in each of the other cells, so that each is seen to count.
    for keys in condition.at[1:]:
        moved = least.put(first, 0)
        yield moved.put(keys, bound)
        yield moved.put(keys, bound + 1)
        yield least.put(keys, None)
