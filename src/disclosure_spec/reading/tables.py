"""Rows of values: found by their label, or by their column titles where the form prints no label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.grid import Kind, Paragraph, Table
from disclosure_spec.reading.columns import Columns
from disclosure_spec.reading.ledger import Token
from disclosure_spec.reading.notes import note
from disclosure_spec.reading.values import is_value_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.edition import Row
    from disclosure_spec.grid import GridCell
    from disclosure_spec.reading.labels import Labels
    from disclosure_spec.reading.ledger import Ledger
    from disclosure_spec.reading.sections import Region


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
        own = {region.section.pointer} if region.section and region.section.rows else set()
        # Under another heading a label is a mention, unless its own heading was not found at all.
        self._allowed = open_sections | own
        self._is_tables = bool(own)

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
        pieces = line.text.split()
        end = len(pieces)
        while end and is_value_like(pieces[end - 1]):
            end -= 1
        tokens = [Token(piece, line.place) for piece in pieces]
        # A cell may hold spaces itself, so a line is cut only where all of it makes sense.
        row, _ = self._labels.row_at_end(pieces[:end])
        if row is not None and len(pieces) - end == len(row.cells):
            return tokens
        titles = all(self._labels.header_sections(piece) for piece in pieces)
        if len(pieces) > 1 and (titles or end == 0):
            return tokens
        return [Token(line.text, line.place)]

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
        self._ledger.begin()
        width = self._title_width(table)
        for row in table.rows:
            if row:
                certain = table.kind is Kind.GRID
                tokens = [Token(cell.text, cell.place, certain, cell.mark) for cell in row]
                self._read_row(tokens, narrow=width is not None and _width(row) < width)

    def _title_width(self, table: Table) -> int | None:
        """Return how many columns the titles of a table have, where its columns can be relied on."""
        titles = (row for row in table.rows if not any(self._labels.row(cell.text) for cell in row))
        widths = [
            _width(row) for row in titles if any(self._labels.header_sections(cell.text) for cell in row)
        ]
        return max(widths) if widths and table.kind is Kind.GRID else None

    def _is_ours(self, cells: Sequence[GridCell]) -> bool:
        rows = (self._labels.row(cell.text) for cell in cells)
        if any(row is not None and self._labels.section_of(row) in self._allowed for row in rows):
            return True
        return any(self._labels.header_sections(cell.text) & self._allowed for cell in cells)

    def _read_row(self, tokens: Sequence[Token], *, narrow: bool) -> None:
        """Read a row by its labels; one without any must not be `narrow`, shorter than the titles above."""
        starts = list(self._row_starts(tokens))
        if not starts:
            self._read_unlabelled(tokens, narrow=narrow)
        for number, (at, row) in enumerate(starts):
            end = starts[number + 1][0] if number + 1 < len(starts) else len(tokens)
            self._place(row, tokens[at], tokens[at + 1 : end])

    def _row_starts(self, tokens: Sequence[Token]) -> Iterator[tuple[int, Row]]:
        """Find the labels of the form's rows; a number in a cell of its own belongs to the label after it."""
        for at, token in enumerate(tokens):
            if token.blank or is_value_like(token.text):
                continue
            row = self._labels.row(token.text)
            if row is None and at and not tokens[at - 1].blank:
                row = self._labels.row(tokens[at - 1].text + token.text)
            if row is not None:
                yield at, row

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
                self._ledger.text(" ".join(token.text for token in unknown), unknown[0].place)
        else:
            self._place_blank(after)

    def _place_unlabelled(
        self, texts: Sequence[Token], values: Sequence[Token], *, narrow: bool = False
    ) -> None:
        self._columns.leave()
        if texts:
            # Values behind an unknown label are never given to a row that merely has as many cells.
            self._ledger.unplaced(texts[-1].text, texts[-1].place)
            return
        row = self._row_without_label(values) if not narrow else None
        if row is None:
            for section, meant in self._labels.unlabelled:
                if section.pointer in self._allowed and self._columns.identify(section):
                    self._ledger.doubt(meant)
            self._ledger.unplaced("  ".join(token.text or "␣" for token in values), values[0].place)
        else:
            self._place(row, values[0], values)

    def _place_blank(self, values: Sequence[Token]) -> None:
        row = self._row_without_label(values)
        if row is not None and len(values) == len(row.cells):
            self._ledger.place_blank(row, values)

    def _row_by_marks(self, tokens: Sequence[Token]) -> Row | None:
        """Return the row without label that texts among its values hide.

        The only place where marks decide: the titles above are its own, it has no label that could speak
        against it, and each of as many cells as it has carries the mark of its place.
        """
        for section, row in self._labels.unlabelled:
            own = section.pointer in self._allowed and self._columns.identify(section)
            if own and self._ledger.carries_marks(row, tokens):
                return row
        return None

    def _row_without_label(self, values: Sequence[Token]) -> Row | None:
        """Return the row without label, when the titles above are its own and the number of cells fits."""
        for section, row in self._labels.unlabelled:
            # A blank too many may be a column of its own before or behind all others, so there must be none.
            if len(values) <= len(row.cells) and section.pointer in self._allowed:
                return self._columns.take(section, row, len(values))
        return None

    def _place(self, row: Row, name: Token, values: Sequence[Token]) -> None:
        text = name.text if row.labels else "  ".join(token.text or "␣" for token in values)
        if self._labels.section_of(row) not in self._allowed:
            self._ledger.refuse("row.elsewhere", row, text, name.place, itself=False)
        # Counted off under titles in another order, numbers would land in the wrong columns.
        elif self._columns.problem:
            self._ledger.refuse(self._columns.problem, row, text, name.place)
        else:
            self._ledger.place(row, text, values, name.place, self._columns.unit)
        if values:
            self._columns.leave()

    def _read_stream(self, tokens: Sequence[Token]) -> None:
        self._ledger.begin()
        for texts, values in _runs(tokens):
            row = self._observe_texts(texts)
            if row is not None:
                self._place(row, texts[-1], values)
            elif any(not token.blank for token in values):
                titles = bool(texts) and bool(self._labels.header_sections(texts[-1].text))
                self._place_unlabelled(() if titles else texts, values)
            elif values:
                self._place_blank(values)

    def _observe_texts(self, texts: Sequence[Token]) -> Row | None:
        """Take note of the texts before some values, and return the row whose label they end with."""
        plain = [token.text for token in texts]
        row, used = self._labels.row_at_end(plain)
        titles = self._labels.joined_headers(plain)
        self._columns.observe([text for text in titles if not self._labels.row(text)])
        for token in texts[: len(texts) - used]:
            passed = self._labels.row(token.text)
            if passed is not None and passed is not row:
                self._place(passed, token, ())
            else:
                self._ledger.text(token.text, token.place)
        return row


def _width(row: Sequence[GridCell]) -> int:
    return max((cell.column + cell.colspan for cell in row), default=0)


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], list[Token]]]:
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
