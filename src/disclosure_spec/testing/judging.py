"""Reports handed to a system under test, and what it says of them: our own checker is one such system."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from disclosure_spec.checking import Checker
from disclosure_spec.checking.subset import accepts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Catalogue, Edition

SchemaName = Literal["report", "draft"]


class Fault(NamedTuple):
    """Hold what of a finding every system must say alike: the rule, how grave, and the places in order."""

    rule: str
    severity: str
    pointers: tuple[str, ...]

    @classmethod
    def at(cls, rule: str, severity: str, pointers: Iterable[str]) -> Fault:
        """Return the fault at these places, in whatever order they come and however often."""
        return cls(rule, severity, tuple(sorted(set(pointers))))


@dataclass(frozen=True, slots=True)
class Submission:
    """A report to be judged, with what it is held against.

    Attributes:
        edition: The edition to judge by, whatever the document says of itself.
        document: The report; JSON values of any shape where it is malformed.
        schema: The schema whose answer is asked for.
        previous: The report of the year before.
        parts: The reports of the bodies it covers.
    """

    edition: str
    document: Document
    schema: SchemaName = "report"
    previous: Document | None = None
    parts: tuple[Document, ...] = ()

    @property
    def is_object(self) -> bool:
        """Tell whether the document is an object at all; of anything else only its validity can be asked."""
        return isinstance(self.document, dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a system says of a submission; None is what it does not say.

    Attributes:
        valid: Whether the schema accepts the document.
        verdict: `conforms`, `does_not_conform` or `cannot_tell`.
        faults: All findings.
        statuses: The status of each rule by id.
        reasons: Why a rule was not checked or does not apply.
        problem: Why there is no answer: a crash, a time limit, output that cannot be understood.
    """

    valid: bool | None = None
    verdict: str | None = None
    faults: frozenset[Fault] | None = None
    statuses: Mapping[str, str] | None = None
    reasons: Mapping[str, str | None] | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What every system must say of a submission; None is left open.

    Attributes:
        faults: All findings, or with `scope` those of some rules.
        scope: The rules whose findings are meant; all when empty.
        statuses: Statuses of some rules.
        reasons: Reasons of some rules; not normative.
    """

    valid: bool | None = None
    verdict: str | None = None
    faults: frozenset[Fault] | None = None
    scope: frozenset[str] = frozenset()
    statuses: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str | None] = field(default_factory=dict)


class Judge(Protocol):
    """A system under test."""

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield a judgement for each submission, in order; a problem is a judgement too, never raised."""


class OwnJudge:
    """Judge by our own checker.

    Args:
        editions: The editions to judge by, changed ones among them if so wished.
    """

    def __init__(self, editions: Collection[Edition]) -> None:
        self._checkers = {edition.name: Checker(edition) for edition in editions}
        self._accepts = {
            (edition.name, name): accepts(schema)
            for edition in editions
            for name, schema in (("report", edition.schema), ("draft", edition.draft_schema))
        }

    @classmethod
    def of(cls, catalogue: Catalogue) -> OwnJudge:
        """Return the judge of the newest version of a catalogue."""
        return cls(catalogue.editions())

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield what our checker says of each submission."""
        for one in submissions:
            valid = self._accepts[one.edition, one.schema](one.document)
            if not one.is_object:
                # A list or a number has no places that rules could be held against.
                yield Judgement(valid=valid)
                continue
            result = self._checkers[one.edition].check(one.document, previous=one.previous, parts=one.parts)
            yield judgement(result, valid=valid)


def judgement(result: Result, *, valid: bool | None = None) -> Judgement:
    """Return a result of our checker as a judgement."""
    return Judgement(
        valid=valid,
        verdict=result.verdict.value,
        faults=frozenset(Fault.at(one.rule, one.severity, one.pointers) for one in result.findings),
        statuses={one.id: one.status.value for one in result.rules},
        reasons={one.id: one.reason.value if one.reason else None for one in result.rules},
    )
