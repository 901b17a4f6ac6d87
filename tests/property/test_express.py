"""The way round the evaluation of rules: whatever the report, the same result as by evaluating every rule."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_spec.checking import Checker, Origin
from disclosure_spec.document import get_at, join_pointer, with_value
from disclosure_spec.errors import InputError
from disclosure_spec.reporting import render_json
from disclosure_spec.rules import DateTest, LinearTest
from disclosure_spec.testing import breakable, documents, drafts, inconsistent, keywords, malformed
from disclosure_spec.testing.mutants import changed, mutants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Test
    from disclosure_spec.testing.mutants import Mutant

SETTINGS = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
EVERY_RULE = Origin(unread=frozenset({"/nowhere"}))
"""A report not wholly read is never taken the short way; what was not read here is no part of any report."""

AWKWARD: tuple[JSONValue, ...] = (
    None, True, False, 0, -1, 10**15 - 1, 10**15, -(10**15), 2**64, 10**31,
    Decimal("3.0"), Decimal("1E+2"), Decimal("0.5000000"), Decimal("0.0000001"), Decimal("-0"),
    Decimal("1.10"), Decimal("NaN"), Decimal("Infinity"), Decimal("0." + "1" * 40),
    "", " ", "\u3000\n", "无", "无。", "（无）", "暂无", "/", "1", "2021",
    "2024-02-30", "2024-01-31", "2024-01-31\n",
    "110000\n", "😀" * 20, "一" * 1001, "一 " * 1000, "\ud800", [], [[1]], {}, {"x-a": 1}, {"x-a": {"b": 1}},
)  # fmt: skip
"""Where decoders, validators and rules of different makes disagree."""


def answer(checker: Checker, document: Document, origin: Origin) -> str:
    """Return the result as bytes would show it, or how the document was refused."""
    try:
        return render_json(checker.check(document, origin=origin))
    except InputError as error:
        return f"refused: {error.code}"


def places(value: JSONValue, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the pointer of every value, and of keys that an object does not have."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield join_pointer((*path, key))
            yield from places(one, (*path, key))
        yield from (join_pointer((*path, key)) for key in ("x-own", "x-", "unknown", "published_on", "title"))


def any_document(edition: Edition) -> st.SearchStrategy[Document]:
    """Return reports without fault, with blanks, with broken rules, and with a broken structure."""
    return st.one_of(
        documents(edition),
        drafts(edition),
        st.sampled_from(breakable(edition))
        .flatmap(lambda rule: inconsistent(edition, rule))
        .map(lambda broken: broken.document),
        st.sampled_from(keywords(edition))
        .flatmap(lambda keyword: malformed(edition, keyword))
        .map(lambda broken: broken.document),
    )


@pytest.fixture(scope="module", name="checkers")
def _checkers() -> dict[Edition, Checker]:
    # One for all examples: what it remembers of one report must be right for the next.
    return {}


@SETTINGS
@given(data=st.data())
def test_short_way_gives_the_result_of_the_long_way(
    bench: Bench, checkers: dict[Edition, Checker], data: st.DataObject
) -> None:
    """Reports of every kind, changed at random, give the same bytes both ways, the second time too."""
    checker = checkers.setdefault(bench.edition, Checker(bench.edition))
    document = data.draw(any_document(bench.edition))
    spots = sorted(places(document))
    for pointer in data.draw(st.lists(st.sampled_from(spots), max_size=3)):
        # A change above may have left no object to put it into.
        if isinstance(get_at(document, pointer.rpartition("/")[0]), dict):
            document = with_value(document, pointer, data.draw(st.sampled_from(AWKWARD)))
    wanted = answer(bench.checker, document, EVERY_RULE)
    assert answer(checker, document, Origin()) == wanted
    assert answer(checker, document, Origin()) == wanted


def test_awkward_value_anywhere_gives_the_result_of_the_long_way(bench: Bench) -> None:
    """Each awkward value, at each place beside the cells and at one cell of every type, both ways."""
    checker = Checker(bench.edition)
    checker.check(bench.report)
    one_of_each = {cell.type: cell.pointer for cell in bench.edition.cells}.values()
    spots = [one for one in places(bench.report) if one not in bench.edition.cell_at and one.count("/") == 1]
    for pointer in (*one_of_each, *spots):
        for value in AWKWARD:
            document = with_value(bench.report, pointer, value)
            wanted = answer(bench.checker, document, EVERY_RULE)
            assert answer(checker, document, Origin()) == wanted, (pointer, value)


def test_report_without_fault_is_taken_the_short_way(bench: Bench) -> None:
    """A complete report is not evaluated rule by rule again and again, or there would be nothing gained."""
    checker = Checker(bench.edition)
    # The first report alone is checked without: writing the code takes longer.
    checker.check(bench.report)
    second = checker.check(bench.report)
    assert not second.findings
    assert checker.check(bench.report).rules is second.rules


def test_alternative_without_condition_always_holds(bench: Bench) -> None:
    """A rule that applies when nothing in particular is so is evaluated like one that always applies."""
    rules = [replace(rule, applies_when=((),)) for rule in bench.edition.rules]
    checker = Checker(bench.edition.with_rules(rules))
    wanted = answer(Checker(bench.edition.with_rules(rules)), bench.report, EVERY_RULE)
    assert [answer(checker, bench.report, Origin()) for _ in range(3)] == [wanted] * 3


def test_odd_rules_and_schemas_give_the_result_of_the_long_way(bench: Bench) -> None:
    """Code is written for whatever is published: one change of every kind, for every kind of test."""
    chosen: dict[tuple[str, str, object], Mutant] = {}
    for mutant in mutants(bench.edition):
        test = type(bench.edition.rule(mutant.rule).test) if mutant.rule else None
        chosen.setdefault((mutant.kind, mutant.file, test), mutant)
    for mutant in chosen.values():
        edition = changed(bench.edition, mutant)
        # One for the long way, one that goes the short way from its second report on.
        wanted, checker = answer(Checker(edition), bench.report, EVERY_RULE), Checker(edition)
        given = [answer(checker, bench.report, Origin()) for _ in range(3)]
        assert given == [wanted] * 3, mutant.id


def test_rule_without_any_check_is_kept_by_every_report(bench: Bench) -> None:
    """Nothing is asked, so nothing depends on the report."""
    bare: dict[type, Test] = {LinearTest: LinearTest(()), DateTest: DateTest(())}
    rules = [replace(rule, test=bare.get(type(rule.test), rule.test)) for rule in bench.edition.rules]
    edition = bench.edition.with_rules(rules)
    wanted, checker = answer(Checker(edition), bench.report, EVERY_RULE), Checker(edition)
    assert [answer(checker, bench.report, Origin()) for _ in range(3)] == [wanted] * 3
