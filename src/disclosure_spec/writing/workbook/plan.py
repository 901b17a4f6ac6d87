"""Where everything stands in the workbook: sheets, rows, and the cell of every value."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass, field
from disclosure_spec.grid import CellRole, Paragraph, Role, Table
from disclosure_spec.marks import marks, particular_mark
from disclosure_spec.particulars import CHOICES, HEADING, particulars
from disclosure_spec.sheets import (
    CONTINUED,
    COVER,
    FRONT,
    HINT,
    OPTIONAL,
    PREFACE,
    PROSE,
    SUMMARY,
    TITLE,
    table_sheet,
)
from disclosure_spec.writing.workbook.values import LONGEST, packed, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Edition, Section
    from disclosure_spec.grid import Block, Content
    from disclosure_spec.particulars import Particular

TABLE_AT: Final = 1
"""The row of a sheet in which its table begins; the heading of the part stands above."""

LABELS, VALUES, HINTS = range(3)
"""The columns of the sheets 说明 and 文字."""

SHOWN: Final = 700
"""Characters of a text that a row of the greatest height shows; the rest would be cut when printed."""

_MANY: Final = 200
"""Paragraphs of a part that have a row each; of more, several share a cell."""

_ADVICE: Final = (
    "1. 本工作簿用于填写{body}，格式依据{number}。浅黄色的格是填写处，其余是格式原有的文字，请勿改动。",
    "2. 数量为零的填0，不要留空，也不要填“/”“-”“无”。总计按实有数填写，不用公式：校验需要独立的数。",
    "3. “文字”表填写各部分的文字，一段占一行或在格内换行均可；长段可在下一行接着写，行首注明“接上段”。",
    "4. 填写时即时校验：等式不成立或所填不是规定的数，格变红（只作提醒的变黄）；详见“校验”表。",
    "5. 空着的格不当作零：涉及空格的校验显示“未填”。此处的校验不能代替全面检查，“校验”表末列有未包括的规则。",
    "6. 可用Excel、WPS表格或LibreOffice填写，保存为xlsx格式即可提交；本工作簿不含宏。",
)
_TITLE_HINT: Final = "公布时的完整标题，例如：某某局{year}年{title}"
_PREFACE_HINT: Final = f"{OPTIONAL}。第一部分之前的文字"
_DATE_HINT: Final = "例如：{example}"
_CHOICE_HINT: Final = "填写：{choices}"


class Kind(Enum):
    """Say how a row of the sheets 说明 and 文字 looks."""

    NAME = "name"
    HEAD = "head"
    ADVICE = "advice"
    HINT = "hint"
    TEXT = "text"
    FIELD = "field"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheets 说明 and 文字: its label, its text, what to know beside it.

    Attributes:
        pointer: Where the text stands in the document; empty where it is no value of its own.
        mark: The name of the cell of the text.
    """

    kind: Kind
    label: str = ""
    text: str = ""
    hint: str = ""
    pointer: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of the workbook, row and column from 0."""

    sheet: str
    row: int
    column: int

    @property
    def reference(self) -> str:
        """Return the cell as formulas of another sheet write it."""
        return f"'{self.sheet}'!{self.local}"

    @property
    def local(self) -> str:
        """Return the cell as formulas of its own sheet write it."""
        return f"${column_name(self.column)}${self.row + 1}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What stands where.

    Attributes:
        cover: The rows of the sheet 说明, above its summary.
        prose: The rows of the sheet 文字.
        tables: The parts that are tables, by the name of their sheet.
        spots: The cell of every value that formulas may ask for, by pointer.
        names: The cell of every mark.
    """

    cover: tuple[Line, ...]
    prose: tuple[Line, ...]
    tables: Mapping[str, tuple[Section, Table]]
    spots: Mapping[str, Spot]
    names: Mapping[str, Spot] = field(default_factory=dict)


def plan(content: Content, edition: Edition) -> Plan:
    """Return where the blocks of a layout go."""
    groups = list(_groups(content.blocks))
    form = dict(zip((section.pointer for section in edition.sections), groups[1:], strict=False))
    cover = tuple(_cover(groups, edition))
    prose: list[Line] = []
    tables: dict[str, tuple[Section, Table]] = {}
    for section in edition.sections:
        if section.grid:
            (table,) = (block for block in form[section.pointer] if isinstance(block, Table))
            tables[table_sheet(section.grid["number"])] = section, table
        else:
            prose += _part(section, form[section.pointer], edition)
    lines = {COVER: cover, PROSE: tuple(prose)}
    names = dict(_line_names(lines)) | dict(_table_names(tables))
    # Marks are what the layout carries; formulas ask by pointer.
    pointers = {mark: pointer for pointer, mark in marks(edition).items()}
    pointers |= {line.mark: line.pointer for line in cover if line.pointer}
    spots = {pointers[mark]: spot for mark, spot in names.items() if mark in pointers}
    return Plan(cover, tuple(prose), tables, spots, names)


