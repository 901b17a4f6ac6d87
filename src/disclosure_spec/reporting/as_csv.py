"""Findings as one table, a row each, for spreadsheets; a report without findings has one row as well."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import WaiverState
from disclosure_spec.reporting import words
from disclosure_spec.reporting.telling import (
    basis_words,
    place_words,
    profile_words,
    told,
    value_words,
    visible,
    waiver_words,
)
from disclosure_spec.reporting.words import SEVERITIES, VERDICTS
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_spec.checking import Finding, Result, WaiverUse
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.reporting.formats import Manner
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.wording import Language

_COLUMNS: Final[Mapping[str, Wording]] = {
    "file": Wording("文件", "file"),
    "body": Wording("机关", "body"),
    "year": Wording("年度", "year"),
    "edition": Wording("格式版本", "edition"),
    "verdict": Wording("结论", "verdict"),
    "profile": Wording("本地规则", "profile"),
    "number": Wording("序号", "number"),
    "cause": Wording("起因序号", "follows from"),
    "severity": words.SEVERITY,
    "rule": words.RULE,
    "message": words.MESSAGE,
    "equation": words.EQUATION,
    "expected": words.EXPECTED,
    "found": words.FOUND,
    "difference": words.DIFFERENCE,
    "suggestion": words.SUGGESTION,
    "place": words.PLACE,
    "advice": words.ADVICE,
    "basis": words.BASIS,
    "waiver": Wording("豁免", "waiver"),
    "pointers": Wording("各格路径", "pointers"),
    "labels": Wording("各格名称", "labels"),
    "values": Wording("各格的值", "values"),
}
# A spreadsheet takes these for the beginning of a formula; full-width forms too, where it folds them.
_FORMULA: Final = re.compile("[\t\r\n ]*[=+\\-@＝＋－＠]|[\t\r]")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?")
BOM: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the local encoding."""


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[bytes]:
    """Yield the lines of a table with a heading; bytes, as its line ends are CRLF on every system."""
    language = manner.language
    yield (BOM + line(title.get(language) for title in _COLUMNS.values())).encode()
    for one in inspections:
        rows = list(_rows(one.result, language)) or [{}]
        report = _report(one.result, language)
        yield "".join(line((report | row).get(name, "") for name in _COLUMNS) for row in rows).encode()


def line(values: Iterable[str]) -> str:
    """Return a line of a table, its texts made harmless for spreadsheets."""
    # The writer quotes as spreadsheets expect, which a join would not.
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_harmless(one) for one in values])
    return buffer.getvalue()


def _harmless(text: str) -> str:
    shown = visible(text)
    # A plain number is no formula, and with the quote it would be no number.
    return f"'{shown}" if _FORMULA.match(shown) and not _NUMBER.fullmatch(shown) else shown


def _report(result: Result, language: Language) -> dict[str, str]:
    return {
        "file": result.input.name if result.input else "",
        "body": result.body or "",
        "year": "" if result.report_year is None else str(result.report_year),
        "edition": result.form_edition or "",
        "verdict": VERDICTS[result.verdict].get(language),
        "profile": profile_words(result.profile).get(language) if result.profile else "",
    }


def _rows(result: Result, language: Language) -> Iterator[dict[str, str]]:
    # The finding that came back when a waiver lapsed is the very one among the findings.
    came_back = {id(use.finding): use for use in result.waivers if use.finding}
    for one in told(result):
        yield _finding(one, language) | _waiver(came_back.get(id(one.finding)), language)
    for use in result.waivers:
        if use.state is WaiverState.USED and use.finding:
            yield _facts(use.finding, language) | _waiver(use, language)
        elif use.finding is None:
            yield {"rule": use.waiver.rule} | _waiver(use, language)
    # A file that could not be read has no findings, and must not pass for one without fault.
    if not result.rules:
        for note in result.notes:
            yield {"rule": note.code, "message": note.wording.get(language)}


def _waiver(use: WaiverUse | None, language: Language) -> dict[str, str]:
    return {"waiver": waiver_words(use).get(language)} if use else {}


def _finding(one: Told, language: Language) -> dict[str, str]:
    return _facts(one.finding, language) | {
        "number": str(one.number),
        "cause": "" if one.cause is None else str(one.cause),
        "suggestion": one.diagnosis.message.get(language) if one.diagnosis else "",
    }


def _facts(finding: Finding, language: Language) -> dict[str, str]:
    places = [place_words(cell).get(language) for cell in finding.cells]
    figures = {"expected": finding.expected, "found": finding.found, "difference": finding.difference}
    return {
        "severity": SEVERITIES[finding.severity].get(language),
        "rule": finding.rule,
        "message": finding.message.get(language),
        "equation": finding.equation.text.get(language) if finding.equation else "",
        **{name: "" if one is None else value_words(one, language) for name, one in figures.items()},
        "place": ("；" if language == "zh" else "; ").join(dict.fromkeys(one for one in places if one)),
        "advice": finding.advice.get(language),
        "basis": basis_words(finding).get(language),
        # Lists as JSON: a label or value may hold any separator.
        "pointers": dumps_json(list(finding.pointers), indent=None).strip(),
        "labels": dumps_json([cell.label.get(language) for cell in finding.cells], indent=None).strip(),
        "values": dumps_json([cell.value for cell in finding.cells], indent=None).strip(),
    }
