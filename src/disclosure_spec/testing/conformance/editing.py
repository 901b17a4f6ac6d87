"""Documents as what sets them apart from another one, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from disclosure_spec.document import MISSING, Document, JSONValue, Missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Path: TypeAlias = tuple[str, ...]
Change: TypeAlias = tuple[Path, JSONValue | Missing]
"""Where something else stands, and what; `MISSING` for nothing."""


def changes(base: JSONValue, other: JSONValue, path: Path = ()) -> Iterator[Change]:
    """Yield what makes one value out of another, as deep inside as can be."""
    if isinstance(base, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*base, *other)):
            if key not in other:
                yield (*path, key), MISSING
            elif key not in base:
                yield (*path, key), other[key]
            else:
                yield from changes(base[key], other[key], (*path, key))
    # To Python 1 is True, and 3.0 is 3; in JSON they are written otherwise.
    elif base != other or type(base) is not type(other) or str(base) != str(other):
        yield path, other


def with_changes(base: Document, made: Iterable[Change]) -> Document:
    """Return a document with changes made; none may be inside another."""
    result = base
    for path, value in made:
        result = changed(result, path, value)
    return result


def changed(document: Document, path: Path, value: JSONValue | Missing) -> Document:
    """Return a document with something else at a path, or nothing; the objects on the way are there."""
    key, *rest = path
    result = dict(document)
    if rest:
        result[key] = changed(cast("Document", document[key]), tuple(rest), value)
    elif isinstance(value, Missing):
        result.pop(key, None)
    else:
        result[key] = value
    return result
