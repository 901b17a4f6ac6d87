"""Find the verb, run it, and turn what went wrong into a message and an exit code."""

from __future__ import annotations

import gc
import importlib
import os
import sys

from disclosure_spec._typing import TYPE_CHECKING, Final, Protocol, cast
from disclosure_spec.cli.exit_codes import EXIT_CANNOT_TELL, EXIT_CONFORMS
from disclosure_spec.cli.parser import chosen_language
from disclosure_spec.errors import DisclosureError
from disclosure_spec.version import TOOL
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_spec.wording import Language


class Command(Protocol):
    """What a module of a verb offers."""

    def run(self, arguments: Sequence[str], language: Language) -> int:
        """Run the verb and return the exit code."""


VERBS: Final[Mapping[str, Wording]] = {
    "check": Wording("检查一份或多份报告", "check one report or many"),
    "convert": Wording(
        "把报告转为其他形式，或说明各值的出处", "turn reports into another form, or trace their values"
    ),
    "blank": Wording("输出空白报告", "write a blank report"),
    "rules": Wording("列出规则，或显示一条规则及其依据", "list the rules, or show one with its law"),
    "editions": Wording("列出格式的版本", "list the editions of the form"),
    "prove": Wording("证明本程序或其他系统符合规范", "prove that this or another system keeps to it"),
}
_INTRODUCTION: Final = Wording(
    "检查政府信息公开工作年度报告是否符合国务院办公厅规定的格式。",
    "Check annual reports on open government information against the official format.",
)
_USAGE: Final = Wording("用法：disclosure-spec <命令> [选项]", "usage: disclosure-spec <command> [options]")
_CODES: Final = Wording(
    "退出码：0 符合；1 有错误；2 无法读取、无法判断或用法有误。\n语言：--lang zh|en，默认依系统语言。",
    "Exit codes: 0 conforms; 1 errors found; 2 could not read, cannot tell, or wrong usage.\n"
    "Language: --lang zh|en, by default that of the system.",
)

_OBJECTS: Final = 50_000
"""New objects after which the command looks for garbage; an edition is made of fewer."""

_UNKNOWN: Final = Wording("没有“{verb}”命令。", "There is no command “{verb}”.")
_ERROR: Final = Wording("错误：{message}", "Error: {message}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: The words after the command's name; those of the process when None.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    # Before anything is parsed: errors of the parser are told in this language too.
    language = chosen_language(words)
    _use_utf8()
    try:
        return _dispatch(words, language)
    except DisclosureError as error:
        _complain(_ERROR.fill(message=error.wording).get(language))
        return EXIT_CANNOT_TELL
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): not worth a message, and Python must not flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # As for an interrupted program below: an answer that was not heard is no success.
        return 141
    except KeyboardInterrupt:
        # What shells report for an interrupted program: 128 and the number of the signal.
        return 130


def run() -> int:
    """Run the command as a process of its own, which ends with the exit code returned."""
    # What modules and editions are made of stays to the end. Looking for garbage among it takes a fifth of
    # the time of a short check, most of that in the last search, when the process ends.
    gc.set_threshold(_OBJECTS)
    code = main()
    gc.freeze()
    return code


def _dispatch(words: list[str], language: Language) -> int:
    verb = next((word for word in words if word in VERBS), None)
    # Only options and the value of --lang stand before a verb; a file may be called `check`.
    if verb is not None and all(
        word.startswith("-") or word in {"zh", "en"} for word in words[: words.index(verb)]
    ):
        words.remove(verb)
        # Imported by name, so that listing editions loads neither jsonschema nor lxml.
        command = cast("Command", importlib.import_module(f"disclosure_spec.cli.{verb}"))
        return command.run(words, language)
    if "--version" in words:
        sys.stdout.write(f"{TOOL}\n")
        return EXIT_CONFORMS
    if not words or {"-h", "--help"} & set(words):
        sys.stdout.write(_overview(language))
        return EXIT_CONFORMS
    _complain(_UNKNOWN.fill(verb=words[0]).get(language))
    sys.stderr.write(_overview(language))
    return EXIT_CANNOT_TELL


def _overview(language: Language) -> str:
    verbs = "\n".join(f"  {verb:10}{words.get(language)}" for verb, words in VERBS.items())
    parts = (_INTRODUCTION, _USAGE)
    return "\n\n".join([*(part.get(language) for part in parts), verbs, _CODES.get(language)]) + "\n"


def _complain(message: str) -> None:
    sys.stderr.write(f"{message}\n")


def _use_utf8() -> None:
    """Write UTF-8 into pipes and files whatever the locale; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # The name of a file may be no text, as a Chinese one from an old archive: escaped, not fatal.
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
