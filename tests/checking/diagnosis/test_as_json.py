"""A diagnosis in the JSON of a result, as the published schema describes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from disclosure_spec import check
from disclosure_spec._resources import folder
from disclosure_spec.reporting.as_json import render_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

PERSON = "/requests/received/natural_person"
BLOCK = "/remedies/reconsideration/"


def diagnoses(bench: Bench, values: Mapping[str, JSONValue]) -> list[dict[str, Any]]:
    """Return the diagnoses of the sample report with other values, once the JSON has been validated."""
    schema = json.loads(folder("schema").joinpath("meta", "result.schema.json").read_text(encoding="utf-8"))
    shown = json.loads(render_json(check(bench.with_values(values))))
    Draft202012Validator(schema).validate(shown)
    made = shown["diagnoses"]
    assert isinstance(made, list)
    return made


def test_wrong_cell(bench: Bench) -> None:
    """A wrong number is given with its cell, the right one and the slip."""
    right = check(bench.report)
    assert not right.findings
    (made,) = diagnoses(bench, {PERSON: -5})

    (change,) = made["explanations"][0]["changes"]
    assert (change["cell"]["pointer"], change["cell"]["value"]) == (PERSON, -5)
    assert change["slip"] == made["explanations"][0]["slip"]
    assert (made["count"], made["proved"], made["complete"]) == (1, True, True)


def test_blank_and_several_cells(bench: Bench) -> None:
    """A blank stays null beside its number, and all that may be wrong is listed."""
    made = diagnoses(bench, {PERSON: None, BLOCK + "total": 1000})

    blank = next(one for one in made if one["explanations"][0]["changes"][0]["cell"]["value"] is None)
    assert blank["explanations"][0]["slip"] is None
    assert {one["count"] for one in made} == {1, 5}


def test_search_that_was_given_up(bench: Bench) -> None:
    """Where far too much is wrong the list is empty, and the result says that it is not complete."""
    values: dict[str, JSONValue] = {
        cell.pointer: cell.index**2 for cell in bench.edition.cells if cell.pointer.startswith("/requests/")
    }
    (made,) = diagnoses(bench, values)

    assert (made["explanations"], made["count"], made["complete"]) == ([], 0, False)
