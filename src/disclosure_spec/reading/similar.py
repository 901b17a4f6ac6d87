"""Damaged names: the one name a text resembles, when it resembles no other nearly as much.

Names of a form differ by as little as one word, and by just what that word says: 不予 and 予以, 三类 and
四类. So a resemblance counts only where every other known name is clearly further away, and never across a
word that turns the meaning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, TypeVar

from disclosure_spec._values import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

T = TypeVar("T", bound="Hashable")

_FIGURES: Final = str.maketrans("1234567890", "一二三四五六七八九〇")
_NEGATIONS: Final = frozenset("不未无非没")
_OPPOSITES: Final = _NEGATIONS | frozenset("上下本去今前后新旧增减有两〇一二三四五六七八九十百千万亿元")
"""In the place of one another these say something else; no slip of the pen does that unnoticed."""

_FAR: Final = 99
_SHORTEST_CUT: Final = 3
_SHORTEST_NUMBERED: Final = 2
_LONG_CUT: Final = 8
_SHORTEST_REST: Final = 4
_HALF: Final = 2
_WITH_PROOF: Final = 4
_WITHOUT_PROOF: Final = 6
"""One slip is borne for so many characters, with something else that speaks for the name and without."""

_MOST_SLIPS: Final = 4


@dataclass(frozen=True, slots=True)
class Name(Generic[T]):
    """A name as printed: its number, the words behind it, and what it is the name of."""

    number: str
    words: str
    target: T


class Names(Generic[T]):
    """All names that may be met, each a rival of the others.

    Args:
        names: Normalised; one target may have several.
    """

    def __init__(self, names: Iterable[Name[T]]) -> None:
        self._names = tuple(dict.fromkeys(_figured(one) for one in names))
        self._exact: dict[str, set[T]] = {}
        self._worded: dict[str, set[T]] = {}
        for one in self._names:
            self._exact.setdefault(one.number + one.words, set()).add(one.target)
            self._worded.setdefault(one.words, set()).add(one.target)
        # A text is no longer than a name can be, so there are some hundred of these at most.
        self._borne: dict[tuple[int, int], tuple[Name[T], ...]] = {}
        self._letters = frozenset("".join(one.number + one.words for one in self._names))
        self._longest = max((len(one.number + one.words) for one in self._names), default=0)

    def closest(self, number: str, words: str, *, cut: bool = False) -> T | None:
        """Return the target of the one name that a text is a cut or a misspelling of.

        Args:
            number: The number the text begins with, or nothing.
            words: What stands behind it, normalised.
            cut: Whether the text says itself that it goes on, by dots at its end.
        """
        text = _figured(Name(number, words, None))
        if len(number + words) > self._longest + _MOST_SLIPS:
            return None
        # Each character that no name has is a slip by itself, so that most texts are done with here.
        strange = sum(char not in self._letters for char in text.words)
        if strange:
            return self._misspelt(text, strange) if strange <= _MOST_SLIPS else None
        # A name is no slip for another name; it may be the beginning of one that has its number.
        whole = self._exact.get(text.number + text.words)
        found = None if whole else self._begun(text, cut=cut)
        whole = whole or self._worded.get(text.words)
        if found is not None:
            return found
        if whole:
            return _single(whole)
        found = self._ended(text)
        return found if found is not None else self._misspelt(text, 0)

    def _begun(self, text: Name[None], *, cut: bool) -> T | None:
        """Return what the text is the beginning of."""
        if len(text.words) < (_SHORTEST_NUMBERED if text.number else _SHORTEST_CUT):
            return None
        # A whole name that is the beginning of another is that name, unless its number is the other's.
        same_number = bool(text.number) or text.words in self._worded
        begun = [
            one
            for one in self._names
            if one.words.startswith(text.words) and one.words != text.words
            if one.number == text.number or not same_number
        ]
        found = _only(begun)
        # Few words are the beginning of much else too, unless dots say that something is missing.
        enough = cut or len(text.words) >= _LONG_CUT
        enough = enough or any(_HALF * len(text.words) >= len(one.words) for one in found)
        return found[0].target if found and enough else None

    def _ended(self, text: Name[None]) -> T | None:
        """Return what the text is the rest of, where a break has taken the beginning."""
        if text.number or len(text.words) < _SHORTEST_REST:
            return None
        found = _only([one for one in self._names if one.words.endswith(text.words)])
        for one in found:
            lost = one.words[: -len(text.words)]
            if _HALF * len(text.words) < len(one.words) or _OPPOSITES & set(lost):
                return None
        return found[0].target if found else None

    def _misspelt(self, text: Name[None], strange: int) -> T | None:
        """Return what the text differs from in a few characters, and from all others in twice as many.

        Args:
            text: What is printed.
            strange: Characters in it that are in no name.
        """
        bearing = self._bearing(len(text.words), strange)
        near = [one for one in bearing if _may_be(text, one, _borne(text, one))]
        counts = {one: _slips(text, one) for one in near}
        counts = {one: count for one, count in counts.items() if count <= _borne(text, one)}
        least = min(counts.values(), default=0)
        best = _only([one for one, count in counts.items() if count == least])
        if not best or all(_slips(text, one, turns=True) > least for one in best):
            return None
        target = best[0].target
        rivals = (one for one in self._names if one.target != target and _may_be(text, one, 2 * least))
        return None if any(_slips(text, one) < 2 * least for one in rivals) else target

    def _bearing(self, length: int, strange: int) -> tuple[Name[T], ...]:
        """Return the names that a text of this length, with so many slips at least, may be a slip for."""
        if (length, strange) not in self._borne:
            self._borne[length, strange] = tuple(
                one
                for one in self._names
                if strange <= _most(one) and abs(length - len(one.words)) <= _most(one) + len(one.number)
            )
        return self._borne[length, strange]


def slips(one: str, other: str) -> int:
    """Return how many characters are put in, left out or replaced between two texts."""
    return _distance(one, other, turns=False)


def _figured(name: Name[T]) -> Name[T]:
    # Offices write 3类 for 三类; that is no slip at all.
    return Name(name.number, name.words.translate(_FIGURES), name.target)


def _only(names: list[Name[T]]) -> list[Name[T]]:
    """Return the names if all are of one target, else none."""
    return names if len({one.target for one in names}) == 1 else []


def _single(targets: Collection[T]) -> T | None:
    return next(iter(targets)) if len(targets) == 1 else None


def _most(name: Name[T]) -> int:
    """Return how many slips a name bears in any text."""
    return min(len(name.words) // _WITH_PROOF, _MOST_SLIPS)


def _borne(text: Name[None], name: Name[T]) -> int:
    """Return how many slips a name of this length bears."""
    proved = bool(text.number) and text.number == name.number
    each = _WITH_PROOF if proved else _WITHOUT_PROOF
    return min(len(name.words) // each, _MOST_SLIPS)


def _may_be(text: Name[None], name: Name[T], most: int) -> bool:
    """Tell whether so many slips could be enough, by what costs next to nothing to know."""
    if abs(len(text.words) - len(name.words)) > most + len(name.number):
        return False
    letters, whole = set(text.words), name.number + name.words
    if len(letters.difference(whole)) > most:
        return False
    return sum(max(0, text.words.count(char) - whole.count(char)) for char in letters) <= most


def _slips(text: Name[None], name: Name[T], *, turns: bool = False) -> int:
    """Return the slips between the words, or with the numbers where a slip has spoilt the number itself."""
    conflict = bool(text.number and name.number) and text.number != name.number
    words = _distance(text.words, name.words, turns=turns) + conflict
    return min(words, _distance(text.number + text.words, name.number + name.words, turns=turns))


def _distance(one: str, other: str, *, turns: bool) -> int:
    """Return the characters put in, left out or replaced; far, where one of them `turns` the meaning."""
    one, other = _trimmed(one, other)
    above = [0]
    for char in other:
        above.append(above[-1] + _one_more(char, turns=turns))
    for mine in one:
        extra = _one_more(mine, turns=turns)
        row = [above[0] + extra]
        for at, theirs in enumerate(other, start=1):
            replaced = above[at - 1] + _replaced(mine, theirs, turns=turns)
            row.append(min(replaced, above[at] + extra, row[-1] + _one_more(theirs, turns=turns)))
        above = row
    return above[-1]


def _trimmed(one: str, other: str) -> tuple[str, str]:
    """Return two texts without what they begin and end with alike."""
    # Nearly all of a damaged name is whole, and what is left is compared in no time.
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    start = min(len(one), len(other)) if start is None else start
    one, other = one[start:], other[start:]
    backwards = zip(reversed(one), reversed(other), strict=False)
    end = next((at for at, (a, b) in enumerate(backwards) if a != b), min(len(one), len(other)))
    return one[: len(one) - end], other[: len(other) - end]


def _one_more(char: str, *, turns: bool) -> int:
    return _FAR if turns and char in _NEGATIONS else 1


def _replaced(one: str, other: str, *, turns: bool) -> int:
    if one == other:
        return 0
    turned = turns and ({one, other} <= _OPPOSITES or bool({one, other} & _NEGATIONS))
    return _FAR if turned else 1
