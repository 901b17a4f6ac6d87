"""What a system need not write but must read: numbers spelled otherwise, and keys of a body's own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from disclosure_spec.document import join_pointer, parse_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.layout import Layout

_ZEROS: Final = 3
"""Most zeros written after the last decimal place."""

_SOME: Final = 6
"""Most numbers of a report that are spelled otherwise, unless all are."""

_OWN_KEYS: Final = 2
_TEXT: Final = 9
"""Most characters of a text under such a key."""

_LARGEST: Final = 10**15
_PLAIN: Final = 4
"""How many times as often a report is left as it is."""


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
        doors = [
            (node.pointer, pattern)
            for node in layout.nodes
            for pattern in node.schema.get("patternProperties", ())
        ]
        self._spellings = _spellings(len(self._cells))
        self._own = _own_keys(doors, _names(self._cells), st.text(alphabet, max_size=_TEXT))

    def draw(self, draw: st.DrawFn, flat: Flat) -> dict[str, JSONValue]:
        """Draw the report with some numbers spelled otherwise and some keys of one's own."""
        dressed = dict(flat)
        if self._plain:
            return dressed
        spellings = draw(self._spellings)
        # Numbers that are not zero first: a zero is one in any spelling.
        order = sorted(self._cells, key=lambda one: not dressed.get(one)) if spellings else []
        for index, zeros in spellings:
            value = dressed.get(order[index])
            if isinstance(value, int | Decimal):
                dressed[order[index]] = respelled(value, zeros)
        return dressed | draw(self._own)


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


def _spellings(count: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Return which numbers, counted from those that are not zero, are spelled how."""
    zeros = st.integers(1, _ZEROS) | st.just(-1)
    some = st.lists(st.tuples(st.integers(0, _SOME) | st.integers(0, count - 1), zeros), max_size=_SOME)
    every = zeros.map(lambda one: [(index, one) for index in range(count)])
    return _seldom([], some, every)


def _own_keys(
    doors: list[tuple[str, str]], names: list[str], texts: st.SearchStrategy[str]
) -> st.SearchStrategy[dict[str, JSONValue]]:
    """Return strategies for keys that the schema lets in, with anything below them."""
    if not doors:
        return st.just({})
    values = _values(names, texts)
    entries = [st.tuples(_keys(pointer, pattern, texts), values) for pointer, pattern in doors]
    return _seldom({}, st.lists(st.one_of(entries), min_size=1, max_size=_OWN_KEYS).map(dict))


def _keys(pointer: str, pattern: str, texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    heads = st.from_regex(pattern.removeprefix("^"), fullmatch=True)
    return st.builds(lambda head, tail: pointer + join_pointer([head + tail]), heads, texts)


def _values(names: list[str], texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    decimals = st.integers(-_LARGEST, _LARGEST).map(lambda digits: Decimal(digits).scaleb(-3))
    scalars = st.none() | st.booleans() | st.integers(-_LARGEST, _LARGEST) | decimals | texts
    # Keys of the form among them: who looks for a total anywhere finds one that is none.
    keys = st.sampled_from(names) | texts

    def below(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)

    return st.recursive(scalars, below, max_leaves=4)


def _names(pointers: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(part for pointer in pointers for part in parse_pointer(pointer)))


def _seldom(usual: Any, *others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    # Not one_of(), for which equal branches are one.
    return st.sampled_from([*[st.just(usual)] * _PLAIN, *others]).flatmap(lambda chosen: chosen)
