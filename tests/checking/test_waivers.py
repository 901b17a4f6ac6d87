"""Waivers: what they cover, when they lapse, and what is refused in them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec import Inspector, Verdict
from disclosure_spec._resources import folder
from disclosure_spec.checking import (
    Reason,
    Waiver,
    WaiverState,
    apply_waivers,
    load_waivers,
    never_used,
)
from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.errors import UsageError
from disclosure_spec.strict_yaml import dumps_yaml

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document, JSONValue

HANDBOOK = folder("schema").joinpath("README.md").read_text(encoding="utf-8")
UNTIL = date(2030, 6, 30)
TOTAL = "/remedies/reconsideration/total"
PARTS = ("upheld", "corrected", "other", "pending")
CODE = "11420100MB0000000X"


def waiver(bench: Bench, rule: str, values: dict[str, JSONValue], **other: Any) -> Waiver:
    """Return a waiver for the sample report."""
    year = get_at(bench.report, "/report_year")
    given = {
        "body": "某市人民政府",
        "report_year": year,
        "reason": "并入下年",
        "granted_by": "甲",
        "until": UNTIL,
    }
    return Waiver(rule=rule, values=values, **given | other)


def on_total(bench: Bench, total: JSONValue, **other: Any) -> Waiver:
    """Return a waiver for the total of table 4, first row, with the parts that the sample has."""
    group = TOTAL.rpartition("/")[0]
    parts = {f"{group}/{key}": get_at(bench.report, f"{group}/{key}") for key in PARTS}
    assert None not in parts.values()
    return waiver(bench, "remedies.total", {TOTAL: total, **parts}, **other)  # type: ignore[dict-item] # all there


def check(document: Document, *waivers: Waiver, today: date = UNTIL) -> Result:
    """Check a document with waivers, on their last day."""
    return Inspector(waivers=waivers, today=today).check(document)


class TestStates:
    """A waiver is used, or lapses with a value or with time, or meets nothing."""

    def test_used(self, bench: Bench) -> None:
        """A finding with exactly these values is moved to the waivers; verdict and counts are of the rest."""
        document = bench.with_values({TOTAL: 1})
        (finding,) = bench.checker.check(document).findings

        result = check(document, on_total(bench, 1))

        assert (result.verdict, result.findings, result.counts["error"]) == (Verdict.CONFORMS, (), 0)
        assert [(use.state, use.finding) for use in result.waivers] == [(WaiverState.USED, finding)]

    @pytest.mark.parametrize("total", [2, 0, None, "1", "/", Decimal("1.5"), True])
    def test_value_changed(self, bench: Bench, total: JSONValue) -> None:
        """Granted for another value, whatever its kind, it covers nothing and names the finding."""
        document = bench.with_values({TOTAL: 1})

        result = check(document, on_total(bench, total))

        assert result.verdict is Verdict.DOES_NOT_CONFORM
        assert result.findings == bench.checker.check(document).findings
        assert [(use.state, use.finding) for use in result.waivers] == [
            (WaiverState.VALUE_CHANGED, result.findings[0])
        ]

    def test_value_of_a_part_changed(self, bench: Bench) -> None:
        """Not the total alone: any other value of the equation makes it lapse."""
        document = bench.with_values({TOTAL: 1, TOTAL.replace("total", "upheld"): 77})

        (use,) = check(document, on_total(bench, 1)).waivers

        assert use.state is WaiverState.VALUE_CHANGED

    def test_number_is_a_number_however_written(self, bench: Bench) -> None:
        """1.0 is the 1 that was granted."""
        (use,) = check(bench.with_values({TOTAL: Decimal("1.0")}), on_total(bench, 1)).waivers

        assert use.state is WaiverState.USED

    @pytest.mark.parametrize("total", [1, 2])
    def test_expired(self, bench: Bench, total: int) -> None:
        """After its last day it covers nothing, values right or not, and names the finding that is back."""
        document = bench.with_values({TOTAL: 1})

        result = check(document, on_total(bench, total), today=UNTIL + timedelta(days=1))

        assert result.verdict is Verdict.DOES_NOT_CONFORM
        assert [(use.state, use.finding) for use in result.waivers] == [
            (WaiverState.EXPIRED, result.findings[0])
        ]

    def test_unused(self, bench: Bench) -> None:
        """Where there is no such finding it is unused; expired, it says so."""
        for today, state in ((UNTIL, WaiverState.UNUSED), (UNTIL + timedelta(1), WaiverState.EXPIRED)):
            result = check(bench.report, on_total(bench, 1), today=today)

            assert [(use.state, use.finding) for use in result.waivers] == [(state, None)]
            assert result.verdict is Verdict.CONFORMS

    def test_expiry_is_by_the_day_of_the_check(self, bench: Bench) -> None:
        """Without a day given, that of the check counts."""
        waivers = [on_total(bench, 1, until=date.max), on_total(bench, 1, until=date.min)]

        result = Inspector(waivers=waivers).check(bench.with_values({TOTAL: 1}))

        assert [use.state for use in result.waivers] == [WaiverState.USED, WaiverState.EXPIRED]


class TestWhatIsMatched:
    """A finding is known by rule, cells and values, in the report of one body for one year."""

    def test_other_rule_or_cells(self, bench: Bench) -> None:
        """Another rule, one cell less or one more is another finding."""
        right = on_total(bench, 1)
        fewer = dict(list(right.values.items())[:-1])
        others = [
            waiver(bench, "requests.balance", dict(right.values)),
            waiver(bench, "remedies.total", fewer),
            waiver(bench, "remedies.total", {**right.values, "/report_year": 2021}),
        ]

        result = check(bench.with_values({TOTAL: 1}), *others)

        assert len(result.findings) == 1
        assert {use.state for use in result.waivers} == {WaiverState.UNUSED}

    def test_other_body_or_year(self, bench: Bench) -> None:
        """A waiver for another body or year is not this report's and is not named in its result."""
        others = [on_total(bench, 1, body="某市水利局"), on_total(bench, 1, report_year=2020 - 1)]

        result = check(bench.with_values({TOTAL: 1}), *others)

        assert (len(result.findings), result.waivers) == (1, ())

    def test_body_by_credit_code(self, bench: Bench) -> None:
        """The unified social credit code names the body as well as its name does."""
        document = bench.with_values({TOTAL: 1, "/reporting_body/credit_code": CODE})

        assert check(document, on_total(bench, 1, body=CODE)).findings == ()

    def test_report_without_body(self, bench: Bench) -> None:
        """A report that does not say whose it is has no waivers."""
        document = bench.with_values({TOTAL: 1, "/reporting_body": None})

        assert check(document, on_total(bench, 1)).waivers == ()

    def test_blank_is_null(self, bench: Bench) -> None:
        """A blank cell is waived by null, and not by 0 or a mark."""
        document = bench.with_values({TOTAL: None})
        values: list[JSONValue] = [None, 0, "/"]

        states = [
            check(document, waiver(bench, "cells.filled", {TOTAL: one})).waivers[0].state for one in values
        ]

        assert states == [WaiverState.USED, WaiverState.VALUE_CHANGED, WaiverState.VALUE_CHANGED]

    def test_object_is_no_blank(self, bench: Bench) -> None:
        """A group of values where a number belongs is not the blank that was granted."""
        document = bench.with_values({TOTAL: {"a": 1}})
        (finding,) = (one for one in bench.checker.check(document).findings if one.pointers == (TOTAL,))

        (use,) = check(document, waiver(bench, finding.rule, {TOTAL: None})).waivers

        assert use.state is WaiverState.VALUE_CHANGED

    def test_long_text_counts_to_its_end(self, bench: Bench) -> None:
        """A text is compared whole, far beyond what a finding quotes of it."""
        text = "情况。" * 200
        changed = bench.with_values({"/problems_and_improvements": text + "又"})
        granted = waiver(bench, "problems.complete", {"/problems_and_improvements": text})

        kept = check(bench.with_values({"/problems_and_improvements": text}), granted)
        (use,) = check(changed, granted).waivers

        assert kept.waivers[0].state is WaiverState.USED
        assert use.state is WaiverState.VALUE_CHANGED

    def test_number_of_the_report_before(self, bench: Bench) -> None:
        """What another report says is part of what was granted: the waiver lapses when it says otherwise."""
        document = bench.report
        year = get_at(document, "/report_year")
        assert isinstance(year, int)
        before = {**bench.report, "report_year": year - 1}
        inspector = Inspector(today=UNTIL)
        finding = next(
            one
            for one in inspector.check(document, previous=before).findings
            if one.equation and any(t.of == "previous" for t in (*one.equation.left, *one.equation.right))
        )
        assert finding.equation is not None
        values: dict[str, JSONValue] = {
            t.pointer if t.of == "document" else f"{t.of}:{t.pointer}": t.value
            for t in (*finding.equation.left, *finding.equation.right)
        }
        other = next(key for key in values if key.startswith("previous:"))
        number = values[other]
        assert isinstance(number, int | Decimal)

        states = [
            Inspector(waivers=[waiver(bench, finding.rule, granted)], today=UNTIL)
            .check(document, previous=before)
            .waivers[0]
            .state
            for granted in (values, {**values, other: number + 1})
        ]

        assert states == [WaiverState.USED, WaiverState.VALUE_CHANGED]


