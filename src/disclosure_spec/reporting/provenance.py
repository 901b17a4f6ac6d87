"""Where every value of a report comes from: its place in the file, how it was matched, what was not read."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from disclosure_spec._scalars import excerpt
from disclosure_spec._values import dataclass
from disclosure_spec.document import join_pointer
from disclosure_spec.edition import SEPARATOR
from disclosure_spec.place import How
from disclosure_spec.reporting.as_json import note_as_json
from disclosure_spec.reporting.telling import value_words, visible
from disclosure_spec.reporting.words import HOWS, NOTES
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from disclosure_spec.checking import Input
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.place import Note, Place
    from disclosure_spec.reading import Reading
    from disclosure_spec.wording import Language


PROVENANCE_SCHEMA: Final = "https://w3id.org/disclosure-spec/meta/provenance.schema.json"
_IDENTITY: Final = frozenset({"/spec_version", "/form_edition"})


class Origin(StrEnum):
    """Say what a value of the document rests on."""

    FILE = "file"
    """The file, at the place given where its format has places."""

    DATA = "data"
    """A file of data, which names its values itself."""

    LABELS = "labels"
    """The labels of the form as a whole, which tell its edition."""

    SUPPLIED = "supplied"
    """The user, in place of whatever the file says."""

    UNREAD = "unread"
    """Nothing: it could not be read, which is no blank."""

    ABSENT = "absent"
    """Nothing: the file does not state it, nor need it."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One value of a document and what it rests on.

    Attributes:
        place: Where it stands in the file, as printed, and how it was matched; None for other origins.
        notes: Codes of the notes that speak of it.
    """

    pointer: str
    label: Wording
    value: JSONValue
    origin: Origin
    place: Place | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """A document as read and corrected, with the origin of every value.

    Attributes:
        input: The file.
        edition: The edition of the form it follows.
        document: The report, values supplied by the user put in.
        traces: Every value in the order of the form.
        notes: Everything the reader could not place, or had to decide.
    """

    input: Input
    edition: Edition
    document: Document
    traces: tuple[Trace, ...]
    notes: tuple[Note, ...]


def trace(reading: Reading, document: Document, supplied: AbstractSet[str], input_: Input) -> Provenance:
    """Return where every value comes from.

    Args:
        reading: The report as read.
        document: The same with what the user supplied.
        supplied: The pointers at which the user did so.
        input_: The file.
    """
    codes: dict[str, list[str]] = {}
    for note in reading.notes:
        for pointer in note.pointers:
            codes.setdefault(pointer, []).append(note.code)
    traces = tuple(
        Trace(
            pointer=pointer,
            label=reading.edition.label(pointer),
            value=value,
            origin=(origin := _origin(pointer, value, reading, supplied)),
            place=reading.sources.get(pointer) if origin is Origin.FILE else None,
            notes=tuple(dict.fromkeys(codes.get(pointer, ()))),
        )
        for pointer, value in _leaves(document, ())
    )
    return Provenance(input_, reading.edition, document, traces, reading.notes)


def _origin(pointer: str, value: JSONValue, reading: Reading, supplied: AbstractSet[str]) -> Origin:
    # What a user supplies may be a whole object; then all in it is.
    if any(pointer == one or pointer.startswith(f"{one}/") for one in supplied):
        return Origin.SUPPLIED
    if pointer in reading.unread:
        return Origin.UNREAD
    # A reader of data keeps no places: where a value stands is its own pointer.
    if not reading.sources:
        return Origin.DATA
    if pointer in _IDENTITY:
        return Origin.LABELS
    return Origin.ABSENT if value is None and pointer not in reading.sources else Origin.FILE


def _leaves(value: JSONValue, path: tuple[str, ...]) -> Iterator[tuple[str, JSONValue]]:
    if isinstance(value, dict) and value:
        for key, one in value.items():
            yield from _leaves(one, (*path, key))
    else:
        yield join_pointer(path), value


def provenance_as_json(provenance: Provenance) -> JSONValue:
    """Return the provenance as JSON values, as `schema/meta/provenance.schema.json` describes it."""
    input_ = provenance.input
    return {
        "$schema": PROVENANCE_SCHEMA,
        "input": {"name": input_.name, "sha256": input_.sha256, "format": input_.format},
        "document": provenance.document,
        "provenance": [_trace_as_json(one) for one in provenance.traces],
        "notes": [note_as_json(one) for one in provenance.notes],
    }


def _trace_as_json(one: Trace) -> JSONValue:
    notes: list[JSONValue] = list(one.notes)
    return {
        "pointer": one.pointer,
        "label": dict(one.label.as_json()),
        "value": one.value,
        "origin": one.origin.value,
        "source": dict(one.place.as_json()) if one.place else None,
        "notes": notes,
    }


_HOWS: Final[Mapping[How, Wording]] = {How.EXACT: Wording("按名称", "by its label"), **HOWS}
_ORIGINS: Final[Mapping[Origin, Wording]] = {
    Origin.FILE: Wording("取自文件", "from the file"),
    Origin.DATA: Wording("数据文件原有", "as in the data file"),
    Origin.LABELS: Wording("由表中栏目认定", "told by the labels of the form"),
    Origin.SUPPLIED: Wording("使用者给定", "supplied by the user"),
    Origin.UNREAD: Wording("未能读取", "not read"),
    Origin.ABSENT: Wording("文件未写", "not stated"),
}
_SUMMARY: Final = Wording("共{total}项：{counts}。", "{total} values: {counts}.")
_PRINTED: Final = Wording("印作“{label}”", "printed “{label}”")
_RAW: Final = Wording("原文“{raw}”", "“{raw}” in the file")
_UNREAD: Final = Wording("未能读取（{count}项）：", "Not read ({count}):")


def provenance_as_text(provenance: Provenance, language: Language) -> str:
    """Return the provenance as lines of text: a value a line, what was not read, the notes."""
    return "".join(f"{line}\n" for line in _Lines(language).of(provenance))


class _Lines:
    """Write provenance in one language."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def of(self, provenance: Provenance) -> Iterator[str]:
        traces = provenance.traces
        yield visible(provenance.input.name)
        counts = Counter(_kind(one) for one in traces)
        listed = self._join(f"{words.get(self._language)} {count}" for words, count in counts.items())
        yield self._say(_SUMMARY, total=len(traces), counts=listed)
        heading = None
        for one in traces:
            section = _section(one.pointer, provenance.edition)
            # Said once above its values, and not in each of their lines.
            if section != heading:
                yield from ("",) if section is None else ("", section.get(self._language))
            heading = section
            if one.origin is not Origin.UNREAD:
                yield self._value(one, section)
        unread = [one for one in traces if one.origin is Origin.UNREAD]
        if unread:
            yield from ("", self._say(_UNREAD, count=len(unread)))
        for one in unread:
            codes = "".join(f" [{code}]" for code in one.notes)
            yield f"  {one.pointer}  {one.label.get(self._language)}{codes}"
        if provenance.notes:
            yield from ("", self._say(NOTES))
        yield from map(self._note, provenance.notes)

    def _value(self, one: Trace, section: Wording | None) -> str:
        label = one.label.get(self._language)
        if section is not None:
            label = label.removeprefix(section.get(self._language)).removeprefix(SEPARATOR)
        details = self._join(part for part in self._details(one) if part)
        value = _one_line(value_words(one.value, self._language))
        rest = f"{label}（{details}）" if self._language == "zh" else f"{label} ({details})".lstrip()
        return f"  {one.pointer} = {value}  {rest}"

    def _details(self, one: Trace) -> Iterator[str]:
        yield _kind(one).get(self._language)
        if one.place:
            if one.place.label:
                yield self._say(_PRINTED, label=_one_line(one.place.label))
            yield one.place.wording.get(self._language)
            if one.place.raw:
                yield self._say(_RAW, raw=_one_line(one.place.raw))

    def _note(self, note: Note) -> str:
        text = note.wording.get(self._language)
        parts = [f"  [{note.code}] {visible(text)}"]
        if note.place:
            raw = note.place.raw or ""
            parts.append(note.place.wording.get(self._language))
            # Most notes quote what they are about.
            parts.append(self._say(_RAW, raw=_one_line(raw)) if raw not in text else "")
        return " ".join(part for part in parts if part)

    def _say(self, wording: Wording, **values: object) -> str:
        return wording.fill(**values).get(self._language)

    def _join(self, parts: Iterable[str]) -> str:
        return ("；" if self._language == "zh" else "; ").join(parts)


def _kind(one: Trace) -> Wording:
    """Return how a value was matched, or what else it rests on."""
    return _HOWS[one.place.how] if one.place and one.place.how else _ORIGINS[one.origin]


def _section(pointer: str, edition: Edition) -> Wording | None:
    return next(
        (one.heading for one in edition.sections if f"{pointer}/".startswith(f"{one.pointer}/")), None
    )


def _one_line(text: str) -> str:
    # A line feed in a quoted cell would end the line that is one value.
    return visible(excerpt(" ".join(text.split())))
