"""The digest of a file is its SHA-256, whichever module reckons it."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import pytest

from disclosure_spec import _digest
from disclosure_spec._digest import sha256

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = [b"", "报告".encode(), b"x" * 200_000]
LEAN = ("_sha2", "_sha256")


@pytest.mark.parametrize("data", DATA, ids=len)
@pytest.mark.parametrize("missing", [(), LEAN], ids=["lean", "hashlib"])
def test_digests_are_those_of_hashlib(
    data: bytes, missing: Sequence[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small files and large, with the lean module and without, have the digest anybody else finds."""
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)

    assert sha256(data) == hashlib.sha256(data).hexdigest()


def test_many_files_are_left_to_hashlib(monkeypatch: pytest.MonkeyPatch) -> None:
    """From some number of files on it pays to load the faster module."""
    asked: list[bytes] = []
    monkeypatch.setattr(_digest, "_lean", lambda: asked.append(b""))

    for _ in range(200):
        sha256(b"")

    assert len(asked) < 200