class TestVerdict:
    """The verdict is that of what is left."""

    def test_other_error_stays(self, bench: Bench) -> None:
        """One of two errors waived, the report still does not conform."""
        document = bench.with_values({TOTAL: 1, "/requests/received/total": "/"})

        result = check(document, on_total(bench, 1))

        assert result.verdict is Verdict.DOES_NOT_CONFORM
        assert [one.rule for one in result.findings] == ["cells.numbers"]

    def test_what_was_not_checked_stays_open(self, bench: Bench) -> None:
        """A blank beside what is waived leaves instances of other rules unchecked, and the verdict open."""
        other = TOTAL.replace("reconsideration", "litigation/direct")
        document = bench.with_values({TOTAL: 1, other: None})

        result = check(document, on_total(bench, 1), waiver(bench, "cells.filled", {other: None}))

        assert result.findings == ()
        assert result.verdict is Verdict.CANNOT_TELL

    def test_what_is_not_stated_stays_harmless(self, bench: Bench) -> None:
        """A date waived beside one that the report need not state lets the report conform."""
        document = bench.with_values({"/published_on": "2022-02-30", "/reporting_body/kind": "other"})
        del document["period"]

        result = check(document, waiver(bench, "dates.real", {"/published_on": "2022-02-30"}))

        assert result.outcome("dates.real").open is Reason.NOT_STATED
        assert (result.counts["error"], result.verdict) == (0, Verdict.CONFORMS)

    def test_outcomes_say_what_was_found(self, bench: Bench) -> None:
        """The outcomes of the rules are those of the check: a waiver excuses and does not hide."""
        document = bench.with_values({TOTAL: 1})

        assert check(document, on_total(bench, 1)).rules == bench.checker.check(document).rules


