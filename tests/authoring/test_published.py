"""What is published is what the sources make, conforms to its own schema, and points at things that exist."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections import Counter
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from disclosure_spec._resources import folder
from disclosure_spec.authoring.__main__ import main
from disclosure_spec.authoring.handbook import fill_handbook
from disclosure_spec.authoring.publish import publish_editions
from disclosure_spec.authoring.schema import BASE, DIALECT
from disclosure_spec.authoring.templates import publish_templates
from disclosure_spec.document import MISSING, get_at
from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.errors import SpecificationError, UsageError
from disclosure_spec.rules import LinearTest
from disclosure_spec.strict_json import loads_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Bench

    from disclosure_spec.document import Document

ROOT = Path(str(folder("schema")))
TEMPLATES = Path(str(folder("templates")))
REFERENCE = Path(__file__).parents[3] / "shared" / "forms"
EDITIONS = sorted(path.parent for path in ROOT.glob("*/*/form.json"))
SCHEMAS = sorted(ROOT.rglob("*.schema.json"))
HANDBOOK = (ROOT / "README.md").read_text(encoding="utf-8")

editions = pytest.mark.parametrize("path", EDITIONS, ids=lambda path: f"{path.parent.name}/{path.name}")


def load(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def problems(name: str, value: object) -> list[str]:
    """Return what breaks one of the schemas in `meta/`."""
    return [error.message for error in Draft202012Validator(load_meta(name)).iter_errors(value)]


def load_meta(name: str) -> Any:
    """Read one of the schemas in `meta/`."""
    return load(ROOT / "meta" / f"{name}.schema.json")


def objects(value: object) -> Iterator[dict[str, Any]]:
    """Yield every object inside a value, the value itself first."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(one)


def inputs(form: Any) -> list[Any]:
    """Return the input cells of a form."""
    return [cell for cell in objects(form) if cell.get("kind") == "input"]


@editions
@pytest.mark.parametrize(
    ("meta", "name"),
    [
        ("form", "form.json"),
        ("rules", "rules.json"),
        ("subset", "report.schema.json"),
        ("subset", "draft.schema.json"),
        ("subset", "report.inlined.schema.json"),
        ("subset", "draft.inlined.schema.json"),
    ],
)
def test_published_file_conforms_to_its_schema(path: Path, meta: str, name: str) -> None:
    """Each published file breaks nothing in the schema for files of its kind."""
    assert problems(meta, load(path / name)) == []


def test_index_conforms_to_its_schema() -> None:
    """The catalogue breaks nothing in the schema for catalogues."""
    assert problems("index", load(ROOT / "index.json")) == []


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: str(path.relative_to(ROOT)))
def test_schema_is_a_schema_under_its_own_name(path: Path) -> None:
    """Each schema is valid 2020-12 and its `$id` is the base and its path, so no two are the same."""
    schema = load(path)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"{BASE}/{path.relative_to(ROOT).as_posix()}"


@pytest.mark.parametrize("name", ["form", "rules", "index", "subset", "profile", "waivers"])
def test_own_schemas_are_closed(name: str) -> None:
    """Every object our files may hold is closed, itself or by the branch that its kind leads to."""
    described = [one for one in objects(load_meta(name)) if one.get("type") == "object"]
    open_ = [one for one in described if one.get("additionalProperties") is not False]

    assert all("allOf" in one or {"if", "then", "else"} <= set(one) for one in open_)
    assert all(len(one.get("properties", {})) <= 1 for one in open_)


WORDS = {"zh": "文字", "en": "words"}
TESTS: dict[str, dict[str, Any]] = {
    "schema": {"kind": "schema", "schema": "report.schema.json"},
    "cells": {"kind": "cells", "require": "filled"},
    "amounts": {"kind": "cells", "require": "amount", "places": 6},
    "linear": {
        "kind": "linear",
        "instances": [{"relation": "=", "terms": [[1, "/a/b"], [-1, "/a/c", "previous"]], "where": WORDS}],
    },
    "text": {"kind": "text", "require": "covers", "at": ["/a"], "heads": [{"title": WORDS, "any": ["甲"]}]},
    "date": {
        "kind": "date",
        "checks": [
            {"at": "/a", "relation": "real"},
            {"at": "/a", "relation": "<=", "years_after": 1, "month": 1, "day": 31},
            {"at": "/b", "relation": ">=", "year": 2021},
        ],
    },
}


