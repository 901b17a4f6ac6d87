"""What `check` does for many reports: processes, records, going on after an interrupt, and how far it is."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext
from itertools import chain, islice

from disclosure_spec._typing import TYPE_CHECKING, Final, cast
from disclosure_spec._values import replace
from disclosure_spec.batch.many import answers, results
from disclosure_spec.batch.sources import STDIN, size_of, tasks
from disclosure_spec.cli.progress import Progress
from disclosure_spec.errors import UsageError
from disclosure_spec.reporting import Tally
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import FrameType

    from disclosure_spec.batch.examining import Keep, Terms
    from disclosure_spec.batch.record import Record
    from disclosure_spec.batch.task import Task
    from disclosure_spec.cli.parser import Parser
    from disclosure_spec.reporting.summary import RollUp
    from disclosure_spec.wording import Language

RECORDS: Final[Mapping[str, Wording]] = {
    "ndjson": Wording("每份一行，只列问题和未检查的规则", "one a line, findings and rules not checked only"),
    "parquet": Wording("每份一行，供数据库使用；须用-o", "one a row, for databases; with -o"),
}
"""Formats made for many reports, with what they give."""

_MANY_BYTES: Final = 5_000_000
"""Input from which on starting processes may pay; whether it does, the first reports show."""

_PATIENCE: Final = 0.25
"""Seconds of checking alone, before processes that nobody asked for are started."""

_RESULT_ONLY: Final = frozenset({"json", "csv", "junit"})
"""Renderings that show nothing of the report but what its result says."""

ONE_REPORT: Final = Wording(
    "--previous和--part只能用于检查一份报告。", "Use --previous and --part with a single report."
)
_JOBS: Final = Wording(
    "--jobs应为正整数，现为“{value}”。", "--jobs takes a whole number above zero, not {value}."
)
_RESUME: Final = Wording(
    "--resume须与 --format ndjson 和 -o 同用。", "Use --resume with --format ndjson and -o."
)
_PARQUET: Final = Wording(
    "Parquet不是文字，不能显示在屏幕上；请用 -o 指定输出文件。",
    "A Parquet file is no text for a terminal; name an output file with -o.",
)
_INTERRUPTED: Final = Wording(
    "已中断：检查了{count}份，结果在{output}中。加上--resume可接着检查。",
    "Interrupted: {count} reports are checked and stand in {output}. Add --resume to go on.",
)


def add_many_options(parser: Parser) -> None:
    """Add the options for many reports."""
    parser.option(
        "--jobs",
        metavar="N",
        help_=Wording(
            "同时检查的进程数；默认：报告多时等于处理器数，少时为1",
            "processes that check; by default one a processor for many reports, one for few",
        ),
    )
    parser.option(
        "--resume",
        action="store_true",
        help_=Wording(
            "接着上次中断处检查（与 --format ndjson -o 同用）",
            "go on where the run before was interrupted (with --format ndjson -o)",
        ),
    )


class Run:
    """A run over the files named.

    Args:
        names: The files.
        terms: By what to check.
        options: Those of `check`.
        language: Of what is said beside the output.

    Attributes:
        tally: What was counted so far.
        many: Whether a file held many reports; known when the first is there.
    """

    def __init__(self, names: Sequence[str], terms: Terms, options: Namespace, language: Language) -> None:
        size = sum(size_of(name) for name in names)
        self._names = names
        # Loading the faster decoder takes longer than a few reports.
        self._terms = replace(terms, fast=size >= _MANY_BYTES)
        self._options = options
        self._language = language
        self._jobs = _jobs(options.jobs, size)
        self._patience = _PATIENCE if options.jobs is None else 0.0
        # What comes in by a pipe has no size.
        self._progress = Progress(0 if STDIN in names else size, language)
        self.tally = Tally(terms.waivers)
        self.many = options.format in RECORDS
        if options.resume and (options.format != "ndjson" or options.output is None):
            raise UsageError("option.resume", _RESUME)

    def records(self) -> Iterator[Record]:
        """Return the records for a rendering of results.

        Raises:
            UsageError: Options are for one report, and there are many.
        """
        keep: Keep = "results" if self._options.format in _RESULT_ONLY else "reports"
        found = results(
            self._tasks(),
            self._terms,
            jobs=self._jobs,
            keep=keep,
            tally=self.tally,
            patience=self._patience,
        )
        # The first alone, to see whether it is a line of many: how results are told depends on that.
        first = list(islice(found, 1))
        self.many = any(one.line is not None or one.row is not None for one in first)
        self._refuse_others()
        return self._counted(chain(first, found))

    def counts(self) -> Iterator[RollUp]:
        """Yield what was counted of some reports after the other, for a summary.

        Raises:
            UsageError: As for `records`.
        """
        with _terminable():
            for _, answer in answers(
                self._tasks(), self._terms, jobs=self._jobs, keep="counts", patience=self._patience
            ):
                self.tally += answer.tally
                self.many = self.many or answer.of_lines
                self._refuse_others()
                yield cast("RollUp", answer.counts)
        self._progress.clear()

    def _refuse_others(self) -> None:
        if self.many and (self._terms.previous or self._terms.parts):
            raise UsageError("option.one_report", ONE_REPORT)

    def _tasks(self) -> Iterator[Task]:
        """Yield what there is to check; show how far it is."""
        given = tasks(self._names)
        # Among results on the screen the line would be torn to pieces.
        beside = self._options.output is not None or not sys.stdout.isatty()
        return self._watched(given) if beside else given

    def _counted(self, found: Iterable[Record]) -> Iterator[Record]:
        # The only report has been checked by now.
        with _terminable() if self.many or len(self._names) > 1 else nullcontext():
            # What is watched are records, so that is what comes out.
            yield from cast("Iterator[Record]", self.tally.watch(found))
        self._progress.clear()

    def write(self) -> None:
        """Write the records in one of `RECORDS`.

        Raises:
            UsageError: There is nothing to resume, or no file for a format that needs one.
            OSError: The output cannot be written.
        """
        output = self._options.output
        if self._options.format == "parquet":
            self._write_parquet(output)
        elif output is None:
            self._show()
        else:
            self._write_lines(output)

    def _write_parquet(self, output: Path | None) -> None:
        if output is None:
            raise UsageError("option.output", _PARQUET)
        from disclosure_spec.batch import parquet  # noqa: PLC0415 - needs an extra

        parquet.write(self.records(), output)

    def _show(self) -> None:
        with _terminable():
            given = tasks(self._names)
            for _, answer in answers(given, self._terms, jobs=self._jobs, patience=self._patience):
                self.tally += answer.tally
                sys.stdout.buffer.write(answer.output)
                sys.stdout.buffer.flush()

    def _write_lines(self, output: Path) -> None:
        from disclosure_spec.batch.output import write_records  # noqa: PLC0415 - one report keeps no journal

        try:
            with _terminable():
                write_records(
                    self._names,
                    self._terms,
                    output,
                    jobs=self._jobs,
                    patience=self._patience,
                    resume=self._options.resume,
                    watch=self._take,
                )
        except KeyboardInterrupt:
            self._progress.clear()
            if STDIN not in self._names:
                count = self.tally.verdicts.total()
                words = _INTERRUPTED.fill(count=count, output=output).get(self._language)
                sys.stderr.write(f"{words}\n")
            raise
        self._progress.clear()

    def _take(self, tally: Tally, reached: int) -> None:
        self.tally = tally
        self._progress.show(tally.verdicts.total(), reached)

    def _watched(self, given: Iterable[Task]) -> Iterator[Task]:
        reached = 0
        for task in given:
            self._progress.show(self.tally.verdicts.total(), reached)
            yield task
            reached = task.reached


def _jobs(asked: str | None, size: int) -> int:
    if asked is None:
        # Not all processors of the machine are always given to this program.
        usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return usable if size >= _MANY_BYTES else 1
    if not asked.isdecimal() or int(asked) < 1:
        raise UsageError("option.jobs", _JOBS.fill(value=asked))
    return int(asked)


@contextmanager
def _terminable() -> Iterator[None]:
    """Let a request to end, as by `kill` or a shutdown, end the run as cleanly as an interrupt does."""

    def interrupt(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    import signal  # noqa: PLC0415 - what lists options or explains itself takes none

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    # Python lets only the main thread handle signals.
    except ValueError:
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
