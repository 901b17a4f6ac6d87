"""Laws of waivers: the order of nothing matters, and no value may change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from disclosure_spec.checking import Waiver, WaiverState, apply_waivers, load_waivers
from disclosure_spec.document import get_at, with_value
from disclosure_spec.edition import installed
from disclosure_spec.strict_yaml import dumps_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from tests.conftest import Bench

    from disclosure_spec.checking import Finding, Result
    from disclosure_spec.document import Document, JSONValue

SETTINGS = settings(
    deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
TODAY = date(2025, 1, 1)

wrong: st.SearchStrategy[JSONValue] = st.sampled_from([None, "/", -1, 0, 7, Decimal("2.5"), 10**16, True])
slips = st.lists(st.tuples(st.integers(0, 197), wrong), min_size=1, max_size=6)
other_values: st.SearchStrategy[JSONValue] = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 9), st.text(max_size=2), st.just(Decimal("0.5"))
)


def with_slips(bench: Bench, chosen: Sequence[tuple[int, JSONValue]]) -> Document:
    """Return the sample with wrong values in some cells."""
    document = bench.report
    for index, value in chosen:
        document = with_value(document, bench.edition.cells[index].pointer, value)
    return document


def waiver_for(finding: Finding, document: Document) -> Waiver:
    """Return the waiver for a finding as somebody would write it."""
    year = get_at(document, "/report_year")
    body = get_at(document, "/reporting_body/name")
    assert isinstance(year, int)
    assert isinstance(body, str)
    values: dict[str, JSONValue] = {}
    for pointer in finding.pointers:
        value = get_at(document, pointer)
        assert value is None or isinstance(value, bool | int | Decimal | str)
        values[pointer] = value
    return Waiver(finding.rule, body, year, values, "合并办理", "某市政务公开办", TODAY)


def waive_all(result: Result, document: Document) -> list[Waiver]:
    """Return a waiver for every finding; one is enough for findings with the same rule and cells."""
    made = {(one.rule, one.pointers): waiver_for(one, document) for one in result.findings}
    return list(made.values())


@given(chosen=slips, random=st.randoms())
@SETTINGS
def test_order_of_findings_and_waivers_does_not_matter(
    bench_2021: Bench, chosen: Sequence[tuple[int, JSONValue]], random: Random
) -> None:
    """Whatever the order of findings and of waivers, the same findings are covered, none of the others."""
    document = with_slips(bench_2021, chosen)
    result = bench_2021.checker.check(document)
    waivers = waive_all(result, document)
    findings = list(result.findings)
    random.shuffle(findings)
    random.shuffle(waivers)
    half = waivers[: len(waivers) // 2]
    granted = {(one.rule, tuple(one.values)) for one in half}

    shuffled = replace(result, findings=tuple(findings))
    changed = apply_waivers(shuffled, document, half, TODAY)

    assert changed.findings == tuple(one for one in findings if (one.rule, one.pointers) not in granted)
    assert {use.state for use in changed.waivers} <= {WaiverState.USED}
    assert apply_waivers(result, document, waivers, TODAY).findings == ()


@given(chosen=slips)
@SETTINGS
def test_waivers_survive_being_written_down(
    bench_2021: Bench, chosen: Sequence[tuple[int, JSONValue]]
) -> None:
    """Written to a file and read again, waivers cover what they covered."""
    document = with_slips(bench_2021, chosen)
    waivers = waive_all(bench_2021.checker.check(document), document)
    written: list[JSONValue] = [
        {
            "rule": one.rule,
            "body": one.body,
            "report_year": one.report_year,
            "values": dict(one.values),
            "reason": one.reason,
            "granted_by": one.granted_by,
            "until": one.until.isoformat(),
        }
        for one in waivers
    ]

    assert load_waivers(dumps_yaml(written).encode(), installed()) == tuple(waivers)


@given(chosen=slips, at=st.integers(0, 999), value=other_values)
@SETTINGS
def test_any_change_of_a_value_ends_it(
    bench_2021: Bench, chosen: Sequence[tuple[int, JSONValue]], at: int, value: JSONValue
) -> None:
    """A waiver for any other value of any one cell covers nothing, whatever else is the same."""
    document = with_slips(bench_2021, chosen)
    result = bench_2021.checker.check(document)
    assume(result.findings)
    finding = result.findings[at % len(result.findings)]
    granted = waiver_for(finding, document)
    pointer = finding.pointers[at % len(finding.pointers)]
    before = granted.values[pointer]
    assume((isinstance(before, bool), before) != (isinstance(value, bool), value))

    changed = apply_waivers(
        result, document, [replace(granted, values={**granted.values, pointer: value})], TODAY
    )

    assert changed.findings == result.findings
    assert changed.verdict is result.verdict
    assert {use.state for use in changed.waivers} == {WaiverState.VALUE_CHANGED}
