"""Editions nobody has published, for strategies that must not know any by name."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.authoring.publish import publish_editions
from disclosure_spec.edition import Catalogue, Edition, installed

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


def authored(root: Path) -> Edition:
    """Return the edition that the tests of editions author, published into a folder beside the others."""
    place = Path(__file__).parents[1] / "test_third_edition.py"
    spec = importlib.util.spec_from_file_location("third_edition", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    schema = Path(str(folder("schema")))
    for file in schema.rglob("*.yaml"):
        target = root / file.relative_to(schema)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    third = root / installed().latest / "2031"
    third.mkdir()
    (third / "form.yaml").write_text(module.FORM, encoding="utf-8")
    (third / "rules.yaml").write_text(module.RULES, encoding="utf-8")
    for name, text in publish_editions(root).items():
        (root / name).write_bytes(text)
    return Catalogue(root).edition("2031")


@pytest.fixture(scope="session", params=[*installed().names(), "invented", "authored"])
def edition(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Return each published edition, one whose parts have names of their own, and one of another form."""
    if request.param == "authored":
        return authored(tmp_path_factory.mktemp("schema"))
    if request.param != "invented":
        return installed().edition(request.param)
    base = installed().edition("2021")
    published = (base.form, base.published_rules, base.schema, base.draft_schema)
    return Edition(*(renamed(one) for one in published))
