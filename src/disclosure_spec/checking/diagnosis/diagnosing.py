"""From a result to diagnoses: one for each group of equations that hang together and do not hold."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec._values import dataclass, replace
from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.checking.diagnosis.bounds import bounds_of
from disclosure_spec.checking.diagnosis.minimal import Enumeration
from disclosure_spec.checking.diagnosis.slips import LIKELIEST_FIRST, joint_slip, lines_of, slip_of
from disclosure_spec.checking.diagnosis.statements import account
from disclosure_spec.checking.diagnosis.system import Row, Settled, settle, solve_for
from disclosure_spec.checking.diagnosis.wording import explain, suggest
from disclosure_spec.checking.facts import Facts, Origin
from disclosure_spec.checking.result import Change, Diagnosis, Explanation
from disclosure_spec.limits import MAX_NUMBER_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.checking.diagnosis.bounds import Bounds
    from disclosure_spec.checking.diagnosis.minimal import Changes, Smallest
    from disclosure_spec.checking.diagnosis.statements import Account, Group, Statement
    from disclosure_spec.checking.result import Finding, Result
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Cell, Edition

_Failed: TypeAlias = "tuple[int, Statement]"
"""A broken equation with the position of its finding."""

LISTED: Final = 50
"""Explanations given in a result, more than any two wrong cells of a table have; all are counted."""

_EXACT: Final = Context(prec=4 * MAX_NUMBER_DIGITS)
_NOT_READ: Final = Origin()


def diagnose(  # noqa: PLR0913 - all but the first three are options given by name
    result: Result,
    document: Document,
    edition: Edition,
    *,
    origin: Origin = _NOT_READ,
    previous: Document | None = None,
    parts: Sequence[Document] = (),
) -> tuple[Diagnosis, ...]:
    """Return what the findings of a result tell about the cells that are wrong.

    Args:
        result: What the check of the document said, without the findings that are waived.
        document: The document, which is left as it is.
        edition: The edition it was checked by.
        origin: As for the check.
        previous: Likewise.
        parts: Likewise.
    """
    return diagnose_facts(result, Facts.of(document, edition, origin, previous, parts))


def diagnose_facts(result: Result, facts: Facts) -> tuple[Diagnosis, ...]:
    """Return what `diagnose` does, with the facts that the check gathered."""
    # Most reports are right: for these nothing is computed at all.
    if not any(_asks(finding, facts.edition) for finding in result.findings):
        return ()
    with localcontext(_EXACT):
        return _Case(result, facts, account(result, facts)).diagnoses()


def _asks(finding: Finding, edition: Edition) -> bool:
    """Tell whether the equations may have something to say to a finding."""
    if finding.equation:
        return finding.severity == "error"
    return len(finding.cells) == 1 and finding.cells[0].pointer in edition.cell_at


@dataclass(frozen=True)
class _Case:
    """One document with what is stated about it."""

    result: Result
    facts: Facts
    account: Account

    @cached_property
    def _about(self) -> Mapping[str, list[int]]:
        about: dict[str, list[int]] = {}
        for at, finding in enumerate(self.result.findings):
            if finding.equation is None and len(finding.cells) == 1:
                about.setdefault(finding.cells[0].pointer, []).append(at)
        return about

    def _on(self, cell: int) -> Sequence[int]:
        """Return the positions of the findings that are about one cell alone."""
        return self._about.get(self._cell(cell).pointer, ())

    @cached_property
    def _bounds(self) -> Bounds:
        return bounds_of(self.facts.edition, self.account.steps)

    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """Return the diagnoses in the order of the findings that head them, each finding in one of them."""
        stated: dict[int, dict[int, Statement]] = {}
        for at, statement in self.account.statements.items():
            stated.setdefault(self.account.ground.group_at[at], {})[at] = statement
        groups = self.account.ground.groups
        # Where all equations of a group hold there is nothing to tell.
        made = [one for at in sorted(stated) for one in self._of_group(groups[at], stated[at])]
        made.sort(key=lambda one: one.findings[0])
        taken: set[int] = set()
        diagnoses = []
        for one in made:
            head, *rest = one.findings
            # What bears witness in two groups goes with the first.
            twice = not taken.isdisjoint(rest)
            own = (head, *(at for at in rest if at not in taken))
            diagnoses.append(replace(one, findings=own) if twice else one)
            taken.update(rest)
        return tuple(diagnoses)

    def _of_group(self, group: Group, stated: Mapping[int, Statement]) -> Iterator[Diagnosis]:
        failed = [(one.finding, one) for one in stated.values() if one.finding is not None]
        unknown = sorted(group.cells & self.account.unknown)
        if unknown:
            rows = [stated[at].row if at in stated else one.kept for at, one in group.members.items()]
            yield from self._of_incomplete(rows, failed, unknown)
        elif failed:
            search, times = group.patterns.of({at: -one.sum for at, one in stated.items()})
            yield from self._of_broken(search, times, Settled([], {}), failed, ())

    def _of_incomplete(
        self, rows: Sequence[Row], failed: Sequence[_Failed], unknown: Sequence[int]
    ) -> Iterator[Diagnosis]:
        settled = settle(rows, unknown)
        if not any(row.wanted for row in settled.rows):
            noughts = self._noughts([*rows, *settled.defining.values()], unknown)
            yield from self._blanks(settle([*rows, *noughts], unknown), {})
        # Contradictions among what could not be read are the reader's: there is no finding to explain.
        elif failed or any(map(self._on, unknown)):
            yield from self._of_broken(Enumeration(settled.rows), 1, settled, failed, unknown)

    def _of_broken(
        self,
        search: Enumeration,
        times: int,
        settled: Settled,
        failed: Sequence[_Failed],
        unknown: Sequence[int],
    ) -> Iterator[Diagnosis]:
        found = search.smallest(lambda changes: self._is_allowed(changes, settled), times)
        explanations = self._ranked(found)
        proved = _is_proved(found, search)
        if failed:
            findings = self._heads(failed, found, explanations)
        else:
            findings = self._contradicted(settled, unknown, found)
        yield Diagnosis(
            findings=findings,
            explanations=tuple(explanations[:LISTED]),
            count=len(found.sets),
            proved=proved,
            complete=found.complete,
            message=explain(explanations, found, broken=len(failed), proved=proved),
        )
        # With several explanations a blank may be one number or another, so none is told.
        if failed and found.complete and len(found.sets) == 1:
            yield from self._blanks(settled, found.sets[0])

    def _noughts(self, rows: Sequence[Row], unknown: Sequence[int]) -> Sequence[Row]:
        """Return that cells are nought which add up to nought and cannot be negative."""
        open_ = {cell for cell in unknown if not self._bounds.allow(cell, -self.account.steps)}
        signed = set(unknown) - open_
        while True:
            found: set[int] = set()
            for row in rows:
                left = {cell: row.weights[cell] > 0 for cell in row.weights.keys() & open_}
                if not row.wanted and signed.isdisjoint(row.weights) and len(set(left.values())) == 1:
                    found |= left.keys()
            if not found:
                return [Row({cell: 1}, 0) for cell in unknown if cell not in open_ | signed]
            open_ -= found

    def _cell(self, at: int) -> Cell:
        return self.facts.edition.cells[at]

    def _is_allowed(self, changes: Changes, settled: Settled) -> bool:
        numbers = self.account.numbers
        stated = all(self._bounds.allow(cell, (numbers[cell] or 0) + by) for cell, by in changes.items())
        return stated and self._following(settled, changes) is not None

    def _following(self, settled: Settled, changes: Changes) -> Mapping[int, int] | None:
        """Return the numbers that follow for cells without one; None if the form does not allow them."""
        values: dict[int, int] = {}
        for cell, row in settled.defining.items():
            others = row.weights.keys() - {cell}
            # Told by another cell without a number, it is not told at all.
            if any(self.account.numbers[other] is None for other in others):
                continue
            value = solve_for(cell, row, changes)
            if not self._bounds.allow(cell, value):
                return None
            values[cell] = int(value)
        return values

    def _blanks(self, settled: Settled, changes: Changes) -> Iterator[Diagnosis]:
        for cell, value in (self._following(settled, changes) or {}).items():
            about = self._on(cell)
            if about:
                change = self._change(cell, value, None)
                yield Diagnosis(
                    findings=tuple(about),
                    explanations=(Explanation((change,)),),
                    count=1,
                    proved=False,
                    complete=True,
                    message=suggest(change, after=bool(changes)),
                )

    def _ranked(self, found: Smallest) -> list[Explanation]:
        if len(found.sets) == 1:
            return [self._explanation(found.sets[0])]
        pairs = [(self._explanation(changes), changes) for changes in found.sets]
        pairs.sort(key=lambda pair: (self._against(pair[1]), _unlikeliness(pair[0]), tuple(pair[1])))
        return [explanation for explanation, _ in pairs]

    def _against(self, changes: Changes) -> int:
        """Count the witnesses that speak against the changes, less those that speak for them."""
        # Keyed by identity: a statement holds mappings, and one may know several of the cells.
        asked = {id(one): one for cell in changes for one in self.account.witnesses_of.get(cell, ())}
        return sum(one.holds({}) - one.holds(changes) for one in asked.values())

    def _explanation(self, changes: Changes) -> Explanation:
        # What several cells have in common says more than what each of them looks like.
        joint = joint_slip(changes, self.account.numbers, lines_of(self.facts.edition))
        made = tuple(
            self._change(cell, (self.account.numbers[cell] or 0) + by, None if joint else by)
            for cell, by in changes.items()
        )
        return Explanation(made, joint or (made[0].slip if len(made) == 1 else None))

    def _change(self, at: int, value: int, by: int | None) -> Change:
        cell = self._cell(at)
        slip = None
        if by is not None:
            # Digits are compared as written: a count without the noughts that steps add to it.
            scale = 1 if cell.type == AMOUNT else self.account.steps
            slip = slip_of((value - by) // scale, value // scale, cell, self.account.ground.totals)
        return Change(self.facts.cell(cell.pointer), self._number(value), slip)

    def _number(self, value: int) -> int | Decimal:
        whole, rest = divmod(value, self.account.steps)
        return (Decimal(value) / self.account.steps).normalize() if rest else whole

    def _heads(
        self,
        failed: Sequence[_Failed],
        found: Smallest,
        explanations: Sequence[Explanation],
    ) -> tuple[int, ...]:
        """Return the finding that stands for all, then the others that follow from the same cause."""
        changes = explanations[0].changes if explanations else ()
        suspects = [self.facts.edition.cell_at[one.cell.pointer].index for one in changes]
        head = _most_telling(failed, suspects)
        # Nothing is folded under a cause that is not known.
        mended = {at for at, _ in failed} | self._mended(found) if explanations else set[int]()
        return (head, *sorted(mended - {head}))

    def _contradicted(self, settled: Settled, unknown: Sequence[int], found: Smallest) -> tuple[int, ...]:
        """Return the findings on cells without a number that depend on a number that may be wrong."""
        suspects = {cell for changes in found.sets for cell in changes}
        depend = [cell for cell, row in settled.defining.items() if suspects & row.weights.keys()]
        positions = sorted(at for cell in depend for at in self._on(cell))
        return tuple(positions or sorted(at for cell in unknown for at in self._on(cell))[:1])

    def _mended(self, found: Smallest) -> set[int]:
        """Return the positions of other findings that every explanation does away with."""
        if not found.sets:
            return set()
        witnesses = self.account.witnesses if self.account.doubted else ()
        mended = {
            one.finding
            for one in witnesses
            if one.finding is not None and all(one.holds(changes) for changes in found.sets)
        }
        # A count below zero, say, is the same mistake, seen by another rule.
        always = set(found.sets[0]).intersection(*found.sets[1:])
        return mended.union(*(self._on(cell) for cell in always))


def _most_telling(failed: Sequence[_Failed], suspects: Sequence[int]) -> int:
    # The equation that adds up to the wrong cell says most clearly what is wrong with it.
    sums = [at for at, one in failed if one.laid.total in suspects]
    having = [at for at, one in failed if not one.laid.weights.keys().isdisjoint(suspects)]
    return next(iter((*sums, *having)), failed[0][0])


def _is_proved(found: Smallest, search: Enumeration) -> bool:
    """Tell whether one cell explains all, and neither another cell nor two others can."""
    if not found.complete or len(found.sets) != 1 or len(found.sets[0]) != 1:
        return False
    # Whatever numbers they would take: what the form forbids now may still be what was meant.
    return search.is_sole(*found.sets[0])


def _unlikeliness(explanation: Explanation) -> int:
    if explanation.slip:
        return LIKELIEST_FIRST.index(explanation.slip) * len(explanation.changes)
    return sum(
        LIKELIEST_FIRST.index(one.slip) if one.slip else len(LIKELIEST_FIRST) for one in explanation.changes
    )
