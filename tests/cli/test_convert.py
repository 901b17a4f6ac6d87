"""`disclosure-spec convert` with many files, and with `--provenance`."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli import main
from disclosure_spec.cli.files import distinct_names
from disclosure_spec.document import get_at
from disclosure_spec.reading import read
from disclosure_spec.strict_json import dumps_json, loads_json

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

SAMPLE = Path(__file__).parents[1] / "data" / "report-2019.txt"
PUBLISHED = "/published_on"


@pytest.fixture
def folder(tmp_path: Path, bench: Bench) -> Path:
    """Return a folder with two reports that bear the same name, one read in part, and no report."""
    home = tmp_path / "年报"
    for name in ("甲局", "乙局"):
        (home / name).mkdir(parents=True)
        (home / name / "年报.json").write_text(dumps_json(bench.report), encoding="utf-8")
    text = SAMPLE.read_text(encoding="utf-8").replace("新收", "新到")
    (home / "部分.txt").write_text(text.replace("六、", "（六）"), encoding="utf-8")
    (home / "无关.html").write_text("<p>无关</p>", encoding="utf-8")
    return home


def written(folder: Path) -> dict[str, JSONValue]:
    """Return what stands in the files of a folder."""
    return {path.name: loads_json(path.read_bytes()) for path in folder.iterdir()}


def test_each_report_becomes_a_file_of_its_own(folder: Path, tmp_path: Path, bench: Bench) -> None:
    """Reports of the same name get names that tell them apart; one that cannot be read stops none."""
    out = tmp_path / "结果"

    assert main(["convert", str(folder), "-o", str(out), "--lang", "zh"]) == 2

    made = written(out)
    assert sorted(made) == sorted(["部分.json", "甲局-年报.json.json", "乙局-年报.json.json"])
    assert made["甲局-年报.json.json"] == bench.report


def test_what_became_of_the_files_is_said_at_the_end(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error: how many were read, read in part, not read, and the names of the last two."""
    main(["convert", str(folder), "-o", str(tmp_path / "结果"), "--lang", "zh"])

    shown = capsys.readouterr()
    lines = shown.err.splitlines()
    at = lines.index("共4个文件：读出3份，其中1份有未读的内容，1个无法读取。")
    assert [line.split("（")[0] for line in lines[at + 1 :]] == [
        f"  有未读的内容：{folder / '部分.txt'}",
        f"  无法读取：{folder / '无关.html'}",
    ]
    assert shown.out == ""


@pytest.mark.parametrize("target", ["json", "yaml", "html", "md", "docx"])
def test_every_format_takes_many(folder: Path, tmp_path: Path, bench: Bench, target: str) -> None:
    """Whatever the format, the files written read as the reports they were made of."""
    out = tmp_path / "结果"

    assert main(["convert", str(folder / "甲局"), str(folder / "乙局"), "--to", target, "-o", str(out)]) == 0

    documents = [read(path.read_bytes()).document for path in sorted(out.iterdir())]
    assert documents == [bench.report] * 2


