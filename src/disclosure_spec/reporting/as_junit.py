"""Results as JUnit XML for systems of continuous integration: a suite a report, a test case a rule.

A warning is no failure: it stands in the output of its test case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from disclosure_spec.checking import Status, Verdict
from disclosure_spec.reporting import words
from disclosure_spec.reporting.telling import (
    detail_lines,
    place_words,
    profile_words,
    told,
    visible,
    waiver_words,
)
from disclosure_spec.reporting.words import REASONS, SEVERITIES, STATUSES, VERDICTS
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.checking import Result, RuleOutcome
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.reporting.formats import Manner
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.wording import Language

_NAME: Final = "disclosure-spec"
_COUNTED: Final = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[str]:
    """Yield one file of test suites; suites that are done keep no report."""
    # The root holds the sums of all suites, so nothing can be written before the last.
    root = ET.Element("testsuites", name=_NAME)
    for one in inspections:
        _suite(root, one.result, manner.language)
    _count(root, "tests", "failures", "errors")
    ET.indent(root)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, result: Result, language: Language) -> None:
    suite = _element(root, "testsuite", name=(result.input.name if result.input else result.body) or _NAME)
    properties = ET.SubElement(suite, "properties")
    for name, value in _properties(result, language):
        _element(properties, "property", name=name, value=value)
    by_rule: dict[str, list[Told]] = {}
    for one in told(result):
        by_rule.setdefault(one.finding.rule, []).append(one)
    # Rules with findings in the order of the findings, then the rest as in the catalogue.
    outcomes = {outcome.id: outcome for outcome in result.rules}
    class_name = f"{_NAME}.{result.form_edition}" if result.form_edition else _NAME
    for rule in dict.fromkeys([*by_rule, *outcomes]):
        case = _element(suite, "testcase", classname=class_name, name=rule)
        _fill(case, outcomes.get(rule), by_rule.get(rule, ()), language)
    if result.verdict is Verdict.CANNOT_TELL:
        _no_answer(_element(suite, "testcase", classname=class_name, name="verdict"), result, language)
    _count(suite, *_COUNTED)


def _properties(result: Result, language: Language) -> Iterator[tuple[str, str]]:
    yield "verdict", result.verdict.value
    yield "tool", result.tool
    known = {
        "spec_version": result.spec_version,
        "form_edition": result.form_edition,
        "report_year": result.report_year,
        "reporting_body": result.body,
        "sha256": result.input.sha256 if result.input else None,
        "profile": profile_words(result.profile).get(language) if result.profile else None,
    }
    yield from ((name, str(value)) for name, value in known.items() if value is not None)
    yield from (("waiver", waiver_words(use).get(language)) for use in result.waivers)


def _fill(
    case: ET.Element, outcome: RuleOutcome | None, findings: Sequence[Told], language: Language
) -> None:
    # The order of elements is that of the published schema.
    if outcome and not findings and outcome.status in {Status.NOT_APPLICABLE, Status.NOT_CHECKED}:
        _element(case, "skipped").text = _status(outcome, language)
    if outcome and outcome.status is Status.ERROR:
        _element(case, "error", message=_status(outcome, language), type=Status.ERROR.value)
    for one in findings:
        if one.finding.severity == "error":
            message = one.finding.message.get(language)
            _element(case, "failure", message=message, type="error").text = visible(_text(one, language))
    for one in findings:
        if one.finding.severity != "error":
            _element(case, "system-out").text = visible(_text(one, language))


def _status(outcome: RuleOutcome, language: Language) -> str:
    status = STATUSES[outcome.status].get(language)
    return f"{status}: {REASONS[outcome.reason].get(language)}" if outcome.reason else status


def _no_answer(case: ET.Element, result: Result, language: Language) -> None:
    """Make a report without an answer an error: skipped rules alone would look like success."""
    message = words.VERDICT.fill(verdict=VERDICTS[result.verdict]).get(language)
    error = _element(case, "error", message=message, type=result.verdict.value)
    error.text = "\n".join(visible(f"[{note.code}] {note.wording.get(language)}") for note in result.notes)


def _text(one: Told, language: Language) -> str:
    """Return a finding in lines: its number first, as test cases group findings by rule."""
    finding = one.finding
    number = f"#{one.number}" if one.cause is None else f"#{one.number} <- #{one.cause}"
    severity = SEVERITIES[finding.severity].get(language)
    lines = [f"{number} {severity} {finding.message.get(language)}"]
    lines += detail_lines(one, language)
    for cell in finding.cells:
        place = place_words(cell).get(language)
        # As JSON, or a text of several lines would look like more cells.
        value = dumps_json(cell.value, indent=None).strip()
        lines.append(f"{cell.pointer} = {value} | {cell.label.get(language)}{f' | {place}' if place else ''}")
    return "\n".join(lines)


def _element(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {name: visible(value) for name, value in attributes.items()})


def _count(element: ET.Element, *names: str) -> None:
    for name in names:
        element.set(name, str(sum(1 for _ in element.iter(_COUNTED[name]))))
