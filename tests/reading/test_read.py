"""The entry: one call for every format, errors before anything is made up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.reading import read
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.strict_yaml import dumps_yaml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.reading.conftest import Sample

    from disclosure_spec.document import Document


@pytest.mark.parametrize(("dump", "name"), [(dumps_json, "json"), (dumps_yaml, "yaml")])
def test_documents_are_taken_as_they_are(sample: Sample, dump: Callable[[Document], str], name: str) -> None:
    """JSON and YAML give exactly what they say, with nothing filled in and nothing unread."""
    document = {**blank(sample.edition), "x-own": 1}
    del document["overview"]

    reading = read(dump(document).encode("utf-8"))

    assert (reading.document, reading.format, reading.edition.name) == (document, name, sample.edition.name)
    assert not reading.unread
    assert not reading.notes


@pytest.mark.parametrize(
    "text", ['{"form_edition": "2021"}', '{"spec_version": "1.0"}', '{"spec_version": 1, "form_edition": 2}']
)
def test_a_document_must_name_its_edition(text: str) -> None:
    """A document without version or edition is not guessed at."""
    with pytest.raises(InputError) as caught:
        read(text.encode())

    assert caught.value.code == "document.no_edition"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"spec_version": "9.9", "form_edition": "2021"}', "spec.unknown"),
        ('{"spec_version": "1.0", "form_edition": "1999"}', "edition.unknown"),
    ],
)
def test_an_unknown_edition_is_an_error(text: str, code: str) -> None:
    """A version or edition that does not exist is named."""
    with pytest.raises(InputError) as caught:
        read(text.encode())

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今日天气晴。", "read.no_edition"),
        ("本年制发件数\n处理决定数量", "read.no_edition"),
        ("<html><body><div id='app'></div><script>load()</script></body></html>", "read.no_table"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table>", "read.no_edition"),
    ],
)
def test_without_its_labels_a_file_is_no_report(text: str, code: str) -> None:
    """A file in which no edition is ahead is refused, and a page drawn by a script says so."""
    with pytest.raises(InputError) as caught:
        read(text.encode(), name="a.html")

    assert caught.value.code == code
    assert caught.value.place == "a.html"


def test_the_error_names_the_labels_looked_for() -> None:
    """Who cannot be helped is told what was missing."""
    with pytest.raises(InputError) as caught:
        read("今日天气晴。".encode())

    for edition in installed().editions():
        assert edition.form["recognition"]["decided_by"][0] in caught.value.wording.zh


def test_labels_inside_text_are_enough_to_know_the_edition() -> None:
    """Where the table is lost in running text the edition is known, and every cell is unread."""
    text = "第二十条 信息内容 本年制发件数 本年废止件数 现行有效件数 规章000 行政许可 本年处理决定数量106"

    reading = read(text.encode())

    assert reading.edition.name == "2021"
    assert {cell.pointer for cell in reading.edition.cells} <= reading.unread


def test_the_edition_may_be_given(new: Sample) -> None:
    """An edition that is asked for is followed, and a doubt about it is noted."""
    asked = read(new.page().encode(), edition="2019")
    plain = read("一、总体情况\n甲".encode(), edition="2021")

    assert asked.edition.name == "2019"
    assert asked.notes[0].code == "edition.other"
    assert plain.document["overview"] == "甲"
    with pytest.raises(UsageError):
        read("甲".encode(), edition="1999")


def test_a_new_edition_is_only_data(tmp_path: Path, new: Sample) -> None:
    """A third edition with labels of its own is read from its folder, without a line of code."""
    root = tmp_path / "schema"
    folder = root / "1.0" / "2031"
    folder.mkdir(parents=True)
    for name, part in (
        ("form", new.edition.form),
        ("report.schema", new.edition.schema),
        ("draft.schema", new.edition.draft_schema),
    ):
        text = json.dumps(part, ensure_ascii=False).replace('"2021"', '"2031"')
        text = text.replace("本年制发件数", "本期新件").replace("规章", "条令").replace("总体情况", "概述")
        (folder / f"{name}.json").write_text(text, encoding="utf-8")
    (folder / "rules.json").write_text('{"rules": []}', encoding="utf-8")
    specs = [{"version": "1.0", "editions": [{"edition": "2031"}]}]
    (root / "index.json").write_text(
        json.dumps({"latest": {"spec": "1.0"}, "specs": specs}), encoding="utf-8"
    )
    catalogue = Catalogue(root)
    sample = type(new)(catalogue.edition("2031"))

    reading = read(sample.page().encode(), catalogue=catalogue)

    assert reading.document["form_edition"] == "2031"
    assert not sample.wrong(reading)
    assert not reading.unread
