"""The table of goals: what is wanted of the program's speed, and what was measured."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.speed import batch, command, documents, one_report, spark
from benchmarks.speed.contest import HEAD, Outcome
from benchmarks.speed.setting import QUICK, FailedError, Scale, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

ROWS: Final[Mapping[str, Callable[[Setting], Iterator[Outcome]]]] = {
    "parsed": one_report.parsed,
    "bytes": one_report.from_bytes,
    "structure": one_report.structure,
    "inlined": one_report.inlined,
    "command": command.cold,
    "folder": command.folder,
    "batch": batch.one_process,
    "processes": batch.two_processes,
    "failing": batch.all_failing,
    "memory": batch.memory,
    "spark": spark.local,
    "strategies": documents.strategies,
    "files": documents.files,
}
"""By name, what measures a row of the table, or several that belong together."""


def report(names: Collection[str], reports: int, *, quick: bool) -> Iterator[str]:
    """Yield the lines of the table.

    Args:
        names: The rows to measure; all if none.
        reports: How many make a batch.
        quick: Whether to see only that everything runs.
    """
    yield from HEAD
    with tempfile.TemporaryDirectory() as folder:
        scale = QUICK if quick else Scale(reports=reports, large=10 * reports)
        setting = Setting(Path(folder), scale)
        for name, measure in ROWS.items():
            if not names or name in names:
                yield from _lines(name, measure(setting))
    yield ""


def _lines(name: str, outcomes: Iterator[Outcome]) -> Iterator[str]:
    try:
        yield from (one.line() for one in outcomes)
    # The other rows stand for themselves.
    except FailedError as error:
        yield Outcome(name, "", "", f"failed: {error}", None).line()
