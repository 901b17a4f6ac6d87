"""Hold a document against an edition: every rule gets its status, every failure its finding."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from functools import cached_property

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass
from disclosure_spec.checking.cells import evaluate_cells
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.dates import YEAR_POINTER, evaluate_dates
from disclosure_spec.checking.equations import LinearEvaluator
from disclosure_spec.checking.evaluation import (
    HARMLESS,
    Evaluation,
    Instances,
    not_checked,
    outcome_of,
    severity_of,
)
from disclosure_spec.checking.facts import NAME_POINTER, Facts, Origin, Taken, is_blank
from disclosure_spec.checking.inexact import refuse_inexact
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.checking.express import Answer, Regular, Shortcuts
    from disclosure_spec.checking.mending import Mended, Mender
    from disclosure_spec.checking.subset import Breach
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Cell, Edition
    from disclosure_spec.errors import DisclosureError
    from disclosure_spec.rules import Rule

_EXACT: Final = Context(prec=4 * MAX_NUMBER_DIGITS)
"""Digits for sums: far more than any sum of cells has, whatever the caller's context rounds to."""

_MOST_KNOWN: Final = 20_000
"""Reports to keep for others that give the same answers."""

_MOST_ANSWERS: Final = 1_000
"""Outcomes of a rule to keep likewise."""

_MOST_MENDED: Final = 25
"""Broken keywords up to which it pays to tell the rules that look at none of their places."""

_NOT_READ: Final = Origin()


