"""The compact notation of linear rules: what binds, what stars stand for, what cannot be read."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure_spec.authoring.equations import expand_linear
from disclosure_spec.errors import SpecificationError

CELLS = (
    "/table/first/left",
    "/table/first/right",
    "/table/first/total",
    "/table/group/second/left",
    "/table/group/second/right",
    "/table/group/second/total",
    "/table/total/left",
    "/table/total/right",
    "/table/total/total",
    "/other/only",
)


def expand(each: str, *equations: str, section: str | list[str] | None = "table") -> list[dict[str, Any]]:
    """Expand equations over the cells of a small form."""
    where = {} if section is None else {"in": section}
    return list(expand_linear({"each": each, "equations": list(equations)} | where, CELLS))


def terms(each: str, equation: str) -> list[list[list[object]]]:
    """Return the terms of each instance of an equation."""
    return [instance["terms"] for instance in expand(each, equation)]


def test_variable_takes_each_key_in_turn() -> None:
    """`$x` stands for one key; there is an instance for each cell that `each` fits, in form order."""
    assert terms("first.$column", "first.$column = total.$column") == [
        [[1, "/table/first/left"], [-1, "/table/total/left"]],
        [[1, "/table/first/right"], [-1, "/table/total/right"]],
        [[1, "/table/first/total"], [-1, "/table/total/total"]],
    ]


def test_double_variable_takes_one_key_or_more() -> None:
    """`$$x` stands for one or more keys, so that it goes through groups of any depth."""
    assert terms("$$row.left", "$$row.left = $$row.right") == [
        [[1, "/table/first/left"], [-1, "/table/first/right"]],
        [[1, "/table/group/second/left"], [-1, "/table/group/second/right"]],
        [[1, "/table/total/left"], [-1, "/table/total/right"]],
    ]


def test_single_variable_takes_no_more_than_one_key() -> None:
    """`$x` never reaches into a group."""
    assert [one["cell"] for one in expand("$row.left", "$row.left >= 0")] == [
        "/table/first/left",
        "/table/total/left",
    ]


@pytest.mark.parametrize(
    ("each", "section", "expected"),
    [
        ("total.$column", "table", [[2], [2], [2]]),
        ("$row.total", "table", [[1], [1]]),
        ("$$row.total", "table", [[1], [1, 2], [1]]),
        ("$a.$b", None, [[0, 1]]),
        ("table.$row.left", None, [[1], [1]]),
        ("$section.total.$column", None, [[0, 2], [0, 2], [0, 2]]),
        ("other.only", None, [[]]),
    ],
)
def test_bound_says_which_keys_the_variables_took(
    each: str, section: str | None, expected: list[list[int]]
) -> None:
    """`bound` counts keys from the section on, so that equal keys in one path are told apart."""
    assert [one["bound"] for one in expand(each, "0 = 0", section=section)] == expected


def test_star_leaves_out_the_cells_that_are_named() -> None:
    """`*` is any one key and `**` one or more, but never a cell the same equation names."""
    assert terms("first.total", "first.total = first.*") == [
        [[1, "/table/first/total"], [-1, "/table/first/left"], [-1, "/table/first/right"]]
    ]
    assert terms("total.left", "total.left = **.left") == [
        [[1, "/table/total/left"], [-1, "/table/first/left"], [-1, "/table/group/second/left"]]
    ]
    assert terms("total.left", "total.left = *.left") == [
        [[1, "/table/total/left"], [-1, "/table/first/left"]]
    ]


def test_star_beside_a_variable_leaves_out_what_the_variable_names() -> None:
    """A cell named through a variable is left out as well."""
    assert terms("$$row.total", "$$row.total = $$row.*")[1] == [
        [1, "/table/group/second/total"],
        [-1, "/table/group/second/left"],
        [-1, "/table/group/second/right"],
    ]


def test_other_reports_are_the_third_element() -> None:
    """`previous.` and `parts.` say whose cell it is; a cell of this report says nothing."""
    assert terms("first.left", "first.left = previous.first.right + parts.first.*") == [
        [
            [1, "/table/first/left"],
            [-1, "/table/first/right", "previous"],
            [-1, "/table/first/total", "parts"],
        ]
    ]


def test_coefficients_and_signs() -> None:
    """A number before a name is its coefficient; what stands right of the relation changes sign."""
    equation = "5 first.left - first.right + 2 first.total <= - 3 total.left + 10 total.right"

    (instance,) = expand("first.left", equation)
    assert instance["relation"] == "<="
    assert [coefficient for coefficient, _ in instance["terms"]] == [5, -1, 2, 3, -10]


@pytest.mark.parametrize("relation", ["=", "<=", ">="])
def test_relation_is_kept(relation: str) -> None:
    """The relation is published as it is written, with or without spaces."""
    for equation in (f"first.left {relation} 0", f"first.left{relation}0"):
        (instance,) = expand("first.left", equation)
        assert (instance["relation"], instance["terms"]) == (relation, [[1, "/table/first/left"]])


def test_each_equation_of_each_match_is_an_instance() -> None:
    """Two equations and three cells make six instances, those of a cell together."""
    made = expand("first.$column", "first.$column >= 0", "first.$column <= total.$column")

    assert [(one["cell"].rpartition("/")[2], one["relation"]) for one in made] == [
        (key, relation) for key in ("left", "right", "total") for relation in (">=", "<=")
    ]


def test_several_sections_follow_each_other() -> None:
    """`in` may list sections; the instances come in that order."""
    made = expand("$$cell", "$$cell = parts.$$cell", section=["other", "table"])

    assert [one["cell"] for one in made] == [CELLS[-1], *CELLS[:-1]]
    assert all(one["terms"] == [[1, one["cell"]], [-1, one["cell"], "parts"]] for one in made)


@pytest.mark.parametrize(
    ("each", "equation"),
    [
        ("first.left", "first.left"),
        ("first.left", "= first.left"),
        ("first.left", "first.left ="),
        ("first.left", "first.left = first.right = 0"),
        ("first.left", "first.left first.right = 0"),
        ("first.left", "first.left < 0"),
        ("first.left", "first.left * 2 = 0"),
        ("first.left", "first..left = 0"),
        ("first.left", "1.5 first.left = 0"),
        ("first.left", "first.left = 7"),
        ("first.left", "first.middle = 0"),
        ("first.left", "first = 0"),
        ("first.left", "first.left = nothing.*"),
        ("first.left", "first.left = first.left.*"),
        ("first.left", "$row.left = 0"),
        ("first.middle", "0 = 0"),
        ("first", "0 = 0"),
        ("first.left.$more", "0 = 0"),
    ],
)
def test_unreadable_equation_or_missing_cell_is_refused(each: str, equation: str) -> None:
    """What cannot be read, names no cell, or uses an unbound variable is an error in both languages."""
    with pytest.raises(SpecificationError) as caught:
        expand(each, equation)
    assert caught.value.code == "rules.linear"
    assert "等式" in caught.value.message("zh")
    assert "equation" in caught.value.message("en")


def test_unknown_section_is_refused() -> None:
    """A section without cells is an error, also beside one that has some."""
    with pytest.raises(SpecificationError):
        expand("$$cell", "$$cell >= 0", section=["table", "elsewhere"])