def test_diagnoses_fit_the_findings_left(bench: Bench) -> None:
    """Positions of findings before waivers mean nothing after; diagnoses point at findings that are there."""
    other = TOTAL.replace("reconsideration", "litigation/direct")
    document = bench.with_values({TOTAL: 1, other: 1})

    result = check(document, on_total(bench, 1))

    assert [one.pointers[0] for one in result.findings] == [other]
    assert all(at < len(result.findings) for one in result.diagnoses for at in one.findings)
    named = [change.cell.pointer for d in result.diagnoses for e in d.explanations for change in e.changes]
    assert TOTAL not in named


def test_report_is_left_as_it_was(bench: Bench) -> None:
    """Neither the document nor the result given changes."""
    document = bench.with_values({TOTAL: 1})
    result = bench.checker.check(document)

    changed = apply_waivers(result, document, [on_total(bench, 1)], UNTIL)

    assert (len(result.findings), len(changed.findings)) == (1, 0)
    assert document == bench.with_values({TOTAL: 1})


def test_never_used(bench: Bench) -> None:
    """Over many reports those are told that covered nothing: lapsed, or for a report that never came."""
    used, changed = on_total(bench, 1), on_total(bench, 2)
    absent, twin = on_total(bench, 1, body="某市水利局"), on_total(bench, 1, report_year=1999)
    waivers = (absent, used, changed, twin)
    inspector = Inspector(waivers=waivers, today=UNTIL)
    results = [inspector.check(bench.with_values({TOTAL: total})) for total in (1, 5)]
    uses = [use for one in results for use in one.waivers]

    assert never_used(waivers, uses) == (absent, changed, twin)
    assert never_used(waivers, []) == waivers


