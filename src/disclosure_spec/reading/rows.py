"""Rows as they are met in a file, before it is decided what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec._values import dataclass, replace
from disclosure_spec.reading.values import printed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.place import How, Place
    from disclosure_spec.reading.labels import Named


@dataclass(frozen=True, slots=True)
class Token:
    """The text of a cell and its mark.

    Attributes:
        certain: Whether it is a cell; a blank that is not may be the trace of a merged one.
        joined: Whether it may be several cells, whose digits are run together.
    """

    text: str
    place: Place
    certain: bool = True
    mark: str = ""
    joined: bool = False

    @property
    def blank(self) -> bool:
        """Tell whether nothing is printed."""
        return not printed(self.text)


@dataclass(frozen=True, slots=True)
class Met:
    """A row of the form as it was met.

    Attributes:
        named: The row, and how its label was recognised.
        name: What stands there as its label; its values where it has none.
        where: The place of the label.
        table: Ordinal of the table it was met in.
        unit: What the column title says, for amounts that state none themselves.
    """

    named: Named
    name: str
    values: Sequence[Token]
    where: Place
    table: int
    unit: str | None = None

    @property
    def pointers(self) -> tuple[str, ...]:
        """Return the pointers of the row's cells."""
        return tuple(cell.pointer for cell in self.named.row.cells)

    @property
    def shown(self) -> str:
        """Return the values as they are printed."""
        return shown(self.values)

    @property
    def surplus(self) -> int:
        """Return how many values are too many; less than 0 where some are missing."""
        return len(self.values) - len(self.named.row.cells)

    def place_of(self, token: Token, how: How | None = None) -> Place:
        """Return the place of a value, with how it was found: as the row was, unless another way is given."""
        return replace(token.place, how=how or self.named.how, label=self.named.label)


def shown(values: Sequence[Token]) -> str:
    """Return values as they are printed, a sign for each blank."""
    return "  ".join(token.text or "␣" for token in values)


def contents(values: Sequence[Token]) -> int:
    """Return how many cells are not blank."""
    return sum(not token.blank for token in values)
