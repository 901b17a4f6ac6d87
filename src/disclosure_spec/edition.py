"""An edition of the official form, and the catalogue of all that are published."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from itertools import groupby

from disclosure_spec._resources import folder, read
from disclosure_spec._typing import TYPE_CHECKING, Any, Final
from disclosure_spec._values import dataclass
from disclosure_spec.errors import SpecificationError, UsageError
from disclosure_spec.rules import Rule
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable

SEPARATOR: Final = " › "
"""Stands between the labels of a path, from the section down to the column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One input cell of the form.

    Attributes:
        index: Position in form order.
        pointer: Where its value stands in a document.
        type: `count`, `signed_count` or `amount`.
        label: Section, row and column as printed.
        unit: The unit printed on the form for an amount, for example 万元.
        units: The units an amount may state for itself.
        unit_pointer: Where a document keeps that unit.
    """

    index: int
    pointer: str
    type: str
    label: Wording
    unit: str | None
    units: tuple[str, ...]
    unit_pointer: str | None


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label and the other wordings met in use."""

    text: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of input cells with its labels, from the outermost group to its own; none if none is printed."""

    labels: tuple[Label, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the form: text, or a table with its rows.

    Attributes:
        grid: The table's cells as published in `form.json`, for a layout; None for a text.
        headers: Labels of the table that belong to no row: bands, column titles, notes.
    """

    pointer: str
    number: str
    title: Wording
    aliases: tuple[str, ...]
    prompt: Wording | None
    basis: tuple[Mapping[str, Any], ...]
    rows: tuple[Row, ...]
    headers: tuple[Label, ...]
    grid: Mapping[str, Any] | None

    @property
    def heading(self) -> Wording:
        """Return number and title as printed."""
        return Wording(f"{self.number}{self.title.zh}", self.title.en)


class Edition:
    """Hold everything the specification says about one edition of the form; read-only.

    Attributes:
        spec_version: Version of the specification, `1.0`.
        name: The edition, `2021`.
        form: `form.json` as published.
        schema: `report.schema.json`: a complete report.
        draft_schema: `draft.schema.json`: the same with blanks.
        published_rules: `rules.json` as published.
        rules: The rules to check by, in published order: those published unless changed by `with_rules`.
    """

    def __init__(
        self,
        form: Mapping[str, Any],
        rules: Mapping[str, Any],
        schema: Mapping[str, Any],
        draft_schema: Mapping[str, Any],
    ) -> None:
        self.spec_version: str = form["spec_version"]
        self.name: str = form["form_edition"]
        self.form = form
        self.schema = schema
        self.draft_schema = draft_schema
        self.published_rules = rules
        self.rules = tuple(Rule.from_json(rule) for rule in rules["rules"])
        cells: list[Cell] = []
        self.sections = tuple(_section(one, cells) for one in form["sections"])
        self.cells = tuple(cells)

    def __repr__(self) -> str:
        return f"<Edition {self.spec_version}/{self.name}>"

    def with_rules(self, rules: Iterable[Rule]) -> Edition:
        """Return the same edition held to other rules; the published catalogue stays as it is."""
        from copy import copy  # noqa: PLC0415 - a profile asks for it, and most checks have none

        changed = copy(self)
        changed.rules = tuple(rules)
        return changed

    @cached_property
    def cell_at(self) -> Mapping[str, Cell]:
        """Return the input cells by pointer."""
        return {cell.pointer: cell for cell in self.cells}

    @cached_property
    def cells_in(self) -> Sequence[tuple[str, Sequence[tuple[str, Cell]]]]:
        """Return the input cells in form order, by the object they are in, each with its key there."""
        rows = groupby(self.cells, key=lambda cell: cell.pointer.rpartition("/")[0])
        return [
            (parent, [(cell.pointer.rpartition("/")[2], cell) for cell in cells]) for parent, cells in rows
        ]

    @cached_property
    def section_at(self) -> Mapping[str, Section]:
        """Return the sections by pointer."""
        return {section.pointer: section for section in self.sections}

    def rule(self, rule_id: str) -> Rule:
        """Return one rule.

        Raises:
            UsageError: There is no such rule in this edition.
        """
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise UsageError(
            "rule.unknown",
            Wording(
                f"{self.name}年版没有规则“{rule_id}”；用 disclosure-spec rules list 查看全部规则。",
                f"Edition {self.name} has no rule {rule_id!r}; see disclosure-spec rules list.",
            ),
        )

    def label(self, pointer: str) -> Wording:
        """Return the printed labels on the way to a pointer; a key without one is its own."""
        if pointer in self.cell_at:
            return self.cell_at[pointer].label
        titles = list(_schema_titles(self.schema, pointer))
        zh, en = (SEPARATOR.join(title.get(one) for title in titles) for one in LANGUAGES)
        return Wording(zh or pointer, en or pointer)


