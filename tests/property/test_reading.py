"""Reports written in every layout met in use, and damaged: what is read is right, the rest is refused."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import escape
from random import Random
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

import pytest

from disclosure_spec.document import MISSING, get_at
from disclosure_spec.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Section
    from disclosure_spec.reading import Reading

ROUNDS = 60
"""Reports of each kind and edition; set it to thousands to search by hand."""

FIRST_SEED = 0
ENOUGH = 0.97
"""The share of values that must be read where only the layout differs."""


@dataclass(frozen=True)
class Box:
    """One cell of a table on its way to a file; `pointer` is that of an input."""

    text: str
    kind: str
    column: int
    rowspan: int = 1
    colspan: int = 1
    pointer: str = ""

    @property
    def is_title(self) -> bool:
        """Tell whether the cell stands above the rows."""
        return self.kind in {"band", "header", "note"}


Rows: TypeAlias = list[list[Box]]


@dataclass
class Page:
    """A report on its way to a file; `truth` is None for a blank and `...` where nothing may be read."""

    sections: dict[str, list[Rows]]
    truth: dict[str, object]
    known: dict[str, JSONValue]
    front: list[str]
    texts: dict[str, list[str]]
    headings: dict[str, str]
    after: dict[str, list[Rows]] = field(default_factory=dict)


# --- what is printed


def boxes(section: Section, printed: dict[str, str]) -> Rows:
    """Return the rows of a table of the form with its inputs filled in."""
    assert section.grid is not None
    rows: Rows = [[] for _ in range(section.grid["rows"])]
    for cell in sorted(section.grid["cells"], key=lambda one: int(one["column"])):
        pointer = cell.get("pointer", "")
        text = printed[pointer] if pointer else cell["text"]["zh"]
        box = Box(text, cell["kind"], cell["column"], cell["rowspan"], cell["colspan"], pointer)
        rows[cell["row"]].append(box)
    return rows


def values(rng: Random, bench: Bench) -> dict[str, JSONValue]:
    """Return a value for every cell: distinct numbers, or with zeros, blanks and marks among them."""
    report = bench.report_of({cell.pointer: rng.randint(1, 9_999) for cell in bench.leaves})
    values: dict[str, JSONValue] = {}
    for cell in bench.edition.cells:
        value = get_at(report, cell.pointer)
        assert value is not MISSING
        values[cell.pointer] = value
    shares = {"full": (0.0, 0.0, 0.0), "zeros": (0.8, 0.0, 0.0), "blanks": (0.2, 0.4, 0.0)}
    zero, blank, mark = shares.get(rng.choice(["full", "zeros", "blanks", "all"]), (0.3, 0.2, 0.1))
    for pointer in values:
        drawn = rng.random()
        if drawn < zero:
            values[pointer] = 0
        elif drawn < zero + blank:
            values[pointer] = None
        elif drawn < zero + blank + mark:
            values[pointer] = rng.choice(["/", "—", "-", "无"])
    return values


def print_value(rng: Random, value: JSONValue, style: str) -> str:
    """Return a value as people write it."""
    if value is None:
        return ""
    text = f"{value:,}" if style == "thousands" and isinstance(value, int | Decimal) else str(value)
    if style == "wide":
        return text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    return text + "件" if style == "unit" and rng.random() < 0.3 and text.isdigit() else text


TITLES: Sequence[tuple[str, bool]] = (
    ("{body}{year}年政府信息公开工作年度报告", True),
    ("{year}年{body}政府信息公开工作年度报告", True),
    ("{body}{year}年度政府信息公开年度报告", True),
    ("{body}政府信息公开工作年度报告（{year}年）", True),
    ("关于{body}{year}年度政府信息公开工作年报", True),
    ("政府信息公开工作年度报告", False),
)
BODIES = (("某某市人民政府", "government"), ("测试县水利局", "department"), ("某某市某某区管委会", None))
CHROME = [
    "首页 > 政务公开 > 某某市某局2018年政府信息公开工作年度报告",
    "相关链接：2017年政府信息公开年报",
    "索引号：000014349/2025-00003",
    "字号：大 中 小",
    "浏览次数：128",
]


def new_page(rng: Random, bench: Bench) -> Page:
    """Return a report of made-up values under one of the usual titles."""
    year = rng.choice([2019, 2020] if bench.edition.name == "2019" else [2021, 2024, 2025])
    body, kind = rng.choice(BODIES)
    title, full = rng.choice(TITLES)
    title = title.format(body=body, year=year)
    known: dict[str, JSONValue] = {"/title": normalize("NFKC", title), "/report_year": year}
    known |= {"/reporting_body/name": body, "/reporting_body/kind": kind} if full else {}
    known |= {"/period": {"start": f"{year}-01-01", "end": f"{year}-12-31"}}
    known |= {"/published_on": f"{year + 1}-01-20"}
    period = f"本报告所列数据的统计期限自{year}年1月1日起至{rng.choice(['', f'{year}年'])}12月31日止。"
    published = rng.choice([f"发布日期：{year + 1}-01-20", f"发布时间：{year + 1}年1月20日"])
    chrome = CHROME if rng.random() < 0.5 else []
    front = [*chrome, title, published, period]
    if rng.random() < 0.3:
        front[front.index(published)] = f"（{year + 1}年1月20日）"
        del known["/published_on"]
    truth: dict[str, object] = {}
    style = rng.choice(["plain", "plain", "thousands", "wide", "unit"])
    found = values(rng, bench)
    truth.update(found)
    printed = {
        cell.pointer: print_value(rng, found[cell.pointer], style if cell.type != "amount" else "plain")
        for cell in bench.edition.cells
    }
    prose = {
        one.pointer: [f"第{n}段：{body}全年情况。" for n in "一二"]
        for one in bench.edition.sections
        if not one.rows
    }
    headings = {one.pointer: heading(rng, one) for one in bench.edition.sections}
    tables = {one.pointer: [boxes(one, printed)] for one in bench.edition.sections if one.rows}
    known |= {pointer: "\n".join(lines) for pointer, lines in prose.items()}
    return Page(tables, truth, known, front, prose, headings)


def heading(rng: Random, section: Section) -> str:
    """Return the heading of a section or one of its other wordings, sometimes without its number."""
    title = rng.choice([section.title.zh, section.title.zh, *section.aliases])
    return title if rng.random() < 0.05 else section.number + title


# --- layouts that lose nothing


def split_blocks(rng: Random, rows: Rows) -> list[Rows]:
    """Give every block of a table, or what a page holds, a table of its own."""
    cuts = [at for at, row in enumerate(rows) if at and row[0].kind == "band"]
    if not cuts and not any(box.rowspan > 1 and not box.is_title for row in rows for box in row):
        return [rows]
    if not cuts:
        cuts = [rng.randrange(4, len(rows))]
    return [rows[start:end] for start, end in zip([0, *cuts], [*cuts, len(rows)], strict=True)]


def drop_merges(rows: Rows, kind: str) -> Rows:
    """Drop the vertical merges of titles or row groups, with empty cells in their place."""
    made: Rows = [[] for _ in rows]
    for at, row in enumerate(rows):
        for box in row:
            cut = box.kind == kind and box.rowspan > 1
            made[at].append(replace(box, rowspan=1) if cut else box)
            for below in range(at + 1, at + (box.rowspan if cut else 1)):
                made[below].append(replace(box, text="", rowspan=1))
    return [sorted(row, key=lambda box: box.column) for row in made]


def four_columns(rows: Rows) -> Rows:
    """Write the wide table with as many columns as it needs."""
    return [
        [replace(box, colspan=max(1, box.colspan - 1)) if box.kind != "rowlabel" else box for box in row]
        for row in rows
    ]


def move_spans(rng: Random, rows: Rows) -> Rows:
    """Let the spans of some rows drift from those of their titles."""
    made: Rows = []
    for row in rows:
        inputs = [box for box in row if box.pointer]
        spans = [box.colspan for box in inputs]
        rng.shuffle(spans)
        moved = dict(zip((box.pointer for box in inputs), spans, strict=True))
        made.append([replace(box, colspan=moved.get(box.pointer, box.colspan)) for box in row])
    return made


def no_spans(rows: Rows) -> Rows:
    """Drop every span."""
    return [[replace(box, rowspan=1, colspan=1) for box in row] for row in rows]


def empty_column(rng: Random, rows: Rows) -> Rows:
    """Add an empty column behind the others, or before them where the rows have labels."""
    empty = Box("", "empty", 99)
    labelled = any(box.kind == "rowlabel" for row in rows for box in row)
    if labelled and rng.random() < 0.4:
        return [[empty, *row] for row in rows]
    return [[*row, empty] for row in rows] if labelled else rows


def empty_row(rng: Random, rows: Rows) -> Rows:
    """Add an empty row somewhere between others."""
    at = rng.randrange(len(rows) + 1)
    return [*rows[:at], [Box("", "empty", 0) for _ in range(rng.randint(2, 15))], *rows[at:]]


def respell(rng: Random, text: str) -> str:
    """Write a label with other brackets, numbering, spaces or line breaks."""
    match rng.randrange(7):
        case 0:
            return text.replace("（", "(").replace("）", ")").replace("，", ",")
        case 1:
            return re.sub(r"^(\d)\.", rng.choice([r"\1、", r"\1．", r"\1. "]), text)
        case 2:
            return text.replace("“", '"').replace("”", '"').replace("第二十条", "第二十条 ")
        case 3 if len(text) > 3:
            at = rng.randrange(2, len(text) - 1)
            return f"{text[:at]} {text[at:]}"
        case 4 if len(text) == 4:
            return f"{text[:2]}\n{text[2:]}"
        case _:
            return text


def lay_out(rng: Random, page: Page) -> None:
    """Change the layout of every table at random, and of its labels."""
    lost, odd = rng.random() < 0.15, rng.random() < 0.5
    extra = rng.random() < 0.15
    for pointer, (rows,) in page.sections.items():
        made = rows
        wide = any(box.kind == "band" for row in rows for box in row) and len(rows[1]) < rows[0][0].colspan
        if wide and rng.random() < 0.4:
            made = four_columns(made)
        elif rng.random() < 0.2:
            made = move_spans(rng, made)
        if rng.random() < 0.3:
            made = drop_merges(made, "header")
        if rng.random() < 0.2:
            made = drop_merges(made, "rowlabel")
        if lost:
            made = no_spans(made)
        if extra:
            made = empty_column(rng, made)
        if odd:
            made = [
                [box if box.pointer else replace(box, text=respell(rng, box.text)) for box in row]
                for row in made
            ]
        tables = split_blocks(rng, made) if rng.random() < 0.3 else [made]
        if rng.random() < 0.1:
            tables = [*tables, *tables]
        page.sections[pointer] = [empty_row(rng, one) if rng.random() < 0.05 else one for one in tables]
    if rng.random() < 0.2:
        where = rng.choice(list(page.texts))
        page.after[where] = [other_numbers(rng, rng.choice(list(page.sections.values()))[0])]


def other_numbers(rng: Random, rows: Rows) -> Rows:
    """Return the same table of another year."""
    return [
        [replace(box, text=str(rng.randint(10_000, 99_999))) if box.pointer else box for box in row]
        for row in rows
    ]


# --- damage


def data_rows(page: Page) -> list[tuple[Rows, int]]:
    """Return every row that holds inputs, with the table it is in."""
    tables = (rows for tables in page.sections.values() for rows in tables)
    return [(rows, at) for rows in tables for at, row in enumerate(rows) if any(box.pointer for box in row)]


def delete_cell(rng: Random, rows: Rows, at: int) -> None:
    """Take one number away."""
    rows[at].remove(rng.choice([box for box in rows[at] if box.pointer]))


def insert_cell(rng: Random, rows: Rows, at: int) -> None:
    """Put a number too many into a row, and perhaps room for it into the titles."""
    places = [n for n, box in enumerate(rows[at]) if box.pointer]
    rows[at].insert(rng.choice([*places, places[-1] + 1]), Box(str(rng.randint(0, 99)), "extra", 99))
    if rng.random() < 0.6:
        widen_titles(rng, rows, at)


def widen_titles(rng: Random, rows: Rows, at: int) -> None:
    """Make the titles above a row wider by a span or an empty cell."""
    everywhere = rng.random() < 0.5
    titles = [row for row in rows[:at] if row and row[-1].is_title]
    for row in titles if everywhere else titles[-1:]:
        if rng.random() < 0.5:
            row[-1] = replace(row[-1], colspan=row[-1].colspan + 1)
        else:
            row.append(Box("", "empty", 99))


def drop_row(_: Random, rows: Rows, at: int) -> None:
    """Take a row away."""
    rows[at] = [Box("", "empty", 0)]


def double_row(rng: Random, rows: Rows, at: int) -> None:
    """Print a row again with other numbers."""
    again = other_numbers(rng, [[box for box in rows[at] if box.pointer or box.rowspan == 1]])
    rows.insert(at + rng.randrange(2), again[0])


def merge_cells(rng: Random, rows: Rows, at: int) -> None:
    """Merge a number with the one behind it."""
    places = [n for n, box in enumerate(rows[at]) if box.pointer][:-1]
    if places:
        here = rng.choice(places)
        first, second = rows[at][here], rows[at].pop(here + 1)
        text = first.text + rng.choice(["", " ", "\n"]) + second.text
        rows[at][here] = replace(first, text=text, colspan=first.colspan + second.colspan)


def swap_columns(rng: Random, rows: Rows, at: int) -> None:
    """Swap two columns under titles of one row, with their titles."""
    inputs = [n for n, box in enumerate(rows[at]) if box.pointer]
    leaves: dict[int, tuple[int, int]] = {}
    for up, row in enumerate(rows[:at]):
        leaves |= {box.column: (up, n) for n, box in enumerate(row) if box.kind == "header" and box.text}
    columns = [rows[at][n].column for n in inputs]
    pairs = [
        (one, two)
        for one in range(len(inputs))
        for two in range(one + 1, len(inputs))
        if columns[one] in leaves
        and columns[two] in leaves
        and leaves[columns[one]][0] == leaves[columns[two]][0]
        and len({"".join(rows[up][n].text.split()) for up, n in (leaves[columns[one]], leaves[columns[two]])})
        > 1
    ]
    if not pairs:
        return
    one, two = rng.choice(pairs)
    (top, left), (_, right) = leaves[columns[one]], leaves[columns[two]]
    swap(rows[top], left, right)
    for row in rows[top + 1 :]:
        if row and row[0].kind == "band":
            break
        found = [n for n, box in enumerate(row) if box.pointer]
        if len(found) == len(inputs):
            swap(row, found[one], found[two])


def swap(row: list[Box], left: int, right: int) -> None:
    """Swap what two cells hold, not where they are."""
    first, second = row[left], row[right]
    row[left] = replace(first, text=second.text, pointer=second.pointer)
    row[right] = replace(second, text=first.text, pointer=first.pointer)


def cut_label(rng: Random, rows: Rows, at: int) -> None:
    """Cut the end off a label."""
    labels = [n for n, box in enumerate(rows[at]) if box.kind == "rowlabel" and len(box.text) > 2]
    for n in labels[-1:]:
        text = rows[at][n].text
        rows[at][n] = replace(rows[at][n], text=text[: rng.randrange(2, len(text))])


DAMAGES: dict[str, Callable[[Random, Rows, int], None]] = {
    "delete": delete_cell,
    "insert": insert_cell,
    "widen": widen_titles,
    "drop": drop_row,
    "double": double_row,
    "merge": merge_cells,
    "swap": swap_columns,
    "cut": cut_label,
}


def damage(rng: Random, page: Page) -> str:
    """Damage one row of a report, or set a table of another year beside the right one."""
    name = rng.choice([*DAMAGES, "decoy"])
    pointer = rng.choice(list(page.sections))
    if name == "decoy":
        tables = page.sections[pointer]
        tables.insert(rng.randrange(len(tables) + 1), other_numbers(rng, tables[0]))
        return name
    rows, at = rng.choice(data_rows(page))
    before = {box.pointer for box in rows[at] if box.pointer}
    DAMAGES[name](rng, rows, at)
    after = {box.pointer for one, n in data_rows(page) for box in one[n]}
    page.truth |= dict.fromkeys(before - after, ...) if name == "drop" else {}
    return name


# --- formats


def as_html(rng: Random, page: Page) -> str:
    """Write a report as a web page."""
    wrap = rng.choice(["{}", "{}", "<p>{}</p>", '<p align="center"><span>{}</span></p>', "<b>{}</b>"])
    blank = rng.choice(["", "&nbsp;", "\u3000", "<br>", "<p>&nbsp;</p>"])
    line = rng.choice(
        ["<p>{}</p>", "<div>{}</div>", "{}<br>", '<p style="text-indent:2em"><span>{}</span></p>']
    )
    th, nested = rng.random() < 0.3, rng.random() < 0.2

    def cell(box: Box) -> str:
        tag = "th" if th and box.is_title else "td"
        spans = "".join(
            f' {n}="{v}"' for n, v in (("rowspan", box.rowspan), ("colspan", box.colspan)) if v > 1
        )
        text = wrap.format(escape(box.text).replace("\n", "<br>")) if box.text else blank
        return f"<{tag}{spans}>{text}</{tag}>"

    def table(rows: Rows) -> str:
        drawn = ["<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows]
        return "<table>" + "\n".join(drawn) + "</table>"

    parts = [line.format(escape(text)) for text in page.front]
    for pointer, title in page.headings.items():
        parts.append(line.format(title))
        parts += [line.format(text) for text in page.texts.get(pointer, [])]
        parts += [table(rows) for rows in (*page.sections.get(pointer, []), *page.after.get(pointer, []))]
    body = "\n".join(parts)
    body = f"<table><tr><td>{body}</td></tr></table>" if nested else body
    return f'<html><head><meta charset="utf-8"></head><body>{body}<footer>版权所有</footer></body></html>'


def lost(row: list[Box]) -> int:
    """Return how many columns of a row its spans cover."""
    return sum(box.colspan - 1 for box in row)


def flat(box: Box) -> str:
    """Return the text of a cell on one line."""
    return box.text.replace("\n", " ")


def piped(rows: Rows) -> list[str]:
    """Draw each row on a line, a pipe between cells."""
    return [" | ".join(map(flat, row)) for row in rows]


def piped_padded(rows: Rows) -> list[str]:
    """Draw each row on a line, a pipe behind each cell and each column lost."""
    return ["".join(f"{flat(box)} | " for box in row) + "|" * lost(row) for row in rows]


def bordered(rows: Rows) -> list[str]:
    """Draw each row on a line between pipes."""
    return ["| " + " | ".join(map(flat, row)) + " |" for row in rows]


def cell_a_line(rows: Rows) -> list[str]:
    """Draw each cell on a line with a pipe behind it, the columns lost behind the row."""
    lines: list[str] = []
    for row in rows:
        lines += [f"{flat(box)} |".strip() for box in row]
        lines += ["|" * lost(row)] if lost(row) else []
    return lines


def bare_lines(rows: Rows) -> list[str]:
    """Draw each cell on a line of its own, a blank as a no-break space."""
    return [box.text or "\u00a0" for row in rows for box in row]


def tabbed(rows: Rows) -> list[str]:
    """Draw rows with tabs between the cells."""
    return ["\t".join(map(flat, row)) for row in rows]


def markdown(rows: Rows) -> list[str]:
    """Draw a Markdown table."""
    lines = bordered(rows)
    return [lines[0], "|---|---|", *lines[1:], ""]


DRAWINGS = [piped, piped_padded, bordered, cell_a_line, bare_lines, tabbed, markdown]


def as_text(rng: Random, page: Page) -> str:
    """Write a report as text."""
    draw = rng.choice(DRAWINGS)
    lines = list(page.front)
    for pointer, title in page.headings.items():
        lines.append(title)
        lines += page.texts.get(pointer, [])
        for rows in page.sections.get(pointer, []):
            lines += [*draw(rows), ""]
    return "\n".join(lines)


# --- what was read


def judge(page: Page, reading: Reading) -> Counter[str]:
    """Count what is right, refused and wrong among the cells."""
    counts: Counter[str] = Counter()
    for pointer, true in page.truth.items():
        value = get_at(reading.document, pointer)
        right = type(value) is type(true) and value == true
        counts["refused" if pointer in reading.unread else "right" if right else "wrong"] += 1
    return counts


def invented(page: Page, document: Document) -> dict[str, JSONValue]:
    """Return what a document says about the report that its pages do not."""
    about = [
        "/title",
        "/report_year",
        "/reporting_body/name",
        "/reporting_body/kind",
        "/period",
        "/published_on",
    ]
    found = {pointer: get_at(document, pointer) for pointer in (*about, *page.texts)}
    return {
        pointer: value
        for pointer, value in found.items()
        if value not in (None, MISSING, page.known.get(pointer))
    }


def run(
    bench: Bench, seed: int, write: Callable[[Random, Page], str], *, hurt: bool
) -> tuple[Counter[str], str]:
    """Write one report, read it, and compare; also say what was done to it, or whether it has blanks."""
    rng = Random(f"{bench.edition.name} {seed}")  # noqa: S311 - the same reports every time
    page = new_page(rng, bench)
    lay_out(rng, page)
    kind = damage(rng, page) if hurt else "blanks" if None in page.truth.values() else ""
    reading = read(write(rng, page).encode(), edition=bench.edition.name)
    assert not invented(page, reading.document), seed
    return judge(page, reading), kind


@pytest.mark.parametrize("write", [as_html, as_text])
def test_layouts_are_read(bench: Bench, write: Callable[[Random, Page], str]) -> None:
    """However the form is laid out its values are read, but for blanks in text, and none is wrong."""
    total: Counter[str] = Counter()
    for seed in range(FIRST_SEED, FIRST_SEED + ROUNDS):
        counts, kind = run(bench, seed, write, hurt=False)
        assert not counts["wrong"], seed
        total += counts if write is as_html or kind != "blanks" else Counter()

    assert total["right"] >= ENOUGH * total.total()


@pytest.mark.parametrize("write", [as_html, as_text])
def test_damage_is_refused(bench: Bench, write: Callable[[Random, Page], str]) -> None:
    """Whatever happened to a row, no cell is filled with a number of another."""
    for seed in range(FIRST_SEED, FIRST_SEED + ROUNDS):
        counts, kind = run(bench, seed, write, hurt=True)
        assert not counts["wrong"], (seed, kind)
