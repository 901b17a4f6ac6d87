"""Rules on dates: they exist, the period is the report year, the deadline is kept, the form fits the year."""

from __future__ import annotations

import operator
from datetime import MAXYEAR, MINYEAR, date

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.checking.evaluation import PASSED, Evaluation, not_checked
from disclosure_spec.checking.facts import DATE_FORM
from disclosure_spec.checking.result import Reason, Status
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.rules import DateCheck, DateTest

YEAR_POINTER: Final = "/report_year"
_HOLDS: Final = {"=": operator.eq, "<=": operator.le, ">=": operator.ge}
_YEARS: Final = {
    "=": Wording("为{}年", "{}"),
    "<=": Wording("至{}年止", "up to {}"),
    ">=": Wording("自{}年起", "from {}"),
}


def evaluate_dates(test: DateTest, facts: Facts) -> Iterator[Evaluation]:
    """Yield the outcome of each check."""
    for check in test.checks:
        if check.relation == "real":
            yield _real(check, facts)
        elif check.year is not None:
            yield _year(check, check.year, facts)
        else:
            yield _day(check, facts)


def _real(check: DateCheck, facts: Facts) -> Evaluation:
    value = facts.date(check.pointer)
    if not isinstance(value, Reason):
        return PASSED
    # Written otherwise it breaks the schema; here are only days that no calendar has, such as 31 June.
    if DATE_FORM.fullmatch(str(facts.text(check.pointer))):
        return _failed(check, facts, None, None)
    return not_checked(value)


def _year(check: DateCheck, wanted: int, facts: Facts) -> Evaluation:
    year = facts.number(check.pointer)
    if isinstance(year, Reason):
        return not_checked(year)
    if _HOLDS[check.relation](year, wanted):
        return PASSED
    words = _YEARS[check.relation]
    return _failed(check, facts, wanted, Wording(words.zh.format(wanted), words.en.format(wanted)))


def _day(check: DateCheck, facts: Facts) -> Evaluation:
    value, year = facts.date(check.pointer), facts.number(YEAR_POINTER)
    if isinstance(value, Reason):
        return not_checked(value)
    if isinstance(year, Reason):
        return not_checked(year)
    # A year that the schema forbids comes here all the same, and date() raises beyond its range.
    if not isinstance(year, int) or not MINYEAR <= year <= MAXYEAR - check.years_after:
        return not_checked(Reason.OPERAND_NOT_A_DATE)
    try:
        wanted = date(year + check.years_after, check.month, check.day)
    except ValueError:  # 29 February is a day of some years only
        return not_checked(Reason.OPERAND_NOT_A_DATE)
    if _HOLDS[check.relation](value, wanted):
        return PASSED
    words = Wording(f"{wanted.year}年{wanted.month}月{wanted.day}日", wanted.isoformat())
    return _failed(check, facts, wanted.isoformat(), words)


def _failed(check: DateCheck, facts: Facts, expected: int | str | None, words: Wording | None) -> Evaluation:
    fact = facts.cell(check.pointer)
    # A year written 2018.0 is 2018 to people.
    shown = fact.value if check.year is None else facts.number(check.pointer)
    return Evaluation(
        Status.FAIL,
        cells=(fact,),
        expected=expected,
        found=fact.value,
        values={"cell": fact.label, "value": shown, "expected": words},
    )
