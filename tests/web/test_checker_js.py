"""The checker in JavaScript: it passes the conformance suite and agrees with ours on mutated reports."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest

import disclosure_spec
from disclosure_spec._resources import folder
from disclosure_spec.checking import Checker, Status, Verdict
from disclosure_spec.document import get_at
from disclosure_spec.edition import Edition, installed
from disclosure_spec.rules import TextTest
from disclosure_spec.strict_json import dumps_json, loads_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.conftest import Bench

    from disclosure_spec.checking import Result

    Run: TypeAlias = Callable[[Path, Iterable[bytes]], list[dict[str, Any]]]

pytestmark = pytest.mark.node

WEB: Final = Path(disclosure_spec.__file__).parent / "web"
SCHEMAS: Final = Path(str(folder("schema")))
SUITE: Final = Path(__file__).parents[1] / "suite" / "1.0"
CASES: Final[list[dict[str, Any]]] = json.loads((SUITE / "manifest.json").read_text("utf-8"))["cases"]

MUTANTS: Final = int(os.environ.get("DISCLOSURE_SPEC_MUTANTS", "1000"))
"""Mutated reports of each edition."""

MARKS: Final = ("/", "—", "无", "", " ", "12", "十二", "１２")
NUMBERS: Final = (
    *("999999999999999", "1000000000000000", "-1000000000000000", "-1", "-0", "3.0", "3.5", "1e3", "25E-1"),
    *("9007199254740993", "123456789012345678901234567890", "0.1000000000000000055511151231", "0e9"),
    *("99999999999999.9999999", "999999999999998.000001", "999999999999999.000001", "1.50000000", "1E-7"),
)
OTHERS: Final[tuple[Any, ...]] = (None, True, False, [], [1], {}, {"x-note": 1})
DATES: Final = ("2024-02-29", "2023-02-29", "2100-02-29", "0000-01-01", "2024-13-01", "2024-00-10", "24-1-1")
BLANKS: Final = ("", " ", "\u3000", "\u00a0\n", "\u0085", "\ufeff", "\u200b")
WORDS: Final = (
    *("无", "无。", "（无）", "不存在问题！", "略", "/", "ＯＫ", "Ⅷ", "①", "问题", "将改进", "无收费"),
)
TAILS: Final = ("", "", "", "x", " ", "\U00020000")
KEYS: Final = ("x-note", "x-1", "x-", "x-A", "X-note", "note", "x-a\n", "a/b~c", "__proto__", "toString", "7")
KINDS: Final = ("department", "government", "other", "Government", "")
REGIONS: Final = ("420100", "420000", "420102", "420120", "4201", "42010a")
YEARS: Final = (1899, 1900, *range(2018, 2026), 2999, 9999, "#2021.0", "#2021.5", "2021", None)


@pytest.fixture(scope="module")
def run() -> Run:
    """Return the runner of documents on a folder; skip, or fail if so wanted, without Node."""
    if shutil.which("node") is None:
        reason = "needs node"
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_NODE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)

    def check(place: Path, documents: Iterable[bytes]) -> list[dict[str, Any]]:
        lines = b"\n".join(one.replace(b"\n", b" ") for one in documents)
        done = run_node(place, data=lines)
        assert not done.stderr, done.stderr.decode()
        return [json.loads(line) for line in done.stdout.splitlines()]

    return check


def run_node(*arguments: Path, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the command-line runner."""
    node = shutil.which("node")
    assert node
    return subprocess.run([node, WEB / "run.cjs", *arguments], input=data, capture_output=True, check=False)


@pytest.mark.parametrize("edition", installed().names("1.0"))
def test_suite_is_passed(edition: str, run: Run) -> None:
    """Each case of the suite has the validity, verdict, findings, statuses and reason it expects."""
    cases = [case for case in CASES if case["edition"] == edition]
    results = run(SCHEMAS / "1.0" / edition, ((SUITE / case["document"]).read_bytes() for case in cases))

    for case, result in zip(cases, results, strict=True):
        expected = case["expect"]
        rules = {rule["id"]: rule for rule in result.get("rules", ())}
        findings = [
            {key: one[key] for key in ("rule", "severity", "pointers")} for one in result.get("findings", ())
        ]
        says = {
            "valid": result["valid"][case["schema"]],
            "verdict": result.get("verdict"),
            "findings": by_content({**one, "pointers": sorted(one["pointers"])} for one in findings),
            "rules": {name: rules[name]["status"] for name in expected.get("rules", ())},
            "reason": rules[case["id"].split("/")[2]]["reason"] if "reason" in expected else None,
        }
        wanted = {key: value for key, value in expected.items() if key != "breaks"}
        if "findings" in wanted:
            wanted["findings"] = by_content(wanted["findings"])
        assert {key: says[key] for key in wanted} == wanted, case["id"]


