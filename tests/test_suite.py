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
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read
from disclosure_spec.rules import TextTest
from disclosure_spec.strict_json import loads_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document

HERE: Final = Path(__file__).parent / "suite"
SUITE: Final = HERE / "1.0"
META: Final = folder("schema").joinpath("meta", "case.schema.json")
MANIFEST: Final = json.loads((SUITE / "manifest.json").read_text("utf-8"))
CASES: Final[list[dict[str, Any]]] = MANIFEST["cases"]
READING: Final[list[dict[str, Any]]] = MANIFEST["reading"]
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

NOT_EVALUATED: Final = {"agrees", "differs"}
"""What a text rule may require that no checker of this version evaluates."""

LEAST: Final = 3
"""Cases of every rule and of every constraint."""

LIMITS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "minimum": lambda value: value,
    "maximum": lambda value: value,
    "minLength": lambda value: len(value or ""),
    "maxLength": lambda value: len(value or ""),
}
"""What of a value a limit is about."""

Error = tuple[int, str, str]
"""The schema object, the keyword that is broken, and the place in the document."""

Constraint = tuple[int, str, str]
"""The schema object, the keyword, and of `required` the name."""


def group(case: Mapping[str, Any]) -> str:
    """Return what a case is filed under: edition, kind, and rule or group."""
    return "/".join(case["id"].split("/")[:3])


@cache
def checker(edition: str) -> Checker:
    """Return the checker of an edition."""
    return Checker(installed().edition(edition, MANIFEST["spec_version"]))


@cache
def loaded(path: str) -> Document:
    """Return a document of the suite."""
    return loads_document((SUITE / path).read_bytes())


@cache
def checked(edition: str, document: str, previous: str | None = None, parts: tuple[str, ...] = ()) -> Result:
    """Return the result of checking a document of the suite."""
    return checker(edition).check(
        loaded(document), previous=loaded(previous) if previous else None, parts=[*map(loaded, parts)]
    )


