"""Results as SARIF."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft4Validator

from disclosure_spec.checking import CellFact
from disclosure_spec.place import Place
from disclosure_spec.reporting import Manner, render, stream
from disclosure_spec.reporting.as_sarif import FINGERPRINT
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from disclosure_spec.inspection import Inspection
    from disclosure_spec.wording import Language

SCHEMA = Path(__file__).parents[1] / "data" / "published" / "sarif-schema-2.1.0.json"


@pytest.fixture(scope="module")
def validator() -> Draft4Validator:
    """Return what holds a log against the schema that OASIS publishes."""
    return Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def log(inspections: Sequence[Inspection], language: Language = "zh") -> Any:
    """Return one log for all."""
    text = "".join(str(one) for one in stream(inspections, "sarif", Manner(language, many=True)))
    return json.loads(text)


def test_log_follows_the_published_schema(every: list[Inspection], validator: Draft4Validator) -> None:
    """Whatever the reports, the log is valid SARIF 2.1.0, in both languages."""
    for language in LANGUAGES:
        assert [one.message for one in validator.iter_errors(log(every, language))] == []


def test_editions_are_runs_with_their_rules(wrong: Inspection, broken: Inspection) -> None:
    """An edition is a run whose rules have help in both languages; a file that could not be read another."""
    good, bad = log([wrong, wrong, broken])["runs"]

    assert wrong.edition
    rules = good["tool"]["driver"]["rules"]
    assert [one["id"] for one in rules] == [one.id for one in wrong.edition.rules]
    assert "依据" in rules[0]["help"]["text"]
    assert "basis" in rules[0]["help"]["text"]
    assert all(
        rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in good["results"] if "ruleIndex" in one
    )
    assert good["invocations"][0]["executionSuccessful"]
    assert not bad["invocations"][0]["executionSuccessful"]
    (notification,) = bad["invocations"][0]["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert "[json.empty]" in notification["message"]["text"]


def test_places_are_lines_cells_and_pointers(wrong: Inspection) -> None:
    """A value stands at a line of a file, in a cell of the form and, where there is one, of a sheet."""
    finding = wrong.result.findings[-1]
    sheet = Place(sheet="表三", cell="C7")
    cell = CellFact("/a", Wording("甲", "A"), 1, sheet)
    result = replace(wrong.result, findings=(replace(finding, cells=(cell,)),), diagnoses=(), waivers=())
    (one,) = log([replace(wrong, result=result)])["runs"][0]["results"]
    first = log([wrong])["runs"][0]["results"][0]["locations"][0]

    names = one["locations"][0]["logicalLocations"]
    assert [name["fullyQualifiedName"] for name in names] == ["/a", "表三!C7"]
    assert "region" not in one["locations"][0]["physicalLocation"]
    # A file name is no URI: spaces and Chinese are encoded.
    assert first["physicalLocation"]["artifactLocation"]["uri"] == "%E5%B9%B4%E6%8A%A5%201.txt"
    assert first["physicalLocation"]["region"]["startLine"] >= 1


def test_fingerprints_survive_another_run(wrong: Inspection) -> None:
    """A finding keeps its fingerprint when values, lines and messages change, and shares it with no other."""
    changed = tuple(
        replace(
            one,
            message=Wording("别的", "other"),
            cells=tuple(replace(cell, value=1, source=None) for cell in one.cells),
        )
        for one in wrong.result.findings
    )
    again = replace(wrong, result=replace(wrong.result, findings=changed))
    before, after = (
        [one["partialFingerprints"][FINGERPRINT] for one in log([each])["runs"][0]["results"]]
        for each in (wrong, again)
    )

    assert before == after
    assert len(set(before)) == len(before)


def test_waived_findings_are_suppressed(wrong: Inspection) -> None:
    """A finding that a waiver covers is suppressed with its reason; the others say that they are not."""
    run = log([wrong])["runs"][0]
    suppressed = [one for one in run["results"] if one["suppressions"]]

    assert [one["ruleId"] for one in suppressed] == ["covered.rule"]
    assert suppressed[0]["suppressions"][0]["justification"] == "系统迁移"
    texts = [one["message"]["text"] for one in run["invocations"][0]["toolExecutionNotifications"]]
    assert any("某省规则" in one for one in texts)
    assert sum("豁免" in one for one in texts) == 3


def test_consequences_are_related_to_their_cause(wrong: Inspection) -> None:
    """The first finding of a cause points at the places of what follows from it, and tells the suggestion."""
    first = json.loads(render(wrong, "sarif", "en"))["runs"][0]["results"][0]

    texts = [one["message"]["text"] for one in first["relatedLocations"]]
    assert texts[-1].startswith("From the same cause: ")
    assert "suggestion (to be verified): one cell" in first["message"]["text"]
