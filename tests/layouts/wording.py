"""What labels look like in copies: other brackets and quotes, spaces, slips, cuts, notes, characters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from disclosure_spec.reading.labels import without_numbering

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tests.layouts.page import Box, Page

    from disclosure_spec.edition import Edition

_NUMBERED: Final = re.compile(r"^(?:[（(][一二三四五六七八九十]+[）)]|[一二三四]、|\d\.)")
_CHARACTERS: Final = (
    "规規业業为為举舉于於会會办辦务務权權机機条條构構护護报報据據执執组組织織经經结結继繼续續维維缴繳罚罰请請"
    "购購费費过過这這开開强強当當总總数數无無现現确確发發处處复復计計认認议議许許讼訟访訪诉訴询詢审審对對属屬"
    "废廢区區单單国國关關项項额額转轉纠糾类類纳納稳穩决決减減况況范範获獲补補采採没沒后後万萬"
)
_TRADITIONAL: Final = str.maketrans(dict(zip(_CHARACTERS[::2], _CHARACTERS[1::2], strict=True)))
_RADICALS: Final = str.maketrans(
    "行人大力文方日月比用目立自色见一二八十小工己干", "⾏⼈⼤⼒⽂⽅⽇⽉⽐⽤⽬⽴⾃⾊⻅⼀⼆⼋⼗⼩⼯⼰⼲"
)
_SLIPS: Final = "戍喃弋巽卮"
"""Characters that are in no label, so that a slip makes no label out of another."""
_CLEAR: Final = 4
"""Letters that a label keeps at least, to be told from a word that is in others."""


def half_width(_: Random, text: str, __: Edition) -> str:
    """Write half-width brackets and commas."""
    return text.translate(str.maketrans("（），：、", "(),:,"))


def full_width(_: Random, text: str, __: Edition) -> str:
    """Write full-width digits and points."""
    return re.sub(r"^(\d)\.", lambda match: chr(ord(match[1]) - 48 + 0xFF10) + "．", text)


def other_numbering(rng: Random, text: str, _: Edition) -> str:
    """Write another sign behind numbers."""
    return re.sub(r"^(\d)\.", rng.choice([r"\1、", r"\1．", r"\1. ", r"\1 . "]), text)


def no_numbering(_: Random, text: str, edition: Edition) -> str:
    """Leave numbers out, where the rest is the name of one row only."""
    bare = _NUMBERED.sub("", text)
    names = [without_numbering(one) for one in _labels(edition)]
    return bare if bare != text and names.count(without_numbering(text)) == 1 else text


def spaces(rng: Random, text: str, _: Edition) -> str:
    """Put spaces into labels, of any width."""
    if len(text) < 3:
        return text
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice([" ", "\u3000", "\u00a0", "  "]) + text[at:]


def line_breaks(rng: Random, text: str, _: Edition) -> str:
    """Break labels into lines."""
    at = rng.randrange(2, len(text) - 1) if len(text) > 3 else 0
    return f"{text[:at]}\n{text[at:]}" if at else text


def quotes(rng: Random, text: str, _: Edition) -> str:
    """Write other quotes, or none."""
    return re.sub("[“”]", rng.choice(['"', "", "'", "＂"]), text)


def traditional(rng: Random, text: str, _: Edition) -> str:
    """Write traditional characters, and sometimes the word for a file that goes with them."""
    return (text.replace("文件", "檔案") if rng.random() < 0.5 else text).translate(_TRADITIONAL)


def radicals(_: Random, text: str, __: Edition) -> str:
    """Write radicals that look like characters, as copies from some files hold them."""
    return text.translate(_RADICALS)


def slip(rng: Random, text: str, _: Edition) -> str:
    """Write one wrong character into long labels."""
    number = _NUMBERED.match(text)
    start = number.end() if number else 0
    if len(text) - start <= _CLEAR or rng.random() < 0.5:
        return text
    at = rng.randrange(start, len(text))
    return text[:at] + rng.choice(_SLIPS) + text[at + 1 :]


def left_out(rng: Random, text: str, edition: Edition) -> str:
    """Leave one character out of long labels, where no other label is left."""
    number = _NUMBERED.match(text)
    start = number.end() if number else 0
    if len(text) - start <= _CLEAR + 1 or rng.random() < 0.5:
        return text
    at = rng.randrange(start, len(text))
    made = text[:at] + text[at + 1 :]
    return made if made not in _labels(edition) else text


def truncated(rng: Random, text: str, edition: Edition) -> str:
    """Cut the end off labels, as far as they still begin no other label."""
    texts = _labels(edition)
    shortest = max(_CLEAR, len(text) * 3 // 5)
    if len(text) <= shortest or rng.random() < 0.5:
        return text
    made = text[: rng.randrange(shortest, len(text))]
    # By the beginning without its number too: who sees only that has nothing else to go by.
    bare = _NUMBERED.sub("", made)
    unique = sum(one.startswith(made) for one in texts) == 1
    rest = sum(_NUMBERED.sub("", one).startswith(bare) for one in texts) == 1
    return made if unique and rest and len(bare) >= _CLEAR else text


def notes(rng: Random, text: str, _: Edition) -> str:
    """Put in brackets behind labels what is to be filled in."""
    said = rng.choice(
        [
            "指2019年事项数",
            "件",
            "填数字",
            "设区的市、自治州人民政府应提供相关数据",
            "减用负值表示，如-8",
            "注1",
        ]
    )
    return f"{text}（{said}）" if len(text) >= _CLEAR and rng.random() < 0.5 else text


WORDINGS: Final[Mapping[str, Callable[[Random, str, Edition], str]]] = {
    "labels: half-width brackets": half_width,
    "labels: full-width numbers": full_width,
    "labels: 1、 for 1.": other_numbering,
    "labels: no numbers": no_numbering,
    "labels: spaces in them": spaces,
    "labels: broken into lines": line_breaks,
    "labels: straight quotes, or none": quotes,
    "labels: traditional characters": traditional,
    "labels: radicals for characters": radicals,
    "labels: a wrong character": slip,
    "labels: a character left out": left_out,
    "labels: cut short": truncated,
    "labels: notes in brackets": notes,
}

MISSPELT: Final = frozenset(
    {"labels: a wrong character", "labels: a character left out", "labels: cut short"}
)
"""Wordings after which a label rightly spelt would be the better claim to a row."""


def reword(rng: Random, page: Page, wording: Callable[[Random, str, Edition], str]) -> None:
    """Write all labels of a page in another way."""

    def change(box: Box) -> Box:
        return box if box.pointer or not box.text else replace(box, text=wording(rng, box.text, page.edition))

    page.change_boxes(change)
    if wording is traditional:
        page.headings = {at: text.translate(_TRADITIONAL) for at, text in page.headings.items()}


def _labels(edition: Edition) -> list[str]:
    """Return every label of the form once, also those of another edition beside it."""
    cells = [cell for one in edition.sections if one.grid for cell in one.grid["cells"]]
    return list(dict.fromkeys(cell["text"]["zh"] for cell in cells if cell["kind"] != "input"))
