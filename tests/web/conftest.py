"""What the tests of the JavaScript checker share: Node, and published files of an edition in a folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

import disclosure_spec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from disclosure_spec.edition import Edition

WEB: Final = Path(disclosure_spec.__file__).parent / "web"
HARNESS: Final = Path(__file__).parent / "harness.cjs"


class Node:
    """Run the JavaScript of the package.

    Args:
        command: The path of Node.
    """

    checker: Final = WEB / "checker.js"
    runner: Final = WEB / "run.cjs"

    def __init__(self, command: str) -> None:
        self._command = command

    def run(self, *arguments: str | Path, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Run the command-line runner to its end."""
        command: list[str | Path] = [self._command, self.runner, *arguments]
        return subprocess.run(command, input=data, capture_output=True, check=False)

    def script(self, script: Path) -> subprocess.CompletedProcess[bytes]:
        """Run a script of a test's own."""
        return subprocess.run([self._command, str(script)], capture_output=True, check=True)

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start the command-line runner, to be written to and read from line by line."""
        command = [self._command, self.runner, *arguments]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def answers(self, questions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return what the harness answers to each question."""
        # In ASCII, so that no character of a document ends a line.
        lines = b"".join(json.dumps(one).encode("ascii") + b"\n" for one in questions)
        command = [self._command, str(HARNESS), str(self.checker)]
        done = subprocess.run(command, input=lines, capture_output=True, check=False)
        assert not done.stderr, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="session")
def node() -> Node:
    """Return Node; skip, or fail if so wanted, without it."""
    command = shutil.which("node")
    if command is None:
        reason = "needs node"
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_NODE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return Node(command)


@pytest.fixture(scope="session")
def publish() -> Callable[[Edition, Path], Path]:
    """Return the writer of the published files of an edition, changed or not, into a folder."""
    return _publish


def _publish(edition: Edition, place: Path) -> Path:
    """Write the published files of an edition, changed or not, into a folder and return it."""
    files = {
        "form.json": edition.form,
        "rules.json": edition.published_rules,
        "report.schema.json": edition.schema,
        "draft.schema.json": edition.draft_schema,
    }
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (place / name).write_text(json.dumps(content), encoding="utf-8")
    return place
