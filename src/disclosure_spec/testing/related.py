"""Reports that belong together: two years of one body, a government and the bodies it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.relating import family_flats, far_pair, near_pair

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.kit import Kit


class Pair(NamedTuple):
    """Hold the reports of one body for two years.

    Attributes:
        previous: The report of the year before.
        current: The report that is held against it.

    >>> from disclosure_spec.testing import Pair
    >>> previous, current = Pair({"report_year": 2021}, {"report_year": 2022})
    >>> current
    {'report_year': 2022}
    """

    previous: Document
    current: Document


class Family(NamedTuple):
    """Hold the report of a government and those of the bodies it covers.

    Attributes:
        whole: The report of the government.
        parts: Those of the bodies, for the same year.

    >>> from disclosure_spec.testing import Family
    >>> whole, parts = Family({"report_year": 2021}, ({"report_year": 2021},))
    >>> len(parts)
    1
    """

    whole: Document
    parts: tuple[Document, ...]


def pairs(edition: Edition, *, strict: bool = True, plain: bool = False) -> st.SearchStrategy[Pair]:
    """Return a strategy for two consistent reports of one body for years that follow each other.

    Every equation of a rule between a report and the previous one holds, trial rules among them, and a number
    that states its unit states the same in both.

    Args:
        edition: The edition of both reports, which must be for more than one year.
        strict: Whether inequalities between the years are kept too, so that a check of the current report
            against the previous one finds nothing at all: no figure grows more than fivefold, or from
            nothing. Otherwise only equations hold, and the figures of both years may be far apart.
        plain: As for `documents`.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> from disclosure_spec.checking import Checker
    >>> edition = Catalogue().edition("2021")
    >>> asked = lambda pair: pair.current["requests"]["received"]["total"] > 0
    >>> previous, current = find(pairs(edition), asked)
    >>> current["requests"]["carried_over"] == previous["requests"]["carried_forward"]
    True
    >>> Checker(edition).check(current, previous=previous).findings
    ()
    """
    return _pairs(kit_of(edition, plain=plain), strict=strict)


def families(edition: Edition, *, plain: bool = False) -> st.SearchStrategy[Family]:
    """Return a strategy for the consistent report of a government and those of one to four of its bodies.

    All are for one year. Every equation of a rule between a report and the sum of its parts holds, trial
    rules among them, and the government is one that they apply to: a check of the whole against its parts
    finds nothing at all. Amounts are stated in one unit.

    Args:
        edition: The edition of all the reports.
        plain: As for `documents`.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue
    >>> from disclosure_spec.checking import Checker
    >>> edition = Catalogue().edition("2021")
    >>> family = find(families(edition), lambda family: len(family.parts) > 1)
    >>> family.whole["reporting_body"]["kind"], len(family.parts)
    ('government', 2)
    >>> Checker(edition).check(family.whole, parts=family.parts).findings
    ()
    """
    return _families(kit_of(edition, plain=plain))


@st.composite
def _pairs(draw: st.DrawFn, kit: Kit, *, strict: bool) -> Pair:
    before, after = near_pair(draw, kit) if strict else far_pair(draw, kit)
    return Pair(kit.dressed(draw, before), kit.dressed(draw, after))


@st.composite
def _families(draw: st.DrawFn, kit: Kit) -> Family:
    whole, parts = family_flats(draw, kit)
    return Family(kit.dressed(draw, whole), tuple(kit.dressed(draw, part) for part in parts))
