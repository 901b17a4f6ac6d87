"""Web pages: whole, and as clean tables for a site's editor."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_spec.reading import read
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from tests.conftest import Bench

HOSTILE = "<script>alert(1)</script> & </td> \"'> <b>"


def test_page_says_what_it_is(bench: Bench) -> None:
    """A page declares its encoding, language and form, and needs nothing from elsewhere."""
    page = write(bench.report, bench.edition, "html").decode()
    assert page.startswith('<!DOCTYPE html>\n<html lang="zh-CN">')
    assert f'content="1.0/{bench.edition.name}"' in page
    assert not re.search(r"(?:src|href)=|@import|url\(", page)


def test_text_cannot_become_markup(bench: Bench) -> None:
    """What looks like markup in a text or a cell stays text, in page and fragment."""
    texts = [one.pointer for one in bench.edition.sections if not one.rows]
    document = bench.with_values({texts[0]: HOSTILE, bench.edition.cells[0].pointer: "<i>", "/title": "<u>"})
    for name in ("html", "fragment"):
        page = write(document, bench.edition, name)
        assert not re.search(rb"<(?:script|i|u|b)>", page)
        assert read(page).document[texts[0][1:]] == HOSTILE


def test_fragment_holds_nothing_but_tables_and_paragraphs(bench: Bench) -> None:
    """A fragment has no attributes but spans and a border, and none of the particulars."""
    fragment = write(bench.report, bench.edition, "fragment").decode()
    assert set(re.findall(r"<(\w+)", fragment)) == {"h2", "p", "table", "tr", "td"}
    assert set(re.findall(r" (\w+)=", fragment)) == {"border", "rowspan", "colspan"}
    assert fragment.count("<table") == 3


def test_line_like_a_heading_stays_in_its_text(bench: Bench) -> None:
    """In a page of ours a line of text that repeats a heading of the form does not end the part."""
    texts = [one for one in bench.edition.sections if not one.rows]
    text = f"甲\n{texts[1].heading.zh}\n乙"
    document = bench.with_values({texts[0].pointer: text})
    assert read(write(document, bench.edition, "html")).document == document
