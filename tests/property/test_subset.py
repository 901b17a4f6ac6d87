"""Our validator for the portable subset against the reference one: the same breaches everywhere."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, validators

from disclosure_spec.checking.subset import compile_schema
from disclosure_spec.document import get_at, join_pointer, with_value
from disclosure_spec.testing import documents, drafts, keywords, malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue

SETTINGS = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
BIG = 10**15
VALUES: tuple[JSONValue, ...] = (
    None, True, False, 0, 1, -1, BIG - 1, BIG, -BIG, 2**64, Decimal("3.0"), Decimal("1E+2"), Decimal("0.1"),
    "", "/", "x", "2021", "1.0", "110000", "110000\n", "2024-01-31", "2024-01-31\n", "😀" * 250, "a" * 250,
    "\ud800", "\u0000", [], [1], {}, {"x-a": 1}, {"X-a": 1}, {"total": 1},
)  # fmt: skip
"""Where validators of different makes disagree, and what stands in wrong places."""


def reference(schema: Mapping[str, Any]) -> Callable[[JSONValue], set[tuple[tuple[str, ...], str]]]:
    """Return jsonschema's answer: every place and keyword broken, decimals taken as JSON numbers."""
    checker = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "integer": lambda _, value: is_number(value) and value == int(value),
            "number": lambda _, value: is_number(value),
        }
    )
    exact: Any = validators.extend(Draft202012Validator, type_checker=checker)  # type: ignore[no-untyped-call]
    validator = exact(schema)
    return lambda value: {
        (tuple(str(step) for step in error.absolute_path), str(error.validator))
        for error in validator.iter_errors(value)
    }


def is_number(value: object) -> bool:
    """Tell whether JSON would call it a number."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def places(value: JSONValue, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the pointer of every value of a document, and of one more key in each object."""
    if not isinstance(value, dict):
        return
    for key, one in value.items():
        yield join_pointer((*path, key))
        yield from places(one, (*path, key))
    yield from (join_pointer((*path, key)) for key in ("x-own", "x-", "unknown"))


def test_every_value_at_every_place_breaks_what_the_reference_says(bench: Bench) -> None:
    """Each awkward value, put at each place of a report, gives the breaches that jsonschema gives."""
    ours, theirs = compile_schema(bench.edition.schema), reference(bench.edition.schema)
    report = bench.report
    # One place stands for all that share its definition, or this would take minutes.
    seen: set[object] = set()
    for pointer in places(report):
        kin = kin_of(pointer, report)
        if kin in seen:
            continue
        seen.add(kin)
        for value in VALUES:
            document = with_value(report, pointer, value)
            assert {(one.path, one.keyword) for one in ours(document)} == theirs(document), (pointer, value)


def kin_of(pointer: str, document: Document) -> object:
    """Return what places of one definition share: the keys inside, or the key and those beside it."""
    value = get_at(document, pointer)
    if isinstance(value, dict):
        return frozenset(value)
    parent, _, key = pointer.rpartition("/")
    beside = get_at(document, parent)
    # Of a key that is not there only the name counts.
    return key, frozenset(beside) if isinstance(beside, dict) and key in beside else None


@SETTINGS
@given(data=st.data())
def test_any_document_breaks_what_the_reference_says(bench: Bench, data: st.DataObject) -> None:
    """Complete, blank and malformed documents, changed at random, break what jsonschema says they break."""
    edition = bench.edition
    document: Document = data.draw(
        documents(edition)
        | drafts(edition)
        | st.sampled_from(keywords(edition))
        .flatmap(lambda keyword: malformed(edition, keyword))
        .map(lambda broken: broken.document)
    )
    spots = sorted(places(document))
    for pointer in data.draw(st.lists(st.sampled_from(spots), max_size=3)):
        # A change above may have left no object to put it into.
        if isinstance(get_at(document, pointer.rpartition("/")[0]), dict):
            document = with_value(document, pointer, data.draw(st.sampled_from(VALUES)))
    for schema in (edition.schema, edition.draft_schema):
        found = {(one.path, one.keyword) for one in compile_schema(schema)(document)}
        assert found == reference(schema)(document)
