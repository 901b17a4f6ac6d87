"""Chinese prose with hard characters that says what the rules ask for and nothing they refuse."""

from __future__ import annotations

import unicodedata
from itertools import islice
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from disclosure_spec.rules import Head, TextTest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Rule

_LONGEST: Final = 40
_LENGTHS: Final = (300, 3_000, 30_000)
CHOICES: Final = 50
"""How many ways to word a text there are; the last are long ones."""

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

_HARDEST: Final = (
    "བོདئۇᠮꆈ\u200e\u200f\u202b\u202c\u200c\u200d\u2060\xad\xa0\u2003"
    "\U0001f469\U0001f3fd\ufe0f\u20dd葛\U000e0101\ue000"
)
"""Scripts of other nationalities, marks of direction and of joining, spaces that do not break, emoji and
their modifiers, variation selectors, a character for private use: what JSON keeps and not every printed
form."""


class Prose:
    """Make texts for the parts of one edition.

    Args:
        edition: The edition.
        plain: Whether they are short and hold nothing that a printed page would not show.

    Attributes:
        alphabet: Ordinary and hard characters; none is part of a word that a rule looks for.
        filler: What stands in a text that nothing else is asked of.
        lines: Texts of one line, still untidy.
        texts: Texts of any number of lines, still untidy.
    """

    def __init__(self, edition: Edition, *, plain: bool = False) -> None:
        self._lengths = () if plain else _LENGTHS
        words = "".join(_words(edition.rules))
        self.alphabet = "".join(
            one for one in dict.fromkeys(_ORDINARY + _HARD + ("" if plain else _HARDEST)) if one not in words
        )
        self.filler = next(one for one in self.alphabet if one.isalpha()) + _STOP
        self.lines = st.text(self.alphabet.replace("\n", ""), max_size=_LONGEST)
        self.texts = st.text(self.alphabet, max_size=_LONGEST)
        # On a new machine Hypothesis takes a second for its table of characters: here it is no slow draw.
        self.texts.validate()

    def text(self, free: str, tests: Sequence[TextTest], choice: int, *, avoid: Sequence[str] = ()) -> str:
        """Return a text that passes the tests.

        Args:
            free: What it says besides.
            tests: Rules on the text.
            choice: Below `CHOICES`; tells which of the words of a head is used, and whether the text is long.
            avoid: Words it must not hold.
        """
        text = _covering([head for test in tests for head in test.heads], choice, avoid)
        if free and choice >= CHOICES - len(self._lengths):
            free = "\n".join([free] * (self._lengths[choice - CHOICES] // len(free)))
        # Where there is a limit, what must be said goes before anything free.
        room = [test.characters for test in tests if test.require == "at_most"]
        if not room or len(text) + len(free) + len(self.filler) <= min(room):
            # In the middle of other words, where a checker has to look for them.
            middle = len(free) // 2
            text = tidy(free[:middle] + text + free[middle:])
        refused = {phrase for test in tests for phrase in test.phrases}
        # One character more than the longest phrase tells whether there is anything else.
        longest = max(map(len, refused), default=0)
        return text if _bare(text, longest + 1) not in {"", *refused} else text + self.filler


def tidy(text: str) -> str:
    """Return a text as one that was read from a page: no blank lines, no spaces round a line."""
    return "\n".join(line for line in map(str.strip, text.split("\n")) if line)


def _bare(text: str, most: int) -> str:
    """Return the first letters and digits of a text in one width, as rules on empty phrases compare them."""
    return "".join(islice(filter(str.isalnum, unicodedata.normalize("NFKC", text)), most))


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
