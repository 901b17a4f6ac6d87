"""What the README shows is what happens."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import disclosure_spec
from disclosure_spec._resources import folder

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
_PATIENT = """\
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
"""


def blocks(name: str, language: str) -> list[str]:
    """Return the fenced blocks of one language in a README, in order."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def output_of(arguments: list[str]) -> str:
    """Run a program in the repository's root and return what it prints."""
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize("name", READMES)
def test_first_command_prints_what_is_shown(name: str) -> None:
    """The check of the sample report gives exactly the lines shown, an equation among them."""
    words = shlex.split(blocks(name, "sh")[0].splitlines()[-1])
    shown = blocks(name, "text")[0]

    assert words[0] == ".venv/bin/disclosure-spec"
    assert output_of([sys.executable, "-m", "disclosure_spec", *words[1:]]) == shown
    assert "等式：" in shown


@pytest.mark.parametrize("name", READMES)
def test_example_prints_what_is_shown(name: str) -> None:
    """The library example runs and prints the lines shown."""
    assert output_of([sys.executable, "-c", blocks(name, "python")[0]]) == blocks(name, "text")[1]


@pytest.mark.parametrize("name", READMES)
def test_wrong_validator_is_found(name: str, tmp_path: Path) -> None:
    """The validator shown passes the first property and fails the second, on one number that is not zero."""
    for code in blocks(name, "python")[1:3]:
        (tmp_path / code.partition("\n")[0].removeprefix("# ")).write_text(code, encoding="utf-8")
    # How fast the machine is at the moment is not what is tested.
    (tmp_path / "conftest.py").write_text(_PATIENT, encoding="utf-8")

    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    example = re.search(r"broken=Broken\(.*?pointers=\(.*?\)", done.stdout, re.DOTALL)
    assert example
    numbers = re.findall(r"'(?!report_year)\w+': (\d+)", example[0])
    assert [number for number in numbers if number != "0"] == ["1"]


def test_both_readmes_give_the_same_commands() -> None:
    """The two READMEs give the same commands and the same example."""
    for language in ("sh", "python"):
        assert blocks(READMES[0], language) == blocks(READMES[1], language)


def test_commands_install_and_test() -> None:
    """The first command installs the package, the second what the tests need, and runs them."""
    first, second, *_ = blocks("README.md", "sh")

    assert "pip install --quiet .\n" in first
    assert "pip install --quiet --editable '.[dev]'\n" in second
    assert second.endswith("-m pytest\n")


def test_commands_for_many_reports_do_what_they_say(tmp_path: Path) -> None:
    """Each command for many reports runs, names no error of its own, and leaves what it was asked for."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    (tmp_path / "templates").symlink_to(Path(str(folder("templates"))))
    for line in blocks("README.md", "sh")[2].splitlines():
        command = [sys.executable, "-m", "disclosure_spec", *shlex.split(line)[1:], "--lang", "en"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        # The sample has a wrong total and the blank is blank; converting them is no judgement.
        assert done.returncode == (0 if "convert" in line else 1), done.stderr
        assert "Traceback" not in done.stderr
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.glob("*/*") if path.is_file()}
    assert {"pages/index.html", "documents/report-2019.json", "documents/blank.json"} <= made
    records = (tmp_path / "results.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["verdict"] for line in records] == ["does_not_conform"] * 2


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_javascript_command_checks_a_report(tmp_path: Path) -> None:
    """The command for Node gives the verdict on a report, here on a blank one."""
    words = shlex.split(blocks("README.md", "sh")[3])
    report = tmp_path / "report.json"
    report.write_bytes(folder("templates").joinpath("1.0", "2021", "blank.json").read_bytes())
    script = Path(disclosure_spec.__file__).parent / "web" / Path(words[1]).name

    result = json.loads(
        output_of([words[0], str(script), str(folder("schema").joinpath("1.0", "2021")), str(report)])
    )

    assert words[2:] == ["schema/1.0/2021", "report.json"]
    assert result["verdict"] == "does_not_conform"


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_system_in_javascript_is_proved(tmp_path: Path) -> None:
    """The commands that prove the checker in JavaScript hold, here on few cases and few documents."""
    alone, cases, fuzz = blocks("README.md", "sh")[4].splitlines()
    (tmp_path / "src" / "disclosure_spec").mkdir(parents=True)
    # The commands are shown for a checkout; an installed package and its schemas lie elsewhere.
    (tmp_path / "src" / "disclosure_spec" / "web").symlink_to(Path(disclosure_spec.__file__).parent / "web")
    (tmp_path / "schema").symlink_to(Path(str(folder("schema"))))

    assert alone == "disclosure-spec prove"
    for line in (f"{cases} --case 2021/rules/remedies.total/*", fuzz.replace("1000", "5")):
        words = shlex.split(line)[1:]
        command = [sys.executable, "-m", "disclosure_spec", *words, "--lang", "en"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert done.stdout.splitlines()[-1].startswith("held: "), done.stdout + done.stderr
