"""The command as a hook or a script starts it: whole processes, from nothing to the last line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks.speed.contest import OURS, Goal, race
from benchmarks.speed.setting import command, run, tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.speed.contest import Outcome, Work
    from benchmarks.speed.setting import Setting


def process(line: Sequence[str], pieces: int = 1) -> Work:
    """Return the work of running a program."""

    def go() -> int:
        run(line)
        return pieces

    return go


def cold(setting: Setting) -> Iterator[Outcome]:
    """Compare the check of one file in a new process."""
    file = setting.folder / "one.json"
    file.write_bytes(setting.lines[0])
    works = {
        OURS: process(command(file)),
        "check-jsonschema": _check_jsonschema(setting, str(file)),
        "python -c pass": process([sys.executable, "-c", "pass"]),
    }
    goals = [Goal("check-jsonschema", 8), Goal("python -c pass", 2.7, at_most=True)]
    return race("command, one report, whole process", works, goals, setting.scale.rounds)


def folder(setting: Setting) -> Iterator[Outcome]:
    """Compare the check of a folder of files."""
    reports = setting.folder / "reports"
    reports.mkdir(exist_ok=True)
    files = []
    for at, line in enumerate(setting.material.lines(setting.scale.files)):
        files.append(reports / f"{at:05}.json")
        files[-1].write_bytes(line)
    works = {
        OURS: process(command(reports, "-o", setting.folder / "folder.ndjson", "--format", "ndjson")),
        "check-jsonschema": _check_jsonschema(setting, *map(str, files)),
    }
    what = f"folder of {len(files):,} JSON files, 7 % bad"
    return race(what, works, [Goal("check-jsonschema", 30)], setting.scale.slow_rounds)


def _check_jsonschema(setting: Setting, *files: str) -> Work | None:
    program = tool("check-jsonschema")
    if program is None:
        return None
    schema = setting.folder / "report.schema.json"
    if not schema.exists():
        from disclosure_spec._resources import folder as published  # noqa: PLC0415 - only where it is compared

        edition = setting.edition
        source = published("schema").joinpath(edition.spec_version, edition.name, schema.name)
        schema.write_bytes(source.read_bytes())
    return process([program, "--schemafile", str(schema), *files])
