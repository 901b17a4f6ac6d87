"""Summaries of many reports: exact, whatever the order, and however many processes counted."""

from __future__ import annotations

import csv
import io
import pickle
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import lxml.etree
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_spec.checking import Verdict, unreadable
from disclosure_spec.checking.result import Input
from disclosure_spec.cli.main import main
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.inspection import Inspection, Inspector, describe
from disclosure_spec.reading.package import Package
from disclosure_spec.reading.xlsx_book import read_book
from disclosure_spec.reporting import Manner
from disclosure_spec.reporting.summary import (
    SUMMARY_FORMATS,
    ReportLine,
    RollUp,
    render_summary,
    stream_summary,
)
from disclosure_spec.reporting.summary.bodies import by_body
from disclosure_spec.reporting.summary.tables import Share, tables, text_of
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.testing import documents
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from random import Random

    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue

EDITION = installed().edition("2021")
NAMES = st.sampled_from(["甲局", "乙局", "甲 局", "", "=1+1"])
LINES = st.builds(
    ReportLine,
    body=NAMES,
    year=st.sampled_from([0, 2020, 2021]),
    file=st.sampled_from(["a", "b", "c", "d"]),
    credit_code=st.sampled_from(["", "", "C1", "C2"]),
    region_code=st.sampled_from(["", "420100", "420200"]),
    edition=st.sampled_from(["2019", "2021"]),
    verdict=st.sampled_from(Verdict),
    errors=st.integers(0, 3),
    warnings=st.integers(0, 3),
    infos=st.just(0),
)


def counted(inspections: Iterable[Inspection]) -> RollUp:
    """Return the counts of some reports."""
    rollup = RollUp()
    for one in inspections:
        rollup.add(one)
    return rollup


def line(body: str, year: int = 2021, code: str = "", region: str = "", file: str = "a") -> ReportLine:
    """Return the line of a report."""
    return ReportLine(body, year, file, code, region, "2021", Verdict.CONFORMS, 0, 0, 0)


def told(rollup: RollUp, format_name: str = "text") -> str:
    """Return a summary in Chinese as one text."""
    return "".join(one for one in render_summary(rollup, format_name, "zh") if isinstance(one, str))


