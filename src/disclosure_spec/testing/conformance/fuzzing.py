"""Differential testing: generated documents that our checker and another system judge differently."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from hypothesis import Phase, find, settings

from disclosure_spec.document import join_pointer
from disclosure_spec.testing.comparing import compare, expectation_of
from disclosure_spec.testing.conformance.editing import changes
from disclosure_spec.testing.conformance.running import TAKES_ALL
from disclosure_spec.testing.conformance.shrinking import smallest
from disclosure_spec.testing.conformance.sources import generate
from disclosure_spec.testing.consistent import documents
from disclosure_spec.testing.judging import OwnJudge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from disclosure_spec.document import Document, JSONValue, Missing
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.comparing import Difference, Level
    from disclosure_spec.testing.conformance.running import Progress
    from disclosure_spec.testing.judging import Judge, Submission

    Cause = tuple[str, ...]

_BATCH: Final = 200
_FIRST: Final = ({"problem"}, {"missing", "unexpected", "severity"}, {"status"}, {"valid", "verdict"})
"""Kinds of differences: from a wrong finding follow wrong statuses, and from those a wrong verdict."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The smallest document found on which our checker and a system differ for one cause.

    Attributes:
        submission: The document.
        differences: All they differ on there.
        changes: What sets it apart from the smallest consistent report: whose (`document`, `previous` or the
            number of a part), pointer, what stands there instead, `MISSING` for nothing.
        count: How many of the generated documents show the cause.
    """

    submission: Submission
    differences: tuple[Difference, ...]
    changes: tuple[tuple[str, str, JSONValue | Missing], ...]
    count: int


@dataclass(frozen=True, slots=True)
class FuzzReport:
    """What came of differential testing.

    Attributes:
        system: The system that was judged.
        seed: Gives the same documents again.
        tried: How many documents were judged, by edition.
        disagreements: One for each cause, the most frequent first.
        said: What the system spoke of at all.
        seconds: How long it took, without shrinking.
    """

    system: str
    seed: int
    tried: Mapping[str, int]
    disagreements: tuple[Disagreement, ...]
    said: frozenset[str]
    seconds: float

    @property
    def held(self) -> bool:
        """Tell whether they agreed on every document, and on something at all."""
        return bool(self.said) and not self.disagreements


@dataclass(slots=True)
class _Sighting:
    """A cause as it is being met."""

    submission: Submission
    places: tuple[str, ...]
    count: int = 0


def fuzz(  # noqa: PLR0913 - each is a choice of its own
    editions: Sequence[Edition],
    judge: Judge,
    many: int,
    *,
    seed: int,
    system: str = "",
    level: Level | None = None,
    takes: Collection[str] = TAKES_ALL,
    progress: Progress | None = None,
) -> FuzzReport:
    """Generate documents, have them judged by our checker and by a system, and make disagreements small.

    Args:
        editions: The editions to make documents of.
        judge: The system.
        many: How many documents of each edition.
        seed: Gives the same documents again.
        system: What to call it.
        level: `structure` to look at structure alone.
        takes: Whether it takes `previous` and `parts`.
        progress: Called with how many documents are done, and of how many.
    """
    fuzzer = _Fuzzer(editions, judge, level)
    began = time.monotonic()
    tried: dict[str, int] = {}
    for edition in editions:
        made = iter(generate(edition, many, seed, takes))
        tried[edition.name] = 0
        while batch := list(islice(made, _BATCH)):
            fuzzer.look(batch)
            tried[edition.name] += len(batch)
            if progress:
                progress(sum(tried.values()), many * len(editions))
    seconds = time.monotonic() - began
    return FuzzReport(system, seed, tried, fuzzer.disagreements(), frozenset(fuzzer.said), seconds)


class _Fuzzer:
    def __init__(self, editions: Sequence[Edition], judge: Judge, level: Level | None) -> None:
        self._editions = {edition.name: edition for edition in editions}
        self._judge = judge
        self._level = level
        self._own = OwnJudge(editions)
        self._met: dict[Cause, _Sighting] = {}
        self._bases: dict[str, Document] = {}
        self.said: set[str] = set()

    def look(self, batch: Sequence[Submission]) -> None:
        """Judge a batch and note every cause of disagreement in it."""
        for one, differences in zip(batch, self._differences(batch), strict=True):
            for cause, found in _causes(differences).items():
                sighting = self._met.setdefault(cause, _Sighting(one, found.places))
                sighting.count += 1
                # Fewer reports to begin with: leaving one out later takes a call of the system each.
                if _size(one) < _size(sighting.submission):
                    sighting.submission, sighting.places = one, found.places

    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return the causes, the most frequent first; one that a document shows already needs no other."""
        found: list[Disagreement] = []
        shown: set[Cause] = set()
        for cause, sighting in sorted(self._met.items(), key=lambda one: -one[1].count):
            if cause not in shown:
                found.append(self._disagreement(cause, sighting))
                shown |= {one.cause for one in found[-1].differences}
        return tuple(found)

    def _disagreement(self, cause: Cause, sighting: _Sighting) -> Disagreement:
        one = sighting.submission
        base = self._base(one.edition)
        small = smallest(
            one, base, lambda two: cause in _causes(next(self._differences([two]))), sighting.places
        )
        differences = next(self._differences([small]))
        reports = {"document": small.document}
        if small.previous is not None:
            reports["previous"] = small.previous
        reports |= {str(number): part for number, part in enumerate(small.parts, start=1)}
        apart = tuple(
            (whose, join_pointer(path), value)
            for whose, report in reports.items()
            for path, value in changes(base, report)
        )
        return Disagreement(small, differences, apart, sighting.count)

    def _differences(self, batch: Sequence[Submission]) -> Iterator[tuple[Difference, ...]]:
        expected = [expectation_of(one) for one in self._own.judge(batch)]
        answers = self._judge.judge(batch)
        for one, wanted, judged in zip(batch, expected, answers, strict=True):
            compared = compare(wanted, judged, one.schema, level=self._level)
            if compared.judged:
                self.said.add(one.schema)
            yield compared.differences

    def _base(self, edition: str) -> Document:
        if edition not in self._bases:
            quiet = settings(database=None, phases=[Phase.generate, Phase.shrink], derandomize=True)
            self._bases[edition] = find(documents(self._editions[edition]), lambda _: True, settings=quiet)
        return self._bases[edition]


def _causes(differences: Sequence[Difference]) -> dict[Cause, Difference]:
    """Return the differences of the kind from which the others most likely follow, by cause."""
    kinds = {one.kind for one in differences}
    first = next((group for group in _FIRST if group & kinds), set())
    return {one.cause: one for one in differences if one.kind in first}


def _size(one: Submission) -> int:
    return 1 + (one.previous is not None) + len(one.parts)
