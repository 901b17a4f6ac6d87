"""`disclosure-spec check`."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli import main
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue


@pytest.fixture
def good(tmp_path: Path, bench: Bench) -> Path:
    """Return the file of a report that conforms."""
    path = tmp_path / "好.json"
    path.write_text(dumps_json(bench.report), encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path: Path, bench: Bench) -> Path:
    """Return the file of a report with one total off by one."""
    path = tmp_path / "差.json"
    total = next(iter(bench.totals))
    value = bench.solve({cell.pointer: 1 for cell in bench.leaves})[total]
    path.write_text(dumps_json(bench.with_values({total: value})), encoding="utf-8")
    return path


def test_conforming_report_exits_with_0(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that breaks no rule is said to conform, with exit code 0."""
    code = main(["check", str(good), "--lang", "zh"])

    assert code == 0
    assert "结论：符合。" in capsys.readouterr().out


def test_report_with_errors_exits_with_1(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report with an error is said not to conform, with exit code 1 and the rule's id."""
    code = main(["check", str(bad), "--lang", "zh"])

    assert code == 1
    out = capsys.readouterr().out
    assert "结论：不符合。" in out
    assert "[requests.row_total]" in out


def test_english_is_spoken_on_request(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--lang en` verdict, advice and law are in English."""
    main(["check", str(bad), "--lang", "en"])

    out = capsys.readouterr().out
    assert "Verdict: does not conform." in out
    assert "basis: " in out


def test_json_output_is_one_result(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--format json` a single report gives a single JSON object that names its input."""
    main(["check", str(bad), "--format", "json"])

    result = json.loads(capsys.readouterr().out)
    assert result["verdict"] == "does_not_conform"
    assert result["input"]["name"] == str(bad)


def test_many_reports_give_one_json_line_each(
    good: Path, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Several reports give one line of JSON each, in the order named."""
    code = main(["check", str(good), str(bad), "--format", "json"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert [json.loads(line)["verdict"] for line in lines] == ["conforms", "does_not_conform"]


def test_unreadable_file_does_not_stop_the_run(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that cannot be read is reported with its reason, the others are checked; the exit code is 2."""
    broken = tmp_path / "坏.json"
    broken.write_text('{"spec_version": "1.0", "spec_version": "1.0"}', encoding="utf-8")

    code = main(["check", str(broken), str(good), "--lang", "zh"])

    out = capsys.readouterr().out
    assert code == 2
    assert "[json.duplicate_key]" in out
    assert "共2份：符合1份，不符合0份，无法判断1份。" in out


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "read.empty"),
        (b'{"spec_version": "1.0", "form_edition": "1999"}', "edition.unknown"),
        (b'{"spec_version": "9.9", "form_edition": "2021"}', "spec.unknown"),
        (b'{"form_edition": "2021"}', "document.no_edition"),
        (b'{"spec_version": "1.0", "form_edition": NaN}', "json.non_finite"),
    ],
)
def test_bad_input_gives_its_own_code(
    content: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad input exits with 2 and a note whose code says what is wrong."""
    path = tmp_path / "x.json"
    path.write_bytes(content)

    assert main(["check", str(path), "--format", "json"]) == 2
    result = json.loads(capsys.readouterr().out)
    assert result["verdict"] == "cannot_tell"
    assert [note["code"] for note in result["notes"]] == [code]


def test_missing_file_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that does not exist exits with 2 and is named."""
    assert main(["check", str(tmp_path / "none.json")]) == 2
    assert "none.json" in capsys.readouterr().out


def test_folder_is_searched(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder stands for the files in it."""
    assert main(["check", str(good.parent)]) == 0
    assert good.name in capsys.readouterr().out


def test_empty_folder_is_never_a_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a file exits with 2: nothing checked is not success."""
    assert main(["check", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_standard_input_is_read(
    good: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name `-` stands for standard input."""
    stdin = io.TextIOWrapper(io.BytesIO(good.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)

    assert main(["check", "-"]) == 0
    assert "\n" in capsys.readouterr().out


def test_values_can_be_supplied(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--set` puts a value in before checking, here a publication date after the deadline."""
    code = main(["check", str(good), "--set", "/published_on=2030-01-01", "--format", "json"])

    result = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {finding["rule"] for finding in result["findings"]} == {"deadline.government"}


def test_malformed_set_option_is_refused(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--set` without a pointer and an equals sign exits with 2 and shows how it is written."""
    assert main(["check", str(good), "--set", "year:2020", "--lang", "en"]) == 2
    assert "/POINTER=VALUE" in capsys.readouterr().err


@pytest.fixture
def last_year(tmp_path: Path, bench: Bench) -> Path:
    """Return the file of a report for the year before, which carried nothing forward."""
    year = bench.report["report_year"]
    assert isinstance(year, int)
    rows = bench.edition.section_at["/requests"].rows
    (forward,) = (row for row in rows if row.cells[0].pointer.startswith("/requests/carried_forward/"))
    values: dict[str, JSONValue] = {cell.pointer: 0 for cell in forward.cells}
    path = tmp_path / "last_year.json"
    path.write_text(dumps_json(bench.with_values({**values, "/report_year": year - 1})), encoding="utf-8")
    return path


def test_last_years_report_is_compared(
    good: Path, last_year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--previous` this year's numbers are held against those of last year's report."""
    code = main(["check", str(good), "--previous", str(last_year), "--lang", "zh"])

    assert code == 0
    assert "警告 [previous.carried_over]" in capsys.readouterr().out


def test_parts_are_added_up(good: Path, bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--part`, twice or with a folder, a government is held against the sum of its bodies."""
    folder = good.parent / "bodies"
    folder.mkdir()
    for name in ("a.json", "b.json"):
        (folder / name).write_text(dumps_json(bench.report), encoding="utf-8")
    outputs = []
    for parts in (
        ["--part", str(folder)],
        ["--part", str(folder / "a.json"), "--part", str(folder / "b.json")],
    ):
        assert main(["check", str(good), *parts, "--lang", "zh"]) == 0
        outputs.append(capsys.readouterr().out)

    assert outputs[0] == outputs[1]
    assert "警告 [parts_sum.requests]" in outputs[0]


def test_other_reports_go_with_one_report_only(
    good: Path, bad: Path, last_year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which of several reports last year's belongs to is not guessed."""
    code = main(["check", str(good), str(bad), "--previous", str(last_year)])

    assert code == 2
    assert "--previous" in capsys.readouterr().err
