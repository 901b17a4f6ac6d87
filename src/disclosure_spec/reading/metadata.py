"""Who reports for which year: from the title, else from what the text says beyond doubt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import Paragraph, Role, Table
from disclosure_spec.reading.dates import YEAR, Found, find_period, find_published, is_date_line, year_of
from disclosure_spec.reading.labels import compact
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.sections import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.grid import Content
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.particulars import Particulars
    from disclosure_spec.reading.sections import Parts

_UNDECIDED: Final = "undecided"
# Room for the full name of any body; what is longer is a sentence about the report.
_LONGEST_TITLE: Final = 80
_SEVERAL: Final = 2
_SENTENCE: Final = re.compile("[。；，,;！]")
# From the block of data that government sites put above a text.
_TITLE_LABEL: Final = re.compile(r"^(?:标题|名称|信息名称)[:：]")
_NO_TITLE: Final = re.compile("[>›»:]")
"""In a way through the site, or in a link that has a label."""

# In the browser's title sites add their own name behind a bar, an underline or a dash.
_SITE: Final = re.compile(r"[_|]|\s[-–—]+\s")
# 我局 or 本机关 is a name only to those who know who speaks.
_SPEAKER: Final = re.compile("我们|本机关|本单位|^[我本该全]")
_CITED: Final = re.compile("《([^《》]+)》")
# Without a region there is no full name: every county has a 教育局.
_REGION: Final = "[省市县区州旗]"
_BEFORE_YEAR: Final = r"^(?:关于)?"
_AFTER_YEAR: Final = r"年?(?:年?度)?的?"


@dataclass(slots=True)
class Metadata:
    """What was found, by pointer, with its places; `unread` names what had to be found and was not."""

    values: dict[str, JSONValue] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)

    def put(self, pointer: str, value: JSONValue, place: Place | None) -> None:
        """Keep a value and where it stood."""
        self.values[pointer] = value
        if place is not None:
            self.places[pointer] = place

    def miss(self, code: str, pointer: str, **values: object) -> None:
        """Keep that something was looked for in vain."""
        self.unread.add(pointer)
        self.notes.append(note(code, None, (pointer,), **values))


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    body: str
    year: int | None
    place: Place | None
    lines: frozenset[str] = frozenset()


def read_metadata(
    content: Content, parts: Parts, edition: Edition, stated: Particulars | None = None
) -> Metadata:
    """Find title, body, year, period, date of publication and preface.

    Args:
        content: The file.
        parts: Its parts.
        edition: The edition it follows.
        stated: What a table of particulars says; then nothing is looked for elsewhere.
    """
    found = Metadata()
    if stated is not None:
        found.values |= stated.values
        found.places |= stated.places
        _read_marked(found, content)
        return found
    titles = _TitleReader(edition)
    front = [block for block in parts.front if isinstance(block, Paragraph)]
    title = titles.among(front) or titles.outside(content.titles)
    if title:
        found.put("/title", title.text, title.place)
    overview = parts.under(edition.sections[0].pointer)
    opening = [block.text for block in (*front, *overview) if isinstance(block, Paragraph)]
    _read_dates(found, parts, opening)
    _read_year(found, title, titles.years_in(opening))
    _read_body(found, title, parts, edition)
    if edition.sections[0].pointer not in parts.missing:
        _read_preface(found, front, title)
    return found


class _TitleReader:
    """Know a title by the wordings that recognition lists."""

    def __init__(self, edition: Edition) -> None:
        # Longest first: in a pattern the first alternative wins, and a shorter one would leave a rest.
        wordings = sorted(edition.form["recognition"]["titles"], key=len, reverse=True)
        phrase = "(?:" + "|".join(map(re.escape, wordings)) + ")"
        self._suffixes = tuple(
            suffix for one in edition.form["recognition"]["kinds"].values() for suffix in one
        )
        self._phrase = re.compile(phrase)
        self._year_first = re.compile(
            rf"{_BEFORE_YEAR}(?P<year>{YEAR})年度?(?P<body>[^年]*?)(?:的|年度)?{phrase}$"
        )
        self._body_first = re.compile(rf"{_BEFORE_YEAR}(?P<body>.+?)(?P<year>{YEAR}){_AFTER_YEAR}{phrase}$")
        self._year_last = re.compile(rf"{_BEFORE_YEAR}(?P<body>.+?){phrase}\((?P<year>{YEAR})年?度?\)$")
        self._year_in_text = re.compile(rf"(?P<year>{YEAR}){_AFTER_YEAR}{phrase}")

    def among(self, paragraphs: list[Paragraph]) -> _Title | None:
        """Return the one title among lines, joined with the name of the body above; none if years differ."""
        found = list(self._titles(paragraphs))
        dated = [one for one in found if one.year]
        return next(iter(dated or found), None) if len({one.year for one in dated}) < _SEVERAL else None

    def _titles(self, paragraphs: list[Paragraph]) -> Iterator[_Title]:
        for at, paragraph in enumerate(paragraphs):
            line = _TITLE_LABEL.sub("", compact(paragraph.text))
            if not self._is_title(line):
                continue
            above = compact(paragraphs[at - 1].text) if at else ""
            lines = {paragraph.text}
            if re.match(YEAR, line) and above.endswith(self._suffixes) and self._is_name(above):
                line = above + line
                lines.add(paragraphs[at - 1].text)
            yield self._read(line, paragraph.place, frozenset(lines))

    def outside(self, titles: Iterable[str]) -> _Title | None:
        """Return the title of a page, without the name of the site."""
        for title in titles:
            for piece in map(compact, _SITE.split(title)):
                if self._is_title(piece):
                    return self._read(piece, None)
        return None

    def years_in(self, texts: Iterable[str]) -> set[int]:
        """Return the years that running text ties to the name of the report."""
        found = (match for text in texts for match in self._year_in_text.finditer(compact(text)))
        return {year_of(match["year"]) for match in found}

    def _is_title(self, line: str) -> bool:
        plain = not (_SENTENCE.search(line) or _NO_TITLE.search(line))
        return plain and len(line) <= _LONGEST_TITLE and bool(self._phrase.search(line))

    def _is_name(self, text: str) -> bool:
        return not (_SENTENCE.search(text) or _SPEAKER.search(text) or any(char in text for char in "》>:："))

    def _read(self, line: str, place: Place | None, lines: frozenset[str] = frozenset()) -> _Title:
        forms = (self._year_first, self._body_first, self._year_last)
        match = next((found for found in (form.search(line) for form in forms) if found), None)
        if match is None:
            return _Title(line, "", None, place, lines)
        name = match["body"].removesuffix("关于").removesuffix("的")
        body = name if self._is_name(name) else ""
        return _Title(line, body, year_of(match["year"]), place, lines)


def _read_marked(found: Metadata, content: Content) -> None:
    """Take title and preface from the paragraphs marked as such."""
    for pointer, role in (("/title", Role.TITLE), ("/preface", Role.PREFACE)):
        lines = [
            one for one in content.blocks if isinstance(one, Paragraph) and one.role is role and one.text
        ]
        if lines:
            found.put(pointer, "\n".join(one.text for one in lines), lines[0].place)


def _read_dates(found: Metadata, parts: Parts, opening: list[str]) -> None:
    period = find_period(_front_texts(parts))
    if not (period.value or period.damaged):
        # Some state the period only at the beginning of part one.
        period = find_period(opening)
    if period.value:
        # Kept as printed, even where it is not the report year: that is for a rule to say.
        found.put("/period", {"start": period.value[0], "end": period.value[1]}, None)
    published = find_published(_front_texts(parts))
    if published.value:
        found.put("/published_on", published.value[0], None)
    unclear: tuple[tuple[str, str, Found], ...] = (
        ("period.unclear", "/period", period),
        ("published_on.unclear", "/published_on", published),
    )
    found.notes += [note(code, None, (at,), text=one.damaged) for code, at, one in unclear if one.damaged]


def _front_texts(parts: Parts) -> list[str]:
    texts: list[str] = []
    for block in parts.front:
        if isinstance(block, Table):
            texts += ["".join(_labelled(cell.text) for cell in row) for row in block.rows]
        else:
            texts.append(block.text)
    return texts


def _labelled(text: str) -> str:
    # In a table label and date are neighbours, without the colon that a line of text has.
    return f"{text}：" if text.rstrip().endswith(("日期", "时间")) else text


def _read_year(found: Metadata, title: _Title | None, tied: set[int]) -> None:
    period = found.values.get("/period")
    spanned = {int(str(day)[:4]) for day in period.values()} if isinstance(period, dict) else set()
    if title and title.year:
        # The title is what the body calls its report; running text names other years as well.
        found.put("/report_year", title.year, title.place)
        return
    for years in (spanned, tied):
        # With two years the text also speaks of another report: better none than the wrong one.
        if len(years) == 1:
            found.put("/report_year", years.copy().pop(), None)
            return
    unclear = "、".join(map(str, sorted(tied)))
    found.miss("year.unclear" if unclear else "year.missing", "/report_year", text=unclear)


def _read_body(found: Metadata, title: _Title | None, parts: Parts, edition: Edition) -> None:
    kinds: Mapping[str, list[str]] = edition.form["recognition"]["kinds"]
    name, place = (title.body, title.place) if title else ("", None)
    if not name:
        texts = [
            prose(region.blocks, region.section, edition) or "" for region in parts.regions if region.section
        ]
        name = _name_in_prose("\n".join([*(text for text in _front_texts(parts)), *texts]), kinds)
        if name:
            found.notes.append(note("body.from_prose", None, ("/reporting_body/name",), text=name))
    if not name:
        found.miss("body.missing", "/reporting_body/name")
        # The kind is read from the name, so it is not known either.
        found.unread.add("/reporting_body/kind")
        return
    found.put("/reporting_body/name", name, place)
    kind = _kind_of(name, kinds)
    if kind is None:
        found.miss("kind.undecided", "/reporting_body/kind", text=name)
    else:
        found.put("/reporting_body/kind", kind, place)


def _kind_of(name: str, kinds: Mapping[str, list[str]]) -> str | None:
    """Return the kind whose suffix is the longest at the end of the name."""
    known = [
        (len(suffix), kind)
        for kind, suffixes in kinds.items()
        for suffix in suffixes
        if name.endswith(suffix)
    ]
    # 管理委员会 ends like a department and need not be one: the longer suffix is the one that knows.
    kind = max(known, default=(0, _UNDECIDED))[1]
    return None if kind == _UNDECIDED else kind


def _name_in_prose(text: str, kinds: Mapping[str, list[str]]) -> str:
    """Return the one full name at the head of a cited document by which the text calls itself, if any."""
    suffixes = sorted((suffix for one in kinds.values() for suffix in one), key=len, reverse=True)
    full = re.compile(rf"\w*?{_REGION}\w*?(?:{'|'.join(suffixes)})")
    heads = (full.match(compact(title)) for title in _CITED.findall(text))
    names = {match.group() for match in heads if match}
    # Of two bodies cited either may be the author's superior.
    if len(names) != 1:
        return ""
    name = names.pop()
    # 我局 or 本局 in the text fits a name in 局: a sign that the text means itself by it.
    itself = re.search(f"[我本]{name[-1]}", text)
    return name if itself and _kind_of(name, kinds) else ""


def _read_preface(found: Metadata, front: list[Paragraph], title: _Title | None) -> None:
    lines = title.lines if title else frozenset[str]()
    body = title.body if title else ""
    kept = [
        one
        for one in front
        if one.text and one.text not in lines and compact(one.text) != body and not is_date_line(one.text)
    ]
    if kept:
        found.put("/preface", "\n".join(one.text for one in kept), kept[0].place)
