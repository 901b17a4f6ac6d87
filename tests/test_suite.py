"""The conformance suite: complete, generated as committed, and met by our own checker in every case."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from jsonschema import Draft202012Validator

from disclosure_spec._resources import folder
from disclosure_spec.checking import Checker
from disclosure_spec.document import join_pointer
from disclosure_spec.edition import Edition, installed
from disclosure_spec.strict_json import loads_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.checking import Result

HERE: Final = Path(__file__).parent / "suite"
SUITE: Final = HERE / "1.0"
META: Final = folder("schema").joinpath("meta", "case.schema.json")
MANIFEST: Final = json.loads((SUITE / "manifest.json").read_text("utf-8"))
CASES: Final[list[dict[str, Any]]] = MANIFEST["cases"]
EDITIONS: Final = installed().editions(MANIFEST["spec_version"])

ALWAYS_CHECKED: Final = {"document.structure"}
"""Rules that no document can leave open."""

ASSERTIONS: Final = {
    *("type", "const", "enum", "required", "additionalProperties", "pattern"),
    *("minLength", "maxLength", "minimum", "maximum"),
}
SUBSCHEMAS: Final = {"properties", "patternProperties", "$defs"}
NOT_ASSERTED: Final = {"$schema", "$id", "$ref", "title", "description", "examples"}

LAX_END: Final = {
    "2021/structure/own_key_refused/line_break_at_the_end/report",
    "2021/structure/own_key_refused/line_break_at_the_end/draft",
}
"""Cases that `jsonschema` as such accepts, because `$` stands before a last line break too in Python."""

Constraint = tuple[int, str, str]


def group(case: Mapping[str, Any]) -> str:
    """Return what a case is filed under: edition, kind, and rule or group."""
    return "/".join(case["id"].split("/")[:3])


@cache
def checker(edition: str) -> Checker:
    """Return the checker of an edition."""
    return Checker(installed().edition(edition, MANIFEST["spec_version"]))


@cache
def checked(edition: str, document: str) -> Result:
    """Return the result of checking a document of the suite."""
    return checker(edition).check(loads_document((SUITE / document).read_bytes()))


def observed(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return what our checker says where the case expects something of the rules."""
    result, expected = checked(case["edition"], case["document"]), case["expect"]
    findings = sorted((one.rule, one.severity, sorted(one.pointers)) for one in result.findings)
    says: dict[str, Any] = {
        "findings": [{"rule": r, "severity": s, "pointers": pointers} for r, s, pointers in findings],
        "verdict": result.verdict.value,
        "rules": {rule: result.outcome(rule).status.value for rule in expected.get("rules", ())},
    }
    if "reason" in expected:
        says["reason"] = result.outcome(case["id"].split("/")[2]).reason
    return {key: value for key, value in says.items() if key in expected}


