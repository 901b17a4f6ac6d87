"""A report checked at a glance, from its bytes: only where the reader has nothing to say."""

from __future__ import annotations

import json
import re
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_spec import Inspector, check
from disclosure_spec.checking import Checker, Profile, Waiver
from disclosure_spec.checking.express import Shortcuts
from disclosure_spec.document import get_at, with_value
from disclosure_spec.errors import InputError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.testing import breakable, documents, drafts, inconsistent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Bench

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document

SETTINGS = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(name="fast", params=["standard library", "msgspec"])
def _fast(request: pytest.FixtureRequest) -> bool:
    if request.param == "msgspec":
        pytest.importorskip("msgspec")
    return bool(request.param == "msgspec")


@pytest.fixture(name="inspector")
def _inspector(fast: bool) -> Inspector:  # noqa: FBT001 - pytest gives fixtures by name
    return Inspector(fast=fast)


def inspected(inspector: Inspector, data: bytes) -> Result | None:
    """Return what the long way says, without the file's name and digest; None for a refusal."""
    try:
        return replace(inspector.inspect(data).result, input=None)
    except InputError:
        return None


def written(document: Document) -> Iterator[bytes]:
    """Yield a document as programs write it: in one line, indented, in ASCII, with space before colons."""
    text = dumps_json(document, indent=None)
    plain = json.loads(text, parse_float=str)
    yield text.encode()
    yield dumps_json(document).encode()
    if not any(isinstance(one, str) and one.replace(".", "").isdigit() for one in texts(plain)):
        yield json.dumps(plain).encode()
        yield json.dumps(plain, ensure_ascii=False, indent=1, separators=(" ,", " : ")).encode()


def texts(value: Any) -> Iterator[Any]:
    """Yield every value that holds no other."""
    if isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    else:
        yield value


BENT: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "line break at the end": lambda data: data + b"\n",
    "two documents": lambda data: data + data,
    "not UTF-8": lambda data: data.replace("市".encode(), b"\xca\xd0"),
    "key twice": lambda data: data.replace(b'"overview":', b'"overview":"x","overview":', 1),
    "key twice, once with an escape": lambda data: data.replace(
        b'"overview":', b'"\\u006fverview":"x","overview":', 1
    ),
    "key twice, a colon escaped": lambda data: data.replace(
        b'"overview":"', b'"overview":"x","overview":"\\u003a', 1
    ),
    "key twice, white space": lambda data: data.replace(b'"overview":', b'"overview" :"x","overview" :', 1),
    "key twice in a row": lambda data: data.replace(b'"total":', b'"total":1,"total":', 1),
    "half a character": lambda data: data.replace(b'"overview":"', b'"overview":"\\ud800', 1),
    "half a character between line breaks": lambda data: data.replace(
        b'"overview":"', b'"overview":"\\n\\udfff', 1
    ),
    "an escape": lambda data: data.replace(b'"overview":"', b'"overview":"\\u4e00', 1),
    "a colon": lambda data: data.replace(b'"overview":"', b'"overview":"12:00 ', 1),
    "a quote and a colon": lambda data: data.replace(b'"overview":"', b'"overview":"\\":', 1),
    "a number with a point": lambda data: data.replace(b'"total":', b'"total":0.0,"x":', 1),
    "NaN": lambda data: data.replace(b'"other_matters":', b'"x-n":NaN,"other_matters":', 1),
    "a float of one's own": lambda data: data.replace(b'"other_matters":', b'"x-n":0.1,"other_matters":', 1),
    "a text of one's own": lambda data: data.replace(b'"other_matters":', b'"x-n":"a:b","other_matters":', 1),
    "a long number of one's own": lambda data: data.replace(
        b'"other_matters":', b'"x-n":' + b"9" * 31 + b',"other_matters":', 1
    ),
    "deep nesting": lambda data: data.replace(
        b'"other_matters":', b'"x-n":' + b"[" * 5000 + b"]" * 5000 + b',"other_matters":', 1
    ),
    "leading nought": lambda data: data.replace(b'"report_year":', b'"report_year":0', 1),
    "a digit in a key": lambda data: data.replace(b'"total":', b'"tot5al":', 1),
    "a number in its key": lambda data: re.sub(rb'"total":(\d+)', rb'"total\1":', data, count=1),
    "a number before its colon": lambda data: re.sub(rb'"total":(\d+)', rb'"total"\1:', data, count=1),
    "a number before its key": lambda data: re.sub(rb'"total":(\d+)', rb'\1"total":', data, count=1),
    "a number behind its object": lambda data: re.sub(rb":(\d+)\}", rb":}\1", data, count=1),
    "a number in two pieces": lambda data: re.sub(rb":(\d+)\}", rb":\1}\1", data, count=1),
    "numbers apart": lambda data: re.sub(rb'"total":(\d+)', rb'"total":\1 \1', data, count=1),
    "two signs": lambda data: re.sub(rb'"total":(\d+)', rb'"total":--\1', data, count=1),
    "true for one": lambda data: re.sub(rb'"total":(\d+)', rb'"total":true', data, count=1),
    "tables in an object of one's own": lambda data: re.sub(
        rb'("requests":.*)\}', rb'"x-own":{\1}}', data, flags=re.DOTALL
    ),
    "tables under another key": lambda data: data.replace(b'"requests":', b'"x-\\"requests":', 1),
    "a table twice": lambda data: re.sub(rb'("remedies":\{.*?\}\},)', rb"\1\1", data, count=1),
    "a table at the end": lambda data: re.sub(
        rb'("remedies":\{.*?\}\}),(.*)\}', rb"\2,\1}", data, count=1, flags=re.DOTALL
    ),
    "control character": lambda data: data.replace(b'"overview":"', b'"overview":"\x01', 1),
}
"""What happens to JSON between programs, as changes of its bytes."""


