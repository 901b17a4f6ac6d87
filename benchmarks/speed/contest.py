"""Hold our way of doing something against others', round by round, and say whether a goal is met."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Work: TypeAlias = "Callable[[], int]"
"""Does some pieces of work, and returns how many."""

OURS = "disclosure_spec"


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted of our way beside another.

    Attributes:
        against: The name of the other.
        bound: How many times as fast ours should be; or, `at_most`, how many times as long it may take.
        at_most: Which of the two.
    """

    against: str
    bound: float
    at_most: bool = False

    def text(self) -> str:
        """Return the goal as the table has it."""
        return f"≤ {self.bound:g}× its time" if self.at_most else f"≥ {self.bound:g}×"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the table.

    Attributes:
        what: What was done.
        against: By whom else.
        goal: What is wanted.
        measured: What came out.
        met: Whether that is what is wanted; None where it could not be measured.
        times: What a piece of it took, ours and theirs.
    """

    what: str
    against: str
    goal: str
    measured: str
    met: bool | None
    times: str = ""

    def line(self) -> str:
        """Return the line in Markdown."""
        met = "–" if self.met is None else "yes" if self.met else "**no**"
        return f"| {self.what} | {self.against} | {self.goal} | {self.measured} | {met} | {self.times} |"


HEAD = (
    "| what | against | goal | measured, median (min–max) | met | a piece of it: ours, theirs |",
    "| --- | --- | --- | ---: | --- | ---: |",
)


def processor_time() -> float:
    """Return the seconds this process and those it waited for have had of a processor."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def race(
    what: str,
    works: Mapping[str, Work | None],
    goals: Iterable[Goal],
    rounds: int,
    clock: Callable[[], float] = processor_time,
) -> Iterator[Outcome]:
    """Yield a line for each goal.

    Args:
        what: What is done.
        works: By name, ours under `OURS`; None for one that is not installed.
        goals: What is wanted of ours beside each other.
        rounds: How often all of them are gone through in turn, so that noise meets all alike.
        clock: Processor time; the wall's where work is shared between processes or threads.
    """
    able = {name: work for name, work in works.items() if work is not None}
    times: dict[str, list[float]] = {name: [] for name in able}
    for turn in range(rounds + 1):
        for name, work in able.items():
            start = clock()
            pieces = work()
            # The first time round fills caches, of the machine too, and is not counted.
            if turn:
                times[name].append((clock() - start) / pieces)
    for goal in goals:
        yield _outcome(what, goal, times)


def _outcome(what: str, goal: Goal, times: Mapping[str, list[float]]) -> Outcome:
    missing = [name for name in (OURS, goal.against) if name not in times]
    if missing:
        return Outcome(what, goal.against, goal.text(), f"{missing[0]} is not installed", None)
    pairs = zip(times[OURS], times[goal.against], strict=True)
    ratios = [ours / theirs if goal.at_most else theirs / ours for ours, theirs in pairs]
    middle = median(ratios)
    return Outcome(
        what,
        goal.against,
        goal.text(),
        f"{middle:.2f}× ({min(ratios):.2f}–{max(ratios):.2f})",
        middle <= goal.bound if goal.at_most else middle >= goal.bound,
        f"{duration(median(times[OURS]))}, {duration(median(times[goal.against]))}",
    )


def duration(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    for limit, factor, unit in ((1e-3, 1e6, "µs"), (1.0, 1e3, "ms")):
        if seconds < limit:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"
