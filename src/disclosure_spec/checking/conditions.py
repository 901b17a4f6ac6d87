"""When a rule applies; what is not known is never taken for a no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_spec.checking.result import Reason

if TYPE_CHECKING:
    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.rules import Condition, Rule


def obstacle(rule: Rule, facts: Facts) -> Reason | None:
    """Return why the rule is not evaluated on this document: not met, or unknown; None if it applies."""
    if not rule.applies_when:
        return None
    alternatives = [_all_hold(conditions, facts) for conditions in rule.applies_when]
    if True in alternatives:
        return None
    return Reason.CONDITION_UNKNOWN if None in alternatives else Reason.CONDITION_NOT_MET


def _all_hold(conditions: tuple[Condition, ...], facts: Facts) -> bool | None:
    answers = [_holds(condition, facts) for condition in conditions]
    if False in answers:
        return False
    return None if None in answers else True


def _holds(condition: Condition, facts: Facts) -> bool | None:
    if condition.minimum is not None:
        number = facts.number(condition.pointer)
        return None if isinstance(number, Reason) else number >= condition.minimum
    text = facts.text(condition.pointer)
    if isinstance(text, Reason):
        return None
    if condition.pattern is not None:
        return re.search(condition.pattern, text) is not None
    return text in condition.values