def by_content(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return findings in an order that does not depend on where they came from."""
    return sorted(json.dumps(one, sort_keys=True) for one in findings)


@pytest.mark.parametrize("changed", [False, True], ids=["published", "changed"])
def test_agrees_with_python_on_mutated_reports(bench: Bench, changed: bool, run: Run, tmp_path: Path) -> None:  # noqa: FBT001
    """Both checkers give the same verdict, findings in the same order, statuses and reasons."""
    edition = with_changed_rules(bench.edition) if changed else bench.edition
    rng = random.Random(f"{edition.name} 1")  # noqa: S311 - no secret
    lines = [mutant(bench, rng) for _ in range(MUTANTS // 4 if changed else MUTANTS)]
    checker = Checker(edition)

    results = run(written(edition, tmp_path), lines)

    for line, result in zip(lines, results, strict=True):
        assert all(text for one in result["findings"] for text in one.pop("message").values())
        del result["valid"]
        assert result == in_short(checker.check(loads_document(line))), line.decode()
    possible = set(Verdict) if changed else {Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM}
    assert {result["verdict"] for result in results} == possible
    statuses = {rule["status"] for result in results for rule in result["rules"]}
    assert statuses == (set(Status) if changed else set(Status) - {Status.ERROR})


def with_changed_rules(edition: Edition) -> Edition:
    """Return an edition whose catalogue leaves more open: retired, trial and broken rules."""
    rules = deepcopy(edition.published_rules)
    for rule in rules["rules"]:
        if rule["id"] in {"document.structure", "cells.numbers", "parts.present"}:
            rule["status"] = "retired"
        elif rule["id"] in {"cells.filled", "requests.balance"}:
            rule["status"] = "trial"
        elif rule["id"] == "previous.outlier":
            rule["test"]["instances"][0]["terms"] = [[1, "/requests/nowhere/total"]]
    return Edition(edition.form, rules, edition.schema, edition.draft_schema)


def written(edition: Edition, place: Path) -> Path:
    """Return a folder with the published files of an edition."""
    files = {
        "form.json": edition.form,
        "rules.json": edition.published_rules,
        "report.schema.json": edition.schema,
        "draft.schema.json": edition.draft_schema,
    }
    for name, content in files.items():
        (place / name).write_text(json.dumps(content), encoding="utf-8")
    return place


def test_exit_code_is_that_of_the_worst_report(run: Run, tmp_path: Path, bench_2021: Bench) -> None:
    """Files named on the command line give a line each, and 0, 1 or 2 as the worst of them asks for."""
    del run
    contents = {
        "good": dumps_json(bench_2021.report),
        "bad": dumps_json(bench_2021.without("/requests/received/total")),
        "twice": '{"spec_version": "1.0", "spec_version": "1.0"}',
        "huge": '{"report_year": 12345678901234567e999999999}',
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")

    def codes(*names: str) -> tuple[int, int]:
        done = run_node(SCHEMAS / "1.0" / "2021", *(tmp_path / name for name in names))
        return done.returncode, len(done.stdout.splitlines())

    assert codes("good") == (0, 1)
    assert codes("good", "bad", "good") == (1, 3)
    for unreadable in ("twice", "huge", "missing"):
        assert codes("bad", unreadable, "good") == (2, 3)


def in_short(result: Result) -> dict[str, Any]:
    """Return of a result what the checker in JavaScript tells, too."""
    return {
        "verdict": result.verdict,
        "rules": [{"id": one.id, "status": one.status, "reason": one.reason} for one in result.rules],
        "findings": [
            {"rule": one.rule, "severity": one.severity, "pointers": [*one.pointers], "keyword": one.keyword}
            for one in result.findings
        ],
    }


def mutant(bench: Bench, rng: random.Random) -> bytes:
    """Return a report with up to four things done to it, as one line of JSON."""
    document: Any = bench.report
    for _ in range(rng.randrange(5)):
        rng.choice(MUTATIONS)(document, bench, rng)
    line = dumps_json(document, indent=None)
    return re.sub('"#([^"]+)"', r"\1", line).encode()


def put(document: Any, pointer: str, value: Any) -> None:
    """Put a value at a pointer, if the way there still is one of objects."""
    *path, key = pointer.split("/")[1:]
    for one in path:
        document = document.get(one) if isinstance(document, dict) else None
    if isinstance(document, dict):
        document[key] = value


def objects(document: Any) -> list[dict[str, Any]]:
    """Return every object of a document, itself included."""
    if not isinstance(document, dict):
        return []
    return [document, *(inner for one in document.values() for inner in objects(one))]


def nudge_cells(document: Any, bench: Bench, rng: random.Random) -> None:
    """Add or take one, in cells of which some may be rebalanced by another."""
    step = rng.choice((-1, 1))
    for cell in rng.sample(bench.edition.cells, rng.choice((1, 1, 2, 4))):
        value = get_at(document, cell.pointer)
        if isinstance(value, int | Decimal):
            put(document, cell.pointer, value + step)


def replace_leaf(document: Any, bench: Bench, rng: random.Random) -> None:
    """Change a leaf and let its totals follow, so that every equation still holds."""
    leaf = rng.choice(bench.leaves)
    leaves = {one.pointer: get_at(document, one.pointer) for one in bench.leaves}
    if all(isinstance(value, int | Decimal) for value in leaves.values()):
        values = bench.solve({**leaves, leaf.pointer: rng.randrange(1000)})  # type: ignore[dict-item]
        for pointer, value in values.items():
            put(document, pointer, value)


def fill_cell(document: Any, bench: Bench, rng: random.Random) -> None:
    """Write a mark, a strange number, a decimal or something that is none into a cell."""
    amounts = [cell for cell in bench.edition.cells if cell.type == "amount"]
    cell = rng.choice([*bench.edition.cells] if rng.random() < 0.7 else amounts)
    decimal = f"#{rng.randrange(-9, 10**6)}.{rng.randrange(10**8):08}"[: rng.randrange(6, 18)].rstrip(".")
    choices = (None, rng.choice(MARKS), f"#{rng.choice(NUMBERS)}", decimal, rng.choice(OTHERS))
    put(document, cell.pointer, rng.choice(choices))


def fill_rows(document: Any, bench: Bench, rng: random.Random) -> None:
    """Write zero, a blank or a long number into every cell of a row, or of a table."""
    value = rng.choice((0, 0, None, "/", f"#{rng.choice(NUMBERS)}"))
    section = rng.choice([one for one in bench.edition.sections if one.rows])
    rows = section.rows if rng.randrange(3) == 0 else [rng.choice(section.rows)]
    for cell in (cell for row in rows for cell in row.cells):
        put(document, cell.pointer, value)


def delete_key(document: Any, _: Bench, rng: random.Random) -> None:
    """Delete any key."""
    holder = rng.choice(objects(document))
    if holder:
        del holder[rng.choice([*holder])]


def add_key(document: Any, _: Bench, rng: random.Random) -> None:
    """Add a key of one's own, at a place where it may stand or not."""
    rng.choice([document, *objects(document)])[rng.choice(KEYS)] = rng.choice(OTHERS)


def replace_anything(document: Any, _: Bench, rng: random.Random) -> None:
    """Replace the value of any key, most often one at the root."""
    holder = rng.choice((document, rng.choice(objects(document))))
    if holder:
        holder[rng.choice([*holder])] = rng.choice((*OTHERS, *MARKS, 7, "x" * 201))


def restate_dates(document: Any, _: Bench, rng: random.Random) -> None:
    """State another date, real or not, near a limit or not, or another year."""
    year = document.get("report_year")
    near = (f"{year}-{end}" for end in ("01-01", "12-31", "01-31", "03-31"))
    after = (f"{year + 1}-{end}" for end in ("01-31", "02-01", "03-31", "04-01")) if type(year) is int else ()
    value = rng.choice((*near, *after, *DATES, *BLANKS, *OTHERS))
    match rng.randrange(4):
        case 0:
            put(document, "/published_on", value)
        case 1:
            put(document, rng.choice(("/period/start", "/period/end")), value)
        case 2:
            document["report_year"] = rng.choice(YEARS)
        case _:
            document.pop(rng.choice(("published_on", "period")), None)


def restate_body(document: Any, _: Bench, rng: random.Random) -> None:
    """Make the body another kind, or move it."""
    key, values = rng.choice((("kind", KINDS), ("region_code", REGIONS), ("credit_code", REGIONS)))
    put(document, f"/reporting_body/{key}", rng.choice((*values, rng.choice(OTHERS))))
    put(document, "/reporting_body/kind", rng.choice(KINDS)) if rng.randrange(2) else None


def rewrite_text(document: Any, bench: Bench, rng: random.Random) -> None:
    """Drop words that a rule looks for, pad a text to the most there may be, or empty it."""
    pointer = rng.choice([one.pointer for one in bench.edition.sections if not one.rows])
    text = get_at(document, pointer)
    if not isinstance(text, str):
        return
    match rng.randrange(4):
        case 0:
            text = rng.choice((*WORDS, *BLANKS)) + rng.choice(TAILS)
        case 1:
            sentences = text.split("。")
            text = "。".join(rng.sample(sentences, rng.randrange(len(sentences) + 1)))
        case 2:
            short = 1000 - sum(not one.isspace() for one in text)
            text += rng.choice(("字", "\U00020000")) * (short + rng.randrange(2)) + rng.choice(BLANKS[1:5])
        case _:
            tests = [rule.test for rule in bench.rules(TextTest)]
            words = [w for test in tests if isinstance(test, TextTest) for h in test.heads for w in h.words]
            for word in rng.sample(words, 5):
                text = text.replace(word, "")
    put(document, pointer, text)


def restate_units(document: Any, bench: Bench, rng: random.Random) -> None:
    """State another unit, or none."""
    for cell in bench.edition.cells:
        if cell.unit_pointer:
            put(document, cell.unit_pointer, rng.choice((*cell.units, "吨", "", *OTHERS)))


MUTATIONS: Final[Sequence[Callable[[Any, Bench, random.Random], None]]] = (
    *(nudge_cells, replace_leaf, fill_cell, fill_cell, fill_rows, delete_key, add_key),
    *(replace_anything, restate_dates, restate_body, rewrite_text, rewrite_text, restate_units),
)
