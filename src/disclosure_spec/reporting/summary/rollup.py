"""Count over many reports: what is kept does not grow with them but for a line each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Reason, Status, Verdict
from disclosure_spec.document import get_at
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.checking import Result, RuleOutcome, WaiverState
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.rules import Severity

_WORST: Final = 3
"""Rules that the line of a report names."""


@dataclass(frozen=True, slots=True, order=True)
class ReportLine:
    """What is kept of one report.

    Attributes:
        body: As the report states it; empty where it does not, and so are the codes.
        year: The report year; 0 where it is not known.
        file: The name of the file.
        worst: The rules of the gravest findings, each once, in the order in which all renderings show them.
    """

    body: str
    year: int
    file: str
    credit_code: str
    region_code: str
    edition: str
    verdict: Verdict
    errors: int
    warnings: int
    infos: int
    worst: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class UnreadFile:
    """A file that could not be read, and why."""

    file: str
    code: str
    zh: str
    en: str


@dataclass(slots=True)
class RollUp:
    """Count reports, one after the other or in several processes; counts of parts merge into those of all.

    Attributes:
        reports: The line of each report, with how many have the very same.
        unread: The files that could not be read, likewise.
        statuses: How many reports have each status of each rule.
        findings: How many findings there are of each severity of each rule.
        broken: In how many reports a rule gives a finding.
        reasons: In how many reports an active rule was left open, wholly or in part, by reason.
        waivers: How many waivers came to each state.
        titles: In how many reports a rule has each title, Chinese and English: editions may differ.
        profiles: How many reports were checked under each profile.
    """

    reports: Counter[ReportLine] = field(default_factory=Counter)
    unread: Counter[UnreadFile] = field(default_factory=Counter)
    statuses: Counter[tuple[str, Status]] = field(default_factory=Counter)
    findings: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, Reason]] = field(default_factory=Counter)
    waivers: Counter[WaiverState] = field(default_factory=Counter)
    titles: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    profiles: Counter[str] = field(default_factory=Counter)

    def add(self, inspection: Inspection) -> None:
        """Count one report, or one file that could not be read."""
        result = inspection.result
        self.waivers.update(use.state for use in result.waivers)
        # A file that could not be read has the status of no rule.
        if not result.rules:
            self.unread[_unread(result)] += 1
            return
        self.reports[_line(inspection)] += 1
        self.statuses.update((one.id, one.status) for one in result.rules)
        self.findings.update((one.rule, one.severity) for one in result.findings)
        self.broken.update({one.rule for one in result.findings})
        # Trial and retired rules bind nobody; that they were left open is no gap.
        active = (one for one in result.rules if one.lifecycle == "active")
        self.reasons.update((one.id, reason) for one in active if (reason := _left_open(one)))
        if inspection.edition:
            self.titles.update((one.id, one.title.zh, one.title.en) for one in inspection.edition.rules)
        if result.profile:
            self.profiles[result.profile.name] += 1

    def merge(self, other: RollUp) -> None:
        """Add the counts of another; which is added to which makes no difference."""
        for one in fields(self):
            getattr(self, one.name).update(getattr(other, one.name))

    def title(self, rule: str) -> Wording:
        """Return what a rule is called in most reports; its id where no edition was at hand."""
        found = [(-count, zh, en) for (one, zh, en), count in self.titles.items() if one == rule]
        # Of two as frequent the first by its letters, so that the order of reports makes no difference.
        return Wording(*min(found)[1:]) if found else Wording(rule, rule)


def _left_open(outcome: RuleOutcome) -> Reason | None:
    if outcome.status is Status.ERROR:
        return outcome.reason or Reason.RULE_BROKEN
    return outcome.reason if outcome.status is Status.NOT_CHECKED else outcome.open


def _line(inspection: Inspection) -> ReportLine:
    result, document = inspection.result, inspection.document
    code, region = (
        value if isinstance(value, str) else ""
        for value in (
            None if document is None else get_at(document, f"/reporting_body/{key}")
            for key in ("credit_code", "region_code")
        )
    )
    return ReportLine(
        result.body or "",
        result.report_year or 0,
        result.input.name if result.input else "",
        code,
        region,
        result.form_edition or "",
        result.verdict,
        result.counts["error"],
        result.counts["warning"],
        result.counts["info"],
        tuple(dict.fromkeys(entry.finding.rule for entry in result.outline))[:_WORST],
    )


def _unread(result: Result) -> UnreadFile:
    notes = [(one.code, one.wording.zh, one.wording.en) for one in result.notes] or [("", "", "")]
    return UnreadFile(result.input.name if result.input else "", *notes[0])
