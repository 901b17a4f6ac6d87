"""A report with a broken structure: what it says elsewhere is taken as it is, and refused as it would be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking import Checker, Origin, Status
from disclosure_spec.checking.subset import accepts
from disclosure_spec.document import get_at, with_value
from disclosure_spec.errors import InputError

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document, JSONValue

STRUCTURE = "document.structure"


@pytest.fixture(name="checker")
def _checker(bench: Bench) -> Checker:
    """Return a checker that has seen reports without fault, as in a run over many."""
    checker = Checker(bench.edition)
    for _ in range(2):
        assert not checker.check(bench.report).findings
    return checker


def evaluated(checker: Checker, sound: Result, document: Document) -> set[str]:
    """Return the rules that were evaluated on a document, because others of their outcomes are known."""
    outcomes = zip(sound.rules, checker.check(document).rules, strict=True)
    return {one.id for known, one in outcomes if known is not one}


def test_stray_key_sends_no_rule_back_but_the_structure(bench: Bench, checker: Checker) -> None:
    """What the form does not have is looked at by no other rule."""
    sound = checker.check(bench.report)
    assert evaluated(checker, sound, {**bench.report, "unknown": 1}) == {STRUCTURE}


def test_faulty_cell_sends_only_rules_on_it_back(bench: Bench, checker: Checker) -> None:
    """A mark in a cell is a matter for the rules that look at this cell."""
    sound = checker.check(bench.report)
    for cell in bench.edition.cells[::20]:
        document = with_value(bench.report, cell.pointer, "/")
        # The part it is in as well: a rule may ask whether anything stands there.
        places = {cell.pointer, f"/{cell.pointer.split('/')[1]}"}
        concerned = {rule.id for rule in bench.edition.rules if places & bench.operands(rule)}
        assert evaluated(checker, sound, document) <= concerned | {STRUCTURE}


@pytest.mark.parametrize("value", [Decimal("3.0"), {"x-own": [1]}], ids=["count 3.0", "own object"])
def test_what_is_unusual_breaks_nothing(bench: Bench, checker: Checker, value: JSONValue) -> None:
    """A count written with a point, or an object under a key of one's own, keeps the structure."""
    pointer = bench.leaves[0].pointer if isinstance(value, Decimal) else "/x-own"
    document = with_value(bench.report, pointer, value)
    assert checker.check(document) == bench.checker.check(document, origin=Origin(unread=frozenset({"/-"})))
    assert checker.check(document).outcome(STRUCTURE).status is Status.PASS


@pytest.mark.parametrize(
    ("first", "second"), [(0.5, 10**31), (10**31, 0.5)], ids=["float first", "long first"]
)
def test_first_number_refused_is_that_of_the_document(
    bench: Bench, checker: Checker, first: JSONValue, second: JSONValue
) -> None:
    """Of several numbers that no strict reader lets in the first is named, whatever the schema says of it."""
    document: Document = {"unknown": first, **with_value(bench.report, bench.leaves[0].pointer, second)}
    with pytest.raises(InputError) as raised:
        checker.check(document)
    assert raised.value.code == ("document.float" if first == 0.5 else "document.number")


def test_what_is_put_in_its_place_is_harmless(bench: Bench, checker: Checker) -> None:
    """A report that lacks everything it may lack is mended into one whose shape is beyond doubt."""
    whole = checker._mender.mend({}, [(key,) for key in bench.edition.schema["required"]]).document  # noqa: SLF001 - seen nowhere else
    assert accepts(bench.edition.schema)(whole)
    assert checker.express.regular(whole) is not None
    assert all(get_at(whole, cell.pointer) == 0 for cell in bench.edition.cells)
