"""Words in the two languages of the project: Chinese is authoritative, English stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]
# Not str.format(): a brace in quoted text would raise, and its fields can reach into objects.
_FIELD: Final = re.compile(r"\{([a-z_]+)\}")
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
        """Return a copy with `{name}` fields filled; a `Wording` among the values is taken in each language.

        Braces around anything else stay as they are: templates are data, and so is what they quote.
        """
        return Wording(*(_fill(self.get(one), values, one) for one in LANGUAGES))

    def as_json(self) -> dict[str, str]:
        """Return the two texts under their language codes."""
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def from_json(cls, data: Mapping[str, str]) -> Wording:
        """Build from `{"zh": …, "en": …}`."""
        return cls(data["zh"], data["en"])


def _fill(template: str, values: Mapping[str, object], language: Language) -> str:
    def put(match: re.Match[str]) -> str:
        value = values.get(match[1], match[0])
        return value.get(language) if isinstance(value, Wording) else str(value)

    # One pass: what was filled in is never itself taken for a template.
    return _FIELD.sub(put, template)
