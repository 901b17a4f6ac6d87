"""What argparse does for a verb, in the user's language: help, and errors of usage."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Final, NoReturn

from disclosure_spec.cli.exit_codes import EXIT_CANNOT_TELL
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.wording import Language

_USAGE: Final = Wording("用法：", "usage: ")
_OPTIONS: Final = Wording("选项", "options")
_ARGUMENTS: Final = Wording("参数", "arguments")
_HELP: Final = Wording("显示本说明", "show this help")
_ERROR: Final = Wording(
    "用法有误：{problem}\n用 {command} --help 查看说明。", "wrong usage: {problem}\nSee {command} --help."
)

_PROBLEMS: Final = tuple(
    # argparse has no codes for its errors, only English sentences.
    (re.compile(pattern), words)
    for pattern, words in (
        (r"the following arguments are required: (.+)", "缺少参数：{}"),
        (r"unrecognized arguments: (.+)", "无法识别的参数：{}"),
        (r"argument (.+): expected .+", "选项{}后面缺少值"),
        (r"argument (.+): invalid choice: (.+) \(choose from (.+)\)", "{}不能是{}，可选：{}"),
    )
)


class UsageParser(argparse.ArgumentParser):
    """Show headings and errors in the chosen language; wrong usage ends with exit code 2."""

    def __init__(self, *, language: Language, prog: str, help_: Wording, example: str) -> None:
        super().__init__(
            prog=prog,
            description=help_.get(language),
            epilog=f"{Wording('例', 'example').get(language)}: {example}",
            # The default would fold the example, which is there to be copied.
            formatter_class=argparse.RawDescriptionHelpFormatter,
            # argparse explains its own -h in English.
            add_help=False,
            # An abbreviation that is unique today breaks scripts once there is another option.
            allow_abbrev=False,
        )
        self.language: Language = language
        self._optionals.title = _OPTIONS.get(language)
        self._positionals.title = _ARGUMENTS.get(language)
        self.add_argument("-h", "--help", action="help", help=_HELP.get(language))

    def option(self, *names: str, help_: Wording, **settings: object) -> None:
        """Add an argument with its help in both languages."""
        self.add_argument(*names, help=help_.get(self.language), **settings)  # type: ignore[arg-type] # argparse's own keywords

    def format_usage(self) -> str:
        """Return the usage line in the chosen language."""
        return super().format_usage().replace("usage: ", _USAGE.get(self.language), 1)

    def format_help(self) -> str:
        """Return the help in the chosen language."""
        return super().format_help().replace("usage: ", _USAGE.get(self.language), 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is, and leave with exit code 2."""
        problem = _in_chinese(message) if self.language == "zh" else message
        words = _ERROR.fill(problem=problem, command=self.prog).get(self.language)
        self.exit(EXIT_CANNOT_TELL, f"{self.format_usage()}{words}\n")


def _in_chinese(message: str) -> str:
    """Translate what argparse says most; the rest stays, an English hint being better than none."""
    for pattern, words in _PROBLEMS:
        found = pattern.fullmatch(message)
        if found:
            return words.format(*found.groups())
    return message
