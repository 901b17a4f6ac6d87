"""Law of the formats: what is written in any of them is read back as it was."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.reading import read
from disclosure_spec.reading.values import is_value_like, printed
from disclosure_spec.testing import breakable, documents, drafts, inconsistent
from disclosure_spec.writing import FORMATS, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

SETTINGS = settings(deadline=None, max_examples=40, derandomize=True)
PASTED = "fragment"
EXACT = sorted({*FORMATS} - {PASTED})
MARKS = ("/", "-", "—", "无", "约12")


@cache
def reports(edition: Edition) -> st.SearchStrategy[Document]:
    """Return reports of every kind: consistent, drafts, inconsistent, some with marks in cells."""
    rules = [rule for rule in breakable(edition) if rule != "document.structure"]
    wrong = st.sampled_from(rules).flatmap(lambda rule: inconsistent(edition, rule, plain=True))
    whole = documents(edition, plain=True), documents(edition, sparse=False, plain=True)
    return st.one_of(*whole, drafts(edition, plain=True), wrong.map(lambda one: one[0]))


def is_printable(document: Document, edition: Edition) -> bool:
    """Tell whether print can show what the document holds.

    No line of a text that is blank, or begins or ends with what cannot be seen, nor a key of one's own with
    spaces in it; no title or preface that is null, as it looks like none; no text in a cell that looks like
    a number.
    """
    if any(document.get(key, "") is None for key in ("title", "preface")):
        return False
    for key, value in document.items():
        if key.startswith("x-"):
            continue
        if not all(map(is_visible, texts(value))):
            return False
    if not all(key == "".join(key.split()) and is_visible(key) for key in own_keys(document)):
        return False
    words = [get_at(document, cell.pointer) for cell in edition.cells]
    return not any(isinstance(one, str) and one not in MARKS and is_value_like(one) for one in words)


def own_keys(document: Document) -> Iterator[str]:
    """Yield the keys of one's own, at the root and on parts."""
    for one in (document, *document.values()):
        if isinstance(one, dict):
            yield from (key for key in one if key.startswith("x-"))


def texts(value: JSONValue) -> Iterator[str]:
    """Yield the lines of every text."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, str):
        yield from value.split("\n")


def is_visible(line: str) -> bool:
    """Tell whether a line is all there when it is seen."""
    return bool(line) and printed(line) == line


@pytest.mark.parametrize("format_name", EXACT)
@pytest.mark.parametrize("edition", installed().editions(), ids=lambda edition: edition.name)
def test_report_comes_back_as_it_was(edition: Edition, format_name: str) -> None:
    """A report written and read again is the same document, of the same edition, with nothing unread."""

    @SETTINGS
    @given(reports(edition))
    def law(document: Document) -> None:
        assume(is_printable(document, edition))
        reading = read(write(document, edition, format_name))
        assert reading.document == document
        assert reading.edition is edition
        assert not reading.unread

    law()


@pytest.mark.parametrize("edition", installed().editions(), ids=lambda edition: edition.name)
def test_pasted_tables_keep_every_cell(edition: Edition) -> None:
    """Clean tables for a site's editor give back every cell; what is not on the form is not in them."""

    @SETTINGS
    @given(reports(edition))
    def law(document: Document) -> None:
        assume(is_printable(document, edition))
        reading = read(write(document, edition, PASTED))
        assert cells(reading.document, edition) == cells(document, edition)

    law()


def cells(document: Document, edition: Edition) -> dict[str, JSONValue]:
    """Return the value of every cell of the form."""
    return {cell.pointer: get_at(document, cell.pointer) for cell in edition.cells}  # type: ignore[misc] # present in each
