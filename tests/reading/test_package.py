"""The guard of office files: hostile ones are refused before they take time or memory."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_PART_DEPTH, MAX_PART_ELEMENTS, MAX_ZIP_ENTRIES
from disclosure_spec.reading.package import Package, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

BOMB = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>"""


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of the parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return made.getvalue()


def refusal(data: bytes) -> str:
    """Return the code with which a file is refused."""
    with pytest.raises(InputError) as raised:
        Package(data)
    return raised.value.code


def test_parts_are_there() -> None:
    """Of an ordinary file every part can be had, and a copy holds just these."""
    package = Package(packed({"a.xml": b"<a><b/></a>", "b.bin": b"12"}))
    root = package.xml("a.xml")

    assert package.names == ("a.xml", "b.bin")
    assert package.part("b.bin") == b"12"
    assert root is not None
    assert [child.tag for child in root] == ["b"]
    assert package.part("c") is None
    assert package.xml("c") is None


@pytest.mark.parametrize("size", [0, 3, 40, -1])
def test_cut_off_file_is_damaged(size: int) -> None:
    """A file that was not copied to its end is called damaged."""
    assert refusal(packed({"a.xml": b"<a/>" * 100})[:size]) == "package.damaged"


def test_flipped_byte_is_noticed() -> None:
    """A part whose bytes were changed no longer has its checksum."""
    data = bytearray(packed({"a.xml": b"<a/>" * 9}, zipfile.ZIP_STORED))
    data[data.index(b"<a/>")] ^= 1
    assert refusal(bytes(data)) == "package.damaged"


def test_too_many_parts() -> None:
    """An archive of thousands of parts is no report."""
    assert refusal(packed({f"{n}": b"" for n in range(MAX_ZIP_ENTRIES + 1)})) == "package.too_many_entries"


def test_part_packed_too_tightly() -> None:
    """A megabyte made of nothing is refused while it is unpacked."""
    assert refusal(packed({"a.xml": b" " * 30_000_000})) == "package.ratio"


def test_size_that_is_a_lie() -> None:
    """What the file says of the size of a part is not believed."""
    data = packed({"a.xml": b" " * 30_000_000})
    lie = data.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 10))
    assert lie != data
    assert refusal(lie) in {"package.ratio", "package.damaged"}


@pytest.mark.parametrize("name", ["../a.xml", "/a.xml", "a/../../b", "C:/a", "..\\a"])
def test_name_that_leads_out(name: str) -> None:
    """A part named out of the file is refused."""
    assert refusal(packed({name: b""})) == "package.path"


def test_part_that_appears_twice() -> None:
    """Which of two parts of one name is meant cannot be told."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.xml", b"<b/>")
    assert refusal(made.getvalue()) == "package.duplicate_name"


def test_encrypted_file() -> None:
    """An encrypted file is named as such."""
    data = bytearray(packed({"a.xml": b"<a/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert refusal(bytes(data)) == "package.encrypted"


def test_unusual_method() -> None:
    """Methods that office programs do not use are refused."""
    assert refusal(packed({"a.xml": b"<a/>"}, zipfile.ZIP_LZMA)) == "package.method"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_document_type_is_refused(text: str, encoding: str) -> None:
    """A part that declares a document type could name entities; none is resolved."""
    declared = text.replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    with pytest.raises(InputError) as raised:
        parse(declared.encode(encoding), "a.xml")
    assert raised.value.code in {"package.doctype", "package.damaged"}


def test_part_too_deep() -> None:
    """Elements nested beyond all use are refused; down to the limit they are read."""
    for levels in (MAX_PART_DEPTH, MAX_PART_DEPTH + 1):
        data = b"<a>" * levels + b"</a>" * levels
        if levels == MAX_PART_DEPTH:
            assert parse(data, "a.xml").tag == "a"
            continue
        with pytest.raises(InputError) as raised:
            parse(data, "a.xml")
        assert raised.value.code == "package.too_deep"


def test_part_with_too_many_elements() -> None:
    """Millions of empty paragraphs fit into a few kilobytes, and are refused however written."""
    for element in (b"<p/>", b"<p></p>"):
        with pytest.raises(InputError) as raised:
            parse(b"<a>" + element * (MAX_PART_ELEMENTS + 1) + b"</a>", "a.xml")
        assert raised.value.code == "package.too_many_elements"


def test_part_too_large() -> None:
    """A part larger than any of a report is not parsed."""
    with pytest.raises(InputError) as raised:
        parse(b"<a>" + b" " * 8_000_000 + b"</a>", "a.xml")
    assert raised.value.code == "package.part_too_large"


def test_part_that_is_no_xml() -> None:
    """Broken XML is called damaged, with the name of the part."""
    with pytest.raises(InputError, match=r"a\.xml"):
        parse(b"<a><b></a>", "a.xml")
