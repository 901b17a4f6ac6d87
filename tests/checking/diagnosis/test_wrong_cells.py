"""One wrong cell of table 3 is located, of two the true pair is listed, whatever the size of the numbers."""

from __future__ import annotations

import os
import random
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from tests.checking.diagnosis.conftest import Ward, told

from disclosure_spec.checking.diagnosis.minimal import smallest
from disclosure_spec.checking.diagnosis.system import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Bench

TABLE = "/requests/"
MAGNITUDES = (0, 1, 10**3, 10**7, 10**14)
EVERY_PAIR = os.environ.get("DISCLOSURE_SPEC_PAIRS") == "all"
"""Whether all pairs of cells go through the whole check, which takes minutes; a sample does otherwise."""
SAMPLE = 120


def table(bench: Bench) -> list[str]:
    """Return the pointers of the cells of table 3."""
    return [cell.pointer for cell in bench.edition.cells if cell.pointer.startswith(TABLE)]


def report_of(bench: Bench, magnitude: int) -> Ward:
    """Return a right report whose largest totals are of one magnitude; 0 is a report of noughts."""
    draw = random.Random(magnitude)  # noqa: S311 - no secret
    # Two hundred cells at most are added up, so that no total has more than 15 digits.
    leaves = {cell.pointer: draw.randint(magnitude // 200, magnitude // 100) for cell in bench.leaves}
    return Ward(bench, bench.report_of(leaves))


def slipped(right: int, magnitude: int, draw: random.Random) -> int:
    """Return another number of the same magnitude."""
    return draw.choice([one for one in (draw.randint(0, max(9, magnitude)), right + 1) if one != right])


@pytest.mark.parametrize("magnitude", MAGNITUDES)
def test_every_single_wrong_cell_is_located(bench: Bench, magnitude: int) -> None:
    """Any cell of table 3 with any other number is named alone, with the right one, and this is proved."""
    ward = report_of(bench, magnitude)
    draw = random.Random(magnitude + 1)  # noqa: S311 - no secret
    cells = table(bench)
    assert len(cells) == {"2019": 161, "2021": 175}[bench.edition.name]
    for pointer in cells:
        right = ward.number(pointer)
        findings, (diagnosis,) = ward.diagnose({pointer: slipped(int(right), magnitude, draw)})
        assert [told(one) for one in diagnosis.explanations] == [{pointer: right}]
        assert (diagnosis.count, diagnosis.proved, diagnosis.complete) == (1, True, True)
        broken = {at for at, one in enumerate(findings) if one.equation and one.severity == "error"}
        assert set(diagnosis.findings) == broken


def equations(bench: Bench) -> list[dict[int, int]]:
    """Return the equations of table 3 over positions in form order."""
    index = {cell.pointer: cell.index for cell in bench.edition.cells}
    return [
        {index[term.pointer]: term.coefficient for term in equation.terms}
        for equation in bench.equations
        if equation.terms[0].pointer.startswith(TABLE)
    ]


def pairs(bench: Bench, seed: int) -> Iterator[tuple[dict[int, int], list[Row]]]:
    """Yield for each pair of cells an error in both, and what the equations then want."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    system = equations(bench)
    cells = sorted({cell for weights in system for cell in weights})
    for pair in combinations(cells, 2):
        # Small numbers, so that errors cancel each other often.
        errors = {cell: draw.choice((-2, -1, 1, 2, 10**13)) for cell in pair}
        rows = [
            Row(weights, -sum(weights.get(cell, 0) * by for cell, by in errors.items())) for weights in system
        ]
        yield errors, rows


def test_true_pair_is_among_the_smallest_sets(bench: Bench) -> None:
    """Of every two cells of table 3, wrong by any amounts, the true pair is listed, and no cell alone."""
    count = 0
    for errors, rows in pairs(bench, 7):
        count += 1
        found = smallest(rows, lambda _: True)
        assert found.complete
        assert found.at_least == 2
        assert {cell: -by for cell, by in errors.items()} in found.sets
    assert count == {"2019": 12880, "2021": 15225}[bench.edition.name]


def test_true_pair_is_given_with_its_numbers(bench_2021: Bench) -> None:
    """Checked as a whole report, two wrong numbers are among the explanations with the right ones."""
    ward = report_of(bench_2021, 10**4)
    draw = random.Random(5)  # noqa: S311 - no secret
    chosen = list(combinations(table(bench_2021), 2))
    assert len(chosen) == 15225
    for pair in chosen if EVERY_PAIR else draw.sample(chosen, SAMPLE):
        right = {pointer: ward.number(pointer) for pointer in pair}
        wrong = {pointer: slipped(int(value), 10**4, draw) for pointer, value in right.items()}
        _, diagnoses = ward.diagnose(dict(wrong))
        (diagnosis,) = diagnoses
        assert diagnosis.complete
        assert not diagnosis.proved
        assert diagnosis.count == len(diagnosis.explanations)
        assert right in [told(one) for one in diagnosis.explanations], pair


def test_three_wrong_cells_are_never_taken_for_one_that_is_proved_by_chance(bench: Bench) -> None:
    """Three wrong cells are explained by three or fewer, and the numbers given always mend the report."""
    ward = report_of(bench, 10**4)
    draw = random.Random(11)  # noqa: S311 - no secret
    for _ in range(20):
        chosen = draw.sample(table(bench), 3)
        wrong = {one: slipped(int(ward.number(one)), 10**4, draw) for one in chosen}
        diagnosis = ward.only(dict(wrong))
        assert 1 <= len(diagnosis.explanations[0].changes) <= 3
        for explanation in diagnosis.explanations:
            findings, diagnoses = ward.diagnose({**wrong, **told(explanation)})
            assert not [one for one in findings if one.equation]
            assert diagnoses == ()
