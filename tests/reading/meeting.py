"""Rows as they are met in a file, for the tests of what is done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_spec.edition import installed
from disclosure_spec.place import How, Place
from disclosure_spec.reading.labels import Named, labels_of
from disclosure_spec.reading.ledger import Ledger
from disclosure_spec.reading.rows import Met, Token

if TYPE_CHECKING:
    from disclosure_spec.edition import Row

NEW = installed().edition("2021")
LABELS = labels_of(NEW)


def ledger() -> Ledger:
    """Return a ledger of the edition of 2021 that is reading its first table."""
    empty = Ledger(LABELS, [labels_of(installed().edition("2019"))])
    empty.begin()
    return empty


def tokens(*texts: str, certain: bool = True, joined: bool = False) -> list[Token]:
    """Return cells with these texts."""
    return [Token(text, Place(raw=text), certain, joined=joined) for text in texts]


def row(label: str) -> Named:
    """Return the row of a label."""
    found = LABELS.named(label)
    assert found is not None
    return found


def met(label: str, *texts: str, table: int = 1) -> Met:
    """Return a row with these cells."""
    return Met(row(label), label, tokens(*texts), Place(raw=label), table)


def place(book: Ledger, label: str, *texts: str, certain: bool = True, joined: bool = False) -> None:
    """Meet a row with these cells."""
    book.place(row(label), label, tokens(*texts, certain=certain, joined=joined), Place(raw=label))


def pointers(found: Row) -> list[str]:
    """Return the pointers of the cells of a row."""
    return [cell.pointer for cell in found.cells]


def unlabelled() -> Named:
    """Return the row that has no label."""
    return Named(LABELS.unlabelled[0][1], How.EXACT)
