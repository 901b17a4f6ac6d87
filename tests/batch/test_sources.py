"""What a file is, its content tells: reports, lines of reports, packed or not."""

from __future__ import annotations

import gzip
import io
import sys
from itertools import chain
from typing import TYPE_CHECKING

import pytest
import zstandard

from disclosure_spec.batch import packed
from disclosure_spec.batch.packed import unpacked
from disclosure_spec.batch.sources import items, tasks
from disclosure_spec.batch.task import TASK_ITEMS, Files, Item, Stretch
from disclosure_spec.errors import UsageError
from disclosure_spec.limits import MAX_FILE_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


def found(*paths: Path | str) -> list[Item]:
    """Return what files give to check."""
    return list(chain.from_iterable(items(task) for task in tasks(map(str, paths))))


@pytest.mark.parametrize("kind", PACKERS)
def test_packed_lines_are_the_lines(make_file: Callable[[int], Path], kind: str) -> None:
    """A packed file gives the lines of the plain one, whatever it is called."""
    plain = make_file(300)
    path = plain.with_name("no-suffix")
    path.write_bytes(PACKERS[kind](plain.read_bytes()))

    assert [(one.line, one.data) for one in found(path)] == [(one.line, one.data) for one in found(plain)]


@pytest.mark.parametrize("kind", PACKERS)
def test_packed_files_put_together_are_all_read(tmp_path: Path, kind: str) -> None:
    """Appending one packed file to another gives the lines of both."""
    path = tmp_path / "a"
    path.write_bytes(PACKERS[kind](b"{}\n{}\n") + PACKERS[kind](b"{}\n"))

    assert [one.line for one in found(path)] == [1, 2, 3]


@pytest.mark.parametrize("kind", PACKERS)
@pytest.mark.parametrize("damage", ["cut", "changed"])
def test_damage_is_said_where_it_begins(make_file: Callable[[int], Path], kind: str, damage: str) -> None:
    """What can be unpacked is read; where that ends, a record says so instead of the rest."""
    plain = make_file(200)
    whole = PACKERS[kind](plain.read_bytes())
    middle = len(whole) // 2
    broken = whole[:middle] if damage == "cut" else whole[:middle] + b"\xff" * 64 + whole[middle + 64 :]
    path = plain.with_name("damaged")
    path.write_bytes(broken)

    *_, last = found(path)

    assert last.error is not None
    assert last.error.code == "file.damaged"


def test_packed_single_report_is_a_report(tmp_path: Path, good: bytes) -> None:
    """A packed file with one report in it is that report, without a line."""
    path = tmp_path / "a.json.gz"
    path.write_bytes(gzip.compress(good))

    assert found(path) == [Item(str(path), good)]


def test_bomb_is_unpacked_piece_by_piece() -> None:
    """A megabyte that stands for a gigabyte of zeros is never in memory as a whole."""
    bomb = zstandard.compress(b"\0" * 200_000_000)
    stream = unpacked(bomb[:4], io.BytesIO(bomb))

    assert stream is not None
    assert len(stream.read(1_000)) == 1_000


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without zstandard a zst file ends the run with the name of the extra."""
    monkeypatch.setitem(sys.modules, "zstandard", None)

    with pytest.raises(UsageError, match=r"disclosure-spec\[batch\]"):
        unpacked(packed.ZSTD, io.BytesIO())


def test_plain_lines_are_left_to_the_processes(make_file: Callable[[int], Path]) -> None:
    """Of a plain file of lines, and of small files, a task holds nothing but where they are."""
    small, large = str(make_file(20)), str(make_file(200))

    first, *others = tasks([small, large])

    assert first.work == Files((small,))
    assert others
    assert all(isinstance(one.work, Stretch) for one in others)


def test_standard_input_is_read_as_it_comes(
    make_file: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines may come through a pipe, which cannot be read twice."""
    path = make_file(50)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))

    assert [one.data for one in found("-")] == [one.data for one in found(path)]


def test_files_are_grouped_and_keep_their_order(tmp_path: Path) -> None:
    """Small files share a task; many lines between them come where their file was named."""
    line = b'{"a":"' + b"x" * 200_000 + b'"}\n'
    paths = [tmp_path / f"{number:03}.json" for number in range(TASK_ITEMS + 5)]
    for path in paths:
        path.write_bytes(b"{}" if path.stem != "007" else line * 2)

    made = list(tasks(map(str, paths)))
    names = [one.name for task in made for one in items(task)]

    assert names == [str(path) for path in paths for _ in range(2 if path.stem == "007" else 1)]
    assert len(made) == 3
    assert made[-1].reached == sum(path.stat().st_size for path in paths)


def test_what_cannot_be_opened_is_an_item_of_its_own(tmp_path: Path) -> None:
    """A file that is not there, or larger than any report, does not stop the others."""
    large, last = tmp_path / "large", tmp_path / "last"
    large.write_bytes(b"x" * (MAX_FILE_BYTES + 1))
    last.write_bytes(b"{}")

    missing, too_large, good = found(tmp_path / "missing", large, last)

    assert missing.error is not None
    assert missing.error.code == "file.unreadable"
    assert too_large.error is not None
    assert too_large.error.code == "file.too_large"
    assert good.data == b"{}"
