"""A result for programs, as `schema/meta/result.schema.json` describes it."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_spec.checking import (
        AppliedProfile,
        CellFact,
        Diagnosis,
        EquationFact,
        EquationTerm,
        Explanation,
        Finding,
        Result,
        RuleOutcome,
        WaiverUse,
    )
    from disclosure_spec.document import JSONValue
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reporting.formats import Manner

RESULT_SCHEMA: Final = "https://w3id.org/disclosure-spec/meta/result.schema.json"


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[str]:
    """Yield each result as JSON: one object, or a line for each of many."""
    for one in inspections:
        yield render_json(one.result, indent=None if manner.many else 2)


def render_json(result: Result, *, indent: int | None = 2) -> str:
    """Return the result as JSON text; with `indent=None` on one line, as NDJSON wants it."""
    return dumps_json(result_as_json(result), indent=indent)


def result_as_json(result: Result) -> JSONValue:
    """Return the result as JSON values, numbers exact."""
    return {
        "$schema": RESULT_SCHEMA,
        "verdict": result.verdict.value,
        "spec_version": result.spec_version,
        "form_edition": result.form_edition,
        "report_year": result.report_year,
        "reporting_body": result.body,
        "tool": result.tool,
        "input": {
            "name": result.input.name,
            "sha256": result.input.sha256,
            "format": result.input.format,
        }
        if result.input
        else None,
        "counts": counts_as_json(result),
        "rules": [_outcome(one) for one in result.rules],
        "findings": [_finding(one) for one in result.findings],
        "notes": [note_as_json(one) for one in result.notes],
        "diagnoses": [_diagnosis(one) for one in result.diagnoses],
        "profile": _profile(result.profile) if result.profile else None,
        "waivers": [_waiver(one) for one in result.waivers],
    }


def counts_as_json(result: Result) -> JSONValue:
    """Return how many findings there are of each severity."""
    return {severity: count for severity, count in result.counts.items()}  # noqa: C416 - widens the types


def _outcome(outcome: RuleOutcome) -> JSONValue:
    return {
        "id": outcome.id,
        "severity": outcome.severity,
        "lifecycle": outcome.lifecycle,
        "status": outcome.status.value,
        "reason": outcome.reason.value if outcome.reason else None,
        "instances": {status.value: count for status, count in outcome.instances.items()},
    }


def _finding(finding: Finding) -> JSONValue:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "cells": [_cell(one) for one in finding.cells],
        "equation": _equation(finding.equation) if finding.equation else None,
        "expected": finding.expected,
        "found": finding.found,
        "difference": finding.difference,
        "keyword": finding.keyword,
        "message": dict(finding.message.as_json()),
        "advice": dict(finding.advice.as_json()),
        "basis": [{"source": one.source, **one.wording.as_json()} for one in finding.basis],
    }


def _cell(cell: CellFact) -> JSONValue:
    return {
        "pointer": cell.pointer,
        "label": dict(cell.label.as_json()),
        "value": cell.value,
        "source": _place(cell.source),
    }


def _equation(equation: EquationFact) -> JSONValue:
    return {
        "left": [_term(one) for one in equation.left],
        "relation": equation.relation,
        "right": [_term(one) for one in equation.right],
        "text": dict(equation.text.as_json()),
    }


def _term(term: EquationTerm) -> JSONValue:
    return {"coefficient": term.coefficient, "of": term.of, "pointer": term.pointer, "value": term.value}


def _diagnosis(diagnosis: Diagnosis) -> JSONValue:
    return {
        "findings": list(diagnosis.findings),
        "explanations": [_explanation(one) for one in diagnosis.explanations],
        "count": diagnosis.count,
        "proved": diagnosis.proved,
        "complete": diagnosis.complete,
        "message": dict(diagnosis.message.as_json()),
    }


def _explanation(explanation: Explanation) -> JSONValue:
    return {
        "changes": [
            {
                "cell": _cell(one.cell),
                "value": one.value,
                "slip": one.slip.value if one.slip else None,
            }
            for one in explanation.changes
        ],
        "slip": explanation.slip.value if explanation.slip else None,
    }


def _profile(profile: AppliedProfile) -> JSONValue:
    return {"name": profile.name, "sha256": profile.sha256, "changes": dict(profile.changes)}


def _waiver(use: WaiverUse) -> JSONValue:
    waiver = use.waiver
    return {
        "rule": waiver.rule,
        "body": waiver.body,
        "report_year": waiver.report_year,
        "values": dict(waiver.values),
        "reason": waiver.reason,
        "granted_by": waiver.granted_by,
        "until": waiver.until.isoformat(),
        "state": use.state.value,
        "finding": _finding(use.finding) if use.finding else None,
    }


def note_as_json(note: Note) -> JSONValue:
    """Return what a reader noted as JSON values."""
    pointers: list[JSONValue] = list(note.pointers)
    return {
        "code": note.code,
        "message": dict(note.wording.as_json()),
        "source": _place(note.place),
        "pointers": pointers,
    }


def _place(place: Place | None) -> JSONValue:
    return dict(place.as_json()) if place else None
