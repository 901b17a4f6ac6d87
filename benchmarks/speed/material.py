"""Reports of the size and shape of real ones, the same in every run; some with a fault that is known."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from disclosure_spec.rules import LinearTest
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.testing import breakable, documents, inconsistent, keywords, malformed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

BAD: Final = 0.07
"""Share of the reports with a fault: five in seven a wrong sum, two a wrong shape."""

_YEAR: Final = 2022
"""Of all reports: a batch is a year of the country."""

_MALFORMED: Final = 2 / 7
_PLACES: Final = "东南西北中安宁福昌平兴永新临高长青海江河山阳州城县区市"
_CLAUSES: Final = (
    "坚持以人民为中心的发展思想，认真贯彻落实《中华人民共和国政府信息公开条例》",
    "全年通过政府门户网站发布各类信息{}条，政务新媒体推送{}条",
    "围绕{}项重点领域细化公开事项，及时回应社会关切",
    "规范受理、登记、审核、办理、答复各个环节，提高答复的质量和时效",
    "对{}件规范性文件集中清理，统一格式后对外公布",
    "组织业务培训{}次，参训{}人次，开展自查自纠{}轮",
    "严格执行“先审查、后公开”，切实防范泄密和个人隐私泄露的风险",
    "部分单位主动公开的内容还不够全面，解读形式较为单一",
    "下一步将加强队伍建设，健全工作机制，持续提升公开的标准化、规范化水平",
    "举办政府开放日活动{}场，邀请群众代表{}人参加",
)
_LENGTHS: Final = (450, 750)
"""Characters added to each text; an overview has no more than a thousand."""


@dataclass(frozen=True)
class Material:
    """Reports made once from a seed.

    Attributes:
        edition: Of the form they follow.
        good: Reports without fault.
        bad: Reports with one fault each.
    """

    edition: Edition
    good: tuple[Document, ...]
    bad: tuple[Document, ...]

    def lines(self, count: int, bad: float = BAD, seed: int = 711) -> Iterator[bytes]:
        """Yield so many reports, each a line of its own: numbers recur, names and texts do not."""
        chance = random.Random(seed)  # noqa: S311 - a measurement, no secret
        for at in range(count):
            faulty = chance.random() < bad
            pool, written = (self.bad, self._bad) if faulty else (self.good, self._good)
            place = at % len(pool)
            changed = self._dress(pool[place], chance)
            # A wrong shape may be that of a date.
            changed |= {} if faulty else _dates(chance)
            parts = written[place] | {key: _part(key, value) for key, value in changed.items()}
            yield b"{" + b",".join(parts.values()) + b"}\n"

    def write(self, file: Path, count: int, bad: float = BAD) -> Path:
        """Write so many reports as lines."""
        with file.open("wb", buffering=1 << 20) as out:
            for line in self.lines(count, bad):
                out.write(line)
        return file

    @cached_property
    def _good(self) -> list[dict[str, bytes]]:
        return [_parts(one) for one in self.good]

    @cached_property
    def _bad(self) -> list[dict[str, bytes]]:
        return [_parts(one) for one in self.bad]

    def _dress(self, document: Document, chance: random.Random) -> Document:
        """Return what makes one of many reports of the same numbers: a name and texts."""
        changed: Document = {}
        for section in self.edition.sections:
            key = section.pointer[1:]
            text = document.get(key)
            if not section.grid and isinstance(text, str) and text:
                length = chance.randint(*_LENGTHS) - len(text)
                changed[key] = f"{text}\n{_prose(length, chance)}"
        body = document.get("reporting_body")
        if isinstance(body, dict):
            changed["reporting_body"] = {
                **body,
                "name": f"{''.join(chance.choices(_PLACES, k=6))}人民政府办公室",
            }
        return changed


def _parts(document: Document) -> dict[str, bytes]:
    """Return each value at the root as it is written, so that a hundred thousand lines are soon made."""
    return {key: _part(key, value) for key, value in document.items()}


def _part(key: str, value: JSONValue) -> bytes:
    return f"{dumps_json(key, indent=None)}:{dumps_json(value, indent=None)}".replace("\n", "").encode()


def _dates(chance: random.Random) -> Document:
    """Return the dates of a report of the year, published on a day of January."""
    return {
        "report_year": _YEAR,
        "period": {"start": f"{_YEAR}-01-01", "end": f"{_YEAR}-12-31"},
        "published_on": f"{_YEAR + 1}-01-{chance.randint(2, 31):02}",
    }


def _prose(length: int, chance: random.Random) -> str:
    found: list[str] = []
    while sum(map(len, found)) < length:
        clause = chance.choice(_CLAUSES)
        found.append(clause.format(*(chance.randint(1, 900) for _ in range(clause.count("{}")))))
    # Cut where a sentence may end, so that no length is exceeded.
    return "。".join(found[:-1]) + "。"


def material(edition: Edition, variety: int) -> Material:
    """Make reports with so many different sets of numbers."""
    sums = [
        rule.id
        for rule in edition.rules
        if isinstance(rule.test, LinearTest) and rule.severity == "error" and rule.id in breakable(edition)
    ]
    wrong_sums = st.sampled_from(sums).flatmap(lambda rule: inconsistent(edition, rule))
    wrong_shapes = st.sampled_from(sorted(keywords(edition))).flatmap(lambda one: malformed(edition, one))
    shapes = max(1, round(variety * _MALFORMED))
    bad = [
        one.document for one in _drawn(wrong_sums, max(1, variety - shapes)) + _drawn(wrong_shapes, shapes)
    ]
    # Shuffled, or the wrong shapes would all stand together.
    random.Random(variety).shuffle(bad)  # noqa: S311 - a measurement, no secret
    return Material(edition, tuple(_drawn(documents(edition, plain=True), variety)), tuple(bad))


def _drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    found: list[Any] = []

    @settings(
        # Hypothesis seldom finds fewer different ones than it is asked for, and never many.
        max_examples=count,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def take(one: Any) -> None:
        found.append(one)

    take()
    return found
