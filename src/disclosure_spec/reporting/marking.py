"""What is to be said of each cell: where it is named, how grave that is, and what it may have to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass, field
from disclosure_spec.reporting.telling import value_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.checking import CellFact, Change, Finding
    from disclosure_spec.edition import Edition
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.rules import Severity
    from disclosure_spec.wording import Language

SUGGESTED: Final = "suggested"
CONCERNED: Final = "concerned"
_GRAVEST: Final[tuple[Severity, ...]] = ("error", "warning", "info")


@dataclass(slots=True)
class Marking:
    """What is to be said of one cell.

    Attributes:
        findings: All that name the cell, each once.
        accused: How grave those are that it may have caused.
        suggested: The values that would explain findings, in words.
    """

    findings: list[Told] = field(default_factory=list)
    accused: list[Severity] = field(default_factory=list)
    suggested: list[str] = field(default_factory=list)

    @property
    def gravest(self) -> Severity | None:
        """Return how grave the gravest finding is that it may have caused."""
        return next((one for one in _GRAVEST if one in self.accused), None)

    @property
    def style(self) -> str:
        """Return by what the cell is told apart: `suggested`, a severity, or `concerned`."""
        return SUGGESTED if self.suggested else self.gravest or CONCERNED


def markings(findings: Iterable[Told], edition: Edition | None, language: Language) -> Mapping[str, Marking]:
    """Return what is to be said of each cell, by pointer.

    Args:
        findings: In the order of the outline: a consequence comes behind its cause.
        edition: Of the report; the unit of an amount stands in the cell of the amount.
        language: Of the values suggested.
    """
    found: dict[str, Marking] = {}
    units = cells_of_units(edition)
    explained: set[int | None] = set()
    for told in findings:
        changes = changes_of(told)
        for pointer in (*told.finding.pointers, *(one.cell.pointer for one in changes)):
            marking = found.setdefault(units.get(pointer, pointer), Marking())
            # Once, where an equation names a cell twice or a finding is about an amount and its unit.
            if told not in marking.findings:
                marking.findings.append(told)
        for change in changes:
            words = value_words(change.value, language)
            suggested = found[units.get(change.cell.pointer, change.cell.pointer)].suggested
            # Several explanations may agree on a cell.
            if words not in suggested:
                suggested.append(words)
        if changes:
            explained.add(told.number)
        # Where the cells at fault are known, to accuse others as well would lead away from them.
        if not {told.number, told.cause} & explained:
            for pointer in accused(told.finding):
                found.setdefault(units.get(pointer, pointer), Marking()).accused.append(told.finding.severity)
    return found


def cells_of_units(edition: Edition | None) -> Mapping[str, str]:
    """Return for the pointer of every unit that of the amount in whose cell it stands."""
    cells = edition.cells if edition else ()
    return {one.unit_pointer: one.pointer for one in cells if one.unit_pointer}


def changes_of(told: Told) -> Sequence[Change]:
    """Return all changes that would explain a finding."""
    explanations = told.diagnosis.explanations if told.diagnosis else ()
    return [change for one in explanations for change in one.changes]


def facts_of(findings: Iterable[Told]) -> Iterator[CellFact]:
    """Yield what is known of every cell that findings or their explanations name."""
    for told in findings:
        yield from told.finding.cells
        yield from (change.cell for change in changes_of(told))


def accused(finding: Finding) -> Sequence[str]:
    """Return the cells to mark: of an equation the left side, or one wrong cell would paint a whole row."""
    if finding.equation is None:
        return finding.pointers
    return [term.pointer for term in finding.equation.left if term.of == "document"]
