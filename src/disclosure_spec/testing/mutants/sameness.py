"""Mutants that no document can tell from the edition as published, each for a reason that is checked."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker, Reason
from disclosure_spec.checking.subset import accepts
from disclosure_spec.document import MISSING
from disclosure_spec.rules import CellsTest, TextTest
from disclosure_spec.testing.mutants.equations import equations_of, is_of_one_equation, mutated_equation
from disclosure_spec.testing.mutants.mutant import at_path
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation
    from disclosure_spec.testing.mutants.mutant import Mutant

_MIRRORED: Final = {"=": "=", "<=": ">=", ">=": "<="}
_TOLD_ELSEWHERE: Final = {"filled", "number", "count", "amount", "present"}
"""What a rule may require that the structure then leaves to it, if the rule is active."""


class Sameness:
    """Know which mutants of one edition are equivalent to it.

    Args:
        edition: The edition as published.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def reason(self, mutant: Mutant) -> str | None:
        """Return the key of `REASONS` that explains why no document can tell; None if one might."""
        return next((name for name, applies in _CHECKS.items() if applies(mutant, self)), None)

    @property
    def edition(self) -> Edition:
        """Return the edition."""
        return self._edition

    @cached_property
    def unevaluated(self) -> frozenset[str]:
        """Return the rules that no checker evaluates yet; they only say so."""
        # Any document will do: what is not evaluated yet is so whatever the report says.
        result = Checker(self._edition).check(blank(self._edition))
        return frozenset(one.id for one in result.rules if one.reason is Reason.NOT_YET_EVALUATED)


def _is_multiple(mutant: Mutant, known: Sameness) -> bool:
    if not is_of_one_equation(mutant):
        return False
    new = mutated_equation(known.edition, mutant)
    old = equations_of(known.edition.rule(mutant.rule))[int(mutant.path[4])]
    if new is None or not old.terms or not new.terms:
        return False
    before, after = _weights(old), _weights(new)
    # A cell more or less is never a multiple.
    if before.keys() != after.keys():
        return False
    (first, *_) = before
    # Ratios compared crosswise, so that no division has to come out even.
    same = all(after[one] * before[first] == before[one] * after[first] for one in before)
    is_mirrored = (before[first] > 0) != (after[first] > 0)
    return same and new.relation == (_MIRRORED[old.relation] if is_mirrored else old.relation)


def _weights(equation: Equation) -> Counter[tuple[str, str]]:
    weights: Counter[tuple[str, str]] = Counter()
    for term in equation.terms:
        weights[term.pointer, term.of] += term.coefficient
    return weights


def _is_unevaluated(mutant: Mutant, known: Sameness) -> bool:
    return mutant.kind == "severity_lowered" and mutant.rule in known.unevaluated


def _is_one_of_several_unevaluated(mutant: Mutant, known: Sameness) -> bool:
    if mutant.kind != "part_dropped" or mutant.rule not in known.unevaluated:
        return False
    rule = known.edition.rule(mutant.rule)
    return isinstance(rule.test, TextTest) and len(rule.test.pointers) > 1


def _is_trial_error(mutant: Mutant, known: Sameness) -> bool:
    if mutant.kind != "severity_lowered":
        return False
    rule = known.edition.rule(mutant.rule)
    return rule.status == "trial" and rule.severity == "error"


def _is_trial_of_no_error(mutant: Mutant, known: Sameness) -> bool:
    if mutant.kind != "status_changed" or mutant.value != "trial":
        return False
    rule = known.edition.rule(mutant.rule)
    required = rule.test.require if isinstance(rule.test, CellsTest | TextTest) else ""
    return rule.severity != "error" and required not in _TOLD_ELSEWHERE


def _is_contained(mutant: Mutant, known: Sameness) -> bool:
    if mutant.kind != "word_dropped":
        return False
    *path, index = mutant.path
    words: list[str] = at_path(known.edition.published_rules, tuple(path))
    dropped = words[int(index)]
    return any(one in dropped for one in words if one != dropped)


def _is_implied_by_choices(mutant: Mutant, known: Sameness) -> bool:
    if mutant.file == "rules" or mutant.path[-1] != "type":
        return False
    schema = known.edition.schema if mutant.file == "report" else known.edition.draft_schema
    holder: Mapping[str, Any] = at_path(schema, mutant.path[:-1])
    if "enum" not in holder:
        return False
    # With a list of choices the type decides nothing, unless it keeps one of them out.
    types = {"before": holder["type"], "after": mutant.value}
    tests = [accepts({} if one is MISSING else {"type": one}) for one in types.values()]
    return all(test(choice) for test in tests for choice in holder["enum"])


_CHECKS: Final[Mapping[str, Callable[[Mutant, Sameness], bool]]] = {
    "multiple": _is_multiple,
    "unevaluated": _is_unevaluated,
    "unevaluated_part": _is_one_of_several_unevaluated,
    "trial_error": _is_trial_error,
    "trial_of_no_error": _is_trial_of_no_error,
    "contained_word": _is_contained,
    "choices": _is_implied_by_choices,
}

REASONS: Final[Mapping[str, Wording]] = {
    "multiple": Wording(
        "改动后的式子是原式乘以一个不为零的数（为负的，不等号同时反向），成立的条件相同，问题的位置也相同。",
        "The equation is the published one times a number other than zero (an inequality turned round if it "
        "is negative): it holds for the same numbers and its finding names the same cells.",
    ),
    "unevaluated": Wording(
        "该规则尚未实现检验，从不提出问题，级别无从显示。",
        "The rule has no evaluation yet and makes no finding that could show its severity.",
    ),
    "unevaluated_part": Wording(
        "该规则尚未实现检验，检查一个部分或几个部分，都是“未检查”。",
        "The rule has no evaluation yet: over one part or several it is “not checked” all the same.",
    ),
    "trial_error": Wording(
        "试行规则的错误本来就只算警告。",
        "An error of a rule on trial counts as a warning anyway.",
    ),
    "trial_of_no_error": Wording(
        "试行只把错误降为警告；该规则不是错误级，也不影响结论。",
        "A trial turns errors into warnings; this rule makes none and does not bear on the verdict.",
    ),
    "contained_word": Wording(
        "所去掉的词包含同一方面的另一个词，凡有前者必有后者。",
        "The word contains another of the same head: wherever it stands, that one stands too.",
    ),
    "choices": Wording(
        "选项已经列出全部可取的值，类型不再排除任何值。",
        "The choices list every value allowed; the type keeps none of them out and lets nothing else in.",
    ),
}
"""Why no document can tell."""
