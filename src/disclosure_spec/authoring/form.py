"""`form.yaml` → `form.json`: the tables laid out as printed, every input cell with its pointer and labels."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.authoring.model import Block, Form, Node, Section, Table
    from disclosure_spec.wording import Wording

Cell = dict[str, Any]
_FRONT = ("form_edition", "official_document", "report_years", "title", "sources", "recognition")


def build_form(form: Form, spec_version: str) -> dict[str, Any]:
    """Return the published form: the authored head, and the sections with their tables laid out as grids."""
    front = {key: form.source[key] for key in _FRONT}
    return {"spec_version": spec_version, **front, "sections": [_section(one) for one in form.sections]}


def _section(section: Section) -> dict[str, Any]:
    published: dict[str, Any] = {
        "key": section.key,
        "pointer": f"/{section.key}",
        "number": section.number,
        "title": section.title.as_json(),
        "aliases": list(section.aliases),
        "prompt": section.prompt.as_json() if section.prompt else None,
        "basis": list(section.basis),
        "table": None,
    }
    if section.table:
        published["table"] = _table(section.key, section.table)
    return published


def _table(key: str, table: Table) -> dict[str, Any]:
    # All blocks of a table share the label columns of the deepest row.
    labels = max(
        (len(path) for block in table.blocks for row in block.rows for path in row.leaves), default=0
    )
    cells: list[Cell] = []
    top = 0
    for block in table.blocks:
        height = _BlockLayout(block, f"/{key}", top, labels, len(table.widths)).place(cells)
        top += height
    # Reading order is form order: a cell's place in it is its ordinal everywhere else.
    cells.sort(key=lambda cell: (cell["row"], cell["column"]))
    return {
        "number": table.number,
        "rows": top,
        "columns": len(table.widths),
        "widths": list(table.widths),
        "cells": cells,
    }


class _BlockLayout:
    """Place the cells of one block: band, header, row labels, inputs."""

    def __init__(self, block: Block, prefix: str, top: int, labels: int, width: int) -> None:
        self.block = block
        self.prefix = prefix
        self.labels = labels
        self.width = width
        self.columns = [path for column in block.columns for path in column.leaves]
        spans = block.spans or (1,) * len(self.columns)
        self.starts = [labels, *(labels + end for end in accumulate(spans))]
        self.head_top = top + (1 if block.band else 0)
        self.head_height = max(len(path) for path in self.columns)
        self.top = top

    def place(self, cells: list[Cell]) -> int:
        """Add the block's cells and return the number of grid rows it takes."""
        block = self.block
        if block.band:
            cells.append(_cell("band", self.top, 0, 1, self.width, block.band))
        for kind, text in (("header", block.corner), ("note", block.note)):
            if text:
                cells.append(_cell(kind, self.head_top, 0, self.head_height, self.labels, text))
        self._place_header(cells)
        body = self.head_top + self.head_height
        # Table 4 has one row of values and prints no label for it.
        rows: Sequence[tuple[Node, ...]] = [path for row in block.rows for path in row.leaves] or [()]
        seen: set[int] = set()
        for offset, path in enumerate(rows):
            cells.extend(self._row_labels(path, body + offset, seen))
            cells.extend(self._inputs(path, body + offset))
        return body + len(rows) - self.top

    def _place_header(self, cells: list[Cell]) -> None:
        def place(node: Node, depth: int, first: int) -> int:
            last = first
            for child in node.children:
                last = place(child, depth + 1, last)
            last = last if node.children else first + 1
            height = 1 if node.children else self.head_height - depth
            width = self.starts[last] - self.starts[first]
            cells.append(
                _cell("header", self.head_top + depth, self.starts[first], height, width, node.title, node)
            )
            return last

        first = 0
        for column in self.block.columns:
            first = place(column, 0, first)

    def _row_labels(self, path: tuple[Node, ...], row: int, seen: set[int]) -> Iterator[Cell]:
        for depth, node in enumerate(path):
            if id(node) in seen:
                continue
            # By identity: rows with equal labels are still two rows, and a node holds a dict: no hash.
            seen.add(id(node))
            width = 1 if node.children else self.labels - depth
            cell = _cell("rowlabel", row, depth, len(node.leaves), width, node.title, node)
            yield cell | {"key": node.key, "basis": list(node.basis)}

    def _inputs(self, row_path: tuple[Node, ...], row: int) -> Iterator[Cell]:
        band = [self.block.band] if self.block.band else []
        row_titles = band + [node.title for node in row_path]
        for index, column_path in enumerate(self.columns):
            keys = [node.key for node in (*row_path, *column_path) if node.key]
            titles = [node.title for node in column_path if not self._is_caption(node)]
            leaf = column_path[-1]
            start, end = self.starts[index : index + 2]
            cell: Cell = {
                "kind": "input",
                "row": row,
                "column": start,
                "rowspan": 1,
                "colspan": end - start,
                "pointer": "/".join((self.prefix, *keys)),
                "labels": self._key_labels(row_path) + self._key_labels(column_path),
                "row_path": _both(row_titles),
                "column_path": _both(titles),
                "type": leaf.value["type"],
            }
            for name in ("unit", "units"):
                if name in leaf.value:
                    cell[name] = leaf.value[name]
            if "unit_key" in leaf.value:
                parent = cell["pointer"].rpartition("/")[0]
                cell["unit_pointer"] = f"{parent}/{leaf.value['unit_key']}"
            yield cell

    def _key_labels(self, path: tuple[Node, ...]) -> list[dict[str, str]]:
        """Return a label for each key of the path; labels that name nothing go before the next that does."""
        labels: list[dict[str, str]] = []
        before: list[Wording] = []
        for node in path:
            if not self._is_caption(node):
                before.append(node.title)
            if node.key:
                titles = _both(before)
                labels.append({language: " › ".join(texts) for language, texts in titles.items()})
                before = []
        return labels

    def _is_caption(self, node: Node) -> bool:
        """Tell whether the label stands over all columns, so that it tells none of them apart."""
        return bool(node.children) and len(node.leaves) == len(self.columns)


def _cell(  # noqa: PLR0913, PLR0917 - a cell's place is four numbers
    kind: str, row: int, column: int, rowspan: int, colspan: int, text: Wording, node: Node | None = None
) -> Cell:
    cell: Cell = {"kind": kind, "row": row, "column": column, "rowspan": rowspan, "colspan": colspan}
    cell["text"] = text.as_json()
    if node and node.aliases:
        cell["aliases"] = list(node.aliases)
    return cell


def _both(titles: list[Wording]) -> dict[str, list[str]]:
    return {"zh": [title.zh for title in titles], "en": [title.en for title in titles]}