def catalogue_of(test: str) -> dict[str, Any]:
    """Return a rules file with one rule of the kind."""
    rule: dict[str, Any] = {
        "id": "a.b",
        "title": WORDS,
        "severity": "error",
        "status": "active",
        "applies_when": [],
    }
    rule |= {"basis": [{"source": "form", **WORDS}], "message": WORDS, "advice": WORDS, "test": TESTS[test]}
    head = {"$schema": f"{BASE}/meta/rules.schema.json", "spec_version": "1.0", "form_edition": "2021"}
    return deepcopy({**head, "rules": [rule]})


def change(value: Any, path: str, new: object) -> None:
    """Put something else at a path of keys and indexes, or take away what is there."""
    *way, last = [int(part) if part.isdigit() else part for part in path.split()]
    for part in way:
        value = value[part]
    if new is MISSING:
        del value[last]
    else:
        value[last] = new


@pytest.mark.parametrize("test", TESTS)
def test_rule_of_each_kind_is_accepted(test: str) -> None:
    """The smallest rule of each kind conforms to the schema for rules."""
    assert problems("rules", catalogue_of(test)) == []


@pytest.mark.parametrize(
    ("test", "path", "new", "says"),
    [
        ("cells", "rules 0 basis", MISSING, "'basis' is a required property"),
        ("cells", "rules 0 basis", [], "[] should be non-empty"),
        ("cells", "rules 0 basis 0 en", MISSING, "'en' is a required property"),
        ("cells", "rules 0 title zh", "", "'' should be non-empty"),
        ("cells", "rules 0 id", "balance", "'balance' does not match"),
        ("cells", "rules 0 id", "a.b\n", "should not be valid under"),
        ("cells", "rules 0 severity", "fatal", "'fatal' is not one of"),
        ("cells", "rules 0 tset", {}, "'tset' was unexpected"),
        ("cells", "rules 0 applies_when", [[]], "[] should be non-empty"),
        ("cells", "rules 0 applies_when", [[{"at": "/a"}]], "does not have enough properties"),
        ("cells", "rules 0 applies_when", [[{"minimum": 1}]], "'sum' is a required property"),
        ("cells", "rules 0 applies_when", [[{"at": "/a", "pattern": "[0-9]"}]], "'[0-9]' does not match"),
        ("cells", "rules 0 test kind", MISSING, "'kind' is a required property"),
        ("cells", "rules 0 test kind", "sum", "'sum' is not one of"),
        ("cells", "rules 0 test require", MISSING, "'require' is a required property"),
        ("cells", "rules 0 test places", 6, "False schema does not allow 6"),
        ("amounts", "rules 0 test places", MISSING, "'places' is a required property"),
        ("schema", "rules 0 test schema", MISSING, "'schema' is a required property"),
        ("linear", "rules 0 test instances", MISSING, "'instances' is a required property"),
        ("linear", "rules 0 test instances 0 where", MISSING, "'where' is a required property"),
        ("linear", "rules 0 test instances 0 relation", "<", "'<' is not one of"),
        ("linear", "rules 0 test instances 0 terms", [], "[] should be non-empty"),
        ("linear", "rules 0 test instances 0 terms 0", [1], "[1] is too short"),
        ("linear", "rules 0 test instances 0 terms 0", [0, "/a"], "0 should not be valid under"),
        ("linear", "rules 0 test instances 0 terms 0", [1, "a"], "'a' does not match"),
        ("linear", "rules 0 test instances 0 terms 0", [1, "/a", "parts", 1], "is too long"),
        ("linear", "rules 0 test instances 0 terms 0", [1, "/a", "last"], "'last' is not one of"),
        ("text", "rules 0 test heads", MISSING, "'heads' is a required property"),
        ("text", "rules 0 test at", [], "[] should be non-empty"),
        ("text", "rules 0 test phrases", ["无"], "False schema does not allow ['无']"),
        ("text", "rules 0 test require", "agrees", "'sums' is a required property"),
        ("text", "rules 0 test previous", True, "'covers' is not one of"),
        ("date", "rules 0 test checks 0 at", MISSING, "'at' is a required property"),
        ("date", "rules 0 test checks 0 month", 1, "has too many properties"),
        ("date", "rules 0 test checks 1 day", MISSING, "'day' is a required property"),
        ("date", "rules 0 test checks 2 day", 1, "has too many properties"),
    ],
)
def test_malformed_rule_is_refused(test: str, path: str, new: object, says: str) -> None:
    """A rule with something missing, too much or misspelt is refused in words that name it."""
    rules = catalogue_of(test)
    change(rules, path, new)

    assert [message for message in problems("rules", rules) if says in message], problems("rules", rules)