@given(st.lists(LINES, max_size=8), st.integers(0, 8), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_summary_of_parts_is_that_of_the_whole(lines: list[ReportLine], cut: int, order: Random) -> None:
    """However reports are parted and ordered, and whichever counts are added to which, all say the same."""
    whole, first, second = RollUp(), RollUp(), RollUp()
    whole.reports.update(lines)
    mixed = list(lines)
    order.shuffle(mixed)
    first.reports.update(mixed[:cut])
    second.reports.update(mixed[cut:])
    other = pickle.loads(pickle.dumps(second))  # noqa: S301 - as from another process
    other.merge(first)
    first.merge(second)

    assert first == whole == other
    assert tables(first) == tables(whole)
    assert [sorted(one) for one in by_body(mixed)] == [sorted(one) for one in by_body(lines)]
    assert sorted(one for group in by_body(lines) for one in group) == sorted(lines)


@given(st.lists(documents(EDITION), min_size=1, max_size=3))
@settings(max_examples=5, deadline=None)
def test_counts_of_real_results_merge(given_reports: list[Document]) -> None:
    """Counts of checked reports, one a process, merge into the counts of one process for all."""
    inspector = Inspector()
    results = [Inspection(inspector.check(one), one) for one in given_reports]
    merged = RollUp()
    for one in reversed(results):
        merged.merge(counted([one]))

    assert merged == counted(results)


def test_counts_are_those_of_the_results(every: Sequence[Inspection]) -> None:
    """Totals, rules and lines say what the results say, a file that could not be read apart from reports."""
    rollup = counted(every)
    read = [one.result for one in every if one.result.rules]
    errors = sum(one.counts["error"] for one in read)

    assert rollup.reports.total() == len(read)
    assert [one.file for one in rollup.unread] == ["坏.json"]
    assert sum(count for (_, severity), count in rollup.findings.items() if severity == "error") == errors
    assert sum(one.errors * count for one, count in rollup.reports.items()) == errors
    for rule, count in rollup.broken.items():
        assert count == sum(any(one.rule == rule for one in result.findings) for result in read)


def test_bodies_are_recognised() -> None:
    """By their code, else by region and name, else by name; wide letters and spaces make no difference."""
    lines = [
        line("甲局", 2020, code="C1"),
        line("甲 局", 2021, file="b"),
        line("甲厅", 2022, code="C1", file="c"),
        line("乙局", 2020, region="420100"),
        line("乙局", 2021, region="420100", file="b"),
        line("乙局", 2021, region="420200", file="c"),
        line("乙局", 2022, file="d"),
        line("", 2020, file="x"),
        line("", 2020, file="y"),
    ]
    groups = sorted(sorted((one.body, one.file) for one in group) for group in by_body(lines))

    assert groups == [
        [("", "x")],
        [("", "y")],
        [("乙局", "a"), ("乙局", "b")],
        [("乙局", "c")],
        # One of two bodies of that name, nobody can tell which.
        [("乙局", "d")],
        [("甲 局", "b"), ("甲厅", "c"), ("甲局", "a")],
    ]


def test_text_is_in_columns(every: Sequence[Inspection]) -> None:
    """Totals come first; why rules were not checked and files not read comes last, and nothing unseen."""
    text = told(counted(every))

    assert text.startswith("总计\n  项目")
    assert re.search(r"文件 +6\n", text)
    assert text.index("按年度") < text.index("按规则") < text.index("按机关") < text.index("无法读取的文件")
    assert "文件是空的。" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_page_needs_no_net_and_escapes_all(every: Sequence[Inspection]) -> None:
    """The page is well formed, has its drawings within, and what a report says is no markup."""
    page = told(counted(every), "html")
    root = lxml.etree.HTML(page)

    assert not re.search(r"(src|href)\s*=", page.replace("&quot;", "").replace("src=x onerror", ""))
    assert "<script>alert" not in page
    assert len(root.findall(".//svg")) == 2
    assert len(root.findall(".//table")) == len(tables(counted(every)))
    for drawing in root.iter("svg"):
        assert all(int(one.get("width", "")) > 0 for one in drawing.iter("rect"))


def test_page_without_reports_says_so(broken: Inspection) -> None:
    """Where no file could be read there is nothing to draw, and the page still says so."""
    page = told(counted([broken]), "html")

    assert "无法读取的文件" in page
    assert "<rect" not in page


def test_values_are_no_formulas(every: Sequence[Inspection]) -> None:
    """In the table a text that a spreadsheet takes for a formula is quoted; each line names its table."""
    hostile = RollUp()
    hostile.reports[line("=1+1", file="@SUM(A1)")] += 1
    hostile.merge(counted(every))
    data = b"".join(one for one in render_summary(hostile, "csv", "zh") if isinstance(one, bytes))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))

    assert data.startswith(b"\xef\xbb\xbf")
    assert {row[0] for row in rows} == {one.key for one in tables(hostile)}
    assert ["'=1+1", "2021"] in [row[1:3] for row in rows]
    assert not any(one.startswith(("=", "@", "+")) for row in rows for one in row)


def test_workbook_has_a_sheet_for_each_table(every: Sequence[Inspection]) -> None:
    """Numbers are numbers, texts are texts, and the file is always the same."""
    rollup = counted(every)
    rollup.reports[line("=1+1")] += 1
    (data,) = render_summary(rollup, "xlsx", "zh")
    assert isinstance(data, bytes)
    book = read_book(Package(data))

    assert [one.name for one in book.sheets] == [one.title.zh for one in tables(rollup)]
    assert not any(one.formulas for one in book.sheets)
    assert "=1+1" in book.sheets[3].texts.values()
    assert list(render_summary(rollup, "xlsx", "zh")) == [data]


def test_all_formats_say_the_same(every: Sequence[Inspection]) -> None:
    """Every value of every table is in each format, in both languages."""
    rollup = counted([one for one in every if one.result.input and "<" not in one.result.input.name])
    for language in ("zh", "en"):
        values = {text_of(one, language) for table in tables(rollup) for row in table.rows for one in row}
        for name in ("text", "html", "csv"):
            pieces = render_summary(rollup, name, language)
            shown = "".join(one if isinstance(one, str) else one.decode() for one in pieces)

            assert all(lxml.etree.HTML(f"<p>{one}</p>") is not None for one in values if one)
            assert all(one in shown for one in values if not set(one) & set("\"'&<>") and one.isprintable())


