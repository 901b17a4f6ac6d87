"""Chinese prose with hard characters that says what the rules ask for and nothing they refuse."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from disclosure_spec.rules import Head, TextTest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Rule

_LONGEST: Final = 40
_STOP: Final = "。"
_ORDINARY: Final = "甲乙丙丁某机构乡镇市县区省于年月日件项"
_HARD: Final = (
    "\n\n\n \u3000，。、；：？！…—·～“”‘’「」《》〈〉（）【】｛｝—／＼｜－＋％‰℃"
    "\"'`|/\\<>&#*_~^$@%{}[]()=+-,.;:?!"
    "0123456789１２３〇零壹〡①Ⅳ㈠"
    "㐀㑇䶮龘龥麤鿿𠀀𠮷𡈽𣲘𬬮𰻝镕堃喆犇皛"
    "éÅΩЖ\u0301ＡｚAz"
)
"""Line breaks, spaces of both widths, punctuation and quotes of every kind, marks of Markdown, HTML, CSV and
spreadsheets, digits of every kind, rare characters of the basic plane and beyond, a combining mark."""


class Prose:
    """Make texts for the parts of one edition.

    Attributes:
        alphabet: Ordinary and hard characters; none is part of a word that a rule looks for.
        filler: What stands in a text that nothing else is asked of.
    """

    def __init__(self, edition: Edition) -> None:
        words = "".join(_words(edition.rules))
        self.alphabet = "".join(one for one in dict.fromkeys(_ORDINARY + _HARD) if one not in words)
        self.filler = next(one for one in self.alphabet if one.isalpha()) + _STOP
        self.lines: st.SearchStrategy[str] = st.text(self.alphabet.replace("\n", ""), max_size=_LONGEST).map(
            tidy
        )
        self.texts: st.SearchStrategy[str] = st.text(self.alphabet, max_size=_LONGEST).map(tidy)

    def text(self, free: str, tests: Sequence[TextTest], choice: int, *, avoid: Sequence[str] = ()) -> str:
        """Return a text that passes the tests.

        Args:
            free: What it says besides.
            tests: Rules on the text.
            choice: Tells which of the words of a head is used.
            avoid: Words it must not hold.
        """
        text = _covering([head for test in tests for head in test.heads], choice, avoid)
        room = [test.characters for test in tests if test.require == "at_most"]
        if not room or len(text) + len(free) + len(self.filler) <= min(room):
            middle = len(free) // 2
            text = tidy(free[:middle] + text + free[middle:])
        refused = {phrase for test in tests for phrase in test.phrases}
        return text if bare(text) not in {"", *refused} else text + self.filler


def bare(text: str) -> str:
    """Return the letters and digits of a text in one width, as rules on empty phrases compare them."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


def tidy(text: str) -> str:
    """Return a text as one that was read from a page: no blank lines, no spaces round a line."""
    return "\n".join(line for line in map(str.strip, re.split(r"\n", text)) if line)


def _words(rules: Iterable[Rule]) -> Iterable[str]:
    for rule in rules:
        if isinstance(rule.test, TextTest):
            yield from rule.test.phrases
            for head in rule.test.heads:
                yield from head.words


def _covering(heads: Sequence[Head], choice: int, avoid: Sequence[str]) -> str:
    """Return one word for each head that the words before it do not cover already."""
    text = ""
    for head in heads:
        words = [one for one in head.words if not any(word in one for word in avoid)]
        if words and not any(word in text for word in head.words):
            text += words[choice % len(words)] + _STOP
    return text
