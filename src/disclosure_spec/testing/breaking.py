"""Documents that break one rule and keep the others as far as that can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.errors import UsageError
from disclosure_spec.rules import CellsTest, DateTest, LinearTest, SchemaTest, TextTest
from disclosure_spec.testing.broken import Broken
from disclosure_spec.testing.choices import below, picked
from disclosure_spec.testing.conditions import year_of
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.linear import own_equations
from disclosure_spec.testing.making import flat_of, limit
from disclosure_spec.testing.malforming import keywords, malformed_at, sites
from disclosure_spec.testing.moves import Mover
from disclosure_spec.testing.wishing import wish_for
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Cell, Edition
    from disclosure_spec.rules import DateCheck, Report, Rule
    from disclosure_spec.testing.kit import Kit, Wish


_NO_DAYS: Final = ("02-30", "04-31", "13-01", "00-10", "01-00", "12-32")
_NO_NUMBERS: Final = ("/", "-", "无", "—", "12abc", "１２", "1,234", "3件", "1e3", "十")
_YEARS: Final = 30
_DAYS: Final = 400
_LONGER: Final = 9
_TOLD_BY_CELLS: Final = {"type", "minimum", "maximum"}


def breakable(edition: Edition, of: Report = "document") -> tuple[str, ...]:
    """Return the ids of the rules that can be broken.

    Args:
        edition: The edition of the form.
        of: What the rules hold a report against: nothing else (`document`), for `inconsistent`, which takes
            active rules only; last year's report (`previous`), for `inconsistent_pairs`; those of the bodies
            it covers (`parts`), for `inconsistent_families`. The last two take rules on trial too.

    >>> from disclosure_spec import Catalogue
    >>> edition = Catalogue().edition("2021")
    >>> "requests.balance" in breakable(edition), "previous.carried_over" in breakable(edition)
    (True, False)
    >>> breakable(edition, "previous")
    ('previous.carried_over', 'previous.in_force', 'previous.outlier')
    """
    if of == "document":
        return tuple(rule.id for rule in edition.rules if _is_breakable(rule))
    return tuple(dict.fromkeys(use.rule.id for use in kit_of(edition).links(of)))


def inconsistent(edition: Edition, rule: str, *, plain: bool = False) -> st.SearchStrategy[Broken]:
    """Return a strategy for documents that break one instance of a rule, by as small a change as will do.

    The document was consistent, in the strict sense of `documents`, before the values at the pointers were
    changed. The rule fails once. Other rules fail only where they look at one of those pointers too: a wrong
    total breaks every equation it is in, a table left blank (named with its cells) is also a table of blank
    cells. Of several ways to break the rule those are taken that break fewest others.

    Args:
        edition: The edition of the form.
        rule: The id of an active rule, one of `breakable(edition)`.
        plain: As for `documents`.

    Raises:
        UsageError: There is no such rule, or none that is evaluated on one report.

    >>> from hypothesis import find
    >>> from disclosure_spec import Catalogue, check
    >>> edition = Catalogue().edition("2021")
    >>> document, pointers = find(inconsistent(edition, "remedies.total"), lambda broken: True)
    >>> [finding.rule for finding in check(document).findings], len(pointers)
    (['remedies.total'], 1)
    """
    found = edition.rule(rule)
    if not _is_breakable(found):
        raise UsageError(
            "testing.rule",
            Wording(
                f"规则“{rule}”不在单份报告上核查，不能据以生成违反它的单份报告；涉及上年报告或所属机关报告的，"
                "请用 inconsistent_pairs、inconsistent_families。",
                f"Rule {rule!r} is not evaluated on one report, so none can be made to break it; for one on "
                "last year's report or on parts use inconsistent_pairs or inconsistent_families.",
            ),
        )
    if isinstance(found.test, SchemaTest):
        return st.sampled_from(keywords(edition)).flatmap(lambda keyword: _misshapen(edition, keyword))
    return _inconsistent(kit_of(edition, plain=plain), rule)


def _is_breakable(rule: Rule) -> bool:
    if rule.status != "active":
        return False
    if isinstance(rule.test, LinearTest):
        return any(True for _ in own_equations(rule))
    return not isinstance(rule.test, TextTest) or rule.test.require in _TEXTS


def _misshapen(edition: Edition, keyword: str) -> st.SearchStrategy[Broken]:
    """Return documents whose fault the rule on structure reports, not one on cells or parts."""
    told = {*edition.cell_at, *edition.section_at} if keyword in _TOLD_BY_CELLS else set()
    places = [node for node in sites(edition, keyword) if node.pointer not in told]
    return malformed_at(edition, keyword, places) if places else st.nothing()


@st.composite
def _inconsistent(draw: st.DrawFn, kit: Kit, rule_id: str) -> Broken:
    rule = kit.edition.rule(rule_id)
    wish = wish_for(draw, kit, rule)
    match rule.test:
        case LinearTest():
            flat = flat_of(draw, kit, wish)
            change = Mover(kit, rule_id, flat, {}).draw(draw, tuple(own_equations(rule)))
        case TextTest() as test:
            flat, change = _break_text(draw, kit, wish, test)
        case DateTest(checks):
            flat, change = _break_date(draw, kit, wish, picked(draw, checks))
        case CellsTest() as cells:
            flat = flat_of(draw, kit, wish)
            change = _break_cell(draw, kit, cells, flat)
        case SchemaTest():
            raise AssertionError(rule.id)
    return Broken(kit.dressed(draw, {**flat, **change}), tuple(change))


def _break_text(draw: st.DrawFn, kit: Kit, wish: Wish, test: TextTest) -> tuple[Any, Any]:
    pointer = picked(draw, test.pointers)
    if test.require == "covers":
        head = picked(draw, test.heads)
        # Made without the words from the start: who cuts them out afterwards breaks what stands round them.
        flat = flat_of(draw, kit, replace(wish, without={pointer: head.words}))
        return flat, {pointer: flat[pointer]}
    flat = flat_of(draw, kit, wish)
    return flat, _TEXTS[test.require](draw, kit, test, pointer)


def _leave_empty(draw: st.DrawFn, kit: Kit, _: TextTest, pointer: str) -> Any:
    rows = kit.edition.section_at[pointer].rows
    if rows:
        return {pointer: None, **{cell.pointer: None for row in rows for cell in row.cells}}
    return {pointer: picked(draw, ["", " ", "\n", "\u3000"])}


def _say_nothing(draw: st.DrawFn, _: Kit, test: TextTest, pointer: str) -> Any:
    phrase = picked(draw, [*test.phrases, "/"])
    return {pointer: phrase + picked(draw, ["", "。", "！\n"])}


def _go_on(draw: st.DrawFn, kit: Kit, test: TextTest, pointer: str) -> Any:
    length = test.characters + 1 + draw(below(_LONGER))
    # It still says what the other rules on this text ask for, so that only its length is wrong.
    required = kit.prose.text("", [one for _, one in kit.text_rules[pointer]], 0)
    return {pointer: required + kit.prose.filler[0] * (length - len(required))}


def _break_date(draw: st.DrawFn, kit: Kit, wish: Wish, check: DateCheck) -> tuple[Any, Any]:
    pointer = check.pointer
    if check.year is not None:
        low, high = kit.node_at[pointer].schema["minimum"], kit.node_at[pointer].schema["maximum"]
        # Some years off only: a year of another century is refused by the schema, not by the rule.
        early = st.integers(max(low, check.year - _YEARS), check.year - 1)
        late = st.integers(check.year + 1, min(high, check.year + _YEARS))
        years = {"<=": late, ">=": early, "=": early | late}[check.relation]
        year = draw(years)
        return flat_of(draw, kit, replace(wish, given={**wish.given, pointer: year})), {pointer: year}
    option = kit.node_at[pointer].option
    flat = flat_of(draw, kit, replace(wish, options=frozenset([option] if option else [])))
    if check.relation == "real":
        return flat, {pointer: f"{year_of(flat)}-{picked(draw, _NO_DAYS)}"}
    return flat, {pointer: _off(draw, check, limit(check, year_of(flat))).isoformat()}


def _off(draw: st.DrawFn, check: DateCheck, wanted: date) -> date:
    days = 1 + draw(below(_DAYS))
    late = check.relation == "<=" or (check.relation == "=" and draw(st.booleans()))
    return wanted + timedelta(days) if late else wanted - timedelta(days)


def _break_cell(draw: st.DrawFn, kit: Kit, test: CellsTest, flat: Any) -> Any:
    concerns, values = _CELLS[test.require]
    cell = picked(draw, [cell for cell in kit.edition.cells if concerns(cell)])
    # Nothing needs no unit, so there must be an amount.
    if cell.unit_pointer and test.require == "unit":
        return {cell.pointer: flat[cell.pointer] or 1, cell.unit_pointer: None}
    return {cell.pointer: draw(values(test, *kit.system.limits[cell.pointer]))}


def _out_of_range(_: CellsTest, low: int, high: int) -> st.SearchStrategy[JSONValue]:
    return st.integers(1, 9).map(lambda far: low - far) | st.integers(1, 9).map(lambda far: high + far)


def _no_count(test: CellsTest, low: int, high: int) -> st.SearchStrategy[JSONValue]:
    return _out_of_range(test, low, high) | st.sampled_from([Decimal("0.5"), Decimal("1.000001")])


def _no_amount(test: CellsTest, low: int, high: int) -> st.SearchStrategy[JSONValue]:
    digits = st.integers(1, 9).map(lambda digit: Decimal(digit).scaleb(-test.places - 1))
    return _out_of_range(test, low, high) | digits


_TEXTS: Final[Mapping[str, Callable[[st.DrawFn, Kit, TextTest, str], Any]]] = {
    "present": _leave_empty,
    "not_only": _say_nothing,
    "covers": _say_nothing,
    "at_most": _go_on,
}
_CELLS: Final[Mapping[str, tuple[Callable[[Cell], bool], Callable[..., st.SearchStrategy[Any]]]]] = {
    "filled": (lambda _: True, lambda *_: st.none()),
    "number": (lambda _: True, lambda *_: st.sampled_from(_NO_NUMBERS)),
    "count": (lambda cell: cell.type != AMOUNT, _no_count),
    "amount": (lambda cell: cell.type == AMOUNT, _no_amount),
    "unit": (lambda cell: cell.unit_pointer is not None, lambda *_: st.none()),
}
