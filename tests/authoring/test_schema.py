"""The two schemas made from a form: a report is complete and closed, a draft may hold null besides."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from disclosure_spec._resources import folder
from disclosure_spec.authoring.model import parse_form
from disclosure_spec.authoring.schema import BASE, build_schema
from disclosure_spec.blank import blank
from disclosure_spec.document import with_value
from disclosure_spec.strict_yaml import loads_yaml

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.authoring.model import Form
    from disclosure_spec.document import JSONValue

SOURCES = sorted(Path(str(folder("schema"))).glob("*/*/form.yaml"))
COUNT = "/requests/received/natural_person"
UNIT = "/proactive_disclosure/central_procurement/amount_unit"


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.parent.name)
def form(request: pytest.FixtureRequest) -> Form:
    """Return each authored form in turn."""
    value = loads_yaml(request.param.read_bytes())
    assert isinstance(value, dict)
    return parse_form(value)


def without_null(schema: Any) -> Any:
    """Return a schema with null taken out of every type and enumeration that has something beside it."""
    if isinstance(schema, list):
        return [without_null(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: without_null(value) for key, value in schema.items()}
    if isinstance(plain.get("type"), list):
        (plain["type"],) = (kind for kind in plain["type"] if kind != "null")
    if "enum" in plain:
        plain["enum"] = [one for one in plain["enum"] if one is not None]
    return plain


def test_draft_differs_from_report_only_by_null(form: Form) -> None:
    """With null taken out of types and enumerations the two are the same but for their names."""
    report, draft = (without_null(build_schema(form, "9.9", name)) for name in ("report", "draft"))

    for name, schema in (("report", report), ("draft", draft)):
        schema_id = f"{BASE}/9.9/{form.edition}/{name}.schema.json"
        assert schema.pop("$id") == schema["properties"].pop("$schema")["const"] == schema_id
        assert schema.pop("description").endswith(f", {name}.")
    assert draft == report


def test_report_allows_null_only_for_a_unit(form: Form) -> None:
    """Null stands in a report's schema only where no unit may be printed."""
    unions = list(nullable(build_schema(form, "9.9")))

    assert unions == [["元", "万元", "亿元", None]] * (form.edition == "2019")


def nullable(schema: Any) -> list[Any]:
    """Return the enumerations, or types, of everything that may be null."""
    if isinstance(schema, list):
        return [found for one in schema for found in nullable(one)]
    if not isinstance(schema, dict):
        return []
    inner = [found for one in schema.values() for found in nullable(one)]
    own = isinstance(schema.get("type"), list) and "null" in schema["type"]
    return [schema.get("enum", schema["type"]), *inner] if own else inner


def test_every_definition_is_used(form: Form) -> None:
    """A schema defines nothing it does not refer to, and refers to nothing it does not define."""
    schema = build_schema(form, "9.9")
    used = {one.rpartition("/")[2] for one in references(schema)}

    assert used == set(schema["$defs"])


def references(schema: Any) -> list[str]:
    """Return every reference in a schema."""
    if isinstance(schema, list):
        return [found for one in schema for found in references(one)]
    if not isinstance(schema, dict):
        return []
    inner = [found for one in schema.values() for found in references(one)]
    return [schema["$ref"], *inner] if isinstance(schema.get("$ref"), str) else inner


def test_making_a_schema_leaves_nothing_behind(form: Form) -> None:
    """The draft made first does not change the report made after, nor the form."""
    first = deepcopy(build_schema(form, "9.9"))
    build_schema(form, "9.9", "draft")

    assert build_schema(form, "9.9") == first


def is_valid(bench: Bench, draft: bool, document: JSONValue) -> bool:  # noqa: FBT001 - one of two schemas
    """Tell whether a document conforms to the draft or the report schema."""
    schema = bench.edition.draft_schema if draft else bench.edition.schema
    return Draft202012Validator(schema).is_valid(document)


def test_blank_report_is_a_draft_only(bench: Bench) -> None:
    """A blank conforms to the draft schema and not to the report's; a complete report conforms to both."""
    assert is_valid(bench, True, blank(bench.edition))
    assert not is_valid(bench, False, blank(bench.edition))
    assert is_valid(bench, True, as_floats(bench.report))
    assert is_valid(bench, False, as_floats(bench.report))


@pytest.mark.parametrize(
    ("pointer", "value", "draft", "report"),
    [
        (COUNT, 0, True, True),
        (COUNT, None, True, False),
        (COUNT, 10**15 - 1, True, True),
        (COUNT, 10**15, False, False),
        (COUNT, -1, False, False),
        (COUNT, "/", False, False),
        (COUNT, "3", False, False),
        (COUNT, True, False, False),
        ("/published_on", "2022-01-31", True, True),
        ("/published_on", "2022-01-31\n", False, False),
        ("/published_on", "２０２２-01-31", False, False),
        ("/published_on", None, True, False),
        ("/reporting_body/kind", None, True, False),
        ("/reporting_body/kind", "school", False, False),
        ("/reporting_body/region_code", "42010", False, False),
        ("/spec_version", None, False, False),
        ("/form_edition", None, False, False),
        ("/requests", None, False, False),
        ("/requests/received/children", 1, False, False),
        ("/x-system", {"any": ["thing"]}, True, True),
        ("/requests/x-note", 1, True, True),
        ("/requests/received/x-note", 1, False, False),
        ("/X-note", 1, False, False),
        ("/note", 1, False, False),
    ],
)
def test_verdicts(bench: Bench, pointer: str, value: JSONValue, draft: bool, report: bool) -> None:  # noqa: FBT001 - a table
    """One value in a complete report decides alike in both schemas, but for null."""
    document = as_floats(with_value(bench.report, pointer, value))

    assert (is_valid(bench, True, document), is_valid(bench, False, document)) == (draft, report)


@pytest.mark.parametrize(("value", "valid"), [("万元", True), (None, True), ("美元", False), ("", False)])
def test_unit_is_listed_or_null(bench_2019: Bench, value: JSONValue, valid: bool) -> None:  # noqa: FBT001 - a table
    """The unit of an amount is one of those met, or null where none is printed, in both schemas."""
    document = as_floats(with_value(bench_2019.report, UNIT, value))

    assert is_valid(bench_2019, True, document) is valid
    assert is_valid(bench_2019, False, document) is valid


def as_floats(value: Any) -> Any:
    """Return a document as a reader that knows no decimals would."""
    if isinstance(value, dict):
        return {key: as_floats(one) for key, one in value.items()}
    return value if isinstance(value, str | int | list | None) else float(value)
