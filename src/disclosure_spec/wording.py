"""Words in the two languages of the project: Chinese is authoritative, English stands beside it."""

from __future__ import annotations

import re
from functools import lru_cache

from disclosure_spec._typing import TYPE_CHECKING, Final, Literal
from disclosure_spec._values import dataclass

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
    # One pass: what was filled in is never itself taken for a template.
    pieces = [*_pieces(template)]
    for at in range(1, len(pieces), 2):
        value = values.get(pieces[at], f"{{{pieces[at]}}}")
        pieces[at] = value.get(language) if isinstance(value, Wording) else str(value)
    return "".join(pieces)


# A thousand findings share a template.
@lru_cache(maxsize=512)
def _pieces(template: str) -> tuple[str, ...]:
    """Return a template cut into plain text and, in every second place, the names of fields."""
    return tuple(_FIELD.split(template))
