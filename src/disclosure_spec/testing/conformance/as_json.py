"""Reports on a system for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.document import Missing
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.document import JSONValue
    from disclosure_spec.testing.comparing import Difference
    from disclosure_spec.testing.conformance.fuzzing import Disagreement, FuzzReport
    from disclosure_spec.testing.conformance.running import CaseReport, Report


def report_as_json(report: Report) -> str:
    """Return a report on a run of the pack as JSON text."""
    counts: dict[str, JSONValue] = {str(outcome): count for outcome, count in report.counts.items()}
    return dumps_json(
        {
            "system": report.system,
            "spec_version": report.spec_version,
            "held": report.held,
            "said": [*sorted(report.said)],
            "counts": counts,
            "cases": [_case(one) for one in report.cases],
        }
    )


def fuzz_as_json(report: FuzzReport) -> str:
    """Return a report on differential testing as JSON text, the smallest documents whole."""
    return dumps_json(
        {
            "system": report.system,
            "held": report.held,
            "seed": report.seed,
            "tried": dict(report.tried),
            "disagreements": [disagreement_as_json(one) for one in report.disagreements],
        }
    )


def disagreement_as_json(one: Disagreement) -> JSONValue:
    """Return one cause of disagreement with its smallest document."""
    sent = one.submission
    apart: list[JSONValue] = []
    for whose, pointer, value in one.changes:
        place: dict[str, JSONValue] = {"report": whose, "pointer": pointer}
        # A key that is not there has no value; null would be a blank.
        apart.append(place if isinstance(value, Missing) else {**place, "value": value})
    return {
        "edition": sent.edition,
        "schema": sent.schema,
        "count": one.count,
        "differences": _differences(one.differences),
        "changes": apart,
        "document": sent.document,
        "previous": sent.previous,
        "parts": list(sent.parts),
    }


def _case(one: CaseReport) -> JSONValue:
    return {
        "id": one.case.id,
        "outcome": one.outcome,
        "note": dict(one.note.as_json()) if one.note else None,
        "document": one.case.document,
        "differences": _differences(one.differences),
    }


def _differences(found: Iterable[Difference]) -> JSONValue:
    return [
        {
            "kind": one.kind,
            "about": one.about,
            "expected": one.expected,
            "said": one.said,
            "pointers": [*one.places],
            "message": dict(one.wording.as_json()),
        }
        for one in found
    ]
