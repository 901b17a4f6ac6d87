"""The portable subset of JSON Schema our schemas are written in, compiled to closures.

The subset is that of `schema/meta/subset.schema.json`, and what a change of one keyword makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure_spec._typing import TYPE_CHECKING, Any, Final, TypeAlias
from disclosure_spec._values import dataclass
from disclosure_spec.errors import SpecificationError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.document import JSONValue

Schema: TypeAlias = "Mapping[str, Any]"
_Trail: TypeAlias = "tuple[_Trail, str] | None"
_Broken: TypeAlias = Callable[[Any], bool]
_Check: TypeAlias = "Callable[[Any, _Trail, list[Breach]], None]"

_UNKNOWN: Final = Wording(
    "模式中的关键字“{keyword}”不在可移植的子集之内。",
    "The schema's keyword {keyword} is outside the portable subset.",
)
_REFERENCE: Final = "#/$defs/"


@dataclass(frozen=True, slots=True)
class Breach:
    """One broken keyword: where, which, what it wants, the schema it stands in, what was found."""

    path: tuple[str, ...]
    keyword: str
    wanted: Any
    schema: Schema
    instance: Any

    @property
    def places(self) -> Sequence[tuple[str, ...]]:
        """Return the places it concerns: of an object short of a key, or with one too many, those keys."""
        if self.keyword == "required":
            keys = [key for key in self.wanted if key not in self.instance]
        elif self.keyword == "additionalProperties":
            known = self.schema.get("properties", {})
            doors = self.schema.get("patternProperties", {})
            # search(), as patterns of JSON Schema are not anchored.
            keys = [
                key for key in self.instance if key not in known and not any(re.search(p, key) for p in doors)
            ]
        else:
            return [self.path]
        return [(*self.path, key) for key in keys]


def compile_schema(schema: Schema) -> Callable[[JSONValue], list[Breach]]:
    """Return the function that lists every broken keyword of a value, decimals as `Decimal`.

    Raises:
        SpecificationError: The schema uses a keyword outside the subset, or refers to nothing.
    """
    check = _Compiler(schema).compile(schema)

    def breaches(value: JSONValue) -> list[Breach]:
        found: list[Breach] = []
        check(value, None, found)
        return found

    return breaches


def accepts(schema: Schema) -> Callable[[JSONValue], bool]:
    """Return the test whether a published schema accepts a value, decimals as `Decimal`."""
    breaches = compile_schema(schema)
    return lambda value: not breaches(value)


class _Compiler:
    """Compile the schemas inside one root; a definition used many times is compiled once."""

    def __init__(self, root: Schema) -> None:
        self._definitions: Schema = root.get("$defs", {})
        self._compiled: dict[str, _Check] = {}

    def compile(self, schema: Schema) -> _Check:
        checks = [_plain(schema)] if _TESTS.keys() & schema.keys() else []
        if _OBJECT & schema.keys():
            checks.append(self._object(schema))
        if "$ref" in schema:
            checks.append(self._definition(schema["$ref"]))
        unknown = schema.keys() - _TESTS.keys() - _OBJECT - _SILENT
        if unknown:
            raise SpecificationError("schema.keyword", _UNKNOWN.fill(keyword=min(unknown)))
        return checks[0] if len(checks) == 1 else _all_of(checks)

    def _definition(self, reference: str) -> _Check:
        name = reference.removeprefix(_REFERENCE)
        if name not in self._definitions:
            raise SpecificationError("schema.keyword", _UNKNOWN.fill(keyword=f"$ref: {reference}"))
        if name not in self._compiled:
            self._compiled[name] = self.compile(self._definitions[name])
        return self._compiled[name]

    def _object(self, schema: Schema) -> _Check:
        required = frozenset(schema.get("required", ()))
        properties = {key: self.compile(one) for key, one in schema.get("properties", {}).items()}
        doors = [re.compile(pattern) for pattern in _open_doors(schema)]
        closed = schema.get("additionalProperties") is False

        (low, high), alike = _commonest(self._counts(schema.get("properties", {})))
        # Where all keys are required, as many as there are known ones are all of them.
        all_required = len(required) if required == properties.keys() else None

        def check(value: Any, trail: _Trail, found: list[Breach]) -> None:
            if not isinstance(value, dict):
                return
            own = stray = False
            for key, one in value.items():
                # A whole number within its limits is what nearly every value is: told here, without a call.
                if type(one) is int and low <= one <= high and key in alike:
                    continue
                known = properties.get(key)
                if known is not None:
                    known(one, (trail, key), found)
                # search(), as patterns of JSON Schema are not anchored.
                elif any(door.search(key) for door in doors):
                    own = True
                else:
                    stray = True
            if (own or stray or len(value) != all_required) and not value.keys() >= required:
                found.append(_breach(trail, "required", schema, value))
            if closed and stray:
                found.append(_breach(trail, "additionalProperties", schema, value))

        return check

    def _counts(self, properties: Schema) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the properties of which nothing is asked but to be a whole number, with its limits."""
        for key, schema in properties.items():
            found = schema
            while "$ref" in found and not found.keys() - _SILENT:
                found = self._definitions[found["$ref"].removeprefix(_REFERENCE)]
            if found.keys() - _SILENT == _COUNT and found["type"] == "integer":
                yield key, (found["minimum"], found["maximum"])