def observed(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return what our checker says where the case expects something of the rules."""
    others = case.get("previous"), tuple(case.get("parts", ()))
    result, expected = checked(case["edition"], case["document"], *others), case["expect"]
    findings = sorted((one.rule, one.severity, sorted(one.pointers)) for one in result.findings)
    says: dict[str, Any] = {
        "findings": [{"rule": r, "severity": s, "pointers": pointers} for r, s, pointers in findings],
        "verdict": result.verdict.value,
        "rules": {rule: result.outcome(rule).status.value for rule in expected.get("rules", ())},
    }
    if "reason" in expected:
        says["reason"] = result.outcome(case["id"].split("/")[2]).reason
    return {key: value for key, value in says.items() if key in expected}


def errors(case: Mapping[str, Any]) -> tuple[Error, ...]:
    """Return everything in the document of a case that its schema refuses."""
    return errors_in(case["document"], case["edition"], case["schema"])


@cache
def errors_in(document: str, edition: str, schema: str) -> tuple[Error, ...]:
    """Return everything in a document of the suite that a schema refuses."""
    found: list[Error] = []
    for error in validator(edition, schema).iter_errors(json.loads((SUITE / document).read_text("utf-8"))):
        keys: list[str] = []
        if error.validator == "required":
            keys = [key for key in error.validator_value if key not in error.instance]
        elif error.validator == "additionalProperties":
            known, patterns = error.schema["properties"], error.schema.get("patternProperties", ())
            unknown = (key for key in error.instance if key not in known)
            keys = [key for key in unknown if not any(re.search(one, key) for one in patterns)]
        path = [str(one) for one in error.absolute_path]
        places = [join_pointer([*path, key]) for key in keys] or [join_pointer(path)]
        found.extend((id(error.schema), str(error.validator), place) for place in places)
    return tuple(found)


@cache
def validator(edition: str, schema: str) -> Draft202012Validator:
    """Return the validator of a schema."""
    return Draft202012Validator(schema_of(edition, schema))


def schema_of(edition: str, schema: str) -> Mapping[str, Any]:
    """Return a schema of an edition."""
    chosen = next(one for one in EDITIONS if one.name == edition)
    return chosen.schema if schema == "report" else chosen.draft_schema


def broken_by(error: Error) -> Constraint:
    """Return the constraint that an error breaks."""
    holder, keyword, place = error
    return holder, keyword, place.rpartition("/")[2] if keyword == "required" else ""


def constraints(schema: Mapping[str, Any], place: str = "#") -> Iterator[tuple[Constraint, str, list[Any]]]:
    """Yield every assertion of a schema, where it stands, and what of it has to be kept by some document."""
    for keyword, value in schema.items():
        if keyword == "required":
            yield from (((id(schema), keyword, name), f"{place}/required/{name}", [None]) for name in value)
        elif keyword in ASSERTIONS:
            yield (id(schema), keyword, ""), f"{place}/{keyword}", value if keyword == "enum" else [None]
        elif keyword in SUBSCHEMAS:
            for key, one in value.items():
                yield from constraints(one, f"{place}/{keyword}/{key}")
        else:
            assert keyword in NOT_ASSERTED, keyword


def kept_limits(
    schema: Mapping[str, Any], value: Any, root: Mapping[str, Any]
) -> Iterator[tuple[Constraint, Any]]:
    """Yield the constraints that a valid document keeps just so, each choice of an `enum` by itself."""
    if "$ref" in schema:
        yield from kept_limits(root["$defs"][schema["$ref"].rpartition("/")[2]], value, root)
        return
    for keyword in schema.keys() & ASSERTIONS:
        names = schema[keyword] if keyword == "required" else [""]
        is_at_limit = LIMITS[keyword](value) == schema[keyword] if keyword in LIMITS else True
        if is_at_limit:
            yield from (((id(schema), keyword, name), value if keyword == "enum" else None) for name in names)
    for key, one in value.items() if isinstance(value, dict) else ():
        if key in schema.get("properties", ()):
            yield from kept_limits(schema["properties"][key], one, root)


def test_manifest_follows_its_schema() -> None:
    """The schema of the manifest is sound and the manifest conforms to it."""
    schema = json.loads(META.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(MANIFEST)] == []


def test_manifest_and_disk_are_the_same_set() -> None:
    """Every document on disk is used by a case, and every document of a case is there."""
    on_disk = {file.relative_to(SUITE).as_posix() for file in SUITE.rglob("*") if file.is_file()}
    assert on_disk == {path for case in (*CASES, *READING) for path in files_of(case)} | {"manifest.json"}


def files_of(case: Mapping[str, Any]) -> Iterator[str]:
    """Yield the path of every file a case names."""
    for holder in (case, case["expect"]):
        yield from (holder[key] for key in ("document", "previous", "input") if key in holder)
    yield from case.get("parts", ())


def test_ids_are_unique() -> None:
    """No two cases share an id, not even where a file system ignores case."""
    counted = Counter(case["id"].lower() for case in (*CASES, *READING))
    assert [name for name, count in counted.items() if count > 1] == []


def test_ids_say_what_the_case_is() -> None:
    """Edition and kind in the id are those of the case, and the rule it names is one it is about."""
    kinds = {"structure": "structure", "rules": "rule", "reading": "read"}
    for case in (*CASES, *READING):
        edition, kind, about, *_ = case["id"].split("/")
        assert (edition, kinds[kind]) == (case["edition"], case["kind"])
        assert case["kind"] != "rule" or about in case["expect"]["rules"]


def test_suite_is_what_the_source_says(tmp_path: Path) -> None:
    """Building the suite again gives the committed files, byte for byte."""
    subprocess.run([sys.executable, "-m", "tests.suite.build", tmp_path], check=True, cwd=HERE.parents[1])

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


@pytest.mark.parametrize("case", READING, ids=lambda case: case["id"])
def test_reader_meets_every_expectation(case: Mapping[str, Any]) -> None:
    """Our reader takes the expected document, and no other, out of each file, or refuses the file."""
    expected = case["expect"]
    data = (SUITE / case["input"]).read_bytes()
    if expected.get("refused"):
        with pytest.raises(InputError) as caught:
            read(data, name=case["input"])

        assert caught.value.code.startswith("read.")
        return

    reading = read(data, name=case["input"])

    assert reading.document == loaded(expected["document"])
    assert reading.unread == set(expected["unread"])
    assert reading.edition.name == case["edition"]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_every_rule_has_three_cases(edition: Edition) -> None:
    """Of three documents or more one passes a rule that is evaluated, two fail it, one leaves it open."""
    cases: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for case in (one for one in CASES if one["kind"] == "rule" and one["edition"] == edition.name):
        for rule, status in case["expect"]["rules"].items():
            cases[rule, status].add(" ".join(files_of(case)))
        own = case["expect"]["rules"][case["id"].split("/")[2]]
        assert ("reason" in case["expect"]) == (own in {"not_checked", "not_applicable"}), case["id"]
    for rule in edition.rules:
        passed, failed = cases[rule.id, "pass"], cases[rule.id, "fail"]
        is_open = cases[rule.id, "not_checked"] | cases[rule.id, "not_applicable"]
        assert is_open or rule.id in ALWAYS_CHECKED, rule.id
        assert len(passed | failed | is_open) >= LEAST, rule.id
        is_evaluated = not (isinstance(rule.test, TextTest) and rule.test.require in NOT_EVALUATED)
        assert bool(passed) == is_evaluated, rule.id
        assert (len(failed) >= 2) == is_evaluated, rule.id


@pytest.mark.parametrize("schema", ["report", "draft"])
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_every_constraint_has_three_cases(edition: Edition, schema: str) -> None:
    """Two cases or more break each constraint, and one keeps it, at the limit where there is one.

    A constraint is an assertion of one schema object, of `required` each name. What a case says of a place
    counts for the schema object that describes the place, wherever in the document that is.
    """
    root = schema_of(edition.name, schema)
    broken: Counter[Constraint] = Counter()
    kept: set[tuple[Constraint, Any]] = set()
    for case in (one for one in CASES if (one["edition"], one["schema"]) == (edition.name, schema)):
        if case["expect"]["valid"]:
            kept.update(kept_limits(root, json.loads((SUITE / case["document"]).read_text("utf-8")), root))
        else:
            broken.update({broken_by(error) for error in errors(case)})
    for constraint, place, limits in constraints(root):
        assert broken[constraint] >= LEAST - 1, place
        assert {(constraint, one) for one in limits} <= kept, place


@pytest.mark.parametrize("schema", ["report", "draft"])
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_every_constraint_is_broken_alone(edition: Edition, schema: str) -> None:
    """Some document breaks the constraint and nothing else, unless the choices say all its type says."""
    alone: set[Constraint] = set()
    for case in (one for one in CASES if (one["edition"], one["schema"]) == (edition.name, schema)):
        found = [] if case["expect"]["valid"] else errors(case)
        if len(found) == 1:
            holder, keyword, name = broken_by(found[0])
            alone |= (
                {(holder, keyword, name), (holder, "type", "")}
                if keyword == "enum"
                else {broken_by(found[0])}
            )
    wanted = constraints(schema_of(edition.name, schema))
    assert [place for constraint, place, _ in wanted if constraint not in alone] == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
def test_structure_cases_break_what_they_say(edition: Edition) -> None:
    """A structure case breaks the keywords it names at the places it names, and nothing else."""
    for case in CASES:
        if (case["kind"], case["edition"]) != ("structure", edition.name) or case["id"] in LAX_END:
            continue
        broken = {(keyword, pointer) for _, keyword, pointer in errors(case)}
        told = {(one["keyword"], one["pointer"]) for one in case["expect"].get("breaks", ())}
        assert broken == told, case["id"]


def test_own_keys_never_change_a_result() -> None:
    """A document with x- keys gives the same findings and statuses as without them."""
    for case in (one for one in CASES if "own_keys" in one["tags"] and one["expect"]["valid"]):
        document = loaded(case["document"])
        bare = {key: without_own_keys(one) for key, one in document.items() if not key.startswith("x-")}
        assert bare != document
        assert checker(case["edition"]).check(bare) == checked(case["edition"], case["document"])


def without_own_keys(value: Any) -> Any:
    """Return a part of a document without its x- keys."""
    if not isinstance(value, dict):
        return value
    return {key: one for key, one in value.items() if not key.startswith("x-")}
