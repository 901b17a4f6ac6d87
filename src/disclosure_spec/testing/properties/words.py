"""The title of each property and the words it rests on, from `laws.yaml` or from the data of an edition."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from disclosure_spec.testing.properties.law import Clause
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Rule


def title(name: str, **values: object) -> Wording:
    """Return the title of a law, with its fields filled."""
    return Wording.from_json(_data()["laws"][name]["title"]).fill(**values)


def clause(name: str) -> Clause:
    """Return the words that a law of every edition rests on."""
    quoted = _data()["clauses"][_data()["laws"][name]["clause"]]
    return Clause(Wording.from_json(quoted), Wording.from_json(_data()["sources"][quoted["source"]]))


def clause_of(rule: Rule, edition: Edition) -> Clause:
    """Return the words a rule of an edition rests on; its title where only the place of them is known."""
    # Only words that are quoted prove anything; a bare reference is shown as the source of the rule's title.
    wording = rule.basis[0].wording
    named = edition.form["sources"].get(rule.basis[0].source)
    if named and not wording.zh.startswith(named["zh"]):
        return Clause(wording, Wording.from_json(named))
    parts = wording.zh.partition("："), wording.en.partition(": ")
    if not named and all(text for _, _, text in parts):
        return Clause(Wording(parts[0][2], parts[1][2]), Wording(parts[0][0], parts[1][0]))
    return Clause(rule.title, wording)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    text = files(__package__).joinpath("laws.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
