"""The mutants of an edition: each changes one thing, and every place of every kind is changed."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.document import MISSING
from disclosure_spec.testing.mutants import KINDS, changed, mutants

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.mutants import Mutant

Published = tuple["Mapping[str, Any]", ...]


def published(edition: Edition) -> Published:
    """Return the published files of an edition that a mutant may change."""
    return edition.published_rules, edition.schema, edition.draft_schema


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield every value of a file with its path; lists and objects themselves only where empty."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    count = 0
    for key, one in inner:
        count += 1
        yield from leaves(one, (*path, key))
    if not count:
        yield path, value


@cache
def made(edition: Edition) -> tuple[Mutant, ...]:
    """Return the mutants of an edition, made once for all tests."""
    return tuple(mutants(edition))


def of(edition: Edition, kind: str) -> list[Mutant]:
    """Return the mutants of one kind."""
    return [one for one in made(edition) if one.kind == kind]


def test_ids_are_unique_and_the_order_is_fixed(edition: Edition) -> None:
    """No two mutants share an id, and a second run makes the same ones in the same order."""
    first = [one.id for one in made(edition)]
    assert len(set(first)) == len(first)
    assert [one.id for one in mutants(edition)] == first


def test_a_mutant_changes_one_file_and_leaves_the_edition_alone(edition: Edition) -> None:
    """Two of the three files stay the very same objects, and what is published is not touched."""
    before = deepcopy(published(edition))
    for mutant in made(edition)[::997]:
        same = [
            old is new
            for old, new in zip(published(edition), published(changed(edition, mutant)), strict=True)
        ]
        assert sorted(same) == [False, True, True], mutant.id
    assert published(edition) == before


def test_a_mutant_changes_one_thing(edition: Edition) -> None:
    """What does not stand at or behind the place of the change is as published."""
    for mutant in made(edition)[::997]:
        file = ("rules", "report", "draft").index(mutant.file)
        old, new = (
            dict(leaves(one)) for one in (published(edition)[file], published(changed(edition, mutant))[file])
        )
        # What follows in a list moves up when an item is dropped, so all of the list is left aside.
        is_item = mutant.value is MISSING and isinstance(mutant.path[-1], int)
        place = mutant.path[:-1] if is_item else mutant.path
        around = [path for path in {*old, *new} if path[: len(place)] != place and place[: len(path)] != path]
        assert [path for path in around if old.get(path) != new.get(path)] == [], mutant.id
        assert old != new, mutant.id


def test_every_mutated_edition_loads(edition: Edition) -> None:
    """A mutant is an edition that a checker can be given."""
    for mutant in made(edition)[::997]:
        assert changed(edition, mutant).name == edition.name


def test_every_kind_is_named(edition: Edition) -> None:
    """A mutant is of a kind that the table has a line for."""
    assert {one.kind for one in made(edition)} <= set(KINDS)


def test_every_term_is_dropped_flipped_and_weighed(edition: Edition) -> None:
    """Each term of an equation has a mutant without it, with the other sign, with another coefficient."""
    rules = edition.published_rules["rules"]
    instances = [one for rule in rules for one in rule["test"].get("instances", ())]
    terms = sum(len(one["terms"]) for one in instances)
    counted = Counter(one.kind for one in made(edition))
    assert counted["term_dropped"] == counted["sign_flipped"] == counted["coefficient_changed"] == terms
    assert counted["equation_dropped"] == len(instances)
    assert counted["relation_changed"] == 2 * len(instances)
    assert counted["rule_dropped"] == len(rules)


def test_a_swapped_cell_is_new_to_its_equation(edition: Edition) -> None:
    """The cell taken instead is one of the form that the equation did not have."""
    for mutant in of(edition, "cell_swapped"):
        _, rule, _, _, equation, *_ = mutant.path
        terms = edition.published_rules["rules"][rule]["test"]["instances"][equation]["terms"]
        assert mutant.value in edition.cell_at
        assert mutant.value not in {term[1] for term in terms}


def test_severities_are_lowered(edition: Edition) -> None:
    """Every error becomes a warning and every warning an info."""
    lower = {"error": "warning", "warning": "info"}
    wanted = {rule.id: lower[rule.severity] for rule in edition.rules if rule.severity in lower}
    assert {one.rule: one.value for one in of(edition, "severity_lowered")} == wanted


@pytest.mark.parametrize("name", ["schema", "draft_schema"])
def test_every_required_key_is_let_off(edition: Edition, name: str) -> None:
    """Each name in each `required` of a schema has a mutant of its own."""
    required = [path for path, _ in leaves(getattr(edition, name)) if path[-2:-1] == ("required",)]
    file = "report" if name == "schema" else "draft"
    assert [one.path for one in of(edition, "key_not_required") if one.file == file] == required


def test_places_are_told_in_both_languages(edition: Edition) -> None:
    """Where a mutant differs is said in words."""
    for mutant in made(edition)[::997]:
        place = mutant.place(edition)
        assert place.zh, mutant.id
        assert place.en, mutant.id
