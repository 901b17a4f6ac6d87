"""What a system says, held against what it should say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from disclosure_spec.reporting.words import SEVERITIES, VERDICTS
from disclosure_spec.testing.judging import Expectation
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from disclosure_spec.testing.judging import Fault, Judgement, SchemaName

Kind = Literal["problem", "unsaid", "valid", "verdict", "missing", "unexpected", "severity", "status"]
Level = Literal["structure", "rules"]

REQUIRED_OF_RULES: Final = frozenset({"findings", "statuses"})
"""What a system must say to be judged at the level of rules."""

_WORDS: Final[Mapping[Kind, Wording]] = {
    "problem": Wording("{said}", "{said}"),
    "unsaid": Wording("应说明而没有说明：{about}", "says nothing of: {about}"),
    "valid": Wording(
        "数据结构（{about}）：应为{expected}，答为{said}", "valid ({about}): {expected} expected, {said} said"
    ),
    "verdict": Wording("结论：应为{expected}，答为{said}", "verdict: {expected} expected, {said} said"),
    "missing": Wording(
        "没有指出：{about}（{expected}） {places}", "finding missing: {about} ({expected}) {places}"
    ),
    "unexpected": Wording(
        "多指出了：{about}（{said}） {places}", "finding not expected: {about} ({said}) {places}"
    ),
    "severity": Wording(
        "{about}的级别：应为{expected}，答为{said} {places}",
        "severity of {about}: {expected} expected, {said} said {places}",
    ),
    "status": Wording(
        "{about}的状态：应为{expected}，答为{said}", "status of {about}: {expected} expected, {said} said"
    ),
}
_NOTHING: Final = "-"

_YES_NO: Final = {"true": "符合", "false": "不符合"}
_GRAVE: Final[Mapping[str, str]] = {name: words.zh for name, words in SEVERITIES.items()}
_VERDICTS: Final[Mapping[str, str]] = {verdict.value: words.zh for verdict, words in VERDICTS.items()}
_STATUSES: Final = {
    "pass": "通过",
    "fail": "不通过",
    "not_checked": "未检查",
    "not_applicable": "不适用",
    "error": "规则有误",
    _NOTHING: "没有答",
}
_SCHEMAS: Final = {"report": "报告", "draft": "草稿"}
_IN_CHINESE: Final[Mapping[Kind, Mapping[str, str]]] = {
    # A system that gives no answer on structure is caught by its verdict.
    "valid": {**_VERDICTS, **_YES_NO, **_SCHEMAS},
    "verdict": _VERDICTS,
    "missing": _GRAVE,
    "unexpected": _GRAVE,
    "severity": _GRAVE,
    "status": _STATUSES,
}
"""What the values of JSON are called in Chinese; in English they speak for themselves."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One point on which a system does not say what it should.

    Attributes:
        kind: What kind of point.
        about: The rule, the schema, or what was not said; empty for the whole document.
        expected: What should have been said.
        said: What was said.
        places: The pointers of the finding in question.
    """

    kind: Kind
    about: str = ""
    expected: str = ""
    said: str = ""
    places: tuple[str, ...] = ()

    @property
    def wording(self) -> Wording:
        """Return it in words."""
        names = _IN_CHINESE.get(self.kind, {})
        # A foreign system may say a word nobody knows: it is shown as it is.
        values = {
            name: Wording(names.get(value, value), value)
            for name, value in (("about", self.about), ("expected", self.expected), ("said", self.said))
        }
        filled = _WORDS[self.kind].fill(**values, places=" ".join(self.places))
        return Wording(filled.zh.rstrip(), filled.en.rstrip())

    @property
    def cause(self) -> tuple[str, ...]:
        """Return what differences of one cause have in common: not the places, nor a program's last words."""
        # What a program printed differs from crash to crash; the kind of crash stands before the colon.
        said = self.said.partition("：")[0] if self.kind == "problem" else self.said
        return self.kind, self.about, self.expected, said


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of holding an answer against what is expected.

    Attributes:
        differences: Each point on which they differ.
        judged: Whether the answer says anything of what is asked.
    """

    differences: tuple[Difference, ...]
    judged: bool


def aspects_asked(expected: Expectation, schema: SchemaName, level: Level | None) -> frozenset[str]:
    """Return what an expectation asks for: `valid/<schema>`, `verdict`, `findings`, `statuses`."""
    asked = {f"valid/{schema}"} if expected.valid is not None else set()
    if level != "structure":
        present = {
            "verdict": expected.verdict is not None,
            "findings": expected.faults is not None,
            "statuses": bool(expected.statuses),
        }
        asked |= {name for name, is_asked in present.items() if is_asked}
    return frozenset(asked)


def aspects_said(judged: Judgement, schema: SchemaName) -> frozenset[str]:
    """Return what an answer speaks of."""
    values = {
        f"valid/{schema}": judged.valid,
        "verdict": judged.verdict,
        "findings": judged.faults,
        "statuses": judged.statuses,
    }
    return frozenset(name for name, value in values.items() if value is not None)


def compare(
    expected: Expectation,
    judged: Judgement,
    schema: SchemaName = "report",
    *,
    level: Level | None = None,
    required: AbstractSet[str] = frozenset(),
) -> Comparison:
    """Hold an answer against what is expected.

    Args:
        expected: What should be said.
        judged: What is said.
        schema: The schema that `valid` is about.
        level: `structure` to look at `valid` alone.
        required: What the answer must speak of if it is asked for it; the rest it may leave out.
    """
    if judged.problem is not None:
        return Comparison((Difference("problem", said=judged.problem),), judged=True)
    asked, said = aspects_asked(expected, schema, level), aspects_said(judged, schema)
    found = [Difference("unsaid", one) for one in sorted((asked - said) & required)]
    both = asked & said
    # A system without an answer on structure must at least not let a broken report pass.
    by_verdict = expected.valid is False and schema == "report" and not {"valid/report", "verdict"} & both
    if by_verdict and judged.verdict == "conforms":
        found.append(Difference("valid", schema, "false", "conforms"))
    found.extend(_on_both(expected, judged, schema, both))
    return Comparison(tuple(found), judged=bool(both or found or (by_verdict and judged.verdict is not None)))


def _on_both(
    expected: Expectation, judged: Judgement, schema: SchemaName, both: AbstractSet[str]
) -> Iterator[Difference]:
    if f"valid/{schema}" in both and expected.valid != judged.valid:
        yield Difference("valid", schema, _word(expected.valid), _word(judged.valid))
    if "verdict" in both and expected.verdict != judged.verdict:
        yield Difference("verdict", "", str(expected.verdict), str(judged.verdict))
    if "findings" in both:
        yield from _findings(expected, judged.faults or frozenset())
    if "statuses" in both:
        yield from _statuses(expected, judged.statuses or {})


def missing(fault: Fault) -> Difference:
    """Return the difference that a fault is not found."""
    return Difference("missing", fault.rule, expected=fault.severity, places=fault.pointers)


def unexpected(fault: Fault) -> Difference:
    """Return the difference that a fault is found which is none."""
    return Difference("unexpected", fault.rule, said=fault.severity, places=fault.pointers)


def expectation_of(judgement: Judgement) -> Expectation:
    """Return the expectation that another system says the same."""
    return Expectation(
        valid=judgement.valid,
        verdict=judgement.verdict,
        faults=judgement.faults,
        statuses=judgement.statuses or {},
    )


def _findings(expected: Expectation, said: frozenset[Fault]) -> Iterator[Difference]:
    wanted = expected.faults or frozenset()
    scoped = {one for one in said if not expected.scope or one.rule in expected.scope}
    extra = sorted(scoped - wanted)
    for one in sorted(wanted - scoped):
        other = next((two for two in extra if (two.rule, two.pointers) == (one.rule, one.pointers)), None)
        if other:
            extra.remove(other)
            yield Difference("severity", one.rule, one.severity, other.severity, one.pointers)
        else:
            yield missing(one)
    yield from map(unexpected, extra)


def _statuses(expected: Expectation, said: Mapping[str, str]) -> Iterator[Difference]:
    for rule, status in expected.statuses.items():
        told = said.get(rule, _NOTHING)
        if told != status:
            yield Difference("status", rule, status, told)


def _word(value: bool | None) -> str:  # noqa: FBT001 - the value that is worded
    return str(value).lower()
