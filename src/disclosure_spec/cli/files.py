"""Turn names and folders into the files they stand for, and files into names for what is made of them."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from itertools import chain, count, takewhile

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.cli.common import STDIN
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SYSTEM: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
"""What Windows leaves in folders, in small letters; other systems hide theirs behind a dot."""

_LOCK: Final = "~$"
"""Begins the name of the file by which Office marks a report as open: it holds a name, no report."""

_NOTHING: Final = Wording("{name}中没有文件。", "There is no file in {name}.")
_UNREADABLE: Final = Wording("无法列出目录{name}：{why}。", "Cannot list the folder {name}: {why}.")


def files(names: Sequence[str]) -> Iterator[str]:
    """Yield every file once: those named in the order given, those of a folder and all below it sorted.

    Hidden files and folders are passed over inside folders, and so is what Windows and Office leave there.

    Raises:
        UsageError: A folder holds no file, or cannot be listed.
    """
    seen: set[str] = set()
    for name in names:
        inside = _inside(name) if name != STDIN and os.path.isdir(name) else [name]
        if not inside:
            raise UsageError("folder.empty", _NOTHING.fill(name=name))
        yield from (one for one in inside if one not in seen)
        seen.update(inside)


def distinct_names(names: Sequence[str], suffix: str) -> list[str]:
    """Return for each file the name of what is made of it: its stem and the suffix, no two of them the same.

    Files with one stem get the whole of their names, and the folders by which they differ, into theirs.
    """
    from pathlib import Path  # noqa: PLC0415 - see below

    paths = [Path("stdin" if name == STDIN else name).absolute() for name in names]
    stems = Counter(_key(path.stem) for path in paths)
    levels = zip(*(path.parent.parts for path in paths), strict=False)
    shared = sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))
    made: list[str] = []
    taken: set[str] = set()
    for path in paths:
        wanted = path.stem if stems[_key(path.stem)] == 1 else "-".join(path.parts[shared:])
        # Two files may still be called alike, such as a-b/c and a/b-c.
        numbers = (f"{wanted}-{number}" for number in count(2))
        chosen = next(one for one in chain([wanted], numbers) if _key(one) not in taken)
        taken.add(_key(chosen))
        made.append(f"{chosen}{suffix}")
    return made


def _key(name: str) -> str:
    # Windows and macOS take names that differ in case or composition alone for one file.
    return unicodedata.normalize("NFC", name).casefold()


def _inside(name: str) -> list[str]:
    from pathlib import Path  # noqa: PLC0415 - takes 3 ms, and files that are named need none

    found: list[str] = []
    visited: set[str] = set()
    # Links to folders are followed, as people collect reports by linking; one seen before ends a loop.
    for folder, below, names in os.walk(name, onerror=_refuse, followlinks=True):
        real = os.path.realpath(folder)
        below[:] = [] if real in visited else sorted(one for one in below if not one.startswith("."))
        if real not in visited:
            # Once for a folder, not for each file; and `a.json` of the folder `.` is not called `./a.json`.
            prefix = str(Path(folder, "-"))[:-1]
            found += [prefix + one for one in names if _is_report(prefix + one, one)]
        visited.add(real)
    # Systems list folders in any order.
    return sorted(found)


def _is_report(path: str, name: str) -> bool:
    passed_over = name.startswith((".", _LOCK)) or name.lower() in _SYSTEM
    # A pipe or a dangling link is no file: opening a pipe would wait for ever.
    return not passed_over and os.path.isfile(path)


def _refuse(error: OSError) -> None:
    raise UsageError(
        "folder.unreadable", _UNREADABLE.fill(name=error.filename, why=error.strerror)
    ) from error
