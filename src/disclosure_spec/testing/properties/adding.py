"""Laws of addition: reports and the errors in them add up, and multiply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from disclosure_spec.document import get_at
from disclosure_spec.rules import LinearTest
from disclosure_spec.testing.comparing import compare, missing, unexpected
from disclosure_spec.testing.judging import Expectation, Fault, Submission
from disclosure_spec.testing.properties.law import Flaw, Property, Trial, expecting
from disclosure_spec.testing.properties.reports import (
    added,
    conditions,
    errors,
    modest,
    numbers,
    of_rules,
    own,
    raised,
    replaced,
    sums,
)
from disclosure_spec.testing.properties.words import clause, clause_of, title
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Rule
    from disclosure_spec.testing.judging import Judgement

_MOST: Final = 50
_CELLS: Final = 3
_SUM: Final = Wording("两份相加，与差错都在一份中时不同：{point}", "sum of both: {point}")
_OF_ONE: Final = Wording("只有一份有此差错，两份相加后{point}", "of one alone; of the sum: {point}")
_OF_NONE: Final = Wording("两份都没有此差错，两份相加后{point}", "of neither; of the sum: {point}")
_ELSEWHERE: Final = Wording("同样的差错在另一份报告中：{point}", "in another report: {point}")
_TIMES: Final = Wording("各数乘以{by}后：{point}", "{by} times: {point}")


def adding(edition: Edition) -> Iterator[Property]:
    """Yield the laws of addition, as far as the edition has sums."""
    reports = modest(edition)
    laws: dict[str, tuple[st.SearchStrategy[Trial], int]] = {
        "sum": (st.builds(lambda one, two: _sum(edition, one, two), reports, reports), 20),
        "scaled": (
            st.builds(lambda one, by: _stays(edition, _times(edition, one, by), {}), reports, _factors()),
            15,
        ),
    }
    rules = sums(edition)
    if rules:
        wrong = _wrong(edition)
        laws["defects_add"] = (
            st.builds(lambda *drawn: _defects_add(edition, *drawn), reports, reports, wrong, wrong),
            10,
        )
        laws["defects_scale"] = (
            st.builds(lambda *drawn: _defects_scale(edition, *drawn), reports, reports, wrong, _factors()),
            10,
        )
    for name, (trials, examples) in laws.items():
        words = clause_of(rules[0], edition) if rules else clause(name)
        yield Property(name, edition.name, title(name), *words, trials, examples)
    yield from _of_equations(edition)


def _of_equations(edition: Edition) -> Iterator[Property]:
    reports, size = modest(edition), errors()
    equal = [(rule, one) for rule, one in _always(edition) if one.relation == "=" and len(one.terms) > 1]
    bounds = [(rule, one) for rule, one in _always(edition) if one.relation != "="]
    for name, found, build in (("coefficient", equal, _balanced), ("bound", bounds, _at_the_bound)):
        if found:
            trials = st.builds(
                lambda one, at, pick, by, build=build: expecting(build(edition, one, *at, pick, by)),
                reports,
                st.sampled_from(found),
                st.integers(0, 99),
                size,
            )
            yield Property(name, edition.name, title(name), *clause_of(found[0][0], edition), trials, 15)


def _factors() -> st.SearchStrategy[int]:
    return st.integers(1, 9) | st.integers(10, _MOST)


def _wrong(edition: Edition) -> st.SearchStrategy[Mapping[str, int]]:
    """Return by how much some cells of the sums are wrong."""
    cells = {
        term.pointer: None
        for rule in sums(edition)
        for one in (rule.test.equations if isinstance(rule.test, LinearTest) else ())
        for term in one.terms
    }
    return st.dictionaries(st.sampled_from(list(cells)), errors(), min_size=1, max_size=_CELLS)


def _times(edition: Edition, document: Document, by: int) -> Document:
    return replaced(document, {one: value * by for one, value in numbers(edition, document).items()})


def _sum(edition: Edition, one: Document, two: Document) -> Trial:
    return _stays(edition, added(edition, one, two), two)


def _stays(edition: Edition, document: Document, other: Document) -> Trial:
    """Expect no finding but of rules that apply or not as the numbers are, or did not apply to the other."""
    # What decides there may change with the sum itself, and then either answer is right.
    unsure = [
        rule
        for rule in edition.rules
        for decides in [conditions(rule)]
        if decides & {*edition.cell_at}
        or (other and any(get_at(document, at) != get_at(other, at) for at in decides))
    ]
    scope = frozenset(rule.id for rule in edition.rules if rule not in unsure)
    sure = not any((rule.severity, rule.status) == ("error", "active") for rule in unsure)
    expected = Expectation(valid=True, verdict="conforms" if sure else None, faults=frozenset(), scope=scope)
    return expecting([(Submission(edition.name, document), expected)])


def _defects_add(
    edition: Edition, one: Document, two: Document, wrong: Mapping[str, int], more: Mapping[str, int]
) -> Trial:
    """Expect of the sum of two wrong reports what is found when both errors are made in one report.

    An equation that fails in one of them alone fails in the sum, and one that holds in both holds in it.
    """
    both = {pointer: wrong.get(pointer, 0) + more.get(pointer, 0) for pointer in {**wrong, **more}}
    first, second = raised(edition, one, wrong), raised(edition, two, more)
    given = [first, second, added(edition, first, second), raised(edition, one, both)]
    rules = [rule.id for rule in sums(edition)]

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        said = [of_rules(judgement, rules) for judgement in judgements]
        # A system that tells no findings is held to nothing that speaks of them.
        if None in said:
            return
        left, right, together, same = (one or frozenset() for one in said)
        expected = Expectation(faults=same, scope=frozenset(rules))
        points = compare(expected, judgements[2]).differences
        yield from (Flaw(_SUM.fill(point=one.wording)) for one in points)
        lost, new = sorted((left ^ right) - together), sorted(together - left - right)
        yield from (Flaw(_OF_ONE.fill(point=missing(one).wording)) for one in lost)
        yield from (Flaw(_OF_NONE.fill(point=unexpected(one).wording)) for one in new)

    return Trial(tuple(Submission(edition.name, document) for document in given), verify)


def _defects_scale(
    edition: Edition, one: Document, two: Document, wrong: Mapping[str, int], by: int
) -> Trial:
    """Expect the same errors to be found in any report, and however large they are."""
    first = raised(edition, one, wrong)
    given = [first, raised(edition, two, wrong), _times(edition, first, by)]
    rules = [rule.id for rule in sums(edition)]

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        first_, *others = judgements
        expected = Expectation(faults=of_rules(first_, rules), scope=frozenset(rules))
        for words, other in zip((_ELSEWHERE, _TIMES), others, strict=True):
            points = compare(expected, other).differences
            yield from (Flaw(words.fill(by=by, point=one.wording)) for one in points)

    return Trial(tuple(Submission(edition.name, document) for document in given), verify)


def _always(edition: Edition) -> Iterator[tuple[Rule, Equation]]:
    """Yield the equations over one report that every report must keep, those that only warn included."""
    for rule in edition.rules:
        if isinstance(rule.test, LinearTest) and rule.status == "active" and not rule.applies_when:
            yield from ((rule, one) for one in rule.test.equations if own(one))


def _fault(rule: Rule, equation: Equation) -> Fault:
    return Fault.at(rule.id, rule.severity, [term.pointer for term in equation.terms])


def _balanced(  # noqa: PLR0913, PLR0917 - drawn one by one
    edition: Edition, document: Document, rule: Rule, equation: Equation, pick: int, by: int
) -> Iterator[tuple[Submission, Expectation]]:
    """Yield a report in which two errors of one equation cancel, and with one of them a little larger."""
    # Each raised by the other's coefficient: only a right sign and weight of both makes that nothing.
    first = equation.terms[pick % len(equation.terms)]
    second = equation.terms[(pick + 1) % len(equation.terms)]
    wrong = {first.pointer: by * second.coefficient, second.pointer: -by * first.coefficient}
    # One more in the first cell alone: nothing balances it.
    larger = {**wrong, first.pointer: wrong[first.pointer] + 1}
    yield from _finds(edition, raised(edition, document, wrong), rule, equation, found=False)
    yield from _finds(edition, raised(edition, document, larger), rule, equation, found=True)


def _at_the_bound(  # noqa: PLR0913, PLR0917 - drawn one by one
    edition: Edition, document: Document, rule: Rule, equation: Equation, pick: int, by: int
) -> Iterator[tuple[Submission, Expectation]]:
    """Yield a report that just keeps an inequality, then one beyond it."""
    there = numbers(edition, document)
    # A term of weight 1 reaches the bound exactly, whatever the others come to.
    single = [term for term in equation.terms if abs(term.coefficient) == 1]
    term = single[pick % len(single)]
    total = sum(one.coefficient * there[one.pointer] for one in equation.terms)
    beyond = abs(by) if equation.relation == "<=" else -abs(by)
    for more, found in ((0, False), (beyond, True), (-beyond, False)):
        change = {term.pointer: (more - total) * term.coefficient}
        yield from _finds(edition, raised(edition, document, change), rule, equation, found=found)


def _finds(
    edition: Edition, document: Document, rule: Rule, equation: Equation, *, found: bool
) -> Iterator[tuple[Submission, Expectation]]:
    """Yield a report and what must be found by the rule, whose other equations share no cell with this."""
    pointers = {term.pointer for term in equation.terms}
    tests = rule.test.equations if isinstance(rule.test, LinearTest) else ()
    # Shared cells would break the other equations too, which this law says nothing of.
    if sum(bool(pointers & {term.pointer for term in one.terms}) for one in tests) == 1:
        faults = frozenset([_fault(rule, equation)] if found else [])
        yield Submission(edition.name, document), Expectation(faults=faults, scope=frozenset([rule.id]))
