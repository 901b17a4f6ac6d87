"""The digest that tells which file was checked."""

from __future__ import annotations

from importlib import import_module
from itertools import count

from disclosure_spec._typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import ModuleType

_SMALL: Final = 100_000
_FEW: Final = 50
_asked: Final = count()


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes in hexadecimal digits."""
    # `hashlib` loads OpenSSL, which takes 2 ms and pays from the fiftieth report on.
    module = _lean() if len(data) <= _SMALL and next(_asked) < _FEW else None
    return str((module or import_module("hashlib")).sha256(data).hexdigest())


def _lean() -> ModuleType | None:
    """Return the module behind `hashlib`, which `random` of the standard library asks for too, if any."""
    for name in ("_sha2", "_sha256"):
        try:
            return import_module(name)
        # Python calls it the first from 3.12 on.
        except ModuleNotFoundError:
            continue
    return None