@pytest.mark.parametrize("bend", BENT)
def test_bent_bytes_get_what_the_long_way_says_or_nothing(
    bench: Bench, inspector: Inspector, bend: str
) -> None:
    """Whatever was done to the bytes, what is said at a glance is what the long way says."""
    data = BENT[bend](dumps_json(bench.report, indent=None).encode())
    for _ in range(2):
        known = inspector.glance(data)
        assert known is None or known == inspected(inspector, data)


@SETTINGS
@given(data=st.data())
def test_glance_says_what_the_long_way_says(bench: Bench, inspector: Inspector, data: st.DataObject) -> None:
    """Reports with and without fault, in every way of writing, are known as they would be checked, or not."""
    edition = bench.edition
    document = data.draw(
        documents(edition)
        | drafts(edition)
        | st.sampled_from(breakable(edition))
        .flatmap(lambda rule: inconsistent(edition, rule))
        .map(lambda one: one.document)
    )
    for raw in written(document):
        known = inspector.glance(raw)
        assert known is None or known == inspected(inspector, raw)


@pytest.mark.parametrize("last", ["a table", "a text with a key that is met further in"])
def test_tables_without_a_certain_end_are_not_looked_for(bench: Bench, last: str) -> None:
    """Where nothing tells for certain where the tables end, reports are decoded key by key."""
    known = bench.edition.schema["properties"]
    tables = {key: one for key, one in known.items() if f"/{key}" in bench.edition.section_at}
    others = {key: one for key, one in known.items() if key not in tables}
    tables = {key: one for key, one in tables.items() if bench.edition.section_at[f"/{key}"].rows}
    end = {} if last == "a table" else {"total": {"type": "string"}}
    edition = copy(bench.edition)
    edition.schema = {**edition.schema, "properties": {**others, **tables, **end}}
    assert Shortcuts(edition).tables(dumps_json(bench.report, indent=None).encode()) is None


@SETTINGS
@given(data=st.data())
def test_small_changes_of_bytes_get_what_the_long_way_says_or_nothing(
    bench: Bench, inspector: Inspector, data: st.DataObject
) -> None:
    """Something put in, left out or put elsewhere in the bytes of a report goes unnoticed by neither way."""
    raw = bytearray(dumps_json(bench.report, indent=None).encode())
    first, last = raw.index(b'"requests":'), raw.index(b'"remedies":')
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(first, last))
        piece = data.draw(st.sampled_from([b"", b"0", b"5", b"-", b".", b",", b":", b'"', b"{", b"}", b" "]))
        raw[at : at + data.draw(st.integers(0, 2))] = piece
    known = inspector.glance(bytes(raw))
    assert known is None or known == inspected(inspector, bytes(raw))


