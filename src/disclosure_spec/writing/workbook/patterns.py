"""A condition's pattern as a formula of plain functions: texts of fixed length, letter by letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PIECE: Final = re.compile(r"\[(?P<set>[0-9A-Za-z-]+)\]|(?P<one>[0-9A-Za-z\u4e00-\u9fff])")
_TIMES: Final = re.compile(r"\{(\d{1,2})\}")
_RANGE: Final = re.compile(r"([0-9A-Za-z])-([0-9A-Za-z])")
_MOST: Final = 64
"""Alternatives a pattern may have once multiplied out."""

Letters = tuple[str, ...]
"""For each place of a text the letters it may be."""


class UnknownPatternError(ValueError):
    """A pattern that these formulas cannot express."""


def matches(pattern: str, reference: str) -> str:
    """Return a formula that is true where the text of a cell matches the whole pattern.

    Raises:
        UnknownPatternError: The pattern uses more than letters, sets, counts, groups and alternatives.
    """
    reader = _Reader(pattern.removeprefix("^").removesuffix("$"))
    options = reader.alternatives()
    if reader.rest:
        raise UnknownPatternError(pattern)
    # Spreadsheets have no patterns in common; letter by letter all of them can do it.
    return f"OR({','.join(_is(option, reference) for option in options)})"


def _is(letters: Letters, reference: str) -> str:
    # FIND tells capitals from small letters, as patterns do; of an empty text it finds nothing wrong.
    places = (f'ISNUMBER(FIND(MID({reference},{at},1),"{one}"))' for at, one in enumerate(letters, start=1))
    return f"AND(LEN({reference})={len(letters)},{','.join(places)})"


@dataclass(slots=True)
class _Reader:
    """Take a pattern apart from left to right."""

    rest: str

    def alternatives(self) -> Sequence[Letters]:
        options = list(self._sequence())
        while self.rest.startswith("|"):
            self.rest = self.rest[1:]
            options += self._sequence()
        return options

    def _sequence(self) -> Sequence[Letters]:
        made: list[Letters] = [()]
        while self.rest and self.rest[0] not in "|)":
            options = self._piece()
            made = [before + after for before in made for after in options]
            if len(made) > _MOST:
                raise UnknownPatternError(self.rest)
        return made

    def _piece(self) -> Sequence[Letters]:
        # A group multiplies out like alternatives of the whole pattern.
        if self.rest.startswith("("):
            self.rest = self.rest[1:]
            options = self.alternatives()
            self._take(")")
            return options
        found = _PIECE.match(self.rest)
        if found is None:
            raise UnknownPatternError(self.rest)
        self._take(found[0])
        letters = found["one"] or "".join(_members(found["set"]))
        times = _TIMES.match(self.rest)
        self._take(times[0] if times else "")
        return [(letters,) * (int(times[1]) if times else 1)]

    def _take(self, text: str) -> None:
        if not self.rest.startswith(text):
            raise UnknownPatternError(self.rest)
        self.rest = self.rest[len(text) :]


def _members(inside: str) -> Iterator[str]:
    for first, last in _RANGE.findall(inside):
        yield from (chr(code) for code in range(ord(first), ord(last) + 1))
    yield from _RANGE.sub("", inside)
