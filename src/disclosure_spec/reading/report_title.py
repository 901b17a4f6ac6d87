"""The title of a report: who reports for which year."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.reading.characters import simplified
from disclosure_spec.reading.dates import YEAR, year_of
from disclosure_spec.reading.labels import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.edition import Edition
    from disclosure_spec.grid import Paragraph
    from disclosure_spec.place import Place

# Room for the full name of any body; what is longer is a sentence about the report.
_LONGEST_TITLE: Final = 80
_SEVERAL: Final = 2
_SENTENCE: Final = re.compile("[。；，,;！]")
# From the block of data that government sites put above a text.
_TITLE_LABEL: Final = re.compile(r"^(?:标题|標題|名称|名稱|信息名称|信息名稱):")
_NO_TITLE: Final = re.compile("[>›»:]")
"""In a way through the site, or in a link that has a label."""

# In the browser's title sites add their own name behind a bar, an underline or a dash.
_SITE: Final = re.compile(r"[_|]|\s[-–—]+\s")
# 我局 or 本机关 is a name only to those who know who speaks.
_SPEAKER: Final = re.compile("我们|本机关|本单位|^[我本该全]")
_BEFORE_YEAR: Final = r"^(?:关于)?"
_AFTER_YEAR: Final = r"年?(?:年?度)?的?"


@dataclass(frozen=True, slots=True)
class Title:
    """A title, and the name and the year in it; both may be missing."""

    text: str
    body: str
    year: int | None
    place: Place | None
    lines: frozenset[str] = frozenset()


class TitleReader:
    """Know a title by the wordings that recognition lists."""

    def __init__(self, edition: Edition) -> None:
        # Longest first: in a pattern the first alternative wins, and a shorter one would leave a rest.
        wordings = sorted(edition.form["recognition"]["titles"], key=len, reverse=True)
        phrase = "(?:" + "|".join(map(re.escape, wordings)) + ")"
        self.topic = re.escape(_common_start(wordings))
        self._suffixes = tuple(
            suffix for one in edition.form["recognition"]["kinds"].values() for suffix in one
        )
        self._phrase = re.compile(phrase)
        self._year_first = re.compile(
            rf"{_BEFORE_YEAR}(?P<year>{YEAR})年度?(?P<body>[^年]*?)(?:的|年度)?{phrase}$"
        )
        self._body_first = re.compile(rf"{_BEFORE_YEAR}(?P<body>.+?)(?P<year>{YEAR}){_AFTER_YEAR}{phrase}$")
        self._year_last = re.compile(rf"{_BEFORE_YEAR}(?P<body>.+?){phrase}\((?P<year>{YEAR})年?度?\)$")
        self._years_in_text = (
            re.compile(rf"(?P<year>{YEAR}){_AFTER_YEAR}(?:{phrase}|{self.topic}(?:工作)?(?:的)?情况)"),
            # 2022年我局政府信息公开工作……, as many an overview begins.
            re.compile(rf"(?P<year>{YEAR})年度?,?[我本全]\w{{1,4}}{self.topic}"),
        )

    def among(self, paragraphs: Sequence[Paragraph]) -> Title | None:
        """Return the one title among lines, joined with the name of the body above; none if years differ."""
        found = list(self._titles(paragraphs))
        dated = [one for one in found if one.year]
        return next(iter(dated or found), None) if len({one.year for one in dated}) < _SEVERAL else None

    def outside(self, titles: Iterable[str]) -> Title | None:
        """Return the title of a page, without the name of the site."""
        for title in titles:
            for piece in map(compact, _SITE.split(title)):
                if self._is_title(piece):
                    return self._read(piece, None)
        return None

    def years_in(self, texts: Iterable[str]) -> set[int]:
        """Return the years that running text ties to the subject of the report."""
        folded = [simplified(compact(text)) for text in texts]
        found = (
            match for text in folded for pattern in self._years_in_text for match in pattern.finditer(text)
        )
        return {year_of(match["year"]) for match in found}

    def _titles(self, paragraphs: Sequence[Paragraph]) -> Iterator[Title]:
        for at, paragraph in enumerate(paragraphs):
            line = _TITLE_LABEL.sub("", compact(paragraph.text))
            if not self._is_title(line):
                continue
            above = compact(paragraphs[at - 1].text) if at else ""
            lines = {paragraph.text}
            if re.match(YEAR, line) and simplified(above).endswith(self._suffixes) and is_name(above):
                line = above + line
                lines.add(paragraphs[at - 1].text)
            yield self._read(line, paragraph.place, frozenset(lines))

    def _is_title(self, line: str) -> bool:
        plain = not (_SENTENCE.search(line) or _NO_TITLE.search(line))
        return plain and len(line) <= _LONGEST_TITLE and bool(self._phrase.search(simplified(line)))

    def _read(self, line: str, place: Place | None, lines: frozenset[str] = frozenset()) -> Title:
        # Compared in simplified characters, which are as many; what is kept is what is printed.
        folded = simplified(line)
        forms = (self._year_first, self._body_first, self._year_last)
        match = next((found for found in (form.search(folded) for form in forms) if found), None)
        if match is None:
            return Title(line, "", None, place, lines)
        name = line[match.start("body") : match.end("body")]
        name = name.removesuffix("关于").removesuffix("關於").removesuffix("的")
        return Title(line, name if is_name(name) else "", year_of(match["year"]), place, lines)


@lru_cache(maxsize=32)
def title_reader(edition: Edition) -> TitleReader:
    """Return the reader of the titles of an edition, made once."""
    return TitleReader(edition)


def is_name(text: str) -> bool:
    """Tell whether a text may be the name of a body: no sentence, no link, and nobody speaking of itself."""
    return not (_SENTENCE.search(text) or _SPEAKER.search(text) or any(char in text for char in "》>:："))


def _common_start(texts: Sequence[str]) -> str:
    """Return what all texts begin with."""
    # What the first and the last in order have in common, all between them have too.
    first, last = min(texts), max(texts)
    differing = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(differing, min(len(first), len(last)))]
