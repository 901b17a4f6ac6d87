"""Reports without fault, and drafts of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from disclosure_spec.testing.kit import Wish, kit_of
from disclosure_spec.testing.making import flat_of

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.kit import Kit

_BLANKS = 40
"""Most values that a draft leaves blank."""


def documents(
    edition: Edition, *, sparse: bool = True, strict: bool = True, plain: bool = False
) -> st.SearchStrategy[Document]:
    """Return a strategy for complete reports in which every rule is kept.

    Numbers and totals have 0 to 15 digits, amounts are decimals of at most six places; texts hold punctuation
    of every kind, rare characters, marks of direction and line breaks, and are seldom very long, but have no
    blank lines and no spaces round a line; optional keys come and go. Now and then numbers are spelled as
    JSON may spell them (3.0, 2.50, 12e2, as `Decimal`), and keys of a body's own (`x-`) hold anything. Every
    document conforms and is valid against `edition.schema`.

    Args:
        edition: The edition of the form, published or not.
        sparse: Whether most cells are zero, as in real reports.
        strict: Whether every active rule is kept, so that a check finds nothing at all; otherwise only those
            of severity error, so that it may find warnings and infos.
        plain: Whether they hold nothing but what a printed form shows: numbers as usual, no keys of one's
            own, texts neither very long nor of characters that cannot be seen. Note that the Python package
            `jsonschema` takes 3.0 for a whole number as a `float`, but not as a `Decimal`.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> smallest = find(documents(edition), lambda document: True)
    >>> smallest["report_year"], smallest["reporting_body"]["kind"]
    (2021, 'department')
    >>> smallest["remedies"]["reconsideration"]
    {'upheld': 0, 'corrected': 0, 'other': 0, 'pending': 0, 'total': 0}
    """
    return _documents(kit_of(edition, strict=strict, plain=plain), sparse=sparse)


def drafts(edition: Edition, *, sparse: bool = True, plain: bool = False) -> st.SearchStrategy[Document]:
    """Return a strategy for reports that are not finished: consistent ones with up to forty values blanked.

    What is blank is `null`; at least one value is. Every draft is valid against `edition.draft_schema`.

    Args:
        edition: The edition of the form.
        sparse: As for `documents`.
        plain: As for `documents`.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> draft = find(drafts(edition), lambda draft: draft["overview"] is None)
    >>> draft["problems_and_improvements"] is None
    False
    """
    return _drafts(kit_of(edition, plain=plain), sparse=sparse)


@st.composite
def _documents(draw: st.DrawFn, kit: Kit, *, sparse: bool) -> Document:
    return kit.dressed(draw, flat_of(draw, kit, Wish(sparse=sparse)))


@st.composite
def _drafts(draw: st.DrawFn, kit: Kit, *, sparse: bool) -> Document:
    layout = kit.draft_layout
    flat = kit.dressing.draw(draw, flat_of(draw, kit, Wish(sparse=sparse)))
    there = [node for node in layout.nodes if node.pointer in flat]
    flat |= {node.pointer: node.schema["const"] for node in there if "const" in node.schema}
    nullable = [node.pointer for node in there if "null" in node.schema.get("type", ())]
    blank = draw(st.lists(st.sampled_from(nullable), min_size=1, max_size=_BLANKS))
    return layout.document(flat | dict.fromkeys(blank))
