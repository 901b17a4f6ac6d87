"""How far a run came, in a small file beside its output, so that an interrupted one can go on."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec._values import dataclass, replace
from disclosure_spec.batch.sources import STDIN
from disclosure_spec.checking import Verdict, WaiverState, WaiverUse
from disclosure_spec.errors import UsageError
from disclosure_spec.reporting.tally import Tally
from disclosure_spec.version import TOOL
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from disclosure_spec.batch.examining import Terms

_SUFFIX: Final = ".state"
_SECONDS: Final = 1.0
"""Between two notes: what was done since the last one is done again."""

_NOTHING: Final = Wording(
    "没有“{name}”，不能接着检查：上次已经完成，或不是用-o输出的。请去掉--resume重新检查。",
    "There is no {name} to resume from: the run came to its end, or was none. Start anew without --resume.",
)
_CHANGED: Final = Wording(
    "“{name}”是用另外的报告、选项或程序版本留下的，不能接着检查。请去掉--resume重新检查。",
    "{name} was left by a run over other or changed reports, with other options or another version of the "
    "program. Start anew without --resume.",
)


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a run came.

    Attributes:
        tasks: How many tasks are done.
        length: The bytes of their output.
        tally: What was counted in them.
        today: The day by which the run judges waivers.
    """

    tasks: int
    length: int
    tally: Tally
    today: date


class Journal:
    """The file that says how far a run came.

    Args:
        output: The file the run writes; the journal lies beside it.
        names: The files it checks.
        terms: By what it checks them.
    """

    def __init__(self, output: Path, names: Sequence[str], terms: Terms) -> None:
        self.path = output.with_name(output.name + _SUFFIX)
        self._waivers = list(terms.waivers)
        # The day is no part of it: a run that goes on tomorrow still judges by the day it began.
        asked = repr((TOOL, replace(terms, catalogue=None, today=None), _catalogue(terms)))
        self._run = hashlib.sha256(f"{asked}{[_identity(name) for name in names]}".encode()).hexdigest()
        self._due = 0.0
        # What comes in by standard input cannot be had a second time.
        self._kept = STDIN not in names

    def load(self) -> Reached:
        """Return how far the run came.

        Raises:
            UsageError: `resume.nothing`, there is no such file; `resume.changed`, it is of another run.
        """
        try:
            data: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise UsageError("resume.nothing", _NOTHING.fill(name=self.path)) from None
        # ValueError is what broken JSON and broken UTF-8 have in common.
        except ValueError:
            data = {}
        if data.get("run") != self._run:
            raise UsageError("resume.changed", _CHANGED.fill(name=self.path))
        counted = data["tally"]
        uses = [WaiverUse(self._waivers[at], WaiverState.USED) for at in counted["used"]]
        verdicts = Counter({Verdict(name): number for name, number in counted["verdicts"].items()})
        tally = Tally(
            self._waivers, verdicts, counted["unread"], counted["unreadable"], uses, counted["blank_lines"]
        )
        return Reached(data["tasks"], data["length"], tally, date.fromisoformat(data["today"]))

    def is_due(self) -> bool:
        """Tell whether it is time for the next note."""
        return time.monotonic() >= self._due

    def save(self, reached: Reached) -> None:
        """Note how far the run came; what it names must lie on the disk already."""
        if not self._kept:
            return
        tally = reached.tally
        counted = {
            "verdicts": {verdict.value: number for verdict, number in tally.verdicts.items()},
            "unread": tally.unread,
            "unreadable": tally.unreadable,
            "used": [self._waivers.index(use.waiver) for use in tally.uses],
            "blank_lines": tally.blank_lines,
        }
        data = {
            "run": self._run,
            "tasks": reached.tasks,
            "length": reached.length,
            "tally": counted,
            "today": reached.today.isoformat(),
        }
        # Written aside and put in place at once: a run that ends in between leaves the note before it whole.
        aside = self.path.with_name(self.path.name + ".new")
        with aside.open("w", encoding="utf-8") as file:
            json.dump(data, file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(self.path)
        self._due = time.monotonic() + _SECONDS

    def remove(self) -> None:
        """Remove the file: the run came to its end."""
        self.path.unlink(missing_ok=True)


def _identity(name: str) -> tuple[str, int, int, int]:
    """Return what tells that a file is still the one it was."""
    try:
        facts = os.stat(name)
    # What cannot be opened is a record that says so, then as now.
    except OSError:
        return name, 0, 0, 0
    # The third is the system's own: nobody can set it, as one may the second.
    return name, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns


def _catalogue(terms: Terms) -> object:
    return terms.catalogue.index if terms.catalogue else None
