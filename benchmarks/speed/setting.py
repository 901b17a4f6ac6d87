"""What every row of the table needs: reports, a folder to work in, and how much is asked for."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import Process
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.speed.material import Material, material
from disclosure_spec.edition import installed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.edition import Edition

_WITHOUT: Final = "import sys; sys.modules['msgspec'] = None; from disclosure_spec.cli import main; main()"
"""Runs the command as where the extra `[fast]` is not installed."""

_SPIN: Final = 5_000_000
_TWO_CORES: Final = 1.7


@dataclass(frozen=True)
class Scale:
    """How much is asked for.

    Attributes:
        rounds: How often what takes less than a second is measured.
        slow_rounds: How often what takes longer.
        variety: Different sets of numbers.
        reports: Lines of the batch.
        sample: Lines for others where the batch would take them hours; their time a report is compared.
        files: Files of the folder.
        large: Lines of the largest batch, for its memory; a tenth of the batch is the smallest.
    """

    rounds: int = 7
    slow_rounds: int = 3
    variety: int = 400
    reports: int = 100_000
    sample: int = 1_000
    files: int = 1_000
    large: int = 1_000_000


QUICK: Final = Scale(rounds=1, slow_rounds=1, variety=7, reports=40, sample=10, files=5, large=80)
"""Sees that every row can be measured, and measures none."""


@dataclass(frozen=True)
class Setting:
    """A folder to work in, and the reports."""

    folder: Path
    scale: Scale

    @cached_property
    def edition(self) -> Edition:
        """Return the newest edition."""
        return installed().editions()[-1]

    @cached_property
    def material(self) -> Material:
        """Return the reports."""
        return material(self.edition, self.scale.variety)

    @cached_property
    def lines(self) -> list[bytes]:
        """Return reports without fault, as others are compared with on one report at a time."""
        return [*self.material.lines(self.scale.variety, bad=0)]

    def batch(self, name: str, count: int, bad: float | None = None) -> Path:
        """Return a file of so many reports, made when first asked for."""
        file = self.folder / f"{name}-{count}.ndjson"
        if not file.exists():
            self.material.write(file, count, *([] if bad is None else [bad]))
        return file


def command(*arguments: str | Path, fast: bool = True) -> list[str]:
    """Return the command line of our command."""
    start = ["-m", "disclosure_spec"] if fast else ["-c", _WITHOUT]
    return [sys.executable, *start, "check", *map(str, arguments)]


class FailedError(Exception):
    """Say that a program taking part did not do its work."""


def run(line: Sequence[str]) -> None:
    """Run a program to its end; to find fault with reports is no failure.

    Raises:
        FailedError: It stopped with an exception or did not know what was asked of it.
    """
    said_by(line)


def said_by(line: Sequence[str]) -> str:
    """Run a program as `run` does, and return what it says on its way.

    Raises:
        FailedError: As for `run`.
    """
    done = subprocess.run(line, capture_output=True, check=False)  # noqa: S603 - programs named here
    said = done.stderr.decode(errors="replace")
    # Reports that cannot be read give 2 as well, and are in every batch.
    if done.returncode not in {0, 1, 2} or any(word in said for word in ("Traceback", "usage: ", "用法：")):
        raise FailedError(said.strip().splitlines()[-1] if said.strip() else str(done.returncode))
    return said


def tool(name: str) -> str | None:
    """Return the path of a program of this environment, or None."""
    path = Path(sys.executable).with_name(name)
    return str(path) if path.exists() else None


def cores() -> float:
    """Return how many times as much two processes get done in a time as one does."""
    alone = _spin(1)
    return 2 * alone / _spin(2)


def _spin(processes: int) -> float:
    start = time.perf_counter()
    running = [Process(target=_count) for _ in range(processes)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    return time.perf_counter() - start


def _count() -> None:
    for _ in range(_SPIN):
        pass


def has_two_cores(found: float) -> bool:
    """Tell whether two processes really ran side by side."""
    return found >= _TWO_CORES
