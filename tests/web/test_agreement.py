"""Both checkers say the same of reports made by strategies and chance, and of changed catalogues."""

from __future__ import annotations

import json
import os
import random
import re
from copy import deepcopy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from hypothesis import Phase, given, settings

from disclosure_spec.checking import Checker, Status, Verdict
from disclosure_spec.checking.subset import accepts
from disclosure_spec.edition import Edition, installed
from disclosure_spec.strict_json import loads_document
from disclosure_spec.testing import (
    breakable,
    documents,
    drafts,
    families,
    inconsistent,
    keywords,
    malformed,
    pairs,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy
    from tests.web.conftest import Node

    from disclosure_spec.checking import Result

    Mutation: TypeAlias = Callable[[Any, "Maker"], None]
    Compare: TypeAlias = Callable[[Edition, str, int, Path], list[dict[str, Any]]]

pytestmark = pytest.mark.node

DOCUMENTS: Final = int(os.environ.get("DISCLOSURE_SPEC_MUTANTS", "4000"))
"""Reports on which both checkers must agree, of all editions together; more where there is time."""

SHARE: Final = -(-DOCUMENTS // len(installed().names()))

BATCH: Final = 1000
"""Reports handed to one process of Node."""

VALID: Final = 0.1
"""Share of the reports on which the schemas are asked by themselves too."""

CHANGED: Final = 6
"""Changed catalogues of each edition."""

NUMBER: Final = re.compile('"#(-?[0-9.]+(?:[eE][-+]?[0-9]+)?)"')
"""A number as it is to be written: `"#1e3"` stands for 1e3, which no number of Python would be written as."""

# A field of a message that nobody filled; a text of the report may hold braces of its own.
UNFILLED: Final = re.compile(r"\{[a-z_]+\}|undefined")

NUMBERS: Final = (
    *("0", "-0", "1", "-1", "3.0", "3.5", "1e3", "25E-1", "-0.0", "0e9", "1.50000000", "0.000001", "1E-7"),
    *("999999999999999", "1000000000000000", "-999999999999999", "-1000000000000000", "9007199254740993"),
    *("123456789012345678901234567890", "0.1000000000000000055511151231", "0.30000000000000004", "12e-1"),
    *("99999999999999.9999999", "999999999999998.000001", "999999999999999.000001", "1e29", "-1e29"),
)
TEXTS: Final = (
    *("", " ", "\u3000", "\u00a0\n", "\u0085", "\u2028", "\u180e", "\u200b", "\ufeff", "\x1c\x1f", "\0"),
    *(
        "/",
        "-",
        "—",
        "无",
        "无。",
        "（无）",
        "不存在问题！",
        "略",
        "无收费",
        "12",
        "12abc",
        "１２",
        "ＯＫ",
        "Ⅷ",
    ),
    *("問題", "①", "\u0301", "e\u0301", "\u00e9", "𠀀", "😀" * 3, "字" * 201, "𠀀" * 200, "𠀀" * 201),
    *("department", "government", "other", "Government", "元", "万元", "亿元", "吨", "toString"),
    *("420100", "420000", "420102", "420120", "4201", "4201000", "420100\n", "42010\n", "４２０１００"),
    *("11100000000013127D", "11100000000013127D\n", "11100000000013127I", "1110000000001312D"),
    *("2024-02-29", "2023-02-29", "2100-02-29", "2000-02-29", "0000-01-01", "0001-01-01", "9999-12-31"),
    *(
        "2024-13-01",
        "2024-00-10",
        "2024-1-01",
        "24-1-1",
        "2024-01-31\n",
        " 2024-01-31",
        "2024-02-1𝟘",
        "20240131",
    ),
    *("1.0", "2019", "2021", "2020年", "3件"),
)
OTHERS: Final[tuple[Any, ...]] = (None, True, False, [], [1], {}, {"x-note": 1}, {"total": None}, [[]])
KEYS: Final = (
    *("x-note", "x-1", "x-", "x-A", "X-note", "note", "x-a\n", "\nx-a", "a/b~c", "~1", "", "7", "07", "10"),
    *(
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "toString",
        "length",
        "é",
        "\ue000",
        "𠀀",
        "total",
        "x-￿",
    ),
)
YEARS: Final = (
    *range(2017, 2027),
    0,
    1,
    -1,
    1899,
    1900,
    2999,
    3000,
    9998,
    9999,
    10000,
    "#2021.0",
    "#2021.5",
    "2021",
)
DAYS: Final = ("01-01", "12-31", "01-31", "02-01", "03-31", "04-01", "02-29")


@dataclass(frozen=True)
class Submission:
    """Hold a report, with numbers in the form of `NUMBER`, and what it is held against."""

    document: Any
    previous: Any = None
    parts: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Maker:
    """Make reports of one edition out of those that its strategies give."""

    edition: Edition
    rng: random.Random
    seeds: Sequence[Submission]

    def submission(self) -> Submission:
        """Return a seed with up to four things done to it or to what it is held against."""
        made = self.rng.choice(self.seeds)
        if self.rng.random() < 0.1:
            made = replace(made, previous=self.rng.choice(self.seeds).document)
        if self.rng.random() < 0.05:
            made = replace(made, parts=tuple(one.document for one in self.rng.choices(self.seeds, k=2)))
        made = deepcopy(made)
        for _ in range(self.rng.randrange(5)):
            target = self.rng.choice(
                [made.document] * 3 + [one for one in (made.previous, *made.parts) if one]
            )
            self.rng.choice(MUTATIONS)(target, self)
        return made

    def pointer(self) -> str:
        """Return the place of a cell, often one of an amount or one that others are compared with."""
        cells = self.edition.cells
        if self.rng.random() < 0.2:
            cells = tuple(one for one in cells if one.type != "count") or cells
        return self.rng.choice(cells).pointer

    def value(self) -> Any:
        """Return a value that may be wrong anywhere."""
        rng = self.rng
        digits = f"#{rng.randrange(10**6)}.{rng.randrange(10**8):08}"[: rng.randrange(6, 18)].rstrip(".")
        return rng.choice(
            (
                f"#{rng.choice(NUMBERS)}",
                f"#{rng.choice(NUMBERS)}",
                digits,
                rng.randrange(9),
                rng.choice(TEXTS),
                rng.choice(OTHERS),
            )
        )


def seeded(seed: str) -> random.Random:
    """Return chance that is the same each time."""
    return random.Random(seed)  # noqa: S311 - no secret


def put(document: Any, pointer: str, value: Any) -> None:
    """Put a value at a pointer, if the way there still is one of objects."""
    *path, key = pointer.split("/")[1:]
    for one in path:
        document = document.get(one) if isinstance(document, dict) else None
    if isinstance(document, dict):
        document[key] = deepcopy(value)  # or one object would stand in two places, or in itself


def at(document: Any, pointer: str) -> Any:
    """Return what stands at a pointer, None where nothing does."""
    for one in pointer.split("/")[1:]:
        document = document.get(one) if isinstance(document, dict) else None
    return document


def objects(document: Any) -> list[dict[str, Any]]:
    """Return every object of a document, itself included."""
    if not isinstance(document, dict):
        return []
    return [document, *(inner for one in document.values() for inner in objects(one))]


def nudge_cells(document: Any, maker: Maker) -> None:
    """Add or take one, in cells of which some may be rebalanced by another."""
    step = maker.rng.choice((-1, 1))
    for _ in range(maker.rng.choice((1, 1, 2, 4))):
        pointer = maker.pointer()
        value = at(document, pointer)
        if type(value) is int:
            put(document, pointer, value + step)


def fill_cell(document: Any, maker: Maker) -> None:
    """Write anything into a cell."""
    put(document, maker.pointer(), maker.value())


def fill_rows(document: Any, maker: Maker) -> None:
    """Write the same into every cell of a row, or of a table."""
    section = maker.rng.choice([one for one in maker.edition.sections if one.rows])
    rows = section.rows if maker.rng.randrange(3) == 0 else [maker.rng.choice(section.rows)]
    value = maker.rng.choice((0, 0, None, "/", "", maker.value()))
    for cell in (cell for row in rows for cell in row.cells):
        put(document, cell.pointer, value)


def delete_key(document: Any, maker: Maker) -> None:
    """Delete any key."""
    holder = maker.rng.choice(objects(document))
    if holder:
        del holder[maker.rng.choice([*holder])]


def add_keys(document: Any, maker: Maker) -> None:
    """Add keys of one's own, at a place where they may stand or not."""
    holder = maker.rng.choice([document, *objects(document)])
    for key in maker.rng.sample(KEYS, maker.rng.randrange(1, 4)):
        holder[key] = deepcopy(maker.value())


def replace_anything(document: Any, maker: Maker) -> None:
    """Replace the value of any key, most often one at the root."""
    holder = maker.rng.choice((document, maker.rng.choice(objects(document))))
    if holder:
        holder[maker.rng.choice([*holder])] = deepcopy(maker.value())


def restate_dates(document: Any, maker: Maker) -> None:
    """State another date, real or not, near a limit or not, or another year."""
    rng, year = maker.rng, document.get("report_year")
    near = [f"{year + after:04}-{day}" for day in DAYS for after in (0, 1)] if type(year) is int else []
    value = rng.choice((*near, *near, *(one for one in TEXTS if "-" in one), rng.choice(OTHERS)))
    place = rng.choice(("/published_on", "/published_on", "/period/start", "/period/end", "/report_year"))
    if place == "/report_year":
        value = rng.choice(YEARS)
    if place.startswith("/period") and not isinstance(document.get("period"), dict):
        document["period"] = {"start": value}
    put(document, place, value)


def restate_body(document: Any, maker: Maker) -> None:
    """Make the body another kind, move it, or give its amounts another unit."""
    places = [f"/reporting_body/{key}" for key in ("kind", "kind", "region_code", "credit_code", "name")]
    places += [cell.unit_pointer for cell in maker.edition.cells if cell.unit_pointer]
    put(document, maker.rng.choice(places), maker.rng.choice((*TEXTS, *OTHERS)))


def rewrite_text(document: Any, maker: Maker) -> None:
    """Shorten a text, pad it to the most there may be, or say something else."""
    rng = maker.rng
    pointer = rng.choice(
        ["/title", "/preface", *(one.pointer for one in maker.edition.sections if not one.rows)]
    )
    text = at(document, pointer)
    if not isinstance(text, str) or rng.random() < 0.4:
        text = rng.choice(TEXTS) + rng.choice(("", "", "x", " ", "𠀀"))
    elif rng.random() < 0.5:
        text = "".join(rng.sample(text, rng.randrange(len(text) + 1)))
    else:
        short = max(0, 1000 - sum(not one.isspace() for one in text))
        text += rng.choice("字𠀀") * (short + rng.randrange(2)) + rng.choice(
            ("", "\x1c", "\u0085 ", "\ufeff", "\u3000")
        )
    put(document, pointer, text)


MUTATIONS: Final[tuple[Mutation, ...]] = (
    *(nudge_cells, nudge_cells, fill_cell, fill_cell, fill_rows, delete_key, add_keys, replace_anything),
    *(restate_dates, restate_dates, restate_body, rewrite_text, rewrite_text),
)


def drawn(strategy: SearchStrategy[Any], number: int) -> list[Any]:
    """Return examples of a strategy, the same each time."""
    found: list[Any] = []

    @settings(max_examples=number, derandomize=True, database=None, phases=[Phase.generate], deadline=None)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


@cache
def seeds(name: str) -> tuple[Submission, ...]:
    """Return some hundred reports of each kind that the strategies of an edition make."""
    edition = installed().edition(name)
    made = [Submission(one) for one in drawn(documents(edition), 60) + drawn(drafts(edition), 20)]
    for rule in breakable(edition):
        made += [Submission(one.document) for one in drawn(inconsistent(edition, rule), 3)]
    for keyword in keywords(edition):
        made += [Submission(one.document) for one in drawn(malformed(edition, keyword), 4)]
    made += [Submission(one.current, previous=one.previous) for one in drawn(pairs(edition), 40)]
    made += [Submission(one.whole, parts=one.parts) for one in drawn(families(edition), 30)]
    return tuple(one for one in map(written, made) if isinstance(one.document, dict))


def written(value: Any) -> Any:
    """Return a value with decimals in the form of `NUMBER`."""
    match value:
        case Submission():
            return Submission(
                written(value.document), written(value.previous), tuple(map(written, value.parts))
            )
        case Decimal():
            return f"#{value:f}"
        case dict():
            return {key: written(one) for key, one in value.items()}
        case list():
            return [written(one) for one in value]
        case _:
            return value


def text_of(document: Any) -> str:
    """Return a report as JSON."""
    return NUMBER.sub(r"\1", json.dumps(document, ensure_ascii=False))


def changed(edition: Edition, rng: random.Random) -> Edition:
    """Return the edition with other statuses, severities, conditions and order, and with broken equations."""
    catalogue = deepcopy(edition.published_rules)
    rules = catalogue["rules"]
    rng.shuffle(rules)
    conditions = [one["applies_when"] for one in rules]
    amounts = [cell.pointer for cell in edition.cells if cell.type == "amount"]
    for rule in rules:
        rule["status"] = rng.choice(("active", "active", "trial", "retired"))
        rule["severity"] = rng.choice(("error", "error", "warning", "info"))
        if rng.random() < 0.2:
            rule["applies_when"] = rng.choice(conditions)
        for check in rule["test"].get("checks", []):
            if "day" in check and rng.random() < 0.3:
                check |= {
                    "month": rng.randrange(1, 13),
                    "day": rng.randrange(1, 32),
                    "years_after": rng.randrange(3),
                }
        for instance in rng.sample(
            rule["test"].get("instances", []), k=1 if "instances" in rule["test"] else 0
        ):
            instance["relation"] = rng.choice(("=", "<=", ">="))
            if amounts and rng.random() < 0.3:
                instance["terms"] += [[rng.choice((-2, 1)), rng.choice(amounts)] for _ in range(2)]
            if rng.random() < 0.3:
                instance["terms"][-1][1] = rng.choice(("/requests/nowhere/total", "/report_year"))
        if rule["test"]["kind"] == "schema":
            rule["test"]["schema"] = rng.choice(("report.schema.json", "draft.schema.json"))
        for text in [rule["test"]] if rule["test"]["kind"] == "text" else []:
            text["at"] = [
                *text["at"],
                *rng.sample(["/title", "/preface", "/reporting_body/name", "/requests"], k=1),
            ]
    return Edition(edition.form, catalogue, edition.schema, edition.draft_schema)


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


class Court:
    """Ask both checkers of one edition the same."""

    def __init__(self, edition: Edition, place: Path) -> None:
        self._place = str(place)
        self._rng = seeded(edition.name)
        self._checker = Checker(edition)
        self._accepts = {"report": accepts(edition.schema), "draft": accepts(edition.draft_schema)}

    def question(self, submission: Submission) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what the harness is asked, and what our checker answers."""
        document, *parts = [text_of(one) for one in (submission.document, *submission.parts)]
        previous = submission.previous and text_of(submission.previous)
        result = self._checker.check(
            loads_document(document),
            previous=loads_document(previous) if previous else None,
            parts=[loads_document(one) for one in parts],
        )
        asked = {"edition": self._place, "document": document, "previous": previous, "parts": parts}
        answer: dict[str, Any] = {"result": in_short(result)}
        # Seldom: the structure of most is in the result already, and this is slow.
        if self._rng.random() < VALID:
            answer["valid"] = {name: test(loads_document(document)) for name, test in self._accepts.items()}
        return asked, answer


@pytest.fixture(scope="module")
def compare(node: Node, publish: Callable[[Edition, Path], Path]) -> Compare:
    """Return what holds both checkers against each other on a number of reports of an edition."""

    def run(edition: Edition, seed: str, number: int, place: Path) -> list[dict[str, Any]]:
        court = Court(edition, publish(edition, place))
        rng = seeded(seed)
        maker = Maker(edition, rng, seeds(edition.name))
        results = []
        for start in range(0, number, BATCH):
            asked = [court.question(maker.submission()) for _ in range(min(BATCH, number - start))]
            answers = node.answers([question for question, _ in asked])
            for (question, wanted), answer in zip(asked, answers, strict=True):
                messages = [one.pop("message") for one in answer.get("result", {}).get("findings", ())]
                assert answer | wanted == answer, question
                assert not [one for one in messages if UNFILLED.search(one["zh"] + one["en"])]
                results.append(wanted["result"])
        return results

    return run


@pytest.mark.parametrize("name", installed().names())
def test_agrees_on_reports_of_every_kind(name: str, compare: Compare, tmp_path: Path) -> None:
    """Both checkers give the same verdict, statuses, reasons, and findings in the same order."""
    results = compare(installed().edition(name), f"{name} 1", SHARE * 3 // 4, tmp_path)

    rules = [(rule["id"], rule["status"]) for result in results for rule in result["rules"]]
    assert {result["verdict"] for result in results} == {Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM}
    assert {status for _, status in rules} == {*Status} - {Status.ERROR}
    assert {id_ for id_, status in rules if status == Status.FAIL} == {
        rule.id
        for rule in installed().edition(name).rules
        if getattr(rule.test, "require", "") not in {"agrees", "differs"}
    }


@pytest.mark.parametrize("name", installed().names())
def test_agrees_on_changed_catalogues(name: str, compare: Compare, tmp_path: Path) -> None:
    """Retired, trial and broken rules, other conditions and another order change both checkers alike."""
    results = []
    for number in range(CHANGED):
        edition = changed(installed().edition(name), seeded(f"{name} {number}"))
        results += compare(edition, f"{name} {number}", SHARE // 4 // CHANGED, tmp_path / str(number))

    assert {result["verdict"] for result in results} >= {Verdict.CANNOT_TELL, Verdict.DOES_NOT_CONFORM}
    assert {rule["status"] for result in results for rule in result["rules"]} == {*Status}
