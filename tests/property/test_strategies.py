"""Laws of the strategies: what they call consistent is, what they break is broken there alone."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from disclosure_spec.checking import Verdict
from disclosure_spec.checking.subset import accepts
from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.rules import LinearTest
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

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis import strategies as st
    from tests.conftest import Bench

    from disclosure_spec.document import Document
    from disclosure_spec.rules import Equation
    from disclosure_spec.testing import Broken, Family, Pair

MANY = settings(max_examples=100, deadline=None)
FEW = settings(max_examples=15, deadline=None)
EDITIONS = [installed().edition(name) for name in installed().names()]
RULES = [(edition.name, rule) for edition in EDITIONS for rule in breakable(edition)]
KEYWORDS = [(edition.name, keyword) for edition in EDITIONS for keyword in keywords(edition)]


@pytest.fixture(scope="module")
def benches(bench_2019: Bench, bench_2021: Bench) -> Mapping[str, Bench]:
    """Return the benches by edition."""
    return {one.edition.name: one for one in (bench_2019, bench_2021)}


@pytest.mark.parametrize(("sparse", "strict"), [(True, True), (False, True), (True, False)])
def test_documents_conform(bench: Bench, *, sparse: bool, strict: bool) -> None:
    """Every document is valid by the schema and conforms; of strict ones nothing at all is found."""
    is_report = accepts(bench.edition.schema)

    @MANY
    @given(documents(bench.edition, sparse=sparse, strict=strict))
    def conform(document: Document) -> None:
        result = bench.checker.check(document)
        assert result.verdict is Verdict.CONFORMS
        assert not (strict and result.findings)
        assert is_report(document)

    conform()


def test_drafts_are_drafts(bench: Bench) -> None:
    """Every draft is valid by the schema of drafts, and not by that of finished reports."""
    is_draft, is_report = (accepts(one) for one in (bench.edition.draft_schema, bench.edition.schema))

    @MANY
    @given(drafts(bench.edition))
    def unfinished(document: Document) -> None:
        assert is_draft(document)
        assert None in ends(document)
        assert not is_report({**document, "$schema": bench.edition.schema["$id"]})

    unfinished()


def ends(document: Document) -> list[object]:
    """Return the values at the ends of a document."""
    return [
        end for value in document.values() for end in (ends(value) if isinstance(value, dict) else [value])
    ]


@pytest.mark.parametrize(("name", "rule_id"), RULES)
def test_broken_rule_fails_once_and_others_only_with_it(
    benches: Mapping[str, Bench], name: str, rule_id: str
) -> None:
    """The named rule fails once, at what was changed, and no other rule fails that does not look at it."""
    bench = benches[name]
    operands = {rule.id: bench.operands(rule) for rule in bench.edition.rules}

    @FEW
    @given(inconsistent(bench.edition, rule_id))
    def fails_once(broken: Broken) -> None:
        findings = bench.checker.check(broken.document).findings
        (finding,) = (one for one in findings if one.rule == rule_id)
        assert {cell.pointer for cell in finding.cells} & {*broken.pointers}
        for other in {one.rule for one in findings} - {rule_id}:
            assert operands[other] & {*broken.pointers}

    fails_once()


@pytest.mark.parametrize(("name", "keyword"), KEYWORDS)
def test_malformed_document_breaks_one_constraint(
    benches: Mapping[str, Bench], name: str, keyword: str
) -> None:
    """The schema refuses the document for that keyword alone, at the pointer given."""
    validator = Draft202012Validator(benches[name].edition.schema)

    @FEW
    @given(malformed(benches[name].edition, keyword))
    def one_constraint(broken: Broken) -> None:
        (error,) = validator.iter_errors(broken.document)
        (pointer,) = broken.pointers
        assert error.validator == keyword
        assert pointer.startswith("".join(f"/{part}" for part in error.absolute_path))

    one_constraint()


def test_pairs_follow_each_other(bench: Bench) -> None:
    """Both years conform, and every equation between them holds."""
    strategy: st.SearchStrategy[Pair] = pairs(bench.edition)

    @FEW
    @given(strategy)
    def follow(pair: Pair) -> None:
        assert [bench.checker.check(one).findings for one in pair] == [(), ()]
        for equation in between(bench, "previous"):
            assert weigh(equation, pair.current, [pair.previous]) == 0

    follow()


def test_families_add_up(bench: Bench) -> None:
    """The government and its bodies conform, and every equation between them holds."""
    strategy: st.SearchStrategy[Family] = families(bench.edition)

    @FEW
    @given(strategy)
    def add_up(family: Family) -> None:
        assert not any(bench.checker.check(one).findings for one in (family.whole, *family.parts))
        for equation in between(bench, "parts"):
            assert weigh(equation, family.whole, family.parts) == 0

    add_up()


def between(bench: Bench, of: str) -> list[Equation]:
    """Return the equalities between a report and others."""
    found = [
        equation
        for rule in bench.edition.rules
        if isinstance(rule.test, LinearTest)
        for equation in rule.test.equations
        if equation.relation == "=" and of in {term.of for term in equation.terms}
    ]
    assert found
    return found


def weigh(equation: Equation, document: Document, others: Sequence[Document]) -> int | Decimal:
    """Return the weighted sum of an equation over a report and others."""
    total: int | Decimal = 0
    for term in equation.terms:
        for one in [document] if term.of == "document" else others:
            value = get_at(one, term.pointer)
            assert isinstance(value, int | Decimal)
            total += term.coefficient * value
    return total
