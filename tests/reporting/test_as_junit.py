"""Results as JUnit XML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from disclosure_spec.blank import blank
from disclosure_spec.checking import Origin, Status
from disclosure_spec.inspection import Inspection
from disclosure_spec.reporting import Manner, render, stream
from disclosure_spec.wording import LANGUAGES

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.wording import Language

SCHEMA = Path(__file__).parents[1] / "data" / "published" / "jenkins-junit.xsd"


def parsed(inspection: Inspection) -> etree._Element:
    """Return the root of one result's XML."""
    return etree.fromstring(str(render(inspection, "junit", "zh")).encode())


def test_reports_follow_the_schema_of_jenkins(every: list[Inspection]) -> None:
    """Whatever the reports, the file is valid, with a suite for each report and a case for each rule."""
    text = "".join(str(one) for one in stream(every, "junit", Manner("zh", many=True)))
    root = etree.fromstring(text.encode())

    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(root)
    suites = root.findall("testsuite")
    assert len(suites) == len(every)
    for suite, one in zip(suites, every, strict=True):
        names = [case.get("name") for case in suite.findall("testcase")]
        assert {outcome.id for outcome in one.result.rules} <= set(names)
        assert int(suite.get("failures", "")) == one.result.counts["error"]
        assert int(suite.get("tests", "")) == len(names)


def test_warnings_are_no_failures(bench: Bench) -> None:
    """A report with warnings alone has no failure; they stand in the output of their test cases."""
    result = bench.check({"/overview": "一"})
    warnings = tuple(one for one in result.findings if one.severity == "warning")
    root = parsed(Inspection(replace(result, findings=warnings)))

    assert warnings
    assert root.get("failures") == "0"
    assert [one for one in root.iter("system-out") if "警告" in str(one.text)]


def test_rules_not_checked_are_skipped_with_the_reason(bench: Bench) -> None:
    """A rule that was not checked is skipped, and says why."""
    result = bench.checker.check(blank(bench.edition), origin=Origin())
    (skipped,) = (
        one.find("skipped")
        for one in parsed(Inspection(result)).iter("testcase")
        if one.get("name") == "requests.balance"
    )

    assert skipped is not None
    assert skipped.text == "未检查: 所需的格或部分没有填写"
    assert result.outcome("requests.balance").status is Status.NOT_CHECKED


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_an_error(broken: Inspection, language: Language) -> None:
    """A file that could not be read is an error with the reason, never an empty suite."""
    root = etree.fromstring(str(render(broken, "junit", language)).encode())

    assert root.get("errors") == "1"
    assert "json.empty" in str(next(root.iter("error")).text)


def test_profile_and_waivers_are_named(wrong: Inspection) -> None:
    """The profile and every waiver stand among the properties of the suite."""
    names = [one.get("name") for one in parsed(wrong).iter("property")]

    assert names.count("waiver") == 4
    assert "profile" in names
