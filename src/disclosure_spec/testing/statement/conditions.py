"""When a clause applies: to what kind of body, to which years, with what on the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from disclosure_spec.testing.statement.facts import as_number, as_text, value_at

if TYPE_CHECKING:
    import re
    from fractions import Fraction

    from disclosure_spec.testing.statement.facts import Facts

Keys: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextIs:
    """A text is one of some, or matches a pattern as a whole.

    Attributes:
        such_as: Examples that match.
        unlike: Examples that do not.
    """

    at: Keys
    among: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    such_as: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()

    def holds(self, facts: Facts) -> bool | None:
        """Tell whether it holds; None where there is no text."""
        text = as_text(value_at(facts.document, self.at))
        # Neither yes nor no: a body of unknown kind may be one the clause is meant for.
        return None if text is None else self.says(text)

    def says(self, text: str) -> bool:
        """Tell whether it holds of a text."""
        return text in self.among if self.pattern is None else self.pattern.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class SumIs:
    """Some numbers add up to at least or at most so much."""

    at: tuple[Keys, ...]
    at_least: int | None = None
    at_most: int | None = None

    def holds(self, facts: Facts) -> bool | None:
        """Tell whether it holds; None where a number is lacking."""
        total: int | Fraction = 0
        for keys in self.at:
            number = as_number(value_at(facts.document, keys))
            if number is None:
                return None
            total += number
        return (self.at_least is None or total >= self.at_least) and (
            self.at_most is None or total <= self.at_most
        )


Condition: TypeAlias = TextIs | SumIs


def applies(groups: tuple[tuple[Condition, ...], ...], facts: Facts) -> bool | None:
    """Tell whether all conditions of some group hold; always if there is none, None where it is not known."""
    if not groups:
        return True
    answers = [_all(group, facts) for group in groups]
    # One group that holds settles it, whatever is not known of the others.
    return True if True in answers else None if None in answers else False


def _all(group: tuple[Condition, ...], facts: Facts) -> bool | None:
    answers = [one.holds(facts) for one in group]
    # One condition that fails settles it, likewise.
    return False if False in answers else None if None in answers else True
