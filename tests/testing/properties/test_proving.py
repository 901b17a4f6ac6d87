"""Proofs: the properties hold, a seed gives the same examples, a counterexample is small and readable."""

from __future__ import annotations

import doctest
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st

from disclosure_spec.edition import installed
from disclosure_spec.testing import properties as package
from disclosure_spec.testing.judging import Judgement, OwnJudge
from disclosure_spec.testing.properties import (
    Property,
    proof_as_json,
    properties,
    prove,
    put_to_the_test,
    render,
)
from disclosure_spec.testing.properties.rendering import changes
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.judging import Submission
    from disclosure_spec.testing.properties import Line, Proof

FEW = 1


class Recorder:
    """Judge by our checker and keep what was given."""

    def __init__(self, edition: Edition) -> None:
        self.own = OwnJudge([edition])
        self.given: list[str] = []

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield what our checker says of each."""
        for one in submissions:
            self.given.append(repr(one))
            yield from self.own.judge([one])


def recorded(edition: Edition, seed: int) -> tuple[Proof, list[str]]:
    """Return a proof of some properties, and the reports it was made with."""
    judge = Recorder(edition)
    wanted = {"sum", "few_seen", "names", "chain"}
    return prove(
        [edition], judge=judge, seed=seed, examples=10, only=lambda one: one.id in wanted
    ), judge.given


def test_every_property_holds() -> None:
    """Each property of each published edition holds."""
    done: list[tuple[int, int]] = []
    # The statement has tests of its own, in which the checker agrees with every clause of it.
    proof = prove(
        installed(),
        examples=FEW,
        only=lambda one: not one.id.startswith("stated:"),
        progress=lambda _, count, whole: done.append((count, whole)),
    )
    assert [(one.law.edition, one.law.id, one.failure) for one in proof.lines if one.failure] == []
    assert proof.held
    assert done == [(at + 1, len(proof.lines)) for at in range(len(proof.lines))]
    assert {line.law.edition for line in proof.lines} == {*installed().names()}
    assert all(line.tried and line.reports for line in proof.lines)


def test_draft_that_could_be_filed_is_no_flaw() -> None:
    """A draft in which only what a report may leave blank is blank breaks no law."""
    proof = prove(installed(), seed=3, only=lambda one: one.id == "draft")
    assert [(one.law.edition, one.failure) for one in proof.lines if one.failure] == []


def test_edition_nobody_published_has_its_laws(edition: Edition, invented: Edition) -> None:
    """An edition with other names has the same laws without new code, but for the statement."""
    apart = ("stated", "broken:cells.numbers")
    wanted = {one.id for one in properties(edition) if not one.id.startswith(apart)}
    assert {one.id for one in properties(invented)} == wanted
    proof = prove([invented], examples=FEW, only=lambda one: ":" not in one.id)
    assert [(one.law.id, one.failure) for one in proof.lines if one.failure] == []


def test_laws_follow_the_data(edition: Edition, changed: Callable[..., Edition]) -> None:
    """Without sums in its rules an edition has no laws about them."""

    def retire(rule: dict[str, Any]) -> None:
        rule["status"] = "retired"

    for rule in ("requests.balance", "requests.outcome_total", "requests.row_total", "remedies.total"):
        edition = changed(edition, rule, retire)
    ids = {one.id for one in properties(edition)}
    assert not ids & {"defects_add", "columns_exchanged", "each_seen", "broken:remedies.total"}
    assert {"sum", "consistent", "bound"} <= ids


def test_same_seed_gives_the_same_proof(edition: Edition) -> None:
    """A seed gives the same examples again, and another seed gives others."""
    proof, given = recorded(edition, 1)
    again, same = recorded(edition, 1)
    _, others = recorded(edition, 2)
    assert (again, same) == (proof, given)
    assert others != given


def test_properties_quote_what_they_rest_on() -> None:
    """Each property has a name of its own, a title, and words with their source, in both languages."""
    for edition in installed().editions():
        found = properties(edition)
        assert len({one.id for one in found}) == len(found)
        for one in found:
            for words in (one.title, one.clause, one.source):
                assert all(words.get(language).strip() for language in LANGUAGES)
                assert "{" not in words.zh + words.en


def test_counterexample_is_small(edition: Edition, changed: Callable[..., Edition]) -> None:
    """A rule that lacks one term is caught with one wrong number in an otherwise nearly empty report."""

    def shorten(rule: dict[str, Any]) -> None:
        del rule["test"]["instances"][3]["terms"][2]

    wrong = changed(edition, "requests.row_total", shorten)
    proof = prove([edition], judge=OwnJudge([wrong]), only=lambda one: one.id == "few_seen")
    for line in proof.lines:
        assert line.failure
        (submission,) = line.failure.submissions
        cells = [at for at, _ in changes(edition, submission.document) if at in edition.cell_at]
        assert len(cells) <= 8


def test_one_equation_unlike_its_neighbours_is_found(
    edition: Edition, changed: Callable[..., Edition]
) -> None:
    """An edition is held against itself: what most rows obey is asked of the row whose equation differs."""

    def shorten(rule: dict[str, Any]) -> None:
        del rule["test"]["instances"][3]["terms"][2]

    wrong = changed(edition, "requests.row_total", shorten)
    (line,) = prove([wrong], only=lambda one: one.id == "each_seen", shrink=False).lines
    assert line.failure


class Silent:
    """Judge nothing."""

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield nothing."""
        del submissions
        return iter(())


