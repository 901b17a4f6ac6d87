"""Which variants to make: every layout by itself, then several at once, then what loses something."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Final

from tests.layouts.damages import DAMAGES, DOUBLED, SHORTER
from tests.layouts.figures import BLANKS, FIGURES
from tests.layouts.office import OFFICE, OURS, TOUCHES
from tests.layouts.pages import PAGES
from tests.layouts.tables import TABLES
from tests.layouts.text import ALL_TOGETHER, TEXTS
from tests.layouts.variants import DRAWINGS, Recipe
from tests.layouts.web import WEB
from tests.layouts.wording import MISSPELT, WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PRINTED: Final = "Word"
"""The drawing that is printed."""

KEEPING: Final = "nothing lost"
LOSING: Final = "something lost"

_EXCLUDING: Final = (
    {"tables: one for each row", "tables: without titles", "tables: some titles left out"},
    {"tables: one for each block", "tables: one for each block, below a line"},
    {"tables: without spans", "tables: four columns for five", "tables: drifting spans"},
    {"tables: groups unmerged", "tables: groups repeated in every row"},
)
"""Of these one at most is done, since the second would find nothing left to do, or nothing to go by."""

_SILENT: Final = frozenset(name for name, text in TEXTS.items() if not text.blanks)
"""Drawings in which a blank cell leaves nothing behind, or the same as something else."""

_IN_SILENCE: Final[Mapping[str, str]] = {f"blanks in {name}": name for name in _SILENT}


@dataclass(frozen=True, slots=True)
class Order:
    """One variant to be made, of any edition.

    Attributes:
        group: `KEEPING` if whoever reads it can tell every cell, else `LOSING`.
        layout: The name it is counted under.
        recipe: What it is made of.
        seed: What its numbers and choices come from.
    """

    group: str
    layout: str
    recipe: Recipe
    seed: str


def keeping() -> tuple[str, ...]:
    """Return the names of all layouts that lose nothing."""
    return (*DRAWINGS, *OURS, *TOUCHES, *FIGURES, *BLANKS, *WORDINGS, *TABLES, *PAGES)


def losing() -> tuple[str, ...]:
    """Return the names of all that lose something."""
    return (*DAMAGES, *sorted(_IN_SILENCE), ALL_TOGETHER)


def orders(seed: int, numbers: Iterable[int]) -> Iterator[Order]:
    """Give the orders of these numbers: one layout, several of them, something lost, in turn."""
    alone, lossy = keeping(), losing()
    for number in numbers:
        name = f"{seed}.{number}"
        rng = Random(name)  # noqa: S311 - the same reports every time
        turn, kind = divmod(number, 3)
        if kind == 0:
            layout = alone[turn % len(alone)]
            yield Order(KEEPING, layout, by_itself(rng, layout), name)
        elif kind == 1:
            recipe = mixed(rng)
            yield Order(KEEPING, f"several in {recipe.drawing}", recipe, name)
        else:
            layout = lossy[turn % len(lossy)]
            yield Order(LOSING, layout, damaged(rng, layout), name)


def by_itself(rng: Random, layout: str) -> Recipe:
    """Return a recipe in which nothing is unusual but one thing."""
    if layout in DRAWINGS:
        return Recipe(layout)
    if layout in TOUCHES or layout in OURS:
        return Recipe(layout, rng.choice([*FIGURES, *BLANKS]))
    plain = Recipe(rng.choice([*WEB, *(one for one in TEXTS if layout not in BLANKS or one not in _SILENT)]))
    if layout in WORDINGS:
        return replace(plain, labels=(layout,))
    if layout in TABLES:
        return replace(plain, tables=(layout,))
    return replace(plain, page=layout) if layout in PAGES else replace(plain, figures=layout)


def mixed(rng: Random) -> Recipe:
    """Return a recipe of several unusual things that lose nothing together."""
    while True:
        drawing = rng.choice([*WEB, *WEB, *WEB, *TEXTS, *TEXTS, *OFFICE])
        recipe = _some(rng, drawing, [*FIGURES, *BLANKS])
        if compatible(recipe):
            return replace(recipe, page=rng.choice(list(PAGES)))


def printable(seed: int, count: int) -> Iterator[Order]:
    """Give so many orders to be written by Word and printed."""
    for number in range(count):
        name = f"{seed}.print.{number}"
        rng = Random(name)  # noqa: S311 - the same reports every time
        recipe = _some(rng, PRINTED, [*FIGURES, *BLANKS])
        while not compatible(recipe):
            recipe = _some(rng, PRINTED, [*FIGURES, *BLANKS])
        yield Order(KEEPING, "printed", replace(recipe, page=rng.choice(list(PAGES))), name)


def damaged(rng: Random, layout: str) -> Recipe:
    """Return a recipe in which something is lost, among other things."""
    if layout == ALL_TOGETHER:
        return Recipe(layout, rng.choice(list(FIGURES)), page=rng.choice(list(PAGES)))
    if layout in _IN_SILENCE:
        return Recipe(_IN_SILENCE[layout], rng.choice(list(BLANKS)))
    figures = list(BLANKS) if layout == "blank cells dropped" else [*FIGURES, *BLANKS]
    while True:
        recipe = replace(_some(rng, rng.choice([*WEB, *TEXTS]), figures), damage=layout)
        if compatible(recipe):
            return recipe


def _some(rng: Random, drawing: str, figures: Sequence[str]) -> Recipe:
    return Recipe(
        drawing,
        rng.choice(figures),
        tuple(rng.sample(list(WORDINGS), rng.choice([0, 1, 1, 2]))),
        tuple(rng.sample(list(TABLES), rng.choice([0, 1, 1, 2, 3]))),
    )


def compatible(recipe: Recipe) -> bool:
    """Tell whether what is printed can still be told, apart from what the damage takes away."""
    if any(len(one & set(recipe.tables)) > 1 for one in _EXCLUDING):
        return False
    text = TEXTS.get(recipe.drawing)
    blanks = recipe.figures in BLANKS
    adds = any(TABLES[one].adds for one in recipe.tables)
    if blanks and recipe.drawing in _SILENT:
        return False
    if recipe.damage:
        # Numbers that move to the left stand below the titles of others: a right report of other figures.
        # Blank cells put into what lost a cell make of it a row that looks complete.
        # Of two rows of one name, one of them misspelt, the other is the row, whatever was meant.
        moved = bool(text and text.places and recipe.damage in SHORTER)
        claimed = bool(MISSPELT & set(recipe.labels) and recipe.damage in DOUBLED)
        return not (adds or moved or claimed)
    return not (blanks and adds and text and not text.rows)
