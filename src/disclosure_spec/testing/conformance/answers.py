"""What a command answers: one JSON object, or just its exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.testing.judging import Fault, Judgement
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.testing.judging import SchemaName

VERDICTS: Final = ("conforms", "does_not_conform", "cannot_tell")
"""The verdicts, each at its exit code."""

_SHOWN: Final = 200
_KEYS: Final = ("valid", "verdict", "findings", "rules")
_NOT_UTF8: Final = Wording("输出不是UTF-8：{text}", "the output is not UTF-8: {text}")
_NOT_JSON: Final = Wording("输出不是一个JSON对象：{text}", "the output is not one JSON object: {text}")
_NO_KEY: Final = Wording(
    "输出中没有valid、verdict、findings、rules中的任何一项：{text}",
    "the output holds none of valid, verdict, findings, rules: {text}",
)
_BAD_KEY: Final = Wording("输出中的{key}写法不对：{text}", "the output has a malformed {key}: {text}")
_BAD_CODE: Final = Wording("退出码不是0、1、2：{text}", "the exit code is not 0, 1 or 2: {text}")


class NoAnswerError(Exception):
    """Say why there is no answer."""

    def __init__(self, wording: Wording) -> None:
        super().__init__(wording)
        self.wording = wording


def problem(wording: Wording) -> Judgement:
    """Return the judgement that there is no answer, and why."""
    return Judgement(problem=f"{wording.zh} ({wording.en})")


def judged_by_code(code: int, last_words: str) -> Judgement:
    """Return what an exit code says: 0 conforms, 1 does not, 2 cannot tell.

    Raises:
        NoAnswerError: It is another.
    """
    if not 0 <= code < len(VERDICTS):
        raise NoAnswerError(_BAD_CODE.fill(text=f"{code} {last_words}".strip()))
    return Judgement(verdict=VERDICTS[code])


def judged_by_text(text: bytes, schema: SchemaName, *, told_schema: bool) -> Judgement:
    """Return what a JSON object says, ours or the small one.

    Args:
        text: The output of the command.
        schema: The schema whose answer is asked for.
        told_schema: Whether the command knows; if not, a single `valid` is about reports.

    Raises:
        NoAnswerError: It cannot be understood.
    """
    data = _load(text)
    if not any(key in data for key in _KEYS):
        raise NoAnswerError(_NO_KEY.fill(text=_excerpt(text)))
    key = ""
    try:
        said: dict[str, Any] = {}
        for key, name, read in (
            ("verdict", "verdict", _verdict),
            ("findings", "faults", _faults),
            ("rules", "statuses", _statuses),
        ):
            said[name] = read(data[key]) if key in data else None
        key = "valid"
        said[key] = _valid(data.get(key), schema, told_schema=told_schema)
    except (KeyError, TypeError, ValueError) as error:
        words = _BAD_KEY.fill(key=key, text=_excerpt(json.dumps(data[key], ensure_ascii=False).encode()))
        raise NoAnswerError(words) from error
    return Judgement(**said)


def _load(text: bytes) -> Mapping[str, Any]:
    try:
        # A byte order mark is what some systems on Windows put before everything they write.
        data = json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NoAnswerError(_NOT_UTF8.fill(text=_excerpt(text))) from error
    # Brackets nested by the thousand raise RecursionError.
    except (ValueError, RecursionError) as error:
        raise NoAnswerError(_NOT_JSON.fill(text=_excerpt(text))) from error
    if not isinstance(data, dict):
        raise NoAnswerError(_NOT_JSON.fill(text=_excerpt(text)))
    return data


def _verdict(value: object) -> str:
    # Raises ValueError for any other word.
    return VERDICTS[VERDICTS.index(_text(value))]


def _faults(value: object) -> frozenset[Fault]:
    if not isinstance(value, list):
        raise TypeError
    return frozenset(_fault(one) for one in value)


def _fault(value: Mapping[str, Any]) -> Fault:
    pointers = value["pointers"] if "pointers" in value else [one["pointer"] for one in value["cells"]]
    return Fault.at(_text(value["rule"]), _text(value["severity"]), [_text(one) for one in pointers])


def _statuses(value: object) -> Mapping[str, str]:
    if isinstance(value, dict):
        return {rule: _text(status) for rule, status in value.items()}
    if not isinstance(value, list):
        raise TypeError
    return {_text(one["id"]): _text(one["status"]) for one in value}


def _valid(value: object, schema: SchemaName, *, told_schema: bool) -> bool | None:
    if isinstance(value, dict):
        value = value.get(schema)
    elif not told_schema and schema != "report":
        return None
    if value is not None and not isinstance(value, bool):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _excerpt(text: bytes) -> str:
    """Return the beginning, on one line."""
    words = " ".join(text[: 4 * _SHOWN].decode("utf-8", "backslashreplace").split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
