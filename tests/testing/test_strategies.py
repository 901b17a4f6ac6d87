"""The strategies of `disclosure_spec.testing`: what they give, how it shrinks, what they refuse."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from disclosure_spec.document import get_at
from disclosure_spec.errors import UsageError
from disclosure_spec.rules import LinearTest
from disclosure_spec.testing import (
    breakable,
    documents,
    inconsistent,
    keywords,
    malformed,
    pairs,
)

if TYPE_CHECKING:
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

SHORT = settings(max_examples=100, deadline=None, database=None)


def leaves(value: JSONValue) -> list[JSONValue]:
    """Return the values at the ends of a document."""
    if isinstance(value, dict):
        return [leaf for child in value.values() for leaf in leaves(child)]
    return [value]


def numbers(edition: Edition, document: Document) -> dict[str, int | Decimal]:
    """Return the numbers of the cells that are not zero."""
    found = ((cell.pointer, get_at(document, cell.pointer)) for cell in edition.cells)
    return {pointer: value for pointer, value in found if isinstance(value, int | Decimal) and value}


@pytest.mark.parametrize("module", ["", ".breaking", ".consistent", ".malforming", ".related"])
def test_examples_in_docstrings_run(module: str) -> None:
    """Every example in the docstrings gives what it says."""
    result = doctest.testmod(importlib.import_module(f"disclosure_spec.testing{module}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_missing_hypothesis_names_the_extra() -> None:
    """Without Hypothesis the import says which extra to install."""
    code = "import sys; sys.modules['hypothesis'] = None; import disclosure_spec.testing"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ImportError" in done.stderr
    assert "disclosure-spec[testing]" in done.stderr


def test_smallest_document_is_all_zeros(edition: Edition) -> None:
    """A document shrinks to zeros, the first year, no optional key and texts of what the rules ask for."""
    smallest = find(documents(edition), lambda _: True)
    assert numbers(edition, smallest) == {}
    assert smallest["report_year"] == edition.form["report_years"]["first"]
    assert set(smallest) == set(edition.schema["required"])
    assert all(len(leaf) <= 40 for leaf in leaves(smallest) if isinstance(leaf, str))


def test_document_shrinks_to_the_cells_that_matter(edition: Edition) -> None:
    """A document with one number asked for shrinks to that number and what follows from it."""
    rule = next(one for one in edition.rules if isinstance(one.test, LinearTest) and one.severity == "error")
    assert isinstance(rule.test, LinearTest)
    pointer = rule.test.equations[0].terms[0].pointer
    smallest = find(
        documents(edition),
        lambda document: numbers(edition, document).get(pointer, 0) >= 7,
    )
    found = numbers(edition, smallest)
    assert set(found.values()) == {7}
    assert len(found) <= 8


def test_texts_are_tidy(edition: Edition) -> None:
    """No text has a blank line or spaces round a line, so that every format can keep it."""

    @SHORT
    @given(documents(edition))
    def tidy(document: Document) -> None:
        for leaf in leaves(document):
            if isinstance(leaf, str):
                assert [line.strip() for line in leaf.split("\n") if line.strip()] == leaf.split("\n")

    tidy()


def test_broken_equation_shrinks_to_one_wrong_cell(edition: Edition) -> None:
    """The smallest document that breaks a rule on totals has one number, the wrong one."""
    rule = next(one for one in edition.rules if one.id == "remedies.total")
    document, pointers = find(inconsistent(edition, rule.id), lambda _: True)
    assert numbers(edition, document) == {pointers[0]: 1}


def test_rules_not_evaluated_on_one_report_cannot_be_broken(edition: Edition) -> None:
    """Trial rules and unknown ones are refused by name; all active rules can be broken."""
    assert set(breakable(edition)) == {rule.id for rule in edition.rules if rule.status == "active"}
    for rule, code in (("previous.carried_over", "testing.rule"), ("no.such", "rule.unknown")):
        with pytest.raises(UsageError) as caught:
            inconsistent(edition, rule)
        assert caught.value.code == code


def test_keyword_the_schema_does_not_have_cannot_be_broken(edition: Edition) -> None:
    """A keyword that the schema has not, or that no document can break alone, is refused."""
    assert "required" in keywords(edition)
    with pytest.raises(UsageError) as caught:
        malformed(edition, "uniqueItems")
    assert caught.value.code == "testing.keyword"


def test_pair_is_of_one_body(edition: Edition) -> None:
    """Both reports of a pair name the same body, for years that follow each other."""

    @settings(SHORT, max_examples=50)
    @given(pairs(edition), st.just(0))
    def one_body(pair: tuple[Document, Document], _: int) -> None:
        previous, current = pair
        assert current["reporting_body"] == previous["reporting_body"]
        assert isinstance(previous["report_year"], int)
        assert current["report_year"] == previous["report_year"] + 1

    one_body()
