"""How many cells the rows of a kind have: what one row alone has more or less was put in or lost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from disclosure_spec.reading.rows import contents

if TYPE_CHECKING:
    from collections.abc import Hashable

    from disclosure_spec.reading.labels import Labels
    from disclosure_spec.reading.rows import Met

_ENOUGH: Final = 3
"""Rows by which a file shows that its spans leave no blanks behind; two may have lost a cell each."""


class Widths:
    """Count the rows of each shape by the blanks behind their values."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._surplus: dict[Hashable, Counter[int]] = {}
        self._short: set[Hashable] = set()
        self._behind: Counter[tuple[str, int]] = Counter()
        self._with_blanks: set[str] = set()
        self._spans: Counter[bool] = Counter()

    def add(self, met: Met) -> None:
        """Count a row that has a value for each cell."""
        row = met.named.row
        section = self._labels.section_of(row)
        self._surplus.setdefault(self._labels.shape_of(row), Counter())[met.surplus] += 1
        self._behind[section, met.surplus] += 1
        if not _is_full(met):
            self._with_blanks.add(section)
        # Only where a blank may be the trace of a merged cell does it matter whether any is.
        if met.surplus or self._labels.spans(row):
            self._spans[met.surplus > 0] += not met.values[-1].certain

    def miss(self, met: Met) -> None:
        """Take note of a row that lost a cell."""
        self._short.add(self._labels.shape_of(met.named.row))

    def doubt(self, met: Met) -> str | None:
        """Return the code of the note why a row is perhaps not what it looks like; None where it is."""
        last = met.values[len(met.named.row.cells) - 1]
        # Without a label before it, a blank column in front looks the same as one behind.
        ends = (last,) if met.named.row.labels else (met.values[0], last)
        # If spans leave blanks behind and this is one, a cell before it was lost; which, none can tell.
        unsure = any(end.blank and not end.certain for end in ends)
        if unsure and contents(met.values) and self._may_be_padded(met):
            return "row.padding"
        return None if self._is_even(met) else "row.uneven"

    def _may_be_padded(self, met: Met) -> bool:
        """Tell whether a blank may stand for a merged cell: not where rows that have some show none."""
        # The row without a label is alone in its table, so the rows of others say nothing about it.
        return not met.named.row.labels or self._spans[True] > 0 or self._spans[False] < _ENOUGH

    def _is_even(self, met: Met) -> bool:
        """Tell whether a row has as many cells as two thirds of its shape, or is full without a doubt.

        Blank cells behind the values are what an empty column or a merged cell left in every such row; in one
        row alone they show that a cell was put in before them. A blank at the end is no cell of the row for
        certain either, where cells of other rows like it were lost.
        """
        if not met.values[-1].blank or self._is_set_off(met):
            return True
        shape = self._labels.shape_of(met.named.row)
        counts = self._surplus[shape]
        usual = 3 * counts[met.surplus] > 2 * counts.total()
        return usual and shape not in self._short and (met.surplus == 0 or counts[met.surplus] > 1)

    def _is_set_off(self, met: Met) -> bool:
        """Tell whether the blanks behind a row cannot be its own: no row of the table has any.

        One alone behind a single row may be: pushed out by a number put in before it.
        """
        section = self._labels.section_of(met.named.row)
        several = met.surplus > 1 or self._behind[section, met.surplus] > 1
        return several and section not in self._with_blanks


def _is_full(met: Met) -> bool:
    return not any(token.blank for token in met.values[: len(met.named.row.cells)])
