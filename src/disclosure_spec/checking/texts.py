"""Rules on the parts written in words."""

from __future__ import annotations

import unicodedata

from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.checking.evaluation import PASSED, Evaluation, broken, not_checked
from disclosure_spec.checking.facts import without_space
from disclosure_spec.checking.result import Reason, Status
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.document import JSONValue
    from disclosure_spec.rules import TextTest


def evaluate_text(test: TextTest, facts: Facts) -> Iterator[Evaluation]:
    """Yield the outcome for each part the test concerns."""
    evaluate = _EVALUATORS.get(test.require)
    if evaluate is None:
        yield broken(Reason.RULE_BROKEN)
        return
    for pointer in test.pointers:
        yield evaluate(test, pointer, facts)


def _present(_: TextTest, pointer: str, facts: Facts) -> Evaluation:
    section = facts.edition.section_at.get(pointer)
    if section is None or not section.rows:
        reason = facts.text(pointer)
        blank = reason is Reason.OPERAND_BLANK
        other = reason if isinstance(reason, Reason) and not blank else None
    else:
        cells = [cell for row in section.rows for cell in row.cells]
        if any(not isinstance(facts.numbers[cell.index], Reason) for cell in cells):
            return PASSED
        reasons = {facts.absence(cell.pointer) for cell in cells}
        # A table counts as empty only when every cell is; a single zero is content.
        blank = reasons == {Reason.OPERAND_BLANK}
        other = None if None in reasons or blank else _gravest(filter(None, reasons))
    if other:
        return not_checked(other)
    return _failed(pointer, facts) if blank else PASSED


def _not_only(test: TextTest, pointer: str, facts: Facts) -> Evaluation:
    text = facts.text(pointer)
    if isinstance(text, Reason):
        return not_checked(text)
    # 无。 and （无） say no more than 无 does.
    bare = "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())
    said = text.strip()
    return _failed(pointer, facts, found=said, value=said) if bare in {"", *test.phrases} else PASSED


def _covers(test: TextTest, pointer: str, facts: Facts) -> Evaluation:
    text = facts.text(pointer)
    if isinstance(text, Reason):
        return not_checked(text)
    # Any one word will do: bodies need not use the head's official name.
    missing = [head.title for head in test.heads if not any(word in text for word in head.words)]
    if not missing:
        return PASSED
    heads = Wording("、".join(head.zh for head in missing), ", ".join(head.en for head in missing))
    return _failed(pointer, facts, dict(heads.as_json()), heads=heads)


def _at_most(test: TextTest, pointer: str, facts: Facts) -> Evaluation:
    text = facts.text(pointer)
    if isinstance(text, Reason):
        return not_checked(text)
    # Indents and line breaks are layout, not length.
    length = len(without_space(text))
    if length <= test.characters:
        return PASSED
    return _failed(pointer, facts, test.characters, length, value=length, limit=test.characters)


def _not_yet(_: TextTest, __: str, ___: Facts) -> Evaluation:
    # Numbers in prose have several honest readings; until they are told apart, silence must not be a pass.
    return not_checked(Reason.NOT_YET_EVALUATED)


def _gravest(reasons: Iterable[Reason]) -> Reason:
    """Return what is not known rather than what is merely blank."""
    return min(reasons, key=lambda reason: (reason is not Reason.OPERAND_UNREAD, reason))


def _failed(
    pointer: str, facts: Facts, expected: JSONValue = None, found: JSONValue = None, **values: object
) -> Evaluation:
    return Evaluation(
        Status.FAIL,
        cells=(facts.cell(pointer),),
        expected=expected,
        found=found,
        values={"part": facts.edition.label(pointer), **values},
    )


_EVALUATORS: Mapping[str, Callable[[TextTest, str, Facts], Evaluation]] = {
    "present": _present,
    "not_only": _not_only,
    "covers": _covers,
    "at_most": _at_most,
    "agrees": _not_yet,
    "differs": _not_yet,
}
