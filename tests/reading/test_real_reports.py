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
            "/requests/received/total",
            "/requests/outcomes/refused/state_secret/total",
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


@pytest.mark.parametrize("prefix", ["58", "61", "66", "80"])
def test_texts_without_a_known_table_are_refused(reports: Path, prefix: str) -> None:
    """Traditional characters and texts without tables are not read as something else."""
    (path,) = reports.glob(f"{prefix}-*.txt")

    with pytest.raises(InputError) as caught:
        read(path.read_bytes())

    assert caught.value.code == "read.no_edition"
