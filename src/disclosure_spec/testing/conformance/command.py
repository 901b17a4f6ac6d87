"""A command as the system under test: started for each document, or kept running and sent one a line."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from disclosure_spec.errors import UsageError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.testing.conformance.answers import (
    NoAnswerError,
    judged_by_code,
    judged_by_text,
    problem,
)
from disclosure_spec.testing.conformance.pack import FiledSubmission
from disclosure_spec.testing.conformance.processes import Child
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.testing.judging import Judgement, Submission

TIMEOUT: Final = 30.0
"""Seconds for one document unless something else is asked for."""

PLACEHOLDERS: Final = ("document", "edition", "schema", "previous", "parts")
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_AHEAD: Final = 4
"""How many documents a worker has waiting, so that none stands idle and few are in memory."""

_STOPPED: Final = Wording("没有运行：已停止", "not run: stopped")
_NO_COMMAND: Final = Wording("命令写法不对：“{command}”。", "This is not a command: {command!r}.")
_UNKNOWN: Final = Wording(
    "命令中的{{{name}}}不是可替换的名称；可用：{known}。",
    "{{{name}}} in the command stands for nothing; there are {known}.",
)
_NO_PROGRAM: Final = Wording(
    "找不到程序“{name}”；请写出它的完整路径。", "There is no program {name!r}; write its whole path."
)


class CommandJudge:
    """Judge by a command in any language; close it when done, or use it in a `with` statement.

    `{document}` in the command is the path of a JSON file, `{edition}` the edition, `{schema}` `report` or
    `draft`, `{previous}` the path of last year's report, empty if there is none, and `{parts}`, a word of its
    own, the paths of the reports of the bodies it covers. The command answers with JSON or its exit code.
    Without `{document}` it is kept running and gets one document a line, answering each with a line of JSON.

    Args:
        command: The command as one would type it, or its words. No shell sees it.
        timeout: Seconds allowed for one document.
        jobs: How many processes run at a time; as many as there are cores when None.
        exit_code_only: Whether what the command prints is of no account.

    Raises:
        UsageError: The command is empty, has a quote too many, a placeholder that does not exist, or names
            no program that could be found.
    """

    def __init__(
        self,
        command: str | Sequence[str],
        *,
        timeout: float = TIMEOUT,
        jobs: int | None = None,
        exit_code_only: bool = False,
    ) -> None:
        self._words = _words(command)
        named = {name for word in self._words for name in _PLACEHOLDER.findall(word)}
        self._streams = "document" not in named
        # On its standard input there is room for one document only.
        self.takes = frozenset(named - {"previous", "parts"} if self._streams else named)
        self._timeout = timeout
        self._jobs = jobs or os.cpu_count() or 1
        self._exit_code_only = exit_code_only
        self._lock = threading.Lock()
        self._running: set[Child] = set()
        self._idle: dict[tuple[str, ...], list[Child]] = {}
        self._stopping = False
        self._folder = tempfile.TemporaryDirectory(prefix="disclosure-spec-")
        self._numbers = count()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process that was started, and remove the files handed to them."""
        self._stop()
        self._folder.cleanup()

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield what the command says of each submission, in order; several are judged at a time."""
        waiting: deque[Future[Judgement]] = deque()
        workers = ThreadPoolExecutor(self._jobs)
        finished = False
        try:
            for one in submissions:
                waiting.append(workers.submit(self._judge, one))
                if len(waiting) >= self._jobs * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
            finished = True
        finally:
            if not finished:
                # Interrupted: whoever waits for a process must not wait for its time limit.
                self._stop()
            workers.shutdown(cancel_futures=True)
            self._stopping = False

    def _judge(self, one: Submission) -> Judgement:
        try:
            return self._ask(one) if self._streams else self._start(one)
        except NoAnswerError as error:
            return problem(error.wording)

    def _ask(self, one: Submission) -> Judgement:
        words = self._fill({"edition": one.edition, "schema": one.schema}, ())
        # One line; a JSON text has no line break but between its tokens.
        line = _bytes_of(one).replace(b"\r", b" ").replace(b"\n", b" ") + b"\n"
        with self._lock:
            idle = self._idle.setdefault(words, [])
            child = idle.pop() if idle else None
        if child is None:
            child = self._child(words, talks=True)
        try:
            answer = child.ask(line, self._timeout)
            judgement = judged_by_text(answer, one.schema, told_schema="schema" in self.takes)
        except NoAnswerError:
            # Whatever it prints next could not be told from a late answer.
            self._end(child)
            raise
        with self._lock:
            self._idle[words].append(child)
        return judgement

    def _start(self, one: Submission) -> Judgement:
        with self._files(one) as (places, parts):
            child = self._child(self._fill(places, parts), talks=False)
            try:
                text, code = child.finish(self._timeout)
            finally:
                self._end(child)
        judgement = judged_by_code(code, child.last_words)
        if text.strip() and not self._exit_code_only:
            return judged_by_text(text, one.schema, told_schema="schema" in self.takes)
        return judgement

    def _fill(self, places: Mapping[str, str], parts: Sequence[str]) -> tuple[str, ...]:
        filled: list[str] = []
        for word in self._words:
            if word == "{parts}":
                filled.extend(parts)
            else:
                filled.append(_PLACEHOLDER.sub(lambda match: places[match[1]], word))
        return tuple(filled)

    @contextmanager
    def _files(self, one: Submission) -> Iterator[tuple[dict[str, str], list[str]]]:
        """Write the documents into a folder of their own, since the command may change what it is given."""
        folder = Path(self._folder.name) / str(next(self._numbers))
        name = one.name if isinstance(one, FiledSubmission) else "document.json"
        contents = {name: _bytes_of(one)}
        if one.previous is not None and "previous" in self.takes:
            contents["previous.json"] = dumps_json(one.previous).encode()
        parts = [f"part-{at}.json" for at in range(len(one.parts))] if "parts" in self.takes else []
        contents |= {part: dumps_json(each).encode() for part, each in zip(parts, one.parts, strict=False)}
        folder.mkdir()
        try:
            for file, data in contents.items():
                (folder / file).write_bytes(data)
            previous = str(folder / "previous.json") if "previous.json" in contents else ""
            places = {"document": str(folder / name), "edition": one.edition, "schema": one.schema}
            yield {**places, "previous": previous}, [str(folder / part) for part in parts]
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _child(self, words: Sequence[str], *, talks: bool) -> Child:
        # Under the lock, so that none is started once all are being ended.
        with self._lock:
            if self._stopping:
                raise NoAnswerError(_STOPPED)
            child = Child(words, talks=talks)
            self._running.add(child)
            return child

    def _end(self, child: Child) -> None:
        with self._lock:
            self._running.discard(child)
        child.kill()

    def _stop(self) -> None:
        with self._lock:
            self._stopping = True
            children = list(self._running)
            self._running.clear()
            self._idle.clear()
        for child in children:
            child.kill()


def _words(command: str | Sequence[str]) -> tuple[str, ...]:
    try:
        words = tuple(_split(command) if isinstance(command, str) else command)
    except ValueError:
        words = ()
    if not words:
        raise UsageError("command.syntax", _NO_COMMAND.fill(command=command))
    for word in words:
        for name in _PLACEHOLDER.findall(word):
            if name not in PLACEHOLDERS or (name == "parts" and word != "{parts}"):
                known = " ".join(f"{{{one}}}" for one in PLACEHOLDERS)
                raise UsageError("command.placeholder", _UNKNOWN.fill(name=name, known=known))
    if not _PLACEHOLDER.search(words[0]) and shutil.which(words[0]) is None:
        raise UsageError("command.program", _NO_PROGRAM.fill(name=words[0]))
    return words


def _split(command: str) -> list[str]:
    if os.name != "nt":
        return shlex.split(command)
    # On Windows a backslash parts folders and escapes nothing; quotes are left on by that way of splitting.
    return [word.strip('"') for word in shlex.split(command, posix=False)]


def _bytes_of(one: Submission) -> bytes:
    return one.data if isinstance(one, FiledSubmission) else dumps_json(one.document, None).encode()
