"""Hand tasks to processes and take the answers in order; a process that dies is noticed and made up for."""

from __future__ import annotations

import multiprocessing
import signal
from contextlib import suppress
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

from disclosure_spec._values import dataclass
from disclosure_spec.errors import DisclosureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

T = TypeVar("T")
A = TypeVar("A")

_AHEAD: Final = 2
"""Tasks for each process that may be done before their turn: bounds the answers that wait."""


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    connection: Connection
    number: int = 0
    task: T | None = None


class Pool(Generic[T, A]):
    """Processes that answer tasks; use it once, as a context, at whose end they end.

    Args:
        answer: Answers a task; every process has its own, as it is now where processes are copied, made anew
            from what it is pickled to where they are not.
        lost: Called here with a task whose process died; returns the answer in its place.
        jobs: How many processes.
        context: How processes are started; as the system does when None.
    """

    def __init__(
        self,
        answer: Callable[[T], A],
        lost: Callable[[T, int | None], A],
        jobs: int,
        context: BaseContext | None = None,
    ) -> None:
        self._answer = answer
        self._lost = lost
        self._jobs = jobs
        self._context = context or multiprocessing.get_context()
        self._workers: list[_Worker[T]] = []
        self._handed = 0

    def __enter__(self) -> Pool[T, A]:
        self._workers = [self._worker() for _ in range(self._jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def answers(self, tasks: Iterable[T]) -> Iterator[A]:
        """Yield the answer to each task, in the order of the tasks.

        Raises:
            DisclosureError: What a task raised.
        """
        waiting: dict[int, A] = {}
        numbered = enumerate(tasks)
        due = 0
        while True:
            self._hand_out(numbered, due + _AHEAD * self._jobs)
            busy = [one for one in self._workers if one.task is not None]
            if not busy:
                return
            ready = wait([one.connection for one in busy])
            for worker in [one for one in busy if one.connection in ready]:
                waiting[worker.number] = self._taken(worker)
            # No process shall wait until the answers have been dealt with.
            self._hand_out(numbered, due + _AHEAD * self._jobs)
            while due in waiting:
                yield waiting.pop(due)
                due += 1

    def _hand_out(self, tasks: Iterator[tuple[int, T]], limit: int) -> None:
        """Give tasks to the idle, as long as their numbers are below the limit."""
        for worker in self._workers:
            if worker.task is not None or self._handed >= limit:
                continue
            following = next(tasks, None)
            if following is None:
                return
            worker.number, worker.task = following
            self._handed += 1
            # It may have died while idle: taking its answer will show it.
            with suppress(OSError):
                worker.connection.send(worker.task)

    def _taken(self, worker: _Worker[T]) -> A:
        task = cast("T", worker.task)
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            # Only now its exit code is known, which tells what killed it.
            worker.process.join()
            answer = self._lost(task, worker.process.exitcode)
            self._workers[self._workers.index(worker)] = self._worker()
        worker.task = None
        if isinstance(answer, DisclosureError):
            raise answer
        return cast("A", answer)

    def _worker(self) -> _Worker[T]:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, here, self._answer), daemon=True)  # type: ignore[attr-defined] # every context has it
        process.start()
        # Its own copy alone must keep the pipe open, or its death would not be seen.
        there.close()
        return _Worker(process, here)


def _serve(connection: Connection, other_end: Connection, answer: Callable[[T], A]) -> None:
    # While this process held the other end too, it would never see that nobody reads there any more.
    other_end.close()
    # The interrupt of a terminal goes to every process; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    # A parent that is killed closes nothing that its other children hold open too.
    while connection in wait([connection, parent.sentinel]):
        try:
            task: T = connection.recv()
            connection.send(_answered(answer, task))
        except (EOFError, BrokenPipeError):
            return


def _answered(answer: Callable[[T], A], task: T) -> A | DisclosureError:
    try:
        return answer(task)
    except DisclosureError as error:
        return error
