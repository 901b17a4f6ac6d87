"""What a summary says, as tables that every rendering shows alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

from disclosure_spec._values import dataclass
from disclosure_spec.checking import Status, Verdict
from disclosure_spec.reporting import words
from disclosure_spec.reporting.summary.bodies import by_body
from disclosure_spec.reporting.words import REASONS, SEVERITIES, VERDICTS, WAIVER_STATES
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.reporting.summary.rollup import ReportLine, RollUp
    from disclosure_spec.wording import Language


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that is not nothing."""

    part: int
    whole: int

    @property
    def text(self) -> str:
        """Return it in percent, rounded to one place."""
        percent = Decimal(100 * self.part) / self.whole
        return f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


Value: TypeAlias = str | int | Wording | Share | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a summary.

    Attributes:
        key: By which programs know it.
        title: Above it.
        columns: Their titles.
        rows: A value for each column.
    """

    key: str
    title: Wording
    columns: tuple[Wording, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class YearCounts:
    """How the reports of one year and edition came out."""

    year: int
    edition: str
    verdicts: Mapping[Verdict, int]
    errors: int
    warnings: int

    @property
    def reports(self) -> int:
        """Return how many there are."""
        return sum(self.verdicts.values())


_ITEM: Final = Wording("项目", "item")
_COUNT: Final = Wording("数量", "count")
_REPORTS: Final = Wording("报告", "reports")
_FILES: Final = Wording("文件", "files")
_UNREAD: Final = Wording("无法读取", "could not be read")
_YEAR: Final = Wording("年度", "year")
_EDITION: Final = Wording("格式版本", "edition")
_BODY: Final = Wording("机关", "body")
_FILE: Final = Wording("文件", "file")
_WORST: Final = Wording("主要问题", "worst findings")
_TITLE: Final = Wording("内容", "title")
_BROKEN: Final = Wording("不符的报告", "reports that break it")
_CHECKED: Final = Wording("已检查的报告", "reports checked")
_SHARE: Final = Wording("比例", "share")
_REASON: Final = Wording("原因", "reason")
_CODE: Final = Wording("代码", "code")
_BODIES: Final = Wording("机关（按所载代码和名称识别）", "bodies (by the codes and names stated)")
_PROFILE: Final = Wording("按本地规则“{name}”检查的报告", "reports checked under the profile “{name}”")
_WAIVERS: Final = Wording("豁免：{state}", "waivers: {state}")
_NOT_STATED: Final = Wording("不详", "not known")

TOTALS: Final = Wording("总计", "Totals")
YEARS: Final = Wording("按年度", "By year")
RULES: Final = Wording("按规则", "By rule")
_BY_BODY: Final = Wording("按机关", "By body")
_NOT_CHECKED: Final = Wording("未检查的规则及原因", "Rules not checked, and why")
_UNREAD_FILES: Final = Wording("无法读取的文件", "Files that could not be read")


def tables(rollup: RollUp) -> tuple[Table, ...]:
    """Return the tables of a summary, totals first; those of gaps only where there are any."""
    severities = tuple(SEVERITIES.values())
    checked = (_BROKEN, _CHECKED, _SHARE)
    made = (
        Table("totals", TOTALS, (_ITEM, _COUNT), tuple(_totals(rollup))),
        Table(
            "years",
            YEARS,
            (_YEAR, _EDITION, _REPORTS, *VERDICTS.values(), *severities[:2]),
            tuple(_years(rollup)),
        ),
        Table("rules", RULES, (words.RULE, _TITLE, *checked, *severities), tuple(_rules(rollup))),
        Table(
            "bodies",
            _BY_BODY,
            (_BODY, _YEAR, _EDITION, Wording("结论", "verdict"), *severities, _WORST, _FILE),
            tuple(_bodies(rollup)),
        ),
        Table(
            "not_checked", _NOT_CHECKED, (_REASON, words.RULE, _TITLE, _REPORTS), tuple(_not_checked(rollup))
        ),
        Table("unread", _UNREAD_FILES, (_FILE, _CODE, _REASON), tuple(_unread(rollup))),
    )
    return tuple(one for one in made if one.rows)


def year_counts(rollup: RollUp) -> tuple[YearCounts, ...]:
    """Return how the reports of each year and edition came out."""
    verdicts: dict[tuple[int, str], Counter[Verdict]] = defaultdict(Counter)
    errors: Counter[tuple[int, str]] = Counter()
    warnings: Counter[tuple[int, str]] = Counter()
    for line, count in rollup.reports.items():
        key = line.year, line.edition
        verdicts[key][line.verdict] += count
        errors[key] += line.errors * count
        warnings[key] += line.warnings * count
    return tuple(YearCounts(*key, verdicts[key], errors[key], warnings[key]) for key in sorted(verdicts))


def worst_rules(rollup: RollUp) -> list[tuple[str, int]]:
    """Return the rules that any report breaks with how many do, the most frequent first."""
    return sorted(rollup.broken.items(), key=lambda one: (-one[1], one[0]))


def text_of(value: Value, language: Language) -> str:
    """Return a value of a table in words."""
    if value is None:
        return ""
    if isinstance(value, Wording):
        return value.get(language)
    return value.text if isinstance(value, Share) else str(value)


def _totals(rollup: RollUp) -> Iterator[tuple[Value, ...]]:
    lines = rollup.reports
    verdicts: Counter[Verdict] = Counter()
    for line, count in lines.items():
        verdicts[line.verdict] += count
    yield _FILES, lines.total() + rollup.unread.total()
    yield from ((words, verdicts[one]) for one, words in VERDICTS.items())
    yield _UNREAD, rollup.unread.total()
    yield _BODIES, sum(1 for _ in by_body(lines))
    for severity, title in SEVERITIES.items():
        yield title, sum(count for (_, one), count in rollup.findings.items() if one == severity)
    for state, title in WAIVER_STATES.items():
        if rollup.waivers[state]:
            yield _WAIVERS.fill(state=title), rollup.waivers[state]
    yield from ((_PROFILE.fill(name=name), count) for name, count in sorted(rollup.profiles.items()))


def _years(rollup: RollUp) -> Iterator[tuple[Value, ...]]:
    for one in year_counts(rollup):
        verdicts = (one.verdicts.get(verdict, 0) for verdict in VERDICTS)
        yield one.year or _NOT_STATED, one.edition, one.reports, *verdicts, one.errors, one.warnings


def _rules(rollup: RollUp) -> Iterator[tuple[Value, ...]]:
    for rule, broken in worst_rules(rollup):
        # Reports in which the rule was left open say nothing of how often it is broken.
        checked = rollup.statuses[rule, Status.PASS] + rollup.statuses[rule, Status.FAIL]
        share = Share(broken, checked) if checked else None
        counts = (rollup.findings[rule, severity] for severity in SEVERITIES)
        yield rule, rollup.title(rule), broken, checked, share, *counts


def _bodies(rollup: RollUp) -> Iterator[tuple[Value, ...]]:
    for lines in by_body(rollup.reports):
        # Under one name, that of the last report: a body may have been renamed.
        name = max(lines, key=lambda one: (one.year, one.body)).body
        for line in sorted(lines, key=lambda one: (one.year, one)):
            for _ in range(rollup.reports[line]):
                yield name or _NOT_STATED, *_line(line)


def _line(line: ReportLine) -> tuple[Value, ...]:
    counts = (line.errors, line.warnings, line.infos)
    year = line.year or _NOT_STATED
    return year, line.edition, VERDICTS[line.verdict], *counts, " ".join(line.worst), line.file


def _not_checked(rollup: RollUp) -> Iterator[tuple[Value, ...]]:
    ordered = sorted(rollup.reasons.items(), key=lambda one: (-one[1], one[0][1], one[0][0]))
    for (rule, reason), count in ordered:
        yield REASONS[reason], rule, rollup.title(rule), count


def _unread(rollup: RollUp) -> Iterator[tuple[Value, ...]]:
    for one in sorted(rollup.unread.elements()):
        yield one.file, one.code, Wording(one.zh, one.en)