@dataclass(frozen=True, slots=True)
class Examined:
    """A result with the facts it rests on; None where nothing was found."""

    result: Result
    facts: Facts | None


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
        self._known: list[dict[Answer, RuleOutcome]] = [{} for _ in edition.rules]
        self._known_reports: dict[tuple[Answer, ...], Result] = {}
        self._used = False

    @cached_property
    def express(self) -> Shortcuts:
        """Return what knows reports without a fault at a glance."""
        from disclosure_spec.checking.express import Shortcuts  # noqa: PLC0415 - one report does without

        return Shortcuts(self.edition)

    @cached_property
    def _mender(self) -> Mender:
        from disclosure_spec.checking.mending import Mender  # noqa: PLC0415 - one report does without

        return Mender(self.edition)

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
        return self.examine(document, origin=origin, previous=previous, parts=parts).result

    def verdict(self, document: Document) -> Verdict:
        """Return the verdict of `check`, sooner: for those who ask at every key stroke if all is well."""
        regular = self.express.regular(document)
        known = regular and self._known_reports.get(regular.answers)
        return known.verdict if known else self.examine(document, regular=regular).result.verdict

    def examine(
        self,
        document: Document,
        *,
        origin: Origin = _NOT_READ,
        previous: Document | None = None,
        parts: Sequence[Document] = (),
        regular: Regular | None = None,
    ) -> Examined:
        """Check one document, and give what was gathered of one with findings along with the result.

        Args:
            document: As for `check`, like the rest.
            origin: Likewise.
            previous: Likewise.
            parts: Likewise.
            regular: The document taken apart by `express`, where that was done before.

        Raises:
            InputError: As for `check`.
        """
        # The code of the express way takes as long to write as some reports to check: one alone does without.
        express = self.express if self._used or "express" in vars(self) else None
        self._used = True
        if express and not (origin.unread or previous or parts):
            regular = regular or express.regular(document)
            examined = (
                self._examine_irregular(document, origin)
                if regular is None
                else self._examine_regular(document, origin, regular)
            )
            if examined:
                return examined
        for one in (document, previous, *parts):
            refuse_inexact(one)
        facts = Facts.of(document, self.edition, origin, previous, parts)
        answers = express.regardless(facts) if express else (None,) * len(self.edition.rules)
        return Examined(self._evaluate_all(facts, answers), facts)

    def known(self, regular: Regular, origin: Origin = _NOT_READ) -> Result | None:
        """Return the result for a report taken apart, if one without a fault like it was checked before."""
        like = self._known_reports.get(regular.answers)
        if like is None:
            return None
        year, name = regular.texts[YEAR_POINTER], regular.texts[NAME_POINTER]
        return Result(
            verdict=like.verdict,
            spec_version=like.spec_version,
            form_edition=like.form_edition,
            report_year=year if isinstance(year, int) else None,
            body=name if isinstance(name, str) and not is_blank(name) else None,
            tool=like.tool,
            input=origin.input,
            rules=like.rules,
            findings=(),
            notes=tuple(origin.notes),
        )

    def _examine_regular(self, document: Document, origin: Origin, regular: Regular) -> Examined:
        """Check a report whose shape is beyond doubt, and which is compared with no other."""
        answers = regular.answers
        known = self.known(regular, origin)
        if known is not None:
            return Examined(known, None)
        facts = self._facts_of(document, origin, regular)
        result = self._evaluate_all(facts, answers)
        if None not in answers and not result.findings:
            if len(self._known_reports) >= _MOST_KNOWN:
                self._known_reports.clear()
            self._known_reports[answers] = result
        return Examined(result, facts)

    def _examine_irregular(self, document: Document, origin: Origin) -> Examined | None:
        """Check a report that breaks the structure in some places; None where elsewhere it is unusual too."""
        try:
            breaches = self._of_report.breaches(document)
        except ArithmeticError:
            # What is no number at all cannot be compared, and is refused.
            return None
        # A draft full of blanks leaves next to no rule untouched.
        if len(breaches) > _MOST_MENDED:
            return None
        for mended in self._mender.mended(document, breaches):
            regular = self.express.regular(mended.document)
            if regular is not None:
                return self._examine_mended(document, origin, mended, regular, breaches)
        return None

    def _examine_mended(
        self,
        document: Document,
        origin: Origin,
        mended: Mended,
        regular: Regular,
        breaches: Sequence[Breach],
    ) -> Examined:
        """Check a report by what is left of it when it is mended, and evaluate what looks at the rest."""
        try:
            refuse_inexact(dict(mended.removed))
        except InputError:
            # Of several such numbers the first of the document is named.
            refuse_inexact(document)
        facts = self._facts_of(
            document, origin, regular, self._mender.cells_touched(mended.removed), breaches
        )
        answers = [*regular.answers]
        for position in self._mender.rules_touched(mended.removed):
            answers[position] = None
        return Examined(self._evaluate_all(facts, answers), facts)

    def _facts_of(
        self,
        document: Document,
        origin: Origin,
        regular: Regular,
        faulty: Iterable[Cell] = (),
        breaches: Sequence[Breach] = (),
    ) -> Facts:
        """Return the facts of a report that is regular but for some cells."""
        numbers: list[int | Decimal | Reason] = [*regular.numbers]
        # In form order, which is that of findings.
        doubtful = {cell.index: cell for cell in (*faulty, *self._mender.doubtful)}
        doubtful = {at: doubtful[at] for at in sorted(doubtful)}
        facts = Facts(document, self.edition, origin, taken=Taken(numbers, doubtful, breaches))
        for at, cell in doubtful.items():
            numbers[at] = facts.number(cell.pointer)
        return facts

    def _evaluate_all(self, facts: Facts, answers: Sequence[Answer]) -> Result:
        """Evaluate every rule but those whose outcome is known from a report that gave the same answer."""
        outcomes: list[RuleOutcome] = []
        findings: list[Finding] = []
        with localcontext(_EXACT):
            for rule, answer, known in zip(self.edition.rules, answers, self._known, strict=True):
                outcome = None if answer is None else known.get(answer)
                if outcome is None:
                    instances = self._evaluate(rule, facts)
                    outcome = outcome_of(rule, instances)
                    failures = [_finding(rule, one) for one in instances.others if one.status is Status.FAIL]
                    findings += failures
                    if answer is not None and not failures:
                        # Dates differ from report to report; a run over a country must not keep them all.
                        if len(known) >= _MOST_ANSWERS:
                            known.clear()
                        known[answer] = outcome
                outcomes.append(outcome)
        name = facts.text(NAME_POINTER)
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

    def _evaluate(self, rule: Rule, facts: Facts) -> Instances:
        if rule.status == "retired":
            return Instances(0, [Evaluation(Status.NOT_APPLICABLE, Reason.RETIRED)])
        if rule.switched_off:
            return Instances(0, [Evaluation(Status.NOT_APPLICABLE, Reason.SWITCHED_OFF)])
        reason = obstacle(rule, facts)
        if reason is Reason.CONDITION_NOT_MET:
            return Instances(0, [Evaluation(Status.NOT_APPLICABLE, reason)])
        if reason:
            return Instances(0, [not_checked(reason)])
        return self._evaluate_test(rule, facts)

    def _evaluate_test(self, rule: Rule, facts: Facts) -> Instances:
        match rule.test:
            case SchemaTest(schema):
                return Instances.of(self._evaluate_structure(schema, facts))
            case CellsTest() as test:
                return evaluate_cells(test, facts)
            case LinearTest():
                return Instances.of(self._linear[rule.id].evaluate(facts, facts.numbers))
            case TextTest() as test:
                return Instances.of(evaluate_text(test, facts))
            case DateTest() as test:
                return Instances.of(evaluate_dates(test, facts))

    def _evaluate_structure(self, schema: str, facts: Facts) -> Iterator[Evaluation]:
        evaluator = self._of_draft if schema.startswith("draft.") else self._of_report
        if facts.taken and evaluator is self._of_report:
            return evaluator.evaluate(facts, facts.taken.breaches)
        return evaluator.evaluate(facts, evaluator.breaches(facts.document))


def _finding(rule: Rule, failure: Evaluation) -> Finding:
    return Finding(
        rule=rule.id,
        severity=severity_of(rule),
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
    return Verdict.CANNOT_TELL if any(one.open not in HARMLESS for one in binding) else Verdict.CONFORMS


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
