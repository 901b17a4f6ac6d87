"""An edition of the form and the catalogue of all: cells in form order, labels, and what does not exist."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker, Verdict
from disclosure_spec.document import get_at
from disclosure_spec.edition import SEPARATOR, Catalogue, installed
from disclosure_spec.errors import SpecificationError, UsageError
from disclosure_spec.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Bench

    from disclosure_spec.document import JSONValue

SCHEMA = Path(str(folder("schema")))
PART_2 = "Proactive disclosure of government information"
PART_3 = "Requests for government information received and handled"
PART_4 = "Administrative reconsideration and litigation"
CELLS = {"2019": {"/proactive_disclosure": 22, "/requests": 161, "/remedies": 15},
         "2021": {"/proactive_disclosure": 10, "/requests": 175, "/remedies": 15}}  # fmt: skip


def pointers(value: JSONValue, path: str = "") -> Iterator[str]:
    """Yield the pointer of all that is no object, in the order of the document."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from pointers(child, f"{path}/{key}")
    else:
        yield path


def test_catalogue_lists_the_published_editions() -> None:
    """The installed catalogue has two editions of one version of the specification."""
    catalogue = installed()
    assert catalogue.names() == catalogue.names("1.0") == ("2019", "2021")
    assert catalogue.latest == "1.0"
    assert [edition.name for edition in catalogue.editions()] == ["2019", "2021"]
    assert repr(catalogue.edition("2021")) == "<Edition 1.0/2021>"


def test_catalogue_is_read_once() -> None:
    """Asking twice for an edition, or for the installed catalogue, gives the same object."""
    assert installed() is installed()
    assert installed().edition("2019") is installed().edition("2019", "1.0")


@pytest.mark.parametrize("name", ["2020", "", "21", "2021 ", "latest", "../1.0/2021"])
def test_unknown_edition(name: str) -> None:
    """An edition that does not exist is an error of usage that lists those that do; nothing is guessed."""
    with pytest.raises(UsageError) as caught:
        installed().edition(name)
    assert caught.value.code == "edition.unknown"
    assert caught.value.message("zh") == f"没有“{name}”版格式；现有：2019、2021。"
    assert caught.value.message("en") == f"No form edition {name!r}; there are: 2019, 2021."


@pytest.mark.parametrize("version", ["0.9", "1", "2.0", ""])
def test_unknown_version(version: str) -> None:
    """A version of the specification that does not exist is an error of usage that lists those that do."""
    for ask in (installed().names, installed().editions, lambda spec: installed().edition("2021", spec)):
        with pytest.raises(UsageError) as caught:
            ask(version)
        assert caught.value.code == "spec.unknown"
        assert caught.value.message("zh") == f"没有规范版本“{version}”；现有：1.0。"
        assert caught.value.message("en") == f"No specification version {version!r}; there are: 1.0."


def test_unknown_rule(bench: Bench) -> None:
    """A rule that the edition does not have is an error of usage; one that it has is returned."""
    assert bench.edition.rule("requests.balance").id == "requests.balance"
    with pytest.raises(UsageError) as caught:
        bench.edition.rule("requests.balanced")
    assert caught.value.code == "rule.unknown"
    assert f"{bench.edition.name}年版没有规则“requests.balanced”" in caught.value.message("zh")
    assert "'requests.balanced'" in caught.value.message("en")


def test_cells_are_in_form_order(bench: Bench) -> None:
    """The edition has as many cells as the paper form, numbered in the order of a blank report."""
    cells = bench.edition.cells
    assert len(cells) == {"2019": 198, "2021": 200}[bench.edition.name]
    assert [cell.index for cell in cells] == list(range(len(cells)))
    assert list(bench.edition.cell_at) == [cell.pointer for cell in cells]
    wanted = set(bench.edition.cell_at)
    in_blank = [pointer for pointer in pointers(blank(bench.edition)) if pointer in wanted]
    assert [cell.pointer for cell in cells] == in_blank
    for section, count in CELLS[bench.edition.name].items():
        assert sum(cell.pointer.startswith(f"{section}/") for cell in cells) == count


