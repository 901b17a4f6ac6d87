"""Every property notices a system that is wrong in its way: one that cannot fail proves nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pytest

from disclosure_spec.document import get_at
from disclosure_spec.testing.judging import Fault, Judgement
from disclosure_spec.testing.properties import properties, prove

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.judging import Submission

Twist = dict[str, Any]

STRANGE: Final = Fault("own.rule", "error", ("/",))


def accepts_all(_: Submission, said: Judgement) -> Judgement:
    """Find nothing wrong in anything."""
    statuses = dict.fromkeys(said.statuses or (), "pass")
    return Judgement(valid=True, verdict="conforms", faults=frozenset(), statuses=statuses)


def refuses_all(_: Submission, said: Judgement) -> Judgement:
    """Find every rule broken in anything."""
    faults = frozenset(Fault(rule, "error", ("/",)) for rule in said.statuses or ())
    return Judgement(valid=False, verdict="does_not_conform", faults=faults, statuses=said.statuses)


def complains(when: Callable[[Submission], bool]) -> Twist:
    """Return a system that complains of reports it should not complain of."""
    return {
        "after": lambda one, said: (
            replace(said, faults=said.faults | {STRANGE}, verdict="does_not_conform") if when(one) else said
        )
    }


def cells(change: Callable[[JSONValue], JSONValue], year: str = "report_year") -> Twist:
    """Return a system that reads values wrongly."""
    return {
        "before": lambda one: replace(
            one,
            document={
                key: value if key == year else ends(value, change) for key, value in one.document.items()
            },
        )
    }


def ends(value: Any, change: Callable[[JSONValue], JSONValue]) -> Any:
    """Return a value with each of its ends changed."""
    return (
        {key: ends(one, change) for key, one in value.items()} if isinstance(value, dict) else change(value)
    )


def ignores(key: str) -> Twist:
    """Return a system that finds nothing where a row or column is concerned."""

    def after(_: Submission, said: Judgement) -> Judgement:
        kept = {one for one in said.faults or () if not any(f"/{key}" in at for at in one.pointers)}
        return replace(said, faults=frozenset(kept))

    return {"after": after}


def narrow(value: JSONValue) -> JSONValue:
    """Return a number as one of sixteen bits."""
    return value % 2**16 if isinstance(value, int) and not isinstance(value, bool) else value


def spoils(one: Submission) -> Submission:
    """Leave a mark in the report given."""
    one.document["x-seen"] = True
    return one


def forgets(of: str) -> Twist:
    """Return a system that says nothing of its own where another report is given."""

    def after(one: Submission, said: Judgement) -> Judgement:
        return replace(said, faults=frozenset()) if getattr(one, of) else said

    return {"after": after}


def has_a_long_name(one: Submission) -> bool:
    """Tell whether the body's name has more than five characters."""
    return len(str(get_at(one.document, "/reporting_body/name"))) > 5


def believes(one: Submission, said: Judgement) -> Judgement:
    """Find nothing where the words claim some numbers."""
    return replace(said, faults=frozenset()) if "9999" in str(one.document.get("overview")) else said


def lenient_from_2025(one: Submission, said: Judgement) -> Judgement:
    """Let everything pass from a certain year on."""
    year = one.document.get("report_year")
    late = isinstance(year, int) and year >= 2025
    return replace(said, statuses=dict.fromkeys(said.statuses or (), "pass")) if late else said


class Tired:
    """Complain of every report after the first."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _: Submission, said: Judgement) -> Judgement:
        """Count, and complain."""
        self.count += 1
        return replace(said, faults=(said.faults or frozenset()) | {STRANGE}) if self.count % 2 == 0 else said


TWISTS: Final[dict[str, tuple[Twist, str]]] = {
    "accepts everything": (
        {"after": accepts_all},
        (
            "broken constraint draft blank mark stated coefficient bound each_seen few_seen chain_broken"
            " parts_error"
        ),
    ),
    "refuses everything": (
        {"after": refuses_all},
        (
            "consistent warnings sum scaled column_emptied moved_down moved_across both_sides with_total"
            " chain parts_sum"
        ),
    ),
    "sixteen bits": (cells(narrow), "sum scaled defects_add defects_scale"),
    "blank is zero": (cells(lambda one: 0 if one is None else one), "draft blank constraint"),
    "text is read as its number": (
        cells(lambda one: int(one) if isinstance(one, str) and one.isdecimal() else one),
        "mark",
    ),
    "one column ignored": (ignores("research_institution"), "columns_exchanged each_seen few_seen broken"),
    "one row ignored": (ignores("requests/received"), "rows_exchanged each_seen"),
    "3.0 is no whole number": (
        cells(lambda one: str(one) if isinstance(one, Decimal) and str(one)[-1] == "0" else one),
        "notation",
    ),
    "order of keys": (complains(lambda one: next(iter(one.document), "") == "other_matters"), "order"),
    "own keys": (complains(lambda one: any(key.startswith("x-") for key in one.document)), "own_keys"),
    "short names": (complains(has_a_long_name), "names consistent"),
    "reads words": ({"after": believes}, "prose"),
    "changes the report": ({"before": spoils}, "untouched"),
    "tires": ({"after": Tired()}, "repeated"),
    "dates of one year": ({"after": lenient_from_2025}, "year"),
    "forgets": (forgets("previous"), "own_findings chain_broken"),
    "first of the parts": (
        {"before": lambda one: replace(one, parts=one.parts[:1])},
        "parts_order parts_merged parts_sum",
    ),
}
"""Systems that are wrong in one way, and the kinds of properties that must notice."""


@pytest.mark.parametrize("name", TWISTS)
def test_wrong_system_is_found(name: str, edition: Edition, twisted: Callable[..., Any]) -> None:
    """Each property that speaks of what a system does wrong does not hold, for each rule it is about."""
    twist, named = TWISTS[name]
    kinds = named.split()
    proof = prove(
        [edition],
        judge=twisted(**twist),
        shrink=False,
        examples=100,
        only=lambda one: one.id in kinds or (one.id.split(":")[0] in kinds and one.id in SAMPLES),
    )
    assert proof.lines
    assert [line.law.id for line in proof.lines if not line.failure] == []


SAMPLES: Final = ("broken:requests.row_total", "constraint:type", "stated:requests.row_total")
"""One of each kind of which there is one for each rule or keyword."""


def test_every_property_can_fail(edition: Edition) -> None:
    """There is a wrong system for every kind of property."""
    noticed = {kind for _, kinds in TWISTS.values() for kind in kinds.split()}
    assert {one.id.split(":")[0] for one in properties(edition)} == noticed


def test_every_rule_and_keyword_is_missed(edition: Edition, twisted: Callable[..., Any]) -> None:
    """A system that finds nothing fails on every rule that can be broken and every keyword."""
    proof = prove(
        [edition],
        judge=twisted(after=accepts_all),
        shrink=False,
        only=lambda one: one.id.startswith(("broken:", "constraint:")),
    )
    assert [line.law.id for line in proof.lines if not line.failure] == []
