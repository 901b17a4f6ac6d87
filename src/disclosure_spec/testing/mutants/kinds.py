"""The kinds of mutants: one line each in the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final[Mapping[str, Wording]] = {
    "term_dropped": Wording("去掉一项", "term dropped"),
    "sign_flipped": Wording("正负号相反", "sign flipped"),
    "cell_swapped": Wording("换成相邻的格", "cell swapped for its neighbour"),
    "relation_changed": Wording("改变关系", "relation changed"),
    "severity_lowered": Wording("降低级别", "severity lowered"),
    "coefficient_changed": Wording("改变系数", "coefficient changed"),
    "report_changed": Wording("换成另一份报告", "taken from another report"),
    "equation_dropped": Wording("去掉一个等式", "equation dropped"),
    "rule_dropped": Wording("去掉规则", "rule dropped"),
    "status_changed": Wording("试行或停用", "put on trial or retired"),
    "condition_dropped": Wording("去掉条件", "condition dropped"),
    "alternative_dropped": Wording("去掉一组条件", "alternative of conditions dropped"),
    "condition_value_dropped": Wording("条件少一个值", "value of a condition dropped"),
    "condition_limit_moved": Wording("条件的界限移动", "limit of a condition moved"),
    "condition_cell_dropped": Wording("条件少一格", "cell of a condition dropped"),
    "condition_pattern_dropped": Wording("去掉条件的模式", "pattern of a condition dropped"),
    "phrase_dropped": Wording("少一句空话", "phrase dropped"),
    "head_dropped": Wording("少一个方面", "head dropped"),
    "word_dropped": Wording("少一个词", "word of a head dropped"),
    "part_dropped": Wording("少检查一个部分", "part dropped from a text rule"),
    "length_moved": Wording("字数移动", "number of characters moved"),
    "check_dropped": Wording("少一项日期要求", "date check dropped"),
    "date_moved": Wording("日期移动", "date moved"),
    "date_relation_changed": Wording("改变日期关系", "relation of a date changed"),
    "places_moved": Wording("小数位数移动", "decimal places moved"),
    "constraint_dropped": Wording("结构：去掉约束", "schema: constraint dropped"),
    "key_not_required": Wording("结构：键不再必填", "schema: key no longer required"),
    "reference_dropped": Wording("结构：去掉引用", "schema: reference dropped"),
    "limit_moved": Wording("结构：界限移动", "schema: limit moved"),
    "choice_dropped": Wording("结构：少一个选项", "schema: choice dropped"),
    "choice_added": Wording("结构：多一个选项", "schema: choice added"),
    "type_changed": Wording("结构：类型放宽或收紧", "schema: type widened or narrowed"),
    "key_dropped": Wording("结构：少一个键", "schema: key dropped"),
    "own_keys_changed": Wording("结构：自定义键放宽或收紧", "schema: keys of one's own widened or refused"),
}
"""What each kind does, in the order of the table."""
