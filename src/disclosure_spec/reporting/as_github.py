"""Findings as annotations of GitHub: one workflow command a line, shown beside the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Verdict, WaiverState
from disclosure_spec.reporting import words
from disclosure_spec.reporting.telling import (
    cells_to_look_at,
    detail_lines,
    profile_words,
    told,
    visible,
    waiver_words,
)
from disclosure_spec.reporting.words import VERDICTS
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_spec.checking import Result
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.reporting.formats import Manner
    from disclosure_spec.reporting.telling import Told
    from disclosure_spec.rules import Severity
    from disclosure_spec.wording import Language

_COMMANDS: Final[Mapping[Severity, str]] = {"error": "error", "warning": "warning", "info": "notice"}
_FOLLOWS: Final = Wording("由第{cause}项引起：{message}", "Follows from {cause}: {message}")
_TITLE: Final = "{number}. {rule}"


def render(inspections: Iterable[Inspection], manner: Manner) -> Iterator[str]:
    """Yield a command for each finding, each waiver that did not serve, and each report without an answer."""
    for one in inspections:
        yield "".join(f"{line}\n" for line in _commands(one.result, manner.language))


def _commands(result: Result, language: Language) -> Iterator[str]:
    name = result.input.name if result.input else ""
    for one in told(result):
        # An annotation has one line: that of the cell to look at first.
        cells = cells_to_look_at(one.finding, one.diagnosis)
        line = next((cell.source.line for cell in cells if cell.source and cell.source.line), None)
        title = _TITLE.format(number=one.number, rule=one.finding.rule)
        yield _command(_COMMANDS[one.finding.severity], name, line, title, _message(one, language))
    if result.profile:
        profile = profile_words(result.profile).get(language)
        yield _command("notice", name, None, result.profile.name, profile)
    for use in result.waivers:
        command = "notice" if use.state is WaiverState.USED else "warning"
        yield _command(command, name, None, use.waiver.rule, waiver_words(use).get(language))
    if not result.rules:
        for note in result.notes:
            yield _command("error", name, None, note.code, note.wording.get(language))
    elif result.verdict is Verdict.CANNOT_TELL:
        # Without a finding the run would look as if all were well.
        verdict = words.VERDICT.fill(verdict=VERDICTS[result.verdict]).get(language)
        yield _command("error", name, None, verdict, verdict)


def _message(one: Told, language: Language) -> str:
    finding = one.finding
    message = (
        finding.message if one.cause is None else _FOLLOWS.fill(cause=one.cause, message=finding.message)
    )
    lines = [message.get(language)]
    lines += detail_lines(one, language)
    return "\n".join(lines)


def _command(command: str, file: str, line: int | None, title: str, message: str) -> str:
    properties = {"file": file, "line": "" if line is None else str(line), "title": title}
    known = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{command} {known}::{_data(message)}"


def _data(text: str) -> str:
    # A line break would end the command, and what follows could be another.
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
