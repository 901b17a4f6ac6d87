"""What is printed in the cells: consistent numbers, and every way to spell them or leave them out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec.testing.linear import System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from random import Random

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Cell, Edition

Number: TypeAlias = int | Decimal

MARKS: Final = ("/", "—", "-", "无", "——")


@dataclass
class Figures:
    """The values of all cells and units by pointer, and the text printed in every cell."""

    edition: Edition
    truth: dict[str, JSONValue]
    printed: dict[str, str]

    def put(self, cell: Cell, value: JSONValue, text: str | None = None) -> None:
        """Print a value, in other words where `text` is given."""
        self.truth[cell.pointer] = value
        self.printed[cell.pointer] = text if text is not None else "" if value is None else str(value)
        if cell.unit_pointer and value is None:
            self.truth[cell.unit_pointer] = None

    def number(self, cell: Cell) -> Number | None:
        """Return the number in a cell, if it holds one."""
        value = self.truth[cell.pointer]
        return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else None

    def numbers(self) -> Iterable[tuple[Cell, Number]]:
        """Give the cells that hold a number."""
        for cell in self.edition.cells:
            number = self.number(cell)
            if number is not None:
                yield cell, number

    def last_of_rows(self) -> list[str]:
        """Return the last cell of every row that has several, in the order of the form."""
        rows = (row.cells for one in self.edition.sections for row in one.rows if len(row.cells) > 1)
        return [cells[-1].pointer for cells in rows]

    @property
    def blank(self) -> bool:
        """Tell whether any cell is blank."""
        return any(not self.printed[cell.pointer] for cell in self.edition.cells)


@lru_cache
def system(edition: Edition) -> System:
    """Return the equations of an edition."""
    return System(edition)


def new_figures(rng: Random, edition: Edition) -> Figures:
    """Return the figures of a body that gets few or many requests; all sums are right."""
    most = rng.choice([3, 30, 300, 3_000])
    share = rng.choice([0.1, 0.3, 0.6, 1.0])
    leaves: dict[str, Number] = {
        one: rng.randint(1, most) if rng.random() < share else 0 for one in system(edition).leaves
    }
    for cell in edition.cells:
        if cell.type == "amount" and leaves.get(cell.pointer):
            leaves[cell.pointer] = Decimal(rng.randint(1, most * 1000) * 2 + 1) / 1000
    solved = system(edition).solve(leaves, system(edition).binding, {}, rng.randrange(1_000))
    figures = Figures(edition, {}, {})
    for pointer, value in system(edition).cells(solved).items():
        cell = edition.cell_at[pointer]
        figures.put(cell, value)
        if cell.unit_pointer:
            figures.truth[cell.unit_pointer] = None
    return figures


def distinct(rng: Random, figures: Figures) -> None:
    """Give every cell a large number of its own; sums are wrong."""
    numbers = rng.sample(range(10_000, 99_999), len(figures.edition.cells))
    for cell, number in zip(figures.edition.cells, numbers, strict=True):
        figures.put(cell, number)


def zeros(_: Random, figures: Figures) -> None:
    """Print a zero everywhere."""
    for cell in figures.edition.cells:
        figures.put(cell, 0)


def wrong_totals(rng: Random, figures: Figures) -> None:
    """Print some wrong numbers, often totals; they are printed, so they are what is to be read."""
    last = [figures.edition.cell_at[one] for one in figures.last_of_rows()]
    for cell in rng.sample(last, 3) + rng.sample(figures.edition.cells, 2):
        figures.put(cell, (figures.number(cell) or 0) + rng.choice([1, 2, 10]))


def thousands(_: Random, figures: Figures) -> None:
    """Separate groups of three digits."""
    for cell, number in figures.numbers():
        many = int(number * 1_000)
        figures.put(cell, many, f"{many:,}")


def wide(_: Random, figures: Figures) -> None:
    """Print full-width digits."""
    table = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)} | {ord("."): "．", ord("-"): "－"}
    for cell, number in figures.numbers():
        figures.put(cell, number, str(number).translate(table))


def count_units(rng: Random, figures: Figures) -> None:
    """Print what is counted behind some numbers."""
    for cell, number in figures.numbers():
        if cell.type != "amount" and rng.random() < 0.4:
            figures.put(cell, number, f"{number}{rng.choice(['件', '项', ' 件'])}")


def money_units(rng: Random, figures: Figures) -> None:
    """Print the unit of money behind amounts, also one that the form does not ask for."""
    sums: list[Number] = [251_000, Decimal("1690.9913"), 0]
    for cell in figures.edition.cells:
        if cell.type == "amount":
            number = rng.choice(sums)
            units = cell.units or ((cell.unit,) if cell.unit else ())
            unit = rng.choice([*units, "元"])
            text = f"{number}{rng.choice(['', ' '])}{unit}"
            # A number of another unit than the form's is kept as it is printed.
            figures.put(cell, number if unit in units else text, text)
            if cell.unit_pointer:
                figures.truth[cell.unit_pointer] = unit


def signed_words(rng: Random, figures: Figures) -> None:
    """Print changes with a sign or in words."""
    for cell in figures.edition.cells:
        if cell.type == "signed_count":
            size = rng.randint(1, 1_100)
            sign = rng.choice(["+", "＋", "增加", "增", "-", "－", "减少", "减"])
            figures.put(cell, size if sign in {"+", "＋", "增加", "增"} else -size, f"{sign}{size}")


def marks(rng: Random, figures: Figures) -> None:
    """Print a mark in some cells or rows in place of a number."""
    mark, share = rng.choice(MARKS), rng.choice([0.1, 0.5])
    by_row = rng.random() < 0.5
    for section in figures.edition.sections:
        for row in section.rows:
            whole = rng.random() < share
            for cell in row.cells:
                if whole if by_row else rng.random() < share:
                    figures.put(cell, mark)


def _blank(figures: Figures, chosen: Callable[[Cell], bool]) -> None:
    for cell in figures.edition.cells:
        if chosen(cell):
            figures.put(cell, None)


def blank_zeros(_: Random, figures: Figures) -> None:
    """Leave blank what is zero."""
    _blank(figures, lambda cell: figures.number(cell) == 0)


def blank_some(rng: Random, figures: Figures) -> None:
    """Leave any cells blank."""
    share = rng.choice([0.05, 0.3])
    _blank(figures, lambda _: rng.random() < share)


def blank_totals(_: Random, figures: Figures) -> None:
    """Leave the last cell of every row blank."""
    last = figures.last_of_rows()
    _blank(figures, lambda cell: cell.pointer in last)


def blank_column(rng: Random, figures: Figures) -> None:
    """Leave one column of every table blank."""
    at = rng.randrange(15)
    for section in figures.edition.sections:
        for row in section.rows:
            figures.put(row.cells[at % len(row.cells)], None)


def only_totals(_: Random, figures: Figures) -> None:
    """Leave all but the last cell of every row blank."""
    keep = figures.last_of_rows()
    _blank(figures, lambda cell: cell.pointer not in keep)


def blank_rows(rng: Random, figures: Figures) -> None:
    """Leave whole rows blank."""
    for section in figures.edition.sections:
        for row in section.rows:
            if rng.random() < 0.3:
                for cell in row.cells:
                    figures.put(cell, None)


FIGURES: Final[Mapping[str, Callable[[Random, Figures], None]]] = {
    "figures: consistent": lambda _, __: None,
    "figures: a large number of its own in every cell": distinct,
    "figures: zero everywhere": zeros,
    "figures: wrong totals": wrong_totals,
    "figures: 1,000": thousands,
    "figures: full-width digits": wide,
    "figures: 3件": count_units,
    "figures: 251000元": money_units,
    "figures: +3, 增加3, 减4": signed_words,
    "figures: marks such as / and —": marks,
}
"""Figures in full."""

BLANKS: Final[Mapping[str, Callable[[Random, Figures], None]]] = {
    "blanks: zeros": blank_zeros,
    "blanks: anywhere": blank_some,
    "blanks: totals": blank_totals,
    "blanks: a column of each table": blank_column,
    "blanks: all but totals": only_totals,
    "blanks: whole rows": blank_rows,
}
"""Figures some of which are left out."""
