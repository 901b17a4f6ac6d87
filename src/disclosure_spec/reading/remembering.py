"""Answers that are kept: a form is some two hundred labels, and a reader asks for each of them many times."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

LONGEST: Final = 64
"""Characters of a text that is kept: no label is longer, and so no file fills the memory with its prose."""

_KEPT: Final = 2048


def remembered(work: Callable[[str], T]) -> Callable[[str], T]:
    """Make a function that depends on its text alone keep the answers for short texts."""
    known = lru_cache(maxsize=_KEPT)(work)

    @wraps(work)
    def answer(text: str) -> T:
        return known(text) if len(text) <= LONGEST else work(text)

    return answer
