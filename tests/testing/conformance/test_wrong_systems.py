"""Systems that are wrong in one way: the pack sees each, and so do generated documents, with a small one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from disclosure_spec.document import Missing, get_at, with_value
from disclosure_spec.edition import installed
from disclosure_spec.testing.conformance import CommandJudge, FiledSubmission, fuzz, run
from disclosure_spec.testing.judging import OwnJudge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from disclosure_spec.testing.conformance import Disagreement, FuzzReport, Pack
    from disclosure_spec.testing.judging import Judgement, Submission


class Wrong(NamedTuple):
    """Hold a mistake: how it is made, cases that show it, and what it must lead to."""

    change: str
    cases: str
    rule: str


WRONG: Final = {
    "ignores a column": Wrong(
        "said = lambda faults: [one for one in faults if not any('research' in at for at in one.pointers)]",
        "2021/rules/requests.row_total/*",
        "requests.row_total",
    ),
    "treats blank as zero": Wrong(
        "seen = lambda document: each(document, lambda one: 0 if one is None else one)",
        "2021/rules/cells.filled/*",
        "cells.filled",
    ),
    "adds in binary floats": Wrong(
        "seen = lambda document: each(document, lambda one: "
        "Decimal(float(one)).quantize(Decimal('1.' + 15 * '0')) if type(one) is Decimal else one)",
        "2021/rules/cells.amounts/*",
        "cells.amounts",
    ),
    "reads 12abc as 12": Wrong(
        "import re\n"
        "seen = lambda document: each(document, lambda one: "
        "int(re.match('[0-9]+', one)[0]) "
        "if isinstance(one, str) and re.match('[0-9]{1,9}[^0-9.-]', one) else one)",
        "2021/rules/cells.numbers/*",
        "cells.numbers",
    ),
    "gives another severity": Wrong(
        "said = lambda faults: [one._replace(severity='info') if one.rule == 'requests.balance' else one "
        "for one in faults]",
        "2021/rules/requests.balance/*",
        "requests.balance",
    ),
}


def about(report: FuzzReport, rule: str) -> Disagreement:
    """Return the disagreement about a rule."""
    return next(one for one in report.disagreements if any(each.about == rule for each in one.differences))


def cells_not_zero(one: Disagreement) -> int:
    """Return how many cells of the smallest document are neither zero nor left alone."""
    cells = installed().edition(one.submission.edition).cell_at
    return sum(1 for _, pointer, value in one.changes if pointer in cells and not isinstance(value, Missing))


@pytest.mark.parametrize("wrong", WRONG.values(), ids=[*WRONG])
def test_wrong_system_is_caught(wrong: Wrong, validator: Callable[..., str], pack: Pack) -> None:
    """Each mistake fails a case of the pack, and is shown by a generated document of at most two cells."""
    with CommandJudge(validator(wrong.change), jobs=1) as judge:
        report = run(pack.only(pattern=wrong.cases), judge, takes=judge.takes)
        assert report.counts["failed"]
        assert not report.held

        found = fuzz([installed().edition("2021")], judge, 90, seed=4, takes=judge.takes)
        assert not found.held
        assert cells_not_zero(about(found, wrong.rule)) <= 2
        assert len(about(found, wrong.rule).changes) <= 4


class AddsFloats:
    """Our checker, but with the numbers of all parts added as binary floats first."""

    def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
        """Yield what it says of each submission."""
        edition = installed().edition("2021")
        own = OwnJudge([edition])
        for one in submissions:
            rows = [[get_at(part, cell.pointer) for part in one.parts] for cell in edition.cells]
            years = {str(part.get("report_year")) for part in (one.document, *one.parts)}
            if not one.parts or len(years) > 1 or not all(is_number(each) for row in rows for each in row):
                yield from own.judge([one])
                continue
            summed = one.parts[0]
            for cell, numbers in zip(edition.cells, rows, strict=True):
                total = sum((float(str(number)) for number in numbers), 0.0)
                value = int(total) if total.is_integer() else Decimal(repr(total))
                summed = with_value(summed, cell.pointer, value)
            yield from own.judge([replace(one, parts=(summed,))])


def is_number(value: object) -> bool:
    """Tell whether a value is a number."""
    return isinstance(value, int | Decimal)


def test_float_sums_over_parts_are_caught() -> None:
    """A system that adds the amounts of parts as binary floats differs on amounts such as 0.1 and 0.2."""
    found = fuzz([installed().edition("2021")], AddsFloats(), 150, seed=1, takes={"parts"})

    assert not found.held
    amounts = [cell.pointer for cell in installed().edition("2021").cells if cell.type == "amount"]
    added = [
        one for one in found.disagreements if sum(pointer in amounts for _, pointer, _ in one.changes) > 1
    ]
    assert len(added) == 1
    assert cells_not_zero(added[0]) <= 3


def test_exit_code_alone_is_judged(script: Callable[..., str], pack: Pack) -> None:
    """A system that always exits with 0 fails both on rules and on structure, and on a small document."""
    with CommandJudge(script("")) as judge:
        rules = run(pack.only(pattern="2021/rules/requests.balance/*"), judge, takes=judge.takes)
        structure = run(pack.only(pattern="2021/structure/own_key_refused/*"), judge, takes=judge.takes)
        found = fuzz([installed().edition("2021")], judge, 15, seed=2, takes=judge.takes)

    assert rules.said == {"verdict"}
    assert rules.counts["failed"]
    assert structure.counts["failed"]
    assert structure.counts["skipped"]
    assert [one.differences[0].kind for one in found.disagreements] == ["verdict"]
    assert len(found.disagreements[0].changes) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("import sys; sys.exit(7)", "exit code is not 0, 1 or 2"),
        ("print('all is well')", "not one JSON object"),
        ("import sys; sys.stdout.buffer.write(b'\\xff\\xfe')", "not UTF-8"),
        ("print('[' * 100000)", "not one JSON object"),
        ("print('{}')", "none of valid, verdict"),
        ('print(\'{"verdict": "maybe"}\')', "malformed verdict"),
        ('print(\'{"findings": [{"rule": "x"}]}\')', "malformed findings"),
        ("import time; time.sleep(60)", "no answer within 0.5 s"),
        ("while True: print('x' * 1000000)", "too much output"),
    ],
)
def test_command_without_an_answer_has_a_problem(
    text: str, problem: str, script: Callable[..., str], pack: Pack
) -> None:
    """A crash, a hang, garbage or a flood is a judgement with a problem, not an error of ours."""
    case = pack.cases[0]
    timeout = 0.5 if "sleep" in text else 30
    with CommandJudge(script(text), timeout=timeout) as judge:
        (judged,) = judge.judge([case.submission])

    assert problem in str(judged.problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("raise SystemExit('broken')", "ended without an answer: exit code 1 broken"),
        ("import sys; sys.stdin.close(); import time; time.sleep(60)", "no answer within"),
        ("import sys\nfor line in sys.stdin: sys.stdout.write('{'); break", "ended amid its answer"),
        ("import sys\nfor line in sys.stdin: print('?', flush=True)", "not one JSON object"),
        ("import sys\nsys.stdin.read()", "no answer within"),
    ],
)
def test_running_command_without_an_answer_has_a_problem(
    text: str, problem: str, script: Callable[..., str], pack: Pack
) -> None:
    """A command that is kept running may end, hang or print nonsense at any time; each document is judged."""
    submissions = [case.submission for case in pack.cases[:2]]
    with CommandJudge(script(text, ""), timeout=1, jobs=2) as judge:
        judged = [*judge.judge(submissions)]

    assert len(judged) == 2
    assert all(problem in str(one.problem) for one in judged)


def test_crash_on_some_documents_is_theirs_alone(validator: Callable[..., str], pack: Pack) -> None:
    """A system that crashes on some documents is started anew, and judged on the others."""
    change = "import os\nseen = lambda document: os._exit(3) if 'x-note' in document else document"
    cases = pack.only(pattern="2021/rules/requests.balance/*").cases[:3]
    sent = [case.submission for case in cases]
    crashing = FiledSubmission("2021", {"x-note": 1}, data=b'{"x-note": 1}')
    with CommandJudge(validator(change), jobs=1) as judge:
        judged = [*judge.judge([sent[0], crashing, sent[1], crashing, sent[2]])]

    assert [one.problem is None for one in judged] == [True, False, True, False, True]
