"""What a diagnosis says, word for word, in both languages; the words stand in `messages.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.checking.diagnosis.conftest import Ward

if TYPE_CHECKING:
    from tests.conftest import Bench

GRANTED, RECEIVED = "/requests/outcomes/granted/", "/requests/received/"
PERSON, FIRM = "natural_person", "commercial_enterprise"
BLOCK = "/remedies/reconsideration/"
LEAVES = {
    GRANTED + PERSON: 21, GRANTED + FIRM: 40, RECEIVED + PERSON: 21, RECEIVED + FIRM: 40,
    "/requests/carried_over/" + PERSON: 100, "/requests/carried_over/" + FIRM: 100,
    "/requests/carried_forward/" + PERSON: 100, "/requests/carried_forward/" + FIRM: 100,
    BLOCK + "upheld": 1, BLOCK + "pending": 5,
}  # fmt: skip
SAID = json.loads((Path(__file__).parent / "messages.json").read_text(encoding="utf-8"))


@pytest.fixture
def ward(bench_2021: Bench) -> Ward:
    """Return a report of a few small numbers."""
    leaves = {cell.pointer: LEAVES.get(cell.pointer, 0) for cell in bench_2021.leaves}
    return Ward(bench_2021, bench_2021.report_of(leaves))


@pytest.mark.parametrize("case", SAID, ids=[one["case"] for one in SAID])
def test_message(ward: Ward, case: dict[str, Any]) -> None:
    """A case is told in the words kept for it."""
    assert [one.message.as_json() for one in ward.diagnose(case["values"])[1]] == case["messages"]


def test_too_many_wrong_cells(ward: Ward) -> None:
    """Where far too many cells are wrong only that is said, with how many at least, and nothing is folded."""
    cells = [cell.pointer for cell in ward.bench.edition.cells if cell.pointer.startswith("/requests/")]
    diagnosis = ward.only({pointer: 1000 + at * at for at, pointer in enumerate(cells)})
    assert diagnosis.message.zh == "至少有28格有误，组合太多，没有逐一推算；请对照原始数据逐格核对。"
    assert diagnosis.message.en == (
        "At least 28 cells are wrong, too many combinations to go through; compare with the source, cell by "
        "cell."
    )
    assert (diagnosis.explanations, diagnosis.count, diagnosis.complete) == ((), 0, False)
    assert len(diagnosis.findings) == 1


def test_what_is_not_written_out_is_counted(bench_2021: Bench) -> None:
    """Of many sets that would do as well the first are written out and the others counted."""
    ward = Ward(bench_2021, bench_2021.report)
    wrong = {GRANTED + PERSON: 3, GRANTED + FIRM: -3}
    diagnosis = ward.only({pointer: ward.number(pointer) + by for pointer, by in wrong.items()})
    assert diagnosis.count == len(diagnosis.explanations) > 5
    assert f"；其余{diagnosis.count - 5}种从略。" in diagnosis.message.zh
    assert f"; {diagnosis.count - 5} more." in diagnosis.message.en
