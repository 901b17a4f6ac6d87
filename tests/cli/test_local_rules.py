"""`disclosure-spec check` with `--profile` and `--waivers`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli import main
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Bench

TOTAL = "/remedies/reconsideration/total"
PROFILE = """
name: 某市规则
spec_version: "1.0"
rules: {remedies.total: warning}
"""
WAIVERS = """
- rule: cells.filled
  body: 某市人民政府
  report_year: YEAR
  values: {/remedies/reconsideration/total: null}
  reason: 甲
  granted_by: 乙
  until: 9999-12-31
"""


@pytest.fixture
def report(tmp_path: Path, bench: Bench) -> str:
    """Return the file of a report with one wrong total."""
    path = tmp_path / "年报.json"
    path.write_text(dumps_json(bench.with_values({TOTAL: 1})), encoding="utf-8")
    return str(path)


def write(folder: Path, name: str, text: str) -> str:
    """Write a file and return its path."""
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_profile_is_applied_and_named(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under a profile that makes the error a warning the report conforms, and its name is shown."""
    assert main(["check", report, "--profile", write(tmp_path, "规则.yaml", PROFILE), "--lang", "zh"]) == 0
    assert "某市规则" in capsys.readouterr().out


def test_waiver_is_applied_and_shown(
    bench: Bench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A blank that is waived is no finding any more; what rests on it stays open, and the waiver is shown."""
    document = bench.with_values({TOTAL: None})
    path = write(tmp_path, "年报.json", dumps_json(document))
    waivers = write(tmp_path, "豁免.yaml", WAIVERS.replace("YEAR", str(document["report_year"])))

    assert main(["check", path, "--waivers", waivers, "--format", "json"]) == 2

    result = json.loads(capsys.readouterr().out)
    assert (result["verdict"], result["findings"]) == ("cannot_tell", [])
    assert [one["state"] for one in result["waivers"]] == ["used"]


def test_waivers_never_used_are_named_at_the_end(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over many reports a waiver that covered nothing is named behind the counts."""
    waivers = write(tmp_path, "豁免.yaml", WAIVERS.replace("YEAR", "1999"))

    main(["check", report, report + ".none", "--waivers", waivers, "--lang", "zh"])

    assert "未用上的豁免：[cells.filled] 某市人民政府1999年度" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--profile", "--waivers"])
@pytest.mark.parametrize("text", ["nane: 甲", "- {", ""])
def test_file_with_a_slip_ends_the_run(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, text: str
) -> None:
    """A file that is not as it should be is wrong usage, told with its name; nothing is checked."""
    path = write(tmp_path, "错.yaml", text)

    assert main(["check", report, option, path, "--lang", "zh"]) == 2

    shown = capsys.readouterr()
    assert f"错误：{path}：" in shown.err
    assert shown.out == ""


def test_file_that_is_not_there(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of local rules that cannot be opened is named."""
    assert main(["check", report, "--profile", "没有.yaml", "--lang", "zh"]) == 2
    assert "没有.yaml" in capsys.readouterr().err
