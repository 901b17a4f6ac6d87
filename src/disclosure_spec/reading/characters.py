"""Characters that stand for others: radicals, traditional characters, and what a wrong encoding leaves.

All of this is for comparing; no value and no prose is ever converted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from operator import ne
from typing import TYPE_CHECKING, Final

from disclosure_spec.reading.notes import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.grid import Content
    from disclosure_spec.place import Note

_TABLE: Final = "traditional.txt"
_SIMPLE_RADICALS: Final = str.maketrans(
    "⺠⺫⻁⻄⻅⻆⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "民目虎西见角车长长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)
"""The simplified radicals, which no Unicode normalisation makes characters of, unlike the Kangxi ones."""

_RADICAL: Final = re.compile("[\u2e80-\u2eff]")
_WIDE: Final = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，：；（）\u3000\u00a0")
# The character set that was made for simplified text can write none of the traditional characters but these.
_SIMPLIFIED: Final = "gb2312"
_IN_BOTH: Final = re.compile("[乾吒夥後徵拚捱摺於榘菸薹袷覆醣麴麽]")

# Converters for Taiwan also change words; their characters are none that simplified text has.
_WORDS: Final = {"檔案": "文件", "專案": "项目", "資訊": "信息", "訊息": "信息", "網路": "网络"}
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_LEAST_TRADITIONAL: Final = 10
"""One character in so many: a simplified text quotes a traditional name at most."""

# What decoders put for bytes they cannot read, what GBK makes of that, and UTF-8 read byte by byte.
_LOST: Final = re.compile("\ufffd|锟斤拷|ï»¿|(?:[ãäåæçèé][\x80-\xbf\u2018-\u2122]{1,2}){3}")
_FAMILIAR: Final = re.compile("政府|信息|公开|年度|报告|情况")
_MISTAKEN: Final = (("gb18030", "utf-8"), ("latin-1", "utf-8"), ("latin-1", "gb18030"), ("cp1252", "utf-8"))
"""The encoding a text was taken for, and the one it had."""

_SAMPLE: Final = 4000
_SURE: Final = 3


def plain(text: str) -> str:
    """Return the text in compatibility form: half-width, and no radicals in the place of characters."""
    if not unicodedata.is_normalized("NFKC", text):
        # Full-width punctuation is all that most texts have; without it to normalise takes no time at all.
        for wide, usual in _WIDE:
            text = text.replace(wide, usual)
        text = unicodedata.normalize("NFKC", text)
    # PDFs made by browsers hold radicals, where ⾏ looks like 行 and is another character.
    return text.translate(_SIMPLE_RADICALS) if _RADICAL.search(text) else text


def one_line(text: str) -> str:
    """Return a text on one line, as a note quotes it."""
    return " ".join(text.split())


def simplified(text: str) -> str:
    """Return the text in simplified characters, as long as it was."""
    # Most texts have none of them, and this is asked of every cell and every paragraph.
    if _is_simplified(text):
        return text
    for word, usual in _WORDS.items():
        if word in text:
            text = text.replace(word, usual)
    return text.translate(_simple_of())


def _is_simplified(text: str) -> bool:
    """Tell whether a text surely holds no traditional character, without the table of them."""
    try:
        text.encode(_SIMPLIFIED)
    except UnicodeEncodeError:
        return False
    return not _IN_BOTH.search(text)


def character_notes(content: Content) -> Iterator[Note]:
    """Yield what is to be said about the characters of a file: traditional ones, damaged ones."""
    text = "".join(content.texts())
    simple = simplified(text)
    changed = sum(map(ne, text, simple)) if simple != text else 0
    if changed and changed * _LEAST_TRADITIONAL >= len(_CHINESE.findall(text)):
        yield note("characters.traditional")
    lost = _LOST.findall(text)
    if lost:
        yield note("characters.garbled", text="、".join(dict.fromkeys(lost)), count=len(lost))


def is_garbled(text: str) -> bool:
    """Tell whether a text is one that was opened, or saved, in the wrong encoding."""
    sample = text[:_SAMPLE]
    if len(_FAMILIAR.findall(sample)) >= _SURE:
        return False
    if _LOST.search(sample):
        return True
    # Undone, the mistake must give a text; the characters alone prove nothing.
    return any(
        len(_FAMILIAR.findall(sample.encode(taken, "ignore").decode(had, "ignore"))) >= _SURE
        for taken, had in _MISTAKEN
    )


@cache
def _simple_of() -> Mapping[int, str]:
    table = files(__package__).joinpath(_TABLE).read_text(encoding="utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return {ord(pair[0]): pair[1] for line in lines for pair in line.split()}
