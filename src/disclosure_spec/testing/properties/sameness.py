"""What must make no difference: how a report is written, what it is called, when and in what company."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.document import MISSING, get_at
from disclosure_spec.rules import DateTest, SchemaTest, TextTest
from disclosure_spec.testing.breaking import breakable, inconsistent
from disclosure_spec.testing.comparing import expectation_of
from disclosure_spec.testing.consistent import documents, drafts
from disclosure_spec.testing.judging import Judgement, Submission
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.malforming import keywords, malformed
from disclosure_spec.testing.properties.law import Flaw, Property, Trial, alike, unmet
from disclosure_spec.testing.properties.reports import conditions, numbers, of_rules, operands, replaced
from disclosure_spec.testing.properties.words import clause, title
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

_PLACES: Final = 3
_OWN_KEYS: Final = ("x-1", "x-system-id", "x-zz-note")
_CLAIM: Final = "共9999件，其中甲9998件，比上年增长12.5%。"
_CHANGED: Final = Wording("核查时改动了报告", "the report was changed")


def sameness(edition: Edition) -> Iterator[Property]:
    """Yield the laws on what makes no difference."""
    every = any_report(edition)
    made: dict[str, tuple[st.SearchStrategy[Trial], int]] = {
        "notation": (st.builds(lambda *drawn: _notation(edition, *drawn), every, st.integers(0, 99)), 12),
        "order": (
            st.builds(lambda *drawn: _order(edition, *drawn), every, st.randoms(use_true_random=False)),
            12,
        ),
        "own_keys": (st.builds(lambda *drawn: _own_keys(edition, *drawn), every, _anything()), 12),
        "names": (
            st.builds(lambda *drawn: _names(edition, *drawn), _in_shape(edition), documents(edition)),
            12,
        ),
        "prose": (
            st.builds(lambda *drawn: _prose(edition, *drawn), every, documents(edition), st.booleans()),
            12,
        ),
        "untouched": (every.map(lambda one: _untouched(edition, one)), 12),
        "repeated": (st.lists(every, min_size=2, max_size=3).map(lambda one: _repeated(edition, one)), 8),
    }
    low, high = kit_of(edition).years(YEAR_POINTER)
    if low < high:
        made["year"] = (st.builds(lambda *drawn: _other_year(edition, *drawn), every, st.integers(1, 9)), 12)
    for name, (trials, examples) in made.items():
        yield Property(name, edition.name, title(name), *clause(name), trials, examples)


def any_report(edition: Edition) -> st.SearchStrategy[Document]:
    """Return reports of every kind: consistent, wrong somewhere, drafts, of another shape."""
    shapeless = st.sampled_from(keywords(edition)).flatmap(lambda keyword: malformed(edition, keyword))
    return _in_shape(edition) | shapeless.map(lambda one: one.document) | drafts(edition)


def _in_shape(edition: Edition) -> st.SearchStrategy[Document]:
    """Return reports that are consistent, or wrong but for their structure."""
    rules = [one for one in breakable(edition) if not isinstance(edition.rule(one).test, SchemaTest)]
    wrong = st.sampled_from(rules).flatmap(lambda rule: inconsistent(edition, rule))
    return documents(edition, strict=False) | wrong.map(lambda one: one.document)


def _given(edition: Edition, *reports: Document) -> tuple[Submission, ...]:
    return tuple(Submission(edition.name, one) for one in reports)


def _notation(edition: Edition, document: Document, pick: int) -> Trial:
    """Expect 3, 3.0, 3.000 and 30e-1 to be one number."""
    written: dict[str, JSONValue] = {}
    for place, (pointer, value) in enumerate(numbers(edition, document).items()):
        zeros = (place + pick) % (_PLACES + 1)
        exact = Decimal(value)
        _, digits, exponent = exact.as_tuple()
        # Digits stay within what a strict reader lets in.
        if isinstance(exponent, int) and -exponent <= _PLACES:
            written[pointer] = Decimal((int(value < 0), (*digits, *(0,) * zeros), exponent - zeros))
    return alike(_given(edition, document, replaced(document, written)))


def _order(edition: Edition, document: Document, random: Any) -> Trial:
    """Expect the same whatever order the keys are in."""

    def shuffled(value: JSONValue) -> Any:
        if not isinstance(value, dict):
            return value
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key]) for key in keys}

    backwards = dict(reversed(document.items()))
    return alike(_given(edition, document, backwards, shuffled(document)))


def _anything() -> st.SearchStrategy[Any]:
    return st.sampled_from([None, 0, -1, "", "/", [], {}, True, [{"x": None}], Decimal("0.1")])


def _own_keys(edition: Edition, document: Document, value: Any) -> Trial:
    """Expect nothing of keys of one's own, wherever they are allowed."""
    allowed = [node.pointer for node in kit_of(edition).layout.nodes if node.schema.get("patternProperties")]
    found = [at for at in allowed if isinstance(get_at(document, at), dict)]
    keys = {f"{at}/{key}": value for at in found for key in _OWN_KEYS}
    return alike(_given(edition, document, replaced(document, keys)))


