"""A property of the rules of an edition: the reports it makes, and what must hold of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from disclosure_spec.testing.judging import differences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hypothesis import strategies as st

    from disclosure_spec.testing.judging import Expectation, Judge, Judgement, Submission
    from disclosure_spec.wording import Wording


class Flaw(NamedTuple):
    """Hold what does not hold, and which reports of a trial show it; all of them when none is named."""

    words: str
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
            return [Flaw(f"{len(self.submissions)} reports given, {len(judgements)} judged")]
        problems = [Flaw(one.problem, (at,)) for at, one in enumerate(judgements) if one.problem is not None]
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
    pairs = tuple(expected)

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        for at, ((_, expectation), judgement) in enumerate(zip(pairs, judgements, strict=True)):
            yield from (Flaw(words, (at,)) for words in differences(expectation, judgement))

    return Trial(tuple(submission for submission, _ in pairs), verify)


def alike(submissions: Iterable[Submission], said: Callable[[Judgement], tuple[object, ...]]) -> Trial:
    """Return a trial of reports of which the same must be said as of the first.

    Args:
        submissions: The reports.
        said: What of a judgement is compared.
    """

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        first = said(judgements[0])
        for at, judgement in enumerate(judgements[1:], start=1):
            for one, other in zip(first, said(judgement), strict=True):
                yield from (Flaw(words, (0, at)) for words in unlike(one, other))

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


def unlike(one: object, other: object) -> Iterator[str]:
    """Yield in words where two things that were said differ; nothing where one was not said."""
    # A system that does not say something is not held to it.
    if None in (one, other) or one == other:
        return
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        for word, faults in (("gone", one - other), ("new", other - one)):
            yield from (
                f"finding {word}: {rule} ({grave}) {' '.join(at)}" for rule, grave, at in sorted(faults)
            )
    elif isinstance(one, dict) and isinstance(other, dict):
        for key in one:
            yield from (f"status of {key}: {words}" for words in unlike(one[key], other.get(key)))
    else:
        yield f"{other} said, not {one}"