@pytest.mark.parametrize(
    ("path", "new", "says"),
    [
        ("$defs count minumum", 0, "'minumum' was unexpected"),
        ("$defs count maximum", MISSING, "'maximum' is a required property"),
        ("$defs count maximum", 10**15, "is greater than the maximum"),
        ("$defs count type", "whole", "'whole' is not one of"),
        ("$defs count type", ["integer", "string"], "['integer', 'string'] is not one of"),
        ("$defs text format", "date", "'format' was unexpected"),
        ("$defs date maxLength", MISSING, "'maxLength' is a dependency of 'pattern'"),
        ("$defs date pattern", "^\\d{4}$", "does not match"),
        ("$defs date pattern", "[0-9]", "does not match"),
        ("$defs applicants additionalProperties", MISSING, "'additionalProperties' is a required property"),
        ("$defs applicants additionalProperties", True, "False was expected"),
        ("$defs applicants requried", [], "'requried' was unexpected"),
        ("properties title maxLength", 9, "'maxLength' was unexpected"),
        ("properties title $ref", "other.json#/text", "does not match"),
        ("properties spec_version const", 1, "1 is not of type 'string'"),
        ("properties overview oneOf", [], "'oneOf' was unexpected"),
        ("properties Overview", {"$ref": "#/$defs/text"}, "'Overview' does not match any of the regexes"),
        ("patternProperties", {"^y-": {}}, "was expected"),
        ("$id", "http://w3id.org/disclosure-spec/1.0/2021/report.schema.json", "does not match"),
        ("$dynamicAnchor", "a", "'$dynamicAnchor' was unexpected"),
    ],
)
def test_schema_outside_the_subset_is_refused(path: str, new: object, says: str) -> None:
    """A keyword that is misspelt, missing, or not portable makes a schema of ours an error."""
    schema = load(ROOT / "1.0" / "2021" / "report.schema.json")
    change(schema, path, new)

    assert [message for message in problems("subset", schema) if says in message], problems("subset", schema)


@pytest.mark.parametrize(
    ("name", "path", "new", "says"),
    [
        ("index.json", "latest spec", "1.0.0", "'1.0.0' does not match"),
        ("index.json", "specs 0 released", "2026-01-01", "is not of type 'null'"),
        ("index.json", "specs 0 status", "released", "None is not of type 'string'"),
        ("index.json", "specs 0 editions 0 form sha256", MISSING, "'sha256' is a required property"),
        ("index.json", "specs 0 editions 0 form sha256", "0" * 63, "does not match"),
        ("index.json", "specs 0 editions 0 draft_schema id", MISSING, "'id' is a required property"),
        (
            "index.json",
            "specs 0 editions 0 report_inlined_schema",
            MISSING,
            "'report_inlined_schema' is a req",
        ),
        ("1.0/2019/form.json", "sections 0 title en", MISSING, "'en' is a required property"),
        ("1.0/2019/form.json", "sections 1 table cells 0 kind", "title", "'title' is not one of"),
        ("1.0/2019/form.json", "sections 1 table cells 0 text", MISSING, "'text' is a required property"),
        (
            "1.0/2019/form.json",
            "sections 1 table cells 6 pointer",
            MISSING,
            "'pointer' is a required property",
        ),
        ("1.0/2019/form.json", "sections 1 table cells 6 typ", "count", "'typ' was unexpected"),
        ("1.0/2019/form.json", "sections 1 table cells 6 units", ["元"], "'unit_pointer' is a dependency"),
        ("1.0/2019/form.json", "report_years last", "2020", "'2020' is not of type 'integer'"),
    ],
)
def test_malformed_form_or_index_is_refused(name: str, path: str, new: object, says: str) -> None:
    """A form or catalogue with something missing, too much or misspelt is refused in words that name it."""
    value = load(ROOT / name)
    change(value, path, new)
    found = problems(Path(name).stem, value)

    assert [message for message in found if says in message], found


