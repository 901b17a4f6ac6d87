"""The sheet 校验, its summary on the sheet 说明, and the colours it gives to the cells of the tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.grid import CellRole
from disclosure_spec.sheets import CHECKS
from disclosure_spec.writing.workbook.checks import (
    BROKEN,
    IDLE,
    NO,
    NONE,
    OPEN,
    OUTCOMES,
    PASSED,
    PLACES,
    YES,
)
from disclosure_spec.writing.workbook.looks import height
from disclosure_spec.writing.workbook.plan import LABELS, TABLE_AT, VALUES, Spot, column_name
from disclosure_spec.writing.workbook.values import as_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from disclosure_spec.grid import Table
    from disclosure_spec.writing.workbook.checks import Check, Left
    from disclosure_spec.writing.workbook.looks import Looks
    from disclosure_spec.writing.workbook.plan import Plan

_COLUMNS: Final = (
    ("序号", 40),
    ("规则", 130),
    ("校验事项", 170),
    ("位置", 150),
    ("等式", 380),
    ("左边", 75),
    ("关系", 40),
    ("右边", 75),
    ("差额", 75),
    ("结果", 60),
    ("应填", 45),
    ("已填", 45),
    ("适用", 55),
)
_NUMBER, _RULE, _TITLE, _WHERE, _WORDS, _LEFT, _RELATION, _RIGHT, _DIFFERENCE, _OUTCOME = range(10)
_NEEDED, _FILLED, _APPLIES = range(10, 13)
_FIRST: Final = 3
_SYMBOLS: Final = {"=": "=", "<=": "≤", ">=": "≥"}
_A4: Final = 9
_INTRODUCTION: Final = (
    "本表由公式自动计算，不用填写（保护未设密码）。"
    "“应填”“已填”为该等式涉及的格数；有一格未填或不是数字，结果即为“未填”，不按零计算。"
)
_LEFT_OUT: Final = "下列规则不在此核查："
_WARNING: Final = "（提醒）"
_TO_FILL: Final = "已填数字的格"
_VERDICT: Final = "结论"
_SAYS_BROKEN: Final = "有不符的项，请看“校验”表"
_SAYS_OPEN: Final = "尚未填完"
_SAYS_PASSED: Final = "本工作簿内的校验全部通过"


class CheckSheet:
    """Write the equations.

    Args:
        sheet: The empty worksheet.
        looks: Looks of cells.
        made: The equations.
    """

    def __init__(self, sheet: Any, looks: Looks, made: Sequence[Check]) -> None:
        self._sheet = sheet
        self._looks = looks
        self._checks = made

    def write(self, left: Sequence[Left]) -> None:
        """Write a row for each equation, and below them the rules that are left out."""
        for column, (_, width) in enumerate(_COLUMNS):
            self._sheet.set_column_pixels(column, column, width)
        last = len(_COLUMNS) - 1
        self._sheet.merge_range(0, 0, 0, last, CHECKS, self._looks["name"])
        self._sheet.set_row(0, 36)
        self._sheet.merge_range(1, 0, 1, last, _INTRODUCTION, self._looks["advice"])
        self._sheet.set_row(1, height(_INTRODUCTION, sum(width for _, width in _COLUMNS)))
        for column, (name, _) in enumerate(_COLUMNS):
            self._sheet.write_string(2, column, name, self._looks["check head"])
        # A condition is worked out once for each rule; its other equations refer to the first.
        first: dict[str, int] = {}
        for number, check in enumerate(self._checks):
            row = _FIRST + number
            self._row(row, check, first.setdefault(check.rule.id, row))
        self._left_out(left)
        self._colour()
        self._set_up()

    def _row(self, row: int, check: Check, first: int) -> None:
        warning = "" if check.rule.severity == "error" else _WARNING
        texts = {
            _RULE: check.rule.id,
            _TITLE: check.rule.title.zh + warning,
            _WHERE: check.where,
            _WORDS: check.words,
        }
        self._sheet.write_number(row, _NUMBER, row - _FIRST + 1, self._looks["check middle"])
        for column, text in texts.items():
            self._sheet.write_string(row, column, text, self._looks["check"])
        self._sheet.write_string(row, _RELATION, _SYMBOLS[check.relation], self._looks["check middle"])
        self._sheet.write_number(row, _NEEDED, len(check.operands), self._looks["check middle"])
        # COUNT sees numbers only: a blank, a mark and a number typed as text all leave the equation open.
        operands = ",".join(spot.reference for spot in check.operands)
        self._formula(row, _FILLED, f"COUNT({operands})", check.filled, "check middle")
        self._sums(row, check)
        if check.condition and row == first:
            self._formula(row, _APPLIES, check.condition, check.applies, "applies")
        elif check.condition:
            self._formula(row, _APPLIES, _at(first, _APPLIES), check.applies, "applies")
        else:
            self._sheet.write_number(row, _APPLIES, YES, self._looks["applies"])
        # Programs do not fit rows with several lines when they open a file made elsewhere.
        points = max(height(text, _COLUMNS[column][1], 10) for column, text in texts.items())
        self._sheet.set_row(row, max(20, points))

    def _sums(self, row: int, check: Check) -> None:
        # Without this a blank would count as zero and a half-filled form be called wrong.
        incomplete = f"{_at(row, _FILLED)}<{_at(row, _NEEDED)}"
        for column, side, value in (
            (_LEFT, check.left, check.left_value),
            (_RIGHT, check.right, check.right_value),
        ):
            self._formula(row, column, f'IF({incomplete},"{NONE}",{side})', value, "check number")
        # Spreadsheets add in binary fractions: 0.1 + 0.2 - 0.3 is not zero there.
        difference = f"ROUND({_at(row, _LEFT)}-{_at(row, _RIGHT)},{PLACES})"
        found = f'IF({incomplete},"{NONE}",{difference})'
        self._formula(row, _DIFFERENCE, found, check.difference, "check number")
        applies = _at(row, _APPLIES)
        holds = f'IF({_at(row, _DIFFERENCE)}{check.relation}0,"{PASSED}","{BROKEN}")'
        # What is not known, of the condition or of a number, is neither passed nor broken.
        open_ = f'IF(OR({applies}<{YES},{incomplete}),"{OPEN}",{holds})'
        self._formula(row, _OUTCOME, f'IF({applies}={NO},"{IDLE}",{open_})', check.outcome, "check middle")

    def _formula(
        self, row: int, column: int, text: str, value: Decimal | float | str | None, look: str
    ) -> None:
        # A value that is not stored would be taken for zero by programs that do not calculate.
        shown: Any = NONE if value is None else value if isinstance(value, str) else _plain(value)
        self._sheet.write_formula(row, column, f"={text}", self._looks[look], shown)

    def _left_out(self, left: Sequence[Left]) -> None:
        row = _FIRST + len(self._checks) + 1
        last = len(_COLUMNS) - 1
        self._sheet.merge_range(row, 0, row, last, _LEFT_OUT, self._looks["head"])
        for number, one in enumerate(left, start=row + 1):
            self._sheet.write_string(number, _RULE, one.rule.id, self._looks["check"])
            self._sheet.merge_range(number, _TITLE, number, _WORDS, one.rule.title.zh, self._looks["check"])
            self._sheet.merge_range(number, _LEFT, number, last, one.reason, self._looks["check"])
            self._sheet.set_row(number, height(one.rule.id, _COLUMNS[_RULE][1], 10))

    def _colour(self) -> None:
        for number, check in enumerate(self._checks):
            wrong = "bad" if check.rule.severity == "error" else "doubtful"
            row = _FIRST + number
            for outcome, look in ((BROKEN, wrong), (PASSED, "good")):
                # A comparison of text, not of a number: it cannot fail and silence the colour.
                test = {"type": "formula", "criteria": f'={_at(row, _OUTCOME)}="{outcome}"'}
                area = (row, _LEFT, row, _OUTCOME)
                self._sheet.conditional_format(*area, {**test, "format": self._looks[look]})

    def _set_up(self) -> None:
        self._sheet.freeze_panes(_FIRST, 0)
        self._sheet.repeat_rows(_FIRST - 1)
        self._sheet.set_paper(_A4)
        self._sheet.set_landscape()
        self._sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        # All columns on one page, as many pages as there are rows.
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&C— &P —")
        self._sheet.set_selection(_FIRST, _OUTCOME, _FIRST, _OUTCOME)
        # Without a password: whoever wants to change it may, but not by accident.
        self._sheet.protect("", {"format_columns": True, "format_rows": True})


def outcome_names(made: Sequence[Check], prefix: str) -> Mapping[str, Spot]:
    """Return the cell of each result by a name: only names lead from a colour rule to another sheet."""
    return {
        f"{prefix}_check_{number + 1:03}": Spot(CHECKS, _FIRST + number, _OUTCOME)
        for number in range(len(made))
    }


def colour_cells(
    sheets: Mapping[str, Any], made: Sequence[Check], names: Mapping[str, Spot], looks: Looks
) -> None:
    """Colour the cells of an equation that does not hold: red, or yellow where it only warns."""
    concerned: dict[tuple[str, Spot], list[str]] = {}
    for check, name in zip(made, names, strict=True):
        look = "bad" if check.rule.severity == "error" else "doubtful"
        for spot in check.operands:
            concerned.setdefault((look, spot), []).append(name)
    # Red before yellow: the first rule that holds decides.
    for (look, spot), found in sorted(concerned.items(), key=lambda one: one[0][0]):
        tests = ",".join(f'{name}="{BROKEN}"' for name in found)
        rule = {"type": "formula", "criteria": f"=OR({tests})", "format": looks[look]}
        sheets[spot.sheet].conditional_format(spot.row, spot.column, spot.row, spot.column, rule)


def summarise(sheet: Any, looks: Looks, made: Sequence[Check], plan: Plan, filled: int) -> None:
    """Write below the other rows how many checks passed and how many cells are filled in."""
    row = len(plan.cover)
    counted = Counter(check.outcome for check in made)
    results = f"'{CHECKS}'!{_at(_FIRST, _OUTCOME)}:{_at(_FIRST + max(len(made), 1) - 1, _OUTCOME)}"
    # Whole tables: old programs take thirty arguments at most, and labels are no numbers anyway.
    areas = ",".join(f"'{name}'!{_area(table)}" for name, (_, table) in plan.tables.items())
    cells = sum(_inputs(table) for _, table in plan.tables.values())
    unfinished = counted[OPEN] or filled < cells
    says = _SAYS_BROKEN if counted[BROKEN] else _SAYS_OPEN if unfinished else _SAYS_PASSED
    places = {outcome: _at(row + number, VALUES) for number, outcome in enumerate(OUTCOMES)}
    count = f"COUNT({areas})"
    to_fill = f'IF(OR({places[OPEN]}>0,{count}<{cells}),"{_SAYS_OPEN}","{_SAYS_PASSED}")'
    rows: list[tuple[str, str, Any]] = [
        (outcome, f'COUNTIF({results},"{outcome}")', counted[outcome]) for outcome in OUTCOMES
    ]
    rows.append((_TO_FILL, f'{count}&" / {cells}"', f"{filled} / {cells}"))
    rows.append((_VERDICT, f'IF({places[BROKEN]}>0,"{_SAYS_BROKEN}",{to_fill})', says))
    for number, (label, formula, value) in enumerate(rows, start=row):
        sheet.write_string(number, LABELS, label, looks["label"])
        sheet.write_formula(number, VALUES, f"={formula}", looks["sum"], value)
        sheet.set_row(number, 20)
    bad = {"type": "formula", "criteria": f"={places[BROKEN]}>0", "format": looks["bad"]}
    for at in (row + OUTCOMES.index(BROKEN), row + len(rows) - 1):
        sheet.conditional_format(at, VALUES, at, VALUES, bad)


def _inputs(table: Table) -> int:
    return sum(cell.role is CellRole.INPUT for row in table.rows for cell in row)


def _area(table: Table) -> str:
    last = column_name(len(table.widths) - 1)
    return f"$A${TABLE_AT + 1}:${last}${TABLE_AT + len(table.rows)}"


def _at(row: int, column: int) -> str:
    return f"${column_name(column)}${row + 1}"


def _plain(value: Decimal | float) -> Any:
    return value if as_number(value) is None else as_number(value)  # type: ignore[arg-type] # both are numbers
