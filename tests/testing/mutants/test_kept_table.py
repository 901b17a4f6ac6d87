"""The kept table: its numbers are those of the mutants there are, and a sample of them is killed again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.edition import installed
from disclosure_spec.testing.conformance import load_pack
from disclosure_spec.testing.mutants import KINDS, REASONS, Sameness, mutants, run

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.mutants import Table

KEPT = Path(__file__).parents[2] / "mutants.txt"


@pytest.fixture(scope="module", params=installed().editions(), ids=lambda one: one.name)
def sample(request: pytest.FixtureRequest) -> Table:
    """Return what becomes of a sample of the mutants, some called equivalent for each reason among them."""
    suite = load_pack(Path(str(folder("suite")), installed().latest)).only(edition=request.param.name)
    return run([request.param], suite=suite, every=1009)


@pytest.mark.parametrize("edition", installed().editions(), ids=lambda one: one.name)
def test_numbers_of_mutants_are_those_kept(edition: Edition) -> None:
    """Each kind has as many mutants, and as many equivalent ones, as the kept table says."""
    block = KEPT.read_text(encoding="utf-8").split(f"Edition {edition.name}\n")[1].split("\n\n")[0]
    kept = {}
    for line in block.splitlines()[1:]:
        *words, found, _, _, equivalent = line.split()
        kept[" ".join(words)] = int(found), int(equivalent)
    same = Sameness(edition)
    made = list(mutants(edition))
    counted = Counter(one.kind for one in made)
    equal = Counter(one.kind for one in made if same.reason(one))
    wanted = {KINDS[kind].en: (count, equal[kind]) for kind, count in counted.items()}
    assert kept == {**wanted, "all": (len(made), equal.total())}


def test_every_mutant_is_killed() -> None:
    """By the kept table the suite and the properties each notice whatever is not equivalent."""
    lines = [line.split() for line in KEPT.read_text(encoding="utf-8").splitlines()]
    totals = [[int(one) for one in words[1:]] for words in lines if words[:1] == ["all"]]
    assert len(totals) == len(installed().names()) + 1
    for found, by_suite, by_properties, equivalent in totals:
        assert by_suite == by_properties == found - equivalent


def test_sample_is_killed(sample: Table) -> None:
    """The mutants of the sample are noticed again, by the suite alone and by the properties alone."""
    assert len(sample.fates) > len(REASONS)
    assert [one.id for one in sample.survivors] == []


def test_equivalent_mutants_are_killed_by_nothing(sample: Table) -> None:
    """No case and no probe tells a mutant called equivalent from the edition, for each of the reasons."""
    equivalent = [one for one in sample.fates if one.equivalent]
    assert {one.equivalent for one in equivalent} == set(REASONS)
    assert [one.id for one in equivalent if one.suite or one.properties] == []
