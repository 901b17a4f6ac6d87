"""For each kind of clause the reports on both sides of what it asks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec.document import parse_pointer
from disclosure_spec.testing.statement.equation_variants import equation_variants
from disclosure_spec.testing.statement.meanings import (
    Day,
    Days,
    Equations,
    Filled,
    InRange,
    Numbers,
    Present,
    Units,
    Unjudged,
    Words,
    Years,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.document import JSONValue
    from disclosure_spec.testing.statement.changes import Case
    from disclosure_spec.testing.statement.meanings import Meaning
    from disclosure_spec.testing.statement.paper import Cell, PrintedForm

Keys: TypeAlias = tuple[str, ...]
_MARKS: Final[tuple[JSONValue, ...]] = ("/", "0", "", "无", "12abc")
_NO_TEXT: Final[tuple[JSONValue, ...]] = ("", " \u3000\n", "\x1c", "。", 5, None)
# More letters than any phrase, none of them a word a clause could look for.
_FILLER: Final = "甲乙丙丁"
_LAST_YEAR: Final = 9999


@singledispatch
def variants(meaning: Meaning, form: PrintedForm, case: Case) -> Iterator[Case]:
    """Yield a case changed wherever a clause looks, just within and just beyond what it allows."""
    raise TypeError(f"no variants of {type(meaning).__name__} over {len(form.cells)} cells for {case!r}")


@variants.register(Equations)
def _(meaning: Equations, form: PrintedForm, case: Case) -> Iterator[Case]:
    yield from equation_variants(meaning.equations, form, case)


def fill(case: Case, cells: Iterable[Cell], values: Sequence[JSONValue]) -> Case:
    """Return the case with these values in the cells, in turn."""
    for number, cell in enumerate(cells):
        case = case.put(cell.keys, values[number % len(values)])
    return case


@variants.register(Filled)
def _(meaning: Filled, _form: PrintedForm, case: Case) -> Iterator[Case]:
    yield fill(case, meaning.cells, (None,))
    yield fill(case, meaning.cells, (None, 0, "/"))
    yield fill(case, meaning.cells, (0, "/", None, True))


@variants.register(Numbers)
def _(meaning: Numbers, _form: PrintedForm, case: Case) -> Iterator[Case]:
    yield fill(case, meaning.cells, _MARKS)
    yield fill(case, meaning.cells, (1, *_MARKS))
    yield fill(case, meaning.cells, (None, 3, "3", True, []))
    yield fill(case, meaning.cells, ({}, None, "1.5", 2, False))


@variants.register(InRange)
def _(meaning: InRange, _form: PrintedForm, case: Case) -> Iterator[Case]:
    # Each type of cell has bounds of its own, so a value that is too much for one may do for another.
    by_leaf: dict[int, list[Cell]] = {}
    leaves = {id(leaf): leaf for _, leaf in meaning.cells}
    for cell, leaf in meaning.cells:
        by_leaf.setdefault(id(leaf), []).append(cell)
    for key, cells in by_leaf.items():
        leaf = leaves[key]
        small = Decimal(1).scaleb(-(leaf.decimals or 0) - 1)
        bounds = [bound for bound in (leaf.low, leaf.high) if bound is not None]
        values: list[JSONValue] = [bound + step for bound in bounds for step in (-1, 0, 1)]
        values += [
            Decimal("0.5"),
            Decimal("5.0"),
            Decimal("-0.5"),
            small,
            1 + small,
            10 * small,
            Decimal("2E+3"),
        ]
        values += [Decimal("0.1234560"), 10**29, *(bound + small for bound in bounds)]
        for value in values:
            yield fill(case, cells[:1], (value,))
        yield fill(case, cells, values)
        yield fill(case, cells, (True, "1", None, *values))


@variants.register(Units)
def _(meaning: Units, _form: PrintedForm, case: Case) -> Iterator[Case]:
    for cell in meaning.cells:
        # Zero may be written with decimals and is nothing still.
        for number in (0, 1, Decimal("0.00"), Decimal("0.01"), -1, "1", None):
            for unit in (*cell.units, None, "", 5):
                yield case.put(cell.keys, number).put(cell.unit, unit)


@variants.register(Present)
def _(meaning: Present, _form: PrintedForm, case: Case) -> Iterator[Case]:
    for part in meaning.parts:
        keys = parse_pointer(part.pointer)
        for value in _NO_TEXT:
            yield case.put(keys, value)
        if part.cells:
            empty = fill(case, part.cells, (None,))
            yield empty
            for cell in (part.cells[0], part.cells[-1]):
                yield empty.put(cell.keys, "/")
                yield empty.put(cell.keys, 0)
                yield empty.put(cell.keys[:-1], {})


@variants.register(Words)
def _(meaning: Words, _form: PrintedForm, case: Case) -> Iterator[Case]:
    for text in (
        *_NO_TEXT,
        *_lengths(meaning.at_most),
        *_phrases(meaning.more_than),
        *_heads(meaning.covers),
    ):
        yield case.put(meaning.at, text)


def _lengths(at_most: int | None) -> Iterator[str]:
    if at_most is not None:
        yield from (
            "字" * at_most,
            "字" * (at_most + 1),
            "\U00020000" * at_most,
            "\U00020000" * (at_most + 1),
        )
        # White space does not count, and not everything that looks like it is.
        for space in ("\u3000", "\n", "\xa0", "\x1c", "\u200b"):
            yield space + "字" * at_most + space


def _phrases(phrases: Iterable[str]) -> Iterator[str]:
    for phrase in phrases:
        yield from (phrase, f"　{phrase}。\n", f"（{phrase}）", f"{phrase}甲", phrase * 2)
        # Full-width forms are the same letters.
        yield "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in phrase)


def _heads(covers: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    for head, words in covers:
        others = [_apart(other, words) for name, other in covers if name != head]
        yield _FILLER + "，".join(others)
        for word in words:
            yield _FILLER + "，".join((*others, word))
            yield _FILLER + "，".join((*others, f"{word[:1]} {word[1:]}"))
    if covers:
        yield "，".join(words[0] for _, words in covers)


def _apart(words: tuple[str, ...], from_these: tuple[str, ...]) -> str:
    """Return a word of one head that does not show another."""
    return next((word for word in words if not any(one in word for one in from_these)), words[0])


@variants.register(Unjudged)
def _(meaning: Unjudged, _form: PrintedForm, case: Case) -> Iterator[Case]:
    # With words, without any, and with no text at all, together and one by one: it stays open throughout.
    for text in (_FILLER, *_NO_TEXT):
        whole = case
        for keys in meaning.at:
            whole = whole.put(keys, text)
            yield case.put(keys, text)
        yield whole
    for keys in meaning.at:
        yield case.without(keys)


@variants.register(Days)
def _(meaning: Days, _form: PrintedForm, case: Case) -> Iterator[Case]:
    for day in meaning.days:
        yield from _one_day(day, case)


def _one_day(day: Day, case: Case) -> Iterator[Case]:
    limit = day.limit(case.year) or date(case.year, 2, 28)
    # Years and months off as well: a system may compare part of a date only.
    for step in (-366, -31, -1, 0, 1, 31, 366):
        yield case.put(day.at, (limit + timedelta(days=step)).isoformat())
    # The ends of months are where home-made calendars go wrong.
    for text in ("02-29", "02-30", "04-31", "13-01", "00-01", "12-00", "12-31", "01-01"):
        yield case.put(day.at, f"{case.year:04}-{text}")
    for value in ("0000-01-01", "2021-1-1", "２０２１-01-01", "2021/01/01", "9999-12-31", *_NO_TEXT):
        yield case.put(day.at, value)
    yield case.without(day.at)
    if day.month is None:
        return
    dated = case.put(day.at, limit.isoformat())
    for year in (case.year - 1, case.year + 1, 0, _LAST_YEAR, _LAST_YEAR + 1, Decimal("0.5"), "", None):
        yield dated.put(("report_year",), year)
    yield dated.without(("report_year",))


@variants.register(Years)
def _(meaning: Years, _form: PrintedForm, case: Case) -> Iterator[Case]:
    for bound in (meaning.first, meaning.last):
        if bound is not None:
            for value in (bound - 1, bound, bound + 1, Decimal(bound), Decimal(bound) - Decimal("0.5")):
                yield case.put(meaning.at, value)
    for other in (0, -5, 1, _LAST_YEAR, _LAST_YEAR + 1, "2021", None, True):
        yield case.put(meaning.at, other)
    yield case.without(meaning.at)
