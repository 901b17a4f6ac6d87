"""Hold a system against the pack, case by case."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, Literal

from disclosure_spec.errors import UsageError
from disclosure_spec.testing.comparing import (
    REQUIRED_OF_RULES,
    Difference,
    aspects_said,
    compare,
)
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from disclosure_spec.testing.comparing import Level
    from disclosure_spec.testing.conformance.pack import Case, Pack
    from disclosure_spec.testing.judging import Judge, Judgement

    Progress = Callable[[int, int], None]

Outcome = Literal["passed", "failed", "expected_failure", "unexpectedly_passed", "skipped"]
OUTCOMES: Final[tuple[Outcome, ...]] = (
    "passed",
    "failed",
    "expected_failure",
    "unexpectedly_passed",
    "skipped",
)
TAKES_ALL: Final = frozenset({"previous", "parts"})
"""What a judge in Python takes besides the document."""

_NOT_TAKEN: Final = Wording("命令没有{name}", "the command has no {name}")
_NOT_SAID: Final = Wording("该系统不回答此项", "the system does not speak of this")
_UNKNOWN_ID: Final = Wording(
    "预期不通过的用例“{name}”不在用例清单中（第{line}行）。",
    "There is no case {name}, listed in line {line} as expected to fail.",
)


@dataclass(frozen=True, slots=True)
class ExpectedFailures:
    """The cases that a system is known to fail.

    Attributes:
        reasons: Why, by the id of a case or a pattern such as `2021/rules/text.*`.
    """

    reasons: Mapping[str, str]

    @classmethod
    def parse(cls, text: str, pack: Pack) -> ExpectedFailures:
        """Read a list, one id or pattern a line, a reason after `#`.

        Raises:
            UsageError: No case of the pack has such an id.
        """
        reasons: dict[str, str] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            name, _, reason = (part.strip() for part in line.partition("#"))
            if name:
                if not any(fnmatchcase(case.id, name) for case in pack.cases):
                    raise UsageError("expected.unknown", _UNKNOWN_ID.fill(name=name, line=number))
                reasons[name] = reason
        return cls(reasons)

    def reason(self, case_id: str) -> str | None:
        """Return why a case may fail; None if it may not."""
        return next((why for name, why in self.reasons.items() if fnmatchcase(case_id, name)), None)


@dataclass(frozen=True, slots=True)
class CaseReport:
    """What came of one case.

    Attributes:
        case: The case.
        outcome: Whether it passed.
        differences: What the system should have said and did not.
        note: Why it was skipped or may fail.
    """

    case: Case
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    note: Wording | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What came of a whole pack.

    Attributes:
        spec_version: Version of the specification.
        system: The system that was judged.
        folder: Where the documents lie.
        cases: What came of each case, in the order of the pack.
        said: What the system spoke of: `valid/report`, `valid/draft`, `verdict`, `findings`, `statuses`.
        seconds: How long it took.
    """

    spec_version: str
    system: str
    folder: str
    cases: tuple[CaseReport, ...]
    said: frozenset[str]
    seconds: float

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """Return how many cases came to what."""
        counted = Counter(one.outcome for one in self.cases)
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    @property
    def held(self) -> bool:
        """Tell whether nothing failed that may not, all that may did, and something passed at all."""
        counts = self.counts
        judged = len(self.cases) - counts["skipped"]
        return bool(judged) and not counts["failed"] and not counts["unexpectedly_passed"]


_NONE_EXPECTED: Final = ExpectedFailures({})


def run(  # noqa: PLR0913 - each is a choice of its own
    pack: Pack,
    judge: Judge,
    *,
    system: str = "",
    level: Level | None = None,
    takes: Collection[str] = TAKES_ALL,
    expected_failures: ExpectedFailures = _NONE_EXPECTED,
    progress: Progress | None = None,
) -> Report:
    """Hold a system against every case of a pack.

    What it says is compared, what it never says is not; but what it says of some reports it must say of all.

    Args:
        pack: The cases.
        judge: The system.
        system: What to call it.
        level: `structure` to look at structure alone, `rules` to demand findings and statuses.
        takes: Whether it takes `previous` and `parts`; cases that need what it does not take are skipped.
        expected_failures: The cases it may fail.
        progress: Called with how many cases are done, and of how many.
    """
    began = time.monotonic()
    needs = [_untaken(case, takes) for case in pack.cases]
    asked = [case for case, need in zip(pack.cases, needs, strict=True) if need is None]
    judged = _judge_all(asked, judge, progress)
    answers = [*zip(asked, judged, strict=True)]
    said = {aspect for case, one in answers for aspect in aspects_said(one, case.submission.schema)}
    required = said | REQUIRED_OF_RULES if level == "rules" else said
    remaining = iter(answers)
    reports: list[CaseReport] = []
    for case, need in zip(pack.cases, needs, strict=True):
        if need:
            reports.append(CaseReport(case, "skipped", note=_NOT_TAKEN.fill(name=need)))
        else:
            _, answer = next(remaining)
            reports.append(_report(case, answer, level, required, expected_failures))
    seconds = time.monotonic() - began
    return Report(pack.spec_version, system, pack.folder, tuple(reports), frozenset(said), seconds)


def _untaken(case: Case, takes: Collection[str]) -> str | None:
    needed = {"previous": case.submission.previous is not None, "parts": bool(case.submission.parts)}
    return next((f"{{{name}}}" for name, needs in needed.items() if needs and name not in takes), None)


def _judge_all(cases: Sequence[Case], judge: Judge, progress: Progress | None) -> Iterable[Judgement]:
    judged: list[Judgement] = []
    for one in judge.judge(case.submission for case in cases):
        judged.append(one)
        if progress:
            progress(len(judged), len(cases))
    return judged


def _report(
    case: Case,
    judged: Judgement,
    level: Level | None,
    required: Collection[str],
    expected_failures: ExpectedFailures,
) -> CaseReport:
    schema = case.submission.schema
    compared = compare(case.expectation, judged, schema, level=level, required=frozenset(required))
    if not compared.judged:
        return CaseReport(case, "skipped", note=_NOT_SAID)
    reason = expected_failures.reason(case.id)
    note = None if reason is None else Wording(reason, reason)
    if compared.differences:
        outcome: Outcome = "failed" if reason is None else "expected_failure"
        return CaseReport(case, outcome, compared.differences, note)
    return CaseReport(case, "passed" if reason is None else "unexpectedly_passed", note=note)
