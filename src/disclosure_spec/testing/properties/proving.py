"""Put properties to the test with generated reports, and keep the smallest that one fails on."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.errors import HypothesisException

from disclosure_spec.edition import Catalogue
from disclosure_spec.testing.judging import OwnJudge
from disclosure_spec.testing.properties.laws import properties
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.judging import Judge, Submission
    from disclosure_spec.testing.properties.law import Property, Trial

EXAMPLES: Final = 75
"""How many examples a property of the most frequent kind is tried on."""

_SHRINKING_SECONDS: Final = 20.0
_NOT_TRIED: Final = Wording(
    "未能照此性质试验（Hypothesis：{kind}）：{error}", "Hypothesis could not try it ({kind}): {error}"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """The smallest example on which a property does not hold.

    Attributes:
        problems: What is wrong, in words.
        submissions: The reports; none where Hypothesis could not make any.
    """

    problems: tuple[Wording, ...]
    submissions: tuple[Submission, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one property.

    Attributes:
        law: The property.
        tried: How many examples were made before the search for a smaller one.
        reports: How many reports were judged in them.
        failure: The smallest counterexample; None where the property holds.
        seconds: How long it took.
    """

    law: Property
    tried: int
    reports: int
    failure: Failure | None
    seconds: float = field(compare=False)

    @property
    def outcome(self) -> Literal["held", "failed"]:
        """Return `held` or `failed`."""
        return "failed" if self.failure else "held"


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of all properties, in the order of editions and properties.

    Attributes:
        seed: Gives the same examples again.
        examples: As asked for.
        lines: One for each property and edition.
        editions: The editions they are of.
    """

    seed: int
    examples: int
    lines: tuple[Line, ...]
    editions: tuple[Edition, ...] = field(repr=False, compare=False)

    @property
    def held(self) -> bool:
        """Tell whether every property holds."""
        return not any(line.failure for line in self.lines)


def prove(  # noqa: PLR0913 - each is a choice of its own
    editions: Catalogue | Iterable[Edition],
    *,
    judge: Judge | None = None,
    seed: int = 0,
    examples: int = EXAMPLES,
    only: Callable[[Property], bool] = lambda _: True,
    shrink: bool = True,
    progress: Callable[[Line, int, int], None] = lambda *_: None,
) -> Proof:
    """Put the properties of editions to the test.

    The same seed gives the same examples, with one version of Hypothesis and of this package.

    Args:
        editions: The editions, changed ones among them if so wished; or all of a catalogue.
        judge: The system under test; our own checker of these editions when None.
        seed: Where the examples begin.
        examples: How many, for a property of the most frequent kind; others take their share.
        only: Tells which properties are wanted.
        shrink: Whether a smaller counterexample is looked for.
        progress: Called after each property, with how many are done and how many there are.
    """
    chosen = editions.editions() if isinstance(editions, Catalogue) else tuple(editions)
    wanted = [one for edition in chosen for one in properties(edition) if only(one)]
    judge = judge or OwnJudge(chosen)
    lines: list[Line] = []
    for one in wanted:
        lines.append(put_to_the_test(one, judge, seed=seed, examples=examples, shrink=shrink))
        progress(lines[-1], len(lines), len(wanted))
    return Proof(seed, examples, tuple(lines), chosen)


def put_to_the_test(
    one: Property, judge: Judge, *, seed: int = 0, examples: int = EXAMPLES, shrink: bool = True
) -> Line:
    """Put one property to the test; arguments as of `prove`."""
    attempt = _Attempt(judge)
    begun = time.perf_counter()
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)

    @seeded(f"{seed} {one.edition} {one.id}")
    @settings(
        max_examples=max(1, one.examples * examples // EXAMPLES),
        phases=phases,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        print_blob=False,
        suppress_health_check=_NO_HEALTH_CHECKS,
    )
    @given(_sealed(one.trials))
    def hold(sealed: _Sealed) -> None:
        attempt.make(sealed.trial)

    try:
        hold()
    # What fails is kept by the attempt; the last that did is the smallest.
    except (_FailsError, _EnoughError):
        pass
    # Nothing could be made, too slowly, or the judge does not say the same twice.
    except HypothesisException as error:
        words = _NOT_TRIED.fill(kind=type(error).__name__, error=error)
        attempt.failure = attempt.failure or Failure((words,))
    return Line(one, attempt.tried, attempt.reports, attempt.failure, time.perf_counter() - begun)


_NO_HEALTH_CHECKS: Final[tuple[HealthCheck, ...]] = ()
"""Named, because a profile of the caller's might suppress some."""


class _Sealed:
    """Keep a trial from being written out: Hypothesis would show all that it was made of."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial


@st.composite
def _sealed(draw: st.DrawFn, trials: st.SearchStrategy[Trial]) -> _Sealed:
    return _Sealed(draw(trials))


class _FailsError(Exception):
    """The property does not hold."""


class _EnoughError(BaseException):
    """The search for a smaller example has taken long enough; no Exception, or Hypothesis would keep it."""


class _Attempt:
    """Count the examples of one property and keep the last that fails, which is the smallest so far."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.tried = 0
        self.reports = 0
        self.failure: Failure | None = None
        self._until = 0.0

    def make(self, trial: Trial) -> None:
        """Judge an example.

        Raises:
            _FailsError: The property does not hold.
            _EnoughError: Time is up.
        """
        # Tries at a smaller example are not counted: how many there are depends on the machine.
        if self.failure is None:
            self.tried += 1
            self.reports += len(trial.submissions)
        elif time.perf_counter() > self._until:
            raise _EnoughError
        flaws = trial.flaws(self.judge)
        if flaws:
            # Counted from the first failure: until then every example is wanted.
            self._until = self._until or time.perf_counter() + _SHRINKING_SECONDS
            # Of many reports judged together those that show the first flaw are enough.
            shown = flaws[0].reports or range(len(trial.submissions))
            self.failure = Failure(
                tuple(one.words for one in flaws if one.reports == flaws[0].reports),
                tuple(trial.submissions[at] for at in shown),
            )
            raise _FailsError
