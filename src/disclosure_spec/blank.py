"""A report with nothing filled in: a draft full of nulls, never of zeros."""

from __future__ import annotations

from functools import lru_cache

from disclosure_spec._typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition


def blank(edition: Edition, *, optional: bool = False) -> Document:
    """Return a new blank report of the edition; it conforms to the draft schema.

    Args:
        edition: The edition.
        optional: Whether what a report need not state is there to be filled in too.
    """
    document = _document(edition, optional=optional)
    # The address of the schema is for editors of data; of two schemas a blank cannot name one.
    return {key: value for key, value in document.items() if not key.startswith("$")}


def in_form_order(document: Document, edition: Edition) -> Document:
    """Return a copy with the keys in the order of the form, keys of one's own last."""
    from disclosure_spec.document import order_like  # noqa: PLC0415 - every import of the package loads this module

    return order_like(document, _in_order(edition))


@lru_cache(maxsize=32)
def _in_order(edition: Edition) -> Document:
    """Return all keys of a report in their order; made once, and never changed."""
    return _document(edition, optional=True)


def _document(edition: Edition, *, optional: bool) -> Document:
    value = _empty(edition.schema, edition.schema["$defs"], optional=optional)
    return value if isinstance(value, dict) else {}


def _empty(schema: Mapping[str, Any], definitions: Mapping[str, Any], *, optional: bool) -> JSONValue:
    if "$ref" in schema:
        return _empty(definitions[schema["$ref"].rpartition("/")[2]], definitions, optional=optional)
    # Version and edition are all that a blank says: without them nobody could tell what it is a blank of.
    if "const" in schema:
        constant: JSONValue = schema["const"]
        return constant
    # Null, because a zero would be a figure that nobody has stated.
    if "properties" not in schema:
        return None
    keys = schema["properties"] if optional else schema["required"]
    return {key: _empty(schema["properties"][key], definitions, optional=optional) for key in keys}