def test_tables_are_taken_from_bytes_as_from_the_document(bench: Bench) -> None:
    """What is taken from the bytes of a plainly written report is what is taken from it decoded."""
    express = bench.checker.express
    for pointer in (*bench.totals, *(cell.pointer for cell in bench.edition.cells if cell.type == "amount")):
        for value in (7, 10**15 - 1, Decimal("1.50"), Decimal("0.1234567")):
            changed = with_value(bench.report, pointer, value)
            assert express.tables(dumps_json(changed, indent=None).encode()) == express.regular(changed)
    assert express.tables(dumps_json(bench.report, indent=None).encode()) is not None


def test_report_without_fault_is_known(bench: Bench, inspector: Inspector) -> None:
    """A report without fault is known from the first time on, in each way of writing it."""
    for raw in written(bench.report):
        known = inspector.glance(raw)
        assert known is not None
        assert known == inspected(inspector, raw)


def test_wrong_total_is_found(bench: Bench, inspector: Inspector) -> None:
    """One wrong cell gets the findings and diagnoses of the long way, though its like was known before."""
    assert inspector.glance(dumps_json(bench.report, indent=None).encode())
    for pointer in bench.totals:
        raw = dumps_json(with_value(bench.report, pointer, 987_654), indent=None).encode()
        known = inspector.glance(raw)
        assert known is not None
        assert known.findings
        assert known == inspected(inspector, raw)


@pytest.mark.parametrize("whose", ["another body", "this body, for what is wrong", "this body, needlessly"])
def test_waivers_are_told_of_as_on_the_long_way(
    bench: Bench,
    fast: bool,  # noqa: FBT001 - as above
    whose: str,
) -> None:
    """A waiver of a body is told of in its results, with and without a fault, and in no others."""
    pointer = next(iter(bench.totals))
    wrong = with_value(bench.report, pointer, 987_654)
    finding = check(wrong).findings[0]
    body = get_at(bench.report, "/reporting_body/name")
    terms = (*finding.equation.left, *finding.equation.right) if finding.equation else ()
    waiver = Waiver(
        rule=finding.rule,
        body=str(body) if whose.startswith("this") else "another",
        report_year=check(wrong).report_year or 0,
        values={term.pointer: term.value if "wrong" in whose else 1 for term in terms},
        reason="reason",
        granted_by="office",
        until=date(2030, 1, 1),
    )
    strict = Inspector(waivers=[waiver], today=date(2024, 1, 1), fast=fast)
    for document in (bench.report, wrong, bench.report, wrong):
        raw = dumps_json(document, indent=None).encode()
        known = strict.glance(raw)
        assert known is not None
        assert known == inspected(strict, raw)
        assert bool(known.waivers) == whose.startswith("this")


def test_profile_is_named_as_on_the_long_way(
    bench: Bench,
    fast: bool,  # noqa: FBT001 - as above
) -> None:
    """A report is checked at a glance by the rules of a profile, and its result names that."""
    profile = Profile(
        name="local",
        sha256="0" * 64,
        spec_version=bench.edition.spec_version,
        severities={bench.edition.rules[-1].id: "off"},
        deadlines={},
    )
    raw = dumps_json(bench.report, indent=None).encode()
    local = Inspector(profile=profile, fast=fast)
    for _ in range(2):
        known = local.glance(raw)
        assert known is not None
        assert known.profile is not None
        assert known == inspected(local, raw)


def test_verdict_is_that_of_the_check(bench: Bench) -> None:
    """Whoever asks for the verdict alone gets that of the whole result, the first time and later."""
    checker = Checker(bench.edition)
    wrong = with_value(bench.report, next(iter(bench.totals)), 987_654)
    blank_ = with_value(bench.report, next(iter(bench.totals)), None)
    for document in (bench.report, wrong, blank_) * 2:
        assert checker.verdict(document) is bench.checker.check(document).verdict
