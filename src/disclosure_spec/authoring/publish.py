"""Make everything that is published from the authored `form.yaml` and `rules.yaml` of each edition."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.authoring.form import build_form
from disclosure_spec.authoring.inlining import inline_schema, inlined_name
from disclosure_spec.authoring.model import parse_form
from disclosure_spec.authoring.rules import build_rules
from disclosure_spec.authoring.schema import BASE, build_schema
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.strict_yaml import loads_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_spec.document import Document, JSONValue

Files = dict[str, bytes]
"""Published files by path below the folder they go to."""

_LINE: Final = 110
_INDEX_VERSION: Final = 1


def publish_editions(root: Path) -> Files:
    """Return every generated file below `schema/`, by relative path.

    Args:
        root: A folder laid out as `<version>/spec.yaml` and `<version>/<edition>/{form,rules}.yaml`.

    Raises:
        SpecificationError: An authored file contradicts itself or another.
        InputError: An authored file is not strict YAML.
    """
    files: Files = {}
    specs: list[JSONValue] = []
    folders = sorted((path.parent for path in root.glob("*/spec.yaml")), key=_version)
    for folder in folders:
        editions: list[JSONValue] = []
        for authored in sorted(path.parent for path in folder.glob("*/form.yaml")):
            made = _publish_edition(authored, folder.name)
            files |= made
            editions.append(_index_entry(authored, folder.name, made))
        specs.append({"version": folder.name} | _load(folder / "spec.yaml") | {"editions": editions})
    latest: JSONValue = {"spec": folders[-1].name} if folders else {}
    index: JSONValue = {"index_version": _INDEX_VERSION, "latest": latest, "specs": specs}
    files["index.json"] = layout_json(index).encode()
    return files


def _version(folder: Path) -> tuple[int, ...]:
    """Order 1.10 after 1.9."""
    return tuple(int(part) for part in folder.name.split("."))


def _publish_edition(folder: Path, version: str) -> Files:
    authored = parse_form(_load(folder / "form.yaml"))
    form = build_form(authored, version)
    rules = build_rules(_load(folder / "rules.yaml"), form, version)
    schemas = {f"{name}.schema.json": build_schema(authored, version, name) for name in ("report", "draft")}
    made = {
        "form.json": {"$schema": f"{BASE}/meta/form.schema.json"} | form,
        "rules.json": {"$schema": f"{BASE}/meta/rules.schema.json"} | rules,
        **schemas,
        **{inlined_name(name): inline_schema(schema) for name, schema in schemas.items()},
    }
    return {f"{version}/{folder.name}/{name}": layout_json(value).encode() for name, value in made.items()}


def _index_entry(folder: Path, version: str, made: Files) -> JSONValue:
    form = _load(folder / "form.yaml")
    entry: Document = {
        "edition": form["form_edition"],
        "official_document": form["official_document"],
        "report_years": form["report_years"],
    }
    for name, data in made.items():
        file = name.rpartition("/")[2]
        kind = file.removesuffix(".json").replace(".", "_")
        # Over the very bytes of the file: any sha256sum can verify a copy.
        digest = hashlib.sha256(data).hexdigest()
        # Only schemas are referred to by an id, from other schemas.
        own = {"id": f"{BASE}/{version}/{folder.name}/{file}"} if kind.endswith("_schema") else {}
        entry[kind] = {"path": name, **own, "sha256": digest}
    return entry


def layout_json(value: JSONValue) -> str:
    """Write JSON for reading and comparing: what fits on a line stays on it."""
    return _layout(value, "") + "\n"


def _layout(value: JSONValue, indent: str) -> str:
    line = dumps_json(value, indent=None).strip()
    if len(indent) + len(line) <= _LINE or not isinstance(value, dict | list) or not value:
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [
            f"{inner}{dumps_json(key, indent=None).strip()}: {_layout(one, inner)}"
            for key, one in value.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return "[\n" + ",\n".join(inner + _layout(one, inner) for one in value) + f"\n{indent}]"


def _load(path: Path) -> dict[str, Any]:
    value = loads_yaml(path.read_bytes())
    return value if isinstance(value, dict) else {}
