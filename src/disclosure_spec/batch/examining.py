"""Check one report of many: the one place where its bytes become a record."""

from __future__ import annotations

import re

from disclosure_spec._typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast
from disclosure_spec._values import dataclass, field, replace
from disclosure_spec.batch.record import Record, line_of
from disclosure_spec.batch.sources import items
from disclosure_spec.batch.task import Task
from disclosure_spec.checking import unreadable
from disclosure_spec.errors import InputError
from disclosure_spec.inspection import Inspector, describe
from disclosure_spec.reporting.tally import Tally
from disclosure_spec.strict_json import loads_document
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from disclosure_spec.batch.task import Item
    from disclosure_spec.checking import Profile, Result, Waiver
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Catalogue, Edition
    from disclosure_spec.reporting.summary.rollup import RollUp

Keep: TypeAlias = Literal["lines", "counts", "results", "reports"]

_OBJECT: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_DIED: Final = Wording(
    "检查进程意外终止（退出码{code}，可能是内存不足），{where}未能检查；请单独检查该报告。",
    "The checking process died (exit code {code}; out of memory?) and left {where} unchecked; "
    "check this report by itself.",
)


@dataclass(frozen=True, slots=True)
class Terms:
    """By what reports are checked; it can be sent to another process.

    Attributes:
        catalogue: The editions to know; those installed when None.
        profile: Local rules.
        waivers: Justified exceptions.
        today: The day by which a waiver may have expired: one for the whole run, also through midnight.
        edition: As for `Inspector.inspect`, like the rest.
        changes: Likewise.
        previous: Likewise.
        parts: Likewise.
        fast: Whether to use the extra `[fast]` where it is installed.
    """

    catalogue: Catalogue | None = None
    profile: Profile | None = None
    waivers: Sequence[Waiver] = ()
    today: date | None = None
    edition: str | None = None
    changes: Mapping[str, JSONValue] = field(default_factory=dict)
    previous: Document | None = None
    parts: Sequence[Document] = ()
    fast: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a task.

    Attributes:
        tally: What was counted.
        output: The lines of its records, where those are asked for.
        records: The records, likewise.
        counts: What a summary tells of them, likewise.
        of_lines: Whether any of those counted was a line or row of a file.
    """

    tally: Tally
    output: bytes = b""
    records: tuple[Record, ...] = ()
    counts: RollUp | None = None
    of_lines: bool = False


class Examiner:
    """Make records of reports.

    Args:
        terms: By what they are checked.
        keep: What a record shall hold besides what is written of it: the name and digest of what was checked
            as part of the result, and the report as well, for renderings that show it; `lines` for what is
            written, `counts` for a summary.
    """

    def __init__(self, terms: Terms, keep: Keep = "results") -> None:
        self._terms = terms
        self._keep = keep
        self._editions: dict[tuple[str, str | None], Edition] = {}
        self._inspector = Inspector(
            terms.catalogue,
            profile=terms.profile,
            waivers=terms.waivers,
            today=terms.today,
            fast=terms.fast and _is_installed("msgspec"),
        )
        # What a glance takes for granted: a report by itself, and as it is.
        self._may_glance = not (keep == "reports" or terms.changes or terms.previous or terms.parts)
        self._is_first = True

    def __reduce__(self) -> tuple[object, ...]:
        """Have another process make its own: what is compiled cannot be sent."""
        return Examiner, (self._terms, self._keep)

    def records(self, given: Iterable[Item], tally: Tally) -> Iterator[Record]:
        """Yield the record of every report; blank lines are only counted."""
        for item in given:
            if _is_blank(item):
                tally.blank_lines += 1
            else:
                yield self.examine(item)

    def lines(self, given: Iterable[Item], tally: Tally) -> Iterator[bytes]:
        """Yield the record of every report as a line, counted; blank lines are only counted."""
        for item in given:
            if _is_blank(item):
                tally.blank_lines += 1
                continue
            result, line = self.told(item)
            tally.count(result)
            yield line

    def told(self, item: Item) -> tuple[Result, bytes]:
        """Return the result of one report, and its record as a line."""
        result = self._glanced(item)
        if result:
            # The same bytes as from a record, which costs as much to make as all the rest here.
            return result, line_of(result, item.name, item.line, item.row)
        record = self._examined(item)
        return record.result, record.encode()

    def answer(self, task: Task) -> Answer:
        """Return what becomes of a task."""
        return self._answer(items(task))

    def _answer(self, given: Iterable[Item]) -> Answer:
        tally = Tally(self._terms.waivers)
        if self._keep == "lines":
            return Answer(tally, output=b"".join(self.lines(given, tally)))
        # What is watched are records, so that is what comes out.
        records = cast("Iterator[Record]", tally.watch(self.records(given, tally)))
        if self._keep == "counts":
            counts, of_lines = _counted(map(self.restored, records))
            return Answer(tally, counts=counts, of_lines=of_lines)
        # Every task would carry the whole form; see `restored`.
        return Answer(tally, records=tuple([replace(one, edition=None) for one in records]))

    def restored(self, record: Record) -> Record:
        """Return a record of an answer with the edition that was left out of it."""
        result = record.result
        if record.document is None or result.form_edition is None:
            return record
        key = result.form_edition, result.spec_version
        if key not in self._editions:
            edition = self._inspector.catalogue.edition(*key)
            profile = self._terms.profile
            self._editions[key] = profile.apply(edition)[0] if profile else edition
        return replace(record, edition=self._editions[key])

    def lost(self, task: Task, exit_code: int | None) -> Answer:
        """Return what becomes of a task whose process died: each of its reports is said to be unread."""
        work = task.work
        where = f"{work[0].label}–{work[-1].label}" if isinstance(work, tuple) else work
        error = InputError("batch.process_died", _DIED.fill(code=exit_code, where=where))
        left = tuple(
            item if _is_blank(item) else replace(item, error=item.error or error) for item in items(task)
        )
        return self.answer(Task(left, task.reached))

    def examine(self, item: Item) -> Record:
        """Return the record of one report."""
        result = self._glanced(item)
        if result is None:
            return self._examined(item)
        from disclosure_spec.checking.express import decode  # noqa: PLC0415 - one report does without

        # A summary tells bodies apart by codes that only the report holds.
        document = cast("Document", decode(item.data)) if self._keep == "counts" else None
        return Record(result, document, name=item.name, line=item.line, row=item.row)

    def _examined(self, item: Item) -> Record:
        """Return the record of a report of which a glance does not tell."""
        try:
            if item.error:
                raise item.error
            record = self._inspected(item)
        # A report that cannot be read is a record like any other; wrong usage still ends the run.
        except InputError as error:
            result = unreadable(error, describe(item.data, item.label, "unknown"))
            data = item.data if self._keep == "reports" else b""
            record = Record(result, data=data, name=item.name, line=item.line, row=item.row)
        return record

    def _glanced(self, item: Item) -> Result | None:
        """Return the result of a report of which a glance tells."""
        # The code for a glance takes as long to write as some reports to check: one alone does without.
        may, self._is_first = self._may_glance and not self._is_first, False
        result = self._inspector.glance(item.data) if may and item.error is None else None
        if result and self._keep != "lines":
            result = replace(result, input=describe(item.data, item.label, "json"))
        return result

    def _inspected(self, item: Item) -> Record:
        if (item.line is not None or item.row is not None) and not _OBJECT.match(item.data):
            # Among lines of JSON nothing else is a report, whatever it would be in a file of its own.
            loads_document(item.data)
        terms = self._terms
        inspection = self._inspector.inspect(
            item.data,
            name=item.label,
            edition=terms.edition,
            changes=terms.changes,
            previous=terms.previous,
            parts=terms.parts,
        )
        record = Record(inspection.result, name=item.name, line=item.line, row=item.row)
        if self._keep not in {"reports", "counts"}:
            return record
        return replace(record, document=inspection.document, edition=inspection.edition, data=inspection.data)


def _counted(records: Iterable[Record]) -> tuple[RollUp, bool]:
    from disclosure_spec.reporting.summary.rollup import RollUp  # noqa: PLC0415 - most runs tell no summary

    counts, of_lines = RollUp(), False
    for one in records:
        counts.add(one)
        of_lines = of_lines or one.line is not None or one.row is not None
    return counts, of_lines


def _is_blank(item: Item) -> bool:
    """Tell a line that holds nothing, which is no report that could not be read."""
    return item.line is not None and item.error is None and (not item.data or item.data.isspace())


def _is_installed(library: str) -> bool:
    from importlib.util import find_spec  # noqa: PLC0415 - few reports ask for no library

    return find_spec(library) is not None
