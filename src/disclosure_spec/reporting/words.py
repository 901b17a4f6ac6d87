"""The words of a report for verdicts, severities and reasons, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Reason, Verdict
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
    Reason.RULE_BROKEN: Wording("规则本身有误", "the rule itself is faulty"),
}
