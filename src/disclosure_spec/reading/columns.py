"""Column titles: whether they leave the order and the units of the form as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.edition import Row
from disclosure_spec.reading.labels import normalise, spellings, without_note
from disclosure_spec.reading.values import MONEY_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.edition import Cell, Section
    from disclosure_spec.reading.labels import Labels

_MONEY: Final = re.compile("|".join(MONEY_UNITS))
_NO_BRACKETS: Final = str.maketrans("", "", "()")
_ENOUGH: Final = 2
"""Titles of a table met, as a fraction of all: one in so many shows that a table is this table."""


class Columns:
    """Remember the column titles met since the last section heading.

    Attributes:
        problem: Code of the note for rows under titles that cannot be relied on; None while all is well.
        unit: The unit of money that a title states and the form does not.
    """

    def __init__(self, labels: Labels, others: Sequence[Labels]) -> None:
        self.problem: str | None = None
        self.unit: str | None = None
        self._recent: list[str] = []
        self._labels = labels
        self._others = others
        self._seen: dict[str, set[str]] = {}
        self._titles = {
            name: spellings(header)[0]
            for section in labels.edition.sections
            for header in section.headers
            for name in spellings(header)
        }
        self._units = {
            without_note(name): _MONEY.findall(name) for name in labels.headers if _MONEY.search(name)
        }

    def observe(self, texts: Sequence[str]) -> None:
        """Take note of one row of titles, or of the texts between two rows of values."""
        self._recent += [_letters(text) for text in texts]
        known = [text for text in texts if self._labels.header_sections(text)]
        for text in known:
            for pointer in self._labels.header_sections(text):
                self._seen.setdefault(pointer, set()).add(self._title(text))
        foreign = any(map(self._is_foreign, texts))
        other_unit = any(map(self._other_unit, texts))
        if foreign or other_unit or known:
            self.unit = next((unit for text in known for unit in self._added_units(text)), None)
            self.problem = self._judge(known, foreign=foreign, other_unit=other_unit)

    def take(self, section: Section, row: Row, count: int) -> Row | None:
        """Return the cells of an unlabelled row that so many values below these titles fill, if that is sure.

        All of them, or those of one group, when the group's titles stand right above the values.
        """
        recent, self._recent = self._recent, []
        if count >= len(row.cells):
            return row if self.identify(section) else None
        for path, cells in _groups(section, row).items():
            titles = [title for title, _ in cells]
            above = recent[-len(titles) - 1 : -len(titles)]
            if (
                count == len(cells)
                and recent[-len(titles) :] == titles
                and above in (["".join(path)], [path[-1]])
            ):
                return Row((), tuple(cell for _, cell in cells))
        return None

    def identify(self, section: Section) -> bool:
        """Tell whether enough titles were met to know the section's table by them."""
        titles = {spellings(header)[0] for header in section.headers}
        return len(self._seen.get(section.pointer, ())) * _ENOUGH >= len(titles)

    def _judge(self, known: Sequence[str], *, foreign: bool, other_unit: bool) -> str | None:
        if foreign:
            return "columns.other_edition"
        if other_unit:
            return "columns.unit"
        return None if self._in_order([self._title(text) for text in known]) else "columns.order"

    def _title(self, text: str) -> str:
        name = normalise(text)
        return self._titles.get(name) or self._titles.get(without_note(name)) or name

    def _is_foreign(self, text: str) -> bool:
        return not self._labels.knows(text) and any(one.header_sections(text) for one in self._others)

    def _other_unit(self, text: str) -> bool:
        name = normalise(text)
        form = self._units.get(without_note(name))
        printed = _MONEY.findall(name)
        return bool(form and printed and printed != form)

    def _added_units(self, text: str) -> list[str]:
        name = normalise(text)
        return [] if name in self._titles else _MONEY.findall(name)

    def _in_order(self, names: Sequence[str]) -> bool:
        orders = [order for section in self._labels.edition.sections for order in _orders(section)]
        return len(names) < _ENOUGH or any(_is_subsequence(names, order) for order in orders)


def _letters(text: str) -> str:
    return normalise(text).translate(_NO_BRACKETS)


def _groups(section: Section, row: Row) -> dict[tuple[str, ...], list[tuple[str, Cell]]]:
    """Return the cells of a row with their column titles, by the titles of the groups they are in."""
    inputs = [cell for cell in (section.grid or {}).get("cells", ()) if cell["kind"] == "input"]
    paths = {cell["pointer"]: [_letters(text) for text in cell["column_path"]["zh"]] for cell in inputs}
    groups: dict[tuple[str, ...], list[tuple[str, Cell]]] = {}
    for cell in row.cells:
        *group, title = paths[cell.pointer]
        if group:
            groups.setdefault(tuple(group), []).append((title, cell))
    return groups


def _orders(section: Section) -> Iterable[list[str]]:
    """Give the titles of a table row by row, and column by column."""
    cells = [
        cell for cell in (section.grid or {}).get("cells", ()) if cell["kind"] in {"band", "header", "note"}
    ]
    for first, second in (("row", "column"), ("column", "row")):
        ordered = sorted(cells, key=lambda cell: (cell[first], cell[second]))
        yield [normalise(cell["text"]["zh"]) for cell in ordered]


def _is_subsequence(names: Iterable[str], order: Iterable[str]) -> bool:
    rest = iter(order)
    return all(name in rest for name in names)
