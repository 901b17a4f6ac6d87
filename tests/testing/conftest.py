"""An edition nobody has published, for strategies that must not know any by name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from disclosure_spec.edition import Edition, installed

if TYPE_CHECKING:
    from collections.abc import Mapping

_RENAMED: Final = {
    "/requests/": "/hotline/",
    '"requests"': '"hotline"',
    "/natural_person": "/callers",
    '"natural_person"': '"callers"',
    "/total": "/together",
    '"total"': '"together"',
    "/overview": "/summary",
    '"overview"': '"summary"',
}


def renamed(published: Mapping[str, Any]) -> dict[str, Any]:
    """Return published data with other names for its sections, rows and columns."""
    text = json.dumps(published, ensure_ascii=False)
    for old, new in _RENAMED.items():
        text = text.replace(old, new)
    made: dict[str, Any] = json.loads(text)
    return made


@pytest.fixture(scope="session", params=[*installed().names(), "invented"])
def edition(request: pytest.FixtureRequest) -> Edition:
    """Return each published edition and one whose sections, rows and columns have names of their own."""
    if request.param != "invented":
        return installed().edition(request.param)
    base = installed().edition("2021")
    published = (base.form, base.published_rules, base.schema, base.draft_schema)
    return Edition(*(renamed(one) for one in published))
