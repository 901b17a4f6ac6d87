"""The names of files in a folder of results."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from disclosure_spec.checking import Result

_LONGEST: Final = 60
_UNSAFE: Final = re.compile(r"[^\w.-]+")


def file_name(number: int, result: Result, suffix: str) -> str:
    """Return the name of the file for one of many reports: its number, and the stem of what was checked."""
    stem = PurePath(result.input.name).stem if result.input else ""
    # Letters, digits and little else: the name must be one on every system, and stay in its folder.
    slug = _UNSAFE.sub("_", unicodedata.normalize("NFC", stem))[:_LONGEST].strip("._") or "report"
    return f"{number:04}-{slug}.{suffix}"
