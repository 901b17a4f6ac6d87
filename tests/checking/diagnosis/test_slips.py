"""The slip of the pen that is named for a wrong number, and the order in which explanations come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.checking.diagnosis.conftest import Ward, told

from disclosure_spec.checking import Slip
from disclosure_spec.checking.diagnosis.slips import slip_of

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Explanation

ROW = "/requests/outcomes/granted/"
OTHER_ROW = "/requests/outcomes/partially_granted/"
PERSON, FIRM, INSTITUTE = "natural_person", "commercial_enterprise", "research_institution"
BLOCK = "/remedies/reconsideration/"


@pytest.fixture
def small(bench_2021: Bench) -> Ward:
    """Return a report of noughts but for numbers of two and three digits in one row."""
    numbers = {ROW + PERSON: 120, ROW + FIRM: 38, "/requests/received/" + PERSON: 120}
    leaves = {cell.pointer: 0 for cell in bench_2021.leaves}
    return Ward(bench_2021, bench_2021.report_of({**leaves, **numbers, "/requests/received/" + FIRM: 38}))


@pytest.mark.parametrize(
    ("stated", "slip"),
    [
        (210, Slip.DIGITS_TRANSPOSED),
        (102, Slip.DIGITS_TRANSPOSED),
        (-120, Slip.SIGN),
        (12, Slip.DIGIT_DROPPED),
        (10, Slip.DIGIT_DROPPED),
        (1210, Slip.DIGIT_ADDED),
        (1200, Slip.DIGIT_ADDED),
        (170, Slip.DIGIT_CHANGED),
        (777, None),
        (0, None),
    ],
)
def test_slip_in_one_number(small: Ward, stated: int, slip: Slip | None) -> None:
    """A wrong number that a slip makes of the right one, 120, gets the name of that slip."""
    (explanation,) = small.only({ROW + PERSON: stated}).explanations

    assert told(explanation) == {ROW + PERSON: 120}
    assert explanation.slip is slip
    assert explanation.changes[0].slip is slip


def test_wrong_total_is_told_as_such(small: Ward) -> None:
    """A total that is not the sum is told as added up wrongly, unless its digits are transposed."""
    assert small.only({ROW + "total": 159}).explanations[0].slip is Slip.TOTAL_NOT_UPDATED
    assert small.only({ROW + "total": 185}).explanations[0].slip is Slip.DIGITS_TRANSPOSED


def test_neighbours_swapped(ward: Ward) -> None:
    """Two neighbours with each other's numbers are the likeliest of the pairs that would do."""
    swapped = {ROW + PERSON: ward.number(ROW + FIRM), ROW + FIRM: ward.number(ROW + PERSON)}

    diagnosis = ward.only(dict(swapped))

    assert diagnosis.count > 1
    assert diagnosis.explanations[0].slip is Slip.NEIGHBOURS_SWAPPED
    assert told(diagnosis.explanations[0]) == {pointer: ward.number(pointer) for pointer in swapped}


def test_neighbours_in_a_column_swapped(ward: Ward) -> None:
    """Numbers of two rows that follow each other can be swapped as well."""
    swapped = {ROW + PERSON: ward.number(OTHER_ROW + PERSON), OTHER_ROW + PERSON: ward.number(ROW + PERSON)}

    first = ward.only(dict(swapped)).explanations[0]

    assert first.slip is Slip.NEIGHBOURS_SWAPPED
    assert told(first) == {pointer: ward.number(pointer) for pointer in swapped}


def test_number_one_column_over(small: Ward) -> None:
    """A number in the next column, with nought in its own, is told as written one column over."""
    first = small.only({ROW + FIRM: 0, ROW + INSTITUTE: 38}).explanations[0]

    assert first.slip is Slip.NEXT_COLUMN
    assert told(first) == {ROW + FIRM: 38, ROW + INSTITUTE: 0}


def test_several_numbers_one_column_over(small: Ward) -> None:
    """A stretch of a row moved on by one column is told as such."""
    values = {ROW + PERSON: 0, ROW + FIRM: 120, ROW + INSTITUTE: 38}
    first = small.only(dict(values)).explanations[0]

    assert first.slip is Slip.NEXT_COLUMN
    assert told(first) == {ROW + PERSON: 120, ROW + FIRM: 38, ROW + INSTITUTE: 0}


def test_slips_of_several_cells_are_told_cell_by_cell(ward: Ward) -> None:
    """Two wrong numbers that have nothing in common each have their own slip."""
    pointer, total = ROW + PERSON, "/requests/carried_over/total"
    wrong = {pointer: int(f"{ward.number(pointer)}7"), total: ward.number(total) + 1}

    first = ward.only(dict(wrong)).explanations[0]

    assert first.slip is None
    assert {one.cell.pointer: one.slip for one in first.changes} == {
        pointer: Slip.DIGIT_ADDED,
        total: Slip.TOTAL_NOT_UPDATED,
    }


def slips(explanations: tuple[Explanation, ...]) -> list[Slip | None]:
    """Return the slip of each explanation."""
    return [one.slip for one in explanations]


def test_likeliest_explanation_comes_first(bench_2021: Bench) -> None:
    """Of the five cells of a block of table 4 the one a slip explains best comes first."""
    keys = ["upheld", "corrected", "other", "pending"]
    right = {BLOCK + key: number for key, number in zip(keys, (21, 30, 4, 5), strict=True)}
    leaves = {cell.pointer: right.get(cell.pointer, 0) for cell in bench_2021.leaves}
    ward = Ward(bench_2021, bench_2021.report_of(leaves))

    diagnosis = ward.only({BLOCK + "upheld": 12})

    assert (diagnosis.count, diagnosis.proved) == (5, False)
    assert told(diagnosis.explanations[0]) == {BLOCK + "upheld": 21}
    assert slips(diagnosis.explanations) == [
        Slip.DIGITS_TRANSPOSED, Slip.TOTAL_NOT_UPDATED, Slip.DIGIT_CHANGED, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "right", "slip"),
    [
        (961716000, 96171, None),
        (961710000, 96171, Slip.UNIT),
        (96171, 961710000, Slip.UNIT),
        (9617100000000, 96171, Slip.UNIT),
        (0, 96171, None),
    ],
)
def test_amount_in_another_unit(bench: Bench, stated: int, right: int, slip: Slip | None) -> None:
    """An amount ten thousand or a hundred million times the right one is in another unit."""
    amount = next(cell for cell in bench.edition.cells if cell.type == "amount")

    assert slip_of(stated, right, amount, frozenset()) is slip


def test_a_count_has_no_unit(bench: Bench) -> None:
    """Ten thousand times a count is no slip of units."""
    count = next(cell for cell in bench.edition.cells if cell.type == "count")

    assert slip_of(50000, 5, count, frozenset()) is None
