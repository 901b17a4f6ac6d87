"""The strategies of `disclosure_spec.testing`: what they give, how it shrinks, what they refuse."""

from __future__ import annotations

import doctest
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, find, given, settings

import disclosure_spec.testing
from disclosure_spec.checking import Checker
from disclosure_spec.checking.subset import accepts
from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.errors import UsageError
from disclosure_spec.rules import LinearTest
from disclosure_spec.testing import (
    breakable,
    documents,
    drafts,
    families,
    inconsistent,
    inconsistent_families,
    inconsistent_pairs,
    keywords,
    malformed,
    pairs,
)
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.malforming import malformed_at, sites

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from hypothesis import strategies as st

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing import BrokenFamily, BrokenPair, Family, Pair

SHORT = settings(max_examples=100, deadline=None, database=None)
FEW = settings(SHORT, max_examples=12, derandomize=True)
QUICK = settings(SHORT, max_examples=20)
ONE = settings(SHORT, max_examples=1, phases=[Phase.generate])
SAME = settings(SHORT, max_examples=300, derandomize=True, phases=[Phase.generate])


def leaves(value: JSONValue) -> list[JSONValue]:
    """Return the values at the ends of a document, without those under keys of its own."""
    if isinstance(value, dict):
        known = {key: child for key, child in value.items() if not key.startswith("x-")}
        return [leaf for child in known.values() for leaf in leaves(child)]
    return [value]


def numbers(edition: Edition, document: Document) -> dict[str, int | Decimal]:
    """Return the numbers of the cells that are not zero."""
    found = ((cell.pointer, get_at(document, cell.pointer)) for cell in edition.cells)
    return {pointer: value for pointer, value in found if isinstance(value, int | Decimal) and value}


