"""From the rows that were met to one value a cell: rows that fit, then those that are proved, then doubts.

A cell read twice with two values is nobody's; a row refused in one place is not taken from another; a row
that the table as a whole contradicts cell after cell is refused, whatever its label says.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from disclosure_spec._values import replace
from disclosure_spec.place import How
from disclosure_spec.reading.characters import one_line
from disclosure_spec.reading.doubts import Doubts, Seen
from disclosure_spec.reading.ledger import ALONE
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.rows import Token
from disclosure_spec.reading.solving.candidates import is_digits
from disclosure_spec.reading.solving.proof import Proof, Run, prove
from disclosure_spec.reading.solving.shifts import aligned, is_shifted
from disclosure_spec.reading.solving.system import System, system_of
from disclosure_spec.reading.values import Value, is_several_values, is_value_like, printed, read_value
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_spec.edition import Cell
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.ledger import Ledger
    from disclosure_spec.reading.rows import Met
    from disclosure_spec.reading.solving.system import Balance


def settle(ledger: Ledger) -> dict[str, tuple[Value, Place]]:
    """Return one value and its place for every cell that has exactly one; what is refused is noted."""
    settling = _Settling(ledger)
    settling.take_rows()
    settling.take_runs()
    settling.take_odd_rows()
    settling.refuse_shifted()
    return settling.settled()


class _Settling:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._system: System = system_of(ledger.labels.edition)
        self._seen: dict[str, list[Seen]] = {}
        self._taken: list[Met] = []

    def take_rows(self) -> None:
        """Take the rows with a value for each cell, and blank ones where there is no other."""
        for met in self._even_rows():
            self._take(met)
        # Cells that a merging left behind look like a row of blanks, so one with content goes before it; of
        # two tables, one with content and one without, neither does.
        for met in self._ledger.blank_rows:
            if not self._is_seen(met):
                self._take(met)
        # A label by itself is a mention, but not in a table that has its row again: there it is a blank row.
        for met in self._ledger.empty_rows:
            if met.table in self._ledger.drawn and self._is_seen(met):
                self._take_blank(met)

    def take_runs(self) -> None:
        """Take the rows run together that can be read in one way."""
        if not self._ledger.runs:
            return
        runs = _runs(self._ledger)
        proofs = prove(runs, self._figures(), self._system)
        for met, run in zip(self._ledger.runs, runs, strict=True):
            proof = proofs.get(run)
            if proof is None:
                self._ledger.refuse_met("row.run_together", met, shown=met.shown)
                continue
            self._take_run(met, run, proof)

    def take_odd_rows(self) -> None:
        """Take the cells of a row too short or too long that have their place wherever it was damaged."""
        figures = self._figures() if self._ledger.odd_rows else {}
        for met in self._ledger.odd_rows:
            texts = [printed(token.text) for token in met.values]
            found = any(pointer in self._seen for pointer in met.pointers)
            # A text among the values is the label of another row, perhaps of another edition.
            pure = all(is_value_like(text) for text in texts)
            kept = aligned(texts, met.pointers, figures, self._system) if pure and not found else {}
            if not kept:
                self._ledger.refuse_odd(met)
                continue
            # The other cells of the row stay unread: any of them may be the one that is lost.
            for at, number in kept.items():
                self._add(met, met.named.row.cells[at], met.values[number], How.SOLVED)
            reading = [texts[kept[at]] if at in kept else None for at in range(len(met.pointers))]
            self._note("row.aligned", met, reading, self._system.about(met.pointers))

    def refuse_shifted(self) -> None:
        """Refuse rows of the right length that the rest of the table contradicts cell after cell."""
        figures = self._figures()
        for met in self._taken:
            if is_shifted(met.pointers, figures, self._system):
                self._ledger.refuse_met("row.contradicted", met, shown=met.shown)

    def settled(self) -> dict[str, tuple[Value, Place]]:
        """Return the cells that have one value."""
        doubts = Doubts(self._seen, self._ledger.refused)
        settled: dict[str, tuple[Value, Place]] = {}
        # Refused in one place and read in another: which of the two was the row nobody can tell.
        for pointer in (one for one in self._seen if one not in self._ledger.refused):
            readings = self._seen[pointer]
            code = doubts.about(readings)
            # Neither the first value nor the last is taken: at least one of them is wrong.
            if code:
                shown = "、".join(dict.fromkeys(one.place.raw or "␣" for one in readings))
                self._ledger.notes.append(note(code, readings[-1].place, (pointer,), text=shown))
            else:
                settled[pointer] = readings[0].value, readings[0].place
        self._ledger.notes = [one for one in self._ledger.notes if not _came_later(one, settled)]
        return settled

    def _even_rows(self) -> list[Met]:
        """Return the rows with as many cells as others of their kind, and no two values in one of them."""
        kept: list[Met] = []
        for met in self._ledger.rows:
            # Cells put together, and yet none is missing: so there is one too many elsewhere.
            code = "row.two_in_one" if self._is_overfull(met) else self._ledger.widths.doubt(met)
            if code:
                self._ledger.refuse_met(code, met, shown=met.shown, count=len(met.values))
            else:
                kept.append(met)
        return kept

    def _is_overfull(self, met: Met) -> bool:
        """Tell whether a cell holds two numbers and with neither of them the row is right."""
        cells = list(zip(met.named.row.cells, (printed(token.text) for token in met.values), strict=False))
        double = next((one for one in cells if is_several_values(one[1])), None)
        own = self._system.within(met.pointers)
        # In a file of ours every cell says which one it is.
        marked = self._ledger.marking.carries(met.named.row, met.values[: len(cells)])
        if double is None or marked:
            return False
        if not own:
            # Where nothing has to add up: one of the two may belong into the cell that is blank.
            return any(not text for _, text in cells)
        # With one of the two it may add up: the other is a mark then, such as that of a footnote.
        tries = [
            _numbers([(cell, piece if cell is double[0] else text) for cell, text in cells])
            for piece in double[1].split()
        ]
        return not any(all(balance.holds(one) for balance in own) for one in tries)

    def _take(self, met: Met) -> None:
        # By ordinal, never by grid column: sites draw the same row with different spans.
        for cell, token in zip(met.named.row.cells, met.values, strict=False):
            self._add(met, cell, token, met.named.how)
        self._taken.append(met)
        moved = self._ledger.marking.compare(met)
        self._ledger.notes += [moved] if moved else []

    def _take_blank(self, met: Met) -> None:
        token = Token("", replace(met.where, raw=""))
        for cell in met.named.row.cells:
            self._add(met, cell, token, met.named.how)

    def _is_seen(self, met: Met) -> bool:
        """Tell whether the row was read elsewhere in its table."""
        return any(one.table == met.table for at in met.pointers for one in self._seen.get(at, ()))

    def _take_run(self, met: Met, run: Run, proof: Proof) -> None:
        plain = proof.cells == run.pieces
        for at, (cell, text) in enumerate(zip(met.named.row.cells, proof.cells, strict=True)):
            if text is not None:
                token = met.values[at] if plain else replace(met.values[0], text=text)
                self._add(met, cell, token, met.named.how if plain else How.SOLVED)
        if not plain:
            self._note("row.solved" if proof.by else "row.forced", met, proof.cells, proof.by)

    def _add(self, met: Met, cell: Cell, token: Token, how: How) -> None:
        value = read_value(token.text, cell)
        # Where the form prints no unit, as for procurement in 2019, a site may put one into the title.
        if met.unit in cell.units and value.unit is None and isinstance(value.value, int | Decimal):
            value = Value(value.value, met.unit)
        section = self._ledger.labels.section_of(met.named.row)
        seen = Seen(value, met.place_of(token, how), met.table, met.pointers[0], section)
        self._seen.setdefault(cell.pointer, []).append(seen)

    def _note(self, code: str, met: Met, cells: Iterable[str | None], balances: Iterable[Balance]) -> None:
        reading = "  ".join("?" if text is None else text for text in cells)
        names = list(dict.fromkeys(one.name for one in balances))
        by = Wording("、".join(one.zh for one in names), "; ".join(one.en for one in names))
        values = {"text": one_line(met.name), "shown": met.shown, "reading": reading, "by": by}
        self._ledger.notes.append(note(code, met.where, met.pointers, **values))

    def _figures(self) -> dict[str, int | Decimal]:
        """Return the numbers of the cells that are read without doubt; a blank is 0 in a proof."""
        figures: dict[str, int | Decimal] = {}
        for pointer, readings in self._seen.items():
            number = readings[0].value.value or 0
            # What two tables say differently proves nothing.
            alike = all(one.value == readings[0].value for one in readings)
            if alike and pointer not in self._ledger.refused and isinstance(number, int | Decimal):
                figures[pointer] = number
        return figures


def _runs(ledger: Ledger) -> list[Run]:
    """Return what is to be solved."""
    blanks = not _is_written_out(ledger)
    return [Run(met.pointers, _pieces(met), blanks=blanks) for met in ledger.runs]


def _is_written_out(ledger: Ledger) -> bool:
    """Tell whether no blank can have been lost: where there is nothing, noughts are printed."""
    digits = [(met, "".join(_pieces(met))) for met in ledger.runs]
    whole = {met.pointers for met in ledger.runs}
    # A label without values may be a mention of a row that stands elsewhere.
    empty = any(met.pointers not in whole for met in ledger.empty_rows)
    short = any(len(text) < len(met.pointers) for met, text in digits if is_digits(text))
    noughts = any(len(text) == len(met.pointers) > 1 and not text.strip("0") for met, text in digits)
    return noughts and not short and not empty


def _pieces(met: Met) -> tuple[str, ...]:
    return tuple(printed(token.text) for token in met.values)


def _numbers(cells: Iterable[tuple[Cell, str]]) -> dict[str, int | Decimal]:
    found = {cell.pointer: read_value(text, cell).value or 0 for cell, text in cells}
    return {at: number for at, number in found.items() if isinstance(number, int | Decimal)}


def _came_later(one: Note, settled: Mapping[str, object]) -> bool:
    """Tell whether a label stood alone, as in a heading, and its row was read elsewhere."""
    return one.code == ALONE and all(pointer in settled for pointer in one.pointers)