def test_published_files_are_what_the_sources_make() -> None:
    """Making the files again gives the bytes that are there, and nothing is there that is not made."""
    made = publish_editions(ROOT)

    assert {name: (ROOT / name).read_bytes() for name in made} == made
    assert {path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/*/*.json")} <= set(made)


def test_templates_are_what_the_editions_make() -> None:
    """Making the blank reports again gives the bytes that are there."""
    made = publish_templates(ROOT)

    assert main(["--check"]) == 0
    assert {name for name in made if not (TEMPLATES / name).is_file()} == set()
    on_disk = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}
    assert on_disk == {*made, "LICENSE"}


def test_command_finds_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command is content with what is published, names each file that differs, and writes it."""
    shutil.copytree(ROOT, tmp_path / "schema")
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    arguments = [f"--{name}={tmp_path / name}" for name in ("schema", "templates")]
    damaged = [tmp_path / "schema" / "index.json", tmp_path / "schema" / "README.md"]

    assert main([*arguments, "--check"]) == 0
    for file in damaged:
        file.write_text(file.read_text(encoding="utf-8").replace("1.0/2021/rules", ""), encoding="utf-8")
    damaged[1].write_text(damaged[1].read_text(encoding="utf-8").replace("| `text` |", "|"), encoding="utf-8")
    assert capsys.readouterr().err == ""
    assert main([*arguments, "--check"]) == 1
    assert capsys.readouterr().err == "".join(f"differs: {file}\n" for file in damaged)
    assert main(arguments) == 0
    assert capsys.readouterr().err == "".join(f"written: {file}\n" for file in damaged)
    assert main([*arguments, "--check"]) == 0


def test_command_does_without_a_handbook(tmp_path: Path) -> None:
    """A schema folder without a handbook gets none."""
    shutil.copytree(ROOT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "README.md").unlink()

    assert main([f"--schema={tmp_path}", "--check"]) == 0
    assert not (tmp_path / "README.md").exists()


def test_versions_are_ordered_by_number(tmp_path: Path) -> None:
    """Version 1.10 comes after 1.9 and is the latest."""
    for version in ("1.10", "1.9"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "spec.yaml").write_text("status: draft\n", encoding="utf-8")
    index = json.loads(publish_editions(tmp_path)["index.json"])

    assert [spec["version"] for spec in index["specs"]] == ["1.9", "1.10"]
    assert index["latest"] == {"spec": "1.10"}


def test_index_names_every_file_and_its_digest() -> None:
    """The catalogue names each published file once, with the SHA-256 of its bytes and a schema's `$id`."""
    listed = [one for one in objects(load(ROOT / "index.json")) if "sha256" in one]

    for one in listed:
        file = ROOT / one["path"]
        assert hashlib.sha256(file.read_bytes()).hexdigest() == one["sha256"]
        assert load(file).get("$id") == one.get("id")
    paths = [one["path"] for one in listed]
    schemas = [f"{name}{copy}.schema.json" for name in ("report", "draft") for copy in ("", ".inlined")]
    names = ("form.json", "rules.json", *schemas)
    expected = {(path / name).relative_to(ROOT).as_posix() for path in EDITIONS for name in names}
    assert len(paths) == len(set(paths))
    assert set(paths) == expected


@pytest.mark.parametrize(("edition", "count"), [("2019", 198), ("2021", 200)])
def test_number_of_input_cells(edition: str, count: int) -> None:
    """The form has as many cells to fill in as the printed one, each with a pointer of its own."""
    pointers = [cell["pointer"] for cell in inputs(load(ROOT / "1.0" / edition / "form.json"))]

    assert len(pointers) == len(set(pointers)) == count


@editions
def test_every_pointer_of_a_rule_leads_somewhere(path: Path) -> None:
    """A term names an input cell; a condition, text or date names a place that the schema describes."""
    cells = {cell["pointer"] for cell in inputs(load(path / "form.json"))}
    schema = load(path / "report.schema.json")

    for rule in load(path / "rules.json")["rules"]:
        for one in objects(rule):
            assert {term[1] for term in one.get("terms", ())} <= cells, rule["id"]
            assert {pointer for cell_sum in one.get("sums", ()) for pointer in cell_sum} <= cells, rule["id"]
            at = one.get("at", [])
            for pointer in [*([at] if isinstance(at, str) else at), *one.get("sum", [])]:
                assert is_described(schema, pointer), (rule["id"], pointer)


def is_described(schema: Any, pointer: str) -> bool:
    """Tell whether a schema has a property at the pointer."""
    node = schema
    for key in pointer.split("/")[1:]:
        if key not in node.get("properties", {}):
            return False
        node = node["properties"][key]
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    return True


@editions
def test_rules_have_their_own_id_and_words_in_both_languages(path: Path) -> None:
    """No id stands twice, and title, message, advice and each basis say something in both languages."""
    rules = load(path / "rules.json")["rules"]

    assert [one for one, times in Counter(rule["id"] for rule in rules).items() if times > 1] == []
    for rule in rules:
        assert rule["basis"], rule["id"]
        for words in (rule["title"], rule["message"], rule["advice"], *rule["basis"]):
            assert words["zh"].strip(), rule["id"]
            assert words["en"].strip(), rule["id"]


@editions
def test_instances_of_a_rule_are_told_apart(path: Path) -> None:
    """No equation stands twice in a rule, and instances about different cells have different labels."""
    for rule in load(path / "rules.json")["rules"]:
        instances = rule["test"].get("instances", [])
        equations = [json.dumps([one["relation"], one["terms"]]) for one in instances]
        per_match = Counter(one["where"]["zh"] for one in instances)

        assert len(equations) == len(set(equations)), rule["id"]
        assert len(set(per_match.values())) <= 1, rule["id"]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference tables are not part of the repository")
@editions
def test_form_equals_the_reference_tables(path: Path) -> None:
    """Every table has the cells of the reference, at the same place with the same words."""
    form, reference = load(path / "form.json"), load(REFERENCE / f"form-{path.name}.json")
    tables = [section["table"] for section in form["sections"] if section["table"]]

    assert [table["number"] for table in tables] == [table["table"] for table in reference["tables"]]
    for ours, theirs in zip(tables, reference["tables"], strict=True):
        assert [as_reference(cell) for cell in ours["cells"]] == theirs["cells"]
        assert (ours["rows"], ours["columns"]) == (theirs["rows"], theirs["cols"])


def as_reference(cell: Any) -> dict[str, Any]:
    """Return a cell of a form with the keys and in the language of the reference tables."""
    same = {"r": cell["row"], "c": cell["column"], "rowspan": cell["rowspan"], "colspan": cell["colspan"]}
    same |= {"text": cell["text"]["zh"] if "text" in cell else "", "kind": cell["kind"]}
    if cell["kind"] != "input":
        return same
    paths = {"row_path": cell["row_path"]["zh"], "col_path": cell["column_path"]["zh"]}
    return same | {"pointer": cell["pointer"], "type": cell["type"]} | paths


def test_handbook_describes_every_edition() -> None:
    """The handbook has the tables of each edition as they are made now; every pointer and rule occurs."""
    catalogue = Catalogue(ROOT)

    assert fill_handbook(HANDBOOK, catalogue) == HANDBOOK
    for path in EDITIONS:
        name = f"{path.parent.name}/{path.name}"
        tables = HANDBOOK.split(f"<!-- generated: {name} -->")[1].split("<!-- end -->")[0]
        edition = catalogue.edition(path.name, path.parent.name)
        assert all(f"| `{rule.id}` | {rule.severity} | {rule.status} |" in tables for rule in edition.rules)
        for cell in edition.cells:
            row, _, key = cell.pointer.rpartition("/")
            assert f"| `{cell.pointer}` |" in tables or (
                f"| `{row}` |" in tables and f"| `{key}` |" in tables
            )


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("<!-- generated: 1.0/2021 -->\n", SpecificationError),
        ("<!-- generated: 1.0/2021 -->\n<!-- generated: 1.0/2021 -->\n<!-- end -->\n", SpecificationError),
        ("<!-- generated: 1.0/2020 -->\n<!-- end -->\n", UsageError),
        ("<!-- generated: 9.0/2021 -->\n<!-- end -->\n", UsageError),
    ],
)
def test_handbook_with_a_bad_marker_is_refused(text: str, error: type[Exception]) -> None:
    """A marker without an end, or for an edition that does not exist, is an error."""
    with pytest.raises(error):
        fill_handbook(text, installed())


def test_handbook_links_lead_somewhere() -> None:
    """Every relative link of the handbook names a file or folder."""
    links = re.findall(r"\]\(([^)#:]+)\)", HANDBOOK)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_handbook_shows_the_rule_as_published(bench: Bench) -> None:
    """The rule shown is the one in `rules.json`, with the words and all but one equation left out."""
    shown = json.loads(re.findall(r"```json\n(.*?)```", HANDBOOK, re.DOTALL)[0])
    rules = load(ROOT / bench.edition.spec_version / bench.edition.name / "rules.json")["rules"]
    published = next(rule for rule in rules if rule["id"] == shown["id"])

    assert {key: published[key] for key in shown if key != "test"} | {"test": shown["test"]} == shown
    assert published["test"]["kind"] == shown["test"]["kind"]
    assert shown["test"]["instances"][0] in published["test"]["instances"]


@pytest.mark.parametrize("value", [None, "/", 10**15 - 1, Decimal("0.5"), MISSING])
def test_pseudo_code_of_the_handbook_agrees_with_the_checker(bench: Bench, value: object) -> None:
    """The twenty lines give each linear rule's instances the statuses that the checker gives them."""
    names: dict[str, Any] = {
        "UNKNOWN": "unknown",
        "is_object": lambda one: isinstance(one, dict),
        "is_number": lambda one: isinstance(one, int | Decimal),
    }
    source = re.findall(r"```python\n(.*?)```", HANDBOOK, re.DOTALL)[0]
    exec(source, names)  # noqa: S102 - the handbook is ours
    reports = {"document": changed(bench, value), "previous": {}, "parts": {}}
    outcomes = {one.id: one for one in bench.checker.check(reports["document"]).rules}
    rules = load(ROOT / bench.edition.spec_version / bench.edition.name / "rules.json")["rules"]
    plain = [rule for rule in rules if rule["test"]["kind"] == "linear" and not rule["applies_when"]]

    assert len([line for line in source.splitlines() if line]) <= 20
    assert plain
    for rule in plain:
        assert Counter(names["check"](rule, reports)) == dict(outcomes[rule["id"]].instances), rule["id"]


def changed(bench: Bench, value: Any) -> Document:
    """Return the sample report with the first term of every linear rule at another value, or without it."""
    tests = [rule.test for rule in bench.rules(LinearTest) if isinstance(rule.test, LinearTest)]
    pointers = {test.equations[0].terms[0].pointer for test in tests}
    document = bench.with_values(dict.fromkeys(pointers, value if value is not MISSING else None))
    for pointer in pointers if value is MISSING else ():
        parent, _, key = pointer.rpartition("/")
        holder = get_at(document, parent)
        assert isinstance(holder, dict)
        del holder[key]
    return document


def test_templates_are_strict_json() -> None:
    """A blank report in JSON is read back by the strict reader."""
    for path in TEMPLATES.glob("*/*/blank.json"):
        assert isinstance(loads_json(path.read_bytes()), dict)