def _commonest(
    counts: Iterable[tuple[str, tuple[int, int]]],
) -> tuple[tuple[int, int], frozenset[str]]:
    """Return the limits that most counts have, and which these are; the others are tested one by one."""
    of = dict(counts)
    common = max(of.values(), key=[*of.values()].count, default=(0, 0))
    return common, frozenset(key for key, limits in of.items() if limits == common)


def _open_doors(schema: Schema) -> Schema:
    doors: Schema = schema.get("patternProperties", {})
    # Behind a door stands anything at all; the subset has no other use for patterns of keys.
    if any(doors.values()):
        raise SpecificationError("schema.keyword", _UNKNOWN.fill(keyword="patternProperties"))
    return doors


def _all_of(checks: Sequence[_Check]) -> _Check:
    def check(value: Any, trail: _Trail, found: list[Breach]) -> None:
        for one in checks:
            one(value, trail, found)

    return check


def _plain(schema: Schema) -> _Check:
    """Compile the keywords on one value."""
    tests = [(keyword, _TESTS[keyword](schema[keyword])) for keyword in schema if keyword in _TESTS]

    def check(value: Any, trail: _Trail, found: list[Breach]) -> None:
        for keyword, broken in tests:
            if broken(value):
                found.append(_breach(trail, keyword, schema, value))

    return check


def _breach(trail: _Trail, keyword: str, schema: Schema, value: Any) -> Breach:
    steps: list[str] = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return Breach(tuple(reversed(steps)), keyword, schema[keyword], schema, value)


def _is_number(value: object) -> bool:
    # To JSON Schema the Decimal 3.0 is an integer; a binary float is nothing a strict reader lets in.
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _is_integer(value: object) -> bool:
    if isinstance(value, Decimal):
        return value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool)


_TYPES: Final[Mapping[str, _Broken]] = {
    "array": lambda value: isinstance(value, list),
    "boolean": lambda value: isinstance(value, bool),
    "integer": _is_integer,
    "null": lambda value: value is None,
    "number": _is_number,
    "object": lambda value: isinstance(value, dict),
    "string": lambda value: isinstance(value, str),
}


def _type(wanted: str | Sequence[str]) -> _Broken:
    if isinstance(wanted, str):
        kind = _TYPES[wanted]
        return lambda value: not kind(value)
    kinds = [_TYPES[one] for one in wanted]
    return lambda value: not any(one(value) for one in kinds)


def _enum(wanted: Sequence[JSONValue]) -> _Broken:
    # To Python True is 1, to JSON it is not.
    return lambda value: (
        not any(value == one and isinstance(value, bool) == isinstance(one, bool) for one in wanted)
    )


def _pattern(wanted: str) -> _Broken:
    search = re.compile(wanted).search
    return lambda value: isinstance(value, str) and search(value) is None


_TESTS: Final[Mapping[str, Callable[[Any], _Broken]]] = {
    "type": _type,
    "const": lambda wanted: _enum([wanted]),
    "enum": _enum,
    "minLength": lambda wanted: lambda value: isinstance(value, str) and len(value) < wanted,
    "maxLength": lambda wanted: lambda value: isinstance(value, str) and len(value) > wanted,
    "pattern": _pattern,
    "minimum": lambda wanted: lambda value: _is_number(value) and value < wanted,
    "maximum": lambda wanted: lambda value: _is_number(value) and value > wanted,
}
_OBJECT: Final = frozenset({"required", "properties", "patternProperties", "additionalProperties"})
_SILENT: Final = frozenset(
    {"$schema", "$id", "$defs", "$ref", "title", "description", "examples", "$comment"}
)
"""Keywords that say nothing of a value by themselves."""
_COUNT: Final = frozenset({"type", "minimum", "maximum"})
