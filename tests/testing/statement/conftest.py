"""The editions with their statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec import Catalogue
from disclosure_spec.testing.statement import statement_of

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.statement import Statement

CATALOGUE = Catalogue()


@pytest.fixture(scope="package", params=CATALOGUE.names())
def edition(request: pytest.FixtureRequest) -> Edition:
    """Return each edition."""
    return CATALOGUE.edition(request.param)


@pytest.fixture(scope="package")
def statement(edition: Edition) -> Statement:
    """Return its statement."""
    found = statement_of(edition)
    assert found is not None
    return found
