"""Years, dates and periods in Chinese text; only what is printed in full, never completed."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.reading.labels import compact

if TYPE_CHECKING:
    from collections.abc import Iterable

# The form exists since 2019, so no other century is meant; zero is also typed as a circle or Cyrillic О.
YEAR: Final = r"(?:20\d\d|[二〇零○О][〇零○О一二三四五六七八九]{3})"
_DIGITS: Final = str.maketrans("〇零○О一二三四五六七八九", "0000123456789")
_DAY: Final = r"(?P<{0}y>20\d\d)年(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日"
_TO: Final = r"(?:起|开始|0时)?(?:至|到|—+|–|-+|~|～)"
_PERIOD: Final = re.compile(
    _DAY.format("a") + _TO + r"(?:(?P<by>20\d\d)年)?(?P<bm>\d{1,2})月(?P<bd>\d{1,2})日"
)
# Copies lose digits: “202511日到1231日” was a period once; it is shown, never repaired.
_PERIOD_LIKE: Final = re.compile(r"20\d\d[年\d月日]*(?:起)?[至到](?:20\d\d|\d)[年\d月日]*(?:日|止)")
# A report names other periods too, of a training or a plan; only one about its figures counts.
_ABOUT_FIGURES: Final = re.compile("数据|统计|期限|截止|本报告|本年报|年度报告")
_PUBLISHED: Final = re.compile(r"(?:发布|公布|公开)(?:日期|时间)[:：](?P<rest>.{0,24})")
_DATE: Final = re.compile(
    r"(?P<y>20\d\d)(?:[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|年(?P<mc>\d{1,2})月(?P<dc>\d{1,2})日)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What texts say once and clearly; `damaged` holds what they say otherwise.

    Attributes:
        at: Ordinal of the first text that says it, from 0.
    """

    value: tuple[str, ...] | None = None
    damaged: str = ""
    at: int = 0


def year_of(text: str) -> int:
    """Return a year written in digits or Chinese numerals."""
    return int(text.translate(_DIGITS))


def find_period(texts: Iterable[str]) -> Found:
    """Find the one period from a full date to a date; the second year may be left out."""
    periods: dict[tuple[str, ...], int] = {}
    damaged: list[str] = []
    for at, text in enumerate(map(compact, texts)):
        if not _ABOUT_FIGURES.search(text):
            continue
        for match in _PERIOD.finditer(text):
            start = _iso(match["ay"], match["am"], match["ad"])
            end = _iso(match["by"] or match["ay"], match["bm"], match["bd"])
            if start and end:
                periods.setdefault((start, end), at)
            else:
                damaged.append(match.group())
        damaged += _PERIOD_LIKE.findall(_PERIOD.sub("", text))
    if len(periods) == 1:
        ((period, at),) = periods.items()
        return Found(period, at=at)
    shown = [" — ".join(period) for period in sorted(periods)] or damaged
    return Found(None, "、".join(shown))


def find_published(texts: Iterable[str]) -> Found:
    """Find the one date labelled as that of publication."""
    dates: dict[str, int] = {}
    damaged = ""
    for at, text in enumerate(map(compact, texts)):
        for match in _PUBLISHED.finditer(text):
            day = _DATE.match(match["rest"])
            iso = _iso(day["y"], day["m"] or day["mc"], day["d"] or day["dc"]) if day else None
            if iso:
                dates.setdefault(iso, at)
            elif match["rest"][:1].isdigit():
                damaged = match["rest"]
    if len(dates) == 1:
        ((only, at),) = dates.items()
        return Found((only,), at=at)
    return Found(None, "、".join(sorted(dates)) or damaged)


def is_date_line(text: str) -> bool:
    """Tell whether a line holds little but a date, labelled or in brackets."""
    short = compact(text)
    if _DATE.fullmatch(short.strip("()")):
        return True
    return bool(_PUBLISHED.match(short)) and len(short) <= _LONGEST_DATE_LINE


_LONGEST_DATE_LINE: Final = 40


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        # A day that no calendar has is damage, not a slip for the day beside it.
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
