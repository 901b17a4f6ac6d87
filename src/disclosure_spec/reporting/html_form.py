"""The official form as filled, on a page, with the cells marked that findings are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import CellRole, Paragraph, Role
from disclosure_spec.marks import marks, particular_mark
from disclosure_spec.particulars import particulars
from disclosure_spec.reporting.html_page import CONCERNED, SUGGESTED, SYMBOLS, safe
from disclosure_spec.reporting.marking import cells_of_units, markings
from disclosure_spec.reporting.telling import detail_lines
from disclosure_spec.reporting.words import SEVERITIES
from disclosure_spec.wording import Wording
from disclosure_spec.writing.layout import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.grid import GridCell, Table
    from disclosure_spec.reporting.marking import Marking
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.wording import Language

_SUGGESTION: Final = Wording("疑有误", "probably wrong")
_PERHAPS: Final = Wording("应为{value}？", "{value}?")
_CONCERNED: Final = Wording("有关", "concerned")
_SEE: Final = Wording("{what}，见第{numbers}项", "{what}, see {numbers}")
_TAGS: Final = {Role.TITLE: "h3", Role.CAPTION: "h3", Role.HEADING: "h3", Role.PARTICULARS: "h3"}
_SCOPES: Final = {
    CellRole.BAND: "col",
    CellRole.HEADER: "col",
    CellRole.NOTE: "col",
    CellRole.LABEL: "row",
}


class Form:
    """A report on a page.

    Attributes:
        anchors: The id on the page of every place that a finding is about, by pointer.
    """

    def __init__(
        self, document: Document, edition: Edition, findings: Sequence[Told], language: Language
    ) -> None:
        self._language: Language = language
        self._edition = edition
        # A layout knows its cells by the marks that files of ours carry.
        self._pointers = {name: pointer for pointer, name in marks(edition).items()}
        self._pointers |= {particular_mark(edition, one.pointer): one.pointer for one in particulars(edition)}
        self._units = cells_of_units(edition)
        self._markings = markings(findings, edition, language)
        self.anchors: dict[str, str] = {}
        self.html = "\n".join(self._blocks(document))

    def anchor(self, pointer: str) -> str | None:
        """Return the id of the place on the page where the value of a pointer stands."""
        return self.anchors.get(self._units.get(pointer, pointer))

    def _blocks(self, document: Document) -> Iterator[str]:
        sections = iter(self._edition.sections)
        heading = ""
        for block in lay_out(document, self._edition).blocks:
            if not isinstance(block, Paragraph):
                yield from self._table(block, heading)
                continue
            # The headings are those of the sections, in their order.
            pointer = next(sections).pointer if block.role is Role.HEADING else ""
            heading = block.text if block.role in _TAGS else heading
            yield self._paragraph(block, pointer)

    def _paragraph(self, block: Paragraph, pointer: str) -> str:
        tag = _TAGS.get(block.role or Role.TEXT, "p")
        marking = self._markings.get(pointer)
        if not pointer or marking is None:
            return f"<{tag}>{safe(block.text)}</{tag}>"
        attributes = self._attributes(pointer, marking, "marked")
        return f"<{tag}{attributes}>{safe(block.text)} {self._label(marking)}</{tag}>"

    def _table(self, table: Table, heading: str) -> Iterator[str]:
        total = sum(table.widths) or 1
        yield f'<table aria-label="{safe(heading)}">'
        yield "".join(f'<col style="width:{100 * one / total:.2f}%">' for one in table.widths)
        for row in table.rows:
            yield "<tr>" + "".join(self._cell(cell) for cell in row) + "</tr>"
        yield "</table>"

    def _cell(self, cell: GridCell) -> str:
        spans = "".join(
            f' {name}="{span}"'
            for name, span in (("rowspan", cell.rowspan), ("colspan", cell.colspan))
            if span > 1
        )
        scope = _SCOPES.get(cell.role) if cell.role else None
        if scope:
            band = ' class="band"' if cell.role is CellRole.BAND else ""
            return f'<th scope="{scope}"{band}{spans}>{safe(cell.text)}</th>'
        pointer = self._pointers.get(cell.mark, "")
        marking = self._markings.get(pointer)
        if not pointer or marking is None:
            return f"<td{spans}>{safe(cell.text)}</td>"
        perhaps = "".join(
            f'<span class="value">{safe(self._say(_PERHAPS, value=value))}</span>'
            for value in marking.suggested
        )
        attributes = self._attributes(pointer, marking, marking.style)
        return f"<td{attributes}{spans}>{self._label(marking)} {safe(cell.text)}{perhaps}</td>"

    def _attributes(self, pointer: str, marking: Marking, style: str) -> str:
        self.anchors[pointer] = f"c{len(self.anchors) + 1}"
        names = " ".join(f"f{one.number}" for one in marking.findings)
        lines = [
            line
            for one in marking.findings
            for line in (one.finding.message.get(self._language), *detail_lines(one, self._language))
        ]
        # As a reference, or the attribute would hold a line break and some programs make it a space.
        title = safe("\n".join(lines)).replace("\n", "&#10;")
        return f' id="{self.anchors[pointer]}" class="{style}" data-findings="{names}" title="{title}"'

    def _label(self, marking: Marking) -> str:
        """Return a symbol and links to the findings, in words for who hears the page."""
        gravest = marking.gravest
        if marking.suggested:
            symbol, what = SUGGESTED, _SUGGESTION
        elif gravest:
            symbol, what = SYMBOLS[gravest], SEVERITIES[gravest]
        else:
            return "".join(self._aside(one) for one in marking.findings)
        numbers = ", ".join(str(one.number) for one in marking.findings)
        spoken = safe(self._say(_SEE, what=what, numbers=numbers))
        links = " ".join(f'<a href="#f{one.number}">[{one.number}]</a>' for one in marking.findings)
        return (
            f'<span class="mark"><span aria-hidden="true">{symbol}</span>'
            f'<span class="sr">{spoken}</span>{links}</span>'
        )

    def _aside(self, one: Told) -> str:
        # No number in a cell that is only part of an equation: it would be read as part of its own.
        spoken = safe(self._say(_SEE, what=_CONCERNED, numbers=one.number))
        return f'<a class="aside" href="#f{one.number}" aria-label="{spoken}">{CONCERNED}</a>'

    def _say(self, wording: Wording, **values: object) -> str:
        return wording.fill(**values).get(self._language)
