"""Unpack gz and zst as they are read; a packed file that ends too early never passes for a short one."""

from __future__ import annotations

import io

from disclosure_spec._typing import TYPE_CHECKING, Any, Final
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from typing import BinaryIO

BUFFER: Final = 1 << 20
"""With the buffer that Python takes by itself, a line costs four times as much."""

GZIP: Final = b"\x1f\x8b"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
_PIECE: Final = 1 << 10
"""Packed bytes to unpack at once: even a bomb makes no more than 32 MB of them."""

_NEEDS: Final = Wording(
    "读取zst文件需要zstandard：pip install 'disclosure-spec[batch]'",
    "A zst file needs zstandard: pip install 'disclosure-spec[batch]'",
)


class DamagedError(Exception):
    """Say that a packed stream cannot be unpacked any further."""


class Replayed(io.RawIOBase):
    """A stream whose beginning has been read already.

    Args:
        head: What has been read.
        rest: Where the rest comes from.
    """

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """Return that it is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as there is something at once."""
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)


def replayed(head: bytes, rest: BinaryIO) -> BinaryIO:
    """Return a stream that begins with what has been read of it."""
    return io.BufferedReader(Replayed(head, rest), BUFFER)


def unpacked(magic: bytes, packed: BinaryIO) -> BinaryIO | None:
    """Return the stream inside a packed one, or None if its first bytes are those of no packed file.

    Raises:
        UsageError: The library that unpacks it is not installed.
    """
    if magic.startswith(GZIP):
        return io.BufferedReader(_Gzip(packed), BUFFER)
    return io.BufferedReader(_Zstd(packed), BUFFER) if magic == ZSTD else None


class _Gzip(io.RawIOBase):
    def __init__(self, packed: BinaryIO) -> None:
        import gzip  # noqa: PLC0415 - most files are not packed
        import zlib  # noqa: PLC0415 - likewise

        self._file = gzip.GzipFile(fileobj=packed)
        # Cut off, wrong inside, or followed by what is no gzip.
        self._errors = (EOFError, zlib.error, gzip.BadGzipFile)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return self._file.readinto(buffer)
        except self._errors as error:
            raise DamagedError(str(error)) from error


class _Zstd(io.RawIOBase):
    def __init__(self, packed: BinaryIO) -> None:
        try:
            import zstandard  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError("extra.batch", _NEEDS) from error
        self._library = zstandard
        self._packed = packed
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._waiting = b""
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        # The library's own reader takes a file that is cut off for one that ends.
        while not self._ready and self._more():
            pass
        data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _more(self) -> bool:
        """Unpack a piece; tell whether there was one."""
        piece = self._waiting or self._packed.read(_PIECE)
        self._waiting = b""
        if not piece:
            if self._frame is not None:
                raise DamagedError("unexpected end")
            return False
        if self._frame is None:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._ready = self._frame.decompress(piece)
        except self._library.ZstdError as error:
            raise DamagedError(str(error)) from error
        if self._frame.eof:
            # Files may be put together of several; pzstd and appending programs do.
            self._waiting, self._frame = self._frame.unused_data, None
        return True
