"""Words that leave no doubt are taken without argparse, which would have taken them for the same."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_spec.cli.exit_codes import EXIT_CANNOT_TELL
from disclosure_spec.cli.parser import Parser
from disclosure_spec.cli.usage import UsageParser
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ABOUT: Final[dict[str, Any]] = {
    "language": "zh",
    "prog": "disclosure-spec check",
    "help_": Wording("检查", "check"),
    "example": "disclosure-spec check 年报.html",
}
HELP: Final = Wording("说明", "help")

OPTIONS: Final[Sequence[tuple[tuple[str, ...], dict[str, Any]]]] = (
    (("files",), {"nargs": "+", "metavar": "FILE"}),
    (("--format",), {"choices": ("text", "json"), "default": "text"}),
    (("--set",), {"action": "append", "default": [], "metavar": "POINTER=VALUE"}),
    (("--dry-run",), {"action": "store_true"}),
    (("-o", "--output"), {"type": Path, "metavar": "PATH"}),
    (("--years",), {"type": int, "default": 3}),
)
WORDS: Final = (
    *(
        "a.json",
        "-",
        "",
        "b c",
        "json",
        "text",
        "7",
        "-7",
        "/a=1",
        "--",
        "-h",
        "--help",
        "-x",
        "--form",
        "--set=/a=2",
    ),
    *("--format=json", "-oout", *(name for names, _ in OPTIONS for name in names if name.startswith("-"))),
)


def made(kind: type[Parser | UsageParser]) -> Parser | UsageParser:
    """Return a parser with the options above."""
    parser = kind(**ABOUT)
    for names, settings in OPTIONS:
        parser.option(*names, help_=HELP, **settings)
    return parser


def outcome(parser: Parser | UsageParser, words: Sequence[str]) -> Any:
    """Return what comes of words: the values of options, or how the process ends and what it says."""
    out, error = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            return vars(parser.parse_args(words))
        except SystemExit as end:
            return end.code, out.getvalue(), error.getvalue()


@given(st.lists(st.sampled_from(WORDS), max_size=7))
def test_words_mean_what_they_mean_to_argparse(words: Sequence[str]) -> None:
    """Values, help and errors are those of argparse, whatever the words."""
    assert outcome(made(Parser), words) == outcome(made(UsageParser), words)


@pytest.mark.parametrize(
    "words",
    [
        ["a.json"],
        ["a.json", "-"],
        ["--format", "json", "a.json", "b.json"],
        ["a.json", "-o", "out", "--dry-run"],
        ["--set", "/a=1", "--set", "/b=2", "a.json"],
    ],
    ids=" ".join,
)
def test_plain_words_need_no_argparse(words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, values and files as nearly everybody writes them are taken at once."""
    expected = outcome(made(UsageParser), words)
    monkeypatch.setattr(Parser, "_argparse", refuse)

    assert outcome(made(Parser), words) == expected


def refuse(_: Parser) -> UsageParser:
    """Be asked for argparse in vain."""
    raise AssertionError("argparse was asked")


def test_values_given_again_leave_no_trace() -> None:
    """What is appended to a default stays with its own run."""
    parser = made(Parser)

    assert outcome(parser, ["--set", "/a=1", "x"]) == outcome(parser, ["--set", "/a=1", "x"])
    assert outcome(parser, ["x"]) == outcome(made(UsageParser), ["x"])


@pytest.mark.parametrize("words", [["--format", "xml", "a"], ["--years", "many", "a"], [], ["--dry-run"]])
def test_mistakes_are_told_by_argparse(words: Sequence[str]) -> None:
    """A value that is none, or no file, ends with usage and code 2."""
    code, out, error = outcome(made(Parser), words)

    assert (code, out) == (EXIT_CANNOT_TELL, "")
    assert error.startswith("用法：disclosure-spec check")


def test_a_parser_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """A verb may refuse words itself, in the manner of argparse."""
    complain: Callable[[str], object] = made(Parser).error

    with pytest.raises(SystemExit, match="2"):
        complain("no")
    assert "用法有误：no" in capsys.readouterr().err