def _line_names(sheets: Mapping[str, tuple[Line, ...]]) -> Iterator[tuple[str, Spot]]:
    for sheet, lines in sheets.items():
        yield from ((line.mark, Spot(sheet, row, VALUES)) for row, line in enumerate(lines) if line.mark)


def _table_names(tables: Mapping[str, tuple[Section, Table]]) -> Iterator[tuple[str, Spot]]:
    for sheet, (_, table) in tables.items():
        inputs = (cell for row in table.rows for cell in row if cell.role is CellRole.INPUT)
        yield from ((cell.mark, Spot(sheet, cell.row + TABLE_AT, cell.column)) for cell in inputs)


def column_name(column: int) -> str:
    """Return the letters of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Cut a layout before each heading: title and preface, the parts, the particulars."""
    group: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.role in {Role.HEADING, Role.PARTICULARS}:
            yield group
            group = []
        group.append(block)
    yield group


def _cover(groups: list[list[Block]], edition: Edition) -> Iterator[Line]:
    title = edition.form["title"]["zh"]
    document = edition.form["official_document"]
    yield Line(Kind.NAME, title)
    # Not the heading by which the reader would take what follows for a part of the report.
    yield Line(Kind.HEAD, "填写说明")
    number = f"《{document['title']['zh']}》（{document['number']}）"
    yield from (Line(Kind.ADVICE, one.format(body=title, number=number)) for one in _ADVICE)
    yield Line(Kind.GAP)
    yield Line(Kind.HEAD, FRONT)
    front = [one for one in groups[0] if isinstance(one, Paragraph)]
    year = edition.form["report_years"]["first"]
    hints = {TITLE: _TITLE_HINT.format(year=year, title=title), PREFACE: _PREFACE_HINT}
    for label, role, pointer in ((TITLE, Role.TITLE, "/title"), (PREFACE, Role.PREFACE, "/preface")):
        # One empty row where there is nothing yet, so that there is a place for it.
        texts = [one.text for one in front if one.role is role] or [""]
        yield from _field(
            label, texts, Line(Kind.FIELD, hint=hints[label], mark=particular_mark(edition, pointer))
        )
    yield Line(Kind.GAP)
    yield Line(Kind.HEAD, HEADING.zh)
    yield from _particulars(groups[-1], edition)
    yield Line(Kind.GAP)
    yield Line(Kind.HEAD, SUMMARY)


def _particulars(group: list[Block], edition: Edition) -> Iterator[Line]:
    """Give a row for every particular, also for those that the report does not state."""
    rows = next((block.rows for block in group if isinstance(block, Table)), ())
    # Keys of one's own have no mark; they come last, under the names that they have.
    stated = {cell.mark: cell.text for _, cell in rows if cell.mark}
    for one in particulars(edition):
        mark = particular_mark(edition, one.pointer)
        hint = _hint(one) if mark in stated else "。".join(filter(None, (OPTIONAL, _hint(one))))
        line = Line(Kind.FIELD, hint=hint, pointer=one.pointer, mark=mark)
        yield from _field(one.label.zh, [stated.get(mark, "")], line)
    for label, cell in rows:
        if not cell.mark:
            yield from _field(label.text, [cell.text], Line(Kind.FIELD))


def _field(label: str, texts: Sequence[str], line: Line) -> Iterator[Line]:
    """Give the rows of a value: one a paragraph, more where a cell cannot hold it."""
    for at, text in enumerate(texts if len(texts) <= _MANY else packed(texts, LONGEST)):
        for number, piece in enumerate(pieces(text, LONGEST if len(texts) > _MANY else SHOWN)):
            first = at == 0 and number == 0
            # Rows that go on say so: the reader joins them, and a user may add more.
            name = label if first else CONTINUED if number else ""
            yield Line(
                line.kind,
                name,
                piece,
                line.hint if first else "",
                line.pointer if first else "",
                line.mark if first else "",
            )


def _hint(particular: Particular) -> str:
    schema = particular.schema
    if "enum" in schema:
        words = (CHOICES[one].zh if one in CHOICES else str(one) for one in schema["enum"])
        return _CHOICE_HINT.format(choices="、".join(words))
    examples = schema.get("examples", ())
    return _DATE_HINT.format(example=examples[0]) if examples else ""


def _part(section: Section, blocks: list[Block], edition: Edition) -> Iterator[Line]:
    heading, *others = (block for block in blocks if isinstance(block, Paragraph))
    yield Line(Kind.HEAD, heading.text)
    if section.prompt:
        yield Line(Kind.HINT, HINT, f"（{section.prompt.zh}）")
    texts = [one.text for one in others if one.role is Role.TEXT] or [""]
    yield from _field("", texts, Line(Kind.TEXT, mark=particular_mark(edition, section.pointer)))
    yield Line(Kind.GAP)
