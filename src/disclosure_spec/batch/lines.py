"""Lines of a file of many reports: told by their look, cut from a stream, never too long for the memory."""

from __future__ import annotations

import io
import re

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.batch.task import TASK_BYTES, Item, Stretch
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_JSON_BYTES
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_HEAD_BYTES: Final = 1 << 16
_MOST_HEAD_BYTES: Final = 2 * MAX_JSON_BYTES + _HEAD_BYTES
"""Room for two of the longest lines, without which lines cannot be told."""

_OBJECT: Final = re.compile(rb"\{[ \t]*[\"}]")
"""The beginning of an object on a line of its own; inside a document laid out over lines it is indented."""

_TOO_LONG: Final = Wording(
    "这一行超过{limit}字节，不是一份报告。", "The line exceeds {limit} bytes: not a report."
)


def head_of(stream: BinaryIO) -> bytes:
    """Return the beginning of a stream: as much as tells whether it holds a report or lines of reports."""
    head = b""
    while len(head) < _MOST_HEAD_BYTES:
        more = stream.read(_HEAD_BYTES)
        head += more
        if not more or len(_filled(head)) > 2:  # noqa: PLR2004 - two whole ones and the beginning of a third
            break
    return head


def holds_lines(head: bytes) -> bool:
    """Tell whether a file that begins like this holds several JSON objects, one a line.

    Lines that are none may stand among them, as long as most are.
    """
    lines = _filled(head.removeprefix(b"\xef\xbb\xbf"))
    objects = sum(1 for one in lines if _OBJECT.match(one))
    return objects > 1 and 2 * objects >= len(lines)


def _filled(head: bytes) -> list[bytes]:
    # Ten times as fast as split(): lines are long.
    return [one for one in io.BytesIO(head).readlines() if not one.isspace()]


def stretches(name: str) -> Iterator[Stretch]:
    """Cut a file into stretches of whole lines, without keeping any of it.

    Counting line ends is all that is done here: the rest is for the processes that check.
    """
    buffer = bytearray(TASK_BYTES)
    start, passed, line = 0, 0, 1
    with open(name, "rb", buffering=0) as file:
        while count := file.readinto(buffer):
            last = ends = 0
            # Lines are long: from end to end is five times as fast as count() looks at every byte.
            while at := buffer.find(b"\n", last, count) + 1:
                last = at
                ends += 1
            if ends:
                end = passed + last
                yield Stretch(name, start, end, line)
                start = end
                line += ends
            passed += count
    if start < passed:
        yield Stretch(name, start, passed, line)


def lines_of(stretch: Stretch) -> Iterator[Item]:
    """Yield the lines of a stretch, blank ones too, each with its number."""
    name, line, length = stretch.name, stretch.line, stretch.end - stretch.start
    in_pieces = length > MAX_JSON_BYTES
    with open(name, "rb", buffering=TASK_BYTES if in_pieces else -1) as file:
        file.seek(stretch.start)
        if in_pieces:
            yield from numbered(file, name, line, length)
            return
        data = file.read(length)
    # None can be too long. Cut all at once they cost a third of what they do one by one.
    for number, one in enumerate(io.BytesIO(data).readlines(), line):
        yield Item(name, one, number)


def numbered(stream: BinaryIO, name: str, line: int, length: int | None = None) -> Iterator[Item]:
    """Yield the lines of a stream, blank ones too, each with its number.

    Args:
        stream: Read from where it stands.
        name: Of the file.
        line: The number of the first line.
        length: How many bytes to read; all when None.
    """
    taken = 0
    while (length is None or taken < length) and (data := stream.readline(MAX_JSON_BYTES + 1)):
        taken += len(data)
        # One byte more than is allowed tells too long from just fitting, whatever the length of the rest.
        if len(data) > MAX_JSON_BYTES and not data.endswith(b"\n"):
            taken += _skip_line(stream)
            error = InputError("json.too_large", _TOO_LONG.fill(limit=MAX_JSON_BYTES))
            yield Item(name, line=line, error=error)
        else:
            yield Item(name, data, line=line)
        line += 1


def _skip_line(stream: BinaryIO) -> int:
    skipped = 0
    while data := stream.readline(TASK_BYTES):
        skipped += len(data)
        if data.endswith(b"\n"):
            break
    return skipped
