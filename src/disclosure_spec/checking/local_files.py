"""What an office adds to the published rules: strict YAML, held against the schema for such files."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from disclosure_spec._resources import folder
from disclosure_spec._scalars import excerpt
from disclosure_spec.document import join_pointer
from disclosure_spec.edition import SEPARATOR
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jsonschema import ValidationError

_TYPES: Final[Mapping[str, Wording]] = {
    "object": Wording("若干“键: 值”", "keys with values"),
    "array": Wording("列表（每项以“-”开头）", "a list, each item behind a “-”"),
    "string": Wording("文字（像数字的请加引号）", "text (quote what looks like a number)"),
    "integer": Wording("整数", "a whole number"),
    "number": Wording("数字", "a number"),
    "boolean": Wording("true或false", "true or false"),
    "null": Wording("null", "null"),
}
_WHOLE: Final = Wording("文件", "The file")
_SHOULD: Final = Wording("{at}应为{wanted}，现为“{value}”。", "{at} should be {wanted}, not “{value}”.")
_LIKE: Final = Wording(
    "{at}的写法应如“{wanted}”，现为“{value}”。", "{at} should be written like “{wanted}”, not “{value}”."
)
_EMPTY: Final = Wording("{at}不能为空。", "{at} must not be empty.")
_MISSING: Final = Wording("{at}缺少“{key}”。", "{at} lacks “{key}”.")
_UNKNOWN: Final = Wording("{at}不能有“{key}”{hint}。", "{at} cannot have “{key}”{hint}.")
_OTHER: Final = Wording("{at}不能是“{value}”。", "{at} cannot be “{value}”.")
_HINT: Final = Wording("（是否应为“{near}”？）", " (did you mean “{near}”?)")


def load_local(data: bytes, kind: Literal["profile", "waivers"], rules: Iterable[str]) -> Any:
    """Return the content of a file of local rules or of waivers, as its schema has it.

    Args:
        data: The file.
        kind: Which schema it must follow.
        rules: Ids of the rules there are, of which the nearest is named in place of a wrong one.

    Raises:
        InputError: The file is no YAML as `loads_yaml` reads it.
        UsageError: `profile.content`, `waivers.content`: the schema refuses it; the place is a pointer.
    """
    # Most runs have no such file, and load neither of these.
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - see above

    from disclosure_spec.strict_yaml import loads_yaml  # noqa: PLC0415 - see above

    value = loads_yaml(data)
    errors = list(Draft202012Validator(_schema(kind)).iter_errors(value))
    if not errors:
        return value
    # The outermost first; there a misspelt key explains why another is missing.
    error = min(errors, key=lambda one: (len(one.absolute_path), one.validator != "additionalProperties"))
    path = [str(part) for part in error.absolute_path]
    raise UsageError(f"{kind}.content", _words(error, _at(path), rules), join_pointer(path))


def hint(wrong: str, known: Iterable[str]) -> Wording:
    """Return the question whether the nearest known name was meant; nothing where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed after a slip only

    near = get_close_matches(wrong, list(known), n=1)
    return _HINT.fill(near=near[0]) if near else Wording("", "")


@cache
def _schema(kind: str) -> Mapping[str, Any]:
    text = folder("schema").joinpath("meta", f"{kind}.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _at(path: list[str]) -> Wording:
    # Lists count from 0 for programs and from 1 for people.
    zh, en = (
        SEPARATOR.join(words.format(int(part) + 1) if part.isdecimal() else part for part in path)
        for words in ("第{}项", "item {}")
    )
    return Wording(f"“{zh}”", f"“{en}”") if path else _WHOLE


def _words(error: ValidationError, at: Wording, rules: Iterable[str]) -> Wording:
    schema: Any = error.schema
    wanted: Any = error.validator_value
    found: Any = error.instance
    keyword = error.validator
    value = excerpt(str(found))
    if keyword == "required":
        return _MISSING.fill(at=at, key=next(key for key in wanted if key not in found))
    if keyword == "additionalProperties":
        known = schema.get("properties", {})
        patterns = "|".join([*schema.get("patternProperties", ()), "$^"])
        wrong = next(key for key in found if key not in known and not re.search(patterns, key))
        return _UNKNOWN.fill(at=at, key=wrong, hint=hint(wrong, known or rules))
    if keyword in {"type", "enum"}:
        return _SHOULD.fill(at=at, wanted=_choices(wanted), value=value)
    if keyword == "pattern" and "examples" in schema:
        return _LIKE.fill(at=at, wanted=schema["examples"][0], value=value)
    return (_EMPTY if keyword in {"minLength", "minProperties"} else _OTHER).fill(at=at, value=value)


def _choices(wanted: str | list[str]) -> Wording:
    choices = [wanted] if isinstance(wanted, str) else wanted
    named = [_TYPES.get(one, Wording(one, one)) for one in choices]
    return Wording("或".join(one.zh for one in named), " or ".join(one.en for one in named))
