"""Which reading of a row is proved: the only one that the row's width and the equations leave.

A row whose digits leave one way needs no equation. Where there are several, just one must satisfy the row's
own equations; where several do, those across the table decide, over all rows in doubt together. A printed
total may be wrong: so no reading is taken that the rest of the table speaks against while another satisfies
it, and one that breaks the row's equation is taken only if no other reading would mend it.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.reading.solving.candidates import Candidate, candidates, is_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from disclosure_spec.reading.solving.system import Balance, Figures, System

MAX_RIVALS: Final = 1_000
"""Ways to read a row that its own equation may decide between: of more, one is right by chance too easily."""

MAX_WORK: Final = 200_000
"""Ways to read the rows of one report that are tried, all rows together."""

MAX_COMBINATIONS: Final = 20_000
"""Ways to read all rows in doubt together that are tried."""


@dataclass(frozen=True, slots=True)
class Run:
    """A row of the form whose cells are printed without a sign of where one ends.

    Attributes:
        pointers: Of its cells.
        pieces: What is printed, cut at its spaces.
        blanks: Whether blank cells may have left no trace: some row of the table is too short.
    """

    pointers: tuple[str, ...]
    pieces: tuple[str, ...]
    blanks: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """The reading of a run, and the equations it rests on; none where its digits leave one way."""

    cells: Candidate
    by: tuple[Balance, ...] = ()


def prove(runs: Sequence[Run], figures: Figures, system: System) -> dict[Run, Proof]:
    """Return the runs that can be read in one way only.

    Args:
        runs: Rows in doubt.
        figures: The cells that were read without doubt.
        system: The equations of the edition.
    """
    ways = dict(_ways(runs))
    proved: dict[Run, Proof] = {}
    doubtful: dict[Run, list[Candidate]] = {}
    passings = {run: _passing(run, found, system) for run, found in ways.items()}
    # One total that is wrong as printed shows that others may be.
    slips = any(found and not passings[run] for run, found in ways.items())
    for run, found in ways.items():
        passing = passings[run]
        # With slips, or blanks anywhere, a wrong total may suit a wrong reading: columns have to confirm it.
        rivals = 1 if run.blanks or slips else MAX_RIVALS
        one = _alone(run, found, passing, system) if len(found) <= rivals else None
        if one is not None:
            proved[run] = one
        elif passing:
            doubtful[run] = passing
    proved |= _together(doubtful, {**figures, **_figures(proved)}, system)
    return _unopposed(proved, ways, figures, system)


def _ways(runs: Iterable[Run]) -> Iterator[tuple[Run, Sequence[Candidate]]]:
    """Give the ways to read each row, as long as there is work left to do."""
    left = MAX_WORK
    for run in runs:
        found = candidates(run.pieces, len(run.pointers), blanks=run.blanks) if left > 0 else None
        left -= len(found or ())
        yield run, found or ()


def _passing(run: Run, found: Sequence[Candidate], system: System) -> list[Candidate]:
    """Return the readings that satisfy the row's own equations, in whole numbers: there are many to try."""
    column = {pointer: at for at, pointer in enumerate(run.pointers)}
    sums = [[(weight, column[at]) for weight, at in one.terms] for one in system.within(run.pointers)]
    if not sums or not all(is_digits(piece) for piece in run.pieces):
        return list(found)
    return [
        one
        for one in found
        if not any(sum(weight * int(one[at] or 0) for weight, at in terms) for terms in sums)
    ]


def _alone(
    run: Run, found: Sequence[Candidate], passing: Sequence[Candidate], system: System
) -> Proof | None:
    """Return what the row by itself proves."""
    if len(passing) == 1:
        return Proof(passing[0], system.within(run.pointers) if len(found) > 1 else ())
    # A digit a cell, and a total that is wrong as printed; unless with a blank it would be right.
    if not passing and len(found) == 1 and not run.blanks and all(len(cell or "") == 1 for cell in found[0]):
        gaps = candidates(run.pieces, len(run.pointers), blanks=True)
        if gaps is not None and not _passing(run, gaps, system):
            return Proof(found[0])
    return None


def _together(
    doubtful: Mapping[Run, Sequence[Candidate]], figures: Figures, system: System
) -> dict[Run, Proof]:
    """Return the rows that read the same in every way to satisfy the equations across the table."""
    if not doubtful or prod(map(len, doubtful.values())) > MAX_COMBINATIONS:
        return {}
    balances = tuple(dict.fromkeys(one for run in doubtful for one in system.across(run.pointers)))
    left = _fitting(doubtful, figures, balances)
    proved: dict[Run, Proof] = {}
    for run, *ways in zip(doubtful, *left, strict=True):
        if ways and len(set(ways)) == 1:
            proved[run] = Proof(ways[0], (*system.within(run.pointers), *system.across(run.pointers)))
    everything = {**figures, **_figures(proved)}
    # What no equation could be tried on is not contradicted, but not proved either.
    return {
        run: proof
        for run, proof in proved.items()
        if any(one.holds(everything) for one in system.across(run.pointers))
    }


def _fitting(
    doubtful: Mapping[Run, Sequence[Candidate]], figures: Figures, balances: Iterable[Balance]
) -> list[tuple[Candidate, ...]]:
    """Return the ways to read all rows at once that break no equation."""
    left: list[tuple[Candidate, ...]] = []
    for combination in product(*doubtful.values()):
        tried = dict(figures)
        for run, one in zip(doubtful, combination, strict=True):
            tried |= _read(run, one)
        if all(balance.holds(tried) is not False for balance in balances):
            left.append(combination)
    return left


def _unopposed(
    proved: Mapping[Run, Proof],
    ways: Mapping[Run, Sequence[Candidate]],
    figures: Figures,
    system: System,
) -> dict[Run, Proof]:
    """Return the proofs but those the table speaks against while another reading would satisfy it."""
    everything = {**figures, **_figures(proved)}
    kept: dict[Run, Proof] = {}
    for run, proof in proved.items():
        across = system.across(run.pointers)
        others = (one for one in ways[run] if one != proof.cells)
        against = any(one.holds(everything) is False for one in across)
        if not against or not any(_satisfies(run, other, everything, across) for other in others):
            kept[run] = proof
    return kept


def _satisfies(run: Run, one: Candidate, figures: Figures, balances: Iterable[Balance]) -> bool:
    tried = {**figures, **_read(run, one)}
    return all(balance.holds(tried) is not False for balance in balances)


def _figures(proved: Mapping[Run, Proof]) -> dict[str, int | Decimal]:
    return {at: number for run, one in proved.items() for at, number in _read(run, one.cells).items()}


def _read(run: Run, one: Candidate) -> dict[str, int | Decimal]:
    """Return the numbers of a reading; a blank is 0 here, what is no number is left out."""
    cells = zip(run.pointers, one, strict=True)
    return {at: int(cell or 0) for at, cell in cells if cell is None or cell.isdigit()}