class Catalogue:
    """All editions of one specification folder.

    Args:
        root: A folder laid out as the published `schema/`; the one installed with the package when None.

    Raises:
        SpecificationError: The folder has no readable `index.json`.
    """

    def __init__(self, root: Traversable | None = None) -> None:
        self._root = root
        self.index = _load(self._root, "index.json")
        self._editions: dict[tuple[str, str], Edition] = {}

    @property
    def latest(self) -> str:
        """Return the newest version of the specification."""
        return str(self.index["latest"]["spec"])

    def names(self, spec_version: str | None = None) -> tuple[str, ...]:
        """Return the editions of one version of the specification, the newest when None."""
        return tuple(entry["edition"] for entry in self._spec(spec_version)["editions"])

    def editions(self, spec_version: str | None = None) -> tuple[Edition, ...]:
        """Return all editions of one version of the specification, the newest when None."""
        return tuple(self.edition(name, spec_version) for name in self.names(spec_version))

    def edition(self, name: str, spec_version: str | None = None) -> Edition:
        """Return one edition.

        Raises:
            UsageError: There is no such edition or version; nothing is guessed from similar names.
        """
        version = spec_version if spec_version is not None else self.latest
        if (version, name) not in self._editions:
            if name not in self.names(version):
                known = self.names(version)
                raise UsageError(
                    "edition.unknown",
                    Wording(
                        f"没有“{name}”版格式；现有：{'、'.join(known)}。",
                        f"No form edition {name!r}; there are: {', '.join(known)}.",
                    ),
                )
            self._editions[version, name] = Edition(
                *(
                    _load(self._root, f"{version}/{name}/{file}")
                    for file in ("form.json", "rules.json", "report.schema.json", "draft.schema.json")
                )
            )
        return self._editions[version, name]

    def _spec(self, spec_version: str | None) -> Mapping[str, Any]:
        version = spec_version if spec_version is not None else self.latest
        for spec in self.index["specs"]:
            if spec["version"] == version:
                return dict(spec)
        known = [spec["version"] for spec in self.index["specs"]]
        raise UsageError(
            "spec.unknown",
            Wording(
                f"没有规范版本“{version}”；现有：{'、'.join(known)}。",
                f"No specification version {version!r}; there are: {', '.join(known)}.",
            ),
        )


@lru_cache(maxsize=1)
def installed() -> Catalogue:
    """Return the catalogue installed with the package."""
    return Catalogue()


def _load(root: Traversable | None, path: str) -> Mapping[str, Any]:
    try:
        content = read("schema", path) if root is None else root.joinpath(*path.split("/")).read_bytes()
        # Not the strict reader: its limits and advice are made for reports. Decoded in one piece, which takes
        # a third of the time of reading as text.
        data = json.loads(content.decode())
    # ValueError is what broken JSON and broken UTF-8 have in common.
    except (OSError, ValueError) as error:
        raise _damaged(root, path, str(error)) from error
    if not isinstance(data, dict):
        raise _damaged(root, path, type(data).__name__)
    return data


