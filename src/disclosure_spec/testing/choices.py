"""The small choices that make a document, and other things that are read out of strings of bytes.

To Hypothesis a draw costs the same whether it decides one bit or a hundred bytes, and a document asks for
dozens of small choices. Each has bytes of its own, so that shrinking one leaves the others as they are; the
smaller the bytes, the simpler what is chosen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from struct import unpack
from typing import TYPE_CHECKING, Final, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_T = TypeVar("_T")

_SIZE: Final = 78
_STRINGS: Final = st.binary(min_size=_SIZE, max_size=_SIZE)
"""All strings are of one size: Hypothesis likes to copy one to the place of another, and where it does not
fit it puts zeros instead, so that half of the documents would be empty."""

_OF_ONE_BYTE: Final = 256


class Choices:
    """Draw the choices of one document.

    Args:
        draw: Draws strings of bytes.
        places: Of each choice, as from `places`.
    """

    __slots__ = ("_numbers", "_places")

    def __init__(self, draw: st.DrawFn, places: Mapping[str, int]) -> None:
        self._places = places
        # Two bytes for each, so that of the days of a year none is much likelier than another.
        self._numbers = unpack(f">{len(places)}H", string(draw, 2 * len(places)))

    def below(self, name: str, count: int) -> int:
        """Return which of so many is chosen, counted from zero, the simplest."""
        number: int = self._numbers[self._places[name]]
        # One byte where it does: two must shrink together to come to less.
        return (number if count > _OF_ONE_BYTE else number % _OF_ONE_BYTE) % count


def places(names: Iterable[str]) -> Mapping[str, int]:
    """Return where the bytes of each choice are, counted in choices."""
    return {name: place for place, name in enumerate(dict.fromkeys(names))}


def string(draw: st.DrawFn, size: int) -> bytes:
    """Draw so many bytes."""
    return b"".join([draw(_STRINGS) for _ in range(0, size, _SIZE)])[:size]


@lru_cache(maxsize=1024)
def below(count: int) -> st.SearchStrategy[int]:
    """Return a strategy for the numbers below a count.

    It is kept: a new one is validated and labelled anew, which takes longer than to draw from it.
    """
    return st.integers(0, count - 1)


def picked(draw: st.DrawFn, options: Sequence[_T]) -> _T:
    """Draw one of what is known only while a document is being made."""
    return options[draw(below(len(options)))]


@lru_cache(maxsize=64)
def matching(pattern: str) -> st.SearchStrategy[str]:
    """Return a strategy for texts that a pattern matches from end to end."""
    bare = pattern.removeprefix("^").removesuffix("$")  # in Python `$` lets a line break follow
    code = re.fullmatch(r"([\w-]*)(\[[^]]+\])(?:\{([0-9]+)\})?", bare)
    size = int(code[3] or 1) if code else _SIZE
    if not code or size >= _SIZE:
        return st.from_regex(bare, fullmatch=True)
    start = code[1]
    alphabet = [one for one in map(chr, range(128)) if re.fullmatch(code[2], one)]

    def decode(data: bytes) -> str:
        text = "".join([alphabet[one % len(alphabet)] for one in data[1 : size + 1]])
        # Half of them end as codes of larger units do, in nothing but zeros: rules tell them apart by that.
        kept = data[0] % (2 * size) or 1
        return start + text[:kept].ljust(size, alphabet[0])

    return _STRINGS.map(decode)
