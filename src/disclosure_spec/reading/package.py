"""The zip and XML of an office file, held to limits before any library sees them."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final, NoReturn

import lxml.etree

from disclosure_spec.errors import InputError
from disclosure_spec.limits import (
    MAX_ENTRY_BYTES,
    MAX_PART_BYTES,
    MAX_PART_DEPTH,
    MAX_PART_ELEMENTS,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
    RATIO_FROM_BYTES,
)
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_CHUNK: Final = 65_536
_ENCRYPTED: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# What the standard library raises for archives that are cut off or lie about themselves.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)

_DAMAGED: Final = Wording(
    "文件已损坏（{why}）；请用Word、WPS或Excel打开后另存，再试一次。",
    "The file is damaged ({why}); open it in Word, WPS or Excel, save it under another name and try again.",
)
_REFUSED: Final = Wording(
    "{what}；一份报告不会这样，未读取。请另存为新文件后再试。",
    "{what}; no report is like that, nothing was read. Save it as a new file and try again.",
)
_WHAT: Final = {
    "too_many_entries": Wording(
        "文件内含{count}个部件，超过{limit}个", "It holds {count} parts, over {limit}"
    ),
    "encrypted": Wording("文件已加密", "It is encrypted"),
    "method": Wording("部件“{name}”用了不常见的压缩方法", "Part {name} is packed in an unusual way"),
    "duplicate_name": Wording("部件“{name}”出现了两次", "Part {name} appears twice"),
    "path": Wording("部件名“{name}”指向文件之外", "The name {name} leads out of the file"),
    "entry_too_large": Wording(
        "部件“{name}”解压后超过{limit}字节", "Part {name} unpacks to more than {limit} bytes"
    ),
    "too_large": Wording("文件解压后超过{limit}字节", "It unpacks to more than {limit} bytes"),
    "ratio": Wording("部件“{name}”压缩比超过{limit}", "Part {name} is packed more than {limit} times"),
    "doctype": Wording("部件“{name}”含有文档类型声明", "Part {name} declares a document type"),
    "part_too_large": Wording("部件“{name}”超过{limit}字节", "Part {name} exceeds {limit} bytes"),
    "too_deep": Wording("部件“{name}”嵌套超过{limit}层", "Part {name} nests more than {limit} levels"),
    "too_many_elements": Wording(
        "部件“{name}”的元素超过{limit}个", "Part {name} has more than {limit} elements"
    ),
}


class Package:
    """Hold the parts of an office file, all unpacked within the limits.

    Args:
        data: The file.

    Raises:
        InputError: `package.damaged`, or `package.<what>` for encrypted files, entries that are too many, too
            large, packed too tightly, named twice or out of the file.
    """

    def __init__(self, data: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._parts = dict(_parts(archive))
        except _BROKEN as error:
            raise InputError("package.damaged", _DAMAGED.fill(why=str(error))) from error

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the parts, in the order of the file."""
        return tuple(self._parts)

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part; None if there is none."""
        return self._parts.get(name)

    def xml(self, name: str) -> _Element | None:
        """Return the root of a part that is XML; None if there is none.

        Raises:
            InputError: `package.damaged`, `package.doctype`, or `package.<what>` for what is too large.
        """
        data = self._parts.get(name)
        return None if data is None else parse(data, name)


def parse(data: bytes, name: str) -> _Element:
    """Parse a part that is XML, element by element, so that a refusal comes before the tree is built.

    Raises:
        InputError: `package.damaged`, `package.doctype`, `package.part_too_large`, `package.too_deep`,
            `package.too_many_elements`.
    """
    if len(data) > MAX_PART_BYTES:
        _refuse("part_too_large", name=name, limit=MAX_PART_BYTES)
    # Tags that open: counting them takes a millisecond, building elements a second.
    if data.count(b"<") - data.count(b"</") > MAX_PART_ELEMENTS:
        _refuse("too_many_elements", name=name, limit=MAX_PART_ELEMENTS)
    # Entities, whether of this file or another, only come with a document type.
    events = lxml.etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = elements = 0
    try:
        for event, element in events:
            if elements == 0 and element.getroottree().docinfo.internalDTD is not None:
                _refuse("doctype", name=name)
            depth += 1 if event == "start" else -1
            elements += event == "start"
            if depth > MAX_PART_DEPTH:
                _refuse("too_deep", name=name, limit=MAX_PART_DEPTH)
            if elements > MAX_PART_ELEMENTS:
                _refuse("too_many_elements", name=name, limit=MAX_PART_ELEMENTS)
    except lxml.etree.XMLSyntaxError as error:
        raise InputError("package.damaged", _DAMAGED.fill(why=f"{name}: {error}")) from error
    root: _Element = events.root
    return root


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > MAX_ZIP_ENTRIES:
        _refuse("too_many_entries", count=len(entries), limit=MAX_ZIP_ENTRIES)
    seen: set[str] = set()
    total = 0
    for entry in entries:
        _check(entry, seen)
        seen.add(entry.filename)
        if entry.is_dir():
            continue
        data = _unpacked(archive, entry, MAX_UNPACKED_BYTES - total)
        total += len(data)
        yield entry.filename, data


def _check(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.filename
    if entry.flag_bits & _ENCRYPTED:
        _refuse("encrypted")
    if entry.compress_type not in _METHODS:
        _refuse("method", name=name)
    if name in seen:
        _refuse("duplicate_name", name=name)
    if name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/"):
        _refuse("path", name=name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack one entry piece by piece: the size it declares may be a lie."""
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > MAX_ENTRY_BYTES:
                _refuse("entry_too_large", name=entry.filename, limit=MAX_ENTRY_BYTES)
            if size > left:
                _refuse("too_large", limit=MAX_UNPACKED_BYTES)
            if size > RATIO_FROM_BYTES and size > MAX_RATIO * max(entry.compress_size, 1):
                _refuse("ratio", name=entry.filename, limit=MAX_RATIO)
            pieces.append(piece)
    return b"".join(pieces)


def _refuse(what: str, **values: object) -> NoReturn:
    raise InputError(f"package.{what}", _REFUSED.fill(what=_WHAT[what].fill(**values)))
