"""Hold a document against an edition: every rule gets its status, every failure its finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import cached_property
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking.cells import evaluate_cells
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.dates import YEAR_POINTER, evaluate_dates
from disclosure_spec.checking.equations import LinearEvaluator
from disclosure_spec.checking.evaluation import PASSED, Evaluation, not_checked
from disclosure_spec.checking.express import Shortcuts
from disclosure_spec.checking.facts import Facts, Origin, is_blank
from disclosure_spec.checking.result import (
    Finding,
    Input,
    Reason,
    Result,
    RuleOutcome,
    Status,
    Verdict,
)
from disclosure_spec.checking.structure import StructureEvaluator
from disclosure_spec.checking.texts import evaluate_text
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_NUMBER_DIGITS
from disclosure_spec.place import Note
from disclosure_spec.rules import CellsTest, DateTest, LinearTest, SchemaTest, TextTest
from disclosure_spec.version import TOOL
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.checking.express import Answer, Regular
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.errors import DisclosureError
    from disclosure_spec.rules import Report, Rule, Severity

Vector = Sequence["int | Decimal | Reason"]
"""The cells of a document in form order, each its number or the reason why there is none."""

_NAME: Final = "/reporting_body/name"
_LARGEST: Final = 10**MAX_NUMBER_DIGITS
_PRECISION: Final = 4 * MAX_NUMBER_DIGITS
"""Digits for sums: far more than any sum of cells has, whatever the caller's context rounds to."""

_MOST_KNOWN: Final = 20_000
"""Outcomes to keep for reports that give the same answers."""

_NOT_READ: Final = Origin()

_HARMLESS: Final = {Reason.NOT_STATED, None}
"""Reasons that leave the verdict open to «conforms»: the report need not state the fact at all."""


