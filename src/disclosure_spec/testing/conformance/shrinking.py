"""Make the submission on which two systems disagree as small as can be.

Not by Hypothesis: it would have to find the disagreement again, and what it makes small is what a strategy
drew. Here the fewest changes of the smallest consistent report are looked for, then the plainest values.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from disclosure_spec.document import MISSING
from disclosure_spec.testing.conformance.editing import changes, with_changes
from disclosure_spec.testing.judging import Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from disclosure_spec.document import Document, JSONValue, Missing
    from disclosure_spec.testing.conformance.editing import Change

    Still = Callable[[Submission], bool]

_MOST_CALLS: Final = 400
"""How often a system is asked: it may be a command that starts anew each time."""

_ROUNDS: Final = 3
"""How often all is gone through: a plainer value may make another change needless."""

_SHORT: Final = 24
"""Texts up to this length are tried without each of their characters."""


def smallest(one: Submission, base: Document, still: Still, hints: Sequence[str] = ()) -> Submission:
    """Return the smallest submission found that is still of interest.

    Args:
        one: Where to start; it is of interest.
        base: The smallest consistent report, also of last year and of each part.
        still: Whether a submission is of interest.
        hints: Pointers in which the reason is likely to lie.
    """
    return _Shrinker(one, base, still).run(hints)


class _Shrinker:
    def __init__(self, one: Submission, base: Document, still: Still) -> None:
        self._one = one
        self._still = still
        self._calls = 0
        self._known: dict[str, bool] = {}
        whole = _whole(one)
        self._base: Document = {key: dict(base) for key in whole}
        self._made = [*changes(self._base, whole)]

    def run(self, hints: Sequence[str]) -> Submission:
        if not self._try([]):
            self._without_reports()
            hinted = [one for one in self._made if any(_concerns(one, hint) for hint in hints)]
            # The changes at the places named often do by themselves, which spares the halving.
            if hinted:
                self._try(hinted)
            for _ in range(_ROUNDS):
                before = list(self._made)
                self._fewer()
                self._together()
                self._plainer()
                if self._made == before:
                    break
        return self._submission(self._made)

    def _try(self, made: Sequence[Change]) -> bool:
        """Keep these changes if they still do."""
        key = repr(made)
        # Rounds come back to what was tried before, and asking is what takes time.
        if key not in self._known:
            if self._calls >= _MOST_CALLS:
                return False
            self._calls += 1
            self._known[key] = self._still(self._submission(made))
        if self._known[key]:
            self._made = list(made)
        return self._known[key]

    def _submission(self, made: Sequence[Change]) -> Submission:
        whole = cast("dict[str, Document]", with_changes(self._base, made))
        parts = tuple(document for key, document in whole.items() if key.isdecimal())
        one = self._one
        return Submission(one.edition, whole["document"], one.schema, whole.get("previous"), parts)

    def _without_reports(self) -> None:
        """Leave out the reports it is held against, one by one."""
        for key in [one for one in self._base if one != "document"]:
            base = self._base
            self._base = {name: document for name, document in base.items() if name != key}
            if not self._try([one for one in self._made if one[0][0] != key]):
                self._base = base

    def _fewer(self) -> None:
        """Leave out changes, halves first (delta debugging)."""
        size = max(len(self._made) // 2, 1)
        while True:
            at, removed = 0, False
            while at < len(self._made):
                rest = self._made[:at] + self._made[at + size :]
                if self._try(rest):
                    removed = True
                else:
                    at += size
            if size == 1 and not removed:
                return
            size = max(size // 2, 1)

    def _plainer(self) -> None:
        """Put plainer values in, one change at a time."""
        at = 0
        while at < len(self._made):
            path, value = self._made[at]
            others = (self._made[:at], self._made[at + 1 :])
            for plain in _plainer(value):
                if self._try([*others[0], (path, plain), *others[1]]):
                    break
            else:
                at += 1

    def _together(self) -> None:
        """Leave out or lower all numbers that are equal at once, as totals and years ask for it."""
        for value in dict.fromkeys(one for _, one in self._made if _is_number(one)):
            if self._try([one for one in self._made if not (_is_number(one[1]) and one[1] == value)]):
                continue
            now = value
            while (plainer := next(filter(partial(self._replace, now), _plainer(now)), None)) is not None:
                now = plainer

    def _replace(self, old: JSONValue | Missing, new: JSONValue | Missing) -> bool:
        return self._try([(path, new if _is_number(one) and one == old else one) for path, one in self._made])


def _whole(one: Submission) -> Document:
    """Return all reports of a submission as one object."""
    whole: Document = {"document": one.document}
    if one.previous is not None:
        whole["previous"] = one.previous
    return whole | {str(number): part for number, part in enumerate(one.parts)}


def _concerns(change: Change, pointer: str) -> bool:
    place = "/" + "/".join(change[0][1:])
    return pointer.startswith(place) or place.startswith(pointer)


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def _plainer(value: JSONValue | Missing) -> Iterator[JSONValue | Missing]:
    """Yield values that are plainer, the plainest first."""
    match value:
        case bool() | None | 0:
            return
        case int():
            yield from _plainer_integers(value)
        case Decimal():
            yield from _plainer_decimals(value)
        case str():
            yield from _plainer_texts(value)
        case dict():
            yield MISSING
            yield from ({key: one for key, one in value.items() if key != left} for left in value)
        case list():
            yield from ([*value[:at], *value[at + 1 :]] for at in range(len(value)))
        case _:
            return


def _plainer_integers(value: int) -> Iterator[JSONValue]:
    near = (0, 1, 2, -1, *(sign * 10**power for power in (1, 3, 6, 9, 12, 15) for sign in (1, -1)))
    below = (one for one in near if _rank(one) < _rank(value))
    yield from (*below, *([value // 10, value // 2, value - 1] if value > 0 else [-value, value + 1]))


def _plainer_decimals(value: Decimal) -> Iterator[JSONValue]:
    whole = int(value)
    yield from (0, 1, whole)
    digits = -int(value.as_tuple().exponent)
    for places in range(1, digits):
        yield value.quantize(Decimal(1).scaleb(-places))
    # The part after the point alone, and then its digits as small as they get.
    if whole:
        yield value - whole
    for places in range(1, digits + 1):
        small = Decimal(1).scaleb(-places)
        if small < abs(value):
            yield small


def _plainer_texts(value: str) -> Iterator[JSONValue]:
    half = len(value) // 2
    if value:
        yield ""
    if half:
        yield from (value[:half], value[half:])
    if 1 < len(value) <= _SHORT:
        yield from (value[:at] + value[at + 1 :] for at in range(len(value)))


def _rank(value: int) -> tuple[int, bool]:
    return abs(value), value < 0
