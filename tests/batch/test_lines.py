"""Files of lines are told by their look and cut into lines, however long."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.batch import lines
from disclosure_spec.batch.lines import head_of, holds_lines, lines_of, numbered, stretches
from disclosure_spec.batch.task import TASK_BYTES
from disclosure_spec.limits import MAX_JSON_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b'{"a":1}\n{"a":2}\n', True),
        (b'\xef\xbb\xbf{ "a":1}\r\n\r\n{"a":2}', True),
        (b'{"a":1}\n{"a":2', True),
        (b'broken\n{"a":1}\n{"a":2}\n', True),
        (b'{"a":1}\nbroken\n{"a":2}\n', True),
        (b'{"a":1}\n{"a":2}\nbroken\n', True),
        (b"{}\n{}\n", True),
        (b'{"a":1}\n', False),
        (b'{\n  "a": {\n    "b": 1\n  },\n  "c": {}\n}\n', False),
        (b'{"a": 1,\n "b": 2}\n', False),
        ("一、总体情况\n{一}\n{二}\n".encode(), False),
        (b"", False),
    ],
)
def test_lines_are_told_by_their_look(head: bytes, expected: bool) -> None:  # noqa: FBT001 - a case of a table
    """Several objects, one a line, are lines of reports; a document laid out over lines is one."""
    assert holds_lines(head) is expected


def test_head_is_as_short_as_tells() -> None:
    """Of a large file no more is read than shows whether it holds lines; of a small one, all."""
    assert len(head_of(io.BytesIO(b'{"a":1}\n' * 1_000_000))) < 100_000
    assert head_of(io.BytesIO(b"{}\n{}\n")) == b"{}\n{}\n"


def test_head_holds_two_of_the_longest_lines() -> None:
    """Lines are told where each is as long as a document may be."""
    line = b'{"a":"' + b"x" * (MAX_JSON_BYTES - 10) + b'"}\n'

    assert holds_lines(head_of(io.BytesIO(line * 3)))


@pytest.mark.parametrize("end", [b"\n", b""])
@pytest.mark.parametrize("longest", [10_000, MAX_JSON_BYTES])
def test_stretches_are_whole_lines_and_leave_none_out(
    make_file: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch, end: bytes, longest: int
) -> None:
    """Read one after another, the stretches of a file are the file; each begins at the line it says."""
    monkeypatch.setattr(lines, "TASK_BYTES", 20_000)
    # Where a line of the stretch may be too long, its lines are cut one by one.
    monkeypatch.setattr(lines, "MAX_JSON_BYTES", longest)
    path = make_file(40)
    path.write_bytes(path.read_bytes().rstrip(b"\n") + end)
    data = path.read_bytes()

    cut = list(stretches(str(path)))

    assert len(cut) > 3
    assert b"".join(data[one.start : one.end] for one in cut) == data
    assert all(data[: one.start].count(b"\n") + 1 == one.line for one in cut)
    found = [item for one in cut for item in lines_of(one)]
    assert [item.line for item in found] == list(range(1, len(data.splitlines()) + 1))
    assert b"".join(item.data for item in found) == data


def test_line_too_long_is_a_record_and_not_kept(tmp_path: Path) -> None:
    """A line longer than any report is named with its number, and the next is read as ever."""
    long = b'{"a":"' + b"x" * (MAX_JSON_BYTES + 3 * TASK_BYTES) + b'"}\n'
    data = b"{}\n" + long + b"{}\n"
    path = tmp_path / "a.ndjson"
    path.write_bytes(data)

    first, second, third = numbered(io.BytesIO(data), "a", 1, len(data))

    assert (first.data, third.data) == (b"{}\n", b"{}\n")
    assert second.error is not None
    assert (second.line, second.error.code, second.data) == (2, "json.too_large", b"")
    assert sum(one.end - one.start for one in stretches(str(path))) == len(data)


def test_last_line_too_long_ends_the_file() -> None:
    """A line without end is one record, though nothing comes behind it."""
    (only,) = numbered(io.BytesIO(b"x" * (MAX_JSON_BYTES + 1)), "a", 1)

    assert only.error is not None
