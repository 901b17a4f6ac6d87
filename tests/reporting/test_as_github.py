"""Results as annotations of GitHub."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure_spec.checking import Verdict
from disclosure_spec.inspection import Inspection
from disclosure_spec.reporting import render

if TYPE_CHECKING:
    from tests.conftest import Bench

COMMAND = re.compile(r"::(error|warning|notice) ((?:\w+=[^:,\n]*,?)+)::([^\n]*)")


def test_each_finding_is_a_command(wrong: Inspection) -> None:
    """A finding is one line with level, file, line and rule; line breaks are escaped."""
    lines = str(render(wrong, "github", "zh")).splitlines()

    assert lines[0].startswith("::error file=年报 1.txt,line=")
    assert ",title=1. " in lines[0]
    assert "%0A等式：" in lines[0]
    assert "%0A推断（仅供核对）：疑为一格" in lines[0]
    assert "由第1项引起：" in lines[1]
    assert [line for line in lines if line.startswith("::warning") and "豁免失效" in line]


def test_nothing_escapes_a_command(hostile: Inspection) -> None:
    """Percent signs, line breaks, colons and commas of a report end neither a property nor the command."""
    for line in str(render(hostile, "github", "en")).splitlines():
        found = COMMAND.fullmatch(line)
        assert found, line
        assert not re.search("[\x1b\u202e\r]", line)
    assert "%250A" in str(render(hostile, "github", "en"))


def test_no_answer_is_an_error(bench: Bench, broken: Inspection) -> None:
    """A file that could not be read, and a report on which there is no telling, are errors."""
    assert str(render(broken, "github", "zh")).startswith("::error file=坏.json,title=json.empty::")
    silent = replace(bench.check({}), findings=(), verdict=Verdict.CANNOT_TELL)
    assert (
        str(render(Inspection(silent), "github", "zh"))
        == "::error title=结论：无法判断。::结论：无法判断。\n"
    )
