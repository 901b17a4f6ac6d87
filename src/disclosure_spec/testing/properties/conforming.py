"""Consistent reports pass every rule, and each rule that is broken says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from disclosure_spec.rules import SchemaTest
from disclosure_spec.testing.breaking import breakable, inconsistent
from disclosure_spec.testing.comparing import Difference, unexpected
from disclosure_spec.testing.consistent import documents
from disclosure_spec.testing.judging import Expectation, Submission
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.layout import Layout
from disclosure_spec.testing.properties.law import Flaw, Property, Trial, expecting, unmet
from disclosure_spec.testing.properties.reports import operands
from disclosure_spec.testing.properties.words import clause, clause_of, title
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Rule
    from disclosure_spec.testing.broken import Broken
    from disclosure_spec.testing.judging import Fault, Judgement

_COUNT: Final = Wording("{rule}：应有1个问题，指出了{count}个", "{rule}: {count} findings, one expected")
_ELSEWHERE: Final = Wording(
    "{rule}：改动的是 {changed}，指出的是 {found}", "{rule}: {found} found, {changed} changed"
)


def conforming(edition: Edition) -> Iterator[Property]:
    """Yield the laws on reports without fault, then one for each rule that can be broken."""
    # Mostly empty ones as well as full ones: small bodies file nearly nothing.
    whole = documents(edition) | documents(edition, sparse=False)
    yield Property(
        "consistent",
        edition.name,
        title("consistent"),
        *clause("consistent"),
        whole.map(lambda one: expecting(_passes(edition, one))),
        25,
    )
    yield Property(
        "warnings",
        edition.name,
        title("warnings"),
        *clause("warnings"),
        documents(edition, strict=False).map(lambda one: _only_warns(edition, one)),
        15,
    )
    for rule_id in breakable(edition):
        rule = edition.rule(rule_id)
        yield Property(
            f"broken:{rule_id}",
            edition.name,
            title("broken", rule=rule.title),
            *clause_of(rule, edition),
            inconsistent(edition, rule_id).map(partial(_is_seen, edition, rule)),
            4,
        )


def as_draft(edition: Edition, document: Document) -> Document:
    """Return a report that names the schema of drafts where it names one."""
    constants = {
        node.pointer[1:]: node.schema["const"]
        for node in _draft_layout(edition).nodes
        if "const" in node.schema and node.pointer.count("/") == 1
    }
    return {key: constants.get(key, value) for key, value in document.items()}


def _draft_layout(edition: Edition) -> Layout:
    return Layout(edition.draft_schema)


def _passes(edition: Edition, document: Document) -> Iterator[tuple[Submission, Expectation]]:
    statuses = {rule.id: "not_applicable" for rule in edition.rules if rule.status == "retired"}
    statuses |= {
        rule.id: "pass"
        for rule in edition.rules
        if rule.status == "active" and not rule.applies_when and _is_whole(edition, rule)
    }
    yield (
        Submission(edition.name, document),
        Expectation(valid=True, verdict="conforms", faults=frozenset(), statuses=statuses),
    )
    yield Submission(edition.name, as_draft(edition, document), "draft"), Expectation(valid=True)


def _is_whole(edition: Edition, rule: Rule) -> bool:
    """Tell whether every report states what the rule looks at, so that it cannot go unchecked."""
    known = kit_of(edition).node_at
    return all(one in known and known[one].option is None for one in operands(edition, rule))


def _only_warns(edition: Edition, document: Document) -> Trial:
    """Expect that whatever is found in a report that breaks no binding rule, it conforms."""

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        (judgement,) = judgements
        grave = sorted(one for one in judgement.faults or () if one.severity == "error")
        yield from (Flaw(unexpected(one).wording) for one in grave)
        yield from unmet(Expectation(verdict="conforms"), judgement)

    return Trial((Submission(edition.name, document),), verify)


def _is_seen(edition: Edition, rule: Rule, broken: Broken) -> Trial:
    """Expect one finding on the broken rule, where it was broken, and no others that look elsewhere."""
    changed = {*broken.pointers}
    # A rule whose condition looks there may come to apply.
    looking = {one.id for one in edition.rules if operands(edition, one) & changed}
    expected = Expectation(
        valid=False if isinstance(rule.test, SchemaTest) else None,
        # A warning decides nothing, and another rule may have come to apply.
        verdict="does_not_conform" if rule.severity == "error" else None,
    )

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        (judgement,) = judgements
        yield from unmet(expected, judgement)
        # Exactly one: a rule that tells the same mistake twice is no use to whoever must mend it.
        told = [one for one in judgement.faults or () if one.rule == rule.id]
        if judgement.faults is not None and len(told) != 1:
            yield Flaw(_COUNT.fill(rule=rule.id, count=len(told)))
        yield from _misplaced(rule, told, changed)
        others = sorted(
            one for one in judgement.faults or () if one.rule not in looking and one.rule != rule.id
        )
        yield from (Flaw(unexpected(one).wording) for one in others)

    return Trial((Submission(edition.name, broken.document),), verify)


def _misplaced(rule: Rule, told: Iterable[Fault], changed: Collection[str]) -> Iterator[Flaw]:
    for one in told:
        if one.severity != rule.severity:
            yield Flaw(Difference("severity", rule.id, rule.severity, one.severity, one.pointers).wording)
        if not {*changed} & {*one.pointers}:
            places = {"found": " ".join(one.pointers), "changed": " ".join(sorted(changed))}
            yield Flaw(_ELSEWHERE.fill(rule=rule.id, **places))
