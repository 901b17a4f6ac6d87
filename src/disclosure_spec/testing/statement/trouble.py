"""Say what is wrong with a statement that cannot be used."""

from __future__ import annotations

from disclosure_spec.errors import SpecificationError
from disclosure_spec.wording import Wording


def invalid(place: str, zh: str, en: str) -> SpecificationError:
    """Return the error for one place of a statement, or for a label or note that cannot be read."""
    return SpecificationError("statement.invalid", Wording(f"{place}：{zh}", f"{place}: {en}"), place)
