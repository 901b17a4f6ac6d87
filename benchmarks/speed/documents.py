"""Making documents and reading office files and pages, beside the usual way of doing so."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.formats import filled
from benchmarks.generation import cell_by_cell, draw
from benchmarks.speed.contest import OURS, Goal, race
from benchmarks.speed.rivals import library
from disclosure_spec.reading import read
from disclosure_spec.reading.html import read_html
from disclosure_spec.testing import documents
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.speed.contest import Outcome, Work
    from benchmarks.speed.setting import Setting


def strategies(setting: Setting) -> Iterator[Outcome]:
    """Compare the strategy with one that draws every cell."""
    edition, count = setting.edition, setting.scale.files
    works: dict[str, Work | None] = {
        OURS: partial(draw, documents(edition), count),
        "one draw per cell": partial(draw, cell_by_cell(edition), count),
    }
    what = f"{count:,} consistent documents from the strategies"
    return race(what, works, [Goal("one draw per cell", 3)], setting.scale.slow_rounds)


def files(setting: Setting) -> Iterator[Outcome]:
    """Compare reading a filled report with libraries that get its cells and know nothing of what they say."""
    edition = setting.edition
    report = filled(edition)
    book, page = write(report, edition, "xlsx"), write(report, edition, "html")
    excel, soup = library("openpyxl"), library("bs4")

    def tables() -> None:
        read_html(page.decode())

    def openpyxl() -> None:
        sheets = excel.load_workbook(io.BytesIO(book), data_only=True)
        for sheet in sheets:
            list(sheet.iter_rows(values_only=True))

    def beautiful_soup() -> None:
        for cell in soup.BeautifulSoup(page, "html.parser").find_all("td"):
            cell.get_text()

    pairs: tuple[tuple[str, Callable[[], object], str, Callable[[], None] | None, float], ...] = (
        ("xlsx", partial(read, book), "openpyxl, all values", excel and openpyxl, 1),
        ("HTML page", partial(read, page), "BeautifulSoup, all cells", soup and beautiful_soup, 5),
        # The same without knowing what they say.
        ("HTML page, tables alone", tables, "BeautifulSoup, all cells", soup and beautiful_soup, 5),
    )
    for name, ours, rival, theirs, goal in pairs:
        works: dict[str, Work | None] = {
            OURS: _repeated(ours),
            rival: _repeated(theirs) if theirs else None,
        }
        yield from race(f"read one filled {name}", works, [Goal(rival, goal)], setting.scale.rounds)


def _repeated(work: Callable[[], object]) -> Work:
    def go() -> int:
        for _ in range(3):
            work()
        return 3

    return go
