"""`disclosure-spec prove`."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from disclosure_spec.cli import main
from disclosure_spec.strict_json import loads_document

if TYPE_CHECKING:
    from pathlib import Path

CASES = "2021/rules/requests.balance/*"


@pytest.fixture
def always(tmp_path: Path) -> str:
    """Return the command of a system that always says that a report conforms, with a control character."""
    path = tmp_path / "always.py"
    path.write_text('print(\'{"verdict": "conforms"}\')\n', encoding="utf-8")
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(path))} {{document}}"


def test_failures_are_told_with_their_clause(always: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What fails is named with the law, what was expected and the document; the exit code is 1."""
    assert main(["prove", "--command", always, "--case", CASES, "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "verdict: does_not_conform expected, conforms said" in out
    assert "clause: " in out
    assert "document: " in out
    assert out.splitlines()[-1].startswith("not held: specification 1.0")


def test_expected_failures_do_not_fail_the_run(
    always: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Listed cases may fail; one that passes fails the run, and an unknown one is wrong usage."""
    arguments = ["prove", "--command", always, "--case", CASES, "--format", "json"]
    main(arguments)
    cases = json.loads(capsys.readouterr().out)["cases"]
    failed = [one["id"] for one in cases if one["outcome"] == "failed"]
    passed = [one["id"] for one in cases if one["outcome"] == "passed"]
    listed = tmp_path / "expected.txt"

    listed.write_text("".join(f"{one}  # known\n" for one in failed), encoding="utf-8")
    assert main([*arguments, "--expect-fail", str(listed)]) == 0
    listed.write_text("\n".join([*failed, passed[0]]), encoding="utf-8")
    assert main([*arguments, "--expect-fail", str(listed)]) == 1
    listed.write_text("2021/rules/none\n", encoding="utf-8")
    assert main([*arguments, "--expect-fail", str(listed)]) == 2
    assert "2021/rules/none" in capsys.readouterr().err


def test_junit_counts_what_it_holds(always: str, tmp_path: Path) -> None:
    """The JUnit report is XML whose counts are those of its cases, whatever the system prints."""
    output = tmp_path / "report.xml"
    garbage = always.replace("always.py", "garbage.py")
    (tmp_path / "garbage.py").write_text("print('\\x00\\x1b[31m<oops>')", encoding="utf-8")
    for command in (always, garbage):
        main(["prove", "--command", command, "--case", CASES, "--format", "junit", "-o", str(output)])
        root = ET.fromstring(output.read_bytes())  # noqa: S314 - our own output
        suite = root.find("testsuite")
        assert suite is not None
        assert root.tag == "testsuites"
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure"))) != "0"


def test_disagreements_are_shown_and_kept(
    always: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fuzzing prints the seed and the smallest document, and keeps it in a file."""
    kept = tmp_path / "kept"
    arguments = ["--fuzz", "6", "--seed", "5", "--edition", "2021", "--save", str(kept), "--lang", "en"]
    assert main(["prove", "--command", always, *arguments]) == 1
    out = capsys.readouterr().out
    assert "seed 5" in out
    assert "it differs from the smallest consistent report" in out
    assert all(loads_document(file.read_bytes()) for file in kept.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--fuzz", "5"],
        ["--format", "junit"],
        ["--command", "no-such-program {document}"],
        ["--command", "python {documnet}"],
        ["--command", "'"],
        ["--command", "true {document}", "--case", "nothing"],
        ["--command", "true {document}", "--suite", "no-such-folder"],
        ["--command", "true {document}", "--expect-fail", "no-such-file"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be done is said, with exit code 2."""
    assert main(["prove", *arguments, "--lang", "zh"]) == 2
    assert "错误：" in capsys.readouterr().err


def test_help_needs_no_extra() -> None:
    """Listing the verbs and explaining this one loads no Hypothesis; without it the extra is named."""
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from disclosure_spec.cli import main\n"
        "sys.exit(main(sys.argv[1:]))"
    )
    done = [
        subprocess.run(
            [sys.executable, "-c", program, *words], capture_output=True, encoding="utf-8", check=False
        )
        for words in (["--help"], ["prove", "--help"], ["prove", "--lang", "en"])
    ]
    assert [one.returncode for one in done] == [0, 0, 2]
    assert "pip install 'disclosure-spec[testing]'" in done[2].stderr


def test_properties_are_proved(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a command the properties of the rules are put to the test, and hold."""
    assert main(["prove", "--edition", "2021", "--examples", "1", "--seed", "1", "--lang", "en"]) == 0
    assert "seed 1" in capsys.readouterr().out
