"""Laws of reports held against each other: of the year before, and of the bodies a government covers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.rules import LinearTest
from disclosure_spec.testing.judging import Expectation, Fault, Submission
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.properties.law import Property, Trial, alike, expecting, together
from disclosure_spec.testing.properties.reports import added, errors, numbers, raised
from disclosure_spec.testing.properties.sameness import any_report, said_of
from disclosure_spec.testing.properties.words import clause, clause_of, title
from disclosure_spec.testing.related import families, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Report, Rule
    from disclosure_spec.testing.properties.law import Clause
    from disclosure_spec.testing.related import Family, Pair


def neighbours(edition: Edition) -> Iterator[Property]:
    """Yield the laws between reports, as far as the edition has rules on them."""
    low, high = kit_of(edition).years(YEAR_POINTER)
    made: dict[str, tuple[Clause, st.SearchStrategy[Trial], int]] = {}
    between = {of: list(_between(edition, of)) for of in ("previous", "parts")}
    if between["previous"] or between["parts"]:
        every = any_report(edition)
        made["own_findings"] = (
            clause("own_findings"),
            st.builds(lambda *drawn: _own_findings(edition, *drawn), every, every),
            12,
        )
    if between["previous"] and low < high:
        equal = [(rule, one) for rule, one in between["previous"] if one.relation == "="]
        words = clause_of(between["previous"][0][0], edition)
        made["chain"] = (words, pairs(edition).map(lambda one: _chain(edition, one)), 15)
        if equal:
            made["chain_broken"] = (words, _broken_chain(edition, equal), 15)
    if between["parts"]:
        words = clause_of(between["parts"][0][0], edition)
        made |= {
            name: (words, trials, 10) for name, trials in _of_families(edition, between["parts"]).items()
        }
    for name, (words, trials, examples) in made.items():
        yield Property(name, edition.name, title(name), *words, trials, examples)


def _between(edition: Edition, of: Report) -> Iterator[tuple[Rule, Equation]]:
    """Yield the equations between a report and others of one kind."""
    for rule in edition.rules:
        if isinstance(rule.test, LinearTest) and rule.status != "retired":
            for one in rule.test.equations:
                if {term.of for term in one.terms} - {"document"} == {of}:
                    yield rule, one


def _severity(rule: Rule) -> str:
    return "warning" if (rule.status, rule.severity) == ("trial", "error") else rule.severity


def _fault(rule: Rule, equation: Equation) -> Fault:
    return Fault.at(rule.id, _severity(rule), [term.pointer for term in equation.terms])


def _own_findings(edition: Edition, document: Document, other: Document) -> Trial:
    """Expect what is found in a report by itself to be found whatever it is held against."""
    alone = [
        rule.id
        for rule in edition.rules
        if not isinstance(rule.test, LinearTest)
        or all(term.of == "document" for one in rule.test.equations for term in one.terms)
    ]
    given = (
        Submission(edition.name, document),
        Submission(edition.name, document, previous=other),
        Submission(edition.name, document, parts=(other, other)),
    )
    return alike(given, lambda one: replace(said_of(one, alone), valid=one.valid))


def _chain(edition: Edition, pair: Pair) -> Trial:
    """Expect two years that follow each other to conform, with no equation between them broken."""
    scope = {rule.id for rule, _ in _between(edition, "previous")}
    bounds = {rule.id for rule, one in _between(edition, "previous") if one.relation != "="}
    expected = Expectation(
        valid=True,
        verdict="conforms",
        faults=frozenset(),
        scope=frozenset(scope - bounds) or frozenset([""]),
    )
    given = Submission(edition.name, pair.current, previous=pair.previous)
    return expecting([(given, expected), (Submission(edition.name, pair.previous), Expectation(valid=True))])


def _broken_chain(edition: Edition, found: list[tuple[Rule, Equation]]) -> st.SearchStrategy[Trial]:
    """Return trials in which one number of last year's report is another."""

    def trial(pair: Pair, at: tuple[Rule, Equation], pick: int, by: int) -> Trial:
        rule, equation = at
        last = [term.pointer for term in equation.terms if term.of == "previous"]
        pointer = last[pick % len(last)]
        wrong = raised(edition, pair.previous, {pointer: by})
        equal = {one.id for one, _ in found}
        faults = frozenset(
            _fault(one, line)
            for one, line in found
            if pointer in {term.pointer for term in line.terms if term.of == "previous"}
        )
        # A rule on trial is only a warning, so that the report still conforms.
        binds = rule.status == "active" and rule.severity == "error"
        expected = Expectation(
            verdict=None if binds else "conforms",
            faults=faults,
            scope=frozenset(
                equal - {one.id for one, line in _between(edition, "previous") if line.relation != "="}
            ),
        )
        return expecting([(Submission(edition.name, pair.current, previous=wrong), expected)])

    return st.builds(trial, pairs(edition), st.sampled_from(found), st.integers(0, 99), errors())


