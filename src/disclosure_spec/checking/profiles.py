"""Local rules: what a supervising office does not check, takes more or less seriously, or wants earlier."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from disclosure_spec._values import dataclass, replace
from disclosure_spec.checking.local_files import hint, load_local
from disclosure_spec.checking.result import AppliedProfile
from disclosure_spec.errors import UsageError
from disclosure_spec.rules import Basis, DateTest
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.edition import Catalogue, Edition
    from disclosure_spec.rules import Rule

Setting = Literal["off", "error", "warning", "info"]
"""What a profile makes of a rule."""

_COMMON_YEAR: Final = 2001
"""A deadline is a day of every year: 29 February is none."""

_NO_RULE: Final = Wording(
    "本地规则中的“{rule}”不是规则编号{hint}。", "The profile names no rule by “{rule}”{hint}."
)
_RETIRED: Final = Wording("规则“{rule}”已停用，不能再用。", "The rule “{rule}” is retired and stays so.")
_BOTH: Final = Wording(
    "本地规则既关闭“{rule}”，又规定其期限。", "The profile switches “{rule}” off and gives it a deadline."
)
_NO_DEADLINE: Final = Wording(
    "规则“{rule}”没有期限可改；有期限的规则：{known}。",
    "The rule “{rule}” has no deadline to change; those that have: {known}.",
)
_NO_DAY: Final = Wording(
    "“{rule}”的期限“{day}”不是每年都有的一天。", "The deadline “{day}” of “{rule}” is no day of every year."
)
_VERSION: Final = Wording(
    "本地规则“{profile}”适用于规范{wanted}，报告为规范{found}。",
    "The profile “{profile}” is for specification {wanted}, the report for {found}.",
)
_LATE: Final = Wording(
    "“{cell}”为{value}，晚于“{profile}”规定的期限{expected}。",
    "“{cell}” is {value}, after the deadline {expected} that “{profile}” sets.",
)
_TITLE: Final = Wording(
    "{title}（“{profile}”规定为{month}月{day}日）", "{title} (by “{profile}”: {month}/{day})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The local rules of one office.

    Attributes:
        name: What they are called; every result names it.
        sha256: Of their file.
        spec_version: The version of the specification whose rules they change.
        severities: By id of a rule its severity here, or `off`.
        deadlines: By id of a rule the month and day of the deadline here.
    """

    name: str
    sha256: str
    spec_version: str
    severities: Mapping[str, Setting]
    deadlines: Mapping[str, tuple[int, int]]

    def apply(self, edition: Edition) -> tuple[Edition, AppliedProfile]:
        """Return the edition under these rules, and what a result must say of them.

        Raises:
            UsageError: `profile.version`, the edition is of another version of the specification.
        """
        if edition.spec_version != self.spec_version:
            words = _VERSION.fill(profile=self.name, wanted=self.spec_version, found=edition.spec_version)
            raise UsageError("profile.version", words)
        changed = {rule.id: self._changed(rule) for rule in edition.rules}
        changes = {rule.id: self._stated(rule.id) for rule in edition.rules if changed[rule.id] != rule}
        return edition.with_rules(changed.values()), AppliedProfile(self.name, self.sha256, changes)

    def _changed(self, rule: Rule) -> Rule:
        setting = self.severities.get(rule.id)
        if setting == "off":
            return replace(rule, switched_off=True)
        if setting is not None:
            # What an office gives a weight is in force there, though the country still tries it.
            rule = replace(rule, severity=setting, status="active")
        return self._moved(rule, *self.deadlines[rule.id]) if rule.id in self.deadlines else rule

    def _moved(self, rule: Rule, month: int, day: int) -> Rule:
        if not isinstance(rule.test, DateTest):
            return rule
        check = replace(rule.test.checks[0], month=month, day=day)
        if check == rule.test.checks[0]:
            return rule
        # The law must not be quoted for a day that it does not name.
        return replace(
            rule,
            title=_TITLE.fill(title=rule.title, profile=self.name, month=month, day=day),
            message=_LATE.fill(profile=self.name),
            basis=(Basis("profile", Wording(self.name, self.name)),),
            test=DateTest((check,)),
        )

    def _stated(self, rule_id: str) -> str:
        parts: list[str] = [self.severities[rule_id]] if rule_id in self.severities else []
        if rule_id in self.deadlines:
            month, day = self.deadlines[rule_id]
            parts.append(f"{month:02}-{day:02}")
        return ", ".join(parts)


def load_profile(data: bytes, catalogue: Catalogue) -> Profile:
    """Read local rules: YAML that follows `schema/meta/profile.schema.json`.

    Args:
        data: The file.
        catalogue: The specification whose rules they change.

    Raises:
        InputError: The file is no YAML as `loads_yaml` reads it.
        UsageError: `profile.content`, `spec.unknown`, `profile.rule`, `profile.retired`, `profile.deadline`:
            something in it does not exist or contradicts the rest.
    """
    known = [rule.id for edition in catalogue.editions() for rule in edition.rules]
    content = load_local(data, "profile", known)
    profile = Profile(
        name=content["name"],
        sha256=hashlib.sha256(data).hexdigest(),
        spec_version=content["spec_version"],
        severities=content.get("rules", {}),
        deadlines={rule: _day(rule, day) for rule, day in content.get("deadlines", {}).items()},
    )
    _refuse_contradictions(profile, catalogue)
    return profile


def _day(rule_id: str, text: str) -> tuple[int, int]:
    month, day = map(int, text.split("-"))
    try:
        date(_COMMON_YEAR, month, day)
    except ValueError:
        words = _NO_DAY.fill(rule=rule_id, day=text)
        raise UsageError("profile.deadline", words, f"/deadlines/{rule_id}") from None
    return month, day


def _refuse_contradictions(profile: Profile, catalogue: Catalogue) -> None:
    rules: dict[str, list[Rule]] = {}
    for edition in catalogue.editions(profile.spec_version):
        for rule in edition.rules:
            rules.setdefault(rule.id, []).append(rule)
    for part, ids in (("rules", profile.severities), ("deadlines", profile.deadlines)):
        for one in ids:
            place = f"/{part}/{one}"
            if one not in rules:
                raise UsageError("profile.rule", _NO_RULE.fill(rule=one, hint=hint(one, rules)), place)
            if all(rule.status == "retired" for rule in rules[one]):
                raise UsageError("profile.retired", _RETIRED.fill(rule=one), place)
    with_deadline = [one for one in rules if all(map(_has_deadline, rules[one]))]
    for one in profile.deadlines:
        if profile.severities.get(one) == "off":
            raise UsageError("profile.deadline", _BOTH.fill(rule=one), f"/deadlines/{one}")
        if one not in with_deadline:
            known = Wording("、".join(with_deadline), ", ".join(with_deadline))
            words = _NO_DEADLINE.fill(rule=one, known=known)
            raise UsageError("profile.deadline", words, f"/deadlines/{one}")


def _has_deadline(rule: Rule) -> bool:
    """Tell whether the rule is about one day not to be passed, which alone can be moved."""
    checks = rule.test.checks if isinstance(rule.test, DateTest) else ()
    return len(checks) == 1 and checks[0].relation == "<=" and checks[0].year is None
