"""The command as a whole: verbs, languages, pipes."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli import main
from disclosure_spec.cli.main import VERBS
from disclosure_spec.cli.parser import chosen_language

if TYPE_CHECKING:
    from collections.abc import Mapping


def run(*arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a module in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "disclosure_spec", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "", **(environment or {})},
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(("language", "example"), [("zh", "例: "), ("en", "example: ")])
def test_every_verb_has_help_with_an_example(
    verb: str, language: str, example: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--help` of each verb shows an example in the language asked for and exits with 0."""
    with pytest.raises(SystemExit) as left:
        main([verb, "--help", "--lang", language])

    assert left.value.code == 0
    assert f"{example}disclosure-spec {verb}" in capsys.readouterr().out


def test_no_verb_shows_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a verb the command lists all verbs and the exit codes."""
    assert main([]) == 0
    out = capsys.readouterr().out
    assert all(verb in out for verb in VERBS)


def test_unknown_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown verb exits with 2 and is named."""
    assert main(["chekc", "--lang", "en"]) == 2
    assert "chekc" in capsys.readouterr().err


def test_unknown_option_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown option exits with 2 in the chosen language."""
    with pytest.raises(SystemExit) as left:
        main(["check", "--frmat", "json", "x", "--lang", "zh"])

    assert left.value.code == 2
    assert "用法有误" in capsys.readouterr().err


def test_language_option_may_come_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Options may stand before the verb."""
    assert main(["--lang", "en", "editions"]) == 0
    assert "report years 2019 to 2020" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_locale_decides_the_language(
    variables: Mapping[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chinese is spoken unless the locale names another language."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert chosen_language([]) == language


def test_module_runs_as_a_command() -> None:
    """`python -m disclosure_spec` is the same command."""
    done = run("editions", "--lang", "zh")

    assert done.returncode == 0
    assert "国办公开办函〔2021〕30号" in done.stdout
    assert not done.stderr


def test_output_into_a_pipe_is_utf8() -> None:
    """Chinese arrives as UTF-8 in a pipe even where the locale says ASCII."""
    done = run("editions", environment={"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"})

    assert done.returncode == 0
    assert "格式" in done.stdout or "版" in done.stdout or "规范" in done.stdout


def test_reader_of_a_pipe_may_leave_early() -> None:
    """When the reader of the output goes away the command ends without a traceback."""
    program = f"{sys.executable} -m disclosure_spec rules list --format json | head -c 10"
    done = subprocess.run(  # noqa: S602 - the pipe is what is tested
        program, shell=True, capture_output=True, encoding="utf-8", check=False
    )

    assert "Traceback" not in done.stderr


def test_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` names the program and its version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("disclosure-spec ")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["check"], "缺少参数：FILE"),
        (["check", "x", "--frmat"], "无法识别的参数：--frmat"),
        (["blank", "2021", "--to"], "选项--to后面缺少值"),
        (["rules", "lst"], "可选："),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with the arguments is said in Chinese to whoever speaks it."""
    with pytest.raises(SystemExit) as left:
        main([*arguments, "--lang", "zh"])

    assert left.value.code == 2
    assert problem in capsys.readouterr().err
