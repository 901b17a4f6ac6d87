"""Characters that no file can hold are refused with the place, before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.errors import InputError
from disclosure_spec.reading import read
from disclosure_spec.writing import FORMATS, write

if TYPE_CHECKING:
    from tests.conftest import Bench

DATA = {"json", "yaml"}
PRINTED = sorted({*FORMATS} - DATA)
CONTROLS = ("\0", "\x01", "\x0b", "\x0c", "\x1f", "\x7f", "\ufffe", "\uffff")


def refusal(bench: Bench, format_name: str, pointer: str, text: str) -> InputError:
    """Return the error with which a text at a pointer is refused."""
    with pytest.raises(InputError) as raised:
        write(bench.with_values({pointer: text}), bench.edition, format_name)
    return raised.value


@pytest.mark.parametrize("character", CONTROLS)
@pytest.mark.parametrize("format_name", PRINTED)
def test_control_characters_in_print(bench: Bench, format_name: str, character: str) -> None:
    """A control character cannot be printed; the error says which, and where."""
    pointer = next(one.pointer for one in bench.edition.sections if not one.rows)
    error = refusal(bench, format_name, pointer, f"甲乙{character}丙")
    assert (error.code, error.place) == ("write.character", pointer)
    assert f"第3个字符是U+{ord(character):04X}" in error.wording.zh
    assert bench.edition.label(pointer).en in error.wording.en


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("place", ["cell", "/title", "/reporting_body/name", "/x-own"])
def test_half_a_character(bench: Bench, format_name: str, place: str) -> None:
    """A lone surrogate is no character in any file, wherever it stands."""
    pointer = bench.edition.cells[0].pointer if place == "cell" else place
    error = refusal(bench, format_name, pointer, "甲\ud800")
    assert (error.code, error.place) == ("write.character", pointer)


def test_inside_keys_of_ones_own(bench: Bench) -> None:
    """The error in a list of one's own names the key; what JSON escapes is no error there."""
    document = bench.with_values({"/x-own": ["甲", {"乙": "\x01"}]})
    for format_name in sorted({*FORMATS} - {"fragment"}):
        assert read(write(document, bench.edition, format_name)).document == document
    with pytest.raises(InputError) as raised:
        write(bench.with_values({"/x-own": [{"乙\uffff": 1}]}), bench.edition, "docx")
    assert raised.value.place == "/x-own"


def test_list_where_a_text_should_be(bench: Bench) -> None:
    """Also in a document of another shape than the form's the pointer leads to the text."""
    document = bench.with_values({"/title": ["甲", "\x01"]})
    with pytest.raises(InputError) as raised:
        write(document, bench.edition, "html")
    assert raised.value.place == "/title/1"


@pytest.mark.parametrize("format_name", sorted(DATA))
def test_data_keeps_control_characters(bench: Bench, format_name: str) -> None:
    """JSON and YAML escape what print cannot show."""
    pointer = next(one.pointer for one in bench.edition.sections if not one.rows)
    document = bench.with_values({pointer: "".join(CONTROLS)})
    assert read(write(document, bench.edition, format_name)).document == document
