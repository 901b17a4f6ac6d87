"""Laws of the linear rules: sums that add up always pass, and any change to one of them is seen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from disclosure_spec.checking import Status, Verdict
from disclosure_spec.document import get_at, with_value
from disclosure_spec.rules import LinearTest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from tests.conftest import Bench

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document, JSONValue

SETTINGS = settings(
    deadline=None, max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
LARGEST = 10**15 - 1
MOST_CELLS = 200
ADDED_UP = ("/requests/", "/remedies/")

small = st.integers(0, LARGEST // (4 * MOST_CELLS))
"""A number so small that all cells of a form together stay within fifteen digits."""

magnitudes = st.one_of(small, st.integers(0, 9), st.integers(0, 13).map(lambda power: 10**power // 1000))
numbers = st.lists(magnitudes, min_size=MOST_CELLS, max_size=MOST_CELLS)
places = st.integers(0, MOST_CELLS - 1)
HOLDS: Mapping[str, Callable[[Fraction], bool]] = {
    "=": lambda total: total == 0,
    "<=": lambda total: total <= 0,
    ">=": lambda total: total >= 0,
}
cell_values: st.SearchStrategy[JSONValue] = st.one_of(
    st.integers(0, 3),
    st.integers(-LARGEST, LARGEST),
    st.integers(-(10**9), 10**9).map(lambda digits: Decimal(digits).scaleb(-6)),
    st.sampled_from([None, "/", True, Decimal("0.1"), Decimal("0.2"), Decimal("0.30")]),
)


def report(bench: Bench, values: Sequence[int], factor: int = 1) -> Document:
    """Return a report whose leaves hold the numbers, each times the factor, and whose totals follow."""
    return bench.report_of({cell.pointer: values[cell.index] * factor for cell in bench.leaves})


def added_up(bench: Bench) -> list[str]:
    """Return the cells of the tables that are added up."""
    return [cell.pointer for cell in bench.edition.cells if cell.pointer.startswith(ADDED_UP)]


def errors(bench: Bench, result: Result) -> list[tuple[str, Any]]:
    """Return rule and difference of each error of a linear rule."""
    linear = {rule.id for rule in bench.rules(LinearTest)}
    return [
        (one.rule, one.difference)
        for one in result.findings
        if one.rule in linear and one.severity == "error"
    ]


@SETTINGS
@given(values=numbers)
@example(values=[0] * MOST_CELLS)
@example(values=[1] * MOST_CELLS)
@example(values=[LARGEST // (4 * MOST_CELLS)] * MOST_CELLS)
def test_sums_that_add_up_pass(bench: Bench, values: list[int]) -> None:
    """Whatever the leaves, a report with the totals that follow from them conforms."""
    result = bench.checker.check(report(bench, values))
    assert errors(bench, result) == []
    assert result.outcome("cells.counts").status is Status.PASS
    assert result.verdict is Verdict.CONFORMS


@SETTINGS
@given(place=places, value=st.integers(10**14, LARGEST))
def test_fifteen_digits_add_up(bench: Bench, place: int, value: int) -> None:
    """A report with one leaf of fifteen digits, and the totals this makes, conforms."""
    leaf = bench.leaves[place % len(bench.leaves)].pointer
    document = bench.report_of({cell.pointer: value if cell.pointer == leaf else 0 for cell in bench.leaves})
    result = bench.checker.check(document)
    assert errors(bench, result) == []
    assert result.verdict is Verdict.CONFORMS


@SETTINGS
@given(values=numbers, place=places, change=st.integers(-LARGEST, LARGEST).filter(bool))
def test_one_change_is_seen(bench: Bench, values: list[int], place: int, change: int) -> None:
    """Any change to one cell breaks two equations of requests or one of remedies, each by that much."""
    cells = added_up(bench)
    pointer = cells[place % len(cells)]
    document = report(bench, values)
    value = get_at(document, pointer)
    assert isinstance(value, int)
    found = errors(bench, bench.checker.check(with_value(document, pointer, value + change)))
    assert len(found) >= (2 if pointer.startswith("/requests/") else 1)
    assert {abs(difference) for _, difference in found} == {abs(change)}


@SETTINGS
@given(values=numbers, factor=st.integers(2, 4))
def test_multiples_add_up(bench: Bench, values: list[int], factor: int) -> None:
    """A report that adds up still does when every number is multiplied."""
    assert bench.checker.check(report(bench, values, factor)).verdict is Verdict.CONFORMS
    document = report(bench, values)
    for pointer in added_up(bench):
        value = get_at(document, pointer)
        assert isinstance(value, int)
        document = with_value(document, pointer, value * factor)
    assert errors(bench, bench.checker.check(document)) == []


@SETTINGS
@given(values=numbers, data=st.data())
def test_applicants_may_change_places(bench: Bench, values: list[int], data: st.DataObject) -> None:
    """A report that adds up still does when the columns of two applicants are exchanged."""
    document = report(bench, values)
    received = get_at(document, "/requests/received")
    assert isinstance(received, dict)
    applicants = [key for key in received if key != "total"]
    exchanged = dict(zip(applicants, data.draw(st.permutations(applicants)), strict=True))
    changed = document
    for cell in bench.edition.cells:
        row, _, column = cell.pointer.rpartition("/")
        if row.startswith("/requests") and column in exchanged:
            changed = with_value(changed, cell.pointer, get_value(document, f"{row}/{exchanged[column]}"))
    assert errors(bench, bench.checker.check(changed)) == []


def get_value(document: Document, pointer: str) -> int:
    """Return the whole number at a pointer."""
    value = get_at(document, pointer)
    assert isinstance(value, int)
    return value


@SETTINGS
@given(values=numbers, decimal_places=st.integers(1, 6))
@example(values=[index % 3 + 1 for index in range(MOST_CELLS)], decimal_places=1)
def test_decimals_are_exact(bench: Bench, values: list[int], decimal_places: int) -> None:
    """Sums of decimals add up exactly, tenths included, and one unit in the last place is seen."""
    document = report(bench, values)
    cells = added_up(bench)
    for pointer in cells:
        exact = Decimal(get_value(document, pointer)).scaleb(-decimal_places)
        document = with_value(document, pointer, exact)
    assert errors(bench, bench.checker.check(document)) == []
    first = get_at(document, cells[0])
    assert isinstance(first, Decimal)
    least = Decimal(1).scaleb(-decimal_places)
    found = errors(bench, bench.checker.check(with_value(document, cells[0], first + least)))
    assert {abs(difference) for _, difference in found} == {least}


@SETTINGS
@given(values=numbers, zeros=st.integers(1, 4), place=places, change=st.integers(0, 2))
def test_whole_number_may_be_written_with_decimals(
    bench: Bench, values: list[int], zeros: int, place: int, change: int
) -> None:
    """3.0 counts as 3: rules come to the same whichever way whole numbers are written."""
    cells = [cell.pointer for cell in bench.edition.cells if cell.type != "amount"]
    document = report(bench, values)
    pointer = cells[place % len(cells)]
    document = with_value(document, pointer, get_value(document, pointer) + change)
    other = document
    for pointer in cells:
        digits = str(get_value(document, pointer))
        other = with_value(other, pointer, Decimal(f"{digits}.{'0' * zeros}"))
    assert bench.checker.check(other) == bench.checker.check(document)


@SETTINGS
@given(values=st.lists(cell_values, min_size=MOST_CELLS, max_size=MOST_CELLS))
def test_equations_come_to_what_the_published_rules_say(bench: Bench, values: list[JSONValue]) -> None:
    """On any cells the status of each equation is what its published terms give in exact fractions."""
    document = bench.report
    for cell in bench.edition.cells:
        document = with_value(document, cell.pointer, values[cell.index])
    result = bench.checker.check(document)
    for rule in bench.edition.published_rules["rules"]:
        if rule["test"]["kind"] == "linear" and rule["status"] == "active" and not rule["applies_when"]:
            wanted = [evaluate(instance, document) for instance in rule["test"]["instances"]]
            instances = result.outcome(rule["id"]).instances
            assert instances == {status: wanted.count(status) for status in set(wanted)}


def evaluate(instance: Mapping[str, Any], document: Document) -> Status:
    """Return the status of one published equation, the way a program in any language would find it."""
    total = Fraction(0)
    for coefficient, pointer in instance["terms"]:
        value = get_at(document, pointer)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return Status.NOT_CHECKED
        total += coefficient * Fraction(value)
    return Status.PASS if HOLDS[instance["relation"]](total) else Status.FAIL
