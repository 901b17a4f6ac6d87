"""From names of files to tasks; what a file is, its content tells."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext

from disclosure_spec._typing import TYPE_CHECKING, Final, TypeAlias
from disclosure_spec.batch.lines import head_of, holds_lines, lines_of, numbered, stretches
from disclosure_spec.batch.packed import ZSTD, DamagedError, replayed, unpacked
from disclosure_spec.batch.task import TASK_BYTES, TASK_ITEMS, Files, Item, Stretch, Task
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

_SMALL: Final = 1 << 18
"""Bytes of a file up to which it is not looked into before it is checked: its lines, packed, may be many."""

_PIECE: Final = 1 << 16

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
    small: list[str] = []
    done = size = 0
    for name in names:
        length = size_of(name)
        if not _is_small(name, length):
            # What was found before it comes before it.
            if small:
                yield Task(Files(tuple(small)), done)
                small, size = [], 0
            yield from _tasks_of(name, done)
        else:
            small.append(name)
            size += length
        done += length
        if size >= TASK_BYTES or len(small) >= TASK_ITEMS:
            yield Task(Files(tuple(small)), done)
            small, size = [], 0
    if small:
        yield Task(Files(tuple(small)), done)


def _tasks_of(name: str, done: int) -> Iterator[Task]:
    """Yield the tasks of one file behind so many bytes of the others."""
    loose: list[Item] = []
    size = position = 0
    for part, position in _parts(name):
        if isinstance(part, Stretch):
            yield Task(part, done + position)
            continue
        loose.append(part)
        size += len(part.data)
        if size >= TASK_BYTES or len(loose) >= TASK_ITEMS:
            yield Task(tuple(loose), done + position)
            loose, size = [], 0
    if loose:
        yield Task(tuple(loose), done + position)


def items(task: Task) -> Iterator[Item]:
    """Yield the reports of a task, and blank lines between them."""
    match task.work:
        case Stretch() as stretch:
            yield from lines_of(stretch)
        case Files(names):
            for name in names:
                for part, _ in _parts(name):
                    yield from lines_of(part) if isinstance(part, Stretch) else (part,)
        case loose:
            yield from loose


def size_of(name: str) -> int:
    """Return the size of a file; 0 where it has none."""
    try:
        return 0 if name == STDIN else os.stat(name).st_size
    except OSError:
        return 0


def _is_small(name: str, size: int) -> bool:
    """Tell a file that the process that checks it had best read itself."""
    # A pipe has no size, and only this process may have its other end.
    return size <= _SMALL and name != STDIN and (size > 0 or os.path.isfile(name))


def _parts(name: str) -> Iterator[Part]:
    try:
        with _opened(name) as file:
            yield from _parts_of(file, name)
    except OSError as error:
        yield Item(name, error=not_opened(name, error)), 0


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    # Standard input is not ours to close.
    return nullcontext(sys.stdin.buffer) if name == STDIN else open(name, "rb")


def _parts_of(file: BinaryIO, name: str) -> Iterator[Part]:
    magic = file.read(len(ZSTD))
    if magic == _PARQUET and name != STDIN:
        from disclosure_spec.batch.parquet import rows  # noqa: PLC0415 - needs an extra

        for row in rows(name):
            yield row, 0
        return
    whole = _rewound(file, magic)
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


def _rewound(file: BinaryIO, read: bytes) -> BinaryIO:
    """Return a stream that begins with what was read of a file."""
    if not file.seekable():
        return replayed(read, file)
    file.seek(-len(read), os.SEEK_CUR)
    return file


def _position(file: BinaryIO, name: str) -> int:
    return 0 if name == STDIN else file.tell()


def _split(stream: BinaryIO, name: str, *, by_range: bool) -> Iterator[Item | Stretch]:
    head = head_of(stream)
    if not holds_lines(head):
        yield _single(stream, head, name)
    elif by_range:
        yield from stretches(name)
    else:
        yield from numbered(replayed(head, stream), name, 1)


def _single(stream: BinaryIO, head: bytes, name: str) -> Item:
    pieces, size = [head], len(head)
    # Room for all that is allowed, asked for at once, would cost more than to read most files.
    while size <= MAX_FILE_BYTES and (more := stream.read(_PIECE)):
        pieces.append(more)
        size += len(more)
    if size > MAX_FILE_BYTES:
        return Item(name, error=too_large(name))
    return Item(name, b"".join(pieces))
