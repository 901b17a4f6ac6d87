"""Whatever stands in a report, the numbers suggested mend it, and the form allows them."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.checking.diagnosis.conftest import Ward, told

from disclosure_spec.checking import Checker
from disclosure_spec.checking.diagnosis import diagnose
from disclosure_spec.document import with_value

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Finding
    from disclosure_spec.document import JSONValue

VALUES: tuple[JSONValue, ...] = (
    None, "/", "无", "12", True, 0, 1, -1, 10**15, -(10**29), Decimal("2.5"), Decimal("-0.000001"),
    Decimal("1E+3"), 10**14, 999_999_999_999_999, [], {}, {"zh": 1},
)  # fmt: skip
SECTIONS = ("/requests", "/remedies", "/requests/outcomes", "/remedies/litigation")


def failing(findings: tuple[Finding, ...]) -> set[tuple[str, tuple[str, ...]]]:
    """Return the binding equations that do not hold."""
    return {(one.rule, one.pointers) for one in findings if one.equation and one.severity == "error"}


@pytest.mark.parametrize("seed", range(40))
def test_whatever_stands_in_the_cells(bench: Bench, seed: int) -> None:
    """A finding is in one diagnosis at most, and an explanation mends what that is about and no more."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    cells = [cell.pointer for cell in bench.edition.cells]
    values = {pointer: draw.choice(VALUES) for pointer in draw.sample(cells, draw.choice((1, 2, 3, 5, 60)))}
    ward = Ward(bench, bench.with_values(values))

    findings, diagnoses = ward.diagnose({})

    positions = [at for one in diagnoses for at in one.findings]
    assert len(positions) == len(set(positions))
    assert set(positions) <= set(range(len(findings)))
    broken = failing(findings)
    for diagnosis in diagnoses:
        assert len(diagnosis.explanations) <= diagnosis.count
        if not findings[diagnosis.findings[0]].equation:
            continue
        about = failing(tuple(findings[at] for at in diagnosis.findings))
        for explanation in diagnosis.explanations[:3]:
            mended, _ = ward.diagnose(dict(told(explanation)))
            assert failing(mended) == broken - about
            changed = {one.cell.pointer for one in explanation.changes}
            assert not [one for one in mended if len(one.pointers) == 1 and one.pointers[0] in changed]


@pytest.mark.parametrize("pointer", SECTIONS)
@pytest.mark.parametrize("value", [None, "无", [], {}, 3], ids=repr)
def test_whatever_stands_for_a_table(bench: Bench, pointer: str, value: JSONValue) -> None:
    """A table that is missing, text or a list leaves nothing to be told, and raises nothing."""
    document = with_value(bench.report, pointer, value)
    result = Checker(bench.edition).check(document)

    assert all(not one.proved for one in diagnose(result, document, bench.edition))
