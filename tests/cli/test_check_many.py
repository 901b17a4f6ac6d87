"""`disclosure-spec check` over many reports."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli import main
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Bench


@pytest.fixture
def reports(tmp_path: Path, bench_2021: Bench) -> Path:
    """Return a file of lines: a report that conforms, one that does not, a blank line and no report."""
    total = next(iter(bench_2021.totals))
    lines = [
        dumps_json(bench_2021.report, indent=None),
        dumps_json(bench_2021.with_values({total: 999_999}), indent=None),
        "\n",
        "broken\n",
    ]
    path = tmp_path / "全省.ndjson"
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_records_are_written_and_summed_up(
    reports: Path, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    """A record a report stands in the file; the summary is on standard error, and nothing on the other."""
    output = reports.with_name("out.ndjson")

    code = main(
        ["check", str(reports), "--format", "ndjson", "-o", str(output), "--jobs", jobs, "--lang", "zh"]
    )

    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert said.err.startswith("共3份：符合1份，不符合1份，无法判断0份，无法读取1份。")
    assert said.err.endswith("全省.ndjson:4\n  跳过空行1行\n")
    records = [json.loads(line) for line in output.read_bytes().splitlines()]
    assert [one["input"]["line"] for one in records] == [1, 2, 4]
    assert [one["verdict"] for one in records] == ["conforms", "does_not_conform", "cannot_tell"]
    assert {one.name for one in reports.parent.iterdir()} == {reports.name, output.name}


def test_records_are_shown_without_a_file(reports: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """On standard output there are the records and nothing else."""
    main(["check", str(reports), "--format", "ndjson"])

    assert [json.loads(line)["input"]["line"] for line in capfdbinary.readouterr().out.splitlines()] == [
        1,
        2,
        4,
    ]


@pytest.mark.parametrize("rendering", ["text", "json", "csv", "junit", "sarif", "html"])
def test_every_rendering_is_the_same_by_several_processes(
    reports: Path, tmp_path: Path, rendering: str
) -> None:
    """However many processes check, what is told of the reports is the same, and a file of lines is many."""
    made = []
    for jobs in "12":
        output = tmp_path / f"out-{jobs}"
        main(["check", str(reports), "--format", rendering, "-o", str(output), "--jobs", jobs])
        files = sorted(output.iterdir()) if output.is_dir() else [output]
        made.append([(file.name if output.is_dir() else "", file.read_bytes()) for file in files])

    assert made[0] == made[1]
    assert len(made[0]) == (4 if rendering == "html" else 1)


def test_lines_come_from_standard_input(
    reports: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines in a pipe are told from a report by their look."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(reports.read_bytes())))

    main(["check", "-", "--format", "json", "--lang", "en"])

    said = capsys.readouterr()
    names = [json.loads(line)["input"]["name"] for line in said.out.splitlines()]
    assert names == ["-:1", "-:2", "-:4"]
    assert said.err.startswith("3 reports:")


def test_parquet_is_written(reports: Path) -> None:
    """A Parquet file has a row for each report."""
    parquet = pytest.importorskip("pyarrow.parquet")
    output = reports.with_name("out.parquet")

    assert main(["check", str(reports), "--format", "parquet", "-o", str(output)]) == 2
    assert parquet.read_table(output).num_rows == 3


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--jobs", "0"], "--jobs"),
        (["--jobs", "two"], "--jobs"),
        (["--resume"], "--format ndjson"),
        (["--resume", "--format", "ndjson"], "-o"),
        (["--resume", "--format", "ndjson", "-o", "{folder}/out"], "out.state"),
        (["--format", "parquet"], "-o"),
        (["--format", "ndjson", "--summary"], "ndjson"),
        (["--format", "ndjson", "-o", "{folder}/no/such/folder"], "Cannot write"),
        (["--previous", "{file}"], "single"),
    ],
)
def test_wrong_usage_is_said(
    reports: Path,
    bench_2021: Bench,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    words: str,
) -> None:
    """Options that contradict each other or the input end with code 2 and the reason."""
    other = reports.with_name("previous.json")
    other.write_text(dumps_json(bench_2021.report), encoding="utf-8")
    filled = [one.format(folder=reports.parent, file=other) for one in options]

    assert main(["check", str(reports), "--lang", "en", *filled]) == 2
    assert words in capsys.readouterr().err


def test_nothing_checked_is_no_success(tmp_path: Path) -> None:
    """A table without a row has no report that could conform."""
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "empty.parquet"
    parquet.write_table(arrow.table({"report": arrow.array([], arrow.string())}), path)

    assert main(["check", str(path), "--format", "ndjson"]) == 2