def test_rows_hold_the_cells_of_their_section(bench: Bench) -> None:
    """The rows of a table give its cells in form order, each row with as many as its columns."""
    for section in bench.edition.sections:
        below = [cell for cell in bench.edition.cells if cell.pointer.startswith(f"{section.pointer}/")]
        assert [cell for row in section.rows for cell in row.cells] == below
        assert (section.grid is None) == (not section.rows)
        assert bench.edition.section_at[section.pointer] is section


def test_types_and_units_of_cells(bench_2019: Bench, bench_2021: Bench) -> None:
    """Amounts carry the unit that is printed, or the pointer and choice of the unit a report states."""
    bought = bench_2019.edition.cell_at["/proactive_disclosure/central_procurement/amount"]
    assert (bought.type, bought.unit, bought.units) == ("amount", None, ("元", "万元", "亿元"))
    assert bought.unit_pointer == "/proactive_disclosure/central_procurement/amount_unit"
    fees = bench_2021.edition.cell_at["/proactive_disclosure/charges/amount_wan_yuan"]
    assert (fees.type, fees.unit, fees.units, fees.unit_pointer) == ("amount", "万元", (), None)
    signed = [cell.pointer for cell in bench_2019.edition.cells if cell.type == "signed_count"]
    assert len(signed) == 5
    assert all(pointer.endswith("/items_change") for pointer in signed)


@pytest.mark.parametrize(
    ("pointer", "zh", "en"),
    [
        ("/overview", "一、总体情况", "Overview"),
        (
            "/proactive_disclosure/licensing/decisions",
            "二、主动公开政府信息情况 › 第二十条第（五）项 › 行政许可 › 本年处理决定数量",
            f"{PART_2} › Article 20(5) › Administrative licensing › Decisions made this year",
        ),
        (
            "/requests/outcomes/total/total",
            "三、收到和处理政府信息公开申请情况 › 三、本年度办理结果 › （七）总计 › 总计",
            f"{PART_3} › 3. Outcomes this year › (7) Total › Total",
        ),
        (
            "/remedies/litigation/after_reconsideration/pending",
            "四、政府信息公开行政复议、行政诉讼情况 › 行政诉讼 › 复议后起诉 › 尚未审结",
            f"{PART_4} › Administrative litigation › Filed after reconsideration › Pending",
        ),
        (
            "/requests/outcomes/refused",
            "三、收到和处理政府信息公开申请情况 › 三、本年度办理结果 › （三）不予公开",
            f"{PART_3} › 3. Outcomes this year › (3) Refused",
        ),
        ("/report_year", "报告年度", "Report year"),
        ("/reporting_body/region_code", "报告机关 › 行政区划代码", "Reporting body › Region code"),
        ("/period/end", "统计期限 › 截止日期", "Period › Last day"),
    ],
)  # fmt: skip
def test_label_of_a_pointer(bench_2021: Bench, pointer: str, zh: str, en: str) -> None:
    """A pointer is called by the labels printed on the way to it, from the part down to the column."""
    label = bench_2021.edition.label(pointer)
    assert (label.zh, label.en) == (zh, en)


def test_label_of_a_unit_names_the_unit(bench_2019: Bench) -> None:
    """The unit of an amount is called so in both languages."""
    label = bench_2019.edition.label("/proactive_disclosure/central_procurement/amount_unit")
    assert label.zh.endswith("采购总金额的单位")
    assert label.en.rpartition(SEPARATOR)[2].startswith("Unit")


