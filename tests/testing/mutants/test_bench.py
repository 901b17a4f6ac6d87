"""Killing: the short way gives the same answer as asking the whole edition, and a weak suite kills less."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.edition import installed
from disclosure_spec.testing.comparing import compare
from disclosure_spec.testing.conformance import load_pack
from disclosure_spec.testing.judging import OwnJudge
from disclosure_spec.testing.mutants import Bench, Fate, Probe, Table, changed, mutants, render

if TYPE_CHECKING:
    from disclosure_spec.testing.conformance import Pack


@pytest.fixture(scope="module")
def suite() -> Pack:
    """Return the published cases of one edition."""
    return load_pack(Path(str(folder("suite")), installed().latest)).only(edition="2021")


def probes(suite: Pack) -> list[Probe]:
    """Return the cases as probes."""
    return [Probe(one.id, one.submission, one.expectation, one.group[2]) for one in suite.cases]


def test_what_kills_a_mutant_differs_when_the_whole_edition_is_asked(suite: Pack) -> None:
    """A mutant that is called killed answers the case otherwise than expected, which the edition does not."""
    edition = installed().edition("2021")
    bench = Bench(edition, probes(suite))
    for mutant in list(mutants(edition))[::997]:
        killer = bench.killer(mutant)
        assert killer is not None, mutant.id
        (own,) = OwnJudge((edition,)).judge((killer.submission,))
        assert compare(killer.expected, own, killer.submission.schema).differences == (), mutant.id
        (said,) = OwnJudge((changed(edition, mutant),)).judge((killer.submission,))
        assert compare(killer.expected, said, killer.submission.schema).differences, mutant.id


def test_what_survives_some_cases_is_answered_as_expected(suite: Pack) -> None:
    """A mutant that cases of another rule do not kill gives the whole expected answer to each of them."""
    edition = installed().edition("2021")
    few = [one for one in probes(suite) if one.about == "remedies.total"]
    bench = Bench(edition, few)
    for mutant in [one for one in mutants(edition) if one.rule == "acts.stock"][::19]:
        judge = OwnJudge((changed(edition, mutant),))
        wrong = [
            one.id
            for one, said in zip(few, judge.judge(one.submission for one in few), strict=True)
            if compare(one.expected, said, one.submission.schema).differences
        ]
        killer = bench.killer(mutant)
        assert (killer.id if killer else None) in {*wrong, None}
        assert bool(killer) == bool(wrong), mutant.id


def test_a_weakened_suite_leaves_survivors(suite: Pack) -> None:
    """Without the cases on rules the mutants of a rule go unnoticed, and the table names them."""
    edition = installed().edition("2021")
    weak = Bench(edition, [one for one in probes(suite) if not one.speaks_of_rules])
    changes = [one for one in mutants(edition) if one.rule == "remedies.total"]
    assert all(weak.killer(one) is None for one in changes)
    fates = (Fate(one.id, "2021", one.kind, one.place(edition), None, "probe", None) for one in changes)
    table = Table(tuple(fates))
    assert len(table.survivors) == len(changes)
    text = render(table, "en")
    assert all(one.id in text for one in changes)
    assert "not by the suite" in text


def test_a_case_that_the_edition_does_not_meet_kills_nothing(suite: Pack) -> None:
    """A case whose expectation is wrong is no evidence against a mutant."""
    edition = installed().edition("2021")
    mutant = next(
        one for one in mutants(edition) if one.kind == "severity_lowered" and one.rule == "remedies.total"
    )
    met = [one for one in probes(suite) if one.about == "remedies.total"]
    assert Bench(edition, met).killer(mutant)
    unmet = [
        Probe(
            one.id,
            one.submission,
            replace(one.expected, faults=frozenset(), statuses={}, verdict="cannot_tell"),
        )
        for one in met
        if one.expected.faults
    ]
    assert unmet
    assert Bench(edition, unmet).killer(mutant) is None
