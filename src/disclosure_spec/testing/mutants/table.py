"""The mutation table: for each kind how many mutants there are, and how many are noticed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from disclosure_spec.testing.columns import aligned
from disclosure_spec.testing.mutants.kinds import KINDS
from disclosure_spec.testing.mutants.sameness import REASONS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_spec.wording import Language

_COLUMNS: Final = (
    Wording("变异体", "mutants"),
    Wording("用例发现", "by the suite"),
    Wording("性质发现", "by the properties"),
    Wording("等价", "equivalent"),
)
_KIND: Final = Wording("种类", "kind")
_ALL: Final = Wording("合计", "all")
_EDITION: Final = Wording("{edition}年版", "Edition {edition}")
_EVERY: Final = Wording("各版合计", "All editions")
_EQUIVALENT: Final = Wording(
    "等价的变异体，任何文档都分辨不出：", "Equivalent mutants, which no document can tell:"
)
_SURVIVORS: Final = Wording("没有发现的变异体：", "Mutants that were not noticed:")
_NONE: Final = Wording("没有漏掉的变异体。", "No mutant went unnoticed.")
_UNNOTICED: Final = {
    "suite": Wording("用例未发现", "not by the suite"),
    "properties": Wording("性质未发现", "not by the properties"),
}
_FALSE: Final = Wording("列为等价，却被发现", "called equivalent, yet noticed")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one mutant.

    Attributes:
        id: Of the mutant.
        edition: The edition changed.
        kind: What was done.
        place: Where, in the words of the form.
        suite: A case of the suite that notices it.
        properties: A probe of the properties that does.
        equivalent: Why no document can tell, a key of `REASONS`.
    """

    id: str
    edition: str
    kind: str
    place: Wording
    suite: str | None
    properties: str | None
    equivalent: str | None

    @property
    def faults(self) -> tuple[Wording, ...]:
        """Return what is wrong: not noticed, or noticed though called equivalent."""
        if self.equivalent:
            return (_FALSE,) if self.suite or self.properties else ()
        found = {"suite": self.suite, "properties": self.properties}
        return tuple(words for name, words in _UNNOTICED.items() if not found[name])


@dataclass(frozen=True, slots=True)
class Table:
    """The fates of all mutants, in order."""

    fates: tuple[Fate, ...]

    @property
    def survivors(self) -> tuple[Fate, ...]:
        """Return the mutants that went unnoticed, and those wrongly called equivalent."""
        return tuple(one for one in self.fates if one.faults)


def render(table: Table, language: Language) -> str:
    """Return the table as text, with the equivalent mutants explained and the survivors named."""
    editions = list(dict.fromkeys(one.edition for one in table.fates))
    blocks = [
        _block(_EDITION.fill(edition=name), [one for one in table.fates if one.edition == name], language)
        for name in editions
    ]
    if len(editions) > 1:
        blocks.append(_block(_EVERY, table.fates, language))
    return "\n\n".join([*blocks, *_explained(table, language), _survivors(table, language)]) + "\n"


def _block(title: Wording, fates: Sequence[Fate], language: Language) -> str:
    rows = [[_KIND.get(language), *(one.get(language) for one in _COLUMNS)]]
    for kind, words in KINDS.items():
        of_kind = [one for one in fates if one.kind == kind]
        if of_kind:
            rows.append([words.get(language), *_counts(of_kind)])
    rows.append([_ALL.get(language), *_counts(fates)])
    return "\n".join([title.get(language), *aligned(rows)])


def _counts(fates: Sequence[Fate]) -> list[str]:
    return [
        str(len(fates)),
        str(sum(bool(one.suite) for one in fates)),
        str(sum(bool(one.properties) for one in fates)),
        str(sum(bool(one.equivalent) for one in fates)),
    ]


def _explained(table: Table, language: Language) -> Iterable[str]:
    lines = []
    for reason, words in REASONS.items():
        found = [one.id for one in table.fates if one.equivalent == reason]
        if found:
            lines += [f"- {words.get(language)} ({len(found)})", *(f"    {one}" for one in found)]
    if lines:
        yield "\n".join([_EQUIVALENT.get(language), *lines])


def _survivors(table: Table, language: Language) -> str:
    if not table.survivors:
        return _NONE.get(language)
    lines = [
        f"- {one.id}: {', '.join(words.get(language) for words in one.faults)}; {one.place.get(language)}"
        for one in table.survivors
    ]
    return "\n".join([_SURVIVORS.get(language), *lines])
