"""What a test says of short values, which come again and again from report to report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")
Found = TypeVar("Found")

_MOST: Final = 5_000
"""Values to remember: there are some 3,000 codes of places, and 366 days in a year."""


class Remembered(dict[Value, Found]):
    """Ask a question about each value once; to look the answer up takes a fifth of the time.

    Numbers that are equal, such as 1 and True, must have the same answer.

    Args:
        ask: The question.
    """

    def __init__(self, ask: Callable[[Value], Found]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, value: Value) -> Found:
        # Some give every report another value; a run over a country must not keep them all.
        if len(self) >= _MOST:
            self.clear()
        found = self[value] = self._ask(value)
        return found
