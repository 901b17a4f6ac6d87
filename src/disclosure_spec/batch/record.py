"""What is written of one report among many: a line, as `schema/meta/record.schema.json` describes it."""

from __future__ import annotations

from disclosure_spec._scalars import quote
from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import dataclass, replace
from disclosure_spec.batch.phrases import Phrases
from disclosure_spec.checking import Status
from disclosure_spec.document import as_document
from disclosure_spec.inspection import Inspection
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from disclosure_spec.checking import Result, RuleOutcome
    from disclosure_spec.document import JSONValue

_BEFORE: Final = ("spec_version", "form_edition", "tool", "counts")
_BEHIND: Final = ("waivers", "profile", "notes")
"""Keys that a record has in common with the whole result, before and behind its findings and diagnoses."""

_MOST_KEPT: Final = 500
_kept: Final[dict[int, tuple[Result, bytes]]] = {}
"""The ends of records without findings, by the identity of the rules' outcomes, which such reports share."""

_phrases: Final = Phrases()


@dataclass(frozen=True, slots=True)
class Record(Inspection):
    """The inspection of one report among many, with the place where it stands.

    Attributes:
        name: Of the file, or what the caller calls the report.
        line: Its line in a file of lines.
        row: Its row in a table, or its place among what the caller gave.
    """

    name: str = ""
    line: int | None = None
    row: int | None = None

    def encode(self) -> bytes:
        """Return the record as one line of JSON in UTF-8, with its line break."""
        return line_of(self.result, self.name, self.line, self.row)


def line_of(result: Result, name: str, line: int | None, row: int | None) -> bytes:
    """Return what `Record.encode` does, of a record that was never made; arguments are its attributes."""
    place = "" if line is None else f',"line":{line}'
    if row is not None:
        place += f',"row":{row}'
    body = "null" if result.body is None else quote(result.body)
    year = "null" if result.report_year is None else result.report_year
    # What differs between reports without findings comes first, so that the rest is written only once.
    head = (
        f'{{"input":{{"name":{quote(name)}{place}}},"verdict":"{result.verdict}",'
        f'"reporting_body":{body},"report_year":{year},'
    )
    # As where output is written elsewhere: the name of a file may be no text.
    return head.encode(errors="backslashreplace") + _rest(result)


def _rest(result: Result) -> bytes:
    if result.findings or result.notes or result.waivers:
        return _written(result)
    like, rest = _kept.get(id(result.rules), (None, b""))
    # The result is kept as well: as long as it lives, no other rules can have this identity.
    if like is None or like.profile != result.profile:
        rest = _written(result)
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[id(result.rules)] = result, rest
    return rest


def _written(result: Result) -> bytes:
    # Not for results that are told in text.
    from disclosure_spec.reporting.as_json import counts_as_json, result_as_json  # noqa: PLC0415 - see above

    short = replace(result, rules=(), findings=(), diagnoses=())
    whole = {**as_document(result_as_json(short)), "counts": counts_as_json(result)}
    # The outcome of every rule would be most of a record; what was left open is what matters of them.
    open_: JSONValue = {one.id: reason for one in result.rules if (reason := _open(one))}
    before = dumps_json({"not_checked": open_, **{key: whole[key] for key in _BEFORE}}, indent=None)
    behind = dumps_json({key: whole[key] for key in _BEHIND}, indent=None)
    findings, diagnoses = _phrases.findings(result), _phrases.diagnoses(result)
    text = f'{before[1:-2]},"findings":{findings},"diagnoses":{diagnoses},{behind[1:]}'
    return text.encode(errors="backslashreplace")


def _open(outcome: RuleOutcome) -> str | None:
    """Return why a rule, or some instance of it, was not checked."""
    if outcome.open:
        return outcome.open.value
    return outcome.reason.value if outcome.status is Status.ERROR and outcome.reason else None
