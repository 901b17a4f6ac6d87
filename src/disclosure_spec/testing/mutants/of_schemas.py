"""Every mutant of the two schemas of an edition, from the root down."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.document import MISSING
from disclosure_spec.testing.mutants.mutant import Mutant, at_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.mutants.mutant import File, Path
    from disclosure_spec.testing.mutants.of_rules import Change

_LIMITS: Final = ("minimum", "maximum", "minLength", "maxLength")
_CONSTRAINTS: Final = ("type", "const", "enum", "additionalProperties", "pattern", *_LIMITS)
_HOLDING: Final = ("properties", "$defs")
_LAST_SET: Final = re.compile(r"\[[^]]*\]$")


def mutants_of_schemas(edition: Edition) -> Iterator[Mutant]:
    """Yield every mutant of `report.schema.json`, then of `draft.schema.json`."""
    files: tuple[tuple[File, Mapping[str, Any]], ...] = (
        ("report", edition.schema),
        ("draft", edition.draft_schema),
    )
    for file, schema in files:
        for holder, path in schemas_in(schema):
            for kind, place, value in _changes(holder):
                named = [edition.name, file, *(str(one) for one in (*path, *_named(holder, place)))]
                told = "" if value is MISSING else f":{value}"
                yield Mutant(
                    id=f"{'/'.join(named)}#{kind}{told}",
                    edition=edition.name,
                    kind=kind,
                    file=file,
                    path=(*path, *place),
                    value=value,
                )


def schemas_in(schema: Mapping[str, Any], path: Path = ()) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """Yield a schema and all that stand in it, each with its path."""
    yield schema, path
    for keyword in _HOLDING:
        for key, inner in schema.get(keyword, {}).items():
            yield from schemas_in(inner, (*path, keyword, key))


def _named(holder: Mapping[str, Any], place: Path) -> Path:
    """Return a place with names in place of their indexes."""
    value = at_path(holder, place)
    return (*place[:-1], str(value)) if isinstance(place[-1], int) and value is not MISSING else place


def _changes(holder: Mapping[str, Any]) -> Iterator[Change]:
    for keyword in _CONSTRAINTS:
        if keyword in holder:
            yield "constraint_dropped", (keyword,), MISSING
    for index in range(len(holder.get("required", ()))):
        yield "key_not_required", ("required", index), MISSING
    if "$ref" in holder:
        yield "reference_dropped", ("$ref",), MISSING
    for keyword in _LIMITS:
        if keyword in holder:
            for step in (-1, 1):
                yield "limit_moved", (keyword,), holder[keyword] + step
    yield from _of_choices(holder)
    for key in holder.get("properties", {}):
        yield "key_dropped", ("properties", key), MISSING
    yield from _of_own_keys(holder)


def _of_choices(holder: Mapping[str, Any]) -> Iterator[Change]:
    if "enum" in holder:
        for index in range(len(holder["enum"])):
            yield "choice_dropped", ("enum", index), MISSING
        # The choice most easily let in by mistake: nothing, but written as a text.
        yield "choice_added", ("enum", len(holder["enum"])), ""
    match holder.get("type"):
        case [kind, "null"]:
            # Narrowed: what may be left blank, as a draft's cells may, no longer may.
            yield "type_changed", ("type",), kind
            if kind == "integer":
                yield "type_changed", ("type",), ["number", "null"]
        case str(kind):
            yield "type_changed", ("type",), [kind, "null"]
            if kind == "integer":
                yield "type_changed", ("type",), "number"


def _of_own_keys(holder: Mapping[str, Any]) -> Iterator[Change]:
    patterns = holder.get("patternProperties", {})
    for pattern, inner in patterns.items():
        yield "own_keys_changed", ("patternProperties", pattern), MISSING
        wider = _LAST_SET.sub("", pattern)
        if wider != pattern:
            # A wider pattern is another key, so that the published one has to go.
            others = {key: one for key, one in patterns.items() if key != pattern}
            yield "own_keys_changed", ("patternProperties",), {**others, wider: inner}
