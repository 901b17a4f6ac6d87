"""Lines of text from the glyphs of a PDF page: what stands side by side, and which gaps are spaces."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise, takewhile
from statistics import median, median_low
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Fonts draw 行 and ⾏ with one glyph, as they do fi and ﬁ, and some PDFs name the second of them.
_COMPATIBLE: Final = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
# The same for radicals that Unicode does not call compatible with the character they look like.
_RADICALS: Final = str.maketrans(
    dict(
        zip(
            "⺁⺎⺒⺓⺝⺟⺠⺪⺫⺬⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
            "厂兀巳幺月母民疋罒示虎西见角贝车長镸长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
            strict=True,
        )
    )
)
_CONTROLS: Final = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
# In parts of the size of the letters: what is no more than this apart belongs together.
_SPACE_OF_LETTERS: Final = 0.25
_SPACE_OF_CHARACTERS: Final = 0.6
_COLUMN_GAP: Final = 2.0
_SAME_LINE: Final = 0.5
_ENOUGH_GAPS: Final = 3
_OPENING: Final = frozenset("（《〈“‘【〔［「『([{")
_CLOSING: Final = frozenset("，。；：、！？）》〉”’】〕］」』,.;:!?)]}%％")


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and where it stands; tops grow downwards."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point by which a glyph belongs to a cell."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    @property
    def wide(self) -> bool:
        """Tell Chinese characters and their punctuation from letters and digits."""
        return unicodedata.east_asian_width(self.text[0]) in "WF" or self.text in "“”‘’"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text without the blanks around it.

    Attributes:
        edge: Where its last character ends; a comma behind it may hang over the edge of the text.
        head: Width of what cannot be parted at its beginning: a word, a number, a character with its comma.
        spaced: A blank stood at its end.
        columns: It has a gap that no text has, as between the columns of a table.
    """

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    edge: float = 0.0
    head: float = 0.0
    spaced: bool = False
    columns: bool = False


def glyph(char: dict[str, Any]) -> Glyph:
    """Return a character as pdfplumber describes it, in the spelling a person would type."""
    text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), str(char["text"]))
    text = _CONTROLS.sub("", text.translate(_RADICALS)) or " "
    return Glyph(text, *(float(char[name]) for name in ("x0", "x1", "top", "bottom", "size")))


def lines(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Return the lines that glyphs make, from top to bottom."""
    rows: list[list[Glyph]] = []
    for one in sorted(glyphs, key=lambda one: (one.middle[1], one.x0)):
        row = rows[-1] if rows else []
        # Measured from the first of them: on a slope a line would creep into the next.
        if row and one.middle[1] - row[0].middle[1] < _SAME_LINE * min(one.size, row[0].size):
            row.append(one)
        else:
            rows.append([one])
    made = (_line(sorted(row, key=lambda one: one.x0), page) for row in rows)
    return [line for line in made if line is not None]


def _line(row: Sequence[Glyph], page: int) -> Line | None:
    shown = [at for at, one in enumerate(row) if one.text.strip()]
    if not shown:
        return None
    spaced = shown[-1] + 1 < len(row)
    row = row[shown[0] : shown[-1] + 1]
    size = median(one.size for one in row)
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    return Line(
        text=_text(row, size),
        page=page,
        x0=row[0].x0,
        x1=max(one.x1 for one in row),
        top=min(one.top for one in row),
        bottom=max(one.bottom for one in row),
        size=size,
        edge=max((one.x1 for one in row if one.text not in _CLOSING), default=row[-1].x1),
        head=_head(row),
        spaced=spaced,
        columns=bool(gaps) and max(gaps) > max(_COLUMN_GAP * size, 2 * _spread(row)),
    )


def _text(row: Sequence[Glyph], size: float) -> str:
    spread = _spread(row)
    pieces = [row[0].text]
    for before, after in pairwise(row):
        # Between two digits nothing is ever bridged: they may be two numbers.
        if before.wide or after.wide:
            least = max(_SPACE_OF_CHARACTERS * size, spread + _SAME_LINE * size)
        else:
            least = _SPACE_OF_LETTERS * size
        pieces += [" " if after.x0 - before.x1 > least else "", after.text]
    return " ".join("".join(pieces).split())


def _spread(row: Sequence[Glyph]) -> float:
    """Return how far apart the characters of a line stand that was stretched to the full width."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(row) if before.wide or after.wide]
    return max(median_low(gaps), 0.0) if len(gaps) >= _ENOUGH_GAPS else 0.0


def _head(row: Sequence[Glyph]) -> float:
    """Return the width of what has to stand together on one line."""
    at = len(list(takewhile(lambda one: one.text in _OPENING, row)))
    word = len(list(takewhile(lambda one: not one.wide and one.text.strip(), row[at:])))
    at += max(word, 1)
    at += len(list(takewhile(lambda one: one.text in _CLOSING, row[at:])))
    return row[min(at, len(row)) - 1].x1 - row[0].x0