def _damaged(root: Traversable | None, path: str, problem: str) -> SpecificationError:
    file = (root or folder("schema")).joinpath(*path.split("/"))
    return SpecificationError(
        "specification.unreadable",
        Wording(
            f"规范文件{file}缺失或已损坏：{problem}",
            f"The specification file {file} is missing or damaged: {problem}",
        ),
    )


def _section(data: Mapping[str, Any], cells: list[Cell]) -> Section:
    title = Wording.from_json(data["title"])
    table = data["table"]
    rows: list[Row] = []
    headers: list[Label] = []
    if table:
        heading = Wording(f"{data['number']}{title.zh}", title.en)
        rows = list(_rows(table, heading, cells))
        headers = [_label(cell) for cell in table["cells"] if cell["kind"] in {"band", "header", "note"}]
    return Section(
        pointer=data["pointer"],
        number=data["number"],
        title=title,
        aliases=tuple(data["aliases"]),
        prompt=Wording.from_json(data["prompt"]) if data["prompt"] else None,
        basis=tuple(data["basis"]),
        rows=tuple(rows),
        headers=tuple(headers),
        grid=table,
    )


def _rows(table: Mapping[str, Any], heading: Wording, cells: list[Cell]) -> list[Row]:
    labels: dict[int, list[Label]] = {}
    inputs: dict[int, list[Cell]] = {}
    for cell in table["cells"]:
        if cell["kind"] == "rowlabel":
            # The label of a group stands in one cell but belongs to every row it spans.
            for row in range(cell["row"], cell["row"] + cell["rowspan"]):
                labels.setdefault(row, []).append(_label(cell))
        elif cell["kind"] == "input":
            made = _cell(cell, heading, len(cells))
            cells.append(made)
            # form.json lists cells in reading order, so these come as their columns do.
            inputs.setdefault(cell["row"], []).append(made)
    return [Row(tuple(labels.get(row, ())), tuple(found)) for row, found in inputs.items()]


def _label(cell: Mapping[str, Any]) -> Label:
    return Label(cell["text"]["zh"], tuple(cell.get("aliases", ())))


def _cell(data: Mapping[str, Any], heading: Wording, index: int) -> Cell:
    zh, en = (
        SEPARATOR.join((heading.get(one), *data["row_path"][one], *data["column_path"][one]))
        for one in LANGUAGES
    )
    return Cell(
        index=index,
        pointer=data["pointer"],
        type=data["type"],
        label=Wording(zh, en),
        unit=data.get("unit"),
        units=tuple(data.get("units", ())),
        unit_pointer=data.get("unit_pointer"),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One key on the way down a schema.

    Attributes:
        parent: The schema of the object the key is in, references followed.
        own: The schema that stands at the key.
        schema: The same, references followed; empty for a key the schema does not know.
    """

    key: str
    parent: Mapping[str, Any]
    own: Mapping[str, Any]
    schema: Mapping[str, Any]


def walk_schema(schema: Mapping[str, Any], pointer: str) -> Iterator[Step]:
    """Yield the steps from the root of a schema to a pointer into its documents."""
    node = schema
    for key in pointer.split("/")[1:]:
        own = node.get("properties", {}).get(key, {})
        # References are all `#/$defs/…`: every published file stands alone.
        target = schema["$defs"][own["$ref"].rpartition("/")[2]] if "$ref" in own else own
        yield Step(key, node, own, target)
        node = target


def _schema_titles(schema: Mapping[str, Any], pointer: str) -> Iterator[Wording]:
    """Yield the titles on the way down a schema; a key without a title is its own."""
    for step in walk_schema(schema, pointer):
        # A title beside the reference is that of this place, the one behind it that of all.
        titled = step.own if "title" in step.own else step.schema
        # Descriptions begin with the English name, set off by a dash from what is explained.
        english = titled.get("description", step.key).partition(" — ")[0].rstrip(".")
        yield Wording(titled["title"], english) if "title" in titled else Wording(step.key, step.key)
