"""What can go wrong before a document can be checked; findings about a document are never raised.

DisclosureError
├── InputError         a file or text that cannot be read as a report: says where and what to do
├── SpecificationError a folder that does not hold a usable specification
└── UsageError         an edition, format, rule or option that does not exist
"""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_spec.wording import Language, Wording


class DisclosureError(Exception):
    """Carry a stable code, the words in both languages, and the place where known.

    Attributes:
        code: Stable identifier, for example `json.duplicate_key`.
        wording: What is wrong and the way out, in Chinese and English.
        place: Where, for programs: `3:7` for line and column, a pointer, or an empty string.
    """

    def __init__(self, code: str, wording: Wording, place: str = "") -> None:
        # All three go to `args`, or an error could not be pickled on its way out of a worker process.
        super().__init__(code, wording, place)
        self.code = code
        self.wording = wording
        self.place = place

    def message(self, language: Language) -> str:
        """Return what is wrong, where, and the way out, in one language."""
        return self.wording.get(language)

    def __str__(self) -> str:
        return f"{self.wording.zh} ({self.wording.en})"


class InputError(DisclosureError):
    """Input that cannot be read as a report."""


class SpecificationError(DisclosureError):
    """A specification folder that is missing, incomplete or contradicts itself."""


class UsageError(DisclosureError):
    """A name, option or argument that does not exist."""