class TestFile:
    """A file of waivers is strict."""

    ENTRY: dict[str, JSONValue] = {  # noqa: RUF012 - never changed
        "rule": "remedies.total",
        "body": "某局",
        "report_year": 2023,
        "values": {
            "/remedies/reconsideration/total": None,
            "previous:/requests/received/total": Decimal("1.5"),
        },
        "reason": "甲",
        "granted_by": "乙",
        "until": "2025-06-30",
    }

    def load(self, *entries: dict[str, JSONValue]) -> tuple[Waiver, ...]:
        """Load waivers written as YAML."""
        return load_waivers(dumps_yaml([*entries]).encode(), installed())

    def test_waiver_is_read(self) -> None:
        """Every field comes as it was written, numbers exact and the day as a date."""
        (read,) = self.load(self.ENTRY)

        assert (read.rule, read.body, read.report_year) == ("remedies.total", "某局", 2023)
        assert (read.reason, read.granted_by, read.until) == ("甲", "乙", date(2025, 6, 30))
        assert read.values == self.ENTRY["values"]

    def test_empty_list(self) -> None:
        """A list of no waivers is a file like any other."""
        assert self.load() == ()

    @pytest.mark.parametrize(
        ("changed", "code", "place", "words"),
        [
            ({"rule": "remedies.totl"}, "waivers.rule", "/0", "remedies.total"),
            ({"until": "2025-02-30"}, "waivers.until", "/0", "2025-02-30"),
            ({"until": "2025-6-30"}, "waivers.content", "/0/until", "2025-06-30"),
            ({"values": {}}, "waivers.content", "/0/values", "空"),
            ({"values": {"total": 1}}, "waivers.content", "/0/values", "total"),
            ({"values": {"/a": [1]}}, "waivers.content", "/0/values/~1a", "数字"),
            ({"report_year": "2023"}, "waivers.content", "/0/report_year", "整数"),
            ({"reason": " "}, "waivers.content", "/0/reason", "第1项"),
            ({"raeson": "甲"}, "waivers.content", "/0", "reason"),
        ],
    )
    def test_slip_is_refused(self, changed: dict[str, JSONValue], code: str, place: str, words: str) -> None:
        """A slip is an error that names the place and what it should be."""
        with pytest.raises(UsageError) as caught:
            self.load(self.ENTRY | changed)

        assert (caught.value.code, caught.value.place) == (code, place)
        assert words in caught.value.wording.zh

    @pytest.mark.parametrize("key", ENTRY)
    def test_every_field_is_needed(self, key: str) -> None:
        """A waiver without one of its fields is refused by its name."""
        with pytest.raises(UsageError, match=f"缺少“{key}”"):
            self.load({name: value for name, value in self.ENTRY.items() if name != key})

    def test_two_for_one_finding_are_refused(self) -> None:
        """Two waivers for the same cells of one rule, body and year are refused, even for other values."""
        values: dict[str, JSONValue] = {
            "/remedies/reconsideration/total": 7,
            "previous:/requests/received/total": 2,
        }

        with pytest.raises(UsageError) as caught:
            self.load(self.ENTRY, self.ENTRY | {"values": values})

        assert (caught.value.code, caught.value.place) == ("waivers.twice", "/1")
        assert len(self.load(self.ENTRY, self.ENTRY | {"report_year": 2022})) == 2

    def test_example_of_the_handbook(self) -> None:
        """The example in the handbook is a file of waivers."""
        (example,) = re.findall(r"```yaml\n# waivers\n(.*?)```", HANDBOOK, flags=re.DOTALL)

        (read,) = load_waivers(example.encode(), installed())

        assert read.values["/remedies/reconsideration/total"] == 3
