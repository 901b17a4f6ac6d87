"""The copy of a schema without references gives every document the verdict of the schema itself."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from disclosure_spec._resources import folder
from disclosure_spec.authoring.inlining import inline_schema, inlined_name
from disclosure_spec.edition import installed
from disclosure_spec.strict_json import loads_json
from disclosure_spec.testing import documents, drafts, keywords, malformed

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

EDITIONS = installed().editions()
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

editions = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)


def published(edition: Edition, name: str) -> Any:
    """Return a published schema of an edition."""
    file = folder("schema").joinpath(edition.spec_version, edition.name, name)
    return loads_json(file.read_bytes())


def schemas_inside(schema: Any) -> list[Any]:
    """Return a schema and all schemas for its properties."""
    return [schema, *(one for each in schema.get("properties", {}).values() for one in schemas_inside(each))]


def assert_same(edition: Edition, document: Document) -> None:
    """Hold a document against each schema and its copy: the same errors at the same places."""
    for name in ("report.schema.json", "draft.schema.json"):
        found = [
            [
                (list(error.absolute_path), error.validator, error.message)
                for error in Draft202012Validator(published(edition, each)).iter_errors(document)
            ]
            for each in (name, inlined_name(name))
        ]
        assert found[0] == found[1]


@editions
@pytest.mark.parametrize("name", ["report.schema.json", "draft.schema.json"])
def test_copy_has_no_reference_and_a_name_of_its_own(edition: Edition, name: str) -> None:
    """Nothing in the copy refers to anything, and its `$id` is that of its own file."""
    original, copy = published(edition, name), published(edition, inlined_name(name))

    assert "$defs" not in copy
    assert not [one for one in schemas_inside(copy) if "$ref" in one]
    assert copy["$id"] == original["$id"].replace(name, inlined_name(name)) != original["$id"]
    assert copy["properties"]["$schema"] == original["properties"]["$schema"]


def test_words_of_the_place_win_and_the_schema_stays_as_it_was() -> None:
    """A title beside a reference replaces that of the definition, through two references as through one."""
    schema = {
        "$id": "https://w3id.org/disclosure-spec/9.9/2999/report.schema.json",
        "type": "object",
        "properties": {"a": {"title": "甲", "$ref": "#/$defs/row"}},
        "$defs": {
            "row": {"title": "行", "type": "object", "properties": {"b": {"$ref": "#/$defs/count"}}},
            "count": {"title": "件", "type": "integer"},
        },
    }
    before = deepcopy(schema)

    assert inline_schema(schema) == {
        "$id": "https://w3id.org/disclosure-spec/9.9/2999/report.inlined.schema.json",
        "type": "object",
        "properties": {
            "a": {"title": "甲", "type": "object", "properties": {"b": {"title": "件", "type": "integer"}}}
        },
    }
    assert schema == before


@editions
@SETTINGS
@given(data=st.data())
def test_same_errors_for_complete_reports_and_drafts(edition: Edition, data: st.DataObject) -> None:
    """Reports and drafts as the strategies make them get the same errors, or none, from the copy."""
    assert_same(edition, data.draw(documents(edition) | drafts(edition)))


@editions
@SETTINGS
@given(data=st.data())
def test_same_errors_for_malformed_reports(edition: Edition, data: st.DataObject) -> None:
    """A report that breaks any one keyword gets the same errors from the copy."""
    keyword = data.draw(st.sampled_from(sorted(keywords(edition))))

    assert_same(edition, data.draw(malformed(edition, keyword)).document)