def _of_families(edition: Edition, found: list[tuple[Rule, Equation]]) -> dict[str, st.SearchStrategy[Trial]]:
    equal = [(rule, one) for rule, one in found if one.relation == "="]
    drawn = families(edition)
    made = {
        "parts_order": drawn.map(lambda one: _order(edition, one)),
        "parts_merged": st.builds(lambda *each: _merged(edition, *each), drawn, st.integers(0, 9)),
    }
    if equal:
        made["parts_sum"] = drawn.map(lambda one: _adds_up(edition, one, found))
        made["parts_error"] = st.builds(
            lambda *each: _wrong_part(edition, equal, *each),
            drawn,
            st.sampled_from(equal),
            st.integers(0, 9),
            errors(),
        )
    return made


def _held(edition: Edition, whole: Document, *parts: Document) -> Submission:
    return Submission(edition.name, whole, parts=parts)


def _adds_up(edition: Edition, family: Family, found: list[tuple[Rule, Equation]]) -> Trial:
    scope = frozenset(rule.id for rule, one in found if one.relation == "=")
    expected = Expectation(valid=True, verdict="conforms", faults=frozenset(), scope=scope)
    return expecting([(_held(edition, family.whole, *family.parts), expected)])


def _order(edition: Edition, family: Family) -> Trial:
    """Expect the same whatever order the parts come in, of a sum that is right and of one that is wrong."""
    # One body left out makes the sum wrong, and its findings must not depend on the order either.
    short = family.parts[1:] or family.parts
    given = [_held(edition, family.whole, *parts) for parts in (family.parts, family.parts[::-1])]
    wrong = [_held(edition, family.whole, *parts) for parts in (short, short[::-1])]
    return together([alike(given), alike(wrong)])


def _merged(edition: Edition, family: Family, pick: int) -> Trial:
    """Expect the same when two of the parts are replaced by one that has the numbers of both."""
    at = pick % len(family.parts)
    extra = family.parts[at]
    # Given twice, so that it is one more body and the whole no longer the sum: findings are compared too.
    merged = added(edition, family.parts[0], extra)
    given = (
        _held(edition, family.whole, *family.parts, extra),
        _held(edition, family.whole, merged, *family.parts[1:]),
    )
    return alike(given)


def _wrong_part(  # noqa: PLR0913, PLR0917 - drawn one by one
    edition: Edition,
    found: list[tuple[Rule, Equation]],
    family: Family,
    at: tuple[Rule, Equation],
    pick: int,
    by: int,
) -> Trial:
    """Expect an error in one part to break the sums it is in, and one that cancels it to mend them."""
    pointer = next(term.pointer for term in at[1].terms if term.of == "parts")
    parts = list(family.parts)
    where = pick % len(parts)
    parts[where] = raised(edition, parts[where], {pointer: by})
    mended = [*parts, raised(edition, _nothing(edition, parts[where]), {pointer: -by})]
    broken = frozenset(
        _fault(rule, one)
        for rule, one in found
        if pointer in {term.pointer for term in one.terms if term.of == "parts"}
    )
    scope = frozenset(rule.id for rule, _ in found)
    # Where amounts have units the sum may not be checked at all.
    units = pointer in {cell.pointer for cell in edition.cells if cell.unit_pointer}
    expected = Expectation(faults=None if units else broken, scope=scope)
    return expecting(
        [
            (_held(edition, family.whole, *parts), expected),
            (_held(edition, family.whole, *mended), Expectation(faults=frozenset(), scope=scope)),
        ]
    )


def _nothing(edition: Edition, document: Document) -> Document:
    return raised(
        edition, document, {pointer: -value for pointer, value in numbers(edition, document).items()}
    )
