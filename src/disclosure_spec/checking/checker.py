"""Hold a document against an edition: every rule gets its status, every failure its finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import cached_property
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking.cells import evaluate_cells
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.dates import evaluate_dates
from disclosure_spec.checking.equations import LinearEvaluator
from disclosure_spec.checking.evaluation import Evaluation, not_checked
from disclosure_spec.checking.facts import Facts, Origin
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

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.errors import DisclosureError
    from disclosure_spec.rules import Report, Rule, Severity

Vector = Sequence["int | Decimal | Reason"]
"""The cells of a document in form order, each its number or the reason why there is none."""

_LARGEST: Final = 10**MAX_NUMBER_DIGITS
_PRECISION: Final = 4 * MAX_NUMBER_DIGITS
"""Digits for sums: far more than any sum of cells has, whatever the caller's context rounds to."""

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
        for one in (document, previous, *parts):
            _refuse_inexact(one)
        others: dict[Report, tuple[Facts, ...]] = {
            "previous": () if previous is None else (Facts(previous, self.edition),),
            "parts": tuple(Facts(one, self.edition) for one in parts),
        }
        with localcontext(prec=_PRECISION):
            return self._check(Facts(document, self.edition, origin, others))

    def _check(self, facts: Facts) -> Result:
        # Looked up once: a cell of table 3 stands in several equations.
        vector = [facts.number(cell.pointer) for cell in self.edition.cells]
        outcomes: list[RuleOutcome] = []
        findings: list[Finding] = []
        for rule in self.edition.rules:
            evaluations = self._evaluate(rule, facts, vector)
            outcomes.append(_outcome(rule, evaluations))
            findings.extend(_finding(rule, one) for one in evaluations if one.status is Status.FAIL)
        name = facts.text("/reporting_body/name")
        return Result(
            verdict=_verdict(outcomes, findings),
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

    def _evaluate(self, rule: Rule, facts: Facts, vector: Vector) -> list[Evaluation]:
        if rule.status == "retired":
            return [Evaluation(Status.NOT_APPLICABLE, Reason.RETIRED)]
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
    counted = Counter(one.status for one in evaluations)
    status = next((one for one in GRAVEST_FIRST if counted[one]), Status.NOT_APPLICABLE)
    reasons = [one.reason for one in evaluations if one.status is status and one.reason]
    # One harmless reason must not hide another that leaves the verdict open.
    reason = next((one for one in reasons if one not in _HARMLESS), next(iter(reasons), None))
    instances = {one: counted[one] for one in GRAVEST_FIRST if counted[one]}
    return RuleOutcome(rule.id, _severity(rule), rule.status, status, reason, instances)


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


def _verdict(outcomes: Iterable[RuleOutcome], findings: Iterable[Finding]) -> Verdict:
    # An error that was found stands, whatever else could not be checked.
    if any(finding.severity == "error" for finding in findings):
        return Verdict.DOES_NOT_CONFORM
    # What only warns cannot leave the verdict open either.
    binding = [one for one in outcomes if one.lifecycle == "active" and one.severity == "error"]
    if any(one.status is Status.ERROR for one in binding):
        return Verdict.CANNOT_TELL
    open_ = [one for one in binding if one.status is Status.NOT_CHECKED]
    return Verdict.CANNOT_TELL if any(one.reason not in _HARMLESS for one in open_) else Verdict.CONFORMS


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
