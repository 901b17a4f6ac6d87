"""Hold every mutant against the suite alone and against the properties alone, on several cores."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from disclosure_spec.edition import Catalogue
from disclosure_spec.rules import SchemaTest
from disclosure_spec.testing.mutants.bench import Bench
from disclosure_spec.testing.mutants.of_rules import mutants_of_rules
from disclosure_spec.testing.mutants.of_schemas import mutants_of_schemas
from disclosure_spec.testing.mutants.probes import Probe
from disclosure_spec.testing.mutants.sameness import Sameness
from disclosure_spec.testing.mutants.stated import stated
from disclosure_spec.testing.mutants.table import Fate, Table
from disclosure_spec.testing.statement import statement_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from importlib.resources.abc import Traversable

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.conformance import Pack
    from disclosure_spec.testing.mutants.mutant import Mutant

_TASK: Final = 400
"""Most mutants handed to a process at a time."""


def mutants(edition: Edition) -> Iterator[Mutant]:
    """Yield every first-order mutant of an edition, always in the same order."""
    yield from mutants_of_rules(edition)
    yield from mutants_of_schemas(edition)


def run(  # noqa: PLR0913 - each is a choice of its own
    catalogue: Catalogue | Iterable[Edition],
    *,
    suite: Pack,
    root: Traversable | None = None,
    jobs: int = 1,
    every: int = 1,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Table:
    """Return what becomes of the mutants of each edition.

    Args:
        catalogue: The editions to mutate.
        suite: The cases to hold them against.
        root: Where the statements of the form lie, laid out as the published `schema/`; those installed
            when None.
        jobs: Processes to work with.
        every: Take one in so many mutants, and besides of those called equivalent the first for each reason.
        progress: Called with how many mutants are done and how many there are.
    """
    editions = catalogue.editions() if isinstance(catalogue, Catalogue) else tuple(catalogue)
    # Sent to each process once, as the suite is far larger than the mutants of a task.
    trial = _Trial(editions, _probes(suite), root)
    tasks = [task for edition in editions for task in _tasks(edition, every)]
    total = sum(len(task.mutants) for task in tasks)
    fates: list[Fate] = []
    for found in _worked(trial, tasks, jobs):
        fates += found
        progress(len(fates), total)
    return Table(tuple(fates))


@dataclass(frozen=True, slots=True)
class _Task:
    """Some mutants of one edition that change the same rule or schema."""

    edition: str
    about: str
    mutants: tuple[Mutant, ...]


@dataclass(frozen=True, slots=True)
class _Trial:
    """What every process holds the mutants against."""

    editions: tuple[Edition, ...]
    suite: tuple[Probe, ...]
    root: Traversable | None
    benches: dict[tuple[str, str], Bench] = field(default_factory=dict)

    def fates(self, task: _Task) -> list[Fate]:
        """Return what becomes of some mutants."""
        edition = next(one for one in self.editions if one.name == task.edition)
        suite = self._bench((task.edition, ""), lambda: self.suite, edition)
        about = task.about or _structure(edition)
        properties = self._bench((task.edition, about), lambda: self._stated(edition, about), edition)
        same = Sameness(edition)
        return [_fate(one, edition, suite, properties, same) for one in task.mutants]

    def _bench(self, key: tuple[str, str], probes: Callable[[], Iterable[Probe]], edition: Edition) -> Bench:
        if key not in self.benches:
            # Tasks come rule by rule: only the suite serves for all of them.
            for old in [one for one in self.benches if one[1] and key[1]]:
                del self.benches[old]
            self.benches[key] = Bench(edition, probes())
        return self.benches[key]

    def _stated(self, edition: Edition, rule: str) -> Iterable[Probe]:
        statement = statement_of(edition, self.root)
        return stated(statement, edition, rule) if statement and rule else ()


def _fate(mutant: Mutant, edition: Edition, suite: Bench, properties: Bench, same: Sameness) -> Fate:
    case, probe = suite.killer(mutant), properties.killer(mutant)
    return Fate(
        id=mutant.id,
        edition=mutant.edition,
        kind=mutant.kind,
        place=mutant.place(edition),
        suite=case.id if case else None,
        properties=probe.id if probe else None,
        equivalent=same.reason(mutant),
    )


def _tasks(edition: Edition, every: int) -> Iterator[_Task]:
    chosen = list(mutants(edition))
    if every > 1:
        chosen = list(_sampled(chosen, Sameness(edition), every))
    for about, group in groupby(chosen, lambda one: one.rule):
        found = tuple(group)
        for start in range(0, len(found), _TASK):
            yield _Task(edition.name, about, found[start : start + _TASK])


def _sampled(found: Sequence[Mutant], same: Sameness, every: int) -> Iterator[Mutant]:
    # Equivalent ones are few, so that a plain sample would hardly ever put a reason to the test; and slow,
    # because every case has to be asked of them.
    told: set[str] = set()
    for index, one in enumerate(found):
        reason = same.reason(one)
        if index % every == 0 or (reason and reason not in told):
            yield one
            told.update([reason] if reason else ())


def _structure(edition: Edition) -> str:
    """Return the rule that holds a document against the schema."""
    return next((rule.id for rule in edition.rules if isinstance(rule.test, SchemaTest)), "")


def _probes(suite: Pack) -> tuple[Probe, ...]:
    return tuple(Probe(one.id, one.submission, one.expectation, one.group[2]) for one in suite.cases)


def _worked(trial: _Trial, tasks: Sequence[_Task], jobs: int) -> Iterator[list[Fate]]:
    if jobs == 1:
        yield from map(trial.fates, tasks)
        return
    # Spawned, not forked: the same on every system.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (trial,)) as pool:
        yield from pool.map(_work, tasks)


_HELD: Final[dict[str, _Trial]] = {}
"""What a process was started with; tasks then carry only their mutants."""


def _start(trial: _Trial) -> None:
    _HELD["trial"] = trial


def _work(task: _Task) -> list[Fate]:
    return _HELD["trial"].fates(task)
