"""The words after a verb: the language they ask for, and the options they give."""

from __future__ import annotations

import os
import sys
from collections import deque
from types import SimpleNamespace

from disclosure_spec._typing import TYPE_CHECKING, Any, Final, NoReturn, cast
from disclosure_spec._values import dataclass
from disclosure_spec.wording import LANGUAGES

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping, Sequence

    from disclosure_spec.cli.usage import UsageParser
    from disclosure_spec.wording import Language, Wording

_PLAIN: Final = frozenset({"action", "choices", "default", "metavar", "type"})
"""What may be said of an option whose values are taken without argparse."""


class Parser:
    """Take the words of a verb for its options.

    argparse decides what they mean, explains them, and says what is wrong with them. That takes it 7 ms, a
    fifth of a check; so words that leave no doubt are taken without it.
    """

    def __init__(self, *, language: Language, prog: str, help_: Wording, example: str) -> None:
        self._about: Mapping[str, Any] = {
            "language": language,
            "prog": prog,
            "help_": help_,
            "example": example,
        }
        self._options: list[_Option] = []

    def option(self, *names: str, help_: Wording, **settings: object) -> None:
        """Add an argument with its help in both languages, and what argparse has to know of it."""
        self._options.append(_Option(names, help_, settings))

    def parse_args(self, words: Sequence[str]) -> Namespace:
        """Return the value of every option; ends the process where help is asked for or usage is wrong."""
        try:
            return _plain(deque(words), self._options)
        except _DoubtError:
            return self._argparse().parse_args(words)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is, and leave with exit code 2."""
        self._argparse().error(message)

    def _argparse(self) -> UsageParser:
        from disclosure_spec.cli.usage import UsageParser  # noqa: PLC0415 - what is to be saved

        parser = UsageParser(**self._about)
        for option in self._options:
            parser.option(*option.names, help_=option.help_, **option.settings)
        return parser


class _DoubtError(Exception):
    """Leave the decision to argparse."""


@dataclass(frozen=True, slots=True)
class _Option:
    """An argument, as it is told to argparse."""

    names: tuple[str, ...]
    help_: Wording
    settings: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Return what argparse calls it."""
        return max(self.names, key=len).lstrip("-").replace("-", "_")

    @property
    def is_plain(self) -> bool:
        """Tell whether it is an option whose value is taken as it stands."""
        return self.names[0].startswith("-") and self.settings.keys() <= _PLAIN

    @property
    def default(self) -> object:
        """Return what it is where it is not given."""
        return self.settings.get("default", False if self.settings.get("action") == "store_true" else None)

    def taken(self, words: deque[str], before: Any) -> object:
        """Return its value by the words that come after its name, and take from them what it needs."""
        action = self.settings.get("action", "store")
        if action == "store_true":
            return True
        if not words or _is_odd(words[0]) or words[0] not in self.settings.get("choices", words):
            raise _DoubtError
        try:
            value = self.settings.get("type", str)(words.popleft())
        except ValueError as error:
            raise _DoubtError from error
        return [*before, value] if action == "append" else value


def _plain(words: deque[str], options: Sequence[_Option]) -> Namespace:
    """Return the value of every option where each word is the name of one, its value, or a file."""
    files, others = _apart(options)
    named = {name: one for one in others for name in one.names}
    values = {one.key: one.default for one in others}
    given: list[str] = []
    ended = False
    while words:
        word = words.popleft()
        if option := named.get(word):
            values[option.key] = option.taken(words, values[option.key])
            ended = bool(given)
        # argparse, too, takes files only where they stand together.
        elif ended or _is_odd(word):
            raise _DoubtError
        else:
            given.append(word)
    if not given:
        raise _DoubtError
    return cast("Namespace", SimpleNamespace(**values, **{files.key: given}))


def _apart(options: Sequence[_Option]) -> tuple[_Option, Sequence[_Option]]:
    """Return the argument that takes the files, and the options, if there is nothing else."""
    many = [one for one in options if one.settings.get("nargs") == "+"]
    others = [one for one in options if one not in many]
    if len(many) != 1 or not all(one.is_plain for one in others):
        raise _DoubtError
    return many[0], others


def _is_odd(word: str) -> bool:
    # A lone dash is standard input.
    return word.startswith("-") and word != "-"


def chosen_language(arguments: Sequence[str]) -> Language:
    """Return the language of `--lang`, else of the locale; Chinese where the locale is silent."""
    for position, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        for language in LANGUAGES:
            if value == language:
                return language
    return _language_of(_locale_names())


def _locale_names() -> Iterable[str]:
    # In the order of POSIX: the first that is set decides.
    yield from (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    # Windows sets none of them.
    if sys.platform == "win32":
        import locale  # noqa: PLC0415 - other systems have no use for it

        yield locale.getlocale()[0] or ""


def _language_of(names: Iterable[str]) -> Language:
    name = next((name for name in names if name), "").lower()
    # C.UTF-8 is what containers have: it says nothing about who reads.
    silent = name in {"", "c", "posix"} or name.startswith(("c.", "zh", "chinese"))
    return "zh" if silent else "en"
