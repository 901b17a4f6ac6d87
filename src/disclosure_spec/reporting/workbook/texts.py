"""Texts as a part of a workbook can hold them."""

from __future__ import annotations

import re
from typing import Final

from disclosure_spec.reporting.telling import visible
from disclosure_spec.writing.workbook.values import LONGEST, pieces

_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_CUT: Final = "…"


def escaped(text: str) -> str:
    """Return a text as the markup of a cell or comment holds it: `fitting`, and nothing read as a code."""
    # What looks like the code of a character would be shown as that character.
    return _ESCAPE.sub("_x005F_", fitting(text))


def fitting(text: str) -> str:
    """Return a text that a cell can hold: nothing unseen, and its end cut off where it is too long."""
    first, *rest = pieces(visible(text), LONGEST)
    return first + (_CUT if rest else "")
