"""Variants made, read and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.layouts.variants import judge, make

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.layouts.menu import Order
    from tests.layouts.variants import Variant, Wrong

    from disclosure_spec.edition import Edition


@dataclass
class Count:
    """What became of the cells of some variants.

    Attributes:
        variants: How many files there were.
        cells: How many cells are `right`, `refused` and `wrong`.
        particulars: How much else was wrong: year, body, dates, texts.
        milliseconds: What each took to read.
    """

    variants: int = 0
    cells: Counter[str] = field(default_factory=Counter)
    particulars: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def share(self, name: str) -> float:
        """Return how many of a hundred cells are so."""
        return 100 * self.cells[name] / max(self.cells.total(), 1)

    def __iadd__(self, other: Count) -> Count:  # noqa: PYI034 - never subclassed
        """Add what another counted."""
        self.variants += other.variants
        self.cells += other.cells
        self.particulars += other.particulars
        self.milliseconds += other.milliseconds
        return self


@dataclass(frozen=True, slots=True)
class Failure:
    """A variant with something wrong in it, and how to make it again."""

    order: Order
    edition: str
    wrong: tuple[Wrong, ...]

    def __str__(self) -> str:
        first = self.wrong[0]
        return (
            f"{self.order.seed}, {self.edition}: {self.order.recipe}: {len(self.wrong)} wrong, "
            f"{first.pointer} is {first.true!r}, not {first.found!r}"
        )


@dataclass
class Tally:
    """Counts by group, layout and edition, and of the drawings; and every failure."""

    counts: defaultdict[tuple[str, str, str], Count] = field(default_factory=lambda: defaultdict(Count))
    drawings: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    failures: list[Failure] = field(default_factory=list)

    def add(self, order: Order, variant: Variant) -> None:
        """Read a variant and count what was found."""
        verdict = judge(variant)
        besides = len(verdict.wrong) - verdict.counts["wrong"]
        count = Count(1, verdict.counts, besides, [verdict.milliseconds])
        self.counts[order.group, order.layout, variant.edition.name] += count
        self.drawings[order.recipe.drawing] += count
        if verdict.wrong:
            self.failures.append(Failure(order, variant.edition.name, tuple(verdict.wrong)))

    def merge(self, other: Tally) -> None:
        """Add what another counted."""
        for key, count in other.counts.items():
            self.counts[key] += count
        for name, count in other.drawings.items():
            self.drawings[name] += count
        self.failures += other.failures

    def total(self, group: str) -> Count:
        """Return the counts of a group together."""
        total = Count()
        for (one, _, _), count in self.counts.items():
            if one == group:
                total += count
        return total


def tally(orders: Iterable[Order], editions: Iterable[Edition]) -> Tally:
    """Make, read and count every variant of every edition."""
    found, chosen = Tally(), tuple(editions)
    for order in orders:
        for edition in chosen:
            found.add(order, make(order.seed, edition, order.recipe))
    return found
