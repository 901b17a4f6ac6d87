"""From a document or a file's bytes to a result in one call."""

from __future__ import annotations

import hashlib
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec import Inspector, Verdict, check
from disclosure_spec.errors import InputError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.strict_yaml import dumps_yaml

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

SAMPLE = Path(__file__).parent / "data" / "report-2019.txt"


def test_document_is_checked_by_the_edition_it_names(bench: Bench) -> None:
    """`check` finds the edition in the document and gives the checker's own result."""
    document = bench.report

    assert check(document) == bench.checker.check(document)


def test_document_is_left_as_it_was(bench: Bench) -> None:
    """Checking and supplying values change nothing in the document given."""
    document = bench.report
    before = deepcopy(document)
    check(document)

    assert document == before


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"/spec_version": "2.0"}, "spec.unknown"),
        ({"/form_edition": "2020"}, "edition.unknown"),
        ({"/form_edition": 2021}, "document.no_edition"),
        ({"/spec_version": None}, "document.no_edition"),
    ],
)
def test_unknown_version_or_edition_is_refused(bench: Bench, values: dict[str, JSONValue], code: str) -> None:
    """A version or edition that does not exist is an error: nothing similar is taken in its place."""
    with pytest.raises(InputError) as raised:
        check(bench.with_values(values))

    assert raised.value.code == code


@pytest.mark.parametrize(("write", "name"), [(dumps_json, "json"), (dumps_yaml, "yaml")])
def test_bytes_give_the_same_findings_as_the_document(bench: Bench, write: object, name: str) -> None:
    """A report written as JSON or YAML gets the findings of the document, and the result names its input."""
    document = bench.with_values({next(iter(bench.totals)): 1, "/requests/received/total": "/"})
    assert callable(write)
    data = str(write(document)).encode()

    result = Inspector().inspect(data, name="a").result

    assert result.findings == check(document).findings
    assert result.input is not None
    assert result.input.format == name
    assert result.input.sha256 == hashlib.sha256(data).hexdigest()


def test_sample_has_one_wrong_total() -> None:
    """The sample report is read whole, and its one wrong total breaks the row and the column it stands in."""
    result = Inspector().inspect(SAMPLE.read_bytes(), name=SAMPLE.name).result

    assert result.verdict is Verdict.DOES_NOT_CONFORM
    assert [one.rule for one in result.findings] == ["requests.outcome_total", "requests.row_total"]
    assert result.body == "云河市水利局"
    assert result.report_year == 2020
    assert not result.notes
    shared = set(result.findings[0].pointers) & set(result.findings[1].pointers)
    assert shared == {"/requests/outcomes/granted/total"}


def test_supplied_value_mends_the_report() -> None:
    """A value supplied in place of the wrong one is checked instead, and nothing else changes."""
    changes: dict[str, JSONValue] = {"/requests/outcomes/granted/total": 12}

    result = Inspector().inspect(SAMPLE.read_bytes(), changes=changes).result

    assert result.verdict is Verdict.CONFORMS
