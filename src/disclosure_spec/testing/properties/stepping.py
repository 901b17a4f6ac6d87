"""Laws of the tables: what may be moved, exchanged or left out, and that no error in them goes unseen."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from disclosure_spec.testing.judging import Expectation, Fault, Submission
from disclosure_spec.testing.properties.law import Flaw, Property, Trial, expecting, together, unmet
from disclosure_spec.testing.properties.reports import errors, modest, numbers, of_rules, raised, replaced
from disclosure_spec.testing.properties.tables import classes, tables
from disclosure_spec.testing.properties.words import clause_of, title
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Rule
    from disclosure_spec.testing.judging import Judgement
    from disclosure_spec.testing.properties.reports import Number
    from disclosure_spec.testing.properties.tables import Line, Table

_MOST: Final = 10**6
_UNSEEN: Final = 3
"""So many wrong cells cannot hide in a table summed both ways: what no sum sees has four cells."""

_ALIKE: Final = Wording(
    "两格分别有误，指出的问题却相同，分不清是哪一格", "two cells cannot be told from each other"
)


def stepping(edition: Edition) -> Iterator[Property]:
    """Yield the laws of the tables, as far as the edition has such."""
    for name, pick, examples in _LAWS:
        made: list[tuple[Rule, st.SearchStrategy[Trial]]] = []
        for table in tables(edition):
            found = pick(edition, table)
            if found is not None:
                made.append((_rule(name, table), found))
        if made:
            yield Property(
                name,
                edition.name,
                title(name),
                *clause_of(made[0][0], edition),
                st.tuples(*(trials for _, trials in made)).map(together),
                examples,
            )


def _rule(name: str, table: Table) -> Rule:
    """Return the rule a law rests on: that of the columns where it speaks of rows, else of the rows."""
    # Down a column one row takes from another, which is what sums of columns allow.
    down = name in {"rows_exchanged", "moved_down", "both_sides", "with_total"}
    first, second = (table.in_columns, table.in_rows) if down else (table.in_rows, table.in_columns)
    return (first or second)[0].rule


def _keeps(edition: Edition, table: Table, document: Document) -> Trial:
    """Expect no finding of the sums of a table."""
    expected = Expectation(faults=frozenset(), scope=_scope(table))
    return expecting([(Submission(edition.name, document), expected)])


def _scope(table: Table) -> frozenset[str]:
    return frozenset(rule.id for rule in table.rules)


def _moves(
    edition: Edition, table: Table, down: Sequence[Line], across: Sequence[Line]
) -> st.SearchStrategy[Trial] | None:
    """Return trials in which a report is changed by so many times a step down and a step across."""
    if not down or not across:
        return None

    def trial(document: Document, one: Line, two: Line, size: int) -> Trial:
        change = table.change(one, two)
        there = numbers(edition, document)
        # Down to zero at most, so that the report stays one that could be filed.
        least = min((there[at] for at, by in change.items() if by < 0), default=size)
        return _keeps(
            edition, table, raised(edition, document, table.change(one, two, int(min(size, least))))
        )

    return st.builds(
        trial, modest(edition), st.sampled_from(down), st.sampled_from(across), st.integers(1, _MOST)
    )


def _is_transfer(line: Line) -> bool:
    return len(line) == len("+-") and line[0][1] != line[1][1]


def _is_both(line: Line) -> bool:
    return len(line) == len("++") and line[0][1] == line[1][1]


def _moved_down(edition: Edition, table: Table) -> st.SearchStrategy[Trial] | None:
    return _moves(edition, table, [one for one in table.down if _is_transfer(one)], table.across)


def _moved_across(edition: Edition, table: Table) -> st.SearchStrategy[Trial] | None:
    return _moves(edition, table, table.down, [one for one in table.across if _is_transfer(one)])


def _both_sides(edition: Edition, table: Table) -> st.SearchStrategy[Trial] | None:
    return _moves(edition, table, [one for one in table.down if _is_both(one)], table.across)


def _with_total(edition: Edition, table: Table) -> st.SearchStrategy[Trial] | None:
    return _moves(edition, table, [one for one in table.down if len(one) == _UNSEEN], table.across)


def _emptied(edition: Edition, table: Table) -> st.SearchStrategy[Trial] | None:
    pairs = [one for one in table.across if _is_both(one)]
    if not pairs:
        return None

    def trial(document: Document, line: Line, first: bool) -> Trial:  # noqa: FBT001 - drawn
        there = numbers(edition, document)
        (free, _), (total, _) = line if first else line[::-1]
        if not _is_smaller(table, there, free, total):
            # Of two columns that rise together the total is the one that is never smaller.
            free, total = total, free
        change = {row[at]: -there[row[free]] for row in table.cells for at in (free, total)}
        return _keeps(edition, table, raised(edition, document, change))

    return st.builds(trial, modest(edition), st.sampled_from(pairs), st.booleans())


def _is_smaller(table: Table, there: Mapping[str, Number], free: int, total: int) -> bool:
    return all(there[row[free]] <= there[row[total]] for row in table.cells)


def _columns_exchanged(edition: Edition, table: Table) -> st.SearchStrategy[Trial] | None:
    groups = classes(len(table.cells[0]), [one.line for one in table.in_rows])
    return _exchanged(edition, table, [_swaps(table.cells, group) for group in groups])


def _rows_exchanged(edition: Edition, table: Table) -> st.SearchStrategy[Trial] | None:
    groups = classes(len(table.cells), [one.line for one in table.in_columns])
    columns = tuple(zip(*table.cells, strict=True))
    return _exchanged(edition, table, [_swaps(columns, group) for group in groups])


def _swaps(lines: Sequence[Sequence[str]], group: Sequence[int]) -> list[Mapping[str, str]]:
    """Return where each cell goes when two places of every line are exchanged, for each two of a group."""
    return [
        {line[old]: line[new] for line in lines for old, new in (pair, pair[::-1])}
        for pair in combinations(group, 2)
    ]


def _exchanged(
    edition: Edition, table: Table, groups: Sequence[Sequence[Mapping[str, str]]]
) -> st.SearchStrategy[Trial] | None:
    """Return trials in which cells are exchanged, and what is found in a wrong report moves along."""
    if not groups:
        return None
    scope = _scope(table)

    def trial(document: Document, goes: Mapping[str, str], wrong: Mapping[str, int]) -> Trial:
        before = raised(edition, document, wrong)
        there = numbers(edition, before)
        after = replaced(before, {new: there[old] for old, new in goes.items()})

        def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
            # Held against the first answer itself: what is found is not in question, only that it moves.
            first, then = judgements
            said = of_rules(first, scope)
            moved = said and frozenset(
                Fault.at(rule, grave, [goes.get(at, at) for at in ats]) for rule, grave, ats in said
            )
            yield from unmet(Expectation(verdict=first.verdict, faults=moved, scope=scope), then)

        return Trial((Submission(edition.name, before), Submission(edition.name, after)), verify)

    def trials(goes: Mapping[str, str]) -> st.SearchStrategy[Trial]:
        cells = [one for one in goes if one in {table.cells[row][column] for row, column in table.summed}]
        # Without an error in what is exchanged there would be no finding to move along.
        here = st.dictionaries(st.sampled_from(cells), errors(), min_size=1, max_size=2)
        wrong = st.builds(lambda some, more: {**more, **some}, here, _wrong(table, 0, 2))
        return st.builds(trial, modest(edition), st.just(goes), wrong)

    # One of each group at a time: a small group beside a large one would hardly ever be drawn.
    return st.tuples(*(st.sampled_from(group).flatmap(trials) for group in groups)).map(together)


def _wrong(table: Table, least: int, most: int) -> st.SearchStrategy[dict[str, int]]:
    cells = [table.cells[row][column] for row, column in table.summed]
    return st.dictionaries(st.sampled_from(cells), errors(), min_size=least, max_size=most)


def _each_seen(edition: Edition, table: Table) -> st.SearchStrategy[Trial]:
    """Return trials in which every cell of the sums is wrong in turn, and each is told from the others."""
    cells = [table.cells[row][column] for row, column in table.summed]
    scope = _scope(table)

    def trial(document: Document, pick: int) -> Trial:
        there = numbers(edition, document)
        # Sizes in turn, as an error of one may be taken for rounding and a huge one for an overflow.
        wrong = [{one: _SIZES[(at + pick) % len(_SIZES)]} for at, one in enumerate(cells)]
        expected = [
            table.faults({**there, one: there[one] + by}) for each in wrong for one, by in each.items()
        ]

        def verify(judgements: Sequence[Judgement]) -> Iterator[Flaw]:
            told: dict[object, int] = {}
            for at, (faults, judgement) in enumerate(zip(expected, judgements, strict=True)):
                said = of_rules(judgement, scope)
                wanted = Expectation(verdict="does_not_conform", faults=faults, scope=scope)
                yield from unmet(wanted, judgement, (at,))
                if said is not None:
                    if table.in_rows and table.in_columns and said in told:
                        yield Flaw(_ALIKE, (told[said], at))
                    told[said] = at

        given = (Submission(edition.name, raised(edition, document, each)) for each in wrong)
        return Trial(tuple(given), verify)

    return st.builds(trial, modest(edition), st.integers(0, 99))


def _few_seen(edition: Edition, table: Table) -> st.SearchStrategy[Trial]:
    """Return trials in which a few cells are wrong, fewer than could hide."""
    scope = _scope(table)
    rows = {row for row, _ in table.summed}
    both = bool(table.in_rows and table.in_columns) and len(rows) == len(table.cells)

    def trial(document: Document, wrong: Mapping[str, int]) -> Trial:
        values = numbers(edition, raised(edition, document, wrong))
        expected = Expectation(verdict="does_not_conform", faults=table.faults(values), scope=scope)
        return expecting([(Submission(edition.name, raised(edition, document, wrong)), expected)])

    return st.builds(trial, modest(edition), _wrong(table, 1, _UNSEEN if both else 1))


_SIZES: Final = (1, -1, 10**12, 2, -(10**9))
_LAWS: Final = (
    ("columns_exchanged", _columns_exchanged, 8),
    ("rows_exchanged", _rows_exchanged, 8),
    ("column_emptied", _emptied, 8),
    ("moved_down", _moved_down, 10),
    ("moved_across", _moved_across, 8),
    ("both_sides", _both_sides, 8),
    ("with_total", _with_total, 10),
    ("each_seen", _each_seen, 1),
    ("few_seen", _few_seen, 20),
)
"""Each law: how it is put to the test on a table, if it can be, and on how many examples."""
