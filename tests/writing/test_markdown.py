"""Markdown: prose that stays prose, official tables with their spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from disclosure_spec.blank import blank
from disclosure_spec.document import get_at
from disclosure_spec.reading import read
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from tests.conftest import Bench

ACTIVE = (
    *("# 甲", "- 甲", "+ 甲", "1. 甲", "12) 甲", "> 甲", "| 甲 | 乙 |", "***", "---", "===", "```", "~~~"),
    *(
        "*甲*",
        "_甲_",
        "`甲`",
        "[甲](http://a)",
        "![甲](b)",
        "<b>甲</b>",
        "&amp;",
        "\\甲",
        "甲\\",
        "<!-- 甲 -->",
    ),
    *("http://a.b/c", "a@b.c", "$甲$", "[^1]", ":甲:", "甲 | 乙", "    甲".strip(), "[甲]: b"),
)


@pytest.mark.parametrize("line", ACTIVE)
def test_active_text_stays_text(bench_2021: Bench, line: str) -> None:
    """A line that would be markup is read back as it was, alone and between others."""
    pointer = next(one.pointer for one in bench_2021.edition.sections if not one.rows)
    for text in (line, f"甲\n{line}\n乙"):
        document = bench_2021.with_values({pointer: text})
        assert read(write(document, bench_2021.edition, "md")).document == document


def test_file_says_what_it_is(bench: Bench) -> None:
    """The first line names version and edition; headings are headings, prompts are quotes."""
    lines = write(blank(bench.edition), bench.edition, "md").decode().splitlines()
    assert lines[0] == f"<!-- disclosure_spec.form: 1.0/{bench.edition.name} -->"
    assert [line[3:] for line in lines if line.startswith("## ")][:6] == [
        one.heading.zh for one in bench.edition.sections
    ]
    assert sum(line.startswith("> ") for line in lines) == sum(
        1 for one in bench.edition.sections if one.prompt
    )


def test_table_of_markdown_is_read(bench_2021: Bench) -> None:
    """A part of a report with a table in Markdown's own notation gives its numbers."""
    rows = bench_2021.edition.section_at["/requests"].rows
    lines = [
        f"| {row.labels[-1].text} | " + " | ".join(str(n) for n in range(len(row.cells))) + " |"
        for row in rows
    ]
    head = "| 项目 | " + " | ".join("abcdefg") + " |\n|" + "---|" * 8
    other = "".join(f"## {one.heading.zh}\n\n甲。\n\n" for one in bench_2021.edition.sections if not one.rows)
    text = (
        f"本年制发件数 本年废止件数\n\n{other}## 三、收到和处理政府信息公开申请情况\n\n{head}\n"
        + "\n".join(lines)
    )
    reading = read(text.encode())
    assert reading.format == "markdown"
    assert {reading.document["overview"], reading.document["other_matters"]} == {"甲。"}
    numbers = [get_at(reading.document, cell.pointer) for cell in rows[0].cells]
    assert numbers == list(range(len(rows[0].cells)))
