"""A report as plain JSON values, and the paths into it (JSON Pointer, RFC 6901).

Nothing here changes a document it was given: what looks like a change returns a new document.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from disclosure_spec._typing import TYPE_CHECKING, Final, TypeAlias
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# No float: it cannot hold 0.1, and an amount must come out as it went in.
JSONValue: TypeAlias = bool | int | Decimal | str | list["JSONValue"] | dict[str, "JSONValue"] | None
Document: TypeAlias = dict[str, JSONValue]


class Missing(Enum):
    """Mark that nothing stands at a pointer, which is not the same as a blank (`null`)."""

    MISSING = "missing"

    # Enum's own is written in Python, and takes as long as all else of looking something up.
    __hash__ = object.__hash__


# A member of an enum, because a type checker can narrow it away, unlike a bare object().
MISSING: Final = Missing.MISSING

_BAD_ESCAPE: Final = r"~(?![01])"
# No leading zero, as RFC 6901 demands; nine digits at most, so that int() stays cheap.
_INDEX: Final = r"0|[1-9][0-9]{0,8}"


def as_document(value: JSONValue) -> Document:
    """Return the value itself when it is an object.

    Raises:
        InputError: `document.not_object`, the value is anything else.
    """
    if isinstance(value, dict):
        return value
    raise InputError(
        "document.not_object",
        Wording(
            "文件内容不是一份报告：最外层应当是对象，即由键和值组成。",
            "This is not a report: the outermost value must be an object, made of keys and values.",
        ),
    )


# A form has some hundred pointers, and a check asks for each of them many times.
@lru_cache(maxsize=4096)
def parse_pointer(pointer: str) -> tuple[str, ...]:
    """Split a JSON Pointer into keys; the empty pointer is the whole document.

    Raises:
        UsageError: `pointer.syntax`, the pointer does not start with `/` or holds a stray `~`.
    """
    if not pointer:
        return ()
    if not pointer.startswith("/") or ("~" in pointer and re.search(_BAD_ESCAPE, pointer)):
        raise UsageError(
            "pointer.syntax",
            Wording(
                "“{pointer}”不是 JSON Pointer：应以“/”开头，键中的“~”写作“~0”，“/”写作“~1”。",
                "“{pointer}” is not a JSON Pointer: begin with “/”; write “~0” for “~”, “~1” for “/”.",
            ).fill(pointer=pointer),
        )
    # In this order: `~01` is the key `~1`, not a slash.
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))


def join_pointer(parts: Iterable[str]) -> str:
    """Write keys as a JSON Pointer; the opposite of `parse_pointer`."""
    # `~` first, or the one in the `~1` of a slash would be escaped again.
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def get_at(document: JSONValue, pointer: str) -> JSONValue | Missing:
    """Return what stands at the pointer, or `MISSING`.

    Raises:
        UsageError: `pointer.syntax`, see `parse_pointer`.
    """
    value = document
    for part in parse_pointer(pointer):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and re.fullmatch(_INDEX, part) and int(part) < len(value):
            value = value[int(part)]
        else:
            return MISSING
    return value


def with_value(document: Document, pointer: str, value: JSONValue) -> Document:
    """Return a document with the value at the pointer; objects missing on the way are created.

    Parts off the path are shared with the document given, so neither may be changed in place.

    Raises:
        UsageError: `pointer.not_object`, the path runs through something that is not an object, or the
            whole document would be replaced by such; `pointer.syntax`, see `parse_pointer`.
    """
    parts = parse_pointer(pointer)
    if not parts:
        if not isinstance(value, dict):
            raise _not_an_object(())
        return dict(value)
    result = dict(document)
    parent = result
    for depth, part in enumerate(parts[:-1], start=1):
        child = parent.get(part, {})
        if not isinstance(child, dict):
            raise _not_an_object(parts[:depth])
        # Only what is on the path is copied: a report is filled cell by cell, two hundred times.
        copy = dict(child)
        parent[part] = copy
        parent = copy
    parent[parts[-1]] = value
    return result


def order_like(document: Document, template: Mapping[str, JSONValue]) -> Document:
    """Return a copy with the keys in the template's order, at every depth; other keys follow in their own."""
    known = [key for key in template if key in document]
    unknown = [key for key in document if key not in template]
    return {key: _ordered(document[key], template.get(key)) for key in (*known, *unknown)}


def _ordered(value: JSONValue, template: JSONValue) -> JSONValue:
    if isinstance(value, dict):
        return order_like(value, template if isinstance(template, dict) else {})
    if isinstance(value, list):
        return [_ordered(item, None) for item in value]
    return value


def _not_an_object(parts: tuple[str, ...]) -> UsageError:
    return UsageError(
        "pointer.not_object",
        Wording(
            "“{pointer}”处不是对象，不能再有下级的键。",
            "What stands at “{pointer}” is not an object, so it has no keys below it.",
        ).fill(pointer=join_pointer(parts)),
        join_pointer(parts),
    )
