"""Check one report of many: the one place where its bytes become a record."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, cast

from disclosure_spec.batch.record import Record
from disclosure_spec.batch.sources import items
from disclosure_spec.batch.task import Stretch, Task
from disclosure_spec.checking import unreadable
from disclosure_spec.errors import InputError
from disclosure_spec.inspection import Inspector, describe
from disclosure_spec.reporting.tally import Tally
from disclosure_spec.strict_json import loads_document
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from disclosure_spec.batch.task import Item
    from disclosure_spec.checking import Profile, Waiver
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Catalogue, Edition

Keep: TypeAlias = Literal["lines", "results", "reports"]

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
        output: The lines of its records; empty where records are asked for.
        records: The records; empty where lines are asked for.
        tally: What was counted.
    """

    output: bytes
    records: tuple[Record, ...]
    tally: Tally


class Examiner:
    """Make records of reports.

    Args:
        terms: By what they are checked.
        keep: What a record shall hold besides what is written of it: the name and digest of what was checked
            as part of the result, and the report as well, for renderings that show it.
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
            fast=terms.fast and find_spec("msgspec") is not None,
        )
        # What a glance takes for granted: a report by itself, and as it is.
        self._may_glance = not (keep == "reports" or terms.changes or terms.previous or terms.parts)
        self._is_first = True

    def records(self, task: Task, tally: Tally) -> Iterator[Record]:
        """Yield the records of a task; blank lines are only counted."""
        for item in items(task):
            if _is_blank(item):
                tally.blank_lines += 1
            else:
                yield self.examine(item)

    def answer(self, task: Task) -> Answer:
        """Return what becomes of a task."""
        tally = Tally(self._terms.waivers)
        # What is watched are records, so that is what comes out.
        records = cast("Iterator[Record]", tally.watch(self.records(task, tally)))
        if self._keep == "lines":
            return Answer(b"".join([one.encode() for one in records]), (), tally)
        # Every task would carry the whole form; see `restored`.
        return Answer(b"", tuple([replace(one, edition=None) for one in records]), tally)

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
        where = task.work if isinstance(task.work, Stretch) else f"{task.work[0].label}–{task.work[-1].label}"
        error = InputError("batch.process_died", _DIED.fill(code=exit_code, where=where))
        left = tuple(
            item if _is_blank(item) else item._replace(error=item.error or error) for item in items(task)
        )
        return self.answer(Task(left, task.reached))

    def examine(self, item: Item) -> Record:
        """Return the record of one report."""
        try:
            if item.error:
                raise item.error
            record = self._glanced(item) or self._inspected(item)
        # A report that cannot be read is a record like any other; wrong usage still ends the run.
        except InputError as error:
            result = unreadable(error, describe(item.data, item.label, "unknown"))
            data = item.data if self._keep == "reports" else b""
            record = Record(result, data=data, name=item.name, line=item.line, row=item.row)
        return record

    def _glanced(self, item: Item) -> Record | None:
        # The code for a glance takes as long to write as some reports to check: one alone does without.
        may, self._is_first = self._may_glance and not self._is_first, False
        result = self._inspector.glance(item.data) if may else None
        if result and self._keep != "lines":
            result = replace(result, input=describe(item.data, item.label, "json"))
        return Record(result, name=item.name, line=item.line, row=item.row) if result else None

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
        if self._keep != "reports":
            return record
        return replace(record, document=inspection.document, edition=inspection.edition, data=inspection.data)


def _is_blank(item: Item) -> bool:
    """Tell a line that holds nothing, which is no report that could not be read."""
    return item.line is not None and item.error is None and (not item.data or item.data.isspace())
