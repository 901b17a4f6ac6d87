"""A result for people: the verdict, then errors before warnings, each with numbers, advice and law."""

from __future__ import annotations

from itertools import groupby

from disclosure_spec._scalars import write_number
from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.reporting import words
from disclosure_spec.reporting.tally import Tally
from disclosure_spec.reporting.telling import (
    basis_words,
    cells_to_look_at,
    not_checked,
    not_tried,
    place_words,
    profile_words,
    subject_words,
    visible,
    waiver_words,
)
from disclosure_spec.reporting.words import SEVERITIES, VERDICTS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.checking import CellFact, Entry, Finding, Result, WaiverUse
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.place import Note
    from disclosure_spec.reporting.formats import Manner
    from disclosure_spec.rules import Severity
    from disclosure_spec.wording import Language

_MORE_PLACES: Final = Wording("，另{count}处", "; {count} more")
_MORE: Final = Wording("同类还有{count}处：", "{count} more of the same kind:")
_WOULD_BE: Final = Wording("推算为{value}。", " It would be {value}.")
_COLOURS: Final[Mapping[Severity, str]] = {"error": "31", "warning": "33", "info": "36"}
_SHOWN: Final = 3
"""Findings of one rule written out in full, the rest take a line each; places of one finding likewise."""


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[str]:
    """Yield the lines of each result; after many, each with a blank line behind it, how many of each kind."""
    tally = Tally(manner.waivers)
    for one in tally.watch(inspections):
        yield render_text(one.result, manner.language, colour=manner.colour) + ("\n" if manner.many else "")
    if manner.many:
        yield "".join(f"{line}\n" for line in tally.lines(manner.language))


def render_text(result: Result, language: Language, *, colour: bool = False) -> str:
    """Return the result as lines of text in one language.

    Args:
        result: What to show.
        language: `zh` or `en`.
        colour: Use terminal colours.
    """
    return "\n".join(_Renderer(language, colour=colour).lines(result)) + "\n"


