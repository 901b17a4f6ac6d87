"""What a diagnosis remembers of earlier reports is what it would find out anew."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.checking.diagnosis.test_minimal import system

from disclosure_spec.checking import Checker
from disclosure_spec.checking.diagnosis import diagnose
from disclosure_spec.checking.diagnosis.minimal import Patterns, smallest
from disclosure_spec.checking.diagnosis.system import Row
from disclosure_spec.document import with_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Bench

VALUES = (None, "/", 0, 1, 2, 5, 12, 21, 120, 999, -1)


def allowed(changes: Mapping[int, int]) -> bool:
    """Allow what is not too small, so that not every set of a pattern is accepted."""
    return min(changes.values()) > -20


@pytest.mark.parametrize("seed", range(40))
def test_pattern_is_searched_once_for_all_multiples(seed: int) -> None:
    """Equations off by so many times as much are explained as a search of their own explains them."""
    rows = system(seed)
    patterns = Patterns({at: Row(row.weights, 0) for at, row in enumerate(rows)})
    searches = set()
    for times in (1, 2, 7, -1, -3, 1):
        wanted = {at: row.wanted * times for at, row in enumerate(rows) if row.wanted}
        if wanted:
            search, factor = patterns.of(wanted)
            searches.add((search, times > 0))
            alone = [Row(row.weights, row.wanted * times) for row in rows]
            assert search.smallest(allowed, factor) == smallest(alone, allowed)
    assert len(searches) in {0, 2}


def test_report_is_diagnosed_as_if_it_were_the_first(bench: Bench) -> None:
    """Wrong numbers, blanks and marks at random: the same diagnoses as by an edition that is new."""
    checker = Checker(bench.edition)
    cells = [cell.pointer for cell in bench.edition.cells]
    for seed in range(60):
        draw = random.Random(seed)  # noqa: S311 - no secret
        document = bench.report
        for pointer in draw.sample(cells, draw.choice((1, 1, 1, 2, 3))):
            document = with_value(document, pointer, draw.choice(VALUES))
        result = checker.check(document)
        new = bench.edition.with_rules(bench.edition.rules)
        assert diagnose(result, document, bench.edition) == diagnose(result, document, new)
