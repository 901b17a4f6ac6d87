"""Write the records of a run to a file, so that one that is interrupted can go on where it was."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec._values import replace
from disclosure_spec.batch.journal import Journal, Reached
from disclosure_spec.batch.many import answers
from disclosure_spec.batch.sources import STDIN, tasks
from disclosure_spec.errors import UsageError
from disclosure_spec.reporting.tally import Tally
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from disclosure_spec.batch.examining import Answer, Terms
    from disclosure_spec.batch.task import Task

Watch: TypeAlias = "Callable[[Tally, int], None]"

_STDIN: Final = Wording(
    "标准输入不能接着检查；请先存为文件。", "Standard input cannot be resumed; save it as a file first."
)
_LOST: Final = Wording(
    "“{name}”比上次留下的短，不能接着检查。请去掉--resume重新检查。",
    "{name} is shorter than the run left it. Start anew without --resume.",
)


def write_records(  # noqa: PLR0913 - all but the first three are options given by name
    names: Sequence[str],
    terms: Terms,
    output: Path,
    *,
    jobs: int = 1,
    patience: float = 0.0,
    resume: bool = False,
    watch: Watch = lambda _, __: None,
) -> Tally:
    """Check files and write a record for every report; return what was counted.

    Until the end a small file beside the output says how far the run came. The bytes of the output depend
    neither on the number of processes nor on interruptions.

    Args:
        names: The files.
        terms: By what to check.
        output: The file to write.
        jobs: How many processes check.
        patience: As for `answers`.
        resume: Go on where the run that left the output and its note was interrupted.
        watch: Told what was counted, and how many bytes of the input have been dealt with, after each task.

    Raises:
        UsageError: There is nothing to resume, or it is not the same run; a file needs a library.
        OSError: The output cannot be written.
    """
    if resume and STDIN in names:
        raise UsageError("resume.stdin", _STDIN)
    journal = Journal(output, names, terms)
    day = terms.today or datetime.now(UTC).astimezone().date()
    start = journal.load() if resume else Reached(0, 0, Tally(terms.waivers), day)
    with output.open("r+b" if resume else "wb") as file:
        if file.seek(0, os.SEEK_END) < start.length:
            raise UsageError("resume.lost", _LOST.fill(name=output))
        file.seek(start.length)
        # Behind this stands what was written after the last note.
        file.truncate()
        left = islice(tasks(names), start.tasks, None)
        done = answers(left, replace(terms, today=start.today), jobs=jobs, patience=patience)
        tally = _write(done, file, start, journal, watch)
    journal.remove()
    return tally


def _write(
    done: Iterator[tuple[Task, Answer]],
    file: BinaryIO,
    start: Reached,
    journal: Journal,
    watch: Watch,
) -> Tally:
    reached = start
    journal.save(reached)
    try:
        for task, answer in done:
            file.write(answer.output)
            # Replaced as a whole: an interrupt finds either what was before this task or what is after it.
            reached = Reached(
                reached.tasks + 1,
                reached.length + len(answer.output),
                reached.tally + answer.tally,
                reached.today,
            )
            watch(reached.tally, task.reached)
            if journal.is_due():
                _note(file, reached, journal)
    finally:
        # Whatever ends the run, what was done need not be done again.
        _note(file, reached, journal)
    return reached.tally


def _note(file: BinaryIO, reached: Reached, journal: Journal) -> None:
    file.flush()
    os.fsync(file.fileno())
    journal.save(reached)
