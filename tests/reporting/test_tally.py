"""The last lines of a run over many reports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from disclosure_spec.checking import Verdict, Waiver
from disclosure_spec.reporting import Manner, Tally, stream
from disclosure_spec.wording import LANGUAGES

if TYPE_CHECKING:
    from disclosure_spec.inspection import Inspection


def test_reports_are_counted_as_they_pass(every: list[Inspection]) -> None:
    """Every report is passed on unchanged and counted once; unreadable files are counted apart and named."""
    tally = Tally()

    assert list(tally.watch(every)) == every
    assert tally.verdicts.total() == len(every)
    assert tally.verdicts[Verdict.CONFORMS] == 1
    first, *rest = tally.lines("zh")
    assert first.startswith(f"共{len(every)}份：符合1份，")
    assert first.endswith("无法判断0份，无法读取1份。")
    assert rest == ["  无法读取：坏.json"]


def test_waivers_that_covered_nothing_are_named(wrong: Inspection) -> None:
    """A waiver that served in no report of the run is named at its end, one that did is not."""
    used = wrong.result.waivers[0].waiver
    idle = Waiver("x.idle", "某局", 2023, {"/overview": 1}, "甲", "乙", date(2030, 1, 1))
    manner = Manner("en", many=True, waivers=(used, idle))

    *_, last = stream([wrong], "text", manner)
    assert str(last).endswith("\n  waiver never used: [x.idle] 某局 2023\n")


def test_nothing_gives_a_summary_of_nothing() -> None:
    """A run over no report says so: nothing checked never looks like success."""
    assert list(Tally().lines("en")) == [
        "0 reports: 0 conform, 0 do not, 0 cannot be told, 0 could not be read."
    ]


def test_tallies_add_up(every: list[Inspection], wrong: Inspection) -> None:
    """Counted in parts and put together, reports give the lines of one count, in the order of the parts."""
    waivers = tuple(use.waiver for use in wrong.result.waivers)
    whole, parts = Tally(waivers), [Tally(waivers, blank_lines=1) for _ in range(3)]

    list(whole.watch(every * 3))
    for part in parts:
        list(part.watch(every))
    together = parts[0] + parts[1] + parts[2]

    assert together.blank_lines == 3
    for language in LANGUAGES:
        lines = list(together.lines(language))
        assert [one for one in lines if "空行" not in one and "blank" not in one] == list(
            whole.lines(language)
        )
        assert len(lines) == len(list(whole.lines(language))) + 1


def test_only_the_first_unreadable_files_are_named(broken: Inspection) -> None:
    """Of very many files that could not be read the rest are counted, or their names would pile up."""
    tally = Tally()

    list(tally.watch([broken] * 150))

    first, *names, last = tally.lines("zh")
    assert first.endswith("无法读取150份。")
    assert len(names) == 100
    assert last == "  无法读取的还有50份"
