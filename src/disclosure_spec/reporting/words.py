"""The words of a report for verdicts, severities and reasons, in both languages."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.checking import Reason, Status, Verdict, WaiverState
from disclosure_spec.place import How
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.rules import Lifecycle, Severity

VERDICTS: Final[Mapping[Verdict, Wording]] = {
    Verdict.CONFORMS: Wording("符合", "conforms"),
    Verdict.DOES_NOT_CONFORM: Wording("不符合", "does not conform"),
    Verdict.CANNOT_TELL: Wording("无法判断", "cannot tell"),
}
SEVERITIES: Final[Mapping[Severity, Wording]] = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("提示", "info"),
}
LIFECYCLES: Final[Mapping[Lifecycle, Wording]] = {
    "active": Wording("现行", "active"),
    "trial": Wording("试行", "trial"),
    "retired": Wording("停用", "retired"),
}
STATUSES: Final[Mapping[Status, Wording]] = {
    Status.PASS: Wording("通过", "pass"),
    Status.FAIL: Wording("不符", "fail"),
    Status.NOT_APPLICABLE: Wording("不适用", "not applicable"),
    Status.NOT_CHECKED: Wording("未检查", "not checked"),
    Status.ERROR: Wording("规则有误", "rule error"),
}
WAIVER_STATES: Final[Mapping[WaiverState, Wording]] = {
    WaiverState.USED: Wording("已豁免", "waived"),
    WaiverState.VALUE_CHANGED: Wording("豁免失效，数值已改变", "waiver lapsed, a value has changed"),
    WaiverState.EXPIRED: Wording("豁免失效，已过期", "waiver lapsed, expired"),
    WaiverState.UNUSED: Wording("豁免未用到", "waiver not used"),
}
HOWS: Final[Mapping[How, Wording]] = {
    How.SIMILAR: Wording("按相近名称", "read by a similar label"),
    How.BY_POSITION: Wording("按次序", "read by its position"),
    How.SOLVED: Wording("按勾稽关系推定", "settled by the equations"),
}
"""How a value was matched, where it was not letter for letter."""
REASONS: Final[Mapping[Reason, Wording]] = {
    Reason.OPERAND_BLANK: Wording("所需的格或部分没有填写", "a cell or part it needs is blank"),
    Reason.OPERAND_MISSING: Wording("缺少所需的内容", "something it needs is missing"),
    Reason.OPERAND_UNREAD: Wording("所需的内容未能读取", "something it needs could not be read"),
    Reason.OPERAND_NOT_A_NUMBER: Wording("所需的格填的不是数字", "a cell it needs holds no number"),
    Reason.OPERAND_NOT_A_DATE: Wording("所需的日期写法不对", "a date it needs is not written as a date"),
    Reason.OPERAND_NOT_TEXT: Wording("所需的部分不是文字", "a part it needs is not text"),
    Reason.NOT_STATED: Wording("报告没有写明所需的事项", "the report does not state what it needs"),
    Reason.CONDITION_UNKNOWN: Wording("不知是否适用于该报告", "not known whether it applies"),
    Reason.CONDITION_NOT_MET: Wording("不适用于该报告", "does not apply to this report"),
    Reason.NO_SUCH_CELL: Wording("规则所指的格不在格式中", "the rule names a cell the form does not have"),
    Reason.NO_PREVIOUS_REPORT: Wording("没有上年的报告", "no report of the previous year given"),
    Reason.NO_PARTS: Wording("没有所属机关的报告", "no reports of subordinate bodies given"),
    Reason.OTHER_YEAR: Wording("所给的报告年度不对", "a report given for comparison is for another year"),
    Reason.UNITS_DIFFER: Wording(
        "各金额的单位不同或没有写明", "the amounts are in different units or in none"
    ),
    Reason.NOT_YET_EVALUATED: Wording("试行规则，暂不检查", "a trial rule that is not evaluated yet"),
    Reason.RETIRED: Wording("规则已停用", "the rule is retired"),
    Reason.SWITCHED_OFF: Wording("本地规则关闭了这条规则", "switched off by the profile in use"),
    Reason.RULE_BROKEN: Wording("规则本身有误", "the rule itself is faulty"),
}

# The names of what every rendering says of a finding.
RULE: Final = Wording("规则", "rule")
SEVERITY: Final = Wording("级别", "severity")
MESSAGE: Final = Wording("问题", "finding")
EQUATION: Final = Wording("等式", "equation")
EXPECTED: Final = Wording("应为", "expected")
FOUND: Final = Wording("现为", "found")
DIFFERENCE: Final = Wording("相差", "difference")
SUGGESTION: Final = Wording("推断（仅供核对）", "suggestion (to be verified)")
FIGURES: Final = Wording("数值", "figures")
CELLS: Final = Wording("所涉各格", "cells")
PLACE: Final = Wording("位置", "place")
ADVICE: Final = Wording("办法", "what to do")
BASIS: Final = Wording("依据", "basis")
CONSEQUENCES: Final = Wording("由同一原因引起（{count}处）：", "From the same cause ({count}):")
VERDICT: Final = Wording("结论：{verdict}。", "Verdict: {verdict}.")
COUNTS: Final = Wording(
    "错误{error}处，警告{warning}处，提示{info}处。", "Errors: {error}, warnings: {warning}, notes: {info}."
)
SUBJECT: Final = Wording(
    "{body}{year}（{edition}年版格式，规范{spec}）",
    "{body}{year} (form edition {edition}, specification {spec})",
)
YEAR: Final = Wording("{year}年度", " {year}")
UNKNOWN_BODY: Final = Wording("（机关名称不详）", "(body not known) ")
BLANK: Final = Wording("空白", "blank")
NOTES: Final = Wording("读取说明：", "Notes from reading:")
PROFILE: Final = Wording(
    "按本地规则“{name}”检查（SHA-256：{digest}）：{changes}。",
    "Checked under the profile “{name}” (SHA-256 {digest}): {changes}.",
)
NO_CHANGES: Final = Wording("未更改规则", "no rule changed")
OFF: Final = Wording("停用", "off")
WAIVERS: Final = Wording("豁免：", "Waivers:")
WAIVER: Final = Wording(
    "[{rule}] {state}：{reason}（{by}，至{until}）", "[{rule}] {state}: {reason} ({by}, until {until})"
)
WAIVED_FINDING: Final = Wording("{waiver}：{finding}", "{waiver}: {finding}")
CONSEQUENCE: Final = Wording("由同一原因引起：{message}", "From the same cause: {message}")
NOT_CHECKED: Final = Wording("未检查的规则（{count}条）：", "Rules not checked ({count}):")
PARTLY_CHECKED: Final = Wording("部分未检查的规则（{count}条）：", "Rules not checked everywhere ({count}):")
TRIAL: Final = Wording("另有试行规则{count}条未检查。", "Besides, {count} trial rules were not checked.")
