"""Many reports: one record each, in order, the same bytes however many processes make them."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from disclosure_spec._resources import folder
from disclosure_spec.batch import check_files, check_lines, check_many
from disclosure_spec.batch.examining import Examiner, Terms
from disclosure_spec.batch.many import answers, grouped, results
from disclosure_spec.batch.sources import items, tasks
from disclosure_spec.checking import Profile, Verdict
from disclosure_spec.edition import installed
from disclosure_spec.errors import UsageError
from disclosure_spec.reporting.summary import RollUp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from disclosure_spec.batch import Record
    from disclosure_spec.batch.task import Item

META = folder("schema").joinpath("meta")
SCHEMA = json.loads(META.joinpath("record.schema.json").read_text(encoding="utf-8"))
RESULT = json.loads(META.joinpath("result.schema.json").read_text(encoding="utf-8"))


def written(path: Path, jobs: int = 1, terms: Terms = Terms(), method: str | None = None) -> bytes:  # noqa: B008 - frozen
    """Return the records of a file as they are written."""
    context = multiprocessing.get_context(method)
    return b"".join(
        answer.output for _, answer in answers(tasks([str(path)]), terms, jobs=jobs, context=context)
    )


def test_schema_has_findings_as_a_result_has_them() -> None:
    """What a record has in common with a result, both schemas describe in the same words."""
    assert SCHEMA["$defs"] == {key: value for key, value in RESULT["$defs"].items() if key != "outcome"}
    shared = ("verdict", "report_year", "counts", "findings", "diagnoses", "waivers", "profile", "tool")
    assert {key: SCHEMA["properties"][key] for key in shared} == {
        key: RESULT["properties"][key] for key in shared
    }


def test_every_record_follows_its_schema(make_file: Callable[[int], Path]) -> None:
    """Records of reports that conform, do not, or are none, are as `record.schema.json` says."""
    path = make_file(60)
    validator = Draft202012Validator(SCHEMA)

    values = [json.loads(line) for line in written(path).splitlines()]

    assert [error.message for value in values for error in validator.iter_errors(value)] == []
    assert [value["input"]["line"] for value in values] == list(range(1, 61))
    assert {value["verdict"] for value in values} == {one.value for one in Verdict}


@pytest.mark.parametrize("position", [0, 1, 2])
def test_bad_line_is_a_record_of_its_own(tmp_path: Path, good: bytes, broken: bytes, position: int) -> None:
    """Wherever a line that is no report stands, it is named by its number and the others are checked."""
    path = tmp_path / "a.ndjson"
    lines = [good, good]
    lines.insert(position, broken)
    path.write_bytes(b"".join(lines))

    records = list(check_files([str(path)]))

    assert [one.line for one in records] == [1, 2, 3]
    assert [one.result.verdict for one in records].count(Verdict.CONFORMS) == 2
    assert records[position].result.verdict is Verdict.CANNOT_TELL
    assert records[position].result.notes


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path, good: bytes) -> None:
    """A blank line is no report, but lines behind it keep their number."""
    path = tmp_path / "a.ndjson"
    path.write_bytes(b"\n" + good + b" \r\n\n" + good)

    ((_, answer),) = answers(tasks([str(path)]), Terms())

    assert [json.loads(one)["input"]["line"] for one in answer.output.splitlines()] == [2, 5]
    assert answer.tally.blank_lines == 3


@pytest.mark.parametrize("jobs", [2, 3])
def test_bytes_do_not_depend_on_the_number_of_processes(make_file: Callable[[int], Path], jobs: int) -> None:
    """One process or several write the same bytes, in the order of the input."""
    path = make_file(600)

    assert written(path, jobs) == written(path)


def test_processes_may_be_started_afresh(make_file: Callable[[int], Path]) -> None:
    """All that a process needs can be sent to it: not every system can copy the one there is."""
    path = make_file(100)

    assert written(path, 2, Terms(installed()), "spawn") == written(path)


def test_bytes_do_not_depend_on_the_way_a_report_took(make_file: Callable[[int], Path]) -> None:
    """A report known at a glance, decoded fast, or inspected in full has the same record."""
    path = make_file(100)
    in_full = Examiner(Terms(), "reports")
    (task,) = tasks([str(path)])

    whole = b"".join(in_full.examine(item).encode() for item in _items(path))

    assert task.reached == path.stat().st_size
    assert whole == written(path) == written(path, terms=Terms(fast=False))


def _items(path: Path) -> Iterator[Item]:
    return (item for task in tasks([str(path)]) for item in items(task))


def test_three_entries_give_the_same_records(make_file: Callable[[int], Path]) -> None:
    """Files, lines and reports in memory are checked alike; the result names where each was."""
    path = make_file(80)
    name = str(path)

    expected = written(path)
    records = list(check_files([name], jobs=2))

    assert b"".join(one.encode() for one in records) == expected
    with path.open("rb") as file:
        assert b"".join(check_lines(file, name=name)) == expected
    assert [one.result.input.name for one in records if one.result.input] == [
        f"{name}:{at}" for at in range(1, 81)
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_counts_are_made_where_reports_are_checked(make_file: Callable[[int], Path], jobs: int) -> None:
    """What one process or several count for a summary is what is counted of the reports one by one."""
    names = [str(make_file(200))]
    one_by_one, merged = RollUp(), RollUp()

    for record in results(tasks(names), Terms(), keep="reports"):
        one_by_one.add(record)
    for _, answer in answers(tasks(names), Terms(), jobs=jobs, keep="counts"):
        assert answer.counts is not None
        assert answer.of_lines
        merged.merge(answer.counts)

    assert merged == one_by_one


def test_processes_nobody_asked_for_are_waited_with(good: bytes) -> None:
    """As long as a run may be patient it starts none."""
    made = answers(grouped([good] * 200), Terms(), jobs=2, patience=60)

    assert [multiprocessing.active_children() for _ in made] == [[]] * 4


def test_reports_are_taken_as_they_are_needed(good: bytes) -> None:
    """Of an endless stream the first records come at once."""

    def endless() -> Iterator[bytes | tuple[str, bytes]]:
        while True:
            yield good
            yield "named", good

    records = check_many(endless())
    first, second = next(records), next(records)

    assert (first.name, first.row, second.name, second.row) == ("", 1, "named", None)
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301 - our own


def test_many_processes_may_be_left_early(good: bytes) -> None:
    """Whoever stops listening leaves no process behind."""
    records = check_many([good] * 500, jobs=2)
    next(records)
    records.close()  # type: ignore[attr-defined] # a generator

    assert multiprocessing.active_children() == []


def test_wrong_usage_in_a_process_ends_the_run(good: bytes) -> None:
    """What is wrong with the options and not with a report is raised, from whatever process."""
    profile = Profile(name="x", sha256="0" * 64, spec_version="9.0", severities={}, deadlines={})

    for jobs in (1, 2):
        with pytest.raises(UsageError, match=r"9\.0"):
            list(check_many([good] * 3, jobs=jobs, profile=profile))


def test_process_that_dies_loses_no_report(good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reports of a process that was killed are named with the reason, the others are checked."""
    examine = Examiner.examine

    def deadly(self: Examiner, item: Item) -> Record:
        if item.name == "deadly" and not item.error:
            os.kill(os.getpid(), signal.SIGKILL)
        return examine(self, item)

    monkeypatch.setattr(Examiner, "examine", deadly)
    given = [("deadly" if at == 100 else f"r{at}", good) for at in range(300)]
    terms = Terms()

    records = [
        record
        for _, answer in answers(
            grouped(given), terms, jobs=2, keep="results", context=multiprocessing.get_context("fork")
        )
        for record in answer.records
    ]

    assert [one.name for one in records] == [name for name, _ in given]
    lost = [one for one in records if one.result.verdict is Verdict.CANNOT_TELL]
    assert "deadly" in {one.name for one in lost}
    assert len(lost) <= 64
    assert {one.result.notes[0].code for one in lost} == {"batch.process_died"}
    assert "-9" in lost[0].result.notes[0].wording.en
