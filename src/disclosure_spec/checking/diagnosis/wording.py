"""What a diagnosis says: which numbers to look at again, and how far the equations can tell."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from disclosure_spec._scalars import write_number
from disclosure_spec.checking.result import Slip
from disclosure_spec.labelling import labels_in_table
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from disclosure_spec.checking.diagnosis.minimal import Smallest
    from disclosure_spec.checking.result import Change, Explanation

SHOWN: Final = 5
"""Explanations written out in the message; all that are listed stand in the result."""

_SLIPS: Final[Mapping[Slip, Wording]] = {
    Slip.TOTAL_NOT_UPDATED: Wording("合计加错或没有随各项更新", "a total added up wrongly or not updated"),
    Slip.DIGITS_TRANSPOSED: Wording("相邻两位数字颠倒", "two digits transposed"),
    Slip.DIGIT_DROPPED: Wording("漏了一位数字", "a digit dropped"),
    Slip.DIGIT_ADDED: Wording("多了一位数字", "a digit too many"),
    Slip.DIGIT_CHANGED: Wording("一位数字写错", "one digit wrong"),
    Slip.SIGN: Wording("正负号相反", "the sign reversed"),
    Slip.NEIGHBOURS_SWAPPED: Wording("相邻两格的数填颠倒", "two neighbours swapped"),
    Slip.NEXT_COLUMN: Wording("填到了旁边一列", "written one column over"),
    Slip.UNIT: Wording("金额单位弄错", "an amount in another unit"),
}

_ONE: Final = Wording(
    "很可能是“{cell}”一格有误：现为{stated}，改为{right}，即可使不成立的{broken}个等式全部成立{slip}。",
    "Most likely one cell is wrong: “{cell}” is {stated}; {right} would satisfy every equation that now "
    "fails ({broken}){slip}.",
)
_PROVED: Final = Wording(
    "只改一格的办法仅此一种；除非另有至少三格同时有误，否则错的就是这一格。",
    " It is the only single cell that can; unless at least three other cells are wrong, it is this one.",
)
_UNPROVED: Final = Wording(
    "改动其他任何一格都不行，但不排除两格以上同时有误。",
    " No other single cell could do so, but two or more may be wrong together.",
)
_ONE_OF: Final = Wording(
    "很可能是以下{count}格中的一格有误，仅凭等式不能判断是哪一格：{list}。",
    "Most likely one of these {count} cells is wrong; the equations alone cannot tell which: {list}.",
)
_SEVERAL: Final = Wording(
    "至少有{size}格有误，同时改正以下各格，等式即全部成立：{list}。",
    "At least {size} cells are wrong; these changes together would satisfy every equation: {list}.",
)
_SEVERAL_OF: Final = Wording(
    "至少有{size}格有误，以下{count}组中的任何一组都能使等式全部成立，最像的在前：{list}。",
    "At least {size} cells are wrong; any one of these {count} sets of changes would satisfy every equation, "
    "the likeliest first: {list}.",
)
_NONE: Final = Wording(
    "至少有{size}格有误，组合太多，没有逐一推算；请对照原始数据逐格核对。",
    "At least {size} cells are wrong, too many combinations to go through; compare with the source, cell by "
    "cell.",
)
_SOME: Final = Wording(
    "组合太多，没有全部推算，可能还有别的改法。",
    " There were too many combinations to go through; there may be others.",
)
_CONTRADICTED: Final = Wording(
    "没有填数的格无论填多少，等式都不能全部成立。",
    "Whatever the cells without a number held, some equation would fail. ",
)
_BLANK_AFTER: Final = Wording(
    "按等式推算，“{cell}”应为{right}（以上述有误的数已经改正、其他各数无误为前提）。",
    "By the equations “{cell}” would be {right}, provided that the numbers found wrong are corrected and the "
    "others are right.",
)
_BLANK: Final = Wording(
    "按等式推算，“{cell}”应为{right}（以有关各数无误为前提）。",
    "By the equations “{cell}” would be {right}, provided that the other numbers are right.",
)
_CHECK: Final = Wording(
    "建议对照原始数据核对，未作改动。", " Check it against the source; nothing was changed."
)
_CHANGE: Final = Wording("“{cell}”{stated}→{right}{slip}", "“{cell}” {stated} → {right}{slip}")
_SET: Final = Wording("（{number}）{set}", "({number}) {set}")
_MAYBE: Final = Wording("（{slip}？）", " ({slip}?)")
_REST: Final = Wording("其余{count}种从略", "{count} more")
_AND: Final = Wording("、", ", ")
_THEN: Final = Wording("；", "; ")


def explain(
    explanations: Sequence[Explanation],
    found: Smallest,
    *,
    broken: int,
    proved: bool,
) -> Wording:
    """Return the words for the smallest sets of wrong cells.

    Args:
        explanations: Those listed, the likeliest first.
        found: What the search found.
        broken: How many equations do not hold; none where only cells without a number contradict each other.
        proved: Whether the first is the only one, and no two other cells can explain as much.
    """
    count = len(found.sets)
    parts = [] if broken else [_CONTRADICTED]
    if not count:
        return _join([*parts, _NONE.fill(size=found.at_least)])
    first = explanations[0]
    if count == 1 and len(first.changes) == 1 and broken:
        (change,) = first.changes
        parts.append(_ONE.fill(broken=broken, **_values(change, change.cell.label)))
    else:
        parts.append(_list(explanations, found))
    # Of two cells and more nothing is ever proved, only that fewer would not do.
    if count == found.at_least == 1:
        parts.append(_PROVED if proved else _UNPROVED)
    if not found.complete:
        parts.append(_SOME)
    return _join([*parts, _CHECK])


def suggest(change: Change, *, after: bool) -> Wording:
    """Return the words for a cell without a number whose number follows.

    Args:
        change: The cell and its number.
        after: Whether it follows only once wrong numbers are corrected.
    """
    return _join([(_BLANK_AFTER if after else _BLANK).fill(**_values(change, change.cell.label)), _CHECK])


def _list(explanations: Sequence[Explanation], found: Smallest) -> Wording:
    shown = explanations[:SHOWN]
    labels = labels_in_table(
        {change.cell.pointer: change.cell.label for one in shown for change in one.changes}
    )
    sets = [
        _join([_changes(one.changes, labels), _maybe(one.slip) if len(one.changes) > 1 else _NOTHING])
        for one in shown
    ]
    count = len(found.sets)
    if count > 1 and found.at_least > 1:
        sets = [_SET.fill(number=number, set=one) for number, one in enumerate(sets, start=1)]
    if count > len(shown):
        sets.append(_REST.fill(count=count - len(shown)))
    template = (_ONE_OF if found.at_least == 1 else _SEVERAL_OF) if count > 1 else _SEVERAL
    return template.fill(size=found.at_least, count=count, list=_join(sets, _THEN))


def _changes(changes: Iterable[Change], labels: Mapping[str, Wording]) -> Wording:
    return _join([_CHANGE.fill(**_values(one, labels[one.cell.pointer])) for one in changes], _AND)


def _values(change: Change, label: Wording) -> dict[str, object]:
    stated = change.cell.value
    return {
        "cell": label,
        # A cell that is wrong holds a number; of one that holds none only what is right is told.
        "stated": write_number(stated) if isinstance(stated, int | Decimal) else "",
        "right": write_number(change.value),
        "slip": _maybe(change.slip),
    }


_NOTHING: Final = Wording("", "")


def _maybe(slip: Slip | None) -> Wording:
    return _MAYBE.fill(slip=_SLIPS[slip]) if slip else _NOTHING


def _join(parts: Sequence[Wording], separator: Wording = _NOTHING) -> Wording:
    return Wording(*(separator.get(one).join(part.get(one) for part in parts).strip() for one in LANGUAGES))
