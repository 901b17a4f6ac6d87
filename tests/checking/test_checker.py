"""The checker as a whole: every rule can pass and fail, nothing missing passes, and what the verdict says."""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker, Origin, Reason, Status, Verdict
from disclosure_spec.document import get_at, join_pointer, with_value
from disclosure_spec.edition import Edition
from disclosure_spec.errors import InputError
from disclosure_spec.rules import LinearTest, SchemaTest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tests.conftest import Bench

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.rules import Rule

KIND, REGION, YEAR = "/reporting_body/kind", "/reporting_body/region_code", "/report_year"
PERSON = "/requests/received/natural_person"
RULES_TABLE = "/proactive_disclosure/administrative_rules"
PROBLEMS = "/problems_and_improvements"
BOUGHT = "/proactive_disclosure/central_procurement/amount"

Values = dict[str, "JSONValue"]

PASSING: dict[str, Callable[[Bench], Values]] = {
    "acts.rule_making_power": lambda bench: {KIND: "department", **zeros(bench, RULES_TABLE)},
    "deadline.department": lambda _: {KIND: "department"},
    "litigation.direct_after_refusal": lambda bench: {
        **zeros(bench, "/requests/outcomes"),
        **zeros(bench, "/remedies/litigation/direct"),
        "/requests/outcomes/total/total": 1,
    },
}
"""What makes a rule apply and hold on the sample report; where nothing is said it does so already."""

FAILING: dict[str, Values] = {
    "document.structure": {YEAR: "2024"},
    "cells.filled": {PERSON: None},
    "cells.numbers": {PERSON: "/"},
    "cells.counts": {PERSON: -1},
    "cells.amounts": {BOUGHT: Decimal("-0.01"), "/proactive_disclosure/charges/amount_wan_yuan": -1},
    "procurement.unit": {f"{BOUGHT}_unit": None},
    "requests.balance": {PERSON: 1},
    "requests.outcome_total": {"/requests/outcomes/total/natural_person": 1},
    "requests.row_total": {PERSON: 1},
    "remedies.total": {"/remedies/reconsideration/total": 1},
    "acts.stock": {f"{RULES_TABLE}/issued": 999},
    "acts.disclosed": {f"{RULES_TABLE}/newly_disclosed": 999},
    "items.remaining": {"/proactive_disclosure/charges/items_change": -999},
    "acts.rule_making_power": {f"{RULES_TABLE}/issued": 1, f"{RULES_TABLE}/newly_made": 1},
    "parts.present": {"/overview": " "},
    "problems.stated": {PROBLEMS: "无。"},
    "problems.complete": {PROBLEMS: "有问题。"},
    "overview.heads": {"/overview": "考核、评议、问责。"},
    "overview.government_duties": {"/overview": "主动公开。"},
    "overview.length": {"/overview": "字" * 1001},
    "litigation.direct_after_refusal": {"/remedies/litigation/direct/total": 1},
    "fees.stated": {"/other_matters": "正常。"},
    "fees.overdue": {"/other_matters": "无。"},
    "period.calendar_year": {"/period/end": "2000-12-31"},
    "dates.real": {"/published_on": "2025-02-30"},
    "deadline.department": {"/published_on": "2998-02-01"},
    "deadline.government": {"/published_on": "2998-04-01"},
    "edition.year": {YEAR: 2000},
}


def zeros(bench: Bench, prefix: str) -> Values:
    """Return zero for each cell below a pointer."""
    return {cell.pointer: 0 for cell in bench.edition.cells if cell.pointer.startswith(f"{prefix}/")}


def passing(bench: Bench, rule_id: str) -> Document:
    """Return a report on which the rule applies and holds."""
    return bench.with_values(PASSING[rule_id](bench) if rule_id in PASSING else {})


def failing(bench: Bench, rule_id: str) -> Document:
    """Return a report on which the rule applies and does not hold; only keys the form has are changed."""
    document = passing(bench, rule_id)
    for pointer, value in FAILING[rule_id].items():
        if pointer in bench.edition.cell_at or not pointer.startswith("/proactive_disclosure/"):
            document = with_value(document, pointer, value)
    if rule_id == "procurement.unit":
        document = with_value(document, f"{BOUGHT}_unit", None)
    return document


