"""What the equations of an edition amount to, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.labelling import labels_in_table
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_spec.checking.diagnosis.rule_set import Named, RuleSetDiagnosis, TableDiagnosis
    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.wording import Language

_EDITION: Final = Wording("{name}年版格式的等式（规范{spec}）", "Equations of edition {name} ({spec})")
_TABLE: Final = Wording(
    "{heading}：{cells}格，{equations}个等式，独立的{rank}个",
    "{heading}: {cells} cells, {equations} equations, {rank} of them independent",
)
_FOLLOWS: Final = Wording("可由其他{count}个等式推出：{one}", "follows from {count} other equations: {one}")
_SAME: Final = Wording("内容相同的等式：{list}", "equations that say the same: {list}")
_CONSISTENT: Final = Wording(
    "没有矛盾：各数均为零时，等式全部成立", "no contradiction: noughts alone satisfy them all"
)
_FIXED: Final = Wording("只能为零的格（{count}）：", "cells that can only be nought ({count}):")
_UNCOVERED: Final = Wording(
    "没有等式涉及的格（{count}），其错误等式无从发现：",
    "cells in no equation ({count}), whose errors no equation shows:",
)
_ALIKE: Final = Wording(
    "只凭等式不能区分的格，共{count}组，每组只知有误、不知是哪一格：",
    "cells the equations cannot tell apart, {count} groups: something in a group is wrong, not which cell:",
)
_TOLD_APART: Final = Wording(
    "任何两格所在的等式都不相同，一格有误即可确定是哪一格",
    "no two cells are in the same equations: one wrong cell is located",
)
_UNSEEN: Final = Wording(
    "{size}格同时有误而等式仍全部成立的组合：{count}种",
    "sets of {size} wrong cells that no equation shows: {count}",
)
_EXAMPLE: Final = Wording("例：{list}", "for example {list}")
_ALL_SEEN: Final = Wording(
    "任何{size}格以内的错误都会使等式不成立", "errors in up to {size} cells always break an equation"
)
_CUT: Final = Wording("组合太多，没有全部推算", "too many combinations to go through")
_APART: Final = Wording(
    "另有以下规则的等式或不等式只在一定条件下适用、只作警告、涉及其他报告或处于试行，不计入：{list}",
    "Not counted, since conditional, only warning, on trial, about another report or inequalities: {list}",
)
_RULE: Final = Wording("{rule}（{count}个）", "{rule} ({count})")
_NAMED: Final = Wording("{rule}“{where}”", "{rule} “{where}”")
_QUOTED: Final = Wording("“{label}”", "“{label}”")
_COMMA: Final = Wording("、", ", ")


def render_rule_set(diagnosis: RuleSetDiagnosis, edition: Edition, language: Language) -> str:
    """Return the diagnosis of the rules as lines of text in one language.

    Args:
        diagnosis: What to show.
        edition: Its edition, for labels.
        language: `zh` or `en`.
    """
    lines = [_EDITION.fill(name=diagnosis.form_edition, spec=diagnosis.spec_version)]
    for table in diagnosis.tables:
        lines.append(
            _TABLE.fill(heading=table.heading, cells=table.cells, equations=table.equations, rank=table.rank)
        )
        lines += [_indented(line) for line in _table(table, edition)]
    if diagnosis.apart:
        rules = [_RULE.fill(rule=rule, count=count) for rule, count in diagnosis.apart.items()]
        lines.append(_APART.fill(list=_join(rules, _COMMA)))
    return "\n".join(line.get(language) for line in lines) + "\n"


def _table(table: TableDiagnosis, edition: Edition) -> Iterator[Wording]:
    for dependent in table.dependent:
        yield _FOLLOWS.fill(count=len(dependent.follows_from), one=_named(dependent.one))
    for same in table.duplicates:
        yield _SAME.fill(list=_join([_named(one) for one in same], _COMMA))
    if table.equations:
        yield _CONSISTENT
    for words, cells in ((_FIXED, table.fixed), (_UNCOVERED, table.uncovered)):
        if cells:
            yield words.fill(count=len(cells))
            yield from (_indented(one) for one in _labels(cells, edition))
    if table.indistinguishable:
        yield _ALIKE.fill(count=len(table.indistinguishable))
        yield from (_indented(_cells(group, edition)) for group in table.indistinguishable)
    elif table.equations:
        yield _TOLD_APART
    yield from _unseen(table, edition)


def _unseen(table: TableDiagnosis, edition: Edition) -> Iterator[Wording]:
    # Sizes are gone through in order: all below the first that goes unseen are seen.
    before = next((one.size for one in table.unseen if one.count), len(table.unseen) + 1) - 1
    if before:
        yield _ALL_SEEN.fill(size=before)
    # Cells that no equation covers have been named.
    for one in table.unseen[1:]:
        if one.count:
            yield _UNSEEN.fill(size=one.size, count=one.count)
            yield _indented(_EXAMPLE.fill(list=_cells(one.examples[0], edition)))
    if not table.complete:
        yield _CUT


def _cells(pointers: Sequence[str], edition: Edition) -> Wording:
    return _join([_QUOTED.fill(label=one) for one in _labels(pointers, edition)], _COMMA)


def _labels(pointers: Sequence[str], edition: Edition) -> Iterable[Wording]:
    return labels_in_table({pointer: edition.label(pointer) for pointer in pointers}).values()


def _named(one: Named) -> Wording:
    return _NAMED.fill(rule=one.rule, where=one.equation.where)


def _indented(line: Wording) -> Wording:
    return Wording(f"  {line.zh}", f"  {line.en}")


def _join(parts: Sequence[Wording], separator: Wording) -> Wording:
    return Wording(*(separator.get(one).join(part.get(one) for part in parts) for one in LANGUAGES))


def rule_set_as_json(diagnosis: RuleSetDiagnosis) -> JSONValue:
    """Return the diagnosis of the rules as JSON values."""
    apart: dict[str, JSONValue] = dict(diagnosis.apart)
    return {
        "spec_version": diagnosis.spec_version,
        "form_edition": diagnosis.form_edition,
        "tables": [_table_as_json(one) for one in diagnosis.tables],
        "rules_apart": apart,
    }


def _table_as_json(table: TableDiagnosis) -> JSONValue:
    smallest = table.smallest_unseen
    return {
        "pointer": table.pointer,
        "heading": dict(table.heading.as_json()),
        "cells": table.cells,
        "equations": table.equations,
        "rank": table.rank,
        "dependent": [
            {
                "equation": _named_as_json(one.one),
                "follows_from": [_named_as_json(other) for other in one.follows_from],
            }
            for one in table.dependent
        ],
        "duplicates": [[_named_as_json(one) for one in group] for group in table.duplicates],
        "fixed": list(table.fixed),
        "uncovered": list(table.uncovered),
        "indistinguishable": [list(group) for group in table.indistinguishable],
        "unseen": [
            {"cells": one.size, "count": one.count, "examples": [list(example) for example in one.examples]}
            for one in table.unseen
        ],
        "smallest_unseen": smallest.size if smallest else None,
        "complete": table.complete,
    }


def _named_as_json(one: Named) -> JSONValue:
    return {"rule": one.rule, "where": dict(one.equation.where.as_json())}
