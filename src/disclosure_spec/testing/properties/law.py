"""A property of the rules of an edition: the reports it makes, and what must hold of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from disclosure_spec.testing.comparing import Difference, compare, expectation_of
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hypothesis import strategies as st

    from disclosure_spec.testing.judging import Expectation, Judge, Judgement, SchemaName, Submission

_NOT_ALL: Final = Wording("给出{given}份报告，答了{judged}份", "{given} reports given, {judged} judged")


class Flaw(NamedTuple):
    """Hold what does not hold, and which reports of a trial show it; all of them when none is named."""

    words: Wording
    reports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """Reports that are judged together.

    Attributes:
        submissions: The reports.
        verify: Yields what does not hold of their judgements.
    """

    submissions: tuple[Submission, ...] = field(repr=False)
    verify: Callable[[Sequence[Judgement]], Iterator[Flaw]] = field(repr=False)

    def flaws(self, judge: Judge) -> list[Flaw]:
        """Return what a judge gets wrong; that it has no answer is wrong too."""
        judgements = list(judge.judge(self.submissions))
        if len(judgements) != len(self.submissions):
            return [Flaw(_NOT_ALL.fill(given=len(self.submissions), judged=len(judgements)))]
        problems = [
            Flaw(Difference("problem", said=one.problem).wording, (at,))
            for at, one in enumerate(judgements)
            if one.problem is not None
        ]
        # What follows from no answer, in the law's own terms, would only hide that there is none.
        return problems or list(self.verify(judgements))


class Clause(NamedTuple):
    """Hold the words a property rests on, and where they stand."""

    text: Wording
    source: Wording


@dataclass(frozen=True, slots=True)
class Property:
    """One law of the rules of an edition.

    Attributes:
        id: Names it in tables; no other property of the edition has it.
        edition: Name of the edition.
        title: The law in one sentence.
        clause: The words it rests on, as the form, the law or the specification has them.
        source: Where they stand.
        trials: Makes the reports that put it to the test.
        examples: How many of a hundred examples it takes to trust it.
    """

    id: str
    edition: str
    title: Wording
    clause: Wording
    source: Wording
    trials: st.SearchStrategy[Trial] = field(repr=False, compare=False)
    examples: int = 100


def expecting(expected: Iterable[tuple[Submission, Expectation]]) -> Trial:
    """Return a trial of reports of each of which something is known."""
    # Kept, as a generator would be used up by the submissions.
    pairs = tuple(expected)

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        for at, ((given, expectation), judgement) in enumerate(zip(pairs, judgements, strict=True)):
            yield from unmet(expectation, judgement, (at,), given.schema)

    return Trial(tuple(submission for submission, _ in pairs), verify)


def alike(
    submissions: Iterable[Submission], said: Callable[[Judgement], Judgement] = lambda one: one
) -> Trial:
    """Return a trial of reports of which the same must be said as of the first.

    Args:
        submissions: The reports.
        said: Returns what of a judgement is compared; all of it by default.
    """

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        # A law of this kind needs no right answer, only that there is one answer for all.
        first = expectation_of(said(judgements[0]))
        for at, judgement in enumerate(judgements[1:], start=1):
            yield from unmet(first, said(judgement), (0, at))

    return Trial(tuple(submissions), verify)


def together(trials: Iterable[Trial]) -> Trial:
    """Return several trials as one."""
    every = tuple(trials)

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        # Each trial sees its own judgements only, and speaks of its own reports.
        begin = 0
        for one in every:
            end = begin + len(one.submissions)
            for words, reports in one.verify(judgements[begin:end]):
                yield Flaw(words, tuple(begin + at for at in reports or range(end - begin)))
            begin = end

    return Trial(tuple(given for one in every for given in one.submissions), verify)


def unmet(
    expected: Expectation, judged: Judgement, reports: tuple[int, ...] = (), schema: SchemaName = "report"
) -> Iterator[Flaw]:
    """Yield each point on which a judgement is not what is expected; what a system leaves out is none."""
    yield from (Flaw(one.wording, reports) for one in compare(expected, judged, schema).differences)
