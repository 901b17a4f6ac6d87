"""The layout: the official form as filled, the same for a blank, a draft and a filed report."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.grid import CellRole, Paragraph, Role, Table
from disclosure_spec.marks import LONGEST, marks
from disclosure_spec.particulars import CHOICES, particulars
from disclosure_spec.prompts import prompt
from disclosure_spec.writing.layout import lay_out

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition


def tables(document: Document, edition: Edition) -> list[Table]:
    """Return the tables of a report."""
    return [block for block in lay_out(document, edition).blocks if isinstance(block, Table)]


def paragraphs(document: Document, edition: Edition, role: Role) -> list[str]:
    """Return the paragraphs of one role."""
    blocks = lay_out(document, edition).blocks
    return [block.text for block in blocks if isinstance(block, Paragraph) and block.role is role]


def area(table: Table) -> dict[tuple[int, int], str]:
    """Return what covers each place of a table; no two cells may cover one."""
    covered: dict[tuple[int, int], str] = {}
    for cell in (cell for row in table.rows for cell in row):
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                assert (row, column) not in covered
                covered[row, column] = cell.text
    return covered


def test_tables_have_the_grid_of_the_form(bench: Bench) -> None:
    """Cells and spans fill each table of the form without gap or overlap, as wide as it is printed."""
    made = tables(bench.report, bench.edition)[:-1]
    grids = [section.grid for section in bench.edition.sections if section.grid]
    for table, grid in zip(made, grids, strict=True):
        assert len(area(table)) == grid["rows"] * grid["columns"]
        assert table.widths == tuple(grid["widths"])


def test_every_cell_has_its_mark(bench: Bench) -> None:
    """Each input cell has a mark of its own, short enough for every program."""
    names = marks(bench.edition)
    made = [cell for table in tables(bench.report, bench.edition)[:-1] for row in table.rows for cell in row]
    inputs = [cell for cell in made if cell.role is CellRole.INPUT]
    assert [cell.mark for cell in inputs] == list(names.values())
    assert list(names) == list(bench.edition.cell_at)
    assert len(set(names.values())) == len(names)
    assert max(map(len, names.values())) <= LONGEST


def test_blank_is_blank(bench: Bench) -> None:
    """A blank has no number anywhere, and a prompt in each part in words."""
    document = blank(bench.edition)
    made = [cell for table in tables(document, bench.edition) for row in table.rows for cell in row]
    assert {cell.text for cell in made if cell.role is CellRole.INPUT} == {""}
    wanted = [prompt(one, bench.edition) for one in bench.edition.sections if one.prompt]
    assert paragraphs(document, bench.edition, Role.PROMPT) == wanted
    assert not paragraphs(document, bench.edition, Role.TEXT)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (None, ""), ("/", "/"), (-3, "-3"), (Decimal("2.50"), "2.50"), (10**15, "1" + "0" * 15)],
)
def test_values_are_printed_as_they_are(bench: Bench, value: JSONValue, text: str) -> None:
    """Blank, 0 and marks stay different; digits are exact."""
    pointer = bench.edition.cells[0].pointer
    made = tables(bench.with_values({pointer: value}), bench.edition)[0]
    assert next(cell.text for row in made.rows for cell in row if cell.role is CellRole.INPUT) == text


def test_each_line_of_a_text_is_a_paragraph(bench: Bench) -> None:
    """A text of three lines gives three paragraphs under its heading, and no prompt."""
    pointer = next(one.pointer for one in bench.edition.sections if not one.rows)
    made = lay_out(bench.with_values({pointer: "甲\n二、乙\n丙"}), bench.edition).blocks
    heading = made.index(next(one for one in made if isinstance(one, Paragraph) and one.role is Role.HEADING))
    texts = [(one.text, one.role) for one in made[heading + 1 : heading + 4] if isinstance(one, Paragraph)]
    assert texts == [("甲", Role.TEXT), ("二、乙", Role.TEXT), ("丙", Role.TEXT)]


def test_title_or_the_name_of_the_form(bench: Bench) -> None:
    """The title stands at the head; without one it is the name of the form, which is no title."""
    titled = lay_out(bench.with_values({"/title": "某县水利局年报"}), bench.edition)
    assert titled.titles == ("某县水利局年报",)
    named = bench.without("/title") if "title" in bench.report else bench.report
    assert paragraphs(named, bench.edition, Role.CAPTION) == [bench.edition.form["title"]["zh"]]


def test_particulars_tell_what_the_form_has_no_place_for(bench: Bench) -> None:
    """The last table holds body, kind in Chinese, year, and keys of one's own as JSON; it can be left out."""
    document = bench.with_values({"/reporting_body/kind": "department", "/x-system-id": {"a": [1]}})
    rows = {row[0].text: row[1].text for row in tables(document, bench.edition)[-1].rows}
    labels = {one.pointer: one.label.zh for one in particulars(bench.edition)}
    assert rows[labels["/reporting_body/kind"]] == CHOICES["department"].zh
    assert rows[labels["/report_year"]] == str(document["report_year"])
    assert rows["/x-system-id"] == '{"a":[1]}'
    without = lay_out(document, bench.edition, with_particulars=False).blocks
    assert len([one for one in without if isinstance(one, Table)]) == 3
