"""The authored form, read from `form.yaml`: sections, tables, and trees of rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from disclosure_spec.authoring.basis import expand_basis
from disclosure_spec.errors import SpecificationError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Source = dict[str, Any]
"""A mapping as authored in YAML; its shape is what this module checks."""


@dataclass(frozen=True, slots=True)
class Node:
    """Stand for one printed label: a row, a column, or a group of them.

    Attributes:
        key: Part of the JSON Pointer, or None where the label names nothing.
        title: The printed label.
        aliases: Other wordings met in use.
        basis: Where the law or the form says so, expanded.
        children: The labels grouped under this one.
        columns: Name of the column set the children come from, if any.
        value: Type and unit of the cells, for a column without children.
    """

    key: str | None
    title: Wording
    aliases: tuple[str, ...] = ()
    basis: tuple[Source, ...] = ()
    children: tuple[Node, ...] = ()
    columns: str | None = None
    value: Source = field(default_factory=dict)

    @property
    def leaves(self) -> tuple[tuple[Node, ...], ...]:
        """Return the paths from this node down to each of its leaves."""
        if not self.children:
            return ((self,),)
        return tuple((self, *path) for child in self.children for path in child.leaves)


@dataclass(frozen=True, slots=True)
class Block:
    """Hold one header with the rows below it; a table is one block or several under each other."""

    columns: tuple[Node, ...]
    rows: tuple[Node, ...]
    band: Wording | None = None
    corner: Wording | None = None
    note: Wording | None = None
    spans: tuple[int, ...] = ()
    column_set: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Hold one table of the form: its printed number, column widths in twips, and blocks."""

    number: int
    widths: tuple[int, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one numbered part of the form: text, or a table."""

    key: str
    number: str
    title: Wording
    aliases: tuple[str, ...]
    prompt: Wording | None
    basis: tuple[Source, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class Form:
    """Hold a whole authored form."""

    edition: str
    source: Source
    sections: tuple[Section, ...]
    column_sets: Mapping[str, tuple[Node, ...]]


def parse_form(source: Source) -> Form:
    """Build the form from the mapping authored in `form.yaml`.

    Raises:
        SpecificationError: A required key is missing, or a column set is not defined.
    """
    try:
        sets = _ColumnSets(source["column_sets"], source["sources"])
        sections = tuple(_section(one, sets, source["sources"]) for one in source["sections"])
        return Form(source["form_edition"], source, sections, {name: sets.get(name) for name in sets.names})
    except KeyError as error:
        # Every key looked up above is a required one.
        raise SpecificationError(
            "form.missing_key",
            Wording(f"form.yaml 缺少 {error.args[0]}。", f"form.yaml lacks {error.args[0]!r}."),
        ) from error


class _ColumnSets:
    """Resolve named column sets, which may use each other."""

    def __init__(self, sets: Mapping[str, Sequence[Source]], sources: Source) -> None:
        self._sets = sets
        self._sources = sources

    @property
    def names(self) -> Iterator[str]:
        return iter(self._sets)

    def get(self, name: str) -> tuple[Node, ...]:
        return tuple(self.node(one) for one in self._sets[name])

    def node(self, source: Source) -> Node:
        columns = source.get("columns", ())
        children = self.get(columns) if isinstance(columns, str) else tuple(self.node(one) for one in columns)
        # Nearly every cell is a count; only the others say what they are.
        value = {"type": "count"} | {
            key: source[key] for key in ("type", "unit", "unit_key", "units") if key in source
        }
        return Node(
            key=source.get("key"),
            title=Wording.from_json(source["title"]),
            aliases=tuple(source.get("aliases", ())),
            children=children,
            columns=columns if isinstance(columns, str) else None,
            value={} if children else value,
        )

    def row(self, source: Source) -> Node:
        return Node(
            key=source.get("key"),
            title=Wording.from_json(source["title"]),
            aliases=tuple(source.get("aliases", ())),
            basis=expand_basis(source.get("basis", ()), self._sources),
            children=tuple(self.row(one) for one in source.get("rows", ())),
        )

    def block(self, source: Source) -> Block:
        columns = source["columns"]
        return Block(
            columns=self.get(columns) if isinstance(columns, str) else tuple(map(self.node, columns)),
            rows=tuple(self.row(one) for one in source.get("rows", ())),
            band=_wording(source, "band"),
            corner=_wording(source, "corner"),
            note=_wording(source, "note"),
            spans=tuple(source.get("spans", ())),
            column_set=columns if isinstance(columns, str) else None,
        )


def _section(source: Source, sets: _ColumnSets, sources: Source) -> Section:
    table = source.get("table")
    return Section(
        key=source["key"],
        number=source["number"],
        title=Wording.from_json(source["title"]),
        aliases=tuple(source.get("aliases", ())),
        prompt=_wording(source, "prompt"),
        basis=expand_basis(source.get("basis", ()), sources),
        table=None
        if table is None
        else Table(
            number=table["number"],
            widths=tuple(table["widths"]),
            blocks=tuple(sets.block(one) for one in table["blocks"]),
        ),
    )


def _wording(source: Source, key: str) -> Wording | None:
    return Wording.from_json(source[key]) if key in source else None
