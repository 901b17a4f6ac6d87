"""What the tests of the runner share: the pack, and validators in processes of their own, right and wrong."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Final

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.edition import installed
from disclosure_spec.testing.conformance import load_pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from disclosure_spec.testing.conformance import Pack

    MakeCommand = Callable[..., str]

VALIDATOR: Final = """
import json, sys, time
from decimal import Decimal
from pathlib import Path
from disclosure_spec.checking import Checker
from disclosure_spec.checking.subset import accepts
from disclosure_spec.edition import installed
from disclosure_spec.strict_json import loads_json
from disclosure_spec.testing.judging import Fault, judgement

name, previous, *files = sys.argv[1:]
edition = installed().edition(name)
checker = Checker(edition)
valid = {"report": accepts(edition.schema), "draft": accepts(edition.draft_schema)}

def each(value, make):
    if isinstance(value, dict):
        return {key: each(one, make) for key, one in value.items()}
    return make(value)

def seen(document):
    return document

said = None

def say(data, parts=()):
    document = seen(loads_json(data))
    last = loads_json(Path(previous).read_bytes()) if previous else None
    answer = {"valid": {schema: accepts(document) for schema, accepts in valid.items()}}
    if isinstance(document, dict):
        judged = judgement(checker.check(document, previous=last, parts=parts))
        faults = said(judged.faults) if said else judged.faults
        answer["findings"] = [one._asdict() for one in faults]
        if not said:
            answer |= {"verdict": judged.verdict, "rules": judged.statuses}
    return json.dumps(answer)
#CHANGE#
if files:
    parts = [loads_json(Path(one).read_bytes()) for one in files[1:]]
    print(say(Path(files[0]).read_bytes(), parts))
else:
    for line in sys.stdin.buffer:
        print(say(line), flush=True)
"""
"""Answers with our checker; a change may replace `seen`, what it sees, or `said`, what it says."""

FILES: Final = "{edition} {previous} {document} {parts}"
LINES: Final = "{edition} ''"


@pytest.fixture(scope="session")
def pack() -> Pack:
    """Return the published pack."""
    return load_pack(folder("suite") / installed().latest)


@pytest.fixture
def script(tmp_path: Path) -> MakeCommand:
    """Return the maker of commands that run a script."""

    def make(text: str, arguments: str = "{document}") -> str:
        path = tmp_path / "validator.py"
        path.write_text(text, encoding="utf-8")
        return f"{shlex.quote(sys.executable)} {shlex.quote(str(path))} {arguments}"

    return make


@pytest.fixture
def validator(script: MakeCommand) -> MakeCommand:
    """Return the maker of commands that run our own checker with something changed."""

    def make(change: str = "", arguments: str = LINES) -> str:
        return script(VALIDATOR.replace("#CHANGE#", change), arguments)

    return make
