"""Variants: figures, labels, tables and page put together as one file, from a seed and a few names."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Final

from tests.layouts.damages import DAMAGES
from tests.layouts.figures import BLANKS, FIGURES, new_figures
from tests.layouts.office import OFFICE, OURS, TOUCHES, ours, touched
from tests.layouts.page import NOTHING, Gone, Truth
from tests.layouts.pages import PAGES, new_page
from tests.layouts.tables import draw
from tests.layouts.text import ALL_TOGETHER, TEXTS, TOGETHER
from tests.layouts.web import WEB
from tests.layouts.wording import WORDINGS, reword

from disclosure_spec.document import MISSING, get_at
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.layouts.figures import Figures
    from tests.layouts.page import Page

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.reading import Reading

DRAWINGS: Final[Mapping[str, Callable[[Page], bytes]]] = {**WEB, **TEXTS, **OFFICE}
"""Every way to write a page; `ALL_TOGETHER` is none of them, since it keeps nothing apart."""

_ABOUT: Final = (
    "/title",
    "/report_year",
    "/reporting_body/name",
    "/reporting_body/kind",
    "/period",
    "/published_on",
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a variant is made of: names of layouts.

    Attributes:
        drawing: One of `DRAWINGS`; one of `TOUCHES` or a format of ours, in which only figures count.
        figures: One of `FIGURES` or `BLANKS`.
        labels: Some of `WORDINGS`.
        tables: Some of `TABLES`.
        page: One of `PAGES`.
        damage: One of `DAMAGES`, or nothing.
    """

    drawing: str = "web"
    figures: str = "figures: consistent"
    labels: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    page: str = "page: plain"
    damage: str = ""

    def __str__(self) -> str:
        names = (self.drawing, self.figures, *self.labels, *self.tables, self.page, self.damage)
        return "; ".join(name for name in names if name)


@dataclass(frozen=True, slots=True)
class Variant:
    """A file, and what is printed in it."""

    data: bytes
    edition: Edition
    truth: Mapping[str, Truth]
    known: Mapping[str, JSONValue]


@dataclass(frozen=True, slots=True)
class Wrong:
    """One value that is not what is printed."""

    pointer: str
    true: object
    found: object


@dataclass
class Verdict:
    """What was read of a variant.

    Attributes:
        counts: How many cells are `right`, `refused`, `wrong`.
        wrong: Cells and particulars read wrongly.
        refused: Pointers of the cells refused.
        milliseconds: Processor time it took to read.
    """

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    milliseconds: float = 0.0


def make(seed: object, edition: Edition, recipe: Recipe) -> Variant:
    """Return the variant of a recipe, the same for the same seed."""
    rng = Random(f"{seed} {edition.name}")  # noqa: S311 - the same reports every time
    figures = new_figures(rng, edition)
    {**FIGURES, **BLANKS}[recipe.figures](rng, figures)
    if recipe.drawing in TOUCHES or recipe.drawing in OURS:
        return _of_ours(rng, figures, recipe.drawing)
    page = new_page(rng, figures)
    PAGES[recipe.page](rng, page)
    if recipe.damage:
        DAMAGES[recipe.damage](rng, page)
    draw(rng, page, recipe.tables)
    for name in recipe.labels:
        reword(rng, page, WORDINGS[name])
    drawing = TOGETHER if recipe.drawing == ALL_TOGETHER else DRAWINGS[recipe.drawing]
    return Variant(drawing(page), edition, page.truth, page.known)


def _of_ours(rng: Random, figures: Figures, name: str) -> Variant:
    data = touched(rng, figures, name) if name in TOUCHES else ours(figures, figures.edition, name)
    return Variant(data, figures.edition, figures.truth, {})


def judge(variant: Variant) -> Verdict:
    """Read a variant and compare what is found with what is printed."""
    verdict = Verdict()
    start = _processor_time()
    try:
        reading: Reading | None = read(variant.data)
    except InputError:
        reading = None
    verdict.milliseconds = (_processor_time() - start) * 1000
    if reading is None:
        verdict.refused += [one for one, true in variant.truth.items() if true is not NOTHING]
        verdict.counts["refused"] = len(verdict.refused)
        return verdict
    for pointer, true in variant.truth.items():
        _judge_cell(verdict, reading, pointer, true)
    verdict.wrong += _invented(variant, reading.document)
    return verdict


def _processor_time() -> float:
    """Return the seconds used so far, also by processes that read for this one and have ended."""
    used = os.times()
    return time.process_time() + used.children_user + used.children_system


def _judge_cell(verdict: Verdict, reading: Reading, pointer: str, true: Truth) -> None:
    found = get_at(reading.document, pointer)
    refused = found is MISSING or (found is None and pointer in reading.unread)
    if true is NOTHING and (refused or found is None):
        return
    if isinstance(true, Gone):
        # Nothing stands there, whether that is said to be a blank or not known.
        refused, true = refused or found is None, true.value
    # What is said to be blank and is not is as wrong as any other value. A number is no text, and whole
    # amounts of a workbook have no type of their own.
    right = true is not NOTHING and found == true and isinstance(found, str) == isinstance(true, str)
    name = "refused" if refused else "right" if right else "wrong"
    verdict.counts[name] += 1
    if name == "wrong":
        verdict.wrong.append(Wrong(pointer, true, found))
    if refused:
        verdict.refused.append(pointer)


def _invented(variant: Variant, document: Document) -> list[Wrong]:
    """Return what a document says about the report that its pages do not, and texts under another heading."""
    wrong = []
    for pointer in _ABOUT if variant.known else ():
        found, true = get_at(document, pointer), variant.known.get(pointer)
        if found not in (None, MISSING, true):
            wrong.append(Wrong(pointer, true, found))
    texts = {one.pointer for one in variant.edition.sections if not one.rows}
    for pointer in texts if variant.known else ():
        text = get_at(document, pointer)
        lines = set(text.split("\n")) if isinstance(text, str) else set()
        for other in texts - {pointer}:
            known = variant.known.get(other)
            if isinstance(known, str) and lines & set(known.split("\n")):
                wrong.append(Wrong(pointer, variant.known.get(pointer), text))
    return wrong
