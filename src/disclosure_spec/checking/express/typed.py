"""The same from bytes in one step, by typed decoding; extra `[fast]`, worth its import for many reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec

from disclosure_spec._scalars import RefusedNumber, read_decimal, read_integer
from disclosure_spec.checking.express.shape import ShapeWriter, limits_of, resolve
from disclosure_spec.document import join_pointer
from disclosure_spec.limits import MAX_JSON_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from disclosure_spec.checking.express.shape import Regular
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

_WHOLE: Final = re.compile("-?[0-9]+")
_NUMBER: Final = re.compile(r"-?[0-9][0-9.eE+-]*")


def compile_typed(edition: Edition) -> Callable[[bytes], Regular | None]:
    """Return the function from the bytes of a JSON report to the report taken apart; see `compile_shape`.

    A report with keys of its own is one it gives up on.
    """
    decode = msgspec.json.Decoder(_struct(edition, edition.schema, ())).decode
    take = _FieldWriter(edition).compile()

    def typed(data: bytes) -> Regular | None:
        if len(data) > MAX_JSON_BYTES:
            return None
        try:
            return take(decode(data))
        # Half a character is no decoding error to msgspec, but one of Unicode.
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return None

    return typed


class _FieldWriter(ShapeWriter):
    """Take apart what is decoded already: keys, counts and their limits are beyond doubt."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition)
        self._unset = self._source.constant(msgspec.UNSET)

    def _child(self, name: str, key: str) -> str:
        return f"{name}.{_field(key)}"

    def _has(self, name: str, key: str) -> str:
        return f"{name}.{_field(key)} is not {self._unset}"

    def _take(self, names: Mapping[str, str], value: str) -> None:
        for key, name in names.items():
            self._source.line(f"{name} = {self._child(value, key)}")

    def _close_all(self) -> None:
        """Write nothing: unknown keys were refused."""

    def _close(self, name: str, number: str, stray: Callable[[Document], bool]) -> None:
        """Write nothing, likewise."""

    def _whole_numbers(self) -> None:
        """Write their list alone: they were decoded as such, within their limits."""
        self._source.line(f"c = [{', '.join(f'x{at}' for at in sorted(self._limits))}]")

    def _number(self, name: str) -> None:
        self._source.line(f"{name} = {self._source.constant(_read_number)}({name})")


def _struct(edition: Edition, schema: Mapping[str, Any], path: Sequence[str]) -> type[msgspec.Struct]:
    fields: list[Any] = []
    for key, below in schema["properties"].items():
        kind = _type(edition, below, [*path, key])
        if key in schema["required"]:
            fields.append((_field(key), kind))
        else:
            fields.append((_field(key), kind | msgspec.UnsetType, msgspec.UNSET))
    renamed = {_field(key): key for key in schema["properties"]}
    name = "_".join(["Report", *path])
    # gc=False: nothing in a report can refer back to it.
    return msgspec.defstruct(name, fields, rename=renamed, kw_only=True, forbid_unknown_fields=True, gc=False)


def _type(edition: Edition, schema: Mapping[str, Any], path: Sequence[str]) -> Any:
    definitions = edition.schema["$defs"]
    resolved = resolve(schema, definitions)
    if "properties" in resolved:
        return _struct(edition, resolved, path)
    cell = edition.cell_at.get(join_pointer(path))
    if cell is None:
        return str | int | None
    if resolved["type"] == "integer":
        low, high = limits_of(resolved, definitions[cell.type])
        return Annotated[int, msgspec.Meta(ge=low, le=high)]
    # As it stands: typed decoding would make a binary float of it.
    return msgspec.Raw


def _read_number(raw: msgspec.Raw) -> int | Decimal | None:
    text = bytes(raw).decode()
    try:
        if _WHOLE.fullmatch(text):
            return read_integer(text)
        return read_decimal(text) if _NUMBER.fullmatch(text) else None
    except RefusedNumber:
        return None


def _field(key: str) -> str:
    return "f_" + re.sub(r"\W", "_", key)
