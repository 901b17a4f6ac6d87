"""Results as workbooks: the user's own given back with cells marked, or one made of the report as read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import InputError
from disclosure_spec.marks import marks, particular_mark
from disclosure_spec.particulars import particulars
from disclosure_spec.reading.xlsx_book import cell_at
from disclosure_spec.reporting.marking import CONCERNED, cells_of_units, facts_of, markings
from disclosure_spec.reporting.naming import file_name
from disclosure_spec.reporting.telling import detail_lines, told, visible
from disclosure_spec.reporting.words import SEVERITIES
from disclosure_spec.reporting.workbook.listing import SETTLED, Listing
from disclosure_spec.reporting.workbook.parts import empty_workbook
from disclosure_spec.reporting.workbook.returned import Mark, mark_up
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.reporting.formats import Manner
    from disclosure_spec.reporting.marking import Marking
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.reporting.workbook.listing import Spot
    from disclosure_spec.reporting.workbook.parts import Parts
    from disclosure_spec.wording import Language

_OWN: Final = "xlsx"
"""The name of the format in which a user's own workbook is read."""
_NOT_GIVEN_BACK: Final = Wording(
    "原工作簿不能改写（{why}）；本工作簿是按读取的内容重新生成的。",
    "The workbook itself cannot be changed ({why}); this one was made anew of what was read.",
)


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[bytes]:
    """Yield the workbook of a report."""
    for one in inspections:
        yield _workbook(one, manner.language).file()


def render_folder(inspections: Iterable[Inspection], manner: Manner) -> Iterator[tuple[str, bytes]]:
    """Yield a workbook for each report, named by number and file, and last the summary of all."""
    from disclosure_spec.reporting.summary import RollUp  # noqa: PLC0415 - only many reports need a summary
    from disclosure_spec.reporting.summary.as_workbook import summary_workbook  # noqa: PLC0415 - likewise

    rollup = RollUp()
    for number, one in enumerate(inspections, 1):
        rollup.add(one)
        made = _workbook(one, manner.language)
        # Excel refuses to open a workbook with macros under the usual suffix.
        yield file_name(number, one.result, "xlsm" if made.has_macros else "xlsx"), made.file()
    yield "index.xlsx", summary_workbook(rollup, manner.language)


def _workbook(inspection: Inspection, language: Language) -> Parts:
    result, document, edition = inspection.result, inspection.document, inspection.edition
    findings = tuple(told(result))
    remark = None
    if result.input and result.input.format == _OWN and inspection.data:
        spots = dict(_given_spots(findings, cells_of_units(edition)))
        try:
            return _marked(inspection, inspection.data, spots, language)
        # A part that the reader does not need, such as old comments, may be one that nobody should open.
        except InputError as error:
            remark = _NOT_GIVEN_BACK.fill(why=error.wording)
    if document is not None and edition is not None:
        return _marked(inspection, *_made(document, edition), language, remark)
    return _marked(inspection, empty_workbook(), {}, language)


def _marked(
    inspection: Inspection,
    data: bytes,
    spots: Mapping[str, Spot],
    language: Language,
    remark: Wording | None = None,
) -> Parts:
    result, edition = inspection.result, inspection.edition
    # The unit of an amount stands in its cell.
    units = {unit: spots[amount] for unit, amount in cells_of_units(edition).items() if amount in spots}
    marked = {
        spots[pointer]: Mark(marking.style, _comment(marking, language))
        for pointer, marking in markings(told(result), edition, language).items()
        if pointer in spots and marking.style != CONCERNED
    }
    listing = Listing(result, {**spots, **units}, language, remark)
    return mark_up(data, marked, listing, SETTLED.get(language))


def _comment(marking: Marking, language: Language) -> str:
    return "\n\n".join("\n".join(_lines(one, language)) for one in marking.findings)


def _lines(one: Told, language: Language) -> Iterator[str]:
    finding = one.finding
    severity = SEVERITIES[finding.severity].get(language)
    yield f"{one.number}. {severity} [{finding.rule}] {finding.message.get(language)}"
    yield from detail_lines(one, language)


def _given_spots(findings: Sequence[Told], units: Mapping[str, str]) -> Iterator[tuple[str, Spot]]:
    """Yield the cells of the user's workbook that findings are about, as the reader has noted them."""
    for fact in facts_of(findings):
        source = fact.source
        at = cell_at(source.cell) if source and source.cell else None
        if source and source.sheet is not None and at is not None:
            yield units.get(fact.pointer, fact.pointer), (source.sheet, at)


def _made(document: Document, edition: Edition) -> tuple[bytes, dict[str, Spot]]:
    """Return a workbook of the report as read, and the cells in which its values stand."""
    from disclosure_spec.writing.layout import lay_out  # noqa: PLC0415 - a user's own workbook needs no layout
    from disclosure_spec.writing.workbook import write_xlsx  # noqa: PLC0415 - nor the library that writes them
    from disclosure_spec.writing.workbook.plan import plan  # noqa: PLC0415 - likewise

    shown = {visible(key): _writable(value) for key, value in document.items()}
    named = plan(lay_out(shown, edition), edition).names
    pointers = {mark: pointer for pointer, mark in marks(edition).items()}
    texts = ("/title", "/preface", *(one.pointer for one in edition.sections))
    rows = (*texts, *(one.pointer for one in particulars(edition)))
    pointers |= {particular_mark(edition, one): one for one in rows}
    spots = {pointers[mark]: (one.sheet, (one.row, one.column)) for mark, one in named.items()}
    return write_xlsx(shown, edition), spots


def _writable(value: JSONValue) -> JSONValue:
    """Return a value whose texts a workbook can hold: what is not seen is shown by its code."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {visible(key): _writable(one) for key, one in value.items()}
    return [_writable(one) for one in value] if isinstance(value, list) else value
