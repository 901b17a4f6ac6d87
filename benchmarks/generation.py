"""Documents made by construction, against drawing every cell, and against filtering what the schema gives."""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.measuring import measure, table
from disclosure_spec.checking import Checker
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.testing import (
    breakable,
    documents,
    drafts,
    families,
    inconsistent,
    inconsistent_families,
    inconsistent_pairs,
    keywords,
    malformed,
    pairs,
)
from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.layout import Layout
from disclosure_spec.testing.making import begun, fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_spec.edition import Edition

_CONSTRUCTED: Final = "by construction"
_LARGEST: Final = 999_999
"""Of a cell that is drawn by itself: small, so that totals stay in range."""

_NUMBERS: Final = st.integers(
    0, _LARGEST
)  # one strategy, not a new one for each cell, which would take longer

_REJECTED: Final = 20
"""Documents from the schema in one round: they take some hundred milliseconds each."""


def draw(strategy: st.SearchStrategy[Any], count: int, use: Callable[[Any], None] = lambda _: None) -> int:
    """Draw so many examples, and return how many there were."""
    drawn = 0

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        # Those that are compared are slow and large; that is what is measured.
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def go(one: Any) -> None:
        nonlocal drawn
        drawn += 1
        use(one)

    go()
    return drawn


def report(rounds: int, count: int) -> Iterator[str]:
    """Yield the tables."""
    for edition in installed().editions():
        yield from _compared(edition, rounds, count)
        yield ""
    yield from _paths(rounds, count)


def _compared(edition: Edition, rounds: int, count: int) -> Iterator[str]:
    checker = Checker(edition)
    consistent = 0

    def keep(document: Any) -> None:
        nonlocal consistent
        try:
            consistent += not checker.check(document).findings
        except InputError:
            return  # numbers of more digits than any reader takes, under keys of one's own

    works: dict[str, Callable[[], int]] = {
        _CONSTRUCTED: lambda: draw(documents(edition), count),
        f"{_CONSTRUCTED}, every cell filled": lambda: draw(documents(edition, sparse=False), count),
        "a draw for each cell that is no total, solved": lambda: draw(cell_by_cell(edition), count),
        "a draw for each cell, consistent or not": lambda: draw(_raw(edition), count),
    }
    filtered = _from_schema(edition)
    name = "from the schema alone (hypothesis-jsonschema), checked"
    if filtered is not None:
        works[name] = lambda: draw(filtered, _REJECTED, keep)
    yield from table(f"one document, {edition.name}", measure(works, rounds), _CONSTRUCTED)
    if filtered is None:
        yield "\nhypothesis-jsonschema is not installed: see benchmarks/requirements.txt."
        return
    drawn = rounds * _REJECTED
    yield f"\nOf {drawn} documents from the schema {consistent} were consistent" + (
        f"; that is less than 1 in {drawn // 3} (95 % confidence)." if not consistent else "."
    )


@st.composite
def cell_by_cell(draw: st.DrawFn, edition: Edition) -> Any:
    """Return a consistent document, a number drawn for each cell that is no total."""
    kit, wish = kit_of(edition, plain=True), Wish()
    making = begun(draw, kit, wish)
    head = making.identity()
    leaves = {one: draw(_NUMBERS) for one in kit.system.leaves}
    return kit.layout.document(making.finished({**head, **fitted(kit, wish, [head], leaves)}))


def _raw(edition: Edition) -> st.SearchStrategy[Any]:
    layout = Layout(edition.schema)
    cells = dict.fromkeys((cell.pointer for cell in edition.cells), _NUMBERS)
    return st.fixed_dictionaries(cells).map(layout.document)


def _from_schema(edition: Edition) -> st.SearchStrategy[Any] | None:
    try:
        rival = import_module("hypothesis_jsonschema")  # not at the top: the rest runs without it
    except ImportError:
        return None
    # It knows drafts up to 7, by which this schema says the same, and it writes into what it is given.
    schema = {**deepcopy(edition.schema), "$schema": "http://json-schema.org/draft-07/schema#"}
    found: st.SearchStrategy[Any] = rival.from_schema(schema)
    return found.map(_exact)


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _exact(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_exact(one) for one in value]
    # Rounded in its favour: a float of 300 decimal places would not even be read.
    return round(value) if isinstance(value, float) else value


def _paths(rounds: int, count: int) -> Iterator[str]:
    works: dict[str, Callable[[], int]] = {}
    for edition in installed().editions():
        found: dict[str, st.SearchStrategy[Any]] = {
            "documents": documents(edition),
            "documents, every cell filled": documents(edition, sparse=False),
            "documents that may warn": documents(edition, strict=False),
            "documents, plain": documents(edition, plain=True),
            "drafts": drafts(edition),
            "pairs": pairs(edition),
            "pairs, not strict": pairs(edition, strict=False),
            "families": families(edition),
        }
        found |= {f"inconsistent {one}": inconsistent(edition, one) for one in breakable(edition)}
        previous, parts = (breakable(edition, of) for of in ("previous", "parts"))
        found |= {f"inconsistent pairs {one}": inconsistent_pairs(edition, one) for one in previous}
        found |= {f"inconsistent families {one}": inconsistent_families(edition, one) for one in parts}
        found |= {f"malformed {one}": malformed(edition, one) for one in keywords(edition)}
        for name, strategy in found.items():
            works[f"{edition.name} {name}"] = partial(draw, strategy, count)
    rows = sorted(measure(works, rounds), key=lambda row: -row.middle)
    yield from table("path, slowest first", rows, f"{installed().names()[0]} documents")
