"""Where every value comes from, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from disclosure_spec._resources import folder
from disclosure_spec.blank import in_form_order
from disclosure_spec.document import get_at, with_value
from disclosure_spec.inspection import describe
from disclosure_spec.place import How, Note, Place
from disclosure_spec.reading import Reading, read
from disclosure_spec.reporting.provenance import (
    Origin,
    provenance_as_json,
    provenance_as_text,
    trace,
)
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue
    from disclosure_spec.reporting.provenance import Provenance, Trace

SAMPLE = Path(__file__).parents[1] / "data" / "report-2019.txt"
SCHEMA = json.loads(folder("schema").joinpath("meta", "provenance.schema.json").read_text(encoding="utf-8"))
TOTAL = "/requests/received/total"


def problems(data: object) -> list[str]:
    """Return what the published schema has against a provenance."""
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(data)]


def provenance_of(reading: Reading, changes: Mapping[str, JSONValue] | None = None) -> Provenance:
    """Return the provenance of a reading after changes."""
    document = reading.document
    for pointer, value in (changes or {}).items():
        document = with_value(document, pointer, value)
    document = in_form_order(document, reading.edition)
    return trace(reading, document, (changes or {}).keys(), describe(b"", "年报.html", reading.format))


def at(provenance: Provenance, pointer: str) -> Trace:
    """Return what is said of one value."""
    (found,) = (one for one in provenance.traces if one.pointer == pointer)
    return found


def line_of(text: str, pointer: str) -> str:
    """Return the line about one value."""
    (found,) = (line for line in text.splitlines() if line.startswith((f"  {pointer} =", f"  {pointer}  ")))
    return found


@pytest.fixture
def reading(bench: Bench) -> Reading:
    """Return a reading in which one cell of each kind occurs."""
    rows = bench.edition.cells[:6]
    pointers = [cell.pointer for cell in rows]
    document = bench.with_values({pointers[3]: None, pointers[4]: None})
    places = [
        Place(table=1, row=2, column=3, raw="２", how=How.EXACT),
        Place(sheet="表二", cell="C7", raw="3件", how=How.SIMILAR, label="规章制发"),
        Place(page=2, raw="4", how=How.BY_POSITION),
        Place(line=9, raw="", how=How.EXACT),
    ]
    return Reading(
        document=document,
        edition=bench.edition,
        format="html",
        sources=dict(zip(pointers, places, strict=False)) | {pointers[5]: Place(raw="55", how=How.SOLVED)},
        unread=frozenset({pointers[4]}),
        notes=(
            Note(
                "row.odd",
                Wording("“甲”一行未读。", "Row “甲” was not read."),
                Place(line=4, raw="甲 7"),
                (pointers[4],),
            ),
            Note("text.left", Wording("未归入：页脚", "unplaced: 页脚"), Place(line=5, raw="页脚")),
        ),
    )


def test_every_value_has_one_origin(bench: Bench) -> None:
    """Every value of the document is traced once, in the document's order, whatever its origin."""
    reading = read(SAMPLE.read_bytes())
    provenance = provenance_of(reading)
    pointers = [one.pointer for one in provenance.traces]

    assert len(pointers) == len(set(pointers))
    assert all(get_at(provenance.document, one.pointer) == one.value for one in provenance.traces)
    assert {cell.pointer for cell in reading.edition.cells} <= set(pointers)
    assert bench.edition.spec_version == at(provenance, "/spec_version").value


def test_read_value_has_its_place(reading: Reading) -> None:
    """A value read in the file comes with its place, as printed, and with how it was matched."""
    first = reading.edition.cells[0].pointer

    found = at(provenance_of(reading), first)

    assert (found.origin, found.place) == (Origin.FILE, reading.sources[first])


def test_unread_is_no_blank(reading: Reading) -> None:
    """What could not be read names the notes that say why; a printed blank was read."""
    blank, unread = (cell.pointer for cell in reading.edition.cells[3:5])
    provenance = provenance_of(reading)

    assert at(provenance, blank).origin is Origin.FILE
    assert at(provenance, unread).origin is Origin.UNREAD
    assert at(provenance, unread).notes == ("row.odd",)


@pytest.mark.parametrize("value", [0, 7, None, "/"])
def test_supplied_value_is_the_users(reading: Reading, value: JSONValue) -> None:
    """A value that the user supplied says so, unread or not, and no longer names the place it replaced."""
    changes = {cell.pointer: value for cell in reading.edition.cells[:5]}

    provenance = provenance_of(reading, changes)

    for pointer in changes:
        found = at(provenance, pointer)
        assert (found.origin, found.place, found.value) == (Origin.SUPPLIED, None, value)


def test_supplied_object_and_key_of_ones_own(reading: Reading) -> None:
    """What stands below a supplied object is supplied; keys of one's own are traced like others."""
    changes: dict[str, JSONValue] = {"/period": {"start": "2021-01-01", "end": "2021-12-31"}, "/x-id": {}}

    provenance = provenance_of(reading, changes)

    assert at(provenance, "/period/start").origin is Origin.SUPPLIED
    assert at(provenance, "/x-id").value == {}


