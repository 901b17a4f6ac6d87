"""Read an authored file strictly: what is missing, unknown or of another kind is named with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from disclosure_spec.testing.statement.trouble import invalid
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import JSONValue


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of an authored file with its place in it."""

    value: JSONValue
    place: str

    def keys(self, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Entry]:
        """Return what stands under each key.

        Raises:
            SpecificationError: A key is missing or unknown.
        """
        found = dict(self.named())
        for key in required:
            if key not in found:
                raise invalid(self.place, f"缺少“{key}”", f"{key!r} is missing")
        # A misspelt key would otherwise be a demand that nobody makes.
        for key in found:
            if key not in (*required, *optional):
                raise invalid(self.place, f"不认识“{key}”", f"{key!r} is unknown")
        return found

    def named(self) -> Iterator[tuple[str, Entry]]:
        """Yield keys and values."""
        if not isinstance(self.value, dict):
            raise self._not("键和值", "keys and values")
        for key, value in self.value.items():
            yield key, Entry(value, f"{self.place}/{key}")

    def items(self) -> Iterator[Entry]:
        """Yield the entries of a list that is not empty."""
        # Nothing to look at would be a clause that always holds.
        if not isinstance(self.value, list) or not self.value:
            raise self._not("列表", "a list")
        for number, value in enumerate(self.value):
            yield Entry(value, f"{self.place}/{number}")

    def text(self) -> str:
        """Return a text."""
        if not isinstance(self.value, str) or not self.value:
            raise self._not("文字", "a text")
        return self.value

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(item.text() for item in self.items())

    def whole(self) -> int:
        """Return a whole number."""
        # To Python true is 1.
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self._not("整数", "a whole number")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self._not("true 或 false", "true or false")
        return self.value

    def bounds(self) -> tuple[int | None, int | None]:
        """Return two whole numbers, or null where there is no bound."""
        low, high = (None if item.value is None else item.whole() for item in self.items())
        return low, high

    def choice(self, choices: tuple[str, ...]) -> str:
        """Return one of these texts."""
        if self.text() not in choices:
            raise self._not("、".join(choices), " or ".join(choices))
        return self.text()

    def pattern(self) -> re.Pattern[str]:
        """Return a regular expression."""
        try:
            return re.compile(self.text())
        except re.error as error:
            raise self._not("正则表达式", "a regular expression") from error

    def wording(self) -> Wording:
        """Return a text in both languages."""
        both = self.keys(("zh", "en"))
        return Wording(both["zh"].text(), both["en"].text())

    def _not(self, zh: str, en: str) -> Exception:
        return invalid(self.place, f"应为{zh}", f"must be {en}")
