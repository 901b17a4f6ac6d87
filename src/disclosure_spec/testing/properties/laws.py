"""All properties of an edition."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from disclosure_spec.testing.properties.adding import adding
from disclosure_spec.testing.properties.blanks import blanks
from disclosure_spec.testing.properties.conforming import conforming
from disclosure_spec.testing.properties.neighbours import neighbours
from disclosure_spec.testing.properties.sameness import sameness
from disclosure_spec.testing.properties.shaping import shaping
from disclosure_spec.testing.properties.stating import stating
from disclosure_spec.testing.properties.stepping import stepping

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.properties.law import Property


@lru_cache(maxsize=16)
def properties(edition: Edition) -> tuple[Property, ...]:
    """Return the laws of the rules of an edition, those that its data give rise to.

    >>> from disclosure_spec import Catalogue
    >>> found = properties(Catalogue().edition("2021"))
    >>> len({one.id for one in found}) == len(found)
    True
    """
    groups = (conforming, shaping, blanks, stating, adding, stepping, sameness, neighbours)
    return tuple(one for group in groups for one in group(edition))
