"""Reports on both sides of equations, so that each cell, coefficient and relation makes a difference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from disclosure_spec.testing.statement.changes import numbered, put
from disclosure_spec.testing.statement.facts import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.testing.statement.changes import Case
    from disclosure_spec.testing.statement.equations import Equation, Term, Whose
    from disclosure_spec.testing.statement.paper import PrintedForm

_UNUSABLE: Final[tuple[JSONValue, ...]] = (None, "/", "1", True)


def equation_variants(equations: Sequence[Equation], form: PrintedForm, case: Case) -> Iterator[Case]:
    """Yield the case with equations that just hold and just do not, and with reports of no use."""
    owners = frozenset(owner for equation in equations for owner in equation.owners)
    start = _related(form, case, owners) if owners else case
    for layer in _layers(equations):
        ready = _balanced(layer, start)
        yield ready
        yield from _coded(layer, ready)
        yield from _unusable(layer, ready, owners)
    if owners:
        yield from _strangers(start, owners)
        yield from _units(equations, start)


def _related(form: PrintedForm, case: Case, owners: frozenset[Whose]) -> Case:
    """Return the case with last year's report or two bodies' reports, every number in them its own."""
    # Each report has a start and a step of its own, so that a number taken from the wrong one shows.
    document = numbered(case.document, form.cells, step=17, start=5003)
    year = case.year
    document = {**document, YEAR[0]: year}
    previous = None
    if "previous" in owners:
        previous = {**numbered(case.document, form.cells, step=13, start=4001), YEAR[0]: year - 1}
    parts: tuple[Document, ...] = ()
    if "parts" in owners:
        steps = ((3, 1009), (5, 2003))
        parts = tuple(
            {**numbered(case.document, form.cells, step, start), YEAR[0]: year} for step, start in steps
        )
    related = replace(case, document=document, previous=previous, parts=parts)
    return _with_units(form, related)


def _with_units(form: PrintedForm, case: Case) -> Case:
    """Return the case with one and the same unit wherever the form prints none."""
    for cell in form.cells:
        if cell.unit:
            case = replace(
                case.put(cell.unit, cell.units[0]),
                previous=None if case.previous is None else put(case.previous, cell.unit, cell.units[0]),
                parts=tuple(put(one, cell.unit, cell.units[0]) for one in case.parts),
            )
    return case


def _layers(equations: Sequence[Equation]) -> list[list[Equation]]:
    """Return the equations in groups within which each can be settled by a cell no other of it has."""
    layers: list[tuple[list[Equation], set[tuple[str, str]]]] = []
    for equation in equations:
        places = {(term.whose, term.cell.pointer) for term in equation.terms}
        # Greedy is good enough: each layer saved is one report less for every kind of change.
        for layer, taken in layers:
            if not places & taken:
                layer.append(equation)
                taken.update(places)
                break
        else:
            layers.append(([equation], set(places)))
    return [layer for layer, _ in layers]


def _settler(equation: Equation) -> Term:
    """Return the term that is changed to settle an equation: the first that counts once."""
    # Any remainder can be put there, which a cell that counts five times cannot always take.
    return next((term for term in equation.terms if abs(term.coefficient) == 1), equation.terms[0])


def _balanced(equations: Sequence[Equation], case: Case) -> Case:
    """Return the case with equations whose terms add up to nothing."""
    for equation in equations:
        total = 0
        for coefficient, whose, cell in equation.terms:
            reports = len(case.parts) if whose == "parts" else 1
            for number in range(reports):
                # The first of the bodies is the one that is read, so each is made the first in turn.
                one = replace(case, parts=case.parts[number:]) if whose == "parts" else case
                value = one.get(cell.keys, whose)
                total += coefficient * value if isinstance(value, int) else 0
        if total:
            settler = _settler(equation)
            case = case.shift(settler.cell, -total // settler.coefficient, settler.whose)
    return case


def _coded(equations: Sequence[Equation], ready: Case) -> Iterator[Case]:
    """Yield the case with one term of some equations off by one.

    All are off, then those whose number has a certain bit: of any two equations one is off without the other.
    """
    numbered_equations = list(enumerate(equations, start=1))
    chosen = [[one for _, one in numbered_equations]]
    chosen += [
        [one for number, one in numbered_equations if number >> bit & 1]
        for bit in range(len(equations).bit_length() if len(equations) > 1 else 0)
    ]
    # Up for all choices of equations; down for all together, which is for the relations.
    for position in range(max(len(one.terms) for one in equations)):
        for some in chosen:
            yield _off(some, ready, position, 1)
        yield _off(chosen[0], ready, position, -1)


def _off(equations: Iterable[Equation], case: Case, position: int, by: int) -> Case:
    for equation in equations:
        if position < len(equation.terms):
            _, whose, cell = equation.terms[position]
            case = case.shift(cell, by, whose)
    return case


def _unusable(equations: Sequence[Equation], ready: Case, owners: frozenset[Whose]) -> Iterator[Case]:
    """Yield the case with cells that hold no number, in each of the reports, where nothing holds."""
    # From what holds nobody could tell whether a blank was passed over or counted as zero.
    off = _off(equations, ready, 0, 1)
    for whose in ("document", *sorted(owners)):
        for shift, value in enumerate(_UNUSABLE):
            case = off
            for number, equation in enumerate(equations):
                own = [term.cell for term in equation.terms if term.whose == whose]
                if own:
                    case = case.put(own[(number + shift) % len(own)].keys, value, whose)
            yield case


def _strangers(case: Case, owners: frozenset[Whose]) -> Iterator[Case]:
    """Yield the case with no other reports, or with such as are of another year."""
    yield replace(case, previous=None, parts=())
    for whose in sorted(owners):
        # The wrong years include the other report's right one, in case the two are mixed up.
        right = case.get(YEAR, whose)
        for year in (case.year - 2, case.year - 1, case.year, case.year + 1, None, "2020", True):
            if year != right:
                yield case.put(YEAR, year, whose)
        if whose == "parts":
            yield replace(case, parts=case.parts[:1])
            # An empty report is one of no year: the sum over all is not known.
            yield replace(case, parts=(*case.parts, {}))
    for year in (None, case.year + 1, str(case.year)):
        yield case.put(YEAR, year)


def _units(equations: Sequence[Equation], case: Case) -> Iterator[Case]:
    """Yield the case with units that differ, or are not stated, beside amounts and beside nothing."""
    for equation in equations:
        for _, whose, cell in equation.terms:
            for unit in (*cell.units[1:], None) if cell.unit else ():
                changed = case.put(cell.unit, unit, whose)
                yield changed
                # Nothing in one unit is nothing in any other.
                yield changed.put(cell.keys, 0, whose)
                yield replace(changed, document=case.put(cell.unit, unit).document)
