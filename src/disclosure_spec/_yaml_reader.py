"""YAML events to JSON values; a module of its own so that only reading YAML loads the YAML library.

Values are built here from the parser's events. The library's own construction, with its tags, aliases and
readings of `no`, `010` and `1:30`, is never reached.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from disclosure_spec._scalars import (
    DUPLICATE_KEY,
    SURROGATE,
    TOO_DEEP,
    RefusedNumber,
    error_at,
    excerpt,
    read_decimal,
    read_integer,
)
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_DEPTH, MAX_NODES
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import JSONValue

# No `yes`, `no`, `on`, `off`: versions of YAML disagree on them, so they stay the text they look like.
_CONSTANTS: Final[dict[str, bool | None]] = {"": None, "~": None, "null": None, "true": True, "false": False}
# The grammar of JSON, so that `010` is text and never the octal 8 of YAML 1.1.
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
# Half of a UTF-16 pair: Python keeps it in a string, but no UTF-8 file can be written with it.
_LONE: Final = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")
_CONTROL: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OVERFLOW: Final = re.compile(r"^%|\\U", re.MULTILINE)

_EMPTY: Final = Wording("文件是空的。", "The file is empty.")
_CONTROL_CHARACTER: Final = Wording(
    "此处有不可见的控制字符；请删去。", "A control character that cannot be seen; delete it."
)
_ALIAS: Final = Wording(
    "不接受别名（*名称）；请把内容写全，文字以“*”开头的请加双引号。",
    "Aliases (*name) are not accepted; write the content out, and quote text that begins with “*”.",
)
_ANCHOR: Final = Wording(
    "不接受锚点（&名称）；请删去，文字以“&”开头的请加双引号。",
    "Anchors (&name) are not accepted; delete it, and quote text that begins with “&”.",
)
_TAG: Final = Wording(
    "不接受类型标签（!名称）；请删去，文字以“!”开头的请加双引号。",
    "Tags (!name) are not accepted; delete it, and quote text that begins with “!”.",
)
_DIRECTIVE: Final = Wording(
    "不接受以“%”开头的指令；请删去。", "Directives (lines that begin with “%”) are not accepted; delete them."
)
_MERGE_KEY: Final = Wording(
    "不接受合并键“<<”；请把内容写全。", "The merge key “<<” is not accepted; write the content out."
)
_KEY_NOT_TEXT: Final = Wording(
    '键“{key}”不是文字；请加双引号，写作"{key}"。',
    'The key “{key}” is not text; put quotes round it: "{key}".',
)
_KEY_NOT_SCALAR: Final = Wording(
    "键只能是文字，不能是列表或对象。", "A key must be text, not a list or an object."
)
_SEVERAL: Final = Wording(
    "文件中有不止一份文档；请每份各存一个文件。",
    "The file holds several documents; save each in a file of its own.",
)
_TOO_MANY: Final = Wording(
    "内容超过 {limit} 项；请检查是否选错了文件。", "More than {limit} items; check that it is the right file."
).fill(limit=MAX_NODES)


def load(text: str) -> JSONValue:
    """Read one YAML document of JSON values from decoded text.

    Raises:
        InputError: See `disclosure_spec.strict_yaml.loads_yaml`.
    """
    # The library answers these with an error of another kind, without a line; so they are looked for first.
    control = _CONTROL.search(text)
    if control:
        raise error_at("yaml.control_character", _CONTROL_CHARACTER, text, control.start())
    try:
        # The parser in C needs libyaml, which not every platform's wheel has.
        return _Builder(
            text, yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        ).document()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(text, error) from None
    except (ValueError, OverflowError):
        # The parser in Python lets these escape from `\UFFFFFFFF` and `%YAML 1.<5000 digits>`.
        found = _OVERFLOW.search(text)
        raise error_at("yaml.syntax", _GENERAL, text, found.start() if found else 0) from None


class _Builder:
    """Build one value from events, with the limits counted as it grows."""

    def __init__(self, text: str, events: Iterator[Event]) -> None:
        self._text = text
        self._events = events
        self._nodes = 0

    def document(self) -> JSONValue:
        """Return the only document of the stream."""
        event = self._next(StreamStartEvent, DocumentEndEvent)
        if not isinstance(event, DocumentStartEvent):
            raise InputError("yaml.empty", _EMPTY)
        # A directive changes how the rest is to be read, which nothing in JSON could say.
        if event.version or event.tags:
            raise self._error("directive", _DIRECTIVE, event)
        value = self._value(next(self._events), depth=0)
        event = self._next(DocumentEndEvent)
        if isinstance(event, DocumentStartEvent):
            raise self._error("several_documents", _SEVERAL, event)
        return value

    def _next(self, *skipped: type[Event]) -> Event:
        return next(event for event in self._events if not isinstance(event, skipped))

    def _value(self, event: Event, depth: int) -> JSONValue:
        self._check_node(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        # Counted on the way down: what follows is recursive.
        if depth == MAX_DEPTH:
            raise self._error("too_deep", TOO_DEEP, event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(depth + 1)
        return self._sequence(depth + 1)

    def _mapping(self, depth: int) -> dict[str, JSONValue]:
        result: dict[str, JSONValue] = {}
        for event in self._until(MappingEndEvent):
            key = self._key(event)
            # The library would keep the last of the two values in silence.
            if key in result:
                raise self._error("duplicate_key", DUPLICATE_KEY.fill(key=excerpt(key)), event)
            result[key] = self._value(next(self._events), depth)
        return result

    def _sequence(self, depth: int) -> list[JSONValue]:
        return [self._value(event, depth) for event in self._until(SequenceEndEvent)]

    def _until(self, end: type[Event]) -> Iterator[Event]:
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _key(self, event: Event) -> str:
        self._check_node(event)
        if not isinstance(event, ScalarEvent):
            raise self._error("key", _KEY_NOT_SCALAR, event)
        # Without quotes other readers merge a mapping here; in quotes it is a key like any other.
        if event.implicit[0] and event.value == "<<":
            raise self._error("merge_key", _MERGE_KEY, event)
        key = self._scalar(event)
        # `2021:` has a number for a key, which JSON cannot say.
        if not isinstance(key, str):
            raise self._error("key", _KEY_NOT_TEXT.fill(key=excerpt(event.value)), event)
        return key

    def _scalar(self, event: ScalarEvent) -> JSONValue:
        token = str(event.value)
        if _LONE.search(token):
            raise self._error("surrogate", SURROGATE, event)
        # Quoted and block scalars are text whatever they look like; only a plain one may be a number.
        is_plain = event.implicit[0]
        if not is_plain:
            return token
        try:
            return _plain(token)
        except RefusedNumber as refused:
            raise self._error(refused.name, refused.wording, event) from None

    def _check_node(self, event: Event) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._error("too_many_nodes", _TOO_MANY, event)
        # Aliases of aliases: a few hundred bytes that parse at once and take gigabytes to walk through.
        if isinstance(event, AliasEvent):
            raise self._error("alias", _ALIAS, event)
        if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent):
            if event.anchor is not None:
                raise self._error("anchor", _ANCHOR, event)
            # A tag such as `!!float` or `!!binary` would let the file choose types that JSON does not have.
            if event.tag is not None:
                raise self._error("tag", _TAG, event)

    def _error(self, name: str, wording: Wording, event: Event) -> InputError:
        mark = event.start_mark
        return error_at(f"yaml.{name}", wording, self._text, mark.index if mark else 0)


def _plain(token: str) -> JSONValue:
    """Read a scalar without quotes: a JSON constant or number when it is written as one, else text."""
    if token in _CONSTANTS:
        return _CONSTANTS[token]
    if _INTEGER.fullmatch(token):
        return read_integer(token)
    if _DECIMAL.fullmatch(token):
        return read_decimal(token)
    return token


def _syntax_error(text: str, error: yaml.MarkedYAMLError) -> InputError:
    mark = error.problem_mark or error.context_mark
    offset = mark.index if mark else 0
    # The parser marks the digits; the escape begins two characters before them.
    if _SURROGATE_ESCAPE.match(text, max(offset - 2, 0)):
        return error_at("yaml.surrogate", SURROGATE, text, offset - 2)
    wording = next(
        (wording for character, wording in _SLIPS.items() if text.startswith(character, offset)), _GENERAL
    )
    return error_at("yaml.syntax", wording, text, offset)


_GENERAL: Final = Wording(
    "此处不符合 YAML 的写法；请检查缩进（只用空格）、冒号后的空格、引号和括号。",
    "Not written as YAML demands; check indentation (spaces only), spaces after colons, quotes, brackets.",
)
_RESERVED: Final = Wording(
    "文字不能以此符号开头；请加双引号。", "Text cannot begin with this character; put it in double quotes."
)
_SLIPS: Final[dict[str, Wording]] = {
    "\t": Wording("此处是制表符；缩进请用空格。", "A tab; indent with spaces."),
    ":": Wording(
        "文字中有半角冒号加空格；请给整段文字加双引号。",
        "The text holds a colon followed by a space; put the whole text in double quotes.",
    ),
    "@": _RESERVED,
    "`": _RESERVED,
    "%": _RESERVED,
}
