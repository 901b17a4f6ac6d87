"""Results of every kind, made here so that the renderings can be held against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.checking import (
    AppliedProfile,
    Change,
    Diagnosis,
    Explanation,
    Input,
    Origin,
    Slip,
    Waiver,
    WaiverState,
    WaiverUse,
    unreadable,
)
from disclosure_spec.errors import InputError
from disclosure_spec.inspection import Inspection
from disclosure_spec.place import How, Note, Place
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Finding, Result
    from disclosure_spec.document import Document

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>]]>\u202e%0A::error::=1+1,\x1b[31m&amp;'
"""Text that would be markup, an end of CDATA, a command, a formula or a control somewhere."""


def inspect(bench: Bench, document: Document, *, name: str = "年报 1.txt", **origin: object) -> Inspection:
    """Check a document as if it had been read from a file whose lines are known."""
    sources = {
        cell.pointer: Place(line=at, row=at, raw="x") for at, cell in enumerate(bench.edition.cells, 1)
    }
    given = Origin(sources=sources, input=Input(name, "0" * 64, "text"), **origin)  # type: ignore[arg-type] # notes
    return Inspection(bench.checker.check(document, origin=given), document, bench.edition)


def use(
    state: WaiverState, finding: Finding | None, rule: str = "x.y", reason: str = "系统迁移"
) -> WaiverUse:
    """Return a waiver in one state."""
    waiver = Waiver(rule, "某市人民政府", 2024, {"/overview": 1}, reason, "王某", date(2025, 12, 31))
    return WaiverUse(waiver, state, finding)


def diagnosed(result: Result) -> Result:
    """Return the result with its first two findings from one cause, and a third diagnosis left open."""
    first, second = result.findings[0], result.findings[1]
    one = Explanation((Change(first.cells[0], 42),), Slip.TOTAL_NOT_UPDATED)
    other = Explanation((Change(second.cells[-1], 7), Change(second.cells[0], 8)))
    sure = Diagnosis((0, 1), (one,), 1, proved=True, complete=True, message=Wording("疑为一格", "one cell"))
    last = len(result.findings) - 1
    open_ = Diagnosis((last,), (one, other), 9, proved=False, complete=False, message=Wording("或", "either"))
    return replace(result, diagnoses=(sure, open_))


@pytest.fixture
def wrong(bench: Bench) -> Inspection:
    """Return a report with three wrong totals, a warning, causes made by hand, a profile and waivers."""
    totals = list(bench.totals)
    values = {pointer: 10**9 + at for at, pointer in enumerate((totals[0], totals[1], totals[-1]))}
    inspection = inspect(bench, bench.with_values({**values, "/overview": "一"}))
    result = replace(inspection.result, diagnoses=())
    linear = tuple(one for one in result.findings if one.equation)
    result = diagnosed(replace(result, findings=linear))
    others = tuple(one for one in inspection.result.findings if not one.equation)
    covered = replace(linear[0], rule="covered.rule")
    uses = (
        use(WaiverState.USED, covered, "covered.rule"),
        use(WaiverState.VALUE_CHANGED, linear[1], linear[1].rule),
        use(WaiverState.EXPIRED, linear[-1], linear[-1].rule),
        use(WaiverState.UNUSED, None),
    )
    profile = AppliedProfile("某省规则", "a" * 64, {"x.off": "off", "x.less": "warning", "x.day": "03-31"})
    return replace(
        inspection, result=replace(result, findings=linear + others, waivers=uses, profile=profile)
    )


@pytest.fixture
def hostile(bench: Bench) -> Inspection:
    """Return a report in which every text that a report, its file name and its reader can hold is hostile."""
    cell = bench.leaves[0].pointer
    document = bench.with_values(
        {cell: HOSTILE, "/overview": HOSTILE, "/reporting_body/name": HOSTILE, "/x-own": HOSTILE}
    )
    place = Place(line=1, sheet=HOSTILE, cell="C7", how=How.SIMILAR, label=HOSTILE)
    origin = Origin(
        sources={cell: place, "/overview": place},
        input=Input(f"{HOSTILE}.txt", "0" * 64, "text"),
        notes=[Note("x.y", Wording(HOSTILE, HOSTILE), place)],
    )
    result = bench.checker.check(document, origin=origin)
    uses = (use(WaiverState.UNUSED, None, reason=HOSTILE),)
    return Inspection(replace(result, waivers=uses), document, bench.edition)


@pytest.fixture
def broken() -> Inspection:
    """Return a file that cannot be read."""
    error = InputError("json.empty", Wording("文件是空的。", "The file is empty."))
    return Inspection(unreadable(error, Input("坏.json", "0" * 64, "unknown")))


@pytest.fixture
def every(bench: Bench, wrong: Inspection, hostile: Inspection, broken: Inspection) -> list[Inspection]:
    """Return a result of each kind: without findings, with few and with very many, with bad structure."""
    return [
        inspect(bench, bench.report),
        wrong,
        inspect(bench, blank(bench.edition)),
        inspect(bench, bench.with_values({"/requests": "none", "/published_on": "2031-02-30"})),
        hostile,
        broken,
    ]
