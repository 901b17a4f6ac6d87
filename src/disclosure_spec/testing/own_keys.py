"""Keys of a body's own, which the schema lets in, with anything below them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from disclosure_spec.document import join_pointer, parse_pointer
from disclosure_spec.testing.choices import matching, string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis import strategies as st

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.layout import Layout

_BYTES: Final = 78
"""What the keys and values of one report are read out of; what lies beyond the end is zero, the simplest."""

_KEYS: Final = 2
_DEPTH: Final = 2
_MEMBERS: Final = 3
_TEXT: Final = 9
"""Most keys of one's own, objects in objects there, members of each, characters of a text."""

_LARGEST: Final = 10**15
_DIGITS: Final = 7
"""How many bytes a number is read out of."""


class OwnKeys:
    """Make keys of one's own for reports of one edition.

    Args:
        edition: The edition.
        layout: Its places.
        alphabet: What texts are made of.
    """

    def __init__(self, edition: Edition, layout: Layout, alphabet: str) -> None:
        self._alphabet = alphabet
        # Keys of the form among them: who looks for a total anywhere finds one that is none.
        cells = (cell.pointer for cell in edition.cells)
        self._names = list(dict.fromkeys(part for pointer in cells for part in parse_pointer(pointer)))
        self._doors = [
            (node.pointer, matching(pattern))
            for node in layout.nodes
            for pattern in node.schema.get("patternProperties", ())
        ]

    def draw(self, draw: st.DrawFn) -> dict[str, JSONValue]:
        """Draw some keys, by pointer, and what stands there; none where the schema lets none in."""
        if not self._doors:
            return {}
        data = iter(string(draw, _BYTES))
        found: dict[str, JSONValue] = {}
        for _ in range(1 + _below(data, _KEYS)):
            pointer, heads = self._doors[_below(data, len(self._doors))]
            found[pointer + join_pointer([draw(heads) + self._text(data)])] = self._value(data, _DEPTH)
        return found

    def _value(self, data: Iterator[int], depth: int) -> JSONValue:
        """Read a value of any kind; of a kind that holds others only so deep."""
        kind = _below(data, len(_SCALARS) + (3 if depth else 1))
        if kind < len(_SCALARS):
            return _SCALARS[kind](data)
        if kind == len(_SCALARS):
            return self._text(data)
        members = range(_below(data, _MEMBERS + 1))
        if kind == len(_SCALARS) + 1:
            return [self._value(data, depth - 1) for _ in members]
        return {self._key(data): self._value(data, depth - 1) for _ in members}

    def _key(self, data: Iterator[int]) -> str:
        return self._text(data) if _below(data, 2) else self._names[_below(data, len(self._names))]

    def _text(self, data: Iterator[int]) -> str:
        length = _below(data, _TEXT + 1)
        return "".join([self._alphabet[_below(data, len(self._alphabet))] for _ in range(length)])


def _below(data: Iterator[int], count: int) -> int:
    return next(data, 0) % count


def _number(data: Iterator[int]) -> int:
    sign = -1 if _below(data, 2) else 1
    digits = bytes(next(data, 0) for _ in range(_DIGITS))
    return sign * (int.from_bytes(digits, "little") % (_LARGEST + 1))


_SCALARS: Final[tuple[Callable[[Iterator[int]], JSONValue], ...]] = (
    lambda _: None,
    lambda data: _below(data, 2) == 1,
    _number,
    lambda data: Decimal(_number(data)).scaleb(-3),
)
