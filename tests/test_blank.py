"""Blank reports: drafts full of nulls, never of zeros, with their keys in the order of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonschema import Draft202012Validator

from disclosure_spec.blank import blank, in_form_order
from disclosure_spec.checking import Reason, Status, Verdict
from disclosure_spec.document import get_at, with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue


def leaves(value: JSONValue, path: str = "") -> Iterator[tuple[str, JSONValue]]:
    """Yield pointer and value of all that is no object."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, f"{path}/{key}")
    else:
        yield path, value


def turned(value: JSONValue) -> JSONValue:
    """Return a copy with the keys the other way round, at every depth."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return value


def keys(value: JSONValue) -> list[str]:
    """Return every pointer in the order of the document."""
    return [pointer for pointer, _ in leaves(value)]


def test_blank_holds_nulls_and_its_identity(bench: Bench) -> None:
    """Of a blank only the version and the edition are filled in; all cells, texts and the head are null."""
    found = dict(leaves(blank(bench.edition)))
    stated = {pointer: value for pointer, value in found.items() if value is not None}
    assert stated == {"/spec_version": "1.0", "/form_edition": bench.edition.name}
    assert set(bench.edition.cell_at) < set(found)
    assert {cell.unit_pointer for cell in bench.edition.cells if cell.unit_pointer} < set(found)
    assert {"/report_year", "/reporting_body/name", "/reporting_body/kind", "/overview"} < set(found)


def test_blank_is_a_draft_and_no_report(bench: Bench) -> None:
    """The draft schema accepts a blank; the report schema refuses it at every cell."""
    document = blank(bench.edition)
    assert Draft202012Validator(bench.edition.draft_schema).is_valid(document)
    refused = {
        "/" + "/".join(map(str, error.absolute_path))
        for error in Draft202012Validator(bench.edition.schema).iter_errors(document)
    }
    assert set(bench.edition.cell_at) <= refused


def test_report_is_a_draft_too(bench: Bench) -> None:
    """What the report schema accepts the draft schema accepts, and a draft may blank any cell of it."""
    document = bench.with_values({cell.pointer: 0 for cell in bench.edition.cells})
    draft = Draft202012Validator(bench.edition.draft_schema)
    assert Draft202012Validator(bench.edition.schema).is_valid(document)
    assert draft.is_valid(document)
    for number, cell in enumerate(bench.edition.cells):
        document = with_value(document, cell.pointer, None)
        if number % 40 == 0:
            assert draft.is_valid(document)
    assert not draft.is_valid(with_value(document, bench.edition.cells[0].pointer, "/"))


def test_blank_is_told_cell_by_cell(bench: Bench) -> None:
    """Checking a blank tells every cell as not filled in, and no equation passes or fails."""
    result = bench.checker.check(blank(bench.edition))
    blanks = [one for one in result.findings if one.rule == "cells.filled"]
    assert [one.pointers[0] for one in blanks] == list(bench.edition.cell_at)
    assert result.verdict is Verdict.DOES_NOT_CONFORM
    outcome = result.outcome("requests.balance")
    assert (outcome.status, outcome.reason) == (Status.NOT_CHECKED, Reason.OPERAND_BLANK)
    assert outcome.instances == {Status.NOT_CHECKED: 7}


def test_each_blank_is_new(bench: Bench) -> None:
    """Filling one blank in leaves the next one blank."""
    first = blank(bench.edition)
    assert isinstance(first["requests"], dict)
    first["requests"].clear()
    assert get_at(blank(bench.edition), "/requests/received/total") is None


def test_keys_are_put_in_form_order(bench: Bench) -> None:
    """A report written the other way round comes back in the order of the form, with the same values."""
    other = turned(bench.report)
    assert isinstance(other, dict)
    assert keys(other) != keys(bench.report)
    ordered = in_form_order(other, bench.edition)
    assert ordered == bench.report
    cells = [pointer for pointer in keys(ordered) if pointer in bench.edition.cell_at]
    assert cells == list(bench.edition.cell_at)
    assert list(ordered) == [key for key in bench.edition.schema["properties"] if key in ordered]
    assert list(ordered)[-1] == bench.edition.sections[-1].pointer[1:]


def test_optional_keys_have_their_place(bench: Bench) -> None:
    """Schema address, title, period and date stand where the form has them, not at the end."""
    stated: dict[str, JSONValue] = {
        "/title": "题目", "/preface": "引言", "/$schema": bench.edition.schema["$id"],
    }  # fmt: skip
    ordered = list(in_form_order(bench.with_values(stated), bench.edition))
    assert ordered[0] == "$schema"
    assert ordered.index("reporting_body") < ordered.index("title") < ordered.index("preface")
    assert ordered.index("preface") < ordered.index("period") < ordered.index("published_on")
    assert ordered.index("published_on") < ordered.index("overview")


def test_keys_of_ones_own_come_last(bench: Bench) -> None:
    """Keys the form does not have stay, after those it has, in the order they had."""
    own: dict[str, JSONValue] = {"x-b": 1, "x-a": {"z": 1, "a": 2}}
    document = {**own, **bench.report}
    ordered = in_form_order(document, bench.edition)
    assert list(ordered)[-2:] == ["x-b", "x-a"]
    assert list(document)[:2] == ["x-b", "x-a"]
    assert keys(ordered["x-a"]) == ["/z", "/a"]
    assert ordered == document


def test_order_of_odd_documents(bench: Bench) -> None:
    """A document that breaks the structure is put in order as far as it goes, and nothing is lost."""
    document: dict[str, JSONValue] = {
        "other_matters": ["甲"],
        "requests": 3,
        "spec_version": None,
        "period": {},
    }
    ordered = in_form_order(document, bench.edition)
    assert list(ordered) == ["spec_version", "period", "requests", "other_matters"]
    assert ordered == document
