"""Made-up reports with the shapes of real ones, drawn from the editions' own tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec.document import get_at
from disclosure_spec.edition import installed
from disclosure_spec.reading import Reading, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_spec.edition import Edition, Section

TITLE = "测试市某某局2022年政府信息公开工作年度报告"
PREFACE = "本报告中所列数据的统计期限自2022年1月1日起至2022年12月31日止。"


@dataclass
class Sample:
    """A report of one edition in which every cell has a value of its own."""

    edition: Edition
    printed: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Number the cells that nothing was said about."""
        for cell in self.edition.cells:
            self.printed.setdefault(cell.pointer, str(cell.index + 1))

    def rows(self, section: Section) -> list[list[dict[str, Any]]]:
        """Return the cells that start in each row of a table, inputs with their printed value as text."""
        assert section.grid is not None
        rows: list[list[dict[str, Any]]] = [[] for _ in range(section.grid["rows"])]
        for cell in section.grid["cells"]:
            text = self.printed[cell["pointer"]] if cell["kind"] == "input" else cell["text"]["zh"]
            rows[cell["row"]].append({**cell, "shown": text})
        return [sorted(row, key=lambda cell: int(cell["column"])) for row in rows]

    def table(self, section: Section) -> str:
        """Return a table of the form as HTML with its spans."""
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td rowspan="{cell["rowspan"]}" colspan="{cell["colspan"]}">{escape(cell["shown"])}</td>'
                for cell in row
            )
            + "</tr>\n"
            for row in self.rows(section)
        )
        return f"<table>{rows}</table>"

    def page(self) -> str:
        """Return the whole report as a web page."""
        parts = [f"<h1>{TITLE}</h1>", "<p>发布日期：2023-01-20</p>", f"<p>{PREFACE}</p>"]
        for section in self.edition.sections:
            parts.append(f"<p>{section.heading.zh}</p>")
            parts.append(self.table(section) if section.grid else "<p>第一段。</p><p>第二段。</p>")
        body = "\n".join(parts)
        return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'

    def lines(self, draw: Callable[[list[list[dict[str, Any]]]], list[str]]) -> str:
        """Return the whole report as text, its tables drawn by a function."""
        lines = [TITLE, PREFACE]
        for section in self.edition.sections:
            lines.append(section.heading.zh)
            lines += draw(self.rows(section)) if section.grid else ["第一段。", "第二段。"]
        return "\n".join(lines)

    def wrong(self, reading: Reading) -> Mapping[str, object]:
        """Return the cells that were read as something else than printed; refused ones are not among them."""
        values = {
            cell.pointer: get_at(reading.document, cell.pointer)
            for cell in self.edition.cells
            if cell.pointer not in reading.unread
        }
        return {
            pointer: value
            for pointer, value in values.items()
            if ("" if value is None else str(value)) != self.printed[pointer]
        }


@pytest.fixture(params=installed().names())
def sample(request: pytest.FixtureRequest) -> Sample:
    """A fully printed report of each edition."""
    return Sample(installed().edition(request.param))


@pytest.fixture
def old() -> Sample:
    """A fully printed report of the edition of 2019."""
    return Sample(installed().edition("2019"))


@pytest.fixture
def new() -> Sample:
    """A fully printed report of the edition of 2021."""
    return Sample(installed().edition("2021"))


@pytest.fixture
def reading_of() -> Callable[[str], Reading]:
    """Read a text as the bytes of a file."""
    return lambda text: read(text.encode("utf-8"))


@pytest.fixture
def reports() -> Path:
    """Return the folder of real reports, which is not part of the project."""
    folder = Path(__file__).parents[2].parent / "shared" / "reports"
    if not folder.is_dir():
        pytest.skip("the real reports are not here")
    return folder
