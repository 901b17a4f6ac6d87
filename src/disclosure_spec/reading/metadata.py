"""Who reports for which year: from the title, else from what the text says beyond doubt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass, field
from disclosure_spec.edition import SEPARATOR
from disclosure_spec.grid import Paragraph, Role
from disclosure_spec.particulars import particulars
from disclosure_spec.reading.body import bodies_of
from disclosure_spec.reading.chrome import is_chrome
from disclosure_spec.reading.dates import Found, find_period, find_published, is_date_line
from disclosure_spec.reading.labels import compact
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.page_head import read_head
from disclosure_spec.reading.report_title import title_reader
from disclosure_spec.reading.sections import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.grid import Block, Content
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading.body import Bodies
    from disclosure_spec.reading.page_head import PageHead
    from disclosure_spec.reading.particulars import Particulars
    from disclosure_spec.reading.report_title import Title, TitleReader
    from disclosure_spec.reading.sections import Parts


_PAGE_DATA: Final = re.compile("当前位置|来源|时间|相关链接")
"""In the run of words that a page without lines begins with."""


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
    titles = title_reader(edition)
    front = [block for block in parts.front if isinstance(block, Paragraph)]
    head = read_head(parts.front)
    title = titles.among(front) or titles.outside(content.titles)
    if title:
        found.put("/title", title.text, title.place)
    overview = parts.under(edition.sections[0].pointer)
    opening = [*front, *(block for block in overview if isinstance(block, Paragraph))]
    _read_dates(found, front, head, opening)
    _read_year(found, title, opening, titles)
    _read_body(found, title, parts, head, bodies_of(edition, titles.topic))
    _read_codes(found, content, edition)
    if edition.sections[0].pointer not in parts.missing:
        _read_preface(found, front, head, title)
    return found


def _read_marked(found: Metadata, content: Content) -> None:
    """Take title and preface from the paragraphs marked as such."""
    for pointer, role in (("/title", Role.TITLE), ("/preface", Role.PREFACE)):
        lines = [
            one for one in content.blocks if isinstance(one, Paragraph) and one.role is role and one.text
        ]
        if lines:
            found.put(pointer, "\n".join(one.text for one in lines), lines[0].place)


def _read_dates(
    found: Metadata, front: Sequence[Paragraph], head: PageHead, opening: Sequence[Paragraph]
) -> None:
    lines = front
    period = find_period(line.text for line in lines)
    if not (period.value or period.damaged):
        # Some state the period only at the beginning of part one.
        lines = opening
        period = find_period(line.text for line in lines)
    if period.value:
        # Kept as printed, even where it is not the report year: that is for a rule to say.
        start, end = period.value
        found.put("/period", {"start": start, "end": end}, lines[period.at].place)
    labelled = [(line.text, line.place) for line in front]
    labelled += [(f"{one.label}:{one.value}", one.place) for one in head.fields]
    published = find_published(text for text, _ in labelled)
    if published.value:
        found.put("/published_on", published.value[0], labelled[published.at][1])
    unclear: tuple[tuple[str, str, Found], ...] = (
        ("period.unclear", "/period", period),
        ("published_on.unclear", "/published_on", published),
    )
    found.notes += [note(code, None, (at,), text=one.damaged) for code, at, one in unclear if one.damaged]


def _read_year(
    found: Metadata, title: Title | None, opening: Sequence[Paragraph], titles: TitleReader
) -> None:
    if title and title.year:
        # The title is what the body calls its report; running text names other years as well.
        found.put("/report_year", title.year, title.place)
        return
    period = found.values.get("/period")
    spanned = {int(str(day)[:4]) for day in period.values()} if isinstance(period, dict) else set()
    tied = {year: line.place for line in reversed(opening) for year in titles.years_in([line.text])}
    # With two years the text also speaks of another report: better none than the wrong one.
    if len(spanned) == 1:
        found.put("/report_year", spanned.pop(), found.places.get("/period"))
    elif len(tied) == 1:
        found.put("/report_year", *tied.popitem())
    else:
        unclear = "、".join(map(str, sorted(tied)))
        found.miss("year.unclear" if unclear else "year.missing", "/report_year", text=unclear)


def _read_body(found: Metadata, title: Title | None, parts: Parts, head: PageHead, bodies: Bodies) -> None:
    name, place = (title.body, title.place) if title else ("", None)
    if not name:
        front = [block.text for block in parts.front if isinstance(block, Paragraph)]
        regions = ((region.blocks, region.section) for region in parts.regions)
        texts = [prose(blocks, section, bodies.edition) or "" for blocks, section in regions if section]
        name, code = bodies.named(parts, head, [*front, *texts])
        if name:
            place = _where(name, (*parts.front, *(one for part in parts.regions for one in part.blocks)))
            found.notes.append(note(code, place, ("/reporting_body/name",), text=name))
    if not name:
        found.miss("body.missing", "/reporting_body/name")
        # The kind is read from the name, so it is not known either.
        found.unread.add("/reporting_body/kind")
        return
    found.put("/reporting_body/name", name, place)
    kind = bodies.kind_of(name)
    if kind is None:
        found.miss("kind.undecided", "/reporting_body/kind", text=name)
    else:
        found.put("/reporting_body/kind", kind, place)


def _read_codes(found: Metadata, content: Content, edition: Edition) -> None:
    """Take the codes of the body where they are printed behind their names, and can be codes."""
    texts = [compact(block.text) for block in content.blocks if isinstance(block, Paragraph)]
    for one in particulars(edition):
        pattern = str(one.schema.get("pattern", "")).strip("^$")
        if not pattern or one.pointer.startswith(("/period", "/published_on")):
            continue
        label = re.escape(compact(one.label.zh.rpartition(SEPARATOR)[2]))
        wanted = re.compile(rf"{label}[:(]?(?P<code>{pattern})(?![0-9A-Za-z])")
        codes = {match["code"] for text in texts for match in wanted.finditer(text)}
        if len(codes) == 1:
            code = codes.pop()
            found.put(one.pointer, code, _where(code, content.blocks))


def _where(text: str, blocks: Iterable[Block]) -> Place | None:
    """Return the place of the first line or cell that holds a text."""
    pieces = (
        piece
        for block in blocks
        for piece in (
            (block,) if isinstance(block, Paragraph) else (one for row in block.rows for one in row)
        )
    )
    return next((piece.place for piece in pieces if text in compact(piece.text)), None)


def _read_preface(found: Metadata, front: Sequence[Paragraph], head: PageHead, title: Title | None) -> None:
    """Take what stands before the first part, without title, name, date and what the page says about it."""
    kept: list[str] = []
    dropped: list[str] = []
    place = None
    for paragraph in (one for one in front if one.text and one not in head.lines):
        lines = _own_lines(paragraph.text, title)
        dropped += filter(is_chrome, lines)
        lines = [_after_title(line, title, dropped) for line in lines if not is_chrome(line)]
        kept += lines
        place = place or (paragraph.place if lines else None)
    if dropped:
        found.notes.append(note("text.chrome_above", None, ("/preface",), text=" ".join(dropped)))
    if kept:
        found.put("/preface", "\n".join(kept), place)


def _own_lines(text: str, title: Title | None) -> list[str]:
    """Return the lines of a paragraph but those of the title, a name by itself and dates."""
    if title and text in title.lines:
        return []
    body = title.body if title else ""
    lines = (line for line in text.split("\n") if line.strip())
    return [line for line in lines if compact(line) != body and not is_date_line(line)]


def _after_title(line: str, title: Title | None, dropped: list[str]) -> str:
    """Return what follows the title in a line that begins with the data of the page."""
    at = line.rfind(title.text) if title else -1
    if not title or at < 0 or not _PAGE_DATA.search(line[:at]):
        return line
    end = at + len(title.text)
    dropped.append(line[:end])
    return line[end:].strip()
