"""From names of files to tasks; what a file is, its content tells."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec.batch.lines import head_of, holds_lines, numbered, stretches
from disclosure_spec.batch.packed import BUFFER, ZSTD, DamagedError, replayed, unpacked
from disclosure_spec.batch.task import TASK_BYTES, TASK_ITEMS, Item, Stretch, Task
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_FILE_BYTES
from disclosure_spec.opening import not_opened, too_large
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

Part: TypeAlias = "tuple[Item | Stretch, int]"
"""Something to check, and how many bytes of its file have been read for it and all before it."""

STDIN: Final = "-"
"""The name of standard input."""

_PARQUET: Final = b"PAR1"
_DAMAGED: Final = Wording(
    "压缩文件已损坏，从此处起无法读取（{why}）；请重新取得该文件。",
    "The packed file is damaged and cannot be read from here on ({why}); get it once more.",
)


def tasks(names: Iterable[str]) -> Iterator[Task]:
    """Yield what the files named give to check, in their order.

    A file of lines gives its lines, a Parquet file its rows, any other file is a report. What cannot be had
    is an item that says why.

    Raises:
        UsageError: A file needs a library that is not installed.
    """
    loose: list[Item] = []
    size = done = reached = 0
    for name in names:
        for part, position in _parts(name):
            if isinstance(part, Item):
                loose.append(part)
                size += len(part.data)
                reached = done + position
            # A stretch comes after what was found before it, though that be little.
            if loose and (isinstance(part, Stretch) or size >= TASK_BYTES or len(loose) >= TASK_ITEMS):
                yield Task(tuple(loose), reached)
                loose, size = [], 0
            if isinstance(part, Stretch):
                yield Task(part, done + position)
        done += size_of(name)
    if loose:
        yield Task(tuple(loose), done)


def items(task: Task) -> Iterator[Item]:
    """Yield the reports of a task, and blank lines between them."""
    work = task.work
    if not isinstance(work, Stretch):
        yield from work
        return
    with Path(work.name).open("rb", buffering=BUFFER) as file:
        file.seek(work.start)
        yield from numbered(file, work.name, work.line, work.end - work.start)


def size_of(name: str) -> int:
    """Return the size of a file; 0 where it has none."""
    try:
        return 0 if name == STDIN else Path(name).stat().st_size
    except OSError:
        return 0


def _parts(name: str) -> Iterator[Part]:
    try:
        with _opened(name) as file:
            yield from _parts_of(file, name)
    except OSError as error:
        yield Item(name, error=not_opened(name, error)), 0


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    # Standard input is not ours to close.
    return nullcontext(sys.stdin.buffer) if name == STDIN else Path(name).open("rb")


def _parts_of(file: BinaryIO, name: str) -> Iterator[Part]:
    magic = file.read(len(ZSTD))
    if magic == _PARQUET and name != STDIN:
        from disclosure_spec.batch.parquet import rows  # noqa: PLC0415 - needs an extra

        for row in rows(name):
            yield row, 0
        return
    whole = replayed(magic, file)
    inner = unpacked(magic, whole)
    line: int | None = None
    try:
        for part in _split(inner or whole, name, by_range=inner is None and name != STDIN):
            line = part.line
            # Of a packed file only this tells how far it has been read.
            yield part, part.end if isinstance(part, Stretch) else _position(file, name)
    except DamagedError as error:
        after = None if line is None else line + 1
        why = InputError("file.damaged", _DAMAGED.fill(why=error))
        yield Item(name, line=after, error=why), _position(file, name)


def _position(file: BinaryIO, name: str) -> int:
    return 0 if name == STDIN else file.tell()


def _split(stream: BinaryIO, name: str, *, by_range: bool) -> Iterator[Item | Stretch]:
    head = head_of(stream)
    if not holds_lines(head):
        yield _single(head + stream.read(max(0, MAX_FILE_BYTES + 1 - len(head))), name)
    elif by_range:
        yield from stretches(name)
    else:
        yield from numbered(replayed(head, stream), name, 1)


def _single(data: bytes, name: str) -> Item:
    if len(data) <= MAX_FILE_BYTES:
        return Item(name, data)
    return Item(name, error=too_large(name))