def errors(case: Mapping[str, Any], schema: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """Return schema object, keyword and pointer of everything in the document that the schema refuses."""
    found: list[tuple[Any, str, str]] = []
    document = json.loads((SUITE / case["document"]).read_text("utf-8"))
    for error in Draft202012Validator(schema).iter_errors(document):
        keys: list[str] = []
        if error.validator == "required":
            keys = [key for key in error.validator_value if key not in error.instance]
        elif error.validator == "additionalProperties":
            known, patterns = error.schema["properties"], error.schema.get("patternProperties", ())
            unknown = (key for key in error.instance if key not in known)
            keys = [key for key in unknown if not any(re.search(one, key) for one in patterns)]
        path = [str(one) for one in error.absolute_path]
        places = [join_pointer([*path, key]) for key in keys] or [join_pointer(path)]
        found.extend((error.schema, str(error.validator), place) for place in places)
    return found


def schema_of(case: Mapping[str, Any], edition: Edition) -> Mapping[str, Any]:
    """Return the schema that a case speaks of."""
    return edition.schema if case["schema"] == "report" else edition.draft_schema


def constraints(schema: Mapping[str, Any], place: str = "#") -> Iterator[tuple[Constraint, str]]:
    """Yield every assertion of a schema and where it stands, `required` once for each name."""
    for keyword, value in schema.items():
        if keyword == "required":
            yield from (((id(schema), keyword, name), f"{place}/required/{name}") for name in value)
        elif keyword in ASSERTIONS:
            yield (id(schema), keyword, ""), f"{place}/{keyword}"
        elif keyword in SUBSCHEMAS:
            for key, one in value.items():
                yield from constraints(one, f"{place}/{keyword}/{key}")
        else:
            assert keyword in NOT_ASSERTED, keyword


def test_manifest_follows_its_schema() -> None:
    """The schema of the manifest is sound and the manifest conforms to it."""
    schema = json.loads(META.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(MANIFEST)] == []


def test_manifest_and_disk_are_the_same_set() -> None:
    """Every document on disk is used by a case, and every document of a case is there."""
    on_disk = {file.relative_to(SUITE).as_posix() for file in SUITE.rglob("*") if file.is_file()}
    assert on_disk == {case["document"] for case in CASES} | {"manifest.json"}


def test_ids_are_unique() -> None:
    """No two cases share an id, not even where a file system ignores case."""
    counted = Counter(case["id"].lower() for case in CASES)
    assert [name for name, count in counted.items() if count > 1] == []


def test_ids_say_what_the_case_is() -> None:
    """Edition and kind in the id are those of the case, and the rule it names is one it is about."""
    for case in CASES:
        edition, kind, about, *_ = case["id"].split("/")
        assert (edition, kind.removesuffix("s")) == (case["edition"], case["kind"])
        assert case["kind"] == "structure" or about in case["expect"]["rules"]


def test_suite_is_what_the_source_says(tmp_path: Path) -> None:
    """Building the suite again gives the committed files, byte for byte."""
    subprocess.run([sys.executable, HERE / "build.py", tmp_path], check=True)

    assert contents(tmp_path / SUITE.name) == contents(SUITE)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("name", sorted({group(case) for case in CASES}))
def test_checker_meets_every_expectation(name: str) -> None:
    """Our checker says of each case what is expected: findings, verdict, statuses, reason."""
    for case in CASES:
        if group(case) == name and "findings" in case["expect"]:
            said = observed(case)
            assert said == {key: case["expect"][key] for key in said}, case["id"]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_every_rule_has_its_cases(edition: Edition) -> None:
    """An active rule has a pass, two different failures and an open case; a trial rule only open ones."""
    documents: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for case in (one for one in CASES if one["kind"] == "rule" and one["edition"] == edition.name):
        rule = case["id"].split("/")[2]
        status = case["expect"]["rules"][rule]
        documents[rule, status].add(case["document"])
        assert ("reason" in case["expect"]) == (status in {"not_checked", "not_applicable"}), case["id"]
    for rule in edition.rules:
        is_open = documents[rule.id, "not_checked"] | documents[rule.id, "not_applicable"]
        assert is_open or rule.id in ALWAYS_CHECKED, rule.id
        active = rule.status == "active"
        assert bool(documents[rule.id, "pass"]) == active, rule.id
        assert (len(documents[rule.id, "fail"]) >= 2) == active, rule.id


@pytest.mark.parametrize("schema", ["report", "draft"])
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_every_constraint_is_broken_by_a_case(edition: Edition, schema: str) -> None:
    """Each assertion of each schema object makes some document invalid, each required name on its own."""
    chosen = [one for one in CASES if one["edition"] == edition.name and one["schema"] == schema]
    broken: set[Constraint] = set()
    for case in (one for one in chosen if not one["expect"]["valid"]):
        for holder, keyword, pointer in errors(case, schema_of(case, edition)):
            name = pointer.rpartition("/")[2] if keyword == "required" else ""
            broken.add((id(holder), keyword, name))
    wanted = constraints(schema_of(chosen[0], edition))
    assert [place for constraint, place in wanted if constraint not in broken] == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_structure_cases_break_what_they_say(edition: Edition) -> None:
    """A structure case breaks the keywords it names at the places it names, and nothing else."""
    for case in CASES:
        if (case["kind"], case["edition"]) != ("structure", edition.name) or case["id"] in LAX_END:
            continue
        broken = {(keyword, pointer) for _, keyword, pointer in errors(case, schema_of(case, edition))}
        told = {(one["keyword"], one["pointer"]) for one in case["expect"].get("breaks", ())}
        assert broken == told, case["id"]


def test_own_keys_never_change_a_result() -> None:
    """A document with x- keys gives the same findings and statuses as without them."""
    for case in (one for one in CASES if "own_keys" in one["tags"] and one["expect"]["valid"]):
        document = loads_document((SUITE / case["document"]).read_bytes())
        bare = {key: without_own_keys(one) for key, one in document.items() if not key.startswith("x-")}
        assert bare != document
        assert checker(case["edition"]).check(bare) == checked(case["edition"], case["document"])


def without_own_keys(value: Any) -> Any:
    """Return a part of a document without its x- keys."""
    if not isinstance(value, dict):
        return value
    return {key: one for key, one in value.items() if not key.startswith("x-")}