def test_edition_is_told_by_labels(reading: Reading) -> None:
    """The edition is what the labels tell; what else has no place is said to come from the file, or not."""
    provenance = provenance_of(reading, {})

    assert at(provenance, "/form_edition").origin is Origin.LABELS
    assert at(provenance, "/reporting_body/name").origin is Origin.FILE
    assert at(provenance, "/reporting_body/name").place is None


def test_what_the_file_does_not_state_is_absent() -> None:
    """A value that is null without having been printed blank or gone unread is said not to be stated."""
    reading = read(SAMPLE.read_bytes())
    blank = with_value(reading.document, "/published_on", None)
    sources = {key: place for key, place in reading.sources.items() if key != "/published_on"}
    other = Reading(blank, reading.edition, reading.format, sources, reading.unread, reading.notes)

    assert at(provenance_of(other), "/published_on").origin is Origin.ABSENT


def test_file_of_data_speaks_for_itself(bench: Bench) -> None:
    """Of a JSON report every value is said to be the file's own."""
    provenance = provenance_of(read(dumps_json(bench.report).encode()))

    assert problems(json.loads(dumps_json(provenance_as_json(provenance)))) == []
    assert {one.origin for one in provenance.traces} == {Origin.DATA}


class TestText:
    """As text there is a line for every value."""

    def test_line_of_a_value(self, reading: Reading) -> None:
        """A line has pointer, value, short label, how it was matched, place and raw text."""
        first, second, third, blank, _, solved = (cell for cell in reading.edition.cells[:6])
        text = provenance_as_text(provenance_of(reading), "zh")
        heading = reading.edition.sections[1].heading.zh

        lines = [line_of(text, cell.pointer) for cell in (first, second, third, blank, solved)]

        label = first.label.zh.removeprefix(f"{heading} › ")
        assert lines[0] == f"  {first.pointer} = 2  {label}（按名称；第1个表第2行第3格；原文“２”）"
        assert lines[1].endswith("（按相近名称；印作“规章制发”；工作表“表二”C7格；原文“3件”）")
        assert lines[2].endswith("（按次序；第2页；原文“4”）")
        assert " = 空白  " in lines[3]
        assert "按勾稽关系推定" in lines[4]
        assert f"\n{heading}\n" in text

    def test_unread_and_notes_stand_at_the_end(self, reading: Reading) -> None:
        """What was not read is listed with the reason, then everything not placed, with its text."""
        text = provenance_as_text(provenance_of(reading), "zh")
        unread = reading.edition.cells[4]

        assert line_of(text, unread.pointer) == f"  {unread.pointer}  {unread.label.zh} [row.odd]"
        assert "未能读取（1项）：" in text
        assert text.endswith(
            "  [row.odd] “甲”一行未读。 文件第4行 原文“甲 7”\n  [text.left] 未归入：页脚 文件第5行\n"
        )

    def test_supplied(self, reading: Reading) -> None:
        """A supplied value says that the user supplied it, in either language."""
        provenance = provenance_of(reading, {TOTAL: 5})

        assert "使用者给定" in line_of(provenance_as_text(provenance, "zh"), TOTAL)
        assert "supplied by the user" in line_of(provenance_as_text(provenance, "en"), TOTAL)

    def test_summary_counts_every_value(self, reading: Reading) -> None:
        """The second line counts the values by what they rest on."""
        provenance = provenance_of(reading)

        summary = provenance_as_text(provenance, "zh").splitlines()[1]

        assert summary.startswith(f"共{len(provenance.traces)}项：")
        assert "按相近名称 1" in summary
        assert "未能读取 1" in summary

    def test_nothing_in_a_file_breaks_a_line(self, bench: Bench) -> None:
        """Line breaks and controls in quoted text are shown, and end or colour no line."""
        pointer = bench.edition.cells[0].pointer
        place = Place(raw="1\n2\x1b[31m", how=How.EXACT, label="甲\n乙")
        reading = Reading(bench.report, bench.edition, "html", {pointer: place}, frozenset(), ())

        text = provenance_as_text(provenance_of(reading), "zh")

        assert "原文“1 2<U+001B>[31m”" in line_of(text, pointer)
        assert "\x1b" not in text


def test_json_holds_all_of_it(reading: Reading) -> None:
    """As JSON there are the document, every value with its origin and place, and the notes."""
    provenance = provenance_of(reading, {TOTAL: 5})

    data = json.loads(dumps_json(provenance_as_json(provenance)))

    assert problems(data) == []
    assert data["document"] == json.loads(dumps_json(provenance.document))
    assert [one["pointer"] for one in data["provenance"]] == [one.pointer for one in provenance.traces]
    second = next(one for one in data["provenance"] if one["pointer"] == reading.edition.cells[1].pointer)
    assert second["source"] == {
        "sheet": "表二",
        "cell": "C7",
        "raw": "3件",
        "how": "similar",
        "label": "规章制发",
    }
    assert [one["code"] for one in data["notes"]] == ["row.odd", "text.left"]
    assert {one["origin"] for one in data["provenance"]} == {"file", "labels", "supplied", "unread"}
