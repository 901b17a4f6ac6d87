"""A report known at a glance, from its bytes: only where reader and rules have nothing to say."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_spec import Inspector
from disclosure_spec.document import with_value
from disclosure_spec.errors import InputError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.testing import breakable, documents, drafts, inconsistent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Bench

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document

SETTINGS = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(name="inspector", params=["standard library", "msgspec"])
def _inspector(request: pytest.FixtureRequest) -> Inspector:
    if request.param == "msgspec":
        pytest.importorskip("msgspec")
    return Inspector(fast=request.param == "msgspec")


def inspected(inspector: Inspector, data: bytes) -> Result | None:
    """Return what the long way says, without the file's name and digest; None for a fault or a refusal."""
    try:
        result = inspector.inspect(data).result
    except InputError:
        return None
    return None if result.findings else replace(result, input=None)


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


BENT = {
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
    "control character": lambda data: data.replace(b'"overview":"', b'"overview":"\x01', 1),
}
"""What happens to JSON between programs, as changes of its bytes."""


@pytest.mark.parametrize("bend", BENT)
def test_bent_bytes_are_known_only_where_the_long_way_finds_no_fault(
    bench: Bench, inspector: Inspector, bend: str
) -> None:
    """Whatever was done to the bytes, what is known at a glance is what the long way says."""
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


def test_report_without_fault_is_known(bench: Bench, inspector: Inspector) -> None:
    """A report without fault is known from the first time on, in each way of writing it."""
    for raw in written(bench.report):
        known = inspector.glance(raw)
        assert known is not None
        assert known == inspected(inspector, raw)


def test_wrong_total_is_never_known(bench: Bench, inspector: Inspector) -> None:
    """One wrong cell is enough to send a report the long way, though others like it were known before."""
    assert inspector.glance(dumps_json(bench.report, indent=None).encode())
    for cell in bench.edition.cells:
        if cell.pointer in bench.totals:
            wrong = with_value(bench.report, cell.pointer, 987_654)
            assert inspector.glance(dumps_json(wrong, indent=None).encode()) is None