class Checker:
    """Check documents of one edition; build it once and use it for many.

    Args:
        edition: The edition of the form the documents follow.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._linear = {
            rule.id: LinearEvaluator(rule.test, edition)
            for rule in edition.rules
            if isinstance(rule.test, LinearTest)
        }
        self._known: dict[tuple[str, Answer], RuleOutcome] = {}
        self._known_reports: dict[tuple[Answer, ...], Result] = {}
        self._used = False

    @cached_property
    def express(self) -> Shortcuts:
        """Return what knows reports without a fault at a glance."""
        return Shortcuts(self.edition)

    @cached_property
    def _of_report(self) -> StructureEvaluator:
        return StructureEvaluator(self.edition, self.edition.schema)

    @cached_property
    def _of_draft(self) -> StructureEvaluator:
        return StructureEvaluator(self.edition, self.edition.draft_schema)

    def check(
        self,
        document: Document,
        *,
        origin: Origin = _NOT_READ,
        previous: Document | None = None,
        parts: Sequence[Document] = (),
    ) -> Result:
        """Return the result for one document, which is left as it was.

        Args:
            document: A document of this edition, decimals as `Decimal`.
            origin: What the reader of a file knows of it; nothing for a document given as values.
            previous: The report of the same body for the year before, of this or another edition.
            parts: The reports, for the same year, of the bodies that this one covers.

        Raises:
            InputError: A document holds a number that no strict reader lets in: a binary float, whose
                digits cannot be trusted, one that is not finite, or one of more than 30 digits.
        """
        # The code of the express way takes as long to write as some reports to check: one alone does without.
        express = self.express if self._used or "express" in vars(self) else None
        self._used = True
        if express and not (origin.unread or previous or parts):
            regular = express.regular(document)
            if regular is not None:
                return self._check_regular(Facts(document, self.edition, origin), regular)
        for one in (document, previous, *parts):
            _refuse_inexact(one)
        others: dict[Report, tuple[Facts, ...]] = {
            "previous": () if previous is None else (Facts(previous, self.edition),),
            "parts": tuple(Facts(one, self.edition) for one in parts),
        }
        facts = Facts(document, self.edition, origin, others)
        answers = express.regardless(facts) if express else (None,) * len(self.edition.rules)
        return self._evaluate_all(facts, facts.numbers, answers)

    def known(self, regular: Regular, origin: Origin = _NOT_READ) -> Result | None:
        """Return the result for a report taken apart, if one without a fault like it was checked before."""
        return self._known_result(regular, self.express.answers(regular), origin)

    def _known_result(self, regular: Regular, answers: tuple[Answer, ...], origin: Origin) -> Result | None:
        like = self._known_reports.get(answers)
        if like is None:
            return None
        year, name = regular.texts[YEAR_POINTER], str(regular.texts[_NAME])
        return Result(
            verdict=like.verdict,
            spec_version=like.spec_version,
            form_edition=like.form_edition,
            report_year=year if isinstance(year, int) else None,
            body=None if is_blank(name) else name,
            tool=like.tool,
            input=origin.input,
            rules=like.rules,
            findings=(),
            notes=tuple(origin.notes),
        )

    def _check_regular(self, facts: Facts, regular: Regular) -> Result:
        """Check a report whose shape is beyond doubt, and which is compared with no other."""
        answers = self.express.answers(regular)
        known = self._known_result(regular, answers, facts.origin)
        if known is not None:
            return known
        result = self._evaluate_all(facts, regular.numbers, answers)
        if None not in answers and not result.findings:
            if len(self._known_reports) >= _MOST_KNOWN:
                self._known_reports.clear()
            self._known_reports[answers] = result
        return result

    def _evaluate_all(self, facts: Facts, vector: Vector, answers: Sequence[Answer]) -> Result:
        """Evaluate every rule but those whose outcome is known from a report that gave the same answer."""
        outcomes: list[RuleOutcome] = []
        findings: list[Finding] = []
        with localcontext(prec=_PRECISION):
            for rule, answer in zip(self.edition.rules, answers, strict=True):
                known = None if answer is None else self._known.get((rule.id, answer))
                if known is not None:
                    outcomes.append(known)
                    continue
                evaluations = self._evaluate(rule, facts, vector)
                outcomes.append(_outcome(rule, evaluations))
                failures = [_finding(rule, one) for one in evaluations if one.status is Status.FAIL]
                findings += failures
                if answer is not None and not failures:
                    self._remember(rule.id, answer, outcomes[-1])
        name = facts.text(_NAME)
        return Result(
            verdict=verdict(outcomes, findings),
            spec_version=self.edition.spec_version,
            form_edition=self.edition.name,
            report_year=facts.year(),
            body=None if isinstance(name, Reason) else name,
            tool=TOOL,
            input=facts.origin.input,
            rules=tuple(outcomes),
            findings=tuple(findings),
            notes=tuple(facts.origin.notes),
        )

    def _remember(self, rule_id: str, answer: Answer, outcome: RuleOutcome) -> None:
        # Dates differ from report to report; a run over a country must not keep them all.
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[rule_id, answer] = outcome

    def _evaluate(self, rule: Rule, facts: Facts, vector: Vector) -> list[Evaluation]:
        if rule.status == "retired":
            return [Evaluation(Status.NOT_APPLICABLE, Reason.RETIRED)]
        if rule.switched_off:
            return [Evaluation(Status.NOT_APPLICABLE, Reason.SWITCHED_OFF)]
        reason = obstacle(rule, facts)
        if reason is Reason.CONDITION_NOT_MET:
            return [Evaluation(Status.NOT_APPLICABLE, reason)]
        if reason:
            return [not_checked(reason)]
        return list(self._evaluate_test(rule, facts, vector))

    def _evaluate_test(self, rule: Rule, facts: Facts, vector: Vector) -> Iterable[Evaluation]:
        match rule.test:
            case SchemaTest(schema):
                return (self._of_draft if schema.startswith("draft.") else self._of_report).evaluate(facts)
            case CellsTest() as test:
                return evaluate_cells(test, facts)
            case LinearTest():
                return self._linear[rule.id].evaluate(facts, vector)
            case TextTest() as test:
                return evaluate_text(test, facts)
            case DateTest() as test:
                return evaluate_dates(test, facts)


def _outcome(rule: Rule, evaluations: Sequence[Evaluation]) -> RuleOutcome:
    # Of a rule on every cell nearly all instances pass, and there is no more to say of those.
    others = [one for one in evaluations if one is not PASSED]
    counted = Counter([one.status for one in others])
    counted[Status.PASS] += len(evaluations) - len(others)
    status = next((one for one in GRAVEST_FIRST if counted[one]), Status.NOT_APPLICABLE)
    instances = {one: counted[one] for one in GRAVEST_FIRST if counted[one]}
    return RuleOutcome(
        rule.id,
        _severity(rule),
        rule.status,
        status,
        _reason(others, status),
        instances,
        open=_reason(others, Status.NOT_CHECKED),
    )


def _reason(evaluations: Sequence[Evaluation], status: Status) -> Reason | None:
    reasons = [one.reason for one in evaluations if one.status is status and one.reason]
    # One harmless reason must not hide another that leaves the verdict open.
    return next((one for one in reasons if one not in _HARMLESS), next(iter(reasons), None))


# PASS before NOT_APPLICABLE: one instance that was checked says more than all that do not apply.
GRAVEST_FIRST: Final = (Status.ERROR, Status.FAIL, Status.NOT_CHECKED, Status.PASS, Status.NOT_APPLICABLE)


def _severity(rule: Rule) -> Severity:
    # A trial rule is out for comment: it may warn, but never decides a verdict.
    return "warning" if rule.status == "trial" and rule.severity == "error" else rule.severity


def _finding(rule: Rule, failure: Evaluation) -> Finding:
    return Finding(
        rule=rule.id,
        severity=_severity(rule),
        cells=failure.cells,
        equation=failure.equation,
        expected=failure.expected,
        found=failure.found,
        difference=failure.difference,
        keyword=failure.keyword,
        message=rule.message.fill(**failure.values),
        advice=rule.advice,
        basis=rule.basis,
    )


def verdict(outcomes: Iterable[RuleOutcome], findings: Iterable[Finding]) -> Verdict:
    """Return the verdict that outcomes leave when these are the findings that count."""
    # An error that was found stands, whatever else could not be checked.
    if any(finding.severity == "error" for finding in findings):
        return Verdict.DOES_NOT_CONFORM
    # What only warns cannot leave the verdict open either.
    binding = [one for one in outcomes if one.lifecycle == "active" and one.severity == "error"]
    if any(one.status is Status.ERROR for one in binding):
        return Verdict.CANNOT_TELL
    # Asked of every rule, not of those not checked alone: a waiver may cover what else failed.
    return Verdict.CANNOT_TELL if any(one.open not in _HARMLESS for one in binding) else Verdict.CONFORMS


def unreadable(error: DisclosureError, input_: Input) -> Result:
    """Return the result for a file that cannot be read: no verdict, and a note that says why."""
    return Result(
        verdict=Verdict.CANNOT_TELL,
        spec_version=None,
        form_edition=None,
        report_year=None,
        body=None,
        tool=TOOL,
        input=input_,
        rules=(),
        findings=(),
        notes=(Note(error.code, error.wording),),
    )


def _refuse_inexact(value: JSONValue | float) -> None:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            # Most values are texts and short numbers, and not worth a call.
            if not isinstance(one, str) and not (type(one) is int and -_LARGEST < one < _LARGEST):
                _refuse_inexact(one)
    # json.loads() makes these: 0.1 + 0.2 is not 0.3, and a correct sum would be called wrong.
    elif isinstance(value, float):
        raise InputError(
            "document.float",
            Wording(
                "文档中有二进制浮点数；请用 disclosure_spec.reading.read 读入，或用 parse_float=Decimal。",
                "The document holds a binary float; use disclosure_spec.reading.read or parse_float=Decimal.",
            ),
        )
    elif isinstance(value, int | Decimal) and not _is_sane(value):
        raise InputError(
            "document.number",
            Wording(
                f"文档中有超过{MAX_NUMBER_DIGITS}位或不是有限值的数。",
                f"The document holds a number that is not finite or exceeds {MAX_NUMBER_DIGITS} digits.",
            ),
        )


def _is_sane(value: int | Decimal) -> bool:
    # Asked first, because comparing a decimal NaN with a number raises.
    finite = value.is_finite() if isinstance(value, Decimal) else True
    return finite and -_LARGEST < value < _LARGEST
