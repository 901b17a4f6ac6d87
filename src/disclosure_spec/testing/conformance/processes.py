"""A process of the system under test: never waited for longer than allowed, never left behind."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final

from disclosure_spec.testing.conformance.answers import NoAnswerError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_OUTPUT_BYTES: Final = 16_000_000
"""No answer on one report is longer."""

_LAST_WORDS: Final = 300
_PATIENCE: Final = 0.1
_CHUNK: Final = 65536

_NO_START: Final = Wording("无法启动：{why}", "cannot be started: {why}")
_TOO_LATE: Final = Wording("{seconds}秒内没有答复：{hint}", "no answer within {seconds} s: {hint}")
_FLUSH: Final = Wording(
    "没有{{document}}的命令应每读一行即答一行，并立即输出（flush）",
    "a command without {{document}} answers each line as it reads it, and flushes its output",
)
_LOOP: Final = Wording("程序没有结束", "the program did not end")
_ENDED: Final = Wording(
    "没有答复就结束了：退出码{code} {words}", "ended without an answer: exit code {code} {words}"
)
_HALF: Final = Wording(
    "答复只有半行就结束了：退出码{code} {words}", "ended amid its answer: exit code {code} {words}"
)
_TOO_LONG: Final = Wording("输出过长：超过{limit}字节", "too much output: over {limit} bytes")
_UNASKED: Final = Wording("没有问就输出了：{text}", "output that nobody asked for: {text}")


class Child:
    """Run a command and read what it prints.

    Args:
        words: The command and its arguments.
        talks: Whether it is sent documents; if not, its standard input is empty.

    Raises:
        NoAnswerError: It cannot be started.
    """

    def __init__(self, words: Sequence[str], *, talks: bool) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
                words,
                stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                # A group of its own, so that what it starts ends with it, and Ctrl-C is ours to handle.
                start_new_session=True,
            )
        except OSError as error:
            raise NoAnswerError(_NO_START.fill(why=error.strerror)) from error
        self._given_up = False
        self._lines: queue.Queue[bytes | None] = queue.Queue(64)
        self._outbox: queue.Queue[bytes | None] = queue.Queue()
        self._last_words: deque[bytes] = deque(maxlen=4)
        self._ended = False
        self._threads = [
            threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._overhear, args=(self._process.stderr,), daemon=True),
        ]
        if talks:
            # Its own thread: a child that does not read would block whoever writes.
            self._threads.append(
                threading.Thread(target=self._write, args=(self._process.stdin,), daemon=True)
            )
        for thread in self._threads:
            thread.start()

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Send one line and return the line that answers it.

        Raises:
            NoAnswerError: There is none in time, or not only that; the child is of no more use.
        """
        with suppress(queue.Empty):
            unasked = self._lines.get_nowait()
            if unasked is not None:
                text = unasked[:_LAST_WORDS].decode("utf-8", "backslashreplace").strip()
                raise NoAnswerError(_UNASKED.fill(text=text))
            raise self._end(b"", seconds)
        self._outbox.put(line)
        answer = self._next(time.monotonic() + seconds, seconds, _FLUSH)
        if answer is None or not answer.endswith(b"\n"):
            raise self._end(answer or b"", seconds)
        return answer

    def finish(self, seconds: float) -> tuple[bytes, int]:
        """Return all it prints, and its exit code.

        Raises:
            NoAnswerError: It does not end in time, or prints too much.
        """
        deadline = time.monotonic() + seconds
        read: list[bytes] = []
        size = 0
        while (line := self._next(deadline, seconds, _LOOP)) is not None:
            read.append(line)
            size += len(line)
            if size > MAX_OUTPUT_BYTES:
                raise NoAnswerError(_TOO_LONG.fill(limit=MAX_OUTPUT_BYTES))
        try:
            code = self._process.wait(max(deadline - time.monotonic(), _PATIENCE))
        except subprocess.TimeoutExpired as error:
            raise NoAnswerError(_TOO_LATE.fill(seconds=f"{seconds:g}", hint=_LOOP)) from error
        self._threads[1].join(_PATIENCE)
        return b"".join(read), code

    @property
    def last_words(self) -> str:
        """Return the end of what it wrote to standard error."""
        text = b"".join(self._last_words).decode("utf-8", "backslashreplace")
        return " ".join(text.split())[-_LAST_WORDS:]

    def kill(self) -> None:
        """End the process and what it started, and wait until it is gone."""
        self._given_up = True
        self._outbox.put(None)
        self._wake()
        # The group is asked for only while it is sure to be the child's: its number may be used again later.
        if self._process.poll() is None or not self._ended:
            _kill_group(self._process)
        self._process.wait()
        for thread in self._threads:
            thread.join(_PATIENCE * 10)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None and not any(thread.is_alive() for thread in self._threads):
                with suppress(OSError):
                    stream.close()

    def _next(self, deadline: float, seconds: float, hint: Wording) -> bytes | None:
        try:
            line = self._lines.get(timeout=max(deadline - time.monotonic(), 0.001))
        except queue.Empty:
            raise NoAnswerError(_TOO_LATE.fill(seconds=f"{seconds:g}", hint=hint)) from None
        if line is not None and len(line) > MAX_OUTPUT_BYTES:
            raise NoAnswerError(_TOO_LONG.fill(limit=MAX_OUTPUT_BYTES))
        return line

    def _end(self, rest: bytes, seconds: float) -> NoAnswerError:
        """Return how it ended, once it has; with a closed output it cannot answer any more."""
        try:
            code = str(self._process.wait(min(seconds, 1)))
        except subprocess.TimeoutExpired:
            code = "-"
        self._threads[1].join(_PATIENCE)
        return NoAnswerError((_HALF if rest else _ENDED).fill(code=code, words=self.last_words))

    def _wake(self) -> None:
        """Tell whoever waits for a line that there will be none."""
        while True:
            with suppress(queue.Full):
                self._lines.put_nowait(None)
                return
            with suppress(queue.Empty):
                self._lines.get_nowait()

    def _read(self, stream: IO[bytes]) -> None:
        while line := stream.readline(MAX_OUTPUT_BYTES + 1):
            self._hand_over(line)
            if self._given_up:
                return
        self._ended = True
        self._hand_over(None)

    def _hand_over(self, line: bytes | None) -> None:
        while not self._given_up:
            with suppress(queue.Full):
                self._lines.put(line, timeout=_PATIENCE)
                return

    def _overhear(self, stream: IO[bytes]) -> None:
        while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined] # a pipe is a BufferedReader
            self._last_words.append(chunk[-_LAST_WORDS * 4 :])

    def _write(self, stream: IO[bytes]) -> None:
        # A child that closed its input or is gone will be found out by its silence.
        with suppress(OSError):
            while (line := self._outbox.get()) is not None:
                stream.write(line)
                stream.flush()


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
