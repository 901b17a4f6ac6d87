"""Reports in every layout met in use: how many cells are read right, how many refused, how many wrong."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Final

from tests.layouts.counting import Count, Tally, tally
from tests.layouts.menu import KEEPING, LOSING, orders, printable
from tests.layouts.printing import print_all
from tests.layouts.variants import make

from disclosure_spec.edition import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE: Final = 50
"""Orders that a process takes at once."""

_SHOWN: Final = 20
"""Failures written out; the seed makes any of them again."""


def report(variants: int, seed: int, printed: int) -> Iterator[str]:
    """Yield the tables for about so many files, and for some that are printed by LibreOffice."""
    editions = installed().editions()
    found = Tally()
    with ProcessPoolExecutor() as pool:
        for one in pool.map(partial(_tally, seed), _pieces(variants // len(editions))):
            found.merge(one)
    if printed:
        _add_printed(found, seed, printed // len(editions))
    names = [edition.name for edition in editions]
    files = sum(one.variants for one in found.counts.values())
    yield f"Seed {seed}; files made, read and compared: {files:,}.\n"
    for group in (KEEPING, LOSING):
        yield from _table(found, group, names)
        yield ""
    yield from _times(found)
    yield f"\nFiles with something wrong: {len(found.failures)}."
    yield from (f"- {failure}" for failure in found.failures[:_SHOWN])


def _pieces(count: int) -> Iterator[range]:
    """Give the numbers of the orders, as many at once as a process takes."""
    for first in range(0, count, _PIECE):
        yield range(first, min(first + _PIECE, count))


def _tally(seed: int, numbers: range) -> Tally:
    return tally(orders(seed, numbers), installed().editions())


def _add_printed(found: Tally, seed: int, count: int) -> None:
    made = [
        (order, make(order.seed, edition, order.recipe))
        for order in printable(seed, count)
        for edition in installed().editions()
    ]
    for (order, variant), data in zip(made, print_all([variant.data for _, variant in made]), strict=True):
        found.add(replace(order, recipe=replace(order.recipe, drawing="PDF")), replace(variant, data=data))


def _table(found: Tally, group: str, editions: list[str]) -> Iterator[str]:
    heads = [f"{name} {what}" for name in editions for what in ("right %", "refused %", "wrong")]
    yield f"| {group} | files | cells | {' | '.join(heads)} | other wrong |"
    yield f"| --- | {' | '.join(['---:'] * (len(heads) + 3))} |"
    layouts = dict.fromkeys(layout for one, layout, _ in found.counts if one == group)
    total = [Count() for _ in editions]
    for layout in sorted(layouts):
        counts = [found.counts[group, layout, name] for name in editions]
        yield _row(layout, counts)
        for one, count in zip(total, counts, strict=True):
            one += count  # noqa: PLW2901 - added to in place
    yield _row("**all**", total)


def _row(name: str, counts: list[Count]) -> str:
    cells = []
    for one in counts:
        cells += [f"{one.share('right'):.2f}", f"{one.share('refused'):.2f}", str(one.cells["wrong"])]
    files = sum(one.variants for one in counts)
    many = sum(one.cells.total() for one in counts)
    others = sum(one.particulars for one in counts)
    return f"| {_named(name)} | {files} | {many:,} | {' | '.join(cells)} | {others} |"


def _named(name: str) -> str:
    """Return the name of a layout for a table, where a pipe would begin a cell."""
    return name.replace("|", "¦")


def _times(found: Tally) -> Iterator[str]:
    yield "| time to read a file | files | ms, median | slowest |"
    yield "| --- | ---: | ---: | ---: |"
    for name, count in sorted(found.drawings.items()):
        times = count.milliseconds
        yield f"| {_named(name)} | {count.variants} | {median(times):.1f} | {max(times):.1f} |"