def test_without_folder_there_is_a_line_for_each(
    folder: Path, bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    """As JSON many reports go to standard output, one a line and nothing else there."""
    assert main(["convert", str(folder / "甲局"), str(folder / "乙局")]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [loads_json(line) for line in lines] == [bench.report] * 2


def test_other_formats_need_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Many pages in one stream are none: a folder must be named, before anything is read."""
    assert main(["convert", str(folder), "--to", "html", "--lang", "en"]) == 2

    shown = capsys.readouterr()
    assert "-o" in shown.err
    assert shown.out == ""


def test_folder_of_one_report_counts_as_many(folder: Path, tmp_path: Path) -> None:
    """The form of the output goes by what is named, not by what a folder happens to hold."""
    out = tmp_path / "结果"

    assert main(["convert", str(folder / "甲局"), "-o", str(out)]) == 0
    assert [path.name for path in out.iterdir()] == ["年报.json"]


def test_one_file_may_go_into_a_folder(tmp_path: Path) -> None:
    """With `-o` a folder that is there, one file is written into it under its own name."""
    assert main(["convert", str(SAMPLE), "--to", "md", "-o", str(tmp_path)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["report-2019.md"]


class TestOverwriting:
    """No report is ever written over."""

    def test_one_file(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The file read cannot be the file written, not even under another name."""
        path = folder / "甲局" / "年报.json"
        link = folder / "别名.json"
        os.link(path, link)
        before = path.read_bytes()

        assert main(["convert", str(path), "-o", str(link), "--lang", "zh"]) == 2
        assert "不能作为输出文件" in capsys.readouterr().err
        assert path.read_bytes() == before

    def test_many_files(self, folder: Path) -> None:
        """Of many, none may be overwritten, and nothing is written at all."""
        names = [str(folder / "部分.txt"), str(folder / "甲局" / "年报.json")]

        assert main(["convert", *names, "-o", str(folder / "甲局")]) == 2
        assert [path.name for path in (folder / "甲局").iterdir()] == ["年报.json"]

    def test_results_of_an_earlier_run_are_no_reports(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """An output folder below the folder read is not read itself, and that is said."""
        out = folder / "结果"
        arguments = ["convert", str(folder), "-o", str(out), "--lang", "zh"]
        main(arguments)
        first = written(out)
        capsys.readouterr()

        main(arguments)

        assert written(out) == first
        assert "已有的3个文件未作为报告读取" in capsys.readouterr().err

    def test_file_in_place_of_the_folder(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file is no folder of results."""
        path = folder / "部分.txt"

        assert main(["convert", str(folder), "-o", str(path), "--lang", "zh"]) == 2
        assert "不能作为存放结果的目录" in capsys.readouterr().err


class TestNames:
    """Results of different files have different names."""

    def test_stem_is_enough_where_it_is_alone(self) -> None:
        """A stem that occurs once is the name."""
        assert distinct_names(["甲/a.html", "乙/b.docx"], ".json") == ["a.json", "b.json"]

    def test_same_stem_in_one_folder(self) -> None:
        """Two formats of one report are told apart by their endings."""
        assert distinct_names(["x/a.html", "x/a.docx"], ".json") == ["a.html.json", "a.docx.json"]

    def test_case_and_composition_are_no_difference(self) -> None:
        """Names that some file systems take for the same are the same."""
        assert distinct_names(["x/A.html", "y/a.html"], ".md") == ["x-A.html.md", "y-a.html.md"]
        assert distinct_names(["x/\u00e9.t", "y/e\u0301.t"], "") == ["x-\u00e9.t", "y-e\u0301.t"]

    def test_names_that_come_out_alike(self) -> None:
        """Names that join to the same are numbered."""
        names = ["a-b/c.t", "a/b-c.t", "x/c.t", "x/b-c.t"]

        made = distinct_names(names, "")

        assert made[:2] == ["a-b-c.t", "a-b-c.t-2"]
        assert len(set(made)) == 4

    def test_standard_input(self) -> None:
        """Standard input has a name as well."""
        assert distinct_names(["-", "a.html"], ".json") == ["stdin.json", "a.json"]


class TestProvenance:
    """`--provenance` says where every value comes from, instead of giving the report."""

    def test_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        """By default it is text, with the notes in it and nothing on standard error."""
        assert main(["convert", str(SAMPLE), "--provenance", "--lang", "zh"]) == 0

        shown = capsys.readouterr()
        assert shown.out.startswith(f"{SAMPLE}\n共")
        assert "（按名称；文件第" in shown.out
        assert shown.err == ""

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With `--to json` it is one object with the document, the origins and the notes."""
        arguments = [
            "convert",
            str(SAMPLE),
            "--provenance",
            "--to",
            "json",
            "--set",
            f"{PUBLISHED}=2021-01-20",
        ]
        assert main(arguments) == 0

        data = json.loads(capsys.readouterr().out)
        origins = {one["pointer"]: one["origin"] for one in data["provenance"]}
        assert data["input"]["name"] == str(SAMPLE)
        assert get_at(data["document"], PUBLISHED) == "2021-01-20"
        assert origins[PUBLISHED] == "supplied"
        assert origins["/report_year"] == "file"

    @pytest.mark.parametrize("target", ["yaml", "xlsx"])
    def test_other_formats_are_refused(self, target: str, capsys: pytest.CaptureFixture[str]) -> None:
        """It comes as text or JSON only."""
        assert main(["convert", str(SAMPLE), "--provenance", "--to", target, "--lang", "en"]) == 2
        assert "text or json" in capsys.readouterr().err

    def test_many_as_lines(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """As JSON many files give a line each, which names its file."""
        main(["convert", str(folder), "--provenance", "--to", "json", "--lang", "zh"])

        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [Path(one["input"]["name"]).parent.name for one in lines] == ["乙局", "甲局", "年报"]

    def test_many_as_files(self, folder: Path, tmp_path: Path) -> None:
        """As text many files become a file each."""
        out = tmp_path / "出处"

        assert main(["convert", str(folder / "甲局"), "--provenance", "-o", str(out)]) == 0
        assert [path.name for path in out.iterdir()] == ["年报.txt"]


def test_name_that_is_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose name is no UTF-8, as from an old archive, is read, and named as well as can be."""
    name = os.fsdecode(os.fsencode(str(tmp_path)) + b"/\xb1\xa8.txt")
    try:
        Path(name).write_bytes(SAMPLE.read_bytes())
    except OSError:
        pytest.skip("this file system takes no such name")
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding="utf-8"))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))

    assert main(["convert", str(tmp_path), "--provenance", "--to", "json"]) == 0
    assert main(["convert", name + ".none"]) == 2

    text = shown.getvalue().decode()
    assert "\\udcb1" in text
    assert json.loads(text)["document"]["report_year"] == 2020
