"""How many reports conform, do not, or could not be judged: the last lines of a run over many."""

from __future__ import annotations

from collections import Counter

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass, field
from disclosure_spec.checking import Verdict, WaiverState
from disclosure_spec.reporting.telling import visible
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.checking import Result, Waiver, WaiverUse
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.wording import Language

_SUMMARY: Final = Wording(
    "共{total}份：符合{conforms}份，不符合{does_not_conform}份，无法判断{cannot_tell}份，无法读取{unreadable}份。",
    "{total} reports: {conforms} conform, {does_not_conform} do not, {cannot_tell} cannot be told, "
    "{unreadable} could not be read.",
)
_NEVER_USED: Final = Wording(
    "未用上的豁免：[{rule}] {body}{year}年度", "waiver never used: [{rule}] {body} {year}"
)
_UNREADABLE: Final = Wording("无法读取：{name}", "could not be read: {name}")
_MORE: Final = Wording("无法读取的还有{number}份", "and {number} more that could not be read")
_BLANK_LINES: Final = Wording("跳过空行{number}行", "blank lines passed over: {number}")
_MOST_NAMED: Final = 100


@dataclass(slots=True)
class Tally:
    """Count what came out, as results pass by on their way to a format that keeps none of them.

    Attributes:
        waivers: All that were given for the run.
        verdicts: How many reports have each verdict.
        unread: How many could not be read.
        unreadable: The names of the first of those.
        uses: What the results say of waivers that covered something, each once.
        blank_lines: How many lines were passed over.
    """

    waivers: Sequence[Waiver] = ()
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    unread: int = 0
    unreadable: list[str] = field(default_factory=list)
    uses: list[WaiverUse] = field(default_factory=list)
    blank_lines: int = 0

    def watch(self, inspections: Iterable[Inspection]) -> Iterator[Inspection]:
        """Pass every inspection on, counted."""
        for one in inspections:
            self.count(one.result)
            yield one

    def count(self, result: Result) -> None:
        """Count one result."""
        self.verdicts[result.verdict] += 1
        if result.waivers:
            self._note_uses(result.waivers)
        if not result.rules:
            self.unread += 1
            self._name([result.input.name if result.input else ""])

    def __add__(self, other: Tally) -> Tally:
        """Return what was counted of both, the other's reports coming after these."""
        both = Tally(
            self.waivers,
            self.verdicts + other.verdicts,
            self.unread + other.unread,
            uses=[*self.uses],
            blank_lines=self.blank_lines + other.blank_lines,
        )
        both._name([*self.unreadable, *other.unreadable])
        both._note_uses(other.uses)
        return both

    def _name(self, names: Iterable[str]) -> None:
        # A run over a country must not keep a name for every file that is none of its reports.
        self.unreadable = [*self.unreadable, *names][:_MOST_NAMED]

    def _note_uses(self, uses: Iterable[WaiverUse]) -> None:
        known = [use.waiver for use in self.uses]
        for use in uses:
            if use.state is WaiverState.USED and use.waiver not in known:
                self.uses.append(use)
                known.append(use.waiver)

    def lines(self, language: Language) -> Iterator[str]:
        """Yield how many reports are of each kind, those not read, and waivers that covered nothing."""
        counts = {one.value: self.verdicts[one] for one in Verdict}
        # A file that could not be read has no verdict either, but another remedy than a report left open.
        counts[Verdict.CANNOT_TELL.value] -= self.unread
        total = self.verdicts.total()
        yield _SUMMARY.fill(total=total, unreadable=self.unread, **counts).get(language)
        for name in self.unreadable:
            yield f"  {visible(_UNREADABLE.fill(name=name).get(language))}"
        if self.unread > len(self.unreadable):
            yield f"  {_MORE.fill(number=self.unread - len(self.unreadable)).get(language)}"
        if self.blank_lines:
            yield f"  {_BLANK_LINES.fill(number=self.blank_lines).get(language)}"
        if not self.waivers:
            return
        from disclosure_spec.checking.waivers import never_used  # noqa: PLC0415 - most runs have no waivers

        for waiver in never_used(self.waivers, self.uses):
            words = _NEVER_USED.fill(rule=waiver.rule, body=waiver.body, year=waiver.report_year)
            yield f"  {visible(words.get(language))}"
