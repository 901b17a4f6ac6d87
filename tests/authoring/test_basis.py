"""Legal basis in short form is written out in both languages."""

from __future__ import annotations

import pytest

from disclosure_spec.authoring.basis import chinese_number, expand_basis
from disclosure_spec.errors import SpecificationError

SOURCES = {"law": {"zh": "《某法》", "en": "Some Law"}, "form": {"zh": "格式", "en": "The form"}}


@pytest.mark.parametrize(
    ("short", "zh", "en"),
    [
        ("form", "格式", "The form"),
        ("law 50", "《某法》第五十条", "Some Law, article 50"),
        ("law 36(1)", "《某法》第三十六条第（一）项", "Some Law, article 36(1)"),
        ("law 16¶2", "《某法》第十六条第二款", "Some Law, article 16, paragraph 2"),
        ("law 23¶1(4)", "《某法》第二十三条第一款第（四）项", "Some Law, article 23, paragraph 1(4)"),
    ],
)
def test_short_form_is_written_out(short: str, zh: str, en: str) -> None:
    """Article, paragraph and item follow the source, in Chinese numerals and in English."""
    assert expand_basis([short], SOURCES) == ({"source": short.partition(" ")[0], "zh": zh, "en": en},)


def test_basis_in_full_is_taken_as_written() -> None:
    """A basis with words of its own is kept, its source need not be listed, and the order stays."""
    note = {"source": "local_note", "zh": "某地说明", "en": "A local note"}

    made = expand_basis(["form", note], SOURCES)

    assert made == ({"source": "form", "zh": "格式", "en": "The form"}, note)
    assert made[1] is not note


@pytest.mark.parametrize(
    "short",
    ["", "order 5", "law 五", "law  5", "law 5(1", "law (1)", "law ¶2", "law 5(1)¶2", "law 5 ", "Law"],
)
def test_unknown_basis_is_refused(short: str) -> None:
    """A short form that cannot be read, or a source that is not listed, is an error that repeats it."""
    with pytest.raises(SpecificationError) as caught:
        expand_basis([short], SOURCES)
    assert caught.value.code == "basis.unknown"
    assert short in caught.value.message("zh")
    assert repr(short) in caught.value.message("en")


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "一"),
        (2, "二"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (50, "五十"),
        (99, "九十九"),
    ],
)
def test_chinese_numerals(number: int, numeral: str) -> None:
    """Ten is written without a one before it, and full tens without anything after."""
    assert chinese_number(number) == numeral


def test_chinese_numerals_are_all_different() -> None:
    """No two numbers from 1 to 99 are written alike."""
    assert len({chinese_number(number) for number in range(1, 100)}) == 99
