"""What there is to check, cut into tasks of about one size, the same for any number of processes."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from disclosure_spec.errors import InputError

TASK_BYTES: Final = 1 << 20
"""What a task takes in: enough to make up for handing it out, little enough to hold several."""

TASK_ITEMS: Final = 64
"""Small files in one task: the first results shall not wait for hundreds of files."""


@dataclass(frozen=True, slots=True)
class Item:
    """One report to check, as bytes that are a file or a line.

    Attributes:
        name: Of the file it is in.
        line: Its line there; None for a whole file.
        row: Its row in a table of a database, likewise.
        error: Why its bytes could not be had.
    """

    name: str
    data: bytes = b""
    line: int | None = None
    row: int | None = None
    error: InputError | None = None

    @property
    def label(self) -> str:
        """Return the name with the line or row, as messages show it."""
        at = self.line if self.row is None else self.row
        return self.name if at is None else f"{self.name}:{at}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole lines of a file, which a process reads by itself.

    Attributes:
        start: The offset of its first byte.
        end: The offset behind its last.
        line: The number of its first line.
    """

    name: str
    start: int
    end: int
    line: int

    def __str__(self) -> str:
        return f"{self.name}:{self.line} ({self.start}–{self.end})"


@dataclass(frozen=True, slots=True)
class Files:
    """Small files, which a process reads by itself."""

    names: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.names[0]}–{self.names[-1]}"


@dataclass(frozen=True, slots=True)
class Task:
    """What a process takes on at once.

    Attributes:
        work: The reports, or where to find them.
        reached: Bytes of the input behind this task and all before it.
    """

    work: tuple[Item, ...] | Files | Stretch
    reached: int
