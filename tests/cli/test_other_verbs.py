"""`disclosure-spec blank`, `convert`, `rules` and `editions`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.cli import main
from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.reading import read
from disclosure_spec.strict_json import loads_json
from disclosure_spec.strict_yaml import loads_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_spec.document import JSONValue

SAMPLE = Path(__file__).parents[1] / "data" / "report-2019.txt"


@pytest.mark.parametrize("edition", installed().names())
def test_blank_is_the_published_template(edition: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`blank` writes the published blank as JSON, and the same values as YAML with the printed labels."""
    template = folder("templates").joinpath("1.0", edition, "blank.json").read_text(encoding="utf-8")

    assert main(["blank", edition]) == 0
    assert capsys.readouterr().out == template
    assert main(["blank", edition, "--to", "yaml", "--lang", "zh"]) == 0
    text = capsys.readouterr().out
    assert loads_yaml(text) == loads_json(template)
    assert "# 三、收到和处理政府信息公开申请情况" in text


def test_blank_of_an_unknown_edition_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """An edition that does not exist exits with 2 and lists those that do."""
    assert main(["blank", "2020", "--lang", "en"]) == 2
    assert "2019, 2021" in capsys.readouterr().err


def test_output_file_is_written(tmp_path: Path) -> None:
    """`-o` writes the file instead of standard output."""
    path = tmp_path / "blank.json"

    assert main(["blank", "2021", "-o", str(path)]) == 0
    assert loads_json(path.read_bytes())


@pytest.mark.parametrize("target", ["html", "md", "docx", "json", "yaml"])
@pytest.mark.parametrize("edition", installed().names())
def test_blank_is_read_back_as_a_blank(edition: str, target: str, tmp_path: Path) -> None:
    """A blank in any form is a file that reads as a draft with nothing in it, and is the published one."""
    path = tmp_path / "blank"

    assert main(["blank", edition, "--to", target, "-o", str(path)]) == 0
    reading = read(path.read_bytes())
    assert reading.edition.name == edition
    assert not reading.unread
    assert {get_at(reading.document, cell.pointer) for cell in reading.edition.cells} == {None}
    assert {reading.document[one.pointer[1:]] for one in reading.edition.sections if not one.rows} == {None}
    if target != "docx":
        published = folder("templates").joinpath("1.0", edition, f"blank.{target}")
        assert published.read_bytes() == path.read_bytes()


def test_report_goes_through_every_form(tmp_path: Path) -> None:
    """A report as found, converted from form to form, stays the document it was."""
    first = tmp_path / "report.json"
    main(["convert", str(SAMPLE), "-o", str(first)])
    source = first
    for target in ("docx", "html", "md", "yaml", "json"):
        path = tmp_path / f"next.{target}"
        assert main(["convert", str(source), "--to", target, "-o", str(path)]) == 0
        source = path
    assert source.read_bytes() == first.read_bytes()


def test_fragment_is_clean_html(capsys: pytest.CaptureFixture[str]) -> None:
    """`--fragment` gives tables for a site's editor, with `--to html` only."""
    assert main(["blank", "2021", "--to", "html", "--fragment"]) == 0
    assert capsys.readouterr().out.startswith("<h2>")
    assert main(["blank", "2021", "--to", "md", "--fragment", "--lang", "en"]) == 2
    assert "--to html" in capsys.readouterr().err


def test_word_file_is_not_thrown_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no text needs an output file when standard output is a terminal."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert main(["blank", "2021", "--to", "docx", "--lang", "en"]) == 2
    assert "-o" in capsys.readouterr().err


def test_unwritable_output_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An output that cannot be written exits with 2 and is named."""
    path = tmp_path / "none" / "blank.json"

    assert main(["blank", "2021", "-o", str(path)]) == 2
    assert str(path) in capsys.readouterr().err


@pytest.mark.parametrize(("target", "loads"), [("json", loads_json), ("yaml", loads_yaml)])
def test_convert_gives_the_document(
    target: str, loads: Callable[[str], JSONValue], capsys: pytest.CaptureFixture[str]
) -> None:
    """`convert` turns a copied web page into a document, exact to the decimal and the unit."""
    assert main(["convert", str(SAMPLE), "--to", target]) == 0
    document = loads(capsys.readouterr().out)
    bought = "/proactive_disclosure/central_procurement"
    assert get_at(document, "/report_year") == 2020
    assert str(get_at(document, f"{bought}/amount")) == "96.35"
    assert get_at(document, f"{bought}/amount_unit") == "万元"


def test_convert_puts_values_in(capsys: pytest.CaptureFixture[str]) -> None:
    """`convert --set` puts a value in; what is not JSON is text."""
    main(["convert", str(SAMPLE), "--set", '/reporting_body/region_code="420100"', "--set", "/x-note=备注"])

    document = json.loads(capsys.readouterr().out)
    assert document["reporting_body"]["region_code"] == "420100"
    assert document["x-note"] == "备注"


def test_rules_are_listed_for_every_edition(capsys: pytest.CaptureFixture[str]) -> None:
    """`rules list` names every rule of every edition."""
    assert main(["rules", "list"]) == 0
    out = capsys.readouterr().out
    for edition in installed().editions():
        assert all(rule.id in out for rule in edition.rules)


def test_rule_is_shown_with_its_law_and_equations(capsys: pytest.CaptureFixture[str]) -> None:
    """`rules show` gives basis, advice and every equation of one rule."""
    assert main(["rules", "show", "requests.balance", "--edition", "2021", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "第一项加第二项之和，等于第三项加第四项之和" in out
    assert out.count("/requests/received/") == 7


def test_rules_are_given_as_published(capsys: pytest.CaptureFixture[str]) -> None:
    """With `--format json` the rules come as in the published file."""
    assert main(["rules", "show", "requests.balance", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [one["form_edition"] for one in shown] == list(installed().names())
    assert all(one["rule"]["test"]["kind"] == "linear" for one in shown)


def test_unknown_rule_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that does not exist exits with 2 and says where they are listed."""
    assert main(["rules", "show", "requests.balanse", "--lang", "en"]) == 2
    assert "rules list" in capsys.readouterr().err


def test_rules_show_needs_an_id(capsys: pytest.CaptureFixture[str]) -> None:
    """`rules show` without an id is wrong usage."""
    with pytest.raises(SystemExit) as left:
        main(["rules", "show", "--lang", "zh"])

    assert left.value.code == 2
    assert "规则编号" in capsys.readouterr().err


def test_editions_are_listed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """`editions --format json` is the published index."""
    assert main(["editions", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == installed().index


def test_specification_of_ones_own_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--schema` takes the specification from another folder, and says so when there is none."""
    assert main(["editions", "--schema", str(tmp_path), "--lang", "en"]) == 2
    assert "index.json" in capsys.readouterr().err
    assert main(["editions", "--schema", str(folder("schema"))]) == 0
