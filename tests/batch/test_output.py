"""Runs that write a file: interrupted, killed, gone on with, and never larger than they must be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.batch.examining import Terms
from disclosure_spec.batch.output import write_records
from disclosure_spec.cli.main import main
from disclosure_spec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from disclosure_spec.reporting import Tally


def stopping_after(tasks: int) -> Callable[[Tally, int], None]:
    """Return a watcher that interrupts a run after so many tasks."""
    seen: list[int] = []

    def watch(_: Tally, reached: int) -> None:
        seen.append(reached)
        if len(seen) == tasks:
            raise KeyboardInterrupt

    return watch


@pytest.mark.parametrize("tasks", [1, 2, 3])
@pytest.mark.parametrize("jobs", [1, 2])
def test_interrupted_run_goes_on_where_it_was(
    make_file: Callable[[int], Path], tasks: int, jobs: int
) -> None:
    """Output and counts are those of a run that was never interrupted, and the note is gone at the end."""
    path = make_file(500)
    names, whole, output = [str(path)], path.with_name("whole"), path.with_name("output")
    expected = write_records(names, Terms(), whole)

    with pytest.raises(KeyboardInterrupt):
        write_records(names, Terms(), output, jobs=jobs, watch=stopping_after(tasks))
    with output.open("ab") as file:
        file.write(b'{"half a rec')
    tally = write_records(names, Terms(), output, jobs=jobs, resume=True)

    assert output.read_bytes() == whole.read_bytes()
    assert list(tally.lines("en")) == list(expected.lines("en"))
    assert not output.with_name("output.state").exists()


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGKILL])
def test_killed_run_goes_on_where_it_was(make_file: Callable[[int], Path], kind: int) -> None:
    """Whenever the command is ended, asked or not, going on gives the bytes of an undisturbed run."""
    path = make_file(900)
    whole, output = path.with_name("whole"), path.with_name("output")
    write_records([str(path)], Terms(), whole)
    command = [sys.executable, "-m", "disclosure_spec", "check", str(path), "--format", "ndjson"]
    command += ["-o", str(output), "--jobs", "2", "--lang", "en"]

    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not (output.exists() and output.stat().st_size):
            time.sleep(0.005)
        process.send_signal(kind)
        _, error = process.communicate()
    if output.with_name("output.state").exists():
        if kind == signal.SIGTERM:
            assert process.returncode == 130
            assert b"Add --resume to go on" in error
        again = subprocess.run([*command, "--resume"], capture_output=True, check=False)
        assert b"reports: " in again.stderr

    assert output.read_bytes() == whole.read_bytes()


def test_changed_input_is_refused(make_file: Callable[[int], Path], good: bytes) -> None:
    """A run goes on over the very same files and options only, and not without a note."""
    path = make_file(300)
    output = path.with_name("output")
    names = [str(path)]

    with pytest.raises(UsageError, match=r"output\.state"):
        write_records(names, Terms(), output, resume=True)
    with pytest.raises(KeyboardInterrupt):
        write_records(names, Terms(), output, watch=stopping_after(1))
    with pytest.raises(UsageError, match="other options"):
        write_records(names, Terms(edition="2019"), output, resume=True)
    facts = path.stat()
    with path.open("r+b") as file:
        file.write(good[::-1])
    # Neither its size nor the time that anybody may set tells of the change.
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    with pytest.raises(UsageError, match="changed reports"):
        write_records(names, Terms(), output, resume=True)


def test_output_that_was_cut_is_refused(make_file: Callable[[int], Path]) -> None:
    """What was checked must still be there."""
    path = make_file(300)
    output = path.with_name("output")
    with pytest.raises(KeyboardInterrupt):
        write_records([str(path)], Terms(), output, watch=stopping_after(1))
    os.truncate(output, 10)

    with pytest.raises(UsageError, match="shorter"):
        write_records([str(path)], Terms(), output, resume=True)


def test_note_that_is_damaged_is_refused(make_file: Callable[[int], Path]) -> None:
    """A note that is no note is not believed."""
    path = make_file(10)
    output = path.with_name("output")
    output.with_name("output.state").write_bytes(b"\xff")

    with pytest.raises(UsageError, match="changed reports"):
        write_records([str(path)], Terms(), output, resume=True)


def test_standard_input_cannot_be_gone_on_with(tmp_path: Path) -> None:
    """What came through a pipe is gone."""
    with pytest.raises(UsageError, match="Standard input"):
        write_records(["-"], Terms(), tmp_path / "output", resume=True)


def test_output_is_never_a_report_to_check(
    make_file: Callable[[int], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """What is to be checked is not written over, whatever other name the output is given by."""
    path = make_file(3)
    data, other = path.read_bytes(), path.with_name("other")
    other.hardlink_to(path)

    for output in (path, other):
        assert main(["check", str(path), "--format", "ndjson", "-o", str(output), "--lang", "en"]) == 2
        assert "cannot be the output file" in capsys.readouterr().err

    assert path.read_bytes() == data


def test_memory_does_not_grow_with_the_input(make_file: Callable[[int], Path]) -> None:
    """Ten times the reports take no more memory, but for what Python does not give back."""
    code = (
        "import resource, sys; from disclosure_spec.cli import main; main(sys.argv[1:]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    def peak(count: int) -> int:
        path = make_file(count)
        arguments = ["check", str(path), "--format", "ndjson", "-o", str(path.with_suffix(".out"))]
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments, "--jobs", "1"], capture_output=True, check=False
        )
        assert json.loads(path.with_suffix(".out").read_bytes().splitlines()[-1])["input"]["line"] == count
        return int(done.stdout)

    assert peak(4_000) < peak(400) * 1.25
