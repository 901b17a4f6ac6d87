"""A blank is not zero, a mark is no number, and nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from disclosure_spec.document import get_at, with_value
from disclosure_spec.rules import CellsTest, LinearTest
from disclosure_spec.testing.comparing import missing
from disclosure_spec.testing.consistent import documents, drafts
from disclosure_spec.testing.judging import Expectation, Fault, Submission
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.properties.conforming import as_draft
from disclosure_spec.testing.properties.law import Flaw, Property, Trial, expecting
from disclosure_spec.testing.properties.reports import own, refusal, replaced
from disclosure_spec.testing.properties.words import clause, title
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Rule
    from disclosure_spec.testing.judging import Judgement

_MARKS: Final = ("/", "-", "—", "无", "", " ", "12abc", "１２", "1,234", "3件", "十")
_NO_DRAFT: Final = Wording("草稿的数据结构不接受", "refused by the schema of drafts")
_A_REPORT: Final = Wording("正式报告的数据结构接受了草稿", "accepted by the schema of reports")
_PASSED: Final = Wording("{rule}：有空白，状态却是“通过”", "{rule}: pass with a blank in it")
_FAILED: Final = Wording(
    "{rule}：有空白，却判为不通过： {places}", "{rule}: fail with a blank in it: {places}"
)


def blanks(edition: Edition) -> Iterator[Property]:
    """Yield the laws on what is not a number."""
    whole = documents(edition) | documents(edition, sparse=False)
    pointers = st.sampled_from([cell.pointer for cell in edition.cells])
    made = {
        "draft": (drafts(edition).map(lambda one: _draft(edition, one)), 15),
        "blank": (st.builds(lambda one, at: expecting(_blank(edition, one, at)), whole, pointers), 15),
        "mark": (
            st.builds(
                lambda one, at, mark: expecting(_mark(edition, one, at, mark)),
                whole,
                pointers,
                st.sampled_from([None, *_MARKS]),
            ),
            20,
        ),
    }
    for name, (trials, examples) in made.items():
        yield Property(name, edition.name, title(name), *clause(name), trials, examples)


def _draft(edition: Edition, document: Document) -> Trial:
    """Expect a draft to be one, its blanks to be told, and no equation over one to be decided."""
    empty = {cell.pointer for cell in edition.cells if get_at(document, cell.pointer) is None}
    told = [_told(edition, "filled", one) for one in empty]
    lines = _equations(edition)
    # Without optional keys: one that names the schema of drafts would be another fault.
    report = {key: value for key, value in document.items() if key in edition.schema["required"]}
    # A report too may leave blank what its form need not print, such as a unit.
    barred = any(
        get_at(report, node.pointer) is None and "null" not in node.schema.get("type", ())
        for node in kit_of(edition).layout.nodes
    )

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        as_draft_, as_report = judgements
        if as_draft_.valid is False:
            yield Flaw(_NO_DRAFT)
        if as_report.valid and barred:
            yield Flaw(_A_REPORT)
        for one in told:
            if one and as_report.faults is not None and one not in as_report.faults:
                yield Flaw(missing(one).wording)
        for rule, line in lines:
            if {term.pointer for term in line.terms} & empty:
                yield from _undecided(rule, line, as_report)

    return Trial(
        (Submission(edition.name, document, "draft"), Submission(edition.name, report)),
        verify,
    )


def _undecided(rule: Rule, equation: Equation, judgement: Judgement) -> Iterator[Flaw]:
    if (judgement.statuses or {}).get(rule.id) == "pass":
        yield Flaw(_PASSED.fill(rule=rule.id))
    pointers = tuple(sorted({term.pointer for term in equation.terms}))
    if any(one.rule == rule.id and one.pointers == pointers for one in judgement.faults or ()):
        yield Flaw(_FAILED.fill(rule=rule.id, places=" ".join(pointers)))


def _blank(edition: Edition, document: Document, at: str) -> Iterator[tuple[Submission, Expectation]]:
    """Yield a report with one cell blank, and that its equations are open; with zero they are decided."""
    statuses = dict.fromkeys((rule.id for rule in _alone(edition, at)), "not_checked")
    blank = with_value(document, at, None)
    yield (
        Submission(edition.name, blank),
        Expectation(valid=False, verdict=refusal(edition), faults=_tell(edition, "filled", at)),
    )
    yield (
        Submission(edition.name, as_draft(edition, blank), "draft"),
        Expectation(valid=True, statuses=statuses),
    )
    # Every equation holds for nought alone, so that only the blank can leave one open.
    zeros: dict[str, JSONValue] = dict.fromkeys((cell.pointer for cell in edition.cells), 0)
    decided = dict.fromkeys(statuses, "pass")
    yield Submission(edition.name, replaced(document, zeros)), Expectation(valid=True, statuses=decided)
    opened = {**zeros, at: None}
    yield Submission(edition.name, replaced(document, opened)), Expectation(valid=False, statuses=statuses)


def _mark(
    edition: Edition, document: Document, at: str, mark: str | None
) -> Iterator[tuple[Submission, Expectation]]:
    """Yield a report with a mark in one cell, or its own number written as a text."""
    text = str(get_at(document, at)) if mark is None else mark
    marked = with_value(document, at, text)
    expected = Expectation(
        valid=False,
        verdict=refusal(edition),
        faults=_tell(edition, "number", at),
        statuses=dict.fromkeys((rule.id for rule in _alone(edition, at)), "not_checked"),
    )
    yield Submission(edition.name, marked), expected
    yield Submission(edition.name, as_draft(edition, marked), "draft"), Expectation(valid=False)


def _tell(edition: Edition, require: str, at: str) -> frozenset[Fault] | None:
    fault = _told(edition, require, at)
    # A rule whose condition looks at the cell may come to apply, and to find more.
    conditional = any(
        at in condition.pointers
        for rule in edition.rules
        for every in rule.applies_when
        for condition in every
    )
    return frozenset([fault]) if fault and not conditional else None


def _told(edition: Edition, require: str, at: str) -> Fault | None:
    """Return the finding on a cell that is not filled in, or holds no number; None if no rule has it."""
    for rule in edition.rules:
        if rule.status == "active" and isinstance(rule.test, CellsTest) and rule.test.require == require:
            return Fault.at(rule.id, rule.severity, [at])
    return None


def _equations(edition: Edition) -> list[tuple[Rule, Equation]]:
    return [
        (rule, one)
        for rule in edition.rules
        if isinstance(rule.test, LinearTest) and rule.status == "active" and not rule.applies_when
        for one in rule.test.equations
        if own(one)
    ]


def _alone(edition: Edition, at: str) -> list[Rule]:
    """Return the rules that say nothing at all with this cell blank, since their other equations hold."""
    over = (rule for rule, one in _equations(edition) if at in {term.pointer for term in one.terms})
    return list(dict.fromkeys(over))
