"""Findings and diagnoses as JSON text, most of which recurs from report to report and is written once.

The text is what `dumps_json` makes of `result_as_json`, in a third of the time; a test holds the one to the
other. Seven reports in a hundred are most of what is written of a country.
"""

from __future__ import annotations

from disclosure_spec._scalars import quote
from disclosure_spec._typing import TYPE_CHECKING, Final, TypeVar
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.checking import CellFact, Diagnosis, EquationTerm, Explanation, Finding, Result
    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import Basis
    from disclosure_spec.wording import Wording

_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")

_MOST_KEPT: Final = 5_000


class Phrases:
    """Write what a record says of findings, and keep what recurs."""

    def __init__(self) -> None:
        # With what they are about: a profile or another version may have other words for the same.
        self._cells: dict[str, tuple[Wording, str]] = {}
        self._rules: dict[str, tuple[Wording, tuple[Basis, ...], str]] = {}
        self._terms: dict[tuple[int, str, str], str] = {}

    def findings(self, result: Result) -> str:
        """Return the findings of a result as a JSON list."""
        return f"[{','.join([self._finding(one) for one in result.findings])}]"

    def diagnoses(self, result: Result) -> str:
        """Return the diagnoses of a result as a JSON list."""
        return f"[{','.join([self._diagnosis(one) for one in result.diagnoses])}]"

    def _finding(self, finding: Finding) -> str:
        equation = "null"
        if finding.equation:
            left, right = self._side(finding.equation.left), self._side(finding.equation.right)
            equation = (
                f'{{"left":[{left}],"relation":"{finding.equation.relation}","right":[{right}],'
                f'"text":{_words(finding.equation.text)}}}'
            )
        return (
            f'{{"rule":{quote(finding.rule)},"severity":"{finding.severity}",'
            f'"cells":[{",".join([self._cell(one) for one in finding.cells])}],"equation":{equation},'
            f'"expected":{_value(finding.expected)},"found":{_value(finding.found)},'
            f'"difference":{_value(finding.difference)},"keyword":{_value(finding.keyword)},'
            f'"message":{_words(finding.message)},{self._advice(finding)}}}'
        )

    def _cell(self, cell: CellFact) -> str:
        label, text = self._cells.get(cell.pointer, (None, ""))
        if label is not cell.label:
            text = f'{{"pointer":{quote(cell.pointer)},"label":{_words(cell.label)},"value":'
            _keep(self._cells, cell.pointer, (cell.label, text))
        source = "null" if cell.source is None else _value(dict(cell.source.as_json()))
        return f'{text}{_value(cell.value)},"source":{source}}}'

    def _side(self, side: Iterable[EquationTerm]) -> str:
        return ",".join([f"{self._term(one)}{_value(one.value)}}}" for one in side])

    def _term(self, term: EquationTerm) -> str:
        key = (term.coefficient, term.of, term.pointer)
        text = self._terms.get(key)
        if text is None:
            of, pointer = quote(term.of), quote(term.pointer)
            text = f'{{"coefficient":{term.coefficient},"of":{of},"pointer":{pointer},"value":'
            _keep(self._terms, key, text)
        return text

    def _advice(self, finding: Finding) -> str:
        advice, basis, text = self._rules.get(finding.rule, (None, (), ""))
        if advice is not finding.advice or basis is not finding.basis:
            told: list[JSONValue] = [{"source": one.source, **one.wording.as_json()} for one in finding.basis]
            text = f'"advice":{_words(finding.advice)},"basis":{_value(told)}'
            _keep(self._rules, finding.rule, (finding.advice, finding.basis, text))
        return text

    def _diagnosis(self, diagnosis: Diagnosis) -> str:
        return (
            f'{{"findings":[{",".join(map(str, diagnosis.findings))}],'
            f'"explanations":[{",".join([self._explanation(one) for one in diagnosis.explanations])}],'
            f'"count":{diagnosis.count},"proved":{_value(diagnosis.proved)},'
            f'"complete":{_value(diagnosis.complete)},"message":{_words(diagnosis.message)}}}'
        )

    def _explanation(self, explanation: Explanation) -> str:
        changes = [
            f'{{"cell":{self._cell(one.cell)},"value":{_value(one.value)},"slip":{_value(one.slip)}}}'
            for one in explanation.changes
        ]
        return f'{{"changes":[{",".join(changes)}],"slip":{_value(explanation.slip)}}}'


def _keep(kept: dict[_Key, _Kept], key: _Key, value: _Kept) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
    kept[key] = value


def _words(wording: Wording) -> str:
    return f'{{"zh":{quote(wording.zh)},"en":{quote(wording.en)}}}'


def _value(value: JSONValue) -> str:
    # Of a number in a cell, and of nothing, no encoder needs to be asked.
    if type(value) is int:
        return str(value)
    return "null" if value is None else dumps_json(value, indent=None)[:-1]
