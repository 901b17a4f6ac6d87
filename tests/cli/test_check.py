"""`disclosure-spec check`."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli import main
from disclosure_spec.reporting import FORMATS
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import LANGUAGES

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue


PROFILE = """
name: 某省规则
spec_version: "1.0"
rules:
  requests.row_total: warning
  requests.outcome_total: warning
  requests.balance: "off"
"""


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
    assert out.endswith(f"共2份：符合1份，不符合0份，无法判断0份，无法读取1份。\n  无法读取：{broken}\n")


def test_one_unreadable_among_many_is_never_lost(
    good: Path, bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unreadable file in the middle is in every format; the exit code is 2, the summary names it."""
    empty = tmp_path / "空.txt"
    empty.touch()
    for name in ("text", "json", "csv", "sarif", "junit", "github"):
        code = main(["check", str(good), str(empty), str(bad), "--format", name, "--lang", "en"])

        out, err = capsys.readouterr()
        assert code == 2
        assert "read.empty" in out
        summary = out if name == "text" else err
        assert "3 reports: 1 conform, 1 do not, 0 cannot be told, 1 could not be read.\n" in summary
        assert f"could not be read: {empty}" in summary


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


def test_folder_with_one_report_is_many(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The form of the output depends on what is named, not on how many files a folder happens to hold."""
    assert main(["check", str(good.parent), "--format", "json"]) == 0
    assert capsys.readouterr().out.count("\n") == 1
    assert main(["check", str(good), "--format", "json"]) == 0
    assert capsys.readouterr().out.count("\n") > 1


@pytest.mark.parametrize("name", ["text", "json", "html", "csv", "sarif", "junit", "github"])
def test_output_goes_to_a_file(name: str, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `-o` the file holds what would have been shown, to the byte, and nothing is shown."""
    target = bad.parent / "out"
    assert main(["check", str(bad), "--format", name, "--lang", "zh"]) == 1
    shown = capsys.readouterr().out
    assert main(["check", str(bad), "--format", name, "--lang", "zh", "-o", str(target)]) == 1

    assert capsys.readouterr() == ("", "")
    assert target.read_bytes() == shown.encode()


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_name_that_is_no_text_is_written_all_the_same(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file from an archive of another encoding is checked, and its name is escaped in every format."""
    odd = os.fsdecode(os.fsencode(good.parent) + b"/\xc4\xea.json")
    Path(odd).write_bytes(good.read_bytes())
    for name in FORMATS:
        target = good.parent / f"out.{name}"

        assert main(["check", odd, "--format", name, "-o", str(target)]) == 0
        assert target.exists()
    assert capsys.readouterr() == ("", "")
    assert json.loads((good.parent / "out.json").read_bytes())["input"]["name"] == odd


def test_summary_goes_where_the_text_goes(good: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary of many reports is part of the text, in a file too; of other formats it never is."""
    target = good.parent / "out"
    command = ["check", str(good), str(bad), "--lang", "en", "-o", str(target)]

    assert main(command) == 1
    assert capsys.readouterr() == ("", "")
    summary = "2 reports: 1 conform, 1 do not, 0 cannot be told, 0 could not be read.\n"
    assert target.read_text(encoding="utf-8").endswith(f"\n{summary}")
    assert main([*command, "--format", "csv"]) == 1
    assert capsys.readouterr().err.startswith("2 reports: ")


def test_pages_of_many_reports_are_a_folder(
    good: Path, bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pages of many reports go into a folder with an index; without a folder there is no place for them."""
    target = good.parent / "pages"
    command = ["check", str(good), str(bad), "--format", "html", "--lang", "en"]

    assert main(command) == 2
    assert "-o" in capsys.readouterr().err
    assert main([*command, "-o", str(target)]) == 1
    names = sorted(one.name for one in target.iterdir())
    assert names == ["0001-好.html", "0002-差.html", "index.html"]
    assert "0002-差.html" in (target / "index.html").read_text(encoding="utf-8")
    assert capsys.readouterr().err.startswith("2 reports: 1 conform, 1 do not")


def test_output_never_replaces_a_report(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that is being checked is not taken for the output file."""
    before = good.read_bytes()

    assert main(["check", str(good.parent), "-o", str(good)]) == 2
    assert good.name in capsys.readouterr().err
    assert good.read_bytes() == before


def test_output_that_cannot_be_written_is_told(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file or folder that cannot be written exits with 2 and is named; wrong usage leaves no empty file."""
    missing, inside = str(good.parent / "none" / "x.txt"), str(good / "x")

    assert main(["check", str(good), "-o", missing]) == 2
    assert missing in capsys.readouterr().err
    assert main(["check", str(good.parent), "--format", "html", "-o", inside]) == 2
    assert inside in capsys.readouterr().err
    target = good.parent / "x.txt"
    assert main(["check", str(good), "--set", "year", "-o", str(target)]) == 2
    assert not target.exists()


def test_profile_and_waivers_are_applied_and_named(
    bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With `--profile` the rules are changed, and every rendering says under what it was checked."""
    profile = tmp_path / "local.yaml"
    profile.write_text(PROFILE, encoding="utf-8")
    for name in ("text", "html", "junit", "sarif"):
        code = main(["check", str(bad), "--profile", str(profile), "--format", name, "--lang", "zh"])

        assert code == 0
        assert "某省规则" in capsys.readouterr().out


def test_closed_pipe_is_no_success(good: Path, bad: Path) -> None:
    """When nobody reads the answer the command stops without a word, and does not exit with 0."""
    command = [sys.executable, "-m", "disclosure_spec", "check", str(good), str(bad)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()

        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_help_says_what_becomes_of_many_reports(capsys: pytest.CaptureFixture[str]) -> None:
    """The help names every format with what many reports become in it."""
    for language in LANGUAGES:
        with pytest.raises(SystemExit):
            main(["check", "--help", "--lang", language])
        shown = capsys.readouterr().out
        assert all(f"  {name:8}{one.many.get(language)}\n" in shown for name, one in FORMATS.items())


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
