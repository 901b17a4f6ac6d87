"""The equations of an edition, ready to be tried on a reading of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from disclosure_spec._values import dataclass
from disclosure_spec.rules import LinearTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Rule
    from disclosure_spec.wording import Wording

Figures: TypeAlias = Mapping[str, int | Decimal]
"""Numbers by pointer; a blank counts as 0 in a proof and nowhere else, a cell not read is not in it."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A weighted sum of cells that is zero on every report without a slip.

    Attributes:
        name: The title of its rule.
    """

    terms: tuple[tuple[int, str], ...]
    name: Wording

    def holds(self, figures: Figures) -> bool | None:
        """Tell whether the sum is zero; None where a cell of it is not known."""
        if any(pointer not in figures for _, pointer in self.terms):
            return None
        return sum((weight * figures[pointer] for weight, pointer in self.terms), Decimal(0)) == 0


class System:
    """All equations that hold on every report of an edition by itself."""

    def __init__(self, edition: Edition) -> None:
        self._at: dict[str, list[Balance]] = {}
        for rule in edition.rules:
            for balance in _balances(rule):
                for _, pointer in balance.terms:
                    self._at.setdefault(pointer, []).append(balance)

    @lru_cache(maxsize=1024)  # noqa: B019 - a system is kept as long, see `system_of`
    def within(self, pointers: tuple[str, ...]) -> tuple[Balance, ...]:
        """Return the equations that relate some cells to each other and to no other cell."""
        own = set(pointers)
        return tuple(one for one in self.about(pointers) if own.issuperset(at for _, at in one.terms))

    @lru_cache(maxsize=1024)  # noqa: B019 - see above
    def across(self, pointers: tuple[str, ...]) -> tuple[Balance, ...]:
        """Return the equations that relate some cells to others."""
        own = set(pointers)
        return tuple(one for one in self.about(pointers) if not own.issuperset(at for _, at in one.terms))

    def about(self, pointers: tuple[str, ...]) -> tuple[Balance, ...]:
        """Return the equations that any of some cells is in."""
        return tuple(dict.fromkeys(one for pointer in pointers for one in self._at.get(pointer, ())))


@lru_cache(maxsize=32)
def system_of(edition: Edition) -> System:
    """Return the equations of an edition; they are the same for every file, so they are sorted once."""
    return System(edition)


def _balances(rule: Rule) -> Iterator[Balance]:
    # What holds only for some bodies or years, or beside another report, proves nothing about a reading.
    binding = rule.status == "active" and rule.severity == "error" and not rule.applies_when
    if not binding or not isinstance(rule.test, LinearTest):
        return
    for equation in rule.test.equations:
        alone = all(term.of == "document" for term in equation.terms)
        if alone and equation.relation == "=" and len(equation.terms) > 1:
            yield Balance(tuple((term.coefficient, term.pointer) for term in equation.terms), rule.title)
