"""Words in the two languages of the project: Chinese is authoritative, English stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Wording:
    """Say one thing in Chinese and in English."""

    zh: str
    en: str

    def get(self, language: Language) -> str:
        """Return the text in one language."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> Wording:
        """Return a copy with `{name}` fields filled; a `Wording` among the values is taken in each language."""
        return Wording(*(self.get(one).format(**_in_language(values, one)) for one in LANGUAGES))

    def as_json(self) -> dict[str, str]:
        """Return the two texts under their language codes."""
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> Wording:
        """Build from `{"zh": …, "en": …}`."""
        return cls(data["zh"], data["en"])


def _in_language(values: Mapping[str, object], language: Language) -> dict[str, object]:
    return {
        name: value.get(language) if isinstance(value, Wording) else value for name, value in values.items()
    }
