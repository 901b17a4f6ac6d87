"""Marks are hints and labels decide: where they disagree it is said, and no value changes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.edition import installed
from disclosure_spec.marks import PREFIX, marks
from disclosure_spec.reading import Note, read
from disclosure_spec.wording import LANGUAGES
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Bench

    from disclosure_spec.reading import Reading

PARTS = {"docx": ("word/document.xml", "docProps/custom.xml")}
FORMATS = ("html", "docx")


def changed(bench: Bench, format_name: str, change: Callable[[str], str]) -> Reading:
    """Return what is read of the sample in a format, after its text was changed."""
    data = write(bench.report, bench.edition, format_name)
    if format_name not in PARTS:
        return read(change(data.decode()).encode())
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part.decode()).encode() if name in PARTS[format_name] else part)
    return read(made.getvalue())


def swapped(one: str, other: str) -> Callable[[str], str]:
    """Return a change that gives each of two cells the mark of the other."""
    names = {one: other, other: one}
    return lambda text: re.sub(rf"\b(?:{one}|{other})\b", lambda found: names[found.group()], text)


def about_marks(reading: Reading) -> list[Note]:
    """Return the notes about marks."""
    return [one for one in reading.notes if one.code.startswith(("mark.", "form."))]


@pytest.mark.parametrize("format_name", [*FORMATS, "xlsx"])
def test_marks_that_agree_say_nothing(bench: Bench, format_name: str) -> None:
    """In a file as it was written marks and labels agree."""
    reading = read(write(bench.report, bench.edition, format_name))
    assert reading.document == bench.report
    assert not reading.notes


@pytest.mark.parametrize("format_name", FORMATS)
def test_marks_of_two_rows_are_exchanged(bench: Bench, format_name: str) -> None:
    """Two cells that have the marks of each other are named, once for each row, and keep their values."""
    section = next(one for one in bench.edition.sections if len(one.rows) > 9)
    first, second = (section.rows[at].cells[2] for at in (2, 3))
    names = marks(bench.edition)
    reading = changed(bench, format_name, swapped(names[first.pointer], names[second.pointer]))
    assert reading.document == bench.report
    found = about_marks(reading)
    assert [(one.code, one.pointers) for one in found] == [
        ("mark.moved", (first.pointer,)),
        ("mark.moved", (second.pointer,)),
    ]
    for language in LANGUAGES:
        assert first.label.get(language) in found[0].wording.get(language)
        assert second.label.get(language) in found[0].wording.get(language)
    assert found[0].place == reading.sources[first.pointer]


@pytest.mark.parametrize("format_name", FORMATS)
def test_row_whose_cells_were_shifted_is_named_once(bench: Bench, format_name: str) -> None:
    """Where all the marks of a row have moved by a column there is one note with all its cells."""
    section = next(one for one in bench.edition.sections if len(one.rows) > 9)
    cells = [cell.pointer for cell in section.rows[2].cells]
    names = marks(bench.edition)
    after = {names[one]: names[other] for one, other in zip(cells, [*cells[1:], cells[0]], strict=True)}
    shift = lambda text: re.sub("|".join(after), lambda found: after[found.group()], text)  # noqa: E731 - a change
    reading = changed(bench, format_name, shift)
    assert reading.document == bench.report
    (found,) = about_marks(reading)
    assert (found.code, found.pointers) == ("mark.moved", tuple(cells))
    assert f" {len(cells)} 格" in found.wording.zh


@pytest.mark.parametrize("format_name", FORMATS)
def test_marks_of_another_edition(bench: Bench, format_name: str) -> None:
    """Cells with marks of another edition are named with it; one a row, and read by their labels."""
    (other,) = (one for one in installed().editions() if one is not bench.edition)
    own, theirs = (f"{PREFIX}{name[-2:]}_" for name in (bench.edition.name, other.name))
    reading = changed(bench, format_name, lambda text: text.replace(own, theirs))
    assert reading.document == bench.report
    found = about_marks(reading)
    rows = sum(len(section.rows) for section in bench.edition.sections)
    assert {one.code for one in found} == {"mark.other_edition"}
    assert rows / 2 < len(found) <= rows
    assert all(f"{other.name}版" in one.wording.zh for one in found)


@pytest.mark.parametrize("format_name", FORMATS)
def test_names_that_nobody_knows_are_passed_over(bench: Bench, format_name: str) -> None:
    """Marks of an edition yet to come, or of somebody's own, say nothing."""
    own = f"{PREFIX}{bench.edition.name[-2:]}_"
    for name in (f"{PREFIX}99_", "mine_"):
        reading = changed(bench, format_name, lambda text, name=name: text.replace(own, name))  # type: ignore[misc] # a default
        assert reading.document == bench.report
        assert not about_marks(reading)


def test_file_that_names_another_edition(bench: Bench) -> None:
    """A file that says it follows another edition than its labels do is read by its labels, with a note."""
    (other,) = (one for one in installed().editions() if one is not bench.edition)
    reading = changed(
        bench, "docx", lambda text: text.replace(f">1.0/{bench.edition.name}<", f">1.0/{other.name}<")
    )
    assert reading.document == bench.report
    assert reading.edition is bench.edition
    (found,) = about_marks(reading)
    assert found.code == "form.other"
    assert f"{other.name}版" in found.wording.zh
    assert other.name in found.wording.en


@pytest.mark.parametrize("stated", ["", "1.0", "word/2"])
def test_what_a_file_says_of_itself_may_be_nothing(bench: Bench, stated: str) -> None:
    """A property that was emptied or is cut off names no edition; any other name is told."""
    reading = changed(bench, "docx", lambda text: text.replace(f">1.0/{bench.edition.name}<", f">{stated}<"))
    assert reading.document == bench.report
    assert bool(about_marks(reading)) is ("/" in stated)


@pytest.mark.parametrize("format_name", FORMATS)
def test_text_in_a_row_without_label(bench: Bench, format_name: str) -> None:
    """Where a text stands among the values of a row that has no label, the marks of all its cells decide."""
    section, row = next((one, row) for one in bench.edition.sections for row in one.rows if not row.labels)
    for at in (0, 4, len(row.cells) - 1):
        document = bench.with_values({row.cells[at].pointer: "见附件"})
        data = write(document, bench.edition, format_name)
        assert read(data).document == document
    # One cell without its mark, and nothing is certain any more.
    mark = marks(bench.edition)[row.cells[1].pointer]
    unmarked = write(bench.with_values({row.cells[4].pointer: "见附件"}), bench.edition, "html")
    reading = read(unmarked.replace(mark.encode(), b"x"))
    assert {one for one in reading.unread if one.startswith(section.pointer)} == {
        one.pointer for one in row.cells
    }
