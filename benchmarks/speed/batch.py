"""A country's reports in one file: whole processes, every finding written."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Final

from benchmarks.speed.command import process
from benchmarks.speed.contest import OURS, Goal, Outcome, race
from benchmarks.speed.rivals import Plain
from benchmarks.speed.setting import command, cores, has_two_cores, said_by
from benchmarks.speed.sql import duckdb_work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.speed.contest import Work
    from benchmarks.speed.setting import Setting

_MOST_MEGABYTES: Final = 40
_SAME: Final = 1.15
"""How much more memory the largest batch may take than the smallest and still be called constant."""

# From inside, at the end: the highest of the process itself, and of the processes it had (Linux).
_MEASURED: Final = """
import atexit, resource, sys
from disclosure_spec.cli import main
def most():
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with open("/proc/self/status") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    print("MOST", max(own, children), file=sys.stderr)
atexit.register(most)
sys.exit(main())
"""


def ours(setting: Setting, file: Path, jobs: int = 1, *, fast: bool = True) -> Work:
    """Return the work of checking a batch with our command."""
    out = setting.folder / f"out-{jobs}-{fast}.ndjson"
    count = int(file.stem.rpartition("-")[2])
    return process(
        command(file, "-o", out, "--jobs", str(jobs), "--format", "ndjson", fast=fast), pieces=count
    )


def plain(setting: Setting, file: Path) -> Work:
    """Return the work of checking a batch with jsonschema and a loop over the rules."""
    program = Plain(setting.edition)
    out = setting.folder / "plain.ndjson"

    def go() -> int:
        count = 0
        with file.open("rb", buffering=1 << 20) as lines, out.open("w", encoding="utf-8") as written:
            for count, line in enumerate(lines, 1):
                found = program.findings(line)
                if found:
                    written.write(json.dumps([count, found], ensure_ascii=False) + "\n")
        return count

    return go


def one_process(setting: Setting) -> Iterator[Outcome]:
    """Compare one process with the plain program, with and without the extra `[fast]`."""
    scale = setting.scale
    file, sample = setting.batch("batch", scale.reports), setting.batch("batch", scale.sample)
    name = "jsonschema + Python rules"
    for fast, goal, extra in ((False, 45, "standard library"), (True, 110, "[fast]")):
        works: dict[str, Work | None] = {
            OURS: ours(setting, file, fast=fast),
            name: plain(setting, sample),
        }
        what = f"NDJSON, {scale.reports:,} reports, 7 % bad, 1 process, {extra}"
        yield from race(what, works, [Goal(name, goal)], scale.slow_rounds)


def two_processes(setting: Setting) -> Iterator[Outcome]:
    """Compare two processes with one of ours, with the plain program and with SQL, by the wall's clock."""
    scale = setting.scale
    file, sample = setting.batch("batch", scale.reports), setting.batch("batch", scale.sample)
    real = cores()
    works: dict[str, Work | None] = {
        OURS: ours(setting, file, jobs=2),
        "ours, 1 process": ours(setting, file),
        "jsonschema + Python rules, 1 process": plain(setting, sample),
        "DuckDB SQL, rules only, 2 threads": duckdb_work(setting, file),
    }
    goals = [
        Goal("jsonschema + Python rules, 1 process", 200),
        Goal("ours, 1 process", 1.7),
        Goal("DuckDB SQL, rules only, 2 threads", 1.3),
    ]
    what = f"the same, 2 processes, [fast] (two spin at ×{real:.2f})"
    for one in race(what, works, goals, scale.slow_rounds, time.perf_counter):
        # Where the second core is not there, two processes cannot be twice as fast.
        spared = not one.met and not has_two_cores(real) and not one.against.startswith("DuckDB")
        yield Outcome(one.what, one.against, one.goal, one.measured, None if spared else one.met, one.times)


def all_failing(setting: Setting) -> Iterator[Outcome]:
    """Compare a batch in which every report has a fault with one in which none has."""
    scale = setting.scale
    count = max(scale.reports // 10, 1)
    sample = setting.batch("bad", min(scale.sample, count), 1)
    works: dict[str, Work | None] = {
        OURS: ours(setting, setting.batch("bad", count, 1)),
        "own clean batch": ours(setting, setting.batch("good", count, 0)),
        "jsonschema + Python rules": plain(setting, sample),
    }
    goals = [Goal("own clean batch", 6, at_most=True), Goal("jsonschema + Python rules", 30)]
    return race("every report of the batch failing", works, goals, scale.slow_rounds)


def memory(setting: Setting) -> Iterator[Outcome]:
    """Compare the most memory a small batch takes with that of a large one."""
    scale = setting.scale
    small, large = max(scale.reports // 10, 1), scale.large
    before, after = (_most(setting, count) for count in (small, large))
    goal = f"≤ {_MOST_MEGABYTES} MB a process, constant"
    what = f"peak memory, {small:,} → {large:,} reports"
    met = after <= _MOST_MEGABYTES and after <= before * _SAME
    yield Outcome(what, "own", goal, f"{before:.0f} → {after:.0f} MB", met)


def _most(setting: Setting, count: int) -> float:
    """Return the megabytes that the largest process of a run had."""
    file = setting.batch("batch", count)
    out = setting.folder / "memory.ndjson"
    arguments = ["check", str(file), "-o", str(out), "--jobs", "2", "--format", "ndjson"]
    said = said_by([sys.executable, "-c", _MEASURED, *arguments])
    return int(said.rpartition("MOST ")[2]) / 1024
