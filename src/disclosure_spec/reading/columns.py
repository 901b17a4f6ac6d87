"""Column titles: whether they leave the order and the units of the form as they are."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from disclosure_spec.edition import Row
from disclosure_spec.reading.labels import normalise, spellings, without_note
from disclosure_spec.reading.values import MONEY_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.edition import Cell, Edition, Section
    from disclosure_spec.reading.labels import Labels

_MONEY: Final = re.compile("|".join(MONEY_UNITS))
_NO_BRACKETS: Final = str.maketrans("", "", "()")
_ENOUGH: Final = 2
"""Titles of a table met, as a fraction of all: one in so many shows that a table is this table."""


class _Form:
    """The column titles of an edition: how each is spelt, its units, and the orders they stand in."""

    def __init__(self, edition: Edition) -> None:
        headers = [header for section in edition.sections for header in section.headers]
        self.titles = {name: spellings(header)[0] for header in headers for name in spellings(header)}
        self.units = {without_note(name): _MONEY.findall(name) for name in self.titles if _MONEY.search(name)}
        orders = (order for section in edition.sections for order in _orders(section))
        self.lines = tuple(dict.fromkeys("".join(f"{title}\n" for title in order) for order in orders))

    @lru_cache(maxsize=256)  # noqa: B019 - a form is kept as long, see `_form_of`
    def has_order(self, names: tuple[str | None, ...]) -> bool:
        """Tell whether titles stand on the form in this order; unknown ones stand for titles between."""
        runs = groupby(names, key=lambda name: name is None)
        pattern = "".join(_pattern(list(run)) for _, run in runs)
        return any(re.search(f"^{pattern}", text, re.MULTILINE) for text in self.lines)


@lru_cache(maxsize=32)
def _form_of(edition: Edition) -> _Form:
    return _Form(edition)


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
        self._below = False
        self._labels = labels
        self._others = others
        self._seen: dict[str, set[str]] = {}
        self._form = _form_of(labels.edition)

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
            problem = self._judge(texts, foreign=foreign, other_unit=other_unit)
            unit = next((unit for text in known for unit in self._added_units(text)), None)
            self._remember(problem, unit)

    def _remember(self, problem: str | None, unit: str | None) -> None:
        # Titles below values head another table, so what was wrong above is over.
        if self._below:
            self.unit = self.problem = None
        self._below = False
        self.unit = unit or self.unit
        self.problem = self.problem or problem

    def leave(self) -> None:
        """Take note of a row of values: the next titles begin anew, those above it are one block."""
        self._below = True

    def take(self, section: Section, row: Row, count: int) -> Row | None:
        """Return the cells of an unlabelled row that so many values below these titles fill, if that is sure.

        All of them, or those of one group, when the group's titles stand right above the values.
        """
        recent, self._recent = self._recent, []
        # The row has no label to know it by, so its titles must say whose it is.
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

    def _judge(self, texts: Sequence[str], *, foreign: bool, other_unit: bool) -> str | None:
        if foreign:
            # Some rows are called the same in both editions, but these columns count other things.
            return "columns.other_edition"
        if other_unit:
            return "columns.unit"
        names = [self._title(text) if self._labels.header_sections(text) else None for text in texts]
        return None if self._in_order(names) else "columns.order"

    def _title(self, text: str) -> str:
        return self._form.titles.get(self._labels.title(text) or "", normalise(text))

    def _is_foreign(self, text: str) -> bool:
        return not self._labels.knows(text) and any(one.header_sections(text) for one in self._others)

    def _other_unit(self, text: str) -> bool:
        name = normalise(text)
        form = self._form.units.get(without_note(name))
        printed = _MONEY.findall(name)
        # A title without a unit says nothing against the form's own.
        return bool(form and printed and printed != form)

    def _added_units(self, text: str) -> list[str]:
        name = normalise(text)
        # What the form prints itself is known; only what was added to a title is news.
        return [] if name in self._form.titles else _MONEY.findall(name)

    def _in_order(self, names: Sequence[str | None]) -> bool:
        """Tell whether titles stand side by side as on the form; unknown texts stand for titles between."""
        known = [at for at, name in enumerate(names) if name is not None]
        if len(known) < _ENOUGH:
            return True
        return self._form.has_order(tuple(names[known[0] : known[-1] + 1]))


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


def _pattern(names: Sequence[str | None]) -> str:
    """Return what a run of titles, all known or all unknown, stands for: a title may be in several pieces."""
    known = "".join(f"{re.escape(name)}\n" for name in names if name is not None)
    return known or rf"(?:[^\n]+\n){{1,{len(names)}}}"


def _orders(section: Section) -> Iterable[list[str]]:
    """Give the titles of a table row by row, column by column, each row, and the lowest of every column."""
    cells = [
        cell for cell in (section.grid or {}).get("cells", ()) if cell["kind"] in {"band", "header", "note"}
    ]
    for first, second in (("row", "column"), ("column", "row")):
        ordered = sorted(cells, key=lambda cell: (cell[first], cell[second]))
        yield [normalise(cell["text"]["zh"]) for cell in ordered]
    yield from _rows_of_titles(section)


def _rows_of_titles(section: Section) -> Iterable[list[str]]:
    grid = (section.grid or {}).get("cells", ())
    cells = [cell for cell in grid if cell["kind"] in {"band", "header", "note"}]
    by_row = sorted(cells, key=lambda cell: (cell["row"], cell["column"]))
    for _, row in groupby(by_row, key=lambda cell: int(cell["row"])):
        yield [normalise(cell["text"]["zh"]) for cell in row]
    inputs = [cell for cell in grid if cell["kind"] == "input"]
    for _, row in groupby(inputs, key=lambda cell: int(cell["row"])):
        yield [normalise(cell["column_path"]["zh"][-1]) for cell in row]
