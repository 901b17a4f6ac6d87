"""The names by which files of ours know their cells."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from disclosure_spec.edition import Edition, installed
from disclosure_spec.marks import LONGEST, is_cell_mark, marks, particular_mark
from disclosure_spec.particulars import particulars

if TYPE_CHECKING:
    from tests.conftest import Bench

NAME = re.compile("[a-z][a-z0-9_]*")


def named(edition: Edition, name: str) -> Edition:
    """Return the edition under another name."""
    form = {**deepcopy(dict(edition.form)), "form_edition": name}
    return Edition(form, edition.published_rules, edition.schema, edition.draft_schema)


def test_every_cell_has_a_name_of_its_own() -> None:
    """No two cells of any edition share a mark, and each is a name that Word and Excel take."""
    every = [mark for edition in installed().editions() for mark in marks(edition).values()]
    assert len(every) == len(set(every)) == sum(len(one.cells) for one in installed().editions())
    assert all(NAME.fullmatch(mark) and len(mark) <= LONGEST and is_cell_mark(mark) for mark in every)


def test_particulars_have_names_too(bench: Bench) -> None:
    """What stands outside the tables has marks besides, which are none of cells."""
    found = [particular_mark(bench.edition, one.pointer) for one in particulars(bench.edition)]
    assert len(found) == len(set(found))
    assert all(NAME.fullmatch(mark) and len(mark) <= LONGEST and not is_cell_mark(mark) for mark in found)


def test_long_pointers_stay_different(bench: Bench) -> None:
    """Two pointers that begin alike and are too long for a name still have two."""
    found = {particular_mark(bench.edition, f"/{'a' * 60}/{last}") for last in "bc"}
    assert len(found) == 2
    assert {len(one) for one in found} == {LONGEST}


def test_second_form_of_a_year(bench_2021: Bench) -> None:
    """A form called 2021-2 has marks that are still names, and other ones."""
    found = set(marks(named(bench_2021.edition, "2021-2")).values())
    assert all(map(NAME.fullmatch, found))
    assert found.isdisjoint(marks(bench_2021.edition).values())


def test_names_of_others_are_no_marks() -> None:
    """A bookmark that somebody made may begin like ours."""
    assert not any(
        map(is_cell_mark, ("", "ds", "dsbook", "ds21_t3", "ds21_t3_5_4", "_Toc123", "DS21_T3_05_04"))
    )
