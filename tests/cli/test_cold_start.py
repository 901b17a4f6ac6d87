"""A command starts in the time its own imports take, so each verb imports only what it uses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import disclosure_spec
from disclosure_spec._resources import folder
from disclosure_spec.cli import main
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Bench

PROGRAM: Final = """
import json, sys
from disclosure_spec.cli import main
sys.stdout = open(sys.argv[1], "w", encoding="utf-8")
main(sys.argv[2:])
sys.__stdout__.write(json.dumps(list(sys.modules)))
"""
PACKAGE: Final = "disclosure_spec"

LIBRARIES: Final = {
    "docx",
    "hypothesis",
    "jsonschema",
    "jsonschema_rs",
    "lxml",
    "markdown_it",
    "msgspec",
    "openpyxl",
    "pdfplumber",
    "pyarrow",
    "rapidfuzz",
    "referencing",
    "xlsxwriter",
    "yaml",
}
"""None of which a report in JSON needs."""

DEAR: Final = {
    "asyncio",
    "concurrent.futures",
    "email",
    "html.parser",
    "http",
    "importlib.metadata",
    "importlib.resources",
    "logging",
    "multiprocessing",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "unittest",
    "urllib.request",
    "xml.etree",
    "zipfile",
}
"""Parts of the standard library that take as long as the check, or bring much with them."""

SLOW: Final = {
    "argparse",
    "copy",
    "dataclasses",
    "gettext",
    "hashlib",
    "inspect",
    "locale",
    "pathlib",
    "pickle",
    "shutil",
    "signal",
    "threading",
    "typing",
    "weakref",
}
"""Parts of it that take a millisecond or so each, and that a sound report does without."""

OF_OTHER_VERBS: Final = {
    f"{PACKAGE}.{name}" for name in ("authoring", "reading.match", "strict_yaml", "testing", "web", "writing")
}
OF_CHECKS: Final = {f"{PACKAGE}.{name}" for name in ("batch", "checking.checker", "inspection", "reading")}


def modules_of(arguments: Sequence[str], folder: Path) -> set[str]:
    """Return what a run of the command imports, parents of packages included."""
    done = subprocess.run(
        # No site: what the packages of this machine import at every start is none of ours.
        [sys.executable, "-S", "-c", PROGRAM, str(folder / "output"), *arguments],
        env={"PYTHONPATH": os.pathsep.join((str(Path(disclosure_spec.__file__).parents[1]), *sys.path))},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert (folder / "output").read_bytes(), done.stderr

    return set(json.loads(done.stdout))


@pytest.fixture
def report(bench: Bench, tmp_path: Path) -> Path:
    """Return the file of a report without fault."""
    file = tmp_path / "report.json"
    file.write_text(dumps_json(bench.report), encoding="utf-8")
    return file


@pytest.mark.parametrize("format_name", ["text", "json"])
def test_checking_a_report_in_json_loads_no_other_format(format_name: str, report: Path) -> None:
    """A check of one sound report in JSON loads no more than it takes: no other format, no code for many."""
    loaded = modules_of(["check", report.name, "--format", format_name], report.parent)

    unused = {f"{PACKAGE}.checking.{name}" for name in ("diagnosis", "express", "profiles", "waivers")}
    unused |= {f"{PACKAGE}.cli.usage", f"{PACKAGE}.reporting.summary.rollup"}

    assert loaded & OF_CHECKS
    assert loaded & (LIBRARIES | DEAR | SLOW | OF_OTHER_VERBS | unused) == set()


def test_only_help_and_mistakes_need_argparse(report: Path) -> None:
    """Words that leave no doubt are taken without it, and without what it brings along."""
    plain = modules_of(
        ["check", "--set", "/published_on=2024-01-29", "--lang", "en", report.name], report.parent
    )
    doubtful = modules_of(["check", "--lang=en", report.name], report.parent)

    assert "argparse" not in plain
    assert "argparse" in doubtful


def test_a_broken_report_in_json_needs_no_library_either(bench: Bench, report: Path) -> None:
    """Findings and their causes are told without the libraries of other formats."""
    total = next(iter(bench.totals))
    loaded = modules_of(["check", report.name, "--set", f"{total}=987654321"], report.parent)

    assert f"{PACKAGE}.checking.diagnosis" in loaded
    assert loaded & (LIBRARIES | DEAR | OF_OTHER_VERBS) == set()


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["editions"], ["rules", "list"]],
    ids=["help", "version", "editions", "rules"],
)
def test_what_checks_nothing_loads_no_checker(arguments: Sequence[str], tmp_path: Path) -> None:
    """Help, editions and rules are listed without readers, writers and what checks reports."""
    loaded = modules_of(arguments, tmp_path)

    assert loaded & (LIBRARIES | DEAR | OF_OTHER_VERBS | OF_CHECKS) == set()


def test_other_editions_are_not_read(bench: Bench, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report is checked although the files of every other edition are gone."""
    published = report.parent / "schema"
    shutil.copytree(str(folder("schema")), published)
    for path in published.glob("*/*/"):
        if path.name != bench.edition.name and path.is_dir():
            shutil.rmtree(path)

    assert main(["check", str(report), "--schema", str(published), "--lang", "en"]) == 0
    assert "conforms" in capsys.readouterr().out
