"""Reports on a system as JUnit XML, which systems of continuous integration show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.testing.conformance.fuzzing import Disagreement, FuzzReport
    from disclosure_spec.testing.conformance.running import CaseReport, Report
    from disclosure_spec.wording import Language

# XML 1.0 cannot hold these in any form, and a system under test may print them.
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = "disclosure-spec"


def report_as_junit(report: Report, language: Language) -> str:
    """Return a report on a run of the pack: a suite for each edition and kind."""
    root = ET.Element("testsuites", name=_NAME, time=f"{report.seconds:.3f}")
    groups: dict[tuple[str, str], list[CaseReport]] = {}
    for one in report.cases:
        groups.setdefault(one.case.group[:2], []).append(one)
    for group, found in groups.items():
        suite = _suite(root, ".".join(group))
        for one in found:
            _case(suite, one, report.folder, language)
    return _text(root)


def fuzz_as_junit(report: FuzzReport, language: Language) -> str:
    """Return a report on differential testing: a failure for each cause of disagreement."""
    root = ET.Element("testsuites", name=_NAME, time=f"{report.seconds:.3f}")
    for edition, tried in report.tried.items():
        suite = _suite(root, f"{edition}.fuzz")
        found = [one for one in report.disagreements if one.submission.edition == edition]
        if not found:
            _element(suite, "testcase", classname=f"{edition}.fuzz", name=f"{tried} documents")
        for one in found:
            _disagreement(suite, one, language)
    return _text(root)


def _suite(root: ET.Element, name: str) -> ET.Element:
    return _element(root, "testsuite", name=name)


def _case(suite: ET.Element, one: CaseReport, folder: str, language: Language) -> None:
    case = _element(suite, "testcase", classname=".".join(one.case.group), name=one.case.id)
    note = one.note.get(language) if one.note else ""
    words = [each.wording.get(language) for each in one.differences]
    if one.outcome == "failed":
        words += [one.case.clause.get(language), f"{folder}/{one.case.document}"]
        _failure(case, words)
    elif one.outcome == "unexpectedly_passed":
        _failure(case, [one.outcome, note])
    elif one.outcome != "passed":
        _element(case, "skipped", message=f"{one.outcome}: {note}")


def _disagreement(suite: ET.Element, one: Disagreement, language: Language) -> None:
    words = [each.wording.get(language) for each in one.differences]
    case = _element(suite, "testcase", classname=str(suite.get("name")), name=words[0])
    _failure(case, [*words, *(f"{whose} {pointer} = {value}" for whose, pointer, value in one.changes)])


def _failure(case: ET.Element, words: Sequence[str]) -> None:
    failure = _element(case, "failure", message=words[0], type="failure")
    failure.text = _clean("\n".join(words))


def _element(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {name: _clean(value) for name, value in attributes.items()})


def _clean(text: str) -> str:
    return _FORBIDDEN.sub(lambda match: f"\\x{ord(match[0]):02x}", text)


def _text(root: ET.Element) -> str:
    for element in (root, *root.iter("testsuite")):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            element.set(name, str(sum(1 for _ in element.iter(tag))))
        element.set("errors", "0")
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
