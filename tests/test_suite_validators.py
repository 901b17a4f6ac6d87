"""Four readings of the published schemas give one verdict: two drafts, and validators in three languages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jsonschema
import jsonschema_rs
import pytest

from disclosure_spec._resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Accepts = Callable[[Any], bool]

ROOT: Final = Path(__file__).parents[1]
SUITE: Final = ROOT / "tests" / "suite" / "1.0"
SCHEMAS: Final = Path(str(folder("schema"))) / "1.0"
CASES: Final[list[dict[str, Any]]] = json.loads((SUITE / "manifest.json").read_text("utf-8"))["cases"]
EXPECTED: Final[Mapping[str, bool]] = {case["id"]: case["expect"]["valid"] for case in CASES}

URIS: Final = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "draft-07": "http://json-schema.org/draft-07/schema#",
}
ENGINES: Final[Mapping[tuple[str, str], Callable[[Any], Accepts]]] = {
    ("jsonschema", "2020-12"): lambda schema: jsonschema.Draft202012Validator(schema).is_valid,
    ("jsonschema", "draft-07"): lambda schema: jsonschema.Draft7Validator(schema).is_valid,
    ("jsonschema_rs", "2020-12"): lambda schema: jsonschema_rs.Draft202012Validator(schema).is_valid,
    ("jsonschema_rs", "draft-07"): lambda schema: jsonschema_rs.Draft7Validator(schema).is_valid,
}


def verdicts(engine: str, draft: str) -> dict[str, bool]:
    """Return what a validator says of every case under one draft."""
    accepts: dict[tuple[str, str], Accepts] = {}
    known: dict[tuple[str, str, str], bool] = {}
    for case in CASES:
        name = case["edition"], case["schema"]
        if name not in accepts:
            schema = json.loads((SCHEMAS / name[0] / f"{name[1]}.schema.json").read_text("utf-8"))
            accepts[name] = ENGINES[engine, draft]({**schema, "$schema": URIS[draft]})
        # Several cases share a document.
        if (*name, case["document"]) not in known:
            document = json.loads((SUITE / case["document"]).read_text("utf-8"))
            known[*name, case["document"]] = accepts[name](document)
    return {case["id"]: known[case["edition"], case["schema"], case["document"]] for case in CASES}


def differing(found: Mapping[str, bool]) -> set[str]:
    """Return the cases whose verdict is not the expected one."""
    assert set(found) == set(EXPECTED)
    return {name for name, valid in EXPECTED.items() if found[name] != valid}


@pytest.mark.parametrize("draft", URIS)
@pytest.mark.parametrize("engine", ["jsonschema", "jsonschema_rs"])
def test_python_validators_agree_with_the_suite(engine: str, draft: str) -> None:
    """A validator in Python or Rust accepts just what the suite calls valid, under both drafts."""
    assert differing(verdicts(engine, draft)) == set()


@pytest.fixture(scope="module")
def ajv() -> dict[str, dict[str, bool]]:
    """Return what Ajv says of every case under each draft; skip, or fail if so wanted, without it."""
    node = shutil.which("node")
    modules = Path(os.environ.get("DISCLOSURE_SPEC_NODE_MODULES", "no such folder"))
    if node is None or not (modules / "ajv").is_dir():
        reason = "needs node, and DISCLOSURE_SPEC_NODE_MODULES naming a node_modules folder with ajv 8"
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_NODE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    command = [node, str(SUITE.parent / "ajv.cjs"), str(modules.resolve()), str(SUITE), str(SCHEMAS)]
    found: dict[str, dict[str, bool]] = json.loads(
        subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    )
    return found


@pytest.mark.node
@pytest.mark.parametrize("draft", URIS)
def test_ajv_agrees_with_the_suite(ajv: dict[str, dict[str, bool]], draft: str) -> None:
    """Ajv in its strict mode accepts what the suite calls valid, under both drafts."""
    assert differing(ajv[draft]) == set()
