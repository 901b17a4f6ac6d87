"""A schema with every reference put in place, for validators that pay dearly for following one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.authoring.schema import BASE

if TYPE_CHECKING:
    from disclosure_spec.authoring.schema import Schema


def inline_schema(schema: Schema) -> Schema:
    """Return the same schema without `$ref` and `$defs`, under an `$id` of its own; verdicts stay the same.

    Args:
        schema: A schema in the portable subset, as `build_schema` makes it; it is left as it was.
    """
    definitions = schema["$defs"]
    inlined = {key: value for key, value in _inlined(schema, definitions).items() if key != "$defs"}
    path, _, name = schema["$id"].removeprefix(f"{BASE}/").rpartition("/")
    # The `const` of the document's own `$schema` stays: a report names the schema, not a copy of it.
    return inlined | {"$id": f"{BASE}/{path}/{inlined_name(name)}"}


def inlined_name(name: str) -> str:
    """Return what the copy of a schema file is called: `report.inlined.schema.json`."""
    return name.replace(".schema.json", ".inlined.schema.json")


def _inlined(schema: Schema, definitions: Schema) -> Schema:
    if "$ref" in schema:
        target = _inlined(definitions[schema["$ref"].rpartition("/")[2]], definitions)
        # Only titles and descriptions stand beside a reference; those of the place say more.
        return target | {key: value for key, value in schema.items() if key != "$ref"}
    # The door for keys of one's own takes anything: no other keyword of the subset holds a schema.
    return {
        key: {name: _inlined(one, definitions) for name, one in value.items()}
        if key == "properties"
        else value
        for key, value in schema.items()
    }
