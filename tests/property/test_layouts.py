"""Documents in every layout met in use: what is read is what is printed, or it is refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.layouts.counting import Tally, tally
from tests.layouts.damages import DAMAGES
from tests.layouts.figures import BLANKS, FIGURES
from tests.layouts.menu import KEEPING, LOSING, compatible, keeping, losing, orders
from tests.layouts.pages import PAGES
from tests.layouts.tables import TABLES
from tests.layouts.text import TEXTS
from tests.layouts.variants import Recipe, judge, make
from tests.layouts.web import WEB
from tests.layouts.wording import WORDINGS

from disclosure_spec.edition import installed

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition

VARIANTS: Final = int(os.environ.get("DISCLOSURE_SPEC_VARIANTS", "300"))
"""Files to be made and read; thousands to search, or to measure."""

SEED: Final = int(os.environ.get("DISCLOSURE_SPEC_SEED", "0"))
ENOUGH: Final = 97
"""The share of cells in percent that are read where nothing is lost."""

EDITIONS: Final = installed().editions()
SETTINGS: Final = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@pytest.fixture(scope="module")
def counted() -> Tally:
    """Return what was read of as many variants as asked for."""
    return tally(orders(SEED, range(VARIANTS // len(EDITIONS))), EDITIONS)


def test_nothing_is_read_wrong(counted: Tally) -> None:
    """Whatever a file looks like, and whatever is lost in it, no cell or particular is other than printed."""
    assert [str(one) for one in counted.failures] == []


def test_enough_is_read(counted: Tally) -> None:
    """Where nothing is lost, nearly all cells are read."""
    right = counted.total(KEEPING).share("right")

    assert right >= ENOUGH


def some(names: st.SearchStrategy[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw a few different names."""
    return st.lists(names, max_size=most, unique=True).map(tuple)


RECIPES: Final = st.builds(
    Recipe,
    drawing=st.sampled_from([*WEB, *TEXTS]),
    figures=st.sampled_from([*FIGURES, *BLANKS]),
    labels=some(st.sampled_from(list(WORDINGS)), 2),
    tables=some(st.sampled_from(list(TABLES)), 3),
    page=st.sampled_from(list(PAGES)),
).filter(compatible)
DAMAGED: Final = st.builds(
    Recipe,
    drawing=st.sampled_from([*WEB, *TEXTS]),
    figures=st.sampled_from([*FIGURES, *BLANKS]),
    tables=some(st.sampled_from(list(TABLES)), 2),
    damage=st.sampled_from(list(DAMAGES)),
).filter(compatible)


@SETTINGS
@given(seed=st.integers(0, 99_999), edition=st.sampled_from(EDITIONS), recipe=RECIPES | DAMAGED)
def test_the_smallest_recipe_of_what_is_wrong(seed: int, edition: Edition, recipe: Recipe) -> None:
    """No recipe, however few layouts it takes, makes a file that is read wrong."""
    assert not judge(make(seed, edition, recipe)).wrong


def test_a_variant_is_made_again_from_its_seed() -> None:
    """The same seed and recipe give the same file, so that what is counted can be looked at."""
    order = next(iter(orders(SEED, [0])))

    assert make(order.seed, EDITIONS[0], order.recipe) == make(order.seed, EDITIONS[0], order.recipe)


@pytest.mark.parametrize("layout", [name for name in keeping() if name in {*WEB, *TEXTS, *FIGURES}])
def test_each_layout_is_made(layout: str) -> None:
    """A layout by itself gives a file that says something in every edition."""
    for edition in EDITIONS:
        order = Recipe(layout) if layout in {*WEB, *TEXTS} else Recipe(figures=layout)

        assert make(layout, edition, order).data


def test_every_layout_has_its_turn() -> None:
    """Both groups go through all their layouts, so that none is left out of a long run."""
    found = {group: set[str]() for group in (KEEPING, LOSING)}
    for order in orders(SEED, range(3 * max(len(keeping()), len(losing())))):
        found[order.group].add(order.layout)

    assert found[KEEPING] >= set(keeping())
    assert found[LOSING] == set(losing())
