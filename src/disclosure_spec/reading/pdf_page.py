"""One page of a PDF: its ruled tables cell by cell, and the lines of text outside of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pdfplumber.table import merge_edges

from disclosure_spec._values import dataclass
from disclosure_spec.reading.pdf_lines import Glyph, glyph, lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pdfplumber.page import Page

    from disclosure_spec.reading.pdf_lines import Line

_Box: TypeAlias = tuple[float, float, float, float]
_Cell: TypeAlias = tuple[str, int, int, int, int]

_THICKEST_RULE: Final = 4.0
"""In points: office programs draw a border as a thin filled rectangle; a thicker one is a background."""

_SLOPE: Final = 0.1
"""Of a line that still is level."""

_WHOLE_PAGE: Final = 0.7
"""Share of the page that a picture covers where a page was scanned."""

_UNNAMED: Final = "(cid:"
"""What stands for a glyph whose character the file does not say."""


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: each row holds text, row, column, rowspan and colspan of the cells that start in it."""

    top: float
    rows: tuple[tuple[_Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class PageParts:
    """What is on a page.

    Attributes:
        characters: How many visible ones it has.
        unnamed: How many of them the file has no character for.
        turned: Text that does not stand upright, such as a watermark.
        scanned: A picture covers the page.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...]
    characters: int
    unnamed: int
    turned: str
    scanned: bool


def parts(page: Page) -> PageParts:
    """Return the tables and lines of a page."""
    # Bold is at times printed twice, a hair apart; read as it lies there, 3 would become 33.
    page = page.dedupe_chars(tolerance=1)
    glyphs = [glyph(char) for char in page.chars if _is_upright(char)]
    turned = "".join(str(char["text"]) for char in page.chars if not _is_upright(char))
    ruled = page.filter(_may_rule)
    settings = {"explicit_horizontal_lines": list(_missing_rules(ruled))}
    found = (table.cells for table in ruled.find_tables(settings))
    tables = [cells for cells in found if len({cell[0] for cell in cells}) > 1]
    outside, inside = _shared_out(glyphs, [cell for cells in tables for cell in cells])
    visible = [one for one in glyphs if one.text.strip()]
    return PageParts(
        number=page.page_number,
        width=float(page.width),
        height=float(page.height),
        lines=tuple(lines(outside, page.page_number)),
        tables=tuple(_table(cells, inside) for cells in tables),
        characters=len(visible),
        unnamed=sum(one.text.startswith(_UNNAMED) for one in visible),
        turned=" ".join(turned.split()),
        scanned=any(_covers(image, page) for image in page.images),
    )


def _is_upright(char: dict[str, Any]) -> bool:
    """Tell characters on level lines; the library calls those of a slanting watermark upright too."""
    along, across, *_ = char["matrix"]
    return bool(char["upright"] and abs(across) < _SLOPE * abs(along))


def _may_rule(item: dict[str, Any]) -> bool:
    """Tell borders from the backgrounds behind paragraphs, which would make a table of every text."""
    if item["object_type"] != "rect" or item["stroke"]:
        return True
    return bool(min(item["width"], item["height"]) <= _THICKEST_RULE)


def _missing_rules(page: Page) -> Iterator[dict[str, Any]]:
    """Give the rules that a table cut by the end of the page lacks: its columns end there, side by side."""
    edges = merge_edges(page.edges, *[_THICKEST_RULE] * 4)
    columns = sorted((edge for edge in edges if edge["orientation"] == "v"), key=lambda edge: edge["x0"])
    for end in ("top", "bottom"):
        for y in {edge[end] for edge in columns}:
            above, below = y + _THICKEST_RULE, y - _THICKEST_RULE
            met = [one for one in columns if one["top"] <= above and one["bottom"] >= below]
            for left, right in pairwise(met):
                # One that goes on belongs to a cell over several rows.
                if abs(left[end] - y) < _THICKEST_RULE and abs(right[end] - y) < _THICKEST_RULE:
                    rule = {"x0": left["x0"], "x1": right["x0"], "top": y, "bottom": y}
                    yield rule | {"object_type": "line", "width": rule["x1"] - rule["x0"], "height": 0}


def _covers(image: dict[str, Any], page: Page) -> bool:
    area = (image["x1"] - image["x0"]) * (image["bottom"] - image["top"])
    return bool(area > _WHOLE_PAGE * page.width * page.height)


def _shared_out(
    glyphs: Sequence[Glyph], cells: Sequence[_Box]
) -> tuple[list[Glyph], dict[_Box, list[Glyph]]]:
    """Return the glyphs in no cell, and those of each cell; none is lost between two tables."""
    outside: list[Glyph] = []
    inside: dict[_Box, list[Glyph]] = defaultdict(list)
    for one in glyphs:
        x, y = one.middle
        cell = next((box for box in cells if box[0] <= x < box[2] and box[1] <= y < box[3]), None)
        (outside if cell is None else inside[cell]).append(one)
    return outside, inside


def _table(cells: Sequence[_Box], inside: dict[_Box, list[Glyph]]) -> RuledTable:
    # A cell starts where a line does, so the edges on the left and at the top are all columns and rows.
    columns = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    rows: list[list[_Cell]] = [[] for _ in tops]
    for cell in sorted(cells, key=lambda box: (box[1], box[0])):
        row, column = tops.index(cell[1]), columns.index(cell[0])
        text = "\n".join(line.text for line in lines(inside[cell], 0))
        rowspan = bisect_left(tops, cell[3] - _THICKEST_RULE) - row
        colspan = bisect_left(columns, cell[2] - _THICKEST_RULE) - column
        rows[row].append((text, row, column, max(1, rowspan), max(1, colspan)))
    return RuledTable(tops[0], tuple(map(tuple, rows)))