class Broken:
    """Have no answer."""

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield that something went wrong."""
        return iter([Judgement(problem="time limit") for _ in submissions])


@pytest.mark.parametrize(
    ("judge", "words"), [(Silent(), "2 reports given, 0 judged"), (Broken(), "time limit")]
)
def test_no_answer_is_a_failure(edition: Edition, judge: Any, words: str) -> None:
    """A system that leaves reports out, or has no answer, fails with its words."""
    (line,) = prove([edition], judge=judge, only=lambda one: one.id == "consistent").lines
    assert line.failure
    assert [one.en for one in line.failure.problems] == [words]


SPEAKS = {"consistent", "blank", "draft", "sum", "defects_add", "rows_exchanged", "few_seen", "repeated"}
"""Laws of each kind, of verdicts and of what else is said."""


class OnlyVerdict:
    """Say the verdict and nothing else."""

    def __init__(self, edition: Edition) -> None:
        self.own = OwnJudge([edition])

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield the verdict."""
        return (Judgement(verdict=one.verdict) for one in self.own.judge(submissions))


def test_verdicts_alone_can_be_proved(edition: Edition) -> None:
    """What a system does not say is not held against it."""
    proof = prove([edition], judge=OnlyVerdict(edition), examples=FEW, only=lambda one: one.id in SPEAKS)
    assert [(one.law.id, one.failure) for one in proof.lines if one.failure] == []


def line_of(trials: st.SearchStrategy[Any], edition: Edition) -> Line:
    """Return what becomes of a property with these trials."""
    words = Wording("甲", "a")
    return put_to_the_test(Property("own", edition.name, words, words, words, trials), Broken())


def test_health_checks_stay_on(edition: Edition) -> None:
    """Trials that nearly all have to be thrown away fail by Hypothesis' own check."""
    line = line_of(st.integers().filter(lambda _: False), edition)
    assert line.failure
    assert any(one in line.failure.problems[0].en for one in ("FailedHealthCheck", "Unsatisfiable"))
    assert line.failure.submissions == ()


VERDICT = Wording("结论：应为不符合，答为符合", "verdict: does_not_conform expected, conforms said")


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_shows_counterexamples(edition: Edition, language: Any, twisted: Callable[..., Any]) -> None:
    """Every line of the table fits, and below a failure stands what is wrong and where the report differs."""
    blind = twisted(after=lambda *_: Judgement(valid=True, verdict="conforms", faults=frozenset()))
    proof = prove([edition], judge=blind, only=lambda one: one.id in {"sum", "few_seen"})
    lines = render(proof, language).splitlines()
    held, failed = (next(one for one in lines if f" {name} " in one) for name in ("sum", "few_seen"))
    assert {"zh": "成立", "en": "held"}[language] in held
    assert {"zh": "不成立", "en": "FAILED"}[language] in failed
    below = lines[lines.index(failed) + 1 :]
    assert below[0].strip() == VERDICT.get(language)
    assert any(" = " in one and one.strip().startswith("/") for one in below)
    assert lines[-1].startswith({"zh": "2条性质，1条不成立", "en": "2 properties, 1 failed"}[language])


def test_json_has_the_whole_report(edition: Edition, twisted: Callable[..., Any]) -> None:
    """The proof as JSON names each property, and holds the reports of a counterexample whole."""
    blind = twisted(after=lambda *_: Judgement(verdict="conforms"))
    made = proof_as_json(prove([edition], judge=blind, only=lambda one: one.id in {"sum", "few_seen"}))
    held, failed = sorted(made["properties"], key=lambda one: str(one["outcome"]), reverse=True)
    assert (made["held"], held["outcome"], held["counterexample"]) == (False, "held", None)
    assert failed["counterexample"]["problems"][0] == VERDICT.as_json()
    (report,) = failed["counterexample"]["reports"]
    assert report["document"]["form_edition"] == edition.name
    assert all({*one} == {"at", "value"} for one in report["changes"])
    assert json.loads(json.dumps(made, default=lambda one: float(one) if isinstance(one, Decimal) else None))


def test_examples_in_docstrings_run() -> None:
    """Every example in the docstrings gives what it says."""
    assert doctest.testmod(package).failed == 0
