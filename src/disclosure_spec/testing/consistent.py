"""Reports without fault, and drafts of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.layout import Layout
from disclosure_spec.testing.making import flats

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

_BLANKS = 40
"""Most values that a draft leaves blank."""


def documents(edition: Edition, *, sparse: bool = True, strict: bool = True) -> st.SearchStrategy[Document]:
    """Return a strategy for complete reports in which every rule is kept.

    Numbers have 0 to 15 digits, amounts are decimals of at most six places; texts hold punctuation of every
    kind, rare characters and line breaks, but no blank lines and no spaces round a line; optional keys come
    and go. Every document conforms and is valid against `edition.schema`.

    Args:
        edition: The edition of the form, published or not.
        sparse: Whether most cells are zero, as in real reports.
        strict: Whether every active rule is kept, so that a check finds nothing at all; otherwise only those
            of severity error, so that it may find warnings and infos.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> smallest = find(documents(edition), lambda document: True)
    >>> smallest["report_year"], smallest["reporting_body"]["kind"]
    (2021, 'department')
    >>> smallest["remedies"]["reconsideration"]
    {'upheld': 0, 'corrected': 0, 'other': 0, 'pending': 0, 'total': 0}
    """
    kit = kit_of(edition, strict=strict)
    return flats(kit, Wish(sparse=sparse)).map(kit.layout.document)


def drafts(edition: Edition, *, sparse: bool = True) -> st.SearchStrategy[Document]:
    """Return a strategy for reports that are not finished: consistent ones with up to forty values blanked.

    What is blank is `null`; at least one value is. Every draft is valid against `edition.draft_schema`.

    Args:
        edition: The edition of the form.
        sparse: As for `documents`.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> draft = find(drafts(edition), lambda draft: draft["overview"] is None)
    >>> draft["problems_and_improvements"] is None
    False
    """
    return _drafts(edition, sparse=sparse)


@st.composite
def _drafts(draw: st.DrawFn, edition: Edition, *, sparse: bool) -> Document:
    layout = _draft_layout(edition)
    flat = draw(flats(kit_of(edition), Wish(sparse=sparse)))
    there = [node for node in layout.nodes if node.pointer in flat]
    flat |= {node.pointer: node.schema["const"] for node in there if "const" in node.schema}
    nullable = [node.pointer for node in there if "null" in node.schema.get("type", ())]
    blank = draw(st.lists(st.sampled_from(nullable), min_size=1, max_size=_BLANKS))
    return layout.document(flat | dict.fromkeys(blank))


@lru_cache(maxsize=16)
def _draft_layout(edition: Edition) -> Layout:
    return Layout(edition.draft_schema)