def examples(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Return the same three hundred examples of a strategy at every call."""
    found: list[Any] = []

    @SAME
    @given(strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    return found


@pytest.mark.parametrize("name", ["", *disclosure_spec.testing.__all__])
def test_examples_in_docstrings_run(name: str) -> None:
    """The package and every public name has an example, which gives what it says."""
    item = getattr(disclosure_spec.testing, name) if name else disclosure_spec.testing
    finder, runner = doctest.DocTestFinder(recurse=False), doctest.DocTestRunner()
    for test in finder.find(item, item.__name__):
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0
    assert runner.tries > 0


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
    assert smallest["report_year"] == kit_of(edition).years("/report_year")[0]
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
    asked = found[pointer]
    assert set(found.values()) <= {
        asked,
        2 * asked,
    }  # twice as many people as sessions, by a rule of one edition
    assert len(found) <= 8


def test_texts_are_tidy(edition: Edition) -> None:
    """No text of the form has a blank line or spaces round a line, so that every format can keep it."""

    @SHORT
    @given(documents(edition))
    def tidy(document: Document) -> None:
        for leaf in leaves(document):
            if isinstance(leaf, str):
                assert [line.strip() for line in leaf.split("\n") if line.strip()] == leaf.split("\n")

    tidy()


def is_dressed(document: Document) -> bool:
    """Tell whether a report holds a key of its own, or a number with zeros at the end or an exponent."""
    ends = (one for one in leaves(document) if isinstance(one, Decimal))
    objects = (one for one in (document, *document.values()) if isinstance(one, dict))
    spelled = any(str(one) != str(one.normalize()) or one == one.to_integral_value() for one in ends)
    return spelled or any(key.startswith("x-") for one in objects for key in one)


def test_reports_meet_what_json_may_hold(edition: Edition) -> None:
    """Among three hundred reports are all sizes of totals, spellings, own keys, long and strange texts."""
    found = examples(documents(edition))
    sizes = {len(str(int(value))) for one in found for value in numbers(edition, one).values()}
    assert {*range(1, 16)} <= sizes
    values = [value for one in found for value in numbers(edition, one).values()]
    exponents = {value.as_tuple().exponent for value in values if isinstance(value, Decimal)}
    assert min(map(int, exponents)) < 0
    known = edition.schema["properties"]
    objects = [one for report in found for one in (report, *report.values()) if isinstance(one, dict)]
    assert any(key.startswith("x-") for one in objects for key in one)
    assert {key[:2] for report in found for key in report if key not in known} <= {"x-"}
    texts = [leaf for one in found for leaf in leaves(one) if isinstance(leaf, str)]
    assert max(map(len, texts)) > 100
    characters = {*"".join(texts)}
    assert {"\u200f", "\u3000", "\u0301", "Ａ", "𠀀", '"', "\n"} <= characters
    empty = sum(not numbers(edition, one) for one in found)
    assert empty < len(found) // 2


def test_dense_reports_are_dense(edition: Edition) -> None:
    """Of reports that are not sparse most have a number in most of their cells."""
    found = examples(documents(edition, sparse=False, plain=True))
    filled = [len(numbers(edition, one)) for one in found]
    assert 3 * sum(2 * one > len(edition.cells) for one in filled) > 2 * len(found)


def test_plain_reports_hold_what_a_printed_form_shows(edition: Edition) -> None:
    """A plain report has no key of its own, no number spelled otherwise, no character nobody sees."""
    for document in examples(documents(edition, plain=True)):
        assert not is_dressed(document)
        assert set(document) <= set(edition.schema["properties"])
        assert not {"\u200f", "\u200d", "\xad"} & {*"".join(map(str, leaves(document)))}


def test_every_report_goes_through_its_own_edition(edition: Edition) -> None:
    """Of any edition, reports and drafts have their structure, and in reports nothing is found."""
    checker, is_report, is_draft = Checker(edition), accepts(edition.schema), accepts(edition.draft_schema)

    @QUICK
    @given(documents(edition), documents(edition, sparse=False), drafts(edition))
    def through(some: Document, full: Document, draft: Document) -> None:
        for document in (some, full):
            assert is_report(document)
            assert checker.check(document).findings == ()
        assert is_draft(draft)

    through()


def test_pair_holds_together(edition: Edition) -> None:
    """Nothing is found in the second of two years, not even that a figure changed much."""
    checker = Checker(edition)

    @settings(SHORT, max_examples=50)
    @given(pairs(edition))
    def together(pair: Pair) -> None:
        assert checker.check(pair.previous).findings == ()
        assert checker.check(pair.current, previous=pair.previous).findings == ()
        assert year(pair.current) == year(pair.previous) + 1
        assert pair.current["reporting_body"] == pair.previous["reporting_body"]

    together()


def test_years_differ(edition: Edition) -> None:
    """Two years are not twice the same: figures rise and fall between them."""
    found = examples(pairs(edition, plain=True))
    ratios = {
        (later[one] > value) - (later[one] < value)
        for pair in found
        for later in [numbers(edition, pair.current)]
        for one, value in numbers(edition, pair.previous).items()
        if one in later
    }
    assert ratios == {-1, 0, 1}


def year(document: Document) -> int:
    """Return the year of a report."""
    value = document["report_year"]
    assert isinstance(value, int)
    return value


def test_lax_pair_may_change_much(edition: Edition) -> None:
    """Of a pair that is not strict only inequalities between the years may fail."""
    checker = Checker(edition)
    of = {rule: {one.relation for one in equations(edition, rule)} for rule in breakable(edition, "previous")}

    @QUICK
    @given(pairs(edition, strict=False))
    def lax(pair: Pair) -> None:
        assert checker.check(pair.current).findings == ()
        found = {one.rule for one in checker.check(pair.current, previous=pair.previous).findings}
        assert all("=" not in of[rule] for rule in found)

    lax()


def equations(edition: Edition, rule: str) -> tuple[Any, ...]:
    """Return the equations of a linear rule."""
    test = edition.rule(rule).test
    assert isinstance(test, LinearTest)
    return test.equations


def test_family_adds_up(edition: Edition) -> None:
    """Nothing is found in a whole held against its parts, nor in any part."""
    checker = Checker(edition)

    @QUICK
    @given(families(edition))
    def adds_up(family: Family) -> None:
        assert checker.check(family.whole, parts=family.parts).findings == ()
        assert not any(checker.check(part).findings for part in family.parts)

    adds_up()


def test_rules_between_reports_are_broken_once(edition: Edition) -> None:
    """Each rule between reports fails once, where the change is, and the other reports stay without fault."""
    checker = Checker(edition)

    def is_broken(rule: str, broken: BrokenPair | BrokenFamily) -> None:
        if isinstance(broken, disclosure_spec.testing.BrokenPair):
            result = checker.check(broken.current, previous=broken.previous)
            others: tuple[Document, ...] = (broken.previous,)
        else:
            result = checker.check(broken.whole, parts=broken.parts)
            others = broken.parts
        (finding,) = (one for one in result.findings if one.rule == rule)
        assert {*broken.pointers} & {cell.pointer for cell in finding.cells}
        assert not any(checker.check(one).findings for one in others)

    def put_to_test(rule: str, strategy: st.SearchStrategy[Any]) -> None:
        @FEW
        @given(strategy)
        def once(broken: BrokenPair | BrokenFamily) -> None:
            is_broken(rule, broken)

        once()

    for rule in breakable(edition, "previous"):
        put_to_test(rule, inconsistent_pairs(edition, rule))
    for rule in breakable(edition, "parts"):
        put_to_test(rule, inconsistent_families(edition, rule))


def test_rule_of_another_kind_of_reports_is_refused(edition: Edition) -> None:
    """A rule on one report is none between reports."""
    rule = breakable(edition)[0]
    makers: list[Callable[[Edition, str], object]] = [inconsistent_pairs, inconsistent_families]
    for make in makers:
        with pytest.raises(UsageError) as caught:
            make(edition, rule)
        assert caught.value.code == "testing.rule"


def test_rules_of_each_kind_break_in_a_small_report() -> None:
    """The smallest report that breaks a rule has few numbers, short texts and nothing strange in it."""
    edition = installed().edition("2021")
    kinds = {type(rule.test): rule for rule in edition.rules if rule.id in breakable(edition)}
    for rule in kinds.values():
        document, pointers = find(inconsistent(edition, rule.id), lambda _: True, settings=FEW)
        kept = {one for one in numbers(edition, document) if one not in pointers}
        assert len(kept) <= 6, rule.id
        longest = getattr(rule.test, "characters", 0) + 100
        texts = (one for one in leaves(document) if isinstance(one, str))
        assert max(map(len, texts)) <= longest, rule.id
        assert set(document) <= set(edition.schema["properties"]), rule.id


def test_rules_not_evaluated_on_one_report_cannot_be_broken(edition: Edition) -> None:
    """Rules between reports and unknown ones are refused by name; all active rules can be broken."""
    assert set(breakable(edition)) == {rule.id for rule in edition.rules if rule.status == "active"}
    between = breakable(edition, "previous")
    assert between
    for rule, code in ((between[0], "testing.rule"), ("no.such", "rule.unknown")):
        with pytest.raises(UsageError) as caught:
            inconsistent(edition, rule)
        assert caught.value.code == code


def test_keyword_the_schema_does_not_have_cannot_be_broken(edition: Edition) -> None:
    """A keyword that the schema has not, or that no document can break alone, is refused."""
    assert "required" in keywords(edition)
    with pytest.raises(UsageError) as caught:
        malformed(edition, "uniqueItems")
    assert caught.value.code == "testing.keyword"


def test_number_in_place_of_a_whole_one_is_in_its_range(edition: Edition) -> None:
    """A year that is no whole number is wrong for that alone, not for being too small as well."""
    (year,) = (one for one in sites(edition, "type") if one.pointer == "/report_year")
    for broken in examples(malformed_at(edition, "type", [year])):
        value = broken.document["report_year"]
        assert not isinstance(value, Decimal) or value >= year.schema["minimum"]


def test_every_place_of_the_schema_can_be_broken(edition: Edition) -> None:
    """At each place of each keyword a document is made that the schema refuses for it."""
    is_report = accepts(edition.schema)
    for keyword in keywords(edition):
        places = sites(edition, keyword)
        assert places
        for node in places if len(places) <= len(edition.sections) else places[:: max(1, len(places) // 8)]:
            broken = find(malformed_at(edition, keyword, [node]), lambda _: True, settings=ONE)
            assert not is_report(broken.document), (keyword, node.pointer)
            assert broken.pointers[0].startswith(node.pointer)
