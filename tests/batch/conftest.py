"""Reports as lines, and files of them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Bench

BROKEN = [
    b"{broken\n",
    b"no json at all\n",
    b'{"a": "\xff"}\n',
    b"[1, 2]\n",
    b"\xff\xfe\x00\n",
    b'{"spec_version": "9.9"}\n',
    b'{"a": 1, "a": 2}\n',
]
"""Lines that are no report, each for another reason."""


@pytest.fixture(scope="session")
def good(bench_2021: Bench) -> bytes:
    """Return the line of a report that conforms."""
    return dumps_json(bench_2021.report, indent=None).encode()


@pytest.fixture(scope="session")
def bad(bench_2021: Bench) -> bytes:
    """Return the line of a report with one wrong total, and an amount with decimals."""
    total = next(iter(bench_2021.totals))
    return dumps_json(bench_2021.with_values({total: 999_999}), indent=None).encode()


@pytest.fixture(params=BROKEN, ids=range(len(BROKEN)))
def broken(request: pytest.FixtureRequest) -> bytes:
    """Return a line that is no report."""
    line: bytes = request.param
    return line


@pytest.fixture
def make_file(tmp_path: Path, good: bytes, bad: bytes) -> Callable[[int], Path]:
    """Return the maker of files of so many lines: most conform, and one in fifteen is no report at all."""

    def make(count: int) -> Path:
        draw = random.Random(7)  # noqa: S311 - a test needs the same file every time
        path = tmp_path / f"reports-{count}.ndjson"
        kinds = [good] * 12 + [bad] * 2 + [b""]
        with path.open("wb") as file:
            file.writelines(draw.choice(kinds) or draw.choice(BROKEN) for _ in range(count))
        return path

    return make
