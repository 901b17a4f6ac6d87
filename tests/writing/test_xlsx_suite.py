"""The sheet of checks and the checker say the same of every document of the conformance suite."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from decimal import localcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from openpyxl import load_workbook

from disclosure_spec.checking import Checker
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.equations import LinearEvaluator
from disclosure_spec.checking.facts import Facts
from disclosure_spec.checking.result import Reason, Status
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.rules import LinearTest
from disclosure_spec.sheets import CHECKS
from disclosure_spec.strict_json import loads_document
from disclosure_spec.writing import write
from disclosure_spec.writing.characters import refuse_unwritable
from disclosure_spec.writing.layout import lay_out
from disclosure_spec.writing.workbook.checks import BROKEN, IDLE, OPEN, OUTCOMES, PASSED, Check, checks
from disclosure_spec.writing.workbook.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.writing.conftest import Convert

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

SUITE: Final = Path(__file__).parents[1] / "suite" / "1.0"
EDITIONS: Final = installed().editions("1.0")
each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)

NOT_A_REPORT: Final = {"structure/type/report_is_a_list.json", "structure/type/report_is_null.json"}
NO_FILE_HOLDS: Final = {"rules/parts.present/white_space_of_every_kind.json"}
"""Control characters, which XML does not have."""

NOT_ON_PAPER: Final = {
    "structure/choice/kind_as_number.json",
    "structure/other_kind/lists_everywhere.json",
    "structure/type/reporting_body.region_code.json",
}
"""A code or kind that is a JSON number or list decides whether a rule applies; on paper it is a text."""

SAYS: Final = {
    Status.PASS: PASSED,
    Status.FAIL: BROKEN,
    Status.NOT_CHECKED: OPEN,
    Status.NOT_APPLICABLE: IDLE,
}
PRECISION: Final = 120


@cache
def documents(edition: Edition) -> Mapping[str, Document]:
    """Return the distinct documents of the suite that a workbook can hold, by name."""
    manifest = json.loads((SUITE / "manifest.json").read_text("utf-8"))
    cases = [one for one in (*manifest["cases"], *manifest["reading"]) if one["edition"] == edition.name]
    found: dict[str, Document] = {}
    left: set[str] = set()
    for path in sorted({one["document"] for one in cases if "document" in one}):
        try:
            document = loads_document((SUITE / path).read_bytes())
            refuse_unwritable(document, edition, printed=True)
        except InputError:
            left.add(path.partition("/")[2])
        else:
            found[path.partition("/")[2]] = document
    assert left == NOT_A_REPORT | NO_FILE_HOLDS
    return found


@cache
def made(edition: Edition) -> Mapping[str, Sequence[Check]]:
    """Return the equations of the workbook of every document, with their stored values."""
    return {
        name: checks(one, edition, plan(lay_out(one, edition), edition).spots)[0]
        for name, one in documents(edition).items()
    }


def checked(document: Document, edition: Edition, rules: set[str]) -> Iterator[tuple[str, str]]:
    """Give what the checker says of every equation of some rules."""
    facts = Facts(document, edition)
    vector = [facts.number(cell.pointer) for cell in edition.cells]
    for rule in edition.rules:
        if rule.id not in rules or not isinstance(rule.test, LinearTest):
            continue
        reason = obstacle(rule, facts)
        if reason:
            says = IDLE if reason is Reason.CONDITION_NOT_MET else OPEN
            yield from ((rule.id, says) for _ in rule.test.equations)
        else:
            evaluations = LinearEvaluator(rule.test, edition).evaluate(facts, vector)
            yield from ((rule.id, SAYS[one.status]) for one in evaluations)


@each_edition
def test_stored_result_of_every_equation_is_that_of_the_checker(edition: Edition) -> None:
    """Passed, broken, open or not applicable: equation by equation the same, whatever the document."""
    differ = set()
    with localcontext(prec=PRECISION):
        for name, found in made(edition).items():
            rules = {one.rule.id for one in found}
            says = list(checked(documents(edition)[name], edition, rules))
            if [(one.rule.id, one.outcome) for one in found] != says:
                differ.add(name)
    assert differ == NOT_ON_PAPER
    assert len(made(edition)) > 400


@each_edition
def test_stored_results_are_counted_as_in_the_result_of_a_check(edition: Edition) -> None:
    """The whole checker counts as many instances of each status, on a sample."""
    checker = Checker(edition)
    for name in sample(edition):
        result = checker.check(documents(edition)[name])
        for rule in {one.rule.id: one.rule for one in made(edition)[name]}.values():
            counted = Counter(one.outcome for one in made(edition)[name] if one.rule is rule)
            instances = result.outcome(rule.id).instances
            # A rule whose condition is not met or not known is one instance, however many equations it has.
            assert {SAYS[one] for one in instances} == set(counted), (name, rule.id)
            if sum(instances.values()) > 1:
                assert {SAYS[status]: count for status, count in instances.items()} == counted, name


@cache
def sample(edition: Edition) -> Sequence[str]:
    """Return few documents that bring every rule to every result which any of them brings it to."""
    brings = {name: {(one.rule.id, one.outcome) for one in found} for name, found in made(edition).items()}
    open_ = set().union(*brings.values())
    chosen: list[str] = []
    while open_:
        best = max(sorted(brings.keys() - NOT_ON_PAPER), key=lambda name: len(brings[name] & open_))
        if not brings[best] & open_:
            break
        open_ -= brings[best]
        chosen.append(best)
    return chosen


@each_edition
def test_sample_breaks_and_blanks_every_rule(edition: Edition) -> None:
    """What stands for the whole suite where that would take too long has every result of every rule."""
    names = sample(edition)
    rules = {one.rule.id for one in made(edition)[names[0]]}
    for outcome in (PASSED, BROKEN, OPEN):
        found = {one.rule.id for name in names for one in made(edition)[name] if one.outcome == outcome}
        assert found == rules, outcome
    assert {one.outcome for name in names for one in made(edition)[name]} == set(OUTCOMES)


def results(data: bytes) -> list[tuple[object, ...]]:
    """Return rule, both sides, difference and result of every equation as stored in a workbook."""
    sheet = load_workbook(io.BytesIO(data), data_only=True, read_only=True)[CHECKS]
    rows = sheet.iter_rows(min_row=4, max_col=10, values_only=True)
    return [(row[1], row[5], row[7], row[8], row[9]) for row in rows if isinstance(row[0], int | float)]


def expected(name: str, edition: Edition) -> list[tuple[object, ...]]:
    """Return the same as the checks have it."""
    return [
        (
            one.rule.id,
            *(
                "—" if value is None else pytest.approx(float(value))
                for value in (one.left_value, one.right_value, one.difference)
            ),
            one.outcome,
        )
        for one in made(edition)[name]
    ]


@each_edition
def test_file_stores_what_the_checks_say(edition: Edition) -> None:
    """Sums, differences and results stand in the file as they were worked out."""
    for name in sample(edition):
        assert results(write(documents(edition)[name], edition, "xlsx")) == expected(name, edition), name


@pytest.mark.libreoffice
@each_edition
def test_recalculated_results_are_the_stored_ones(edition: Edition, convert: Convert, tmp_path: Path) -> None:
    """Another program, given the formulas without their values, comes to the same for every rule."""
    files = []
    for number, name in enumerate(sample(edition)):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(without_values(write(documents(edition)[name], edition, "xlsx")))
    folder = tmp_path / "out"
    folder.mkdir()
    for name, file in zip(sample(edition), convert(files, "xlsx", folder), strict=True):
        assert results(file.read_bytes()) == expected(name, edition), name


def without_values(data: bytes) -> bytes:
    """Return a workbook of which every formula has to be worked out anew."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as out:
        for name in source.namelist():
            text = source.read(name).decode()
            out.writestr(name, re.sub(r"(<f>[^<]*</f>)<v>[^<]*</v>", r"\1", text))
    return made.getvalue()