def active(bench: Bench) -> list[Rule]:
    """Return the rules that are in force."""
    return [rule for rule in bench.edition.rules if rule.status == "active"]


def without(document: Document, pointer: str) -> Document:
    """Return a copy with nothing at the pointer."""
    copy = deepcopy(document)
    parent, _, key = pointer.rpartition("/")
    holder = get_at(copy, parent)
    assert isinstance(holder, dict)
    del holder[key]
    return copy


def leaves(value: JSONValue, path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the pointer of everything in a document that is no object."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(child, (*path, key))
    else:
        yield join_pointer(path)


def variant(edition: Edition, rule_id: str, **changes: Any) -> Edition:
    """Return the edition with one rule changed."""
    published = edition.published_rules
    rules = [rule | changes if rule["id"] == rule_id else rule for rule in published["rules"]]
    return Edition(edition.form, {**published, "rules": rules}, edition.schema, edition.draft_schema)


def corpus(bench: Bench) -> Iterator[Document]:
    """Yield reports of every sort: good, blank, broken by each rule, with holes and with odd values."""
    yield bench.report
    yield blank(bench.edition)
    yield {}
    for rule in active(bench):
        yield failing(bench, rule.id)
    odd: list[JSONValue] = [
        None,
        "/",
        "",
        -1,
        10**15,
        Decimal("3.0"),
        Decimal("3.5"),
        True,
        [1, [2]],
        {"a": {}},
    ]
    for number, pointer in enumerate(leaves(bench.report)):
        if number % 9 == 0:
            yield bench.without(pointer)
            yield bench.with_values({pointer: odd[number // 9 % len(odd)]})
    yield bench.with_values({"/x-own": {"a": [1, {"b": None}]}, "/requests": "无", "/remedies": []})


def shape(rule: Rule, result: Result) -> tuple[Status, Reason | None]:
    """Return what a rule came to."""
    outcome = result.outcome(rule.id)
    return outcome.status, outcome.reason


def test_examples_cover_every_active_rule(bench: Bench) -> None:
    """Each rule in force has an example in these tests, so that a new one needs its own."""
    assert {rule.id for rule in active(bench)} <= set(FAILING)


def test_every_active_rule_can_pass(bench: Bench) -> None:
    """For each rule in force there is a report on which it holds."""
    for rule in active(bench):
        assert shape(rule, bench.checker.check(passing(bench, rule.id))) == (Status.PASS, None), rule.id


def test_every_active_rule_can_fail(bench: Bench) -> None:
    """For each rule in force there is a report on which it gives findings with words, law and cells."""
    for rule in active(bench):
        result = bench.checker.check(failing(bench, rule.id))
        assert shape(rule, result) == (Status.FAIL, None), rule.id
        found = [one for one in result.findings if one.rule == rule.id]
        assert len(found) == result.outcome(rule.id).instances[Status.FAIL]
        for finding in found:
            assert finding.severity == rule.severity
            assert (finding.basis, finding.advice) == (rule.basis, rule.advice)
            assert finding.basis
            assert finding.cells
            assert all(cell.label == bench.edition.label(cell.pointer) for cell in finding.cells)
            assert "{" not in finding.message.zh + finding.message.en
            assert "None" not in finding.message.zh + finding.message.en


@pytest.mark.parametrize("values", [{}, {PERSON: 10**9}, {PROBLEMS: "无"}], ids=["sound", "sum", "text"])
def test_first_report_is_judged_as_all_that_follow(bench: Bench, values: Values) -> None:
    """A checker that has seen no report yet, and takes no shortcut, gives the result that it gives later."""
    checker = Checker(bench.edition)
    document = bench.with_values(values)

    first, *later = (checker.check(document) for _ in range(3))

    assert later == [first, first]


def test_no_finding_is_given_twice(bench: Bench) -> None:
    """One report never gets two equal findings."""
    for rule in active(bench):
        findings = bench.checker.check(failing(bench, rule.id)).findings
        keys = [(one.rule, one.pointers, one.message) for one in findings]
        assert len(set(keys)) == len(keys), rule.id


def test_missing_operand_is_never_a_pass(bench: Bench) -> None:
    """A rule that holds no longer does when what it looks at is deleted, blanked, or a mark for a number."""
    together: dict[str, list[Rule]] = defaultdict(list)
    for rule in active(bench):
        if not isinstance(rule.test, SchemaTest):
            together[rule.id if rule.id in PASSING else ""].append(rule)
    for rule_id, rules in together.items():
        document = passing(bench, rule_id)
        looked_at: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            for pointer in bench.operands(rule):
                looked_at[pointer].append(rule)
        for pointer, concerned in looked_at.items():
            for name, changed in holes(bench, document, pointer):
                result = bench.checker.check(changed)
                for rule in concerned:
                    if (rule.id, name) != ("cells.filled", "mark"):  # a mark fills a cell, if wrongly
                        assert result.outcome(rule.id).status is not Status.PASS, (rule.id, name, pointer)


def holes(bench: Bench, document: Document, pointer: str) -> Iterator[tuple[str, Document]]:
    """Yield the report with nothing, null, and for a number a mark at the pointer."""
    yield "deleted", without(document, pointer)
    yield "blanked", with_value(document, pointer, None)
    if pointer in bench.edition.cell_at or pointer == YEAR:
        yield "mark", with_value(document, pointer, "/")


def test_sample_operands_are_all_there(bench: Bench) -> None:
    """Every pointer that a rule names leads to something in the sample report, so that it can be deleted."""
    present = set(leaves(bench.report)) | {section.pointer for section in bench.edition.sections}
    for rule in active(bench):
        assert bench.operands(rule) <= present, rule.id


def test_trial_rules_never_give_an_error(bench: Bench) -> None:
    """Whatever the report, a rule on trial gives no error and its outcome is at most a warning."""
    trial = {rule.id for rule in bench.edition.rules if rule.status == "trial"}
    assert trial
    for document in corpus(bench):
        result = bench.checker.check(document)
        assert all(one.severity != "error" for one in result.findings if one.rule in trial)
        assert all(result.outcome(rule).severity != "error" for rule in trial)


def test_trial_rules_say_what_they_lack(bench: Bench) -> None:
    """A rule on last year's report, on the parts or on text is not checked, and says what is missing."""
    result = bench.checker.check(bench.report)
    reasons = {
        "previous": Reason.NO_PREVIOUS_REPORT,
        "parts_sum": Reason.NO_PARTS,
        "text": Reason.NOT_YET_EVALUATED,
    }
    for rule in bench.edition.rules:
        if rule.status == "trial":
            reason = reasons[rule.id.partition(".")[0]]
            assert shape(rule, result) == (Status.NOT_CHECKED, reason), rule.id
    department = bench.check({KIND: "department"})
    assert department.outcome("parts_sum.requests").reason is Reason.CONDITION_NOT_MET


def test_error_on_trial_is_a_warning(bench: Bench) -> None:
    """The same failure of a rule put on trial is a warning, and the report conforms."""
    values: Values = {"/remedies/reconsideration/total": 1}
    assert bench.check(values).verdict is Verdict.DOES_NOT_CONFORM
    on_trial = Checker(variant(bench.edition, "remedies.total", status="trial")).check(
        bench.with_values(values)
    )
    (finding,) = on_trial.findings
    outcome = on_trial.outcome("remedies.total")
    assert (finding.severity, outcome.severity, outcome.lifecycle) == ("warning", "warning", "trial")
    assert outcome.status is Status.FAIL
    assert on_trial.verdict is Verdict.CONFORMS


def test_retired_rule_does_not_apply(bench: Bench) -> None:
    """A rule that is retired stays in the list and says so, even where it would fail."""
    edition = variant(bench.edition, "remedies.total", status="retired")
    result = Checker(edition).check(bench.with_values({"/remedies/reconsideration/total": 1}))
    outcome = result.outcome("remedies.total")
    assert (outcome.status, outcome.reason) == (Status.NOT_APPLICABLE, Reason.RETIRED)
    assert result.verdict is Verdict.CONFORMS


@pytest.mark.parametrize(
    ("rule_id", "test"),
    [
        ("cells.filled", {"kind": "cells", "require": "round"}),
        ("parts.present", {"kind": "text", "require": "rhymes", "at": ["/overview"]}),
    ],
)
def test_unknown_test_is_an_error_of_the_rule(bench: Bench, rule_id: str, test: Mapping[str, Any]) -> None:
    """A test that this program does not know gives no pass and no verdict, and no exception."""
    result = Checker(variant(bench.edition, rule_id, test=test)).check(bench.report)
    outcome = result.outcome(rule_id)
    assert (outcome.status, outcome.reason) == (Status.ERROR, Reason.RULE_BROKEN)
    assert result.verdict is Verdict.CANNOT_TELL


def test_broken_warning_does_not_hold_the_verdict_up(bench: Bench) -> None:
    """A rule that only warns cannot keep a report from conforming, even when it cannot be evaluated."""
    test = {"kind": "text", "require": "rhymes", "at": ["/overview"]}
    result = Checker(variant(bench.edition, "overview.heads", test=test)).check(bench.report)
    assert result.outcome("overview.heads").status is Status.ERROR
    assert result.verdict is Verdict.CONFORMS


def test_every_rule_has_an_outcome_in_order(bench: Bench) -> None:
    """The result lists every rule of the catalogue, in its order, on any report."""
    ids = [rule.id for rule in bench.edition.rules]
    for document in corpus(bench):
        assert [outcome.id for outcome in bench.checker.check(document).rules] == ids


def test_verdict_follows_from_findings_and_outcomes(bench: Bench) -> None:
    """An error decides; without one an open binding rule leaves it open; else the report conforms."""
    seen = set()
    for document in corpus(bench):
        result = bench.checker.check(document)
        binding = [one for one in result.rules if (one.severity, one.lifecycle) == ("error", "active")]
        failed = any(one.status is Status.FAIL for one in binding)
        assert (result.verdict is Verdict.DOES_NOT_CONFORM) == failed
        assert failed == (result.counts["error"] > 0)
        if result.verdict is Verdict.CONFORMS:
            held = {one.status for one in binding if one.reason is not Reason.NOT_STATED}
            assert held <= {Status.PASS, Status.NOT_APPLICABLE}
        seen.add(result.verdict)
    assert seen >= {Verdict.CONFORMS, Verdict.DOES_NOT_CONFORM}


def test_warnings_and_remarks_leave_a_report_conforming(bench: Bench) -> None:
    """A report with findings below an error conforms."""
    result = bench.check({"/overview": "字" * 1001 + "主动公开考核评议追究", "/other_matters": "正常。"})
    assert result.counts["error"] == 0
    assert result.counts["warning"] > 0
    assert result.counts["info"] == 1
    assert result.verdict is Verdict.CONFORMS


def test_unread_value_leaves_the_verdict_open(bench: Bench) -> None:
    """Whichever value could not be read, it gives no finding, and nobody says that the report conforms."""
    units = {cell.unit_pointer for cell in bench.edition.cells}
    marks = {"/spec_version", "/form_edition"}
    for pointer in leaves(bench.report):
        if pointer not in units | marks:
            result = bench.checker.check(bench.with_values({pointer: None}), origin=Origin(unread={pointer}))
            assert not result.findings, pointer
            assert result.verdict is Verdict.CANNOT_TELL, pointer


def test_error_beside_an_unread_value_decides(bench: Bench) -> None:
    """A report with an error does not conform, whatever else could not be read."""
    document = bench.with_values({"/overview": None, "/remedies/reconsideration/total": 1})
    result = bench.checker.check(document, origin=Origin(unread={"/overview"}))
    assert result.verdict is Verdict.DOES_NOT_CONFORM


def test_unread_date_counts_even_beside_dates_that_are_not_stated(bench: Bench) -> None:
    """A date that could not be read leaves the verdict open, though other dates are simply not stated."""
    document = bench.with_values({KIND: "other", **zeros(bench, RULES_TABLE)})
    del document["period"], document["published_on"]
    assert bench.checker.check(document).verdict is Verdict.CONFORMS
    assert (
        bench.checker.check(document, origin=Origin(unread={"/published_on"})).verdict is Verdict.CANNOT_TELL
    )


@pytest.mark.parametrize("pointer", [PERSON, "/overview", "/x-own", "/report_year"])
@pytest.mark.parametrize("value", [0.5, [{"a": 1.0}], float("nan")])
def test_binary_float_is_refused(bench_2021: Bench, pointer: str, value: object) -> None:
    """A binary float anywhere, also deep in keys of one's own, is an error of input with the way out."""
    document = with_value(bench_2021.report, pointer, value)  # type: ignore[arg-type]
    with pytest.raises(InputError) as caught:
        bench_2021.checker.check(document)
    assert caught.value.code == "document.float"
    assert "Decimal" in caught.value.wording.en


def test_documents_are_left_as_they_were(bench: Bench) -> None:
    """Checking changes nothing in the document it is given, not even the order of keys or a type."""
    for document in corpus(bench):
        before, words = deepcopy(document), repr(document)
        bench.checker.check(document, origin=Origin(unread={PERSON}))
        assert document == before
        assert repr(document) == words


def test_keys_of_ones_own_change_nothing(bench: Bench) -> None:
    """Keys beginning with x- in the report and in its tables leave the whole result as it was."""
    own: list[JSONValue] = [None, 1, "无", [1, "/"], {"total": -1, "x-": {}}]
    tables = [section.pointer for section in bench.edition.sections if section.rows]
    for document in corpus(bench):
        changed = document
        for number, parent in enumerate(["", *tables]):
            if isinstance(get_at(document, parent), dict):
                changed = with_value(changed, f"{parent}/x-own-{number}", own[number])
        assert changed != document
        assert bench.checker.check(changed) == bench.checker.check(document)


def test_malformed_key_of_ones_own_is_told(bench: Bench) -> None:
    """A key that only looks like one's own is unknown to the form."""
    for key in ("x-", "x-Own", "x-自己", "X-own", "x_own"):
        assert bench.finding("document.structure", {f"/{key}": 1}).pointers == (f"/{key}",)


def places(schema: Mapping[str, Any], root: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the pointers of all that the schema knows, in the order of the form."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for key, child in schema.get("properties", {}).items():
        yield join_pointer((*path, key))
        yield from places(child, root, (*path, key))


def test_findings_are_in_the_order_of_catalogue_and_form(bench: Bench) -> None:
    """Findings stand in the order of the rules, those of one rule in the order of the form."""
    rules = [rule.id for rule in bench.edition.rules]
    known = list(places(bench.edition.schema, bench.edition.schema))
    linear = {rule.id for rule in bench.rules(LinearTest)}  # these follow their instances
    document = bench.report
    holes: list[JSONValue] = [None, "/", -1, True]
    for number, cell in enumerate(bench.edition.cells):
        if number % 3 == 0:
            document = with_value(document, cell.pointer, holes[number // 3 % len(holes)])
    for pointer in ("/other_matters", "/requests/carried_forward/total", "/reporting_body/name"):
        document = without(document, pointer)
    document = with_value(with_value(document, "/overview", 3), "/title", 3)
    findings = bench.checker.check(document).findings
    assert len({one.rule for one in findings}) > 3
    order = [rules.index(one.rule) for one in findings]
    assert order == sorted(order)
    for rule in {one.rule for one in findings} - linear:
        own = [known.index(one.pointers[0]) for one in findings if one.rule == rule]
        assert own == sorted(own), rule


def test_order_of_keys_changes_nothing(bench: Bench) -> None:
    """The same report with its keys the other way round gets the same result."""

    def turned(value: JSONValue) -> JSONValue:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return value

    for document in corpus(bench):
        other = turned(document)
        assert isinstance(other, dict)
        assert bench.checker.check(other) == bench.checker.check(document)


def test_result_repeats_who_and_when(bench: Bench) -> None:
    """Body and year are taken from the report where it states them, and are None where it does not."""
    result = bench.checker.check(bench.report)
    assert (result.body, result.report_year) == ("某市人民政府", bench.report["report_year"])
    assert (result.spec_version, result.form_edition) == ("1.0", bench.edition.name)
    assert result.tool.startswith("disclosure-spec ")
    bare = bench.checker.check({})
    assert (bare.body, bare.report_year, bare.verdict) == (None, None, Verdict.DOES_NOT_CONFORM)
    odd = bench.check({YEAR: Decimal("2020.5"), "/reporting_body/name": 3})
    assert (odd.body, odd.report_year) == (None, None)
