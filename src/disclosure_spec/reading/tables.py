"""Rows of values: found by their label, or by their column titles where the form prints no label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import replace
from disclosure_spec.grid import Kind, Paragraph, Table
from disclosure_spec.place import How
from disclosure_spec.reading.columns import Columns
from disclosure_spec.reading.labels import Named, normalise
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.positions import Positions
from disclosure_spec.reading.rows import Token, contents, shown
from disclosure_spec.reading.running import RunningText
from disclosure_spec.reading.values import is_value_like

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.edition import Row
    from disclosure_spec.grid import GridCell
    from disclosure_spec.reading.labels import Labels
    from disclosure_spec.reading.ledger import Ledger
    from disclosure_spec.reading.sections import Region


_ITEM: Final = re.compile(r"\d{1,2}")
_DOTS: Final = (".", "．", "、")
# The number of a page; its dashes are no marks of blank cells.
_FOLIO: Final = re.compile(r"[-—–－―·]\s*\d{1,3}\s*[-—–－―·]")


class RegionReader:
    """Read the tables of one region into a ledger.

    Args:
        region: What stands under one heading.
        open_sections: Sections without a heading: their rows may stand anywhere.
        ledger: Where rows go.
        others: Labels of the other editions, to say where an unknown row belongs.
    """

    def __init__(
        self, region: Region, open_sections: frozenset[str], ledger: Ledger, others: Sequence[Labels]
    ) -> None:
        self._region = region
        self._ledger = ledger
        self._labels = ledger.labels
        self._columns = Columns(ledger.labels, others)
        self._positions = Positions(ledger)
        own = {region.section.pointer} if region.section and region.section.rows else set()
        # Under another heading a label is a mention, unless its own heading was not found at all.
        self._allowed = open_sections | own
        self._is_tables = bool(own)
        self._begun = ""
        self._running = RunningText(region.section) if region.section and own else None

    def read(self) -> None:
        """Read tables cell by cell; in a part made of tables, paragraphs too may be cells."""
        stream: list[Token] = []
        for block in self._region.blocks:
            if isinstance(block, Paragraph):
                if self._is_tables:
                    stream.extend(self._pieces(block))
            elif block.kind is Kind.STREAM:
                stream.extend(
                    Token(cell.text, cell.place, certain=False) for row in block.rows for cell in row
                )
            else:
                # A whole table ends the stream: its cells must not be counted on from those before it.
                self._read_stream(stream)
                stream = []
                self._read_table(block)
        self._read_stream(stream)

    def _pieces(self, line: Paragraph) -> Sequence[Token]:
        """Take a line apart at its spaces when it is a whole row: a label and all values, or only titles."""
        if _FOLIO.fullmatch(line.text.strip()):
            self._ledger.text(line.text, line.place)
            return ()
        pieces = line.text.split()
        end = len(pieces)
        while end and is_value_like(pieces[end - 1]):
            end -= 1
        tokens = [Token(piece, replace(line.place, raw=piece)) for piece in pieces]
        # A cell may hold spaces itself, so a line is cut only where all of it makes sense.
        named, _ = self._labels.named_at_end(pieces[:end])
        if named is not None and len(pieces) - end == len(named.row.cells):
            return tokens
        titles = all(self._labels.header_sections(piece) for piece in pieces)
        if len(pieces) > 1 and (titles or end == 0):
            return tokens
        return self._running_pieces(line) or [Token(line.text, line.place)]

    def _running_pieces(self, line: Paragraph) -> Sequence[Token]:
        """Take a line apart at the labels in it, where labels and digits are run together."""
        if self._running is None or self._labels.named(line.text) or is_value_like(line.text):
            return ()
        pieces = self._running.cut(line.text)
        return [Token(one.text, replace(line.place, raw=one.text), joined=one.is_value) for one in pieces]

    def _read_table(self, table: Table) -> None:
        # Parts in prose have tables of their own, of fees for example; they are named, not read.
        if not self._is_tables and not any(self._is_ours(row) for row in table.rows):
            section = self._region.section
            if section is not None:
                place = next((row[0].place for row in table.rows if row), None)
                self._ledger.notes.append(
                    note("table.in_prose", place, (section.pointer,), text=section.heading)
                )
            return
        self._ledger.begin(drawn=True)
        certain = table.kind is Kind.GRID
        titles = [row for row in table.rows if self._is_titles(row)]
        # A column that is empty from the titles down is none: its blanks are not the first cells of the rows.
        start = _first_column(table) if titles else 0
        width = max(map(_width, titles)) if titles and certain else 0
        for above, row in zip((None, *table.rows), table.rows, strict=False):
            if above and row in titles and above not in titles and self._heads_unlabelled(row):
                # Written one below the other, two tables may look like one.
                self._ledger.begin(drawn=True)
            tokens = [
                Token(cell.text, cell.place, certain, cell.mark) for cell in row if cell.column >= start
            ]
            if tokens:
                self._read_row(tokens, narrow=_width(row) < width)
        self._positions.close(bounded=False)

    def _is_titles(self, row: Sequence[GridCell]) -> bool:
        texts = [cell.text for cell in row]
        return any(map(self._labels.header_sections, texts)) and not any(map(self._labels.named, texts))

    def _heads_unlabelled(self, row: Sequence[GridCell]) -> bool:
        """Tell whether titles are those of the row without label, which they begin anew."""
        known = {pointer for cell in row for pointer in self._labels.header_sections(cell.text)}
        return any(section.pointer in known for section, _ in self._labels.unlabelled)

    def _is_ours(self, cells: Sequence[GridCell]) -> bool:
        rows = (self._labels.named(cell.text) for cell in cells)
        if any(one is not None and self._labels.section_of(one.row) in self._allowed for one in rows):
            return True
        return any(self._labels.header_sections(cell.text) & self._allowed for cell in cells)

    def _read_row(self, tokens: Sequence[Token], *, narrow: bool) -> None:
        """Read a row by its labels; one without any must not be `narrow`, shorter than the titles above."""
        starts = list(self._row_starts(tokens))
        self._begun = ""
        if not starts:
            self._read_unlabelled(tokens, narrow=narrow)
        for number, (at, named) in enumerate(starts):
            end = starts[number + 1][0] if number + 1 < len(starts) else len(tokens)
            values = tokens[at + 1 : end]
            if _is_begun(named, values):
                # Its rest stands on the next page, beside the values: this is no row of blanks.
                self._begun = tokens[at].text
            else:
                self._place(named, tokens[at], values)

    def _row_starts(self, tokens: Sequence[Token]) -> Iterator[tuple[int, Named]]:
        """Find the labels of the form's rows; a number in a cell of its own belongs to the label after it."""
        for at, token in enumerate(tokens):
            if token.blank or is_value_like(token.text):
                continue
            named = self._labels.named(token.text)
            if named is None and at and not tokens[at - 1].blank:
                named = self._labels.named(tokens[at - 1].text + token.text)
            if named is None and self._begun:
                named = self._labels.named(self._begun + token.text)
            if named is not None:
                yield at, named

    def _read_unlabelled(self, tokens: Sequence[Token], *, narrow: bool) -> None:
        texts = [token for token in tokens if not is_value_like(token.text)]
        marked = self._row_by_marks(tokens) if texts else None
        if marked is not None:
            self._place(marked, tokens[0], tokens)
            return
        after = list(tokens[tokens.index(texts[-1]) + 1 :] if texts else tokens)
        if any(not token.blank for token in after):
            self._place_unlabelled(texts, after, narrow=narrow)
        elif texts:
            self._columns.observe([token.text for token in texts])
            unknown = [token for token in texts if not self._labels.knows(token.text)]
            if unknown:
                self._begun = unknown[-1].text
                self._ledger.text(" ".join(token.text for token in unknown), unknown[0].place)
        else:
            self._place_blank(after)

    def _place_unlabelled(
        self, texts: Sequence[Token], values: Sequence[Token], *, narrow: bool = False
    ) -> None:
        self._columns.leave()
        group = self._labels.group(texts[-1].text) if texts else ()
        if group and self._may_stand(group) and not self._columns.problem:
            self._positions.open(group, texts[-1], values)
            return
        if not texts and self._positions.extend(values):
            return
        self._positions.close(bounded=False)
        if texts:
            # Values behind an unknown label are never given to a row that merely has as many cells.
            self._doubt_unlabelled()
            self._ledger.unplaced(texts[-1].text, texts[-1].place)
            return
        named = self._row_without_label(values) if not narrow else None
        if named is None:
            self._doubt_unlabelled()
            self._ledger.unplaced(shown(values), values[0].place)
        else:
            self._place(named, values[0], values)

    def _doubt_unlabelled(self) -> None:
        """Take note that a row below the titles of the one without label may have been that row, damaged."""
        for section, row in self._labels.unlabelled:
            if section.pointer in self._allowed and self._columns.identify(section):
                self._ledger.doubt(row)

    def _may_stand(self, rows: Sequence[Row]) -> bool:
        return all(self._labels.section_of(row) in self._allowed for row in rows)

    def _place_blank(self, values: Sequence[Token]) -> None:
        named = self._row_without_label(values)
        if named is not None and len(values) == len(named.row.cells):
            self._ledger.place_blank(named, values)

    def _row_by_marks(self, tokens: Sequence[Token]) -> Named | None:
        """Return the row without label that texts among its values hide.

        The only place where marks decide: the titles above are its own, it has no label that could speak
        against it, and each of as many cells as it has carries the mark of its place.
        """
        for section, row in self._labels.unlabelled:
            own = section.pointer in self._allowed and self._columns.identify(section)
            if own and self._ledger.marking.carries(row, tokens):
                return Named(row, How.EXACT)
        return None

    def _row_without_label(self, values: Sequence[Token]) -> Named | None:
        """Return the row without label, when the titles above are its own and the number of cells fits."""
        for section, row in self._labels.unlabelled:
            # A blank too many may be a column of its own before or behind all others, so there must be none.
            fits = len(values) <= len(row.cells)
            if fits and section.pointer in self._allowed:
                joined = any(token.joined for token in values)
                found = self._columns.take(section, row, len(row.cells) if joined else len(values))
                return Named(found, How.EXACT) if found else None
        return None

    def _place(self, named: Named, name: Token, values: Sequence[Token]) -> None:
        row = named.row
        self._positions.close(bounded=bool(row.labels))
        text = name.text if row.labels else shown(values)
        if self._labels.section_of(row) not in self._allowed:
            self._ledger.refuse("row.elsewhere", row, text, name.place, itself=False)
        # Counted off under titles in another order, numbers would land in the wrong columns.
        elif self._columns.problem:
            self._ledger.refuse(self._columns.problem, row, text, name.place)
        else:
            self._ledger.place(named, text, values, name.place, self._columns.unit)
        if values:
            self._columns.leave()

    def _read_stream(self, tokens: Sequence[Token]) -> None:
        self._ledger.begin()
        for texts, values in _runs(self._renumbered(tokens)):
            if texts:
                known = self._labels.named(texts[0].text) or self._labels.group(texts[0].text)
                self._positions.close(bounded=bool(known))
            named = self._observe_texts(texts)
            if named is not None:
                self._place(named, texts[-1], values)
            elif any(not token.blank for token in values):
                titles = bool(texts) and bool(self._labels.header_sections(texts[-1].text))
                self._place_unlabelled(() if titles else texts, values)
            elif values:
                self._place_blank(values)
        self._positions.close(bounded=False)

    def _renumbered(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """Give back its number to a label that a line break cut in front of the dot."""
        number: Token | None = None
        for token in tokens:
            if number is not None:
                whole = number.text.strip() + token.text.strip()
                if token.text.lstrip().startswith(_DOTS) and self._labels.named(whole):
                    yield replace(token, text=whole)
                    number = None
                    continue
                yield number
            number = token if _ITEM.fullmatch(token.text.strip()) else None
            if number is None:
                yield token
        if number is not None:
            yield number

    def _observe_texts(self, texts: Sequence[Token]) -> Named | None:
        """Take note of the texts before some values, and return the row whose label they end with."""
        plain = [token.text for token in texts]
        named, used = self._labels.named_at_end(plain)
        # The pieces of a row's label are no titles, though 其他 by itself is one.
        titles = self._labels.joined_headers(plain[: len(plain) - used])
        self._columns.observe([text for text in titles if not self._labels.named(text)])
        for token in texts[: len(texts) - used]:
            passed = self._labels.named(token.text)
            if passed is not None and (named is None or passed.row is not named.row):
                self._place(passed, token, ())
            else:
                self._ledger.text(token.text, token.place)
        return named


def _is_begun(named: Named, values: Sequence[Token]) -> bool:
    """Tell whether a row holds only the beginning of its label, which a page break cut."""
    name, printed = (normalise(text) for text in (named.row.labels[-1].text, named.label or ""))
    cut = named.how is How.SIMILAR and name != printed and name.startswith(printed)
    return cut and bool(values) and not contents(values)


def _first_column(table: Table) -> int:
    """Return the first column in which anything is printed."""
    printed = (cell.column for row in table.rows for cell in row if cell.text.strip())
    return min(printed, default=0)


def _width(row: Sequence[GridCell]) -> int:
    return max((cell.column + cell.colspan for cell in row), default=0)


def _runs(tokens: Iterable[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
    """Give texts and the values that follow them, in turn."""
    texts: list[Token] = []
    values: list[Token] = []
    for token in tokens:
        if is_value_like(token.text):
            values.append(token)
            continue
        if values:
            yield texts, values
            texts, values = [], []
        texts.append(token)
    if texts or values:
        yield texts, values
