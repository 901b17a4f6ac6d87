"""Measure things that do the same work side by side, and write down how they compare."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds of processor time for one piece of work.

    Attributes:
        name: What was measured.
        times: One for each round.
    """

    name: str
    times: tuple[float, ...]

    @property
    def middle(self) -> float:
        """Return the median."""
        return median(self.times)


def measure(works: Mapping[str, Callable[[], int]], rounds: int) -> list[Row]:
    """Return a row for each work, which says how many pieces it did.

    Rounds go through all works in turn, so that what else the machine does meets all alike.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            pieces = work()
            times[name].append((time.process_time() - start) * 1000 / max(pieces, 1))
    return [Row(name, tuple(found)) for name, found in times.items()]


def table(title: str, rows: Sequence[Row], against: str) -> Iterator[str]:
    """Yield the lines of a Markdown table: median, range, and how many times as long as one of the rows."""
    base = next(row.middle for row in rows if row.name == against)
    yield f"| {title} | ms, median | min–max | per second | times as long |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for row in rows:
        span = f"{min(row.times):.2f}–{max(row.times):.2f}"
        rate, ratio = 1000 / row.middle, row.middle / base
        yield f"| {row.name} | {row.middle:.2f} | {span} | {rate:,.0f} | {ratio:.1f} |"
