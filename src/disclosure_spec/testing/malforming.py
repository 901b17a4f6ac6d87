"""Documents that break exactly one constraint of the schema."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from disclosure_spec.document import Document, get_at, join_pointer, parse_pointer, with_value
from disclosure_spec.errors import UsageError
from disclosure_spec.testing.broken import Broken
from disclosure_spec.testing.choices import picked
from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.making import flat_of
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.layout import Node

_OF_TYPE: Final[Mapping[str, tuple[JSONValue, ...]]] = {
    "null": (None,),
    "string": ("", "甲", "0"),
    "integer": (0,),
    "number": (Decimal("0.5"),),
    "object": ({},),
    "array": ([],),
    "boolean": (True, False),
}
_STRANGERS: Final = ("unknown", "甲", "x-", "X-a", "x_a", "", "~/")
"""Keys nobody knows, some of which nearly pass for one's own."""

_SLIPS: Final = "?０O \n"
"""What may slip into a code: other characters, a digit of full width, white space."""

_FAR: Final = 10**6
_OVER: Final = 5


def keywords(edition: Edition) -> tuple[str, ...]:
    """Return the schema keywords that `malformed` can break.

    >>> from disclosure_spec import Catalogue
    >>> keywords(Catalogue().edition("2021"))
    ('type', 'required', 'additionalProperties', 'const', 'enum', 'minimum', 'maximum', 'pattern', \
'minLength', 'maxLength')
    """
    return tuple(keyword for keyword in _BREAKERS if sites(edition, keyword))


def malformed(edition: Edition, keyword: str) -> st.SearchStrategy[Broken]:
    """Return a strategy for documents that break one constraint of the schema, with the pointer to it.

    For `required` and `additionalProperties` the pointer names the key that is missing or unknown.

    Args:
        edition: The edition of the form.
        keyword: One of `keywords(edition)`.

    Raises:
        UsageError: The schema has no such keyword that could be broken alone.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> document, pointers = find(malformed(edition, "enum"), lambda broken: True)
    >>> pointers, document["reporting_body"]["kind"] in ("department", "government", "other")
    (('/reporting_body/kind',), False)
    """
    if keyword not in keywords(edition):
        raise UsageError(
            "testing.keyword",
            Wording(
                f"{edition.name}年版的结构没有可单独违反的“{keyword}”；可用：{'、'.join(keywords(edition))}。",
                f"Edition {edition.name} has no {keyword!r} to break; try {', '.join(keywords(edition))}.",
            ),
        )
    return malformed_at(edition, keyword, sites(edition, keyword))


def sites(edition: Edition, keyword: str) -> tuple[Node, ...]:
    """Return the places of a document where a keyword can be broken alone."""
    able, _ = _BREAKERS[keyword]
    known = (node for node in kit_of(edition).layout.nodes if keyword in node.schema)
    return tuple(node for node in known if able(node))


@st.composite
def malformed_at(draw: st.DrawFn, edition: Edition, keyword: str, places: Sequence[Node]) -> Broken:
    """Draw a document that breaks the keyword at one of the places."""
    node = picked(draw, places)
    kit = kit_of(edition)
    options = frozenset([node.option]) if node.option else frozenset()
    # The place must be in the document; what else is optional comes and goes.
    document = kit.layout.document(flat_of(draw, kit, Wish(options=options)))
    if keyword == "required":
        pointer = node.pointer + join_pointer([picked(draw, node.schema["required"])])
        return Broken(_without(document, pointer), (pointer,))
    _, bad = _BREAKERS[keyword]
    value = draw(bad(node.schema, get_at(document, node.pointer)))
    pointer = node.pointer
    if keyword == "additionalProperties":
        pointer, value = node.pointer + join_pointer([value]), picked(draw, [None, 0, "甲"])
    return Broken(with_value(document, pointer, value), (pointer,))


def _without(document: Document, pointer: str) -> Document:
    *above, last = parse_pointer(pointer)
    parent = get_at(document, join_pointer(above))
    kept = {key: value for key, value in parent.items() if key != last} if isinstance(parent, dict) else {}
    return with_value(document, join_pointer(above), kept)


def _other_type(schema: Mapping[str, Any], _: object) -> st.SearchStrategy[Any]:
    kinds = schema["type"]
    allowed = {kinds} if isinstance(kinds, str) else {*kinds}
    # JSON has one type of numbers: where any will do, a whole one is not another.
    if "number" in allowed:
        allowed.add("integer")
    others = [one for kind in _OF_TYPE if kind not in allowed for one in _OF_TYPE[kind]]
    # A number must be in the range that stands there, or the range is broken too.
    least = max(schema.get("minimum", 0), 0)
    return st.sampled_from([least + one if isinstance(one, Decimal) else one for one in others])


def _stranger(schema: Mapping[str, Any], _: object) -> st.SearchStrategy[str]:
    own = schema.get("patternProperties", ())
    free = [key for key in _STRANGERS if key not in schema["properties"]]
    return st.sampled_from([key for key in free if not any(re.search(pattern, key) for pattern in own)])


def _not_listed(schema: Mapping[str, Any], value: object) -> st.SearchStrategy[str]:
    listed = schema.get("enum", [schema.get("const")])
    near = (f"{value}{extra}" for extra in ("", " ", "0"))
    return st.sampled_from([one for one in ("", "甲", *near) if one not in listed])


def _slipped(schema: Mapping[str, Any], value: object) -> st.SearchStrategy[str]:
    text = str(value)
    slips = [text[:at] + slip + text[at + 1 :] for at in range(len(text)) for slip in _SLIPS]
    # Of a line break at the end Python's `$` takes no notice, and other languages' does.
    return st.sampled_from([one for one in slips if not re.search(schema["pattern"], one.rstrip("\n"))])


def _is_plain(node: Node) -> bool:
    return "pattern" not in node.schema and "enum" not in node.schema


_Breaker = tuple["Callable[[Node], bool]", "Callable[[Mapping[str, Any], object], st.SearchStrategy[Any]]"]
_BREAKERS: Final[Mapping[str, _Breaker]] = {
    "type": (lambda node: bool(node.pointer) and not {"enum", "const"} & {*node.schema}, _other_type),
    "required": (lambda node: bool(node.schema["required"]), lambda _, __: st.nothing()),
    "additionalProperties": (lambda node: node.schema["additionalProperties"] is False, _stranger),
    "const": (lambda node: "type" not in node.schema, _not_listed),
    "enum": (lambda node: "string" in node.schema.get("type", "string"), _not_listed),
    "minimum": (
        lambda _: True,
        lambda schema, _: st.integers(1, _FAR).map(lambda far: schema["minimum"] - far),
    ),
    "maximum": (
        lambda _: True,
        lambda schema, _: st.integers(1, _FAR).map(lambda far: schema["maximum"] + far),
    ),
    "pattern": (lambda _: True, _slipped),
    "minLength": (
        lambda node: _is_plain(node) and node.schema["minLength"] > 0,
        lambda schema, _: st.just("甲" * (schema["minLength"] - 1)),
    ),
    "maxLength": (
        _is_plain,
        lambda schema, _: st.integers(1, _OVER).map(lambda over: "甲" * (schema["maxLength"] + over)),
    ),
}
"""For each keyword where it can be broken alone, and with what."""
