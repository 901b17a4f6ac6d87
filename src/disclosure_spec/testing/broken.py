"""A document with something wrong in it, or in how it goes with others, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from disclosure_spec.document import Document


class Broken(NamedTuple):
    """Hold a document with something wrong in it.

    Attributes:
        document: The document.
        pointers: What was changed in a document without fault, or is missing from it.

    >>> from disclosure_spec.testing import Broken
    >>> document, pointers = Broken({"report_year": "2021"}, ("/report_year",))
    >>> pointers
    ('/report_year',)
    """

    document: Document
    pointers: tuple[str, ...]


class BrokenPair(NamedTuple):
    """Hold the reports of two years that do not go together.

    Attributes:
        previous: The report of the year before, which is without fault.
        current: The report that is held against it.
        pointers: What was changed in the current report.

    >>> from disclosure_spec.testing import BrokenPair
    >>> pair = BrokenPair({"report_year": 2021}, {"report_year": 2023}, ("/report_year",))
    >>> pair.current
    {'report_year': 2023}
    """

    previous: Document
    current: Document
    pointers: tuple[str, ...]


class BrokenFamily(NamedTuple):
    """Hold the report of a government that does not go with those of its bodies.

    Attributes:
        whole: The report of the government.
        parts: Those of the bodies, which are without fault.
        pointers: What was changed in the report of the government.

    >>> from disclosure_spec.testing import BrokenFamily
    >>> family = BrokenFamily({"report_year": 2023}, ({"report_year": 2021},), ("/report_year",))
    >>> len(family.parts)
    1
    """

    whole: Document
    parts: tuple[Document, ...]
    pointers: tuple[str, ...]