def test_results_are_not_kept(bench: Bench, every: Sequence[Inspection]) -> None:
    """What is kept for another report of the same kind is its line, and nothing of its findings."""
    wrong = every[1]
    few, many = RollUp(), RollUp()
    for number in range(3):
        (few if number == 0 else many).add(wrong)
    given = Input("b.json", "0" * 64, "json")
    many.add(replace(wrong, result=replace(wrong.result, input=given)))

    assert bench.edition.name in {one.edition for one in many.reports}
    assert len(pickle.dumps(many)) - len(pickle.dumps(few)) < 400


def test_unknown_format_is_refused_before_the_work() -> None:
    """A format that has no summary is refused before the first report is read."""

    def never() -> Iterable[Inspection]:
        pytest.fail("a report was read")

    def reports_read() -> Iterable[Inspection]:
        yield from never()

    with pytest.raises(UsageError, match="sarif"):
        next(stream_summary(reports_read(), "sarif", Manner("zh")))


def test_summary_streams_in_every_format(every: Sequence[Inspection]) -> None:
    """Each format listed gives something for many results, and for none."""
    for name in SUMMARY_FORMATS:
        assert list(stream_summary(every, name, Manner("en")))
        assert list(stream_summary([], name, Manner("zh")))


def test_same_rule_may_have_two_titles() -> None:
    """Where editions call a rule by different titles the most frequent is shown, else the first."""
    rollup = RollUp()
    rollup.titles.update({("a", "乙", "b"): 1, ("a", "甲", "a"): 1, ("b", "丙", "c"): 2})

    assert rollup.title("a") == Wording("乙", "b")
    assert rollup.title("c") == Wording("c", "c")


def test_share_is_rounded_as_people_do() -> None:
    """Half a place is rounded up."""
    assert Share(1, 16).text == "6.3%"
    assert Share(1, 3).text == "33.3%"
    assert Share(2, 2).text == "100.0%"


def test_reason_of_an_unread_file_is_told() -> None:
    """The code and the words of what was raised stand beside the name of the file."""
    error = InputError("x.y", Wording("坏了", "broken"))
    rollup = counted([Inspection(unreadable(error, Input("a.bin", "0" * 64, "unknown")))])

    assert re.search(r"a\.bin +x\.y +坏了", told(rollup))


def test_command_sums_a_folder_up(
    bench_2021: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --summary the reports themselves are not told; the code of the command stays what it is."""
    folder = tmp_path / "in"
    folder.mkdir()
    total = next(iter(bench_2021.totals))
    values: dict[str, JSONValue] = {total: 10**9, "/reporting_body/credit_code": "11420100000000000A"}
    for name, document in (("a", bench_2021.with_values(values)), ("c", bench_2021.report)):
        (folder / f"{name}.json").write_text(dumps_json(document), encoding="utf-8")
    (folder / "b.json").write_text("{", encoding="utf-8")
    target = tmp_path / "sum.html"

    assert main(["check", str(folder), "--summary", "--lang", "zh"]) == 2
    shown = capsys.readouterr().out
    assert shown == told(counted_files(folder))
    # One body: the report without the code is of the same region and name.
    assert re.search(r"机关（.*?） +1\n", shown)
    assert bench_2021.edition.rule(next(iter(counted_files(folder).broken))).title.zh in shown
    assert main(["check", str(folder), "--summary", "--format", "html", "-o", str(target)]) == 2
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["check", str(folder), "--summary", "--format", "junit"]) == 2
    assert "text, html, xlsx, csv" in capsys.readouterr().err


def test_terminal_is_no_place_for_a_workbook(
    bench_2021: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A workbook needs a file to go to, unless another program takes what is written."""
    report = tmp_path / "a.json"
    report.write_text(dumps_json(bench_2021.report), encoding="utf-8")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    assert main(["check", str(report), "--format", "xlsx", "--lang", "en"]) == 2
    assert "name an output file with -o" in capsys.readouterr().err
    target = tmp_path / "out.xlsx"
    assert main(["check", str(report), "--format", "xlsx", "-o", str(target)]) == 0
    assert read_book(Package(target.read_bytes())).sheets[0].name == "检查结果"


def counted_files(folder: Path) -> RollUp:
    """Return the counts of the files in a folder as the command has them."""
    rollup = RollUp()
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        try:
            rollup.add(Inspector().inspect(data, name=str(file)))
        except InputError as error:
            rollup.add(Inspection(unreadable(error, describe(data, str(file), "unknown"))))
    return rollup
