"""Results as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from disclosure_spec._resources import folder
from disclosure_spec.blank import blank
from disclosure_spec.checking import Input, Origin, unreadable
from disclosure_spec.errors import InputError
from disclosure_spec.place import Note, Place
from disclosure_spec.reporting import render_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue
    from disclosure_spec.inspection import Inspection

SCHEMA = json.loads(folder("schema").joinpath("meta", "result.schema.json").read_text(encoding="utf-8"))


def problems(text: str) -> list[str]:
    """Return what the published schema has against a rendered result."""
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(json.loads(text))]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"/requests/received/total": "/"},
        {"/requests/received/total": 1},
        {"/bogus": {"a": [1, True, None]}},
        {"/requests": "none"},
        {"/requests/received/total": True, "/report_year": None},
        {"/published_on": "2031-02-30", "/overview": "无", "/problems_and_improvements": "无。"},
    ],
)
def test_results_follow_their_published_schema(bench: Bench, values: Mapping[str, JSONValue]) -> None:
    """Whatever the document, the result is valid against `result.schema.json`."""
    assert problems(render_json(bench.check(values))) == []


def test_result_of_a_blank_follows_the_schema(bench: Bench) -> None:
    """A blank report gives a valid result in which every cell is a finding."""
    result = bench.checker.check(blank(bench.edition))

    assert problems(render_json(result)) == []
    assert sum(one.rule == "cells.filled" for one in result.findings) == len(bench.edition.cells)


def test_sources_and_notes_are_carried(bench: Bench) -> None:
    """The place of a value in the user's file and the reader's notes stand in the result."""
    pointer = next(iter(bench.totals))
    result = bench.checker.check(
        bench.with_values({pointer: 10**14}),
        origin=Origin(
            sources={pointer: Place(table=2, row=5, raw="1 0")},
            input=Input("a.html", "0" * 64, "html"),
            notes=[Note("row.unplaced", Wording("未放入", "not placed"), Place(line=3), ("/requests",))],
        ),
    )

    text = render_json(result)
    cells = [cell for finding in json.loads(text)["findings"] for cell in finding["cells"]]
    assert problems(text) == []
    assert {"table": 2, "row": 5, "raw": "1 0"} in [cell["source"] for cell in cells]
    assert json.loads(text)["notes"][0]["source"] == {"line": 3}


def test_unreadable_file_has_a_result_too() -> None:
    """A file that cannot be read gives a valid result without a verdict, its note telling why."""
    error = InputError("json.empty", Wording("文件是空的。", "The file is empty."))
    text = render_json(unreadable(error, Input("a.json", "0" * 64, "unknown")), indent=None)

    assert problems(text) == []
    assert json.loads(text)["verdict"] == "cannot_tell"
    assert text.count("\n") == 1


def test_causes_profile_and_waivers_follow_the_schema(every: list[Inspection]) -> None:
    """Results of every kind, with causes, a profile and waivers in each state, are valid."""
    for inspection in every:
        assert problems(render_json(inspection.result)) == []
    states = [one["state"] for one in json.loads(render_json(every[1].result))["waivers"]]
    assert states == ["used", "value_changed", "expired", "unused"]


def test_numbers_stay_exact(bench_2021: Bench) -> None:
    """A decimal is written with the digits of the document, never as a binary float."""
    amount = Decimal("96171.6000001")

    text = render_json(bench_2021.check({"/proactive_disclosure/charges/amount_wan_yuan": amount}))

    found = json.loads(text, parse_float=Decimal)["findings"][0]["found"]
    assert str(found) == "96171.6000001"
