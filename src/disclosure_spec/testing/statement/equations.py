"""Sums and comparisons of cells, as they follow from the labels and notes printed on the form."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from operator import eq, ge, le
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from disclosure_spec.testing.statement.trouble import invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from disclosure_spec.testing.statement.facts import Facts
    from disclosure_spec.testing.statement.paper import Cell, Part, PrintedForm

Whose: TypeAlias = Literal["document", "previous", "parts"]

_RELATIONS: Final[Mapping[str, Callable[[int | Fraction, int], bool]]] = {"=": eq, "≤": le, "≥": ge}
_OWNERS: Final[Mapping[str, Whose]] = {"上年报告的": "previous", "所属各机关的": "parts"}
_EVERY: Final = "每格"
_SIDES: Final = re.compile(r"(.+?) ([=≤≥]) (.+)")
_PIECE: Final = re.compile(r" ([+-]) ")
_FACTOR: Final = re.compile(r"([1-9][0-9]*) × (.+)")

# As the official forms number their items; none has more than ten.
_DIGITS: Final = "一二三四五六七八九十"
_SIDE: Final = r"((?:[加减]?第[一二三四五六七八九十]项)+)(?:之和|之差)?"
_NOTE: Final = re.compile(f"{_SIDE}，?等于{_SIDE}")
_NOTE_ITEM: Final = re.compile(r"([加减]?)第([一二三四五六七八九十])项")
_ORDINAL: Final = re.compile(r"(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+\.)")


class Term(NamedTuple):
    """A cell with its coefficient, and whose report it is taken from."""

    coefficient: int
    whose: Whose
    cell: Cell


@dataclass(frozen=True, slots=True)
class Equation:
    """Terms whose sum is in a relation to zero.

    Attributes:
        pointers: Every cell that occurs, each once.
        owners: Whose reports are needed besides the document.
        measured: Whether some cells state a unit of their own.
    """

    terms: tuple[Term, ...]
    relation: str
    pointers: tuple[str, ...]
    owners: frozenset[Whose]
    measured: bool

    @classmethod
    def of(cls, terms: Iterable[Term], relation: str) -> Equation:
        """Build from the terms."""
        kept = tuple(terms)
        return cls(
            terms=kept,
            relation=relation,
            pointers=tuple(sorted({term.cell.pointer for term in kept})),
            owners=frozenset(term.whose for term in kept) - {"document"},
            measured=any(term.cell.unit for term in kept),
        )

    def holds(self, facts: Facts) -> bool | None:
        """Tell whether it holds; None where a number, a report or a common unit is lacking."""
        if not all(facts.comparable(whose) for whose in self.owners):
            return None
        # Exact whatever the length: a decimal context would round the sum of two long amounts.
        total: int | Fraction = 0
        for coefficient, whose, cell in self.terms:
            number = facts.number(cell, whose)
            if number is None:
                return None
            total += coefficient * number
        if self.measured and not facts.same_unit((term.cell, term.whose) for term in self.terms):
            return None
        return _RELATIONS[self.relation](total, 0)


def sums_of_columns(part: Part, label: str, place: str) -> Iterator[Equation]:
    """Yield for each row that a column of this label is the sum of the columns it stands beside."""
    totals = [cell for cell in part.cells if cell.columns[-1] == label]
    # A total counts what is in its own band of the heading, for a table may have several.
    for total in _some(totals, label, place):
        group = total.columns[:-1]
        addends = (
            cell
            for cell in part.cells
            if cell.rows == total.rows and cell.columns[: len(group)] == group and cell.columns[-1] != label
        )
        yield _sum(total, addends)


def sums_of_rows(part: Part, label: str, place: str) -> Iterator[Equation]:
    """Yield for each column that a row of this label is the sum of the rows of its group above it."""
    totals = [cell for cell in part.cells if cell.rows and _name(cell.rows[-1]) == label]
    for total in _some(totals, label, place):
        # Form order: what comes after a total is not in it.
        above = part.cells[: part.cells.index(total)]
        group = total.rows[:-1]
        yield _sum(
            total,
            (
                cell
                for cell in above
                if cell.columns == total.columns
                and cell.rows[: len(group)] == group
                and _name(cell.rows[-1]) != label
            ),
        )


def note_equations(part: Part, total: str, place: str) -> Iterator[Equation]:
    """Yield for each column what the note printed on the part says of its items.

    Raises:
        SpecificationError: The part has not exactly one such note, or it reads otherwise.
    """
    if len(part.notes) != 1:
        raise invalid(place, f"第{part.number}部分没有唯一的注", f"part {part.number} has not one note")
    left, right = _read_note(part.notes[0], place)
    columns = dict.fromkeys(cell.columns for cell in part.cells)
    for column in columns:
        yield Equation.of(
            (
                Term(sign * coefficient, "document", _item(part, number, column, total, place))
                for sign, side in ((1, left), (-1, right))
                for coefficient, number in side
            ),
            "=",
        )


def written_equations(form: PrintedForm, cells: Sequence[Cell], text: str, place: str) -> Iterator[Equation]:
    """Yield the equations of a line such as `甲 ≤ 乙 + 丙`, one for each row or column that has these labels.

    Raises:
        SpecificationError: The line cannot be read, or a label does not stand on the form.
    """
    match = _SIDES.fullmatch(text)
    if match is None:
        raise invalid(place, f"读不懂“{text}”", f"cannot read {text!r}")
    pieces = [*_pieces(match[1], 1, place), *_pieces(match[3], -1, place)]
    found = [(c, whose, _cells_by_key(form, cells, label, place)) for c, whose, label in pieces]
    # In the order of the form; a row that lacks one of the labels has no such equation.
    # The first label gives the order, and only the order: the others must have the same rows.
    keys = [key for key in found[0][2] if all(key in by_key for _, _, by_key in found)]
    if not keys:
        raise invalid(
            place, f"“{text}”中各项不在同一行列", f"the labels of {text!r} have no row or column in common"
        )
    for key in keys:
        yield Equation.of((Term(c, whose, by_key[key]) for c, whose, by_key in found), match[2])


def _pieces(side: str, sign: int, place: str) -> Iterator[tuple[int, Whose, str]]:
    pieces = ["+", *_PIECE.split(side)]
    for operator, piece in zip(pieces[::2], pieces[1::2], strict=True):
        if piece == "0":
            continue
        factor = _FACTOR.fullmatch(piece)
        number, label = (int(factor[1]), factor[2]) if factor else (1, piece)
        whose: Whose = "document"
        for word, owner in _OWNERS.items():
            if label.startswith(word):
                whose, label = owner, label.removeprefix(word)
        if not label:
            raise invalid(place, f"“{piece}”没有标签", f"{piece!r} names no label")
        yield sign * (1 if operator == "+" else -1) * number, whose, label


def _cells_by_key(
    form: PrintedForm, cells: Sequence[Cell], label: str, place: str
) -> Mapping[Hashable, Cell]:
    """Return the cells a label means, by what they must share with the other cells of an equation."""
    if label == _EVERY:
        # Each cell goes with itself in the other report.
        return {cell.pointer: cell for cell in cells}
    by_key: dict[Hashable, list[Cell]] = defaultdict(list)
    for cell in form.under(label, place, cells):
        if cell.columns[-1] == label:
            # A column: one equation a row, and in each band of the heading.
            by_key[cell.rows, cell.columns[:-1]].append(cell)
        elif cell.rows and cell.rows[-1] == label:
            # A row: one equation a column.
            by_key[cell.columns].append(cell)
        else:
            by_key[()].append(cell)
    # Which of them is meant would be a guess.
    if any(len(same) > 1 for same in by_key.values()):
        raise invalid(place, f"“{label}”不止一处", f"{label!r} is more than one place")
    return {key: same[0] for key, same in by_key.items()}


def _read_note(note: str, place: str) -> list[list[tuple[int, int]]]:
    """Return both sides of a note, each as coefficients and numbers of items."""
    # It says of itself that it is about columns; about rows it would mean other cells.
    subject, _, says = note.strip("（）()").partition("：")
    match = _NOTE.fullmatch(says) if subject.startswith("本列") else None
    if match is None:
        raise invalid(place, f"读不懂表上的注“{note}”", f"cannot read the note printed on the form, {note!r}")
    return [
        [(-1 if sign == "减" else 1, _DIGITS.index(digit) + 1) for sign, digit in _NOTE_ITEM.findall(side)]
        for side in match.groups()
    ]


def _item(part: Part, number: int, column: tuple[str, ...], total: str, place: str) -> Cell:
    """Return the cell that stands for a numbered item in a column: its only row, or its total."""
    prefix = f"{_DIGITS[number - 1]}、"
    # An item of several rows counts by its total, as the sum of all its rows would count them twice.
    rows = [c for c in part.cells if c.columns == column and c.rows and c.rows[0].startswith(prefix)]
    chosen = rows if len(rows) == 1 else [cell for cell in rows if _name(cell.rows[-1]) == total]
    if len(chosen) != 1:
        raise invalid(place, f"表上没有第{number}项", f"the form has no item {number}")
    return chosen[0]


def _name(label: str) -> str:
    return _ORDINAL.sub("", label, count=1)


def _some(cells: list[Cell], label: str, place: str) -> list[Cell]:
    if not cells:
        raise invalid(place, f"表上没有“{label}”", f"nothing on the form is labelled {label!r}")
    return cells


def _sum(total: Cell, addends: Iterable[Cell]) -> Equation:
    terms = [Term(1, "document", cell) for cell in addends]
    return Equation.of([*terms, Term(-1, "document", total)], "=")
