"""Real reports, where they are at hand: everything right, or refused, and never wrong."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.document import get_at
from disclosure_spec.errors import InputError
from disclosure_spec.reading import read

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_spec.edition import Edition
    from disclosure_spec.reading import Reading

WHOLE = [
    "00-fushun-hrss-2020.txt",
    "01-shbangongting-2019.html",
    "06-shuyang-2025.md",
    "09-hangzhou-2025.html",
]
RUN_TOGETHER = ["14-pingtan-2022.txt", "20-pingtanziyuan-2020.txt"]
LAID_OUT = ["02-huaian-2024.layout.txt"]


def expected(edition: Edition, truth: dict[str, Any]) -> dict[str, int | Decimal | None]:
    """Return the transcribed values by pointer."""
    second, third, fourth = (section for section in edition.sections if section.rows)
    values: dict[str, Any] = {}
    for row in second.rows:
        printed = truth["table2"][row.labels[-1].text]
        values |= dict(zip((cell.pointer for cell in row.cells), printed.values(), strict=True))
    for row in third.rows:
        name = "/".join(label.text.split("（区分")[0] for label in row.labels)
        values |= dict(zip((cell.pointer for cell in row.cells), truth["table3"][name], strict=True))
    values |= dict(zip((cell.pointer for cell in fourth.rows[0].cells), truth["table4"], strict=True))
    return {pointer: number(value) for pointer, value in values.items()}


def number(value: int | Decimal | str | None) -> int | Decimal | None:
    """Return a transcribed value without the unit printed with it."""
    return Decimal(value.rstrip("亿万元")) if isinstance(value, str) else value


def reading_and_truth(reports: Path, name: str) -> tuple[Reading, dict[str, int | Decimal | None]]:
    """Read a report and what a person read in it."""
    reading = read((reports / name).read_bytes(), name=name)
    truth = (reports / "expected" / name).with_suffix("").with_suffix(".json").read_text(encoding="utf-8")
    return reading, expected(reading.edition, json.loads(truth, parse_float=Decimal))


@pytest.mark.parametrize("name", WHOLE)
def test_whole_reports_are_read_cell_by_cell(reports: Path, name: str) -> None:
    """Every printed cell is right and every blank is blank."""
    reading, truth = reading_and_truth(reports, name)

    assert {pointer: get_at(reading.document, pointer) for pointer in truth} == truth
    assert not reading.unread & truth.keys()


@pytest.mark.parametrize("name", [*RUN_TOGETHER, *LAID_OUT])
def test_damaged_reports_are_never_wrong(reports: Path, name: str) -> None:
    """What cannot be told apart is unread; nothing is guessed."""
    reading, truth = reading_and_truth(reports, name)
    read_cells = {
        pointer: get_at(reading.document, pointer) for pointer in truth if pointer not in reading.unread
    }

    assert read_cells == {pointer: truth[pointer] for pointer in read_cells}


def test_the_report_the_project_began_with(reports: Path) -> None:
    """A report without a title still says who reports for which year."""
    reading = read((reports / WHOLE[0]).read_bytes())

    assert reading.edition.name == "2019"
    assert reading.document["report_year"] == 2020
    assert reading.document["reporting_body"] == {"name": "抚顺市人力资源和社会保障局", "kind": "department"}
    assert reading.document["period"] == {"start": "2020-01-01", "end": "2020-12-31"}
    assert reading.document["other_matters"] == "无"
    assert {note.code for note in reading.notes} == {"body.from_prose"}


def test_a_page_with_title_and_date(reports: Path) -> None:
    """Title, body and date of publication stand above the text of the page."""
    document = read((reports / WHOLE[1]).read_bytes()).document

    assert document["title"] == "2019年上海市人民政府办公厅政府信息公开工作年度报告"
    assert document["reporting_body"] == {"name": "上海市人民政府办公厅", "kind": "department"}
    assert document["published_on"] == "2020-01-31"
    assert str(document["preface"]).startswith("本年度报告根据")


@pytest.mark.parametrize(
    ("name", "some", "other"),
    [
        ("40-tongjiju-2023-part.txt", "/requests/received/total", "/requests/outcomes/total/total"),
        (
            "43-minzhengju-2023-oldform-part.txt",
            "/proactive_disclosure/licensing/items_change",
            "/requests/received/total",
        ),
        (
            "45-jian4-oldform-part.txt",
            "/requests/outcomes/refused/state_secret/total",
            "/requests/outcomes/total/total",
        ),
        (
            "51-yanglingshenji-2022-part.txt",
            "/proactive_disclosure/charges/amount_wan_yuan",
            "/requests/received/total",
        ),
        (
            "56-yueyangnanhu-2019-part.txt",
            "/proactive_disclosure/charges/items_change",
            "/requests/received/total",
        ),
    ],
)
def test_parts_of_reports_give_what_is_certain(reports: Path, name: str, some: str, other: str) -> None:
    """What stands there whole is read, what is cut off or has lost columns is not."""
    reading = read((reports / name).read_bytes())

    assert get_at(reading.document, some) == 0
    assert other in reading.unread


def test_a_text_without_a_known_table_is_refused(reports: Path) -> None:
    """A report cut off before its tables, and that cites no notice, is not read by its year alone."""
    (path,) = reports.glob("66-*.txt")

    with pytest.raises(InputError) as caught:
        read(path.read_bytes())

    assert caught.value.code == "read.no_edition"


@pytest.mark.parametrize(
    ("prefix", "edition", "note"),
    [("58", "2019", "characters.traditional"), ("61", "2019", "characters.traditional"),
     ("80", "2021", "edition.cited")],
)  # fmt: skip
def test_a_part_is_recognised_where_a_person_would(
    reports: Path, prefix: str, edition: str, note: str
) -> None:
    """Traditional characters, or the number of the official notice in the text, say which form it is."""
    (path,) = reports.glob(f"{prefix}-*.txt")
    reading = read(path.read_bytes())

    assert reading.edition.name == edition
    assert note in {one.code for one in reading.notes}


def test_names_in_traditional_characters_stay_as_printed(reports: Path) -> None:
    """Only labels are compared in simplified characters; what the report says is kept."""
    (path,) = reports.glob("61-*.txt")
    document = read(path.read_bytes()).document

    assert document["reporting_body"] == {"name": "廣州市國資委", "kind": "department"}
    assert document["report_year"] == 2020
    row = get_at(document, "/proactive_disclosure/normative_documents")
    assert row == {"newly_made": 4, "newly_disclosed": 4, "total_disclosed": 130}


@pytest.mark.parametrize("name", RUN_TOGETHER)
def test_headings_inside_one_paragraph_are_found(reports: Path, name: str) -> None:
    """A report that is one paragraph has its parts, and no button of the page is among them."""
    document = read((reports / name).read_bytes()).document

    for pointer in ("/overview", "/problems_and_improvements", "/other_matters"):
        text = str(get_at(document, pointer))
        assert text not in {"", "None"}
        assert "附件下载" not in text
    assert "/proactive_disclosure" not in str(document["overview"])