class _Renderer:
    def __init__(self, language: Language, *, colour: bool) -> None:
        self._language: Language = language
        self._colour = colour

    def lines(self, result: Result) -> Iterator[str]:
        yield from self._head(result)
        for group in _groups(result.outline):
            yield ""
            yield from self._entries(group)
        yield from self._waivers(result.waivers)
        yield from self._notes(result.notes)
        yield from self._not_checked(result)

    def _say(self, wording: Wording, **values: object) -> str:
        # What a report says may not drive the reader's terminal; a line break in it is no line of ours.
        return visible(wording.fill(**values).get(self._language)).replace("\n", " ")

    def _head(self, result: Result) -> Iterator[str]:
        if result.input:
            yield visible(result.input.name)
        subject = subject_words(result)
        if subject:
            yield self._say(subject)
        colour = {"conforms": "32", "does_not_conform": "31"}.get(result.verdict, "33")
        verdict = self._paint(self._say(words.VERDICT, verdict=VERDICTS[result.verdict]), colour)
        counts = self._say(words.COUNTS, **{str(one): count for one, count in result.counts.items()})
        space = "" if self._language == "zh" else " "
        yield f"{verdict}{space}{counts}" if result.rules else verdict
        if result.profile:
            yield self._say(profile_words(result.profile))

    def _entries(self, entries: Sequence[Entry]) -> Iterator[str]:
        for entry in entries[:_SHOWN]:
            yield from self._headline(entry.finding, "")
            yield from self._details(entry)
        rest = entries[_SHOWN:]
        if rest:
            yield "  " + self._say(_MORE, count=len(rest))
            for entry in rest:
                told = f"{self._say(entry.finding.message)}{self._say(_would_be(entry))}"
                yield f"    {told} {self._places(entry.finding.cells)}".rstrip()
        # Advice and law belong to the rule and are the same for all its findings.
        first = entries[0].finding
        yield self._detail(words.ADVICE, self._say(first.advice))
        yield self._detail(words.BASIS, self._say(basis_words(first)))
        # Last, so that advice and law are not read as those of a consequence.
        for entry in entries:
            yield from self._consequences(entry.consequences)

    def _headline(self, finding: Finding, indent: str) -> Iterator[str]:
        severity = self._paint(self._say(SEVERITIES[finding.severity]), _COLOURS[finding.severity])
        yield f"{indent}{severity} [{finding.rule}] {self._say(finding.message)}"
        if finding.equation:
            yield indent + self._detail(words.EQUATION, self._say(finding.equation.text))

    def _details(self, entry: Entry) -> Iterator[str]:
        if entry.diagnosis:
            yield self._detail(words.SUGGESTION, self._say(entry.diagnosis.message))
        places = self._places(cells_to_look_at(entry.finding, entry.diagnosis))
        if places:
            yield self._detail(words.PLACE, places)

    def _consequences(self, findings: Sequence[Finding]) -> Iterator[str]:
        if findings:
            yield "  " + self._say(words.CONSEQUENCES, count=len(findings))
        for finding in findings:
            yield from self._headline(finding, "    ")
            places = self._places(finding.cells)
            if places:
                yield "    " + self._detail(words.PLACE, places)
            yield "    " + self._detail(words.BASIS, self._say(basis_words(finding)))

    def _places(self, cells: Sequence[CellFact]) -> str:
        places = [self._say(place_words(cell)) for cell in cells]
        # In running text the cells of a row share one line, which is said once.
        known = list(dict.fromkeys(place for place in places if place))
        shown = ("、" if self._language == "zh" else "; ").join(known[:_SHOWN])
        rest = len(known) - _SHOWN
        return shown + self._say(_MORE_PLACES, count=rest) if rest > 0 else shown

    def _detail(self, title: Wording, text: str) -> str:
        return f"  {title.get(self._language)}{'：' if self._language == 'zh' else ': '}{text}"

    def _not_checked(self, result: Result) -> Iterator[str]:
        comma = "、" if self._language == "zh" else ", "
        for heading, rules in not_checked(result):
            yield ""
            yield self._say(heading)
            for reason, ids in rules.items():
                yield self._detail(reason, comma.join(ids))
        if not_tried(result):
            # Trial rules bind nobody, so their number is enough.
            yield self._say(words.TRIAL, count=not_tried(result))

    def _waivers(self, uses: Sequence[WaiverUse]) -> Iterator[str]:
        if uses:
            yield ""
            yield self._say(words.WAIVERS)
        for use in uses:
            yield "  " + self._say(waiver_words(use))

    def _notes(self, notes: Sequence[Note]) -> Iterator[str]:
        if notes:
            yield ""
            yield self._say(words.NOTES)
        for note in notes:
            place = self._say(note.place.wording) if note.place else ""
            yield f"  [{note.code}] {self._say(note.wording)}{f' {place}' if place else ''}"

    def _paint(self, text: str, colour: str) -> str:
        return f"\x1b[1;{colour}m{text}\x1b[0m" if self._colour else text


def _groups(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Yield entries in their order, those of one rule together; one whose cause is known stands alone."""
    for _, found in groupby(
        enumerate(entries), lambda pair: (pair[1].finding.rule, pair[0] if _has_cause(pair[1]) else -1)
    ):
        yield [entry for _, entry in found]


def _has_cause(entry: Entry) -> bool:
    # Many blanks may each have a number that follows; that is no reason to write them all out.
    return entry.diagnosis is not None and (bool(entry.consequences) or not _would_be(entry).zh)


def _would_be(entry: Entry) -> Wording:
    """Return the number that follows for the one cell a finding is about; nothing if there is none."""
    explanations = entry.diagnosis.explanations if entry.diagnosis else ()
    changes = [change for one in explanations for change in one.changes]
    if [one.cell.pointer for one in changes] != list(entry.finding.pointers):
        return Wording("", "")
    return _WOULD_BE.fill(value=write_number(changes[0].value))
