"""The places of a document as its schema lays them out, and documents put together from values by pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from disclosure_spec.document import join_pointer, with_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.document import Document, JSONValue

Tree: TypeAlias = "list[tuple[str, str, Tree | None]]"


@dataclass(frozen=True, slots=True, repr=False)  # Hypothesis writes arguments out, and this holds schemas
class Node:
    """One place of a document.

    Attributes:
        pointer: Where.
        schema: What the schema says of it, references followed and merged.
        option: The outermost optional key on the way to it; None where the place is in every report.
        required: Whether the object it is in must have it.
    """

    pointer: str
    schema: Mapping[str, Any]
    option: str | None
    required: bool

    @property
    def is_object(self) -> bool:
        """Tell whether it has keys."""
        return "properties" in self.schema


def nodes(schema: Mapping[str, Any]) -> Iterator[Node]:
    """Yield every place the schema knows, parents first, in the order of the form."""
    yield from _below(Node("", schema, None, required=True), schema.get("$defs", {}))


def _below(node: Node, definitions: Mapping[str, Any]) -> Iterator[Node]:
    yield node
    required = node.schema.get("required", ())
    for key, child in node.schema.get("properties", {}).items():
        pointer = node.pointer + join_pointer([key])
        merged = dict(child)
        if "$ref" in child:
            merged = {**definitions[child["$ref"].rpartition("/")[2]], **child}
        option = node.option or (None if key in required else pointer)
        yield from _below(Node(pointer, merged, option, required=key in required), definitions)


class Layout:
    """Put documents together in the order of the form.

    Args:
        schema: The schema of the documents.
    """

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self.nodes = tuple(nodes(schema))
        self.options = tuple(dict.fromkeys(node.option for node in self.nodes if node.option))
        self._known = frozenset(node.pointer for node in self.nodes)
        # Worked out once: every example is put together along it.
        self._tree = _tree(schema, schema.get("$defs", {}), "")

    def document(self, flat: Mapping[str, JSONValue]) -> Document:
        """Return the document with these values; an object none of whose values is given is left out.

        Keys that the schema does not name come last in the object they are in.
        """
        document = _assemble(self._tree, flat)
        for pointer in [one for one in flat if one not in self._known]:
            document = with_value(document, pointer, flat[pointer])
        return document


def _tree(schema: Mapping[str, Any], definitions: Mapping[str, Any], pointer: str) -> Tree:
    tree: Tree = []
    for key, child in schema["properties"].items():
        target = definitions[child["$ref"].rpartition("/")[2]] if "$ref" in child else child
        place = pointer + join_pointer([key])
        tree.append((key, place, _tree(target, definitions, place) if "properties" in target else None))
    return tree


def _assemble(tree: Tree, flat: Mapping[str, JSONValue]) -> Document:
    document: Document = {}
    for key, pointer, below in tree:
        if below is None:
            if pointer in flat:
                document[key] = flat[pointer]
        elif inner := _assemble(below, flat):
            document[key] = inner
    return document
