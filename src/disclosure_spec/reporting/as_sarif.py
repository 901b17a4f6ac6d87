"""Results as SARIF 2.1.0: one log, a run for each edition, its rules with their law in both languages."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from disclosure_spec.checking import WaiverState
from disclosure_spec.reporting.telling import (
    cells_to_look_at,
    detail_lines,
    not_checked,
    place_words,
    profile_words,
    told,
    value_words,
    visible,
    waiver_words,
)
from disclosure_spec.reporting.words import BASIS, CONSEQUENCE
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_spec.checking import CellFact, Finding, Result, Waiver
    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.reporting.formats import Manner
    from disclosure_spec.rules import Rule, Severity
    from disclosure_spec.wording import Language

_Object = dict[str, "JSONValue"]

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT: Final = "disclosureSpecFinding/v1"
_LEVELS: Final[Mapping[Severity, str]] = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGES: Final[Mapping[Language, str]] = {"zh": "zh-CN", "en": "en-US"}


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[str]:
    """Yield one log; what is kept of a report until the end is its results."""
    runs: dict[tuple[str | None, str | None], _Run] = {}
    for one in inspections:
        # The rules of two editions share ids, so each edition is a run of its own; unreadable files another.
        key = (one.result.spec_version, one.result.form_edition)
        if key not in runs:
            runs[key] = _Run(one.result.tool, one.edition, manner.language)
        runs[key].add(one.result)
    log: _Object = {"$schema": SCHEMA, "version": "2.1.0", "runs": [one.as_json() for one in runs.values()]}
    yield dumps_json(log)


class _Run:
    def __init__(self, tool: str, edition: Edition | None, language: Language) -> None:
        self._language: Language = language
        self._tool = tool
        rules = edition.rules if edition else ()
        self._rules = [_rule(one, language) for one in rules]
        self._index = {one.id: at for at, one in enumerate(rules)}
        self._artifacts: dict[tuple[str, str], JSONValue] = {}
        self._results: list[JSONValue] = []
        self._notifications: list[JSONValue] = []
        self._readable = True

    def add(self, result: Result) -> None:
        report = _Report(result, self._language)
        if result.input and result.input.name:
            uri, digest = _uri(result.input.name), result.input.sha256
            hashes: _Object = {"sha-256": digest}
            # A log lists a file once, however often it was checked.
            self._artifacts[uri, digest] = {"location": {"uri": uri}, "hashes": hashes}
        for made in (*report.told(), *report.waived()):
            at = self._index.get(str(made["ruleId"]))
            self._results.append(made if at is None else {**made, "ruleIndex": at})
        self._notifications += report.notifications()
        self._readable = self._readable and bool(result.rules)

    def as_json(self) -> JSONValue:
        name, _, version = self._tool.partition(" ")
        return {
            "tool": {"driver": {"name": name, "version": version, "rules": [*self._rules]}},
            "language": _LANGUAGES[self._language],
            "columnKind": "unicodeCodePoints",
            # Findings are no failure of the program; a file that it could not read is.
            "invocations": [
                {"executionSuccessful": self._readable, "toolExecutionNotifications": self._notifications}
            ],
            "artifacts": list(self._artifacts.values()),
            "results": self._results,
        }


class _Report:
    """Tell one result in the terms of SARIF."""

    def __init__(self, result: Result, language: Language) -> None:
        self._result = result
        self._language: Language = language
        # A report given without a file has no place but that on the form.
        name = result.input.name if result.input else ""
        self._file: _Object = {"artifactLocation": {"uri": _uri(name)}} if name else {}
        self._seen: Counter[str] = Counter()

    def told(self) -> Iterator[_Object]:
        """Yield the findings, causes with the places of what follows from them."""
        every = list(told(self._result))
        identities = [self._identity(one.finding) for one in every]
        for one, identity in zip(every, identities, strict=True):
            lines = [one.finding.message.get(self._language), *detail_lines(one, self._language)]
            made = self._finding(one.finding, identity, "\n".join(lines))
            # SARIF wants one place where the thing can be put right; the others are told beside it.
            first, *_ = cells_to_look_at(one.finding, one.diagnosis)
            made["locations"] = [self._cell(first)]
            follows = (other.finding for other in every if other.cause == one.number)
            related = [self._cell(cell) for cell in one.finding.cells if cell.pointer != first.pointer]
            related += [self._cell(each.cells[0], CONSEQUENCE.fill(message=each.message)) for each in follows]
            if related:
                # Numbered, so that viewers can tell the locations of one result apart.
                made["relatedLocations"] = [{"id": at, **each} for at, each in enumerate(related, 1)]
            # Null where nothing is suppressed is allowed only if it is so for all.
            made["suppressions"] = []
            properties = made["properties"]
            if isinstance(properties, dict):
                properties["number"] = one.number
            yield made

    def waived(self) -> Iterator[_Object]:
        """Yield the findings that a waiver covers, suppressed with its reason."""
        for use in self._result.waivers:
            if use.state is WaiverState.USED and use.finding:
                text = use.finding.message.get(self._language)
                made = self._finding(use.finding, self._identity(use.finding), text)
                yield made | {"suppressions": [_suppression(use.waiver)]}

    def notifications(self) -> Iterator[JSONValue]:
        """Yield what is no finding: profile, waivers that did not serve, what was not read or not checked."""
        result = self._result
        if result.profile:
            yield self._notification("note", profile_words(result.profile))
        for use in result.waivers:
            if use.state is not WaiverState.USED:
                yield self._notification("warning", waiver_words(use))
        for note in result.notes:
            words = Wording(f"[{note.code}] {note.wording.zh}", f"[{note.code}] {note.wording.en}")
            yield self._notification("note" if result.rules else "error", words)
        for heading, rules in not_checked(result):
            for reason, ids in rules.items():
                names = ", ".join(ids)
                words = Wording(f"{heading.zh}{reason.zh}：{names}", f"{heading.en} {reason.en}: {names}")
                yield self._notification("note", words)

    def _finding(self, finding: Finding, identity: str, text: str) -> _Object:
        return {
            "ruleId": finding.rule,
            "level": _LEVELS[finding.severity],
            "message": {"text": visible(text)},
            "locations": [self._cell(finding.cells[0])],
            "partialFingerprints": {FINGERPRINT: identity},
            "properties": {
                "expected": finding.expected,
                "found": finding.found,
                "difference": finding.difference,
                "pointers": list(finding.pointers),
                "values": [cell.value for cell in finding.cells],
            },
        }

    def _identity(self, finding: Finding) -> str:
        """Return what stays the same when the report is checked again: neither numbers nor lines."""
        parts = (
            self._result.body,
            self._result.report_year,
            finding.rule,
            finding.keyword,
            *finding.pointers,
        )
        text = "\n".join(str(part) for part in parts)
        self._seen[text] += 1
        # A rule may find two things wrong with the same cells; both must keep their own history.
        return hashlib.sha256(f"{text}\n{self._seen[text]}".encode(errors="surrogatepass")).hexdigest()

    def _cell(self, cell: CellFact, message: Wording | None = None) -> _Object:
        label, place = cell.label.get(self._language), place_words(cell).get(self._language)
        said = f"{label} = {value_words(cell.value, self._language)}{f' | {place}' if place else ''}"
        source = cell.source
        logical: list[JSONValue] = [
            {"name": visible(label), "fullyQualifiedName": cell.pointer, "kind": "value"}
        ]
        if source and source.sheet and source.cell:
            address = f"{visible(source.sheet)}!{source.cell}"
            logical.append({"name": source.cell, "fullyQualifiedName": address, "kind": "cell"})
        text = message.get(self._language) if message else said
        made: _Object = {"message": {"text": visible(text)}, "logicalLocations": logical}
        if self._file:
            region: _Object = {"region": {"startLine": source.line}} if source and source.line else {}
            made["physicalLocation"] = self._file | region
        return made

    def _notification(self, level: str, wording: Wording) -> JSONValue:
        made: _Object = {"level": level, "message": {"text": visible(wording.get(self._language))}}
        return made | {"locations": [{"physicalLocation": self._file}]} if self._file else made


def _rule(rule: Rule, language: Language) -> JSONValue:
    basis = Wording(
        "；".join(one.wording.zh for one in rule.basis), "; ".join(one.wording.en for one in rule.basis)
    )
    # The language asked for first; the other stands below, as an office and its vendor may not share one.
    order = sorted(LANGUAGES, key=lambda one: one != language)
    helps = [f"{rule.advice.get(one)}\n{BASIS.get(one)}: {basis.get(one)}" for one in order]
    enabled = rule.status != "retired" and not rule.switched_off
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.get(language)},
        "fullDescription": {"text": "\n".join(rule.title.get(one) for one in order)},
        "help": {"text": "\n\n".join(helps)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": enabled},
        "properties": {"tags": [rule.status]},
    }


def _suppression(waiver: Waiver) -> JSONValue:
    properties: _Object = {"granted_by": waiver.granted_by, "until": waiver.until.isoformat()}
    return {
        "kind": "external",
        "status": "accepted",
        "justification": visible(waiver.reason),
        "properties": properties,
    }


def _uri(name: str) -> str:
    path = Path(name)
    # Names need not be text on every system, and a URI holds bytes.
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))
