"""Hold mutants against probes, the likeliest to tell first, until one tells."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Checker
from disclosure_spec.checking.subset import accepts
from disclosure_spec.rules import CellsTest, SchemaTest, TextTest
from disclosure_spec.testing.comparing import compare
from disclosure_spec.testing.judging import Judgement, judgement
from disclosure_spec.testing.mutants.asking import Asked, checked, differs_on, only_rule
from disclosure_spec.testing.mutants.equations import EquationBench, is_of_one_equation
from disclosure_spec.testing.mutants.mutant import RULES
from disclosure_spec.testing.mutants.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.checking import Result
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Rule
    from disclosure_spec.testing.mutants.mutant import Mutant
    from disclosure_spec.testing.mutants.probes import Probe


class Bench:
    """Hold the mutants of one edition against probes.

    Args:
        edition: The edition as published.
        probes: What to ask; those of other editions are left out.
    """

    def __init__(self, edition: Edition, probes: Iterable[Probe]) -> None:
        self._edition = edition
        self._probes = [one for one in probes if one.submission.edition == edition.name]
        # Documents of any shape, of which only validity is known, are no use against rules.
        self._of_rules = [one for one in self._probes if one.speaks_of_rules]
        self._checker = Checker(edition)
        self._accepts = {"report": accepts(edition.schema), "draft": accepts(edition.draft_schema)}
        self._places = {"report": self._places_of("report"), "draft": self._places_of("draft")}
        self._linked = {rule.id for rule in edition.rules if _is_linked(rule)}
        # Most probes kill many mutants and are asked of the edition once.
        self._met: dict[str, bool] = {}
        self._ordered = cache(self._order)
        self._alone = cache(self._checker_alone)
        self._result = cache(self._result_alone)
        self._equations = EquationBench(edition, self._result)

    def killer(self, mutant: Mutant) -> Probe | None:
        """Return a probe that the edition answers as it must and the mutant does not; None: it survives."""
        # The first that tells is enough: these are generators, and nothing more is asked.
        found = self._of_rule(mutant) if mutant.file == RULES else self._of_schema(mutant)
        return next(found, None)

    def is_met(self, probe: Probe) -> bool:
        """Tell whether the edition as published answers a probe as it must."""
        if probe.id not in self._met:
            asked = probe.submission
            valid = self._accepts[asked.schema](asked.document)
            if probe.speaks_of_rules:
                said = judgement(checked(self._checker, asked), valid=valid)
            else:
                said = Judgement(valid=valid)
            self._met[probe.id] = not compare(probe.expected, said, asked.schema).differences
        return self._met[probe.id]

    def _of_rule(self, mutant: Mutant) -> Iterator[Probe]:
        probes: Iterable[Probe] = self._ordered(mutant.rule)
        asked = Asked(self._edition, mutant)
        # Asked alone, such a rule could not show what it leaves to the structure.
        if mutant.rule in self._linked:
            yield from (one for one in probes if asked.differs(one) and self.is_met(one))
            return
        touched: Iterable[tuple[Probe, bool]] = ((one, False) for one in probes)
        # Nine mutants in ten; hundreds of equations of the same rule need not be worked out for them.
        if is_of_one_equation(mutant):
            touched = self._equations.touched(mutant, probes)
        for probe, is_certain in touched:
            if self._tells(asked, mutant.rule, probe, is_certain=is_certain):
                yield probe

    def _tells(self, asked: Asked, rule: str, probe: Probe, *, is_certain: bool) -> bool:
        # Two questions of one rule cost less than one of the whole edition.
        before = self._result(rule, probe)
        after = None if is_certain else asked.alone(probe)
        if after is None or differs_on(rule, probe, after):
            return not differs_on(rule, probe, before)
        # The verdict is the gravest that any rule alone comes to: without a change there, none here.
        is_open = probe.expected.verdict is None or after.verdict == before.verdict
        return not is_open and asked.differs(probe) and self.is_met(probe)

    def _of_schema(self, mutant: Mutant) -> Iterator[Probe]:
        asked = Asked(self._edition, mutant)
        # Validity first, which is quick to ask; findings only where that does not show the change.
        touched = self._places[mutant.file].touched(mutant)
        yield from (one for one in touched if asked.validity_differs(one) and self._is_valid_as_told(one))
        if mutant.file == "report":
            of_rules = (one for one in touched if one.speaks_of_rules)
            yield from (one for one in of_rules if asked.differs(one) and self.is_met(one))

    def _is_valid_as_told(self, probe: Probe) -> bool:
        asked = probe.submission
        return self._accepts[asked.schema](asked.document) == probe.expected.valid

    def _places_of(self, file: str) -> Places:
        schema = self._edition.schema if file == "report" else self._edition.draft_schema
        # Rules are checked against the report schema, whichever schema a probe asks about.
        asked = [
            one
            for one in self._probes
            if one.submission.schema == file or (file == "report" and one.speaks_of_rules)
        ]
        return Places(schema, asked)

    def _order(self, rule: str) -> Sequence[Probe]:
        """Return the probes made for a rule first, then those that say something of it."""

        # Whatever order is taken, the answer is the same; it only comes sooner.
        def distance(probe: Probe) -> int:
            if probe.about == rule:
                return 0
            if any(fault.rule == rule for fault in probe.expected.faults or ()):
                return 1
            return 2 if rule in probe.expected.statuses else 3

        return sorted(self._of_rules, key=distance)

    def _checker_alone(self, rule: str) -> Checker:
        published = next(one for one in self._edition.published_rules[RULES] if one["id"] == rule)
        return Checker(only_rule(self._edition, published))

    def _result_alone(self, rule: str, probe: Probe) -> Result:
        return checked(self._alone(rule), probe.submission)


_TOLD_ELSEWHERE: Final = "present"


def _is_linked(rule: Rule) -> bool:
    """Tell whether the structure depends on the rule, as what the rule tells is not told twice."""
    is_present = isinstance(rule.test, TextTest) and rule.test.require == _TOLD_ELSEWHERE
    return is_present or isinstance(rule.test, CellsTest | SchemaTest)
