"""The form → `report.schema.json`, and the same with blanks allowed → `draft.schema.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.authoring.envelope import CELL_TYPES, DEFINITIONS, EXTENSIONS, OPTIONAL, head_properties

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.authoring.model import Block, Form, Node, Section

Schema = dict[str, Any]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
BASE: Final = "https://w3id.org/disclosure-spec"
# Without these a draft could not even say which form it is a draft of.
_NEVER_BLANK: Final = frozenset({"spec_version", "form_edition", "$schema"})


def build_schema(form: Form, spec_version: str, name: str = "report") -> Schema:
    """Return the schema of a complete report, or of a draft, in which every value may be null.

    Args:
        form: The authored form.
        spec_version: Version of the specification, `1.0`.
        name: `report` or `draft`.
    """
    schema_id = f"{BASE}/{spec_version}/{form.edition}/{name}.schema.json"
    head = head_properties(spec_version, form.edition, schema_id)
    properties = head | {section.key: _section(section) for section in form.sections}
    title = form.source["title"]
    schema = {
        "$schema": DIALECT,
        "$id": schema_id,
        "title": f"{title['zh']}（{form.source['official_document']['number']}）",
        "description": f"{title['en']}, form edition {form.edition}, {name}.",
        "type": "object",
        "required": [key for key in properties if key not in OPTIONAL],
        "properties": properties,
        "patternProperties": EXTENSIONS,
        # Closed but for one door: a misspelt key must not pass for data of one's own.
        "additionalProperties": False,
    }
    schema["$defs"] = _used(CELL_TYPES | DEFINITIONS | _column_sets(form), schema)
    return _with_blanks(schema) if name == "draft" else schema


def _used(definitions: dict[str, Schema], schema: Schema) -> dict[str, Schema]:
    """Keep the definitions that the schema refers to, directly or through another."""
    used: set[str] = set()
    waiting = _references(schema)
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting |= _references(definitions[name])
    return {name: one for name, one in definitions.items() if name in used}


def _references(schema: Schema) -> set[str]:
    own = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
    return own.union(*(_references(one) for one in schema.get("properties", {}).values()))


def _column_sets(form: Form) -> dict[str, Schema]:
    return {name: _object(_column_properties(columns)) for name, columns in form.column_sets.items()}


def _column_properties(columns: Iterable[Node]) -> dict[str, Schema]:
    properties: dict[str, Schema] = {}
    for column in columns:
        if column.key is None:
            properties |= _column_properties(column.children)
            continue
        properties[column.key] = _titled(column, _column_value(column))
        if "unit_key" in column.value:
            properties[column.value["unit_key"]] = _unit(column)
    return properties


def _column_value(column: Node) -> Schema:
    if column.columns:
        return {"$ref": f"#/$defs/{column.columns}"}
    if column.children:
        return _object(_column_properties(column.children))
    return {"$ref": f"#/$defs/{column.value['type']}"}


def _unit(column: Node) -> Schema:
    return {
        "title": f"{column.title.zh}的单位",
        "description": f"Unit of {column.title.en} — null when none is printed.",
        # The one union of the report: the form prints no unit here, so null has to say that none was stated.
        "type": ["string", "null"],
        "enum": [*column.value["units"], None],
    }


def _section(section: Section) -> Schema:
    title = {"title": f"{section.number}{section.title.zh}", "description": f"{section.title.en}."}
    if section.table is None:
        return title | {"$ref": "#/$defs/text"}
    properties: dict[str, Schema] = {}
    for block in section.table.blocks:
        _merge(properties, _block_properties(block))
    return title | _object(properties) | {"patternProperties": EXTENSIONS}


def _block_properties(block: Block) -> dict[str, Schema]:
    if not block.rows:
        return _column_properties(block.columns)
    row = (
        {"$ref": f"#/$defs/{block.column_set}"}
        if block.column_set
        else _object(_column_properties(block.columns))
    )
    return _row_properties(block.rows, row)


def _row_properties(rows: Iterable[Node], row: Schema) -> dict[str, Schema]:
    properties: dict[str, Schema] = {}
    for node in rows:
        inner = _object(_row_properties(node.children, row)) if node.children else row
        if node.key is None:
            _merge(properties, _row_properties(node.children, row))
        else:
            properties[node.key] = _titled(node, inner)
    return properties


def _merge(properties: dict[str, Schema], more: dict[str, Schema]) -> None:
    """Add properties of a further block; a row that two blocks share gets the columns of both."""
    for key, schema in more.items():
        if key in properties and "properties" in schema:
            _merge(properties[key]["properties"], schema["properties"])
            properties[key]["required"] = list(properties[key]["properties"])
        else:
            properties[key] = schema


def _titled(node: Node, schema: Schema) -> Schema:
    return {"title": node.title.zh, "description": f"{node.title.en}."} | schema


def _object(properties: dict[str, Schema]) -> Schema:
    return {
        "type": "object",
        # All of them: a filed report is complete, and a draft says null where it is not.
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


def _with_blanks(schema: Schema) -> Schema:
    """Allow null wherever a value is filled in; objects and the version marks stay as they are."""
    changed = {
        key: {name: _with_blanks(one) if name not in _NEVER_BLANK else one for name, one in value.items()}
        if key in {"properties", "$defs"}
        else value
        for key, value in schema.items()
    }
    kind = changed.get("type")
    # A list of types allows null already.
    if isinstance(kind, str) and kind != "object":
        changed["type"] = [kind, "null"]
        if "enum" in changed:
            # `enum` judges by itself, so null must be listed there too.
            changed["enum"] = [*changed["enum"], None]
    return changed
