"""A small invented form is laid out as printed: bands, groups, spans, labels and pointers."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure_spec.authoring.form import build_form
from disclosure_spec.authoring.model import parse_form
from disclosure_spec.errors import SpecificationError


def words(text: str) -> dict[str, str]:
    """Return a wording that says the same in both languages."""
    return {"zh": text, "en": f"{text} en"}


def label(text: str, key: str | None = None, **more: object) -> dict[str, Any]:
    """Return an authored row or column."""
    return {"title": words(text), **({"key": key} if key else {}), **more}


def source(*blocks: dict[str, Any], widths: int = 5) -> dict[str, Any]:
    """Return an authored form with one part in words and one table."""
    return {
        "form_edition": "2030",
        "official_document": {},
        "report_years": {},
        "title": words("报告"),
        "sources": {"law": words("法")},
        "recognition": {},
        "column_sets": {
            "pair": [label("甲", "a"), label("乙", "b", type="amount", unit="元")],
            "grouped": [label("全部", columns=[label("组", columns="pair"), label("丙", "c")])],
        },
        "sections": [
            {"key": "words", "number": "一、", "title": words("文字"), "basis": ["law 5"]},
            {
                "key": "table",
                "number": "二、",
                "title": words("表格"),
                "aliases": ["表"],
                "prompt": words("请填"),
                "table": {"number": 2, "widths": [100] * widths, "blocks": list(blocks)},
            },
        ],
    }


def lay_out(*blocks: dict[str, Any], widths: int = 5) -> list[dict[str, Any]]:
    """Return the cells of the table."""
    form = build_form(parse_form(source(*blocks, widths=widths)), "9.9")
    cells: list[dict[str, Any]] = form["sections"][1]["table"]["cells"]
    return cells


def places(cells: list[dict[str, Any]], *kinds: str) -> list[tuple[object, ...]]:
    """Return kind, place, spans and label or pointer of the cells of some kinds."""
    return [
        (one["row"], one["column"], one["rowspan"], one["colspan"], one.get("pointer") or one["text"]["zh"])
        for one in cells
        if one["kind"] in kinds
    ]


BANDED = {
    "band": words("带"),
    "corner": words("角"),
    "columns": "pair",
    "spans": [3, 1],
    "rows": [label("行", "row")],
}
GROUPED = {
    "note": words("注"),
    "columns": "grouped",
    "rows": [
        label("一", "one"),
        label("二", rows=[label("子", "child", basis=["law 7(2)"]), label("丑", "other")]),
    ],
}


def test_parts_keep_their_words_and_law() -> None:
    """A part carries number, title, other wordings, prompt and law written out; one in words has no table."""
    text, table = build_form(parse_form(source(BANDED)), "9.9")["sections"]

    assert (text["pointer"], text["prompt"], text["aliases"], text["table"]) == ("/words", None, [], None)
    assert text["basis"] == [{"source": "law", "zh": "法第五条", "en": "法 en, article 5"}]
    assert (table["number"], table["title"]["zh"], table["aliases"]) == ("二、", "表格", ["表"])
    assert table["prompt"] == words("请填")


def test_band_covers_the_table_and_stands_above_the_header() -> None:
    """A band spans every column; the corner and the column titles stand below it."""
    cells = lay_out(BANDED)

    assert places(cells, "band") == [(0, 0, 1, 5, "带")]
    assert places(cells, "header") == [(1, 0, 1, 1, "角"), (1, 1, 1, 3, "甲"), (1, 4, 1, 1, "乙")]


def test_spans_widen_a_column_and_its_inputs() -> None:
    """A column over three grid columns has inputs over three."""
    assert places(lay_out(BANDED), "rowlabel", "input") == [
        (2, 0, 1, 1, "行"),
        (2, 1, 1, 3, "/table/row/a"),
        (2, 4, 1, 1, "/table/row/b"),
    ]


def test_groups_of_columns_span_their_columns() -> None:
    """A group stands over its columns; a column without children reaches down to the rows."""
    cells = lay_out(GROUPED)

    assert places(cells, "note") == [(0, 0, 3, 2, "注")]
    assert places(cells, "header") == [
        (0, 2, 1, 3, "全部"),
        (1, 2, 1, 2, "组"),
        (1, 4, 2, 1, "丙"),
        (2, 2, 1, 1, "甲"),
        (2, 3, 1, 1, "乙"),
    ]


def test_groups_of_rows_span_their_rows() -> None:
    """A group stands left of its rows; a row without a group takes the width of all labels."""
    assert places(lay_out(GROUPED), "rowlabel") == [
        (3, 0, 1, 2, "一"),
        (4, 0, 2, 1, "二"),
        (4, 1, 1, 1, "子"),
        (5, 1, 1, 1, "丑"),
    ]


def test_pointer_is_made_of_the_keys() -> None:
    """A label without a key is printed, but no part of the pointer."""
    assert [one["pointer"] for one in lay_out(GROUPED) if one["kind"] == "input"] == [
        f"/table/{row}/{column}" for row in ("one", "child", "other") for column in ("a", "b", "c")
    ]


def test_paths_leave_out_what_stands_over_all_columns() -> None:
    """Row and column path hold the printed labels, a band among them, but no title over every column."""
    banded = next(one for one in lay_out(BANDED) if one["kind"] == "input")
    grouped = next(one for one in lay_out(GROUPED) if one.get("pointer") == "/table/child/a")

    assert banded["row_path"] == {"zh": ["带", "行"], "en": ["带 en", "行 en"]}
    assert banded["column_path"]["zh"] == ["甲"]
    assert grouped["row_path"]["zh"] == ["二", "子"]
    assert grouped["column_path"] == {"zh": ["组", "甲"], "en": ["组 en", "甲 en"]}


def test_labels_are_one_for_each_key() -> None:
    """A label without a key goes before the next that has one."""
    cell = next(one for one in lay_out(GROUPED) if one.get("pointer") == "/table/child/a")

    assert cell["labels"] == [
        {"zh": "二 › 子", "en": "二 en › 子 en"},
        {"zh": "组 › 甲", "en": "组 en › 甲 en"},
    ]


def test_row_label_carries_key_law_and_other_wordings() -> None:
    """A row says its key and its law; a label says how else it is worded, if it is."""
    row = label("行", "row", aliases=["列"], basis=["law 7(2)"])
    cell = next(one for one in lay_out(BANDED | {"rows": [row]}) if one["kind"] == "rowlabel")
    plain = next(one for one in lay_out(GROUPED) if one["kind"] == "rowlabel")

    assert (cell["key"], cell["aliases"]) == ("row", ["列"])
    assert cell["basis"] == [{"source": "law", "zh": "法第七条第（二）项", "en": "法 en, article 7(2)"}]
    assert "aliases" not in plain
    assert plain["basis"] == []


def test_types_and_units() -> None:
    """A column is a count unless it says otherwise; an amount prints its unit or says where it stands."""
    own = label("额", "sum", type="amount", unit_key="unit", units=["元", "万元"])
    cells = lay_out(BANDED | {"columns": [label("甲", "a"), own]})
    count, amount = (one for one in cells if one["kind"] == "input")
    printed = next(one for one in lay_out(BANDED) if one.get("pointer") == "/table/row/b")

    assert (count["type"], "unit" in count, "units" in count) == ("count", False, False)
    assert (printed["type"], printed["unit"]) == ("amount", "元")
    assert (amount["type"], amount["units"]) == ("amount", ["元", "万元"])
    assert amount["unit_pointer"] == "/table/row/unit"


def test_blocks_stand_under_each_other() -> None:
    """The second block begins below the first, and labels take the width that the deepest block needs."""
    cells = lay_out(BANDED | {"spans": [2, 1]}, GROUPED)

    assert places(cells, "band", "note") == [(0, 0, 1, 5, "带"), (3, 0, 3, 2, "注")]
    assert (2, 0, 1, 2, "行") in places(cells, "rowlabel")
    assert cells == sorted(cells, key=lambda one: (one["row"], one["column"]))


def test_cells_cover_the_grid_once() -> None:
    """With spans counted, every place of the grid belongs to exactly one cell."""
    form = build_form(parse_form(source(BANDED | {"spans": [2, 1]}, GROUPED)), "9.9")
    table = form["sections"][1]["table"]
    covered = [
        (row, column)
        for cell in table["cells"]
        for row in range(cell["row"], cell["row"] + cell["rowspan"])
        for column in range(cell["column"], cell["column"] + cell["colspan"])
    ]

    assert sorted(covered) == [
        (row, column) for row in range(table["rows"]) for column in range(table["columns"])
    ]


def test_table_without_row_labels() -> None:
    """A block without rows has one line of inputs, whose pointers are made of column keys alone."""
    cells = lay_out({"columns": "pair"}, widths=2)

    assert places(cells, "header", "input") == [
        (0, 0, 1, 1, "甲"),
        (0, 1, 1, 1, "乙"),
        (1, 0, 1, 1, "/table/a"),
        (1, 1, 1, 1, "/table/b"),
    ]


@pytest.mark.parametrize("key", ["column_sets", "sections", "form_edition", "sources"])
def test_missing_key_is_named(key: str) -> None:
    """A form that lacks something is refused in words that name it."""
    authored = source(BANDED)
    del authored[key]

    with pytest.raises(SpecificationError) as caught:
        parse_form(authored)
    assert caught.value.code == "form.missing_key"
    assert key in caught.value.message("zh")
    assert key in caught.value.message("en")


def test_unknown_column_set_is_named() -> None:
    """A block that names a column set which does not exist is refused."""
    with pytest.raises(SpecificationError) as caught:
        parse_form(source(BANDED | {"columns": "triple"}))
    assert "triple" in caught.value.message("en")
