"""The runner printed in the README of the suite passes our JavaScript checker and fails a wrong one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

import disclosure_spec
from disclosure_spec._resources import folder

pytestmark = pytest.mark.node

SUITE: Final = Path(__file__).parent / "suite"
MANIFEST: Final = SUITE / "1.0" / "manifest.json"
CASES: Final = len(json.loads(MANIFEST.read_text("utf-8"))["cases"])
CHECKER: Final = Path(disclosure_spec.__file__).parent / "web" / "checker.js"


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the one program in the README as a file; skip, or fail if so wanted, without Node."""
    if shutil.which("node") is None:
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_NODE") == "1":
            pytest.fail("needs node")
        pytest.skip("needs node")
    [program] = re.findall(
        r"^```js\n(.*?)^```$", (SUITE / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    file = tmp_path_factory.mktemp("runner") / "runner.cjs"
    file.write_text(program, "utf-8")
    return file


def ran(runner: Path, checker: Path) -> subprocess.CompletedProcess[str]:
    """Return what the runner prints about a checker."""
    schemas = Path(str(folder("schema"))) / "1.0"
    command = ["node", str(runner), str(MANIFEST), str(schemas), str(checker)]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


def test_our_checker_passes_every_case(runner: Path) -> None:
    """The runner finds no case that our JavaScript checker fails, and has counted all of them."""
    done = ran(runner, CHECKER)

    assert (done.stdout, done.stderr, done.returncode) == (f"{CASES}/{CASES}\n", "", 0)


def test_a_checker_that_ignores_other_reports_is_caught(runner: Path, tmp_path: Path) -> None:
    """The runner hands over last year's report and those of the parts, and names the cases that need them."""
    wrong = tmp_path / "wrong.cjs"
    lines = (
        f"const right = require({json.dumps(str(CHECKER))})",
        "const createChecker = (...files) => {",
        "  const {check} = right.createChecker(...files)",
        "  return {check: (document) => check(document)}",
        "}",
        "module.exports = {...right, createChecker}",
    )
    wrong.write_text("\n".join(lines), "utf-8")

    done = ran(runner, wrong)

    named = {line.partition(":")[0] for line in done.stdout.splitlines()[:-1]}
    assert done.returncode == 1
    assert "2021/rules/previous.carried_over/one_column" in named
    assert "2019/rules/parts_sum.requests/two_parts" in named
    assert all("/previous." in name or "/parts_sum." in name for name in named)
