"""Records of many reports in the order of the input, by one process or several: iterator in, iterator out."""

from __future__ import annotations

import time
from itertools import chain
from math import inf

from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.batch.examining import Answer, Examiner, Terms
from disclosure_spec.batch.sources import items, tasks
from disclosure_spec.batch.task import TASK_BYTES, TASK_ITEMS, Item, Stretch, Task
from disclosure_spec.reporting.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.context import BaseContext

    from disclosure_spec.batch.examining import Keep
    from disclosure_spec.batch.record import Record
    from disclosure_spec.checking import Profile, Waiver
    from disclosure_spec.edition import Catalogue


def check_many(
    records: Iterable[bytes | tuple[str, bytes]],
    *,
    jobs: int = 1,
    catalogue: Catalogue | None = None,
    profile: Profile | None = None,
    waivers: Sequence[Waiver] = (),
) -> Iterator[Record]:
    """Check reports as they come, each the bytes of a file in any format; give a record for every one.

    Args:
        records: The reports, by themselves or with a name. They are taken as they are needed.
        jobs: How many processes check; with more than one, some hundred reports are taken in advance.
        catalogue: The editions to know; those installed when None.
        profile: Local rules to check by.
        waivers: Justified exceptions.

    Raises:
        UsageError: The profile is for another version of the specification than a report.
    """
    terms = Terms(catalogue, profile, waivers)
    return results(grouped(records), terms, jobs=jobs)


def check_files(
    names: Iterable[str],
    *,
    jobs: int = 1,
    catalogue: Catalogue | None = None,
    profile: Profile | None = None,
    waivers: Sequence[Waiver] = (),
) -> Iterator[Record]:
    """Check files as `check_many` does reports; lines of NDJSON and rows of Parquet are a report each.

    Args:
        names: The files; `-` is standard input.
        jobs: How many processes check.
        catalogue: As for `check_many`.
        profile: Likewise.
        waivers: Likewise.

    Raises:
        UsageError: As for `check_many`, or a file needs a library that is not installed.
    """
    return results(tasks(names), Terms(catalogue, profile, waivers), jobs=jobs)


def check_lines(
    lines: Iterable[bytes],
    *,
    name: str = "",
    catalogue: Catalogue | None = None,
    profile: Profile | None = None,
    waivers: Sequence[Waiver] = (),
) -> Iterator[bytes]:
    """Check lines of NDJSON and give each its record as a line; blank lines are passed over.

    Made for other engines: it can be sent to a process, imports little, and keeps nothing between lines.

    Args:
        lines: Each a report as JSON in UTF-8.
        name: What the records call the input.
        catalogue: As for `check_many`.
        profile: Likewise.
        waivers: Likewise.

    Raises:
        UsageError: As for `check_many`.
    """
    examiner = Examiner(Terms(catalogue, profile, waivers), "lines")
    given = (Item(name, line, number) for number, line in enumerate(lines, start=1))
    return examiner.lines(given, Tally())


def results(  # noqa: PLR0913 - all but the first two are options given by name
    given: Iterable[Task],
    terms: Terms,
    *,
    jobs: int = 1,
    keep: Keep = "results",
    tally: Tally | None = None,
    patience: float = 0.0,
) -> Iterator[Record]:
    """Yield the record of every report of some tasks.

    Args:
        given: The tasks; see `sources.tasks`.
        terms: By what to check.
        jobs: How many processes check.
        keep: As for `Examiner`.
        tally: Where to count blank lines.
        patience: As for `answers`.
    """
    examiner = Examiner(terms, keep)
    if jobs > 1:
        for _, answer in answers(given, terms, jobs=jobs, keep=keep, patience=patience):
            if tally:
                tally.blank_lines += answer.tally.blank_lines
            yield from (examiner.restored(one) for one in answer.records)
        return
    for task in given:
        # One by one: a person beside a terminal sees each as soon as it is there.
        yield from examiner.records(items(task), tally or Tally())


def answers(  # noqa: PLR0913 - all but the first two are options given by name
    given: Iterable[Task],
    terms: Terms,
    *,
    jobs: int = 1,
    keep: Keep = "lines",
    context: BaseContext | None = None,
    patience: float = 0.0,
) -> Iterator[tuple[Task, Answer]]:
    """Yield every task with its answer.

    Args:
        given: The tasks; see `sources.tasks`.
        terms: By what to check.
        jobs: How many processes check.
        keep: As for `Examiner`.
        context: How processes are started; as the system does when None.
        patience: Seconds in which this process may be done by itself, before others are started.
    """
    examiner = Examiner(terms, keep)
    left = iter(given)
    until = time.monotonic() + patience if jobs > 1 else inf
    for task in left:
        # Lines of JSON are no danger to this process, and what it learns from the first its copies know.
        if jobs > 1 and not patience and not isinstance(task.work, Stretch):
            left = chain([task], left)
            break
        yield task, examiner.answer(task)
        if time.monotonic() >= until:
            break
    if jobs > 1:
        yield from _shared(left, examiner, jobs, context)


def _shared(
    given: Iterator[Task], examiner: Examiner, jobs: int, context: BaseContext | None
) -> Iterator[tuple[Task, Answer]]:
    first = next(given, None)
    if first is None:
        return
    from disclosure_spec.batch.pool import Pool  # noqa: PLC0415 - one process needs none of it

    # Answers come in the order of the tasks, so the oldest task is that of the next answer.
    underway: list[Task] = []
    with Pool(examiner.answer, examiner.lost, jobs, context) as workers:
        for answer in workers.answers(_noted(chain([first], given), underway)):
            yield underway.pop(0), answer


def _noted(given: Iterable[Task], underway: list[Task]) -> Iterator[Task]:
    for task in given:
        underway.append(task)
        yield task


def grouped(records: Iterable[bytes | tuple[str, bytes]]) -> Iterator[Task]:
    """Yield reports in memory as tasks."""
    group: list[Item] = []
    size = 0
    for number, one in enumerate(records, start=1):
        name, data, row = ("", one, number) if isinstance(one, bytes) else (*one, None)
        group.append(Item(name, data, row=row))
        size += len(data)
        if size >= TASK_BYTES or len(group) >= TASK_ITEMS:
            yield Task(tuple(group), 0)
            group, size = [], 0
    if group:
        yield Task(tuple(group), 0)