def _names(edition: Edition, document: Document, other: Document) -> Trial:
    """Expect the same of a report that differs in nothing any rule looks at: its name, its title."""
    looked_at = {pointer for rule in edition.rules for pointer in operands(edition, rule)}
    return alike(_given(edition, document, _with_fields(edition, document, other, looked_at)))


def _with_fields(edition: Edition, document: Document, other: Document, keep: set[str]) -> Document:
    values: dict[str, JSONValue] = {}
    for node, _ in kit_of(edition).fields:
        there, new = get_at(document, node.pointer), get_at(other, node.pointer)
        # What is fixed by the schema is no name.
        free = node.pointer not in keep and "const" not in node.schema
        if free and isinstance(there, str) and isinstance(new, str):
            values[node.pointer] = new
    return replaced(document, values)


def _prose(edition: Edition, document: Document, other: Document, claims: bool) -> Trial:  # noqa: FBT001
    """Expect the numbers to be judged alike whatever the parts in words say of them."""
    values: dict[str, JSONValue] = {
        at: f"{get_at(other, at)}{_CLAIM if claims else ''}"
        for at in kit_of(edition).texts
        if isinstance(get_at(document, at), str)
    }
    scope = [rule.id for rule in edition.rules if not isinstance(rule.test, TextTest | SchemaTest)]
    changed = replaced(document, values)
    return alike(_given(edition, document, changed), lambda judgement: said_of(judgement, scope))


def said_of(judgement: Judgement, rules: Sequence[str]) -> Judgement:
    """Return the findings and the statuses of some rules, and nothing else of a judgement."""
    told = judgement.statuses
    statuses = None if told is None else {one: told[one] for one in rules if one in told}
    return Judgement(faults=of_rules(judgement, rules), statuses=statuses)


def _untouched(edition: Edition, document: Document) -> Trial:
    """Expect a report to be after judging what it was before."""
    # Copied before anybody sees it.
    kept = deepcopy(document)

    def verify(_: Sequence[Judgement]) -> Iterator[Flaw]:
        # Written out, since to Python 3 and 3.0 are equal.
        if repr(document) != repr(kept):
            yield Flaw(_CHANGED)

    given = Submission(edition.name, document, previous=document, parts=(document, document))
    return Trial((given,), verify)


def _repeated(edition: Edition, reports: Sequence[Document]) -> Trial:
    """Expect the same whatever was judged before, and however often."""
    count = len(reports)

    def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
        for at in range(count):
            again = 2 * count - 1 - at
            yield from unmet(expectation_of(judgements[at]), judgements[again], (at, again))

    return Trial(_given(edition, *reports, *reversed(reports)), verify)


def _other_year(edition: Edition, document: Document, later: int) -> Trial:
    """Expect the same of a report of another year, if its dates are of that year too."""
    low, high = kit_of(edition).years(YEAR_POINTER)
    year = get_at(document, YEAR_POINTER)
    if not isinstance(year, int) or isinstance(year, bool) or not low <= year <= high:
        return Trial(_given(edition, document), lambda _: iter(()))
    new = low + (year - low + later) % (min(high, low + len("0123456789")) - low + 1)
    moved: dict[str, JSONValue] = {YEAR_POINTER: new}
    for at in kit_of(edition).dates:
        text = get_at(document, at)
        # 29 February is no day of every year.
        if isinstance(text, str) and text[:4].isdecimal() and text[4:] != _LEAP_DAY:
            moved[at] = f"{int(text[:4]) + new - year:04}{text[4:]}"
        elif text is not MISSING and text is not None:
            moved[at] = text
    fixed = [rule.id for rule in edition.rules if not _is_of_year(rule)]
    return alike(_given(edition, document, replaced(document, moved)), lambda one: said_of(one, fixed))


_LEAP_DAY: Final = "-02-29"


def _is_of_year(rule: Any) -> bool:
    """Tell whether a rule speaks of certain years."""
    fixed = isinstance(rule.test, DateTest) and any(one.year is not None for one in rule.test.checks)
    return fixed or YEAR_POINTER in conditions(rule)
