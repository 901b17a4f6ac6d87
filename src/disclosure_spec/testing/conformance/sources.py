"""Where generated documents come from: consistent, unfinished, broken in one place, broken in many."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.document import get_at, join_pointer, parse_pointer, with_value
from disclosure_spec.testing.breaking import breakable, inconsistent
from disclosure_spec.testing.conformance.editing import changed
from disclosure_spec.testing.consistent import documents, drafts
from disclosure_spec.testing.judging import Submission
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.malforming import keywords, malformed
from disclosure_spec.testing.related import families, pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.conformance.editing import Path

_MOST_CHANGES: Final = 5
_NUMBERS: Final = st.one_of(
    st.integers(-3, 12),
    st.sampled_from([10**15 - 1, 10**15, 2**53, 2**53 + 1, 10**16 + 1, 10**20, -(10**15)]),
    st.sampled_from([*map(Decimal, ("0.1", "0.2", "0.3", "0.30", "1.1", "3.0", "2.5", "0.000001"))]),
    st.sampled_from([*map(Decimal, ("0.0000001", "4321.0987", "12.50000000", "8.2", "-0.5", "70000.7"))]),
)
_OTHERS: Final = st.one_of(
    st.none(),
    st.sampled_from(["", "/", "-", "—", "无", "０", "0", "12", "12abc", " 12", "1,234", "1e3", "3件", "N/A"]),
    st.booleans(),
    st.sampled_from([[], {}, [0]]),
)
_CELLS_OF_ALL: Final = 4
"""How many of five changes are of cells."""


class Source(NamedTuple):
    """Hold a strategy, and how many documents it makes for each one of a source of weight 1."""

    weight: int
    submissions: st.SearchStrategy[Submission]


def generate(edition: Edition, many: int, seed_: int, takes: Collection[str]) -> list[Submission]:
    """Return so many submissions of one edition, the same for the same seed.

    Args:
        edition: The edition.
        many: How many.
        seed_: Any number.
        takes: Whether `previous` and `parts` are taken.
    """
    sources = [*_sources(edition, takes)]
    chance = random.Random(f"{seed_} {edition.name}")  # noqa: S311 - reproducible, no secret
    total = sum(source.weight for source in sources)
    shares = [many * source.weight // total for source in sources]
    for at in chance.sample(range(len(sources)), min(many - sum(shares), len(sources))):
        shares[at] += 1
    made: list[Submission] = []
    for source, share in zip(sources, shares, strict=True):
        made.extend(_draw(source.submissions, share, chance.getrandbits(32)))
    # A strategy with few documents gives no more than it has; the last has no end.
    while len(made) < many:
        more = _draw(sources[-1].submissions, many - len(made), chance.getrandbits(32))
        made.extend(more)
    return made


def _draw(strategy: st.SearchStrategy[Submission], many: int, seed_: int) -> list[Submission]:
    made: list[Submission] = []
    if not many:
        return made

    @seed(seed_)
    @settings(
        max_examples=many,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        # It goes by the clock: a busy machine is no fault of the strategy.
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(strategy)
    def collect(one: Submission) -> None:
        made.append(one)

    collect()
    return made


def _sources(edition: Edition, takes: Collection[str]) -> Iterator[Source]:
    for strategy in (documents(edition), documents(edition, sparse=False), documents(edition, strict=False)):
        yield Source(2, _report(edition, strategy))
    yield Source(2, st.builds(Submission, st.just(edition.name), drafts(edition), st.just("draft")))
    for rule in breakable(edition):
        yield Source(1, _report(edition, inconsistent(edition, rule).map(lambda broken: broken.document)))
    for keyword in keywords(edition):
        yield Source(1, _report(edition, malformed(edition, keyword).map(lambda broken: broken.document)))
    if "previous" in takes:
        yield Source(4, _with_changes(edition, pairs(edition).map(lambda one: _of_pair(edition, *one))))
    if "parts" in takes:
        yield Source(2, _with_changes(edition, families(edition).map(lambda one: _of_family(edition, *one))))
        yield Source(4, _in_tenths(edition))
    anything = documents(edition) | documents(edition, sparse=False) | drafts(edition)
    yield Source(20, _with_changes(edition, _report(edition, anything)))


def _report(edition: Edition, strategy: st.SearchStrategy[Document]) -> st.SearchStrategy[Submission]:
    schemas = st.sampled_from(["report", "draft"])
    return st.builds(Submission, st.just(edition.name), strategy, schemas)


def _of_pair(edition: Edition, previous: Document, current: Document) -> Submission:
    return Submission(edition.name, current, previous=previous)


def _of_family(edition: Edition, whole: Document, parts: tuple[Document, ...]) -> Submission:
    return Submission(edition.name, whole, parts=parts)


@st.composite
def _in_tenths(draw: st.DrawFn, edition: Edition) -> Submission:
    """Draw a family whose amounts are tenths, the sums of which binary floats get wrong."""
    whole, parts = draw(families(edition))
    for cell in edition.cells:
        if cell.type == AMOUNT:
            amounts = [Decimal(draw(st.integers(1, 99))).scaleb(-1) for _ in parts]
            pairs_ = zip(parts, amounts, strict=True)
            parts = tuple(with_value(part, cell.pointer, amount) for part, amount in pairs_)
            whole = with_value(whole, cell.pointer, sum(amounts, Decimal(0)))
    return _of_family(edition, whole, parts)


@st.composite
def _with_changes(
    draw: st.DrawFn, edition: Edition, submissions: st.SearchStrategy[Submission]
) -> Submission:
    """Draw a submission with up to five values of its document changed, mostly cells."""
    one = draw(submissions)
    document = one.document
    for _ in range(draw(st.integers(0, _MOST_CHANGES))):
        path, value = draw(_change(edition, document))
        if path:
            document = changed(document, path, value)
    return Submission(one.edition, document, one.schema, one.previous, one.parts)


@st.composite
def _change(draw: st.DrawFn, edition: Edition, document: Document) -> tuple[Path, Any]:
    cells = [cell.pointer for cell in edition.cells]
    others = [node.pointer for node in kit_of(edition).layout.nodes if node.pointer]
    pointer = draw(st.sampled_from(cells if draw(st.integers(0, _CELLS_OF_ALL)) else others))
    found = get_at(document, pointer)
    path = parse_pointer(pointer)
    parent = get_at(document, join_pointer(path[:-1]))
    if not isinstance(parent, dict) or path[-1] not in parent:
        # An earlier change has taken away what it stood in.
        return (), None
    return path, draw(_instead(found))


def _instead(value: object) -> st.SearchStrategy[JSONValue]:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        near = st.sampled_from([value + 1, value - 1, value * 2, -value])
        return st.one_of(near, _NUMBERS, _OTHERS)
    return st.one_of(_NUMBERS, _OTHERS)
