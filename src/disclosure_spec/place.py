"""Where something stands in the user's file, and what a reader notes about it."""

from __future__ import annotations

from enum import StrEnum

from disclosure_spec._values import contents, dataclass
from disclosure_spec.wording import Wording


class How(StrEnum):
    """Say how a value was given its place on the form."""

    EXACT = "exact"
    """By its printed label, letter for letter."""

    SIMILAR = "similar"
    """By a label misspelt, cut or truncated, which resembles one label of the form alone."""

    BY_POSITION = "by-position"
    """Without a label, by the official order of rows, all of which are there."""

    SOLVED = "solved"
    """By the number of cells in its row or the equations of the form, which leave one way to read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Name a place in the terms of the file it is in; what the format does not have stays None.

    Attributes:
        line: Line of a text, page source or JSON file, from 1.
        page: Page of a PDF, from 1.
        table: Ordinal of the table in the file, from 1.
        row: Row of that table as printed, from 1.
        column: Cell of that row in reading order, from 1.
        sheet: Name of a worksheet.
        cell: Address on that sheet, `C7`.
        raw: The text as it stands there.
        how: How the value was given its place on the form; None where that was no question.
        label: The printed label that decided, where it is not that of the form.
    """

    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    raw: str | None = None
    how: How | None = None
    label: str | None = None

    def as_json(self) -> dict[str, int | str]:
        """Return what is known, by name."""
        return {name: value for name, value in contents(self) if value is not None}

    @property
    def wording(self) -> Wording:
        """Return the place in words; the line only where there is no row: a page may be one long line."""
        names = [part for part in _PARTS if part[0] != "line" or self.row is None]
        parts = [(getattr(self, name), zh, en) for name, zh, en in names]
        known = [(value, zh, en) for value, zh, en in parts if value is not None]
        return Wording(
            "".join(zh.format(value) for value, zh, _ in known),
            ", ".join(en.format(value) for value, _, en in known),
        )


_PARTS = (
    ("sheet", "工作表“{}”", "sheet “{}”"),
    ("cell", "{}格", "cell {}"),
    ("page", "第{}页", "page {}"),
    ("line", "文件第{}行", "line {} of the file"),
    ("table", "第{}个表", "table {}"),
    ("row", "第{}行", "row {}"),
    ("column", "第{}格", "cell {}"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader saw and could not use, refused or had to decide; nothing is dropped in silence."""

    code: str
    wording: Wording
    place: Place | None = None
    pointers: tuple[str, ...] = ()
