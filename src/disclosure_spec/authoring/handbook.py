"""The tables of `schema/README.md`, made from what is published, so that the handbook cannot lag behind."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.edition import SEPARATOR
from disclosure_spec.errors import SpecificationError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Catalogue, Edition, Section
    from disclosure_spec.rules import Rule

_BLOCK: Final = re.compile(
    r"(?P<open><!-- generated: (?P<name>[^\s>]+) -->\n)(?P<body>.*?)(?P<end><!-- end -->)", re.DOTALL
)
_OPEN: Final = re.compile(r"<!-- generated: ")
_FEWEST_ROWS: Final = 3
"""From so many rows on with the same columns, the columns are described once and each row takes a line."""

_Cell = dict[str, Any]
_Line = tuple[str, ...]


def fill_handbook(text: str, catalogue: Catalogue) -> str:
    """Return the handbook with a table of cells and one of rules put between each pair of markers.

    Args:
        text: The handbook; `<!-- generated: 1.0/2021 -->` and `<!-- end -->` enclose what is made.
        catalogue: Where the editions come from.

    Raises:
        SpecificationError: A marker without an end.
        UsageError: A marker names a version or edition that does not exist.
    """

    def put(match: re.Match[str]) -> str:
        version, _, name = match["name"].partition("/")
        lines = "\n".join(_tables(catalogue.edition(name, version)))
        return f"{match['open']}\n{lines}\n{match['end']}"

    filled, blocks = _BLOCK.subn(put, text)
    # A marker without its end takes all up to the end of the next one, and the counts differ.
    if blocks != len(_OPEN.findall(text)):
        raise SpecificationError(
            "handbook.marker",
            Wording(
                "README.md中有<!-- generated: … -->没有对应的<!-- end -->。",
                "A <!-- generated: … --> in README.md has no <!-- end -->.",
            ),
        )
    return filled


def _tables(edition: Edition) -> Iterator[str]:
    yield from _heading("报告的基本信息", "About the report")
    yield from _table(("指针 pointer", "名称 label", "类型 type", "必填 required"), _head(edition))
    for section in edition.sections:
        yield from _heading(section.heading.zh, section.heading.en)
        yield from _section(section)
    yield from _heading("规则", "Rules")
    yield from _table(("编号 id", "级别 severity", "状态 status", "规则"), map(_rule, edition.rules))


def _heading(zh: str, en: str) -> tuple[str, str]:
    return f"#### {zh} · {en}", ""


def _head(edition: Edition) -> Iterator[_Line]:
    """Yield what stands around the form's own sections, from the schema."""
    # The schema has it all; the form's own sections are listed by themselves further down.
    sections = {section.pointer.removeprefix("/") for section in edition.sections}
    properties = {key: one for key, one in edition.schema["properties"].items() if key not in sections}
    head = {"properties": properties, "required": edition.schema["required"]}
    for pointer, kind, required in _properties(head, edition.schema["$defs"], ""):
        yield _code(pointer), edition.label(pointer).zh, kind, "是 yes" if required else "否 no"


def _properties(
    schema: Mapping[str, Any], definitions: Mapping[str, Any], prefix: str
) -> Iterator[tuple[str, str, bool]]:
    for key, own in schema["properties"].items():
        target = definitions[own["$ref"].rpartition("/")[2]] if "$ref" in own else own
        required = key in schema["required"]
        yield f"{prefix}/{key}", _value_type(own, target), required
        if "properties" in target:
            yield from _properties(target, definitions, f"{prefix}/{key}")


def _value_type(own: Mapping[str, Any], target: Mapping[str, Any]) -> str:
    if "const" in target:
        return _code(f'"{target["const"]}"')
    if "enum" in target:
        return "、".join(_code(str(one)) for one in target["enum"])
    name = own.get("$ref", "").rpartition("/")[2]
    return _code(name if name in {"text", "date"} else str(target["type"]))


def _section(section: Section) -> Iterator[str]:
    if section.grid is None:
        yield from _table(_COLUMNS, [(_code(section.pointer), section.title.zh, _code("text"))])
        return
    inputs = [cell for cell in section.grid["cells"] if cell["kind"] == "input"]
    rows = [list(cells) for _, cells in groupby(inputs, key=lambda cell: cell["row"])]
    # Alike only while they follow each other: the handbook keeps the order of the form.
    blocks = [list(alike) for _, alike in groupby(rows, key=_shape)]
    for is_long, some in groupby(blocks, key=_is_long):
        if is_long:
            for block in some:
                yield from _described_once(block)
        else:
            yield from _table(_COLUMNS, (_cell_line(cell) for block in some for row in block for cell in row))


def _is_long(block: Sequence[Sequence[_Cell]]) -> bool:
    return len(block) >= _FEWEST_ROWS and len(block[0]) > 1


_COLUMNS: Final = ("指针 pointer", "表上的名称 label", "类型 type")


def _shape(row: Sequence[_Cell]) -> tuple[tuple[str, str], ...]:
    """Return the key and type of each column: rows with the same are listed by row."""
    return tuple((_key(cell), cell["type"]) for cell in row)


def _key(cell: _Cell) -> str:
    return str(cell["pointer"]).rpartition("/")[2]


def _described_once(rows: Sequence[Sequence[_Cell]]) -> Iterator[str]:
    yield "以下每一行都有这些列，指针为“行的指针/列的键”。Each row below has these columns;"
    yield "the pointer of a cell is the row's pointer, a slash, and the column's key."
    yield ""
    columns = ((_code(_key(cell)), _path(cell["column_path"]), _type(cell)) for cell in rows[0])
    yield from _table(("列的键 key", "列 column", "类型 type"), columns)
    lines = ((_code(row[0]["pointer"].rpartition("/")[0]), _path(row[0]["row_path"])) for row in rows)
    yield from _table(("行的指针 pointer", "行 row"), lines)


def _cell_line(cell: _Cell) -> _Line:
    labels = [_path(cell[name]) for name in ("row_path", "column_path") if cell[name]["zh"]]
    return _code(cell["pointer"]), SEPARATOR.join(labels), _type(cell)


def _path(labels: Mapping[str, Sequence[str]]) -> str:
    return SEPARATOR.join(labels["zh"])


def _type(cell: _Cell) -> str:
    kind = _code(cell["type"])
    if "unit" in cell:
        return f"{kind}，{cell['unit']}"
    if "unit_pointer" in cell:
        return f"{kind}，{'、'.join(cell['units'])}，单位见 {_code(cell['unit_pointer'])}"
    return kind


def _rule(rule: Rule) -> _Line:
    return _code(rule.id), rule.severity, rule.status, rule.title.zh


def _table(head: _Line, lines: Iterable[_Line]) -> Iterator[str]:
    yield _line(head)
    yield _line(["---"] * len(head))
    yield from map(_line, lines)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _code(text: str) -> str:
    return f"`{text}`"