@pytest.mark.parametrize("pointer", ["/x-own", "/nothing", "/requests/nothing"])
def test_label_where_nothing_is_printed(bench: Bench, pointer: str) -> None:
    """A key without a printed label is called by its own name."""
    label = bench.edition.label(pointer)
    assert label.zh.endswith(pointer.rpartition("/")[2])
    assert label.en.endswith(pointer.rpartition("/")[2])


def test_label_of_the_whole_document(bench: Bench) -> None:
    """The empty pointer has the empty label."""
    assert bench.edition.label("").zh == ""


def test_every_label_is_its_own(bench: Bench) -> None:
    """No two cells have the same label, in either language, and each begins with its part."""
    for language in LANGUAGES:
        labels = [cell.label.get(language) for cell in bench.edition.cells]
        assert len(set(labels)) == len(labels)
    for cell in bench.edition.cells:
        section = bench.edition.section_at["/" + cell.pointer.split("/")[1]]
        assert cell.label.zh.startswith(section.heading.zh + SEPARATOR)


def zipped(file: Path, pattern: str) -> zipfile.Path:
    """Return a zip file with the published files that fit the pattern, in a folder of its own."""
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(SCHEMA.rglob(pattern)):
            archive.write(path, f"spec/{path.relative_to(SCHEMA).as_posix()}")
    return zipfile.Path(zipfile.ZipFile(file), "spec/")


def test_catalogue_out_of_a_zip_file(bench: Bench, tmp_path: Path) -> None:
    """A catalogue inside a zip file is the same, and its editions check a report alike."""
    root = zipped(tmp_path / "spec.zip", "*.json")
    catalogue = Catalogue(root)
    edition = catalogue.edition(bench.edition.name)
    assert catalogue.index == installed().index
    assert (edition.rules, edition.cells) == (bench.edition.rules, bench.edition.cells)
    assert edition.draft_schema == bench.edition.draft_schema
    result = Checker(edition).check(bench.report)
    assert result == bench.checker.check(bench.report)
    assert result.verdict is Verdict.CONFORMS
    root.root.close()


@pytest.mark.parametrize("text", [None, "", "{", "[1]", "3", "null", '{"latest": '])
def test_folder_without_a_usable_index(tmp_path: Path, text: str | None) -> None:
    """A folder whose index is missing, damaged or no object is an error that names the file."""
    if text is not None:
        (tmp_path / "index.json").write_text(text, encoding="utf-8")
    with pytest.raises(SpecificationError) as caught:
        Catalogue(tmp_path)
    assert caught.value.code == "specification.unreadable"
    assert "index.json" in caught.value.message("zh")


def test_index_that_is_not_text(tmp_path: Path) -> None:
    """An index that is not UTF-8 is an error of the specification, too."""
    (tmp_path / "index.json").write_bytes(b'{"a": "\xff"}')
    with pytest.raises(SpecificationError):
        Catalogue(tmp_path)


def test_edition_whose_file_is_missing(tmp_path: Path) -> None:
    """An edition that the index names and the folder does not hold is an error that names the file."""
    (tmp_path / "index.json").write_text(json.dumps(installed().index), encoding="utf-8")
    catalogue = Catalogue(tmp_path)
    assert catalogue.names() == installed().names()
    with pytest.raises(SpecificationError) as caught:
        catalogue.edition("2021")
    assert "form.json" in caught.value.message("en")


def test_edition_missing_from_a_zip_file(tmp_path: Path) -> None:
    """A zip file without the file asked for is an error of the specification, not of the archive."""
    root = zipped(tmp_path / "spec.zip", "index.json")
    with pytest.raises(SpecificationError) as caught:
        Catalogue(root).edition("2019")
    assert "form.json" in caught.value.message("zh")
    root.root.close()


def test_sample_holds_something_at_every_cell(bench: Bench) -> None:
    """Every cell's pointer leads into a document built by the edition's own blank."""
    assert {type(get_at(bench.report, cell.pointer)).__name__ for cell in bench.edition.cells} <= {
        "int",
        "Decimal",
    }
