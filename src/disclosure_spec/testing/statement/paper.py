"""The form as printed: its parts, what is printed beside each cell, and the notes; nothing of the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.document import parse_pointer
from disclosure_spec.testing.statement.trouble import invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PATH: Final = " › "


@dataclass(frozen=True, slots=True)
class Cell:
    """One input cell.

    Attributes:
        rows: The labels of its row, from the outermost group to its own; none if none is printed.
        columns: The labels of its column, likewise.
        unit: Where the document keeps the unit when the form prints none; empty if it prints one.
        units: The units it may have there.
    """

    pointer: str
    keys: tuple[str, ...]
    part: str
    type: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    unit: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def path(self) -> tuple[str, ...]:
        """Return everything printed beside it."""
        return (*self.rows, *self.columns)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the numbered parts, a text if it has no cells."""

    number: str
    name: str
    pointer: str
    cells: tuple[Cell, ...]
    notes: tuple[str, ...]


class PrintedForm:
    """Hold the parts of an edition's `form.json`."""

    def __init__(self, form: Mapping[str, Any]) -> None:
        self.parts = tuple(_part(one) for one in form["sections"])
        self.cells = tuple(cell for part in self.parts for cell in part.cells)

    def part(self, number: str, place: str) -> Part:
        """Return the part with this number, 三.

        Raises:
            SpecificationError: The form has none.
        """
        for part in self.parts:
            if part.number == number:
                return part
        raise invalid(place, f"表上没有第{number}部分", f"the form has no part {number}")

    def under(self, path: str, place: str, among: Iterable[Cell] | None = None) -> tuple[Cell, ...]:
        """Return the cells whose printed labels contain those of a path, in this order.

        Raises:
            SpecificationError: There are none.
        """
        wanted = path.split(_PATH)
        found = tuple(cell for cell in (self.cells if among is None else among) if _within(wanted, cell.path))
        if not found:
            raise invalid(place, f"表上没有“{path}”", f"nothing on the form is labelled {path!r}")
        return found


def _within(wanted: Iterable[str], path: Iterable[str]) -> bool:
    # One iterator for all: a label must come behind the one before it, others may stand between.
    rest = iter(path)
    return all(label in rest for label in wanted)


def _part(data: Mapping[str, Any]) -> Part:
    # Other texts cite the number without the mark that is printed behind it.
    number = data["number"].rstrip("、")
    printed = data["table"]["cells"] if data.get("table") else ()
    return Part(
        number=number,
        name=data["title"]["zh"],
        pointer=data["pointer"],
        cells=tuple(_cell(one, number) for one in printed if one["kind"] == "input"),
        notes=tuple(one["text"]["zh"] for one in printed if one["kind"] == "note"),
    )


def _cell(data: Mapping[str, Any], part: str) -> Cell:
    return Cell(
        pointer=data["pointer"],
        keys=parse_pointer(data["pointer"]),
        part=part,
        type=data["type"],
        rows=tuple(data["row_path"]["zh"]),
        columns=tuple(data["column_path"]["zh"]),
        unit=parse_pointer(data.get("unit_pointer", "")),
        units=tuple(data.get("units", ())),
    )
