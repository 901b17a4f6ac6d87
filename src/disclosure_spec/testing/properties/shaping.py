"""Each constraint of the schemas that is broken is refused, and its limits themselves are not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from disclosure_spec.document import get_at, join_pointer, parse_pointer, with_value
from disclosure_spec.testing.judging import Expectation, Submission
from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.making import flats
from disclosure_spec.testing.properties.conforming import as_draft
from disclosure_spec.testing.properties.law import Property, expecting
from disclosure_spec.testing.properties.reports import refusal
from disclosure_spec.testing.properties.words import clause, title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.judging import SchemaName


@dataclass(frozen=True, slots=True)
class Constraint:
    """A keyword at one place of a schema, and the places of a report it speaks of."""

    keyword: str
    schema: Mapping[str, Any]
    pointers: tuple[str, ...]


def shaping(edition: Edition) -> Iterator[Property]:
    """Yield a law for each keyword of the schemas."""
    kit = kit_of(edition)
    full = flats(kit, Wish(options=frozenset(kit.layout.options))).map(kit.layout.document)
    for keyword in _BREAK:
        found = [(name, one) for name in _SCHEMAS for one in _constraints(edition, name, keyword)]
        if found:
            made = st.builds(
                lambda document, pick, found=found: expecting(_refused(edition, document, found, pick)),
                full,
                st.integers(0, 99),
            )
            yield Property(
                f"constraint:{keyword}",
                edition.name,
                title("constraint", keyword=keyword),
                *clause("constraint"),
                made,
                1,
            )


_SCHEMAS: Final[tuple[SchemaName, ...]] = ("report", "draft")
_NO_KEY: Final = "zz_not_in_the_form"


def _constraints(edition: Edition, name: SchemaName, keyword: str) -> list[Constraint]:
    """Return where a keyword stands in a schema; what is referred to is one place, however often."""
    schema = edition.schema if name == "report" else edition.draft_schema
    found: dict[int, tuple[Mapping[str, Any], list[str]]] = {}
    for pointer, own in _places(schema, schema, ""):
        if keyword in own:
            # By identity: two definitions may read alike and still be dropped one by one.
            found.setdefault(id(own), (own, []))[1].append(pointer)
    return [Constraint(keyword, own, tuple(pointers)) for own, pointers in found.values()]


def _places(root: Mapping[str, Any], schema: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, Any]]:
    # The published schemas keep to `$ref` and `properties`, so these lead to every place.
    yield pointer, schema
    if "$ref" in schema:
        yield from _places(root, root["$defs"][schema["$ref"].rpartition("/")[2]], pointer)
    for key, child in schema.get("properties", {}).items():
        yield from _places(root, child, pointer + join_pointer([key]))


def _refused(
    edition: Edition, document: Document, found: Iterable[tuple[SchemaName, Constraint]], pick: int
) -> Iterator[tuple[Submission, Expectation]]:
    """Yield the report with each constraint broken in turn, and with what just keeps it."""
    for name, one in found:
        base = document if name == "report" else as_draft(edition, document)
        pointer = one.pointers[pick % len(one.pointers)]
        # The rules go by the schema of reports; of a draft only its validity is known.
        verdict = refusal(edition) if name == "report" else None
        for broken in _broken(base, one, pointer, pick):
            yield Submission(edition.name, broken, name), Expectation(valid=False, verdict=verdict)
        if one.keyword in _LIMITS:
            kept = with_value(base, pointer, one.schema[one.keyword])
            yield Submission(edition.name, kept, name), Expectation(valid=True)


def _broken(document: Document, one: Constraint, pointer: str, pick: int) -> Iterator[Document]:
    if one.keyword == "required":
        yield from (_without(document, pointer, key) for key in one.schema["required"])
    elif one.keyword == "additionalProperties":
        yield with_value(document, pointer + join_pointer([_NO_KEY]), None)
    elif pointer:
        bad = _BREAK[one.keyword](one.schema, get_at(document, pointer))
        yield with_value(document, pointer, bad[pick % len(bad)])


def _without(document: Document, pointer: str, key: str) -> Document:
    parent = get_at(document, pointer)
    kept = {one: value for one, value in parent.items() if one != key} if isinstance(parent, dict) else {}
    return with_value(document, join_pointer(parse_pointer(pointer)), kept)


def _other_types(schema: Mapping[str, Any], _: object) -> list[JSONValue]:
    allowed = {schema["type"]} if isinstance(schema["type"], str) else {*schema["type"]}
    if "number" in allowed:
        allowed |= {"integer"}
    return [value for kind, value in _OF_TYPE.items() if kind not in allowed]


def _near(_: Mapping[str, Any], value: object) -> list[JSONValue]:
    return [f"{value} ", "", 0]


_LIMITS: Final = {"minimum", "maximum"}
_OF_TYPE: Final[Mapping[str, JSONValue]] = {
    "null": None,
    "string": "7",
    "integer": 7,
    "number": Decimal("7.5"),
    "object": {},
    "array": [],
    "boolean": True,
}
_BREAK: Final[Mapping[str, Callable[[Mapping[str, Any], object], list[JSONValue]]]] = {
    "type": _other_types,
    "required": _near,
    "additionalProperties": _near,
    "const": _near,
    "enum": _near,
    "minimum": lambda schema, _: [schema["minimum"] - 1],
    "maximum": lambda schema, _: [schema["maximum"] + 1],
    "pattern": lambda _, value: [f"{value}0", str(value)[1:], f"{value}\n", "甲" * len(str(value))],
    "minLength": lambda schema, _: ["甲" * (schema["minLength"] - 1)],
    "maxLength": lambda schema, _: ["甲" * (schema["maxLength"] + 1)],
}
"""Values that break each keyword; of a key that is missing or unknown it is not the value that does."""
