"""Systems that are wrong in one way each, for properties that must notice."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.edition import Edition, installed
from disclosure_spec.testing.judging import OwnJudge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from disclosure_spec.testing.judging import Judgement, Submission


@dataclass(frozen=True)
class Twisted:
    """Judge as our checker does, after a change to the report or to what is said of it."""

    own: OwnJudge
    before: Callable[[Submission], Submission]
    after: Callable[[Submission, Judgement], Judgement]

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield what is said of each."""
        for one in submissions:
            (judgement,) = self.own.judge([self.before(one)])
            yield self.after(one, judgement)


@pytest.fixture(scope="session")
def edition() -> Edition:
    """Return an edition with every kind of rule."""
    return installed().edition("2021")


@pytest.fixture(scope="session")
def twisted(edition: Edition) -> Callable[..., Twisted]:
    """Return the maker of systems that change the report before, or the judgement after."""
    own = OwnJudge([edition])

    def make(
        before: Callable[[Submission], Submission] = lambda one: one,
        after: Callable[[Submission, Judgement], Judgement] = lambda _, one: one,
    ) -> Twisted:
        return Twisted(own, before, after)

    return make


@pytest.fixture(scope="session")
def changed() -> Callable[..., Edition]:
    """Return the maker of editions with one rule changed."""

    def make(edition: Edition, rule: str, change: Callable[[dict[str, Any]], None]) -> Edition:
        rules = deepcopy(dict(edition.published_rules))
        change(next(one for one in rules["rules"] if one["id"] == rule))
        return Edition(edition.form, rules, edition.schema, edition.draft_schema)

    return make


@pytest.fixture(scope="session")
def invented(edition: Edition) -> Edition:
    """Return an edition nobody has published: other names for its sections, rows and columns."""
    names = {"requests": "hotline", "received": "taken", "natural_person": "callers", "total": "together"}
    made = []
    for published in (edition.form, edition.published_rules, edition.schema, edition.draft_schema):
        text = json.dumps(published, ensure_ascii=False)
        for old, new in names.items():
            for before, after in (('"', '"'), ("/", "/"), ("/", '"')):
                text = text.replace(f"{before}{old}{after}", f"{before}{new}{after}")
        made.append(json.loads(text))
    form, rules, schema, draft = made
    form["form_edition"] = "2099"
    rules["rules"] = [one for one in rules["rules"] if one["id"] != "cells.numbers"]
    for one in (schema, draft):
        one["properties"]["form_edition"] = {"const": "2099"}
    return Edition(form, rules, schema, draft)
