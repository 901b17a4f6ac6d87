"""When a rule applies; what is not known is never taken for a no."""

from __future__ import annotations

import re

from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.checking.result import Reason

if TYPE_CHECKING:
    from decimal import Decimal

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.rules import Condition, Rule


def obstacle(rule: Rule, facts: Facts) -> Reason | None:
    """Return why the rule is not evaluated on this document: not met, or unknown; None if it applies."""
    if not rule.applies_when:
        return None
    alternatives = [_all_hold(conditions, facts) for conditions in rule.applies_when]
    # One alternative that holds is enough, whatever is unknown about the others.
    if True in alternatives:
        return None
    return Reason.CONDITION_UNKNOWN if None in alternatives else Reason.CONDITION_NOT_MET


def _all_hold(conditions: tuple[Condition, ...], facts: Facts) -> bool | None:
    answers = [_holds(condition, facts) for condition in conditions]
    # One condition that fails settles it, even beside an unknown one.
    if False in answers:
        return False
    return None if None in answers else True


def _holds(condition: Condition, facts: Facts) -> bool | None:
    if condition.minimum is not None or condition.maximum is not None:
        return _is_within(condition, facts)
    text = facts.text(condition.pointers[0])
    if isinstance(text, Reason):
        return None
    if condition.pattern is not None:
        # fullmatch(), because `$` in Python also matches before a final line break.
        return re.fullmatch(condition.pattern, text) is not None
    return text in condition.values


def _is_within(condition: Condition, facts: Facts) -> bool | None:
    total: int | Decimal = 0
    for pointer in condition.pointers:
        number = facts.number(pointer)
        if isinstance(number, Reason):
            return None
        total += number
    high_enough = condition.minimum is None or total >= condition.minimum
    return high_enough and (condition.maximum is None or total <= condition.maximum)
