"""What a system need not write but must read: numbers spelled otherwise, and keys of a body's own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from disclosure_spec.testing.choices import Choices, places
from disclosure_spec.testing.own_keys import OwnKeys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis import strategies as st

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.layout import Layout

_ZEROS: Final = 3
"""Most zeros written after the last decimal place."""

_SOME: Final = 6
"""Most numbers of a report that are spelled otherwise, unless all are."""

_SPELLED: Final = "spelled"
_ZEROS_OF_ALL: Final = "zeros"
_NUMBERS: Final = tuple((f"number {at}", f"zeros {at}") for at in range(_SOME))
_OWN: Final = "own"

_PLAIN: Final = 4
"""How many times as often a report is left as it is as dressed in one way."""


class Dressing:
    """Dress reports of one edition up, so that a rule comes to the same on them.

    Args:
        edition: The edition.
        layout: Its places.
        alphabet: What texts under keys of one's own are made of.
        plain: Whether to leave every report as it is.
    """

    def __init__(self, edition: Edition, layout: Layout, alphabet: str, *, plain: bool) -> None:
        self._plain = plain
        self._cells = [cell.pointer for cell in edition.cells]
        names = [_SPELLED, _ZEROS_OF_ALL, *(name for both in _NUMBERS for name in both), _OWN]
        self._places = places(names)
        self._own_keys = OwnKeys(edition, layout, alphabet)

    def draw(self, draw: st.DrawFn, flat: Flat) -> dict[str, JSONValue]:
        """Draw the report with some numbers spelled otherwise and some keys of one's own."""
        dressed = dict(flat)
        if self._plain:
            return dressed
        chosen = Choices(draw, self._places)
        if spellings := list(_spellings(chosen, len(self._cells))):
            # Numbers that are not zero first: a zero is one in any spelling.
            order = sorted(self._cells, key=lambda one: not dressed.get(one))
            for index, zeros in spellings:
                value = dressed.get(order[index])
                if isinstance(value, int | Decimal):
                    dressed[order[index]] = respelled(value, zeros)
        return dressed | self._own_keys.draw(draw) if chosen.below(_OWN, _PLAIN + 1) == _PLAIN else dressed


def respelled(number: int | Decimal, zeros: int) -> Decimal:
    """Return the same number as a reader of JSON gives it when it is written in another way.

    Args:
        number: The number.
        zeros: How many zeros stand after its last decimal place, as in 3.0 and 2.50; with -1 it is written
            with an exponent, as in 3e0 and 12e2.
    """
    bare = Decimal(number)
    sign, digits, exponent = bare.as_tuple()
    if zeros > 0:
        places = max(0, -int(exponent)) + zeros
        return Decimal(f"{bare:.{places}f}")  # exact: never fewer places than it has
    kept = "".join(map(str, digits)).rstrip("0") or "0"
    scale = int(exponent) + len(digits) - len(kept) if bare else 0
    return Decimal((sign, tuple(map(int, kept)), scale))


def _spellings(chosen: Choices, count: int) -> Iterator[tuple[int, int]]:
    """Yield which numbers, counted from those that are not zero, are spelled how."""
    match chosen.below(_SPELLED, _PLAIN + 2) - _PLAIN:
        case 0:
            for at, (number, zeros) in enumerate(_NUMBERS):
                # Every other one is among the first, which are not zero in most reports.
                yield chosen.below(number, count if at % 2 else _SOME + 1), _zeros(chosen, zeros)
        case 1:
            yield from ((index, _zeros(chosen, _ZEROS_OF_ALL)) for index in range(count))
        case _:
            return


def _zeros(chosen: Choices, name: str) -> int:
    return chosen.below(name, _ZEROS + 1) or -1
