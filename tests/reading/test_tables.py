"""How every value was given its place, and what is done with rows that are damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.conftest import Sample

from disclosure_spec.document import get_at
from disclosure_spec.place import How

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.conftest import Bench

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Row
    from disclosure_spec.reading import Reading

HEADING = "<p>三、收到和处理政府信息公开申请情况</p>"
GROUP = "（三）不予公开"


def html(rows: Iterable[Iterable[object]]) -> str:
    """Return a page with the second table of the form, whatever is in its rows."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"{HEADING}<table>{body}</table>"


def second(sample: Sample) -> tuple[Row, ...]:
    """Return the rows of the second table."""
    return next(section.rows for section in sample.edition.sections if section.pointer == "/requests")


def group(sample: Sample) -> list[Row]:
    """Return the rows of the group whose labels are lost."""
    return [row for row in second(sample) if GROUP in [label.text for label in row.labels]]


def lost_labels(
    sample: Sample, *, drop: int = 0, end: tuple[str, ...] = ("（四）无法提供", "1.本机关不掌握相关政府信息")
) -> list[list[object]]:
    """Return rows in which the labels of one group are missing, and one more row with the labels of `end`."""
    values = [cell.index for row in group(sample) for cell in row.cells]
    rows: list[list[object]] = [[GROUP, *values[:7]]]
    rows += [[*values[at : at + 7]] for at in range(7, len(values) - drop, 7)]
    return [*rows, [*end, *range(7)]]


def numbers(reading: Reading, row: Row) -> list[object]:
    """Return what was read for a row; None for what was not."""
    return [get_at(reading.document, cell.pointer) for cell in row.cells]


def test_labels_of_the_form_are_exact(sample: Sample, reading_of: Callable[[str], Reading]) -> None:
    """Every number of a page in the words of the form is placed by its label."""
    reading = reading_of(sample.page())

    assert {reading.sources[cell.pointer].how for cell in sample.edition.cells} == {How.EXACT}
    assert {reading.sources[cell.pointer].label for cell in sample.edition.cells} == {None}


def test_a_damaged_label_is_kept_beside_the_value(
    sample: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Where a label was recognised though it is cut the value says so, and what was printed."""
    row = second(sample)[1]
    reading = reading_of(sample.page().replace(row.labels[-1].text, "二、上年结转政府信息公开申请"))

    places = [reading.sources[cell.pointer] for cell in row.cells]
    assert {place.how for place in places} == {How.SIMILAR}
    assert {place.label for place in places} == {"二、上年结转政府信息公开申请"}


def test_rows_without_labels_go_by_their_position(new: Sample, reading_of: Callable[[str], Reading]) -> None:
    """All rows of a group between two labels of the form are read in the official order, and named."""
    reading = reading_of(html(lost_labels(new)) + "<p>本年制发件数</p>")

    for row in group(new):
        assert numbers(reading, row) == [cell.index for cell in row.cells]
        assert {reading.sources[cell.pointer].how for cell in row.cells} == {How.BY_POSITION}
    assert "row.by_position" in {note.code for note in reading.notes}


@pytest.mark.parametrize(
    "damage",
    [{"drop": 7}, {"end": ("其中：市级",)}, {"end": ()}],
)
def test_groups_that_are_not_whole_are_refused(
    new: Sample, reading_of: Callable[[str], Reading], damage: dict[str, object]
) -> None:
    """A row too few, or an end that is no label of the form, and none of the rows is read."""
    page = html(lost_labels(new, **damage))  # type: ignore[arg-type]
    reading = reading_of(page + "<p>本年制发件数</p>")

    assert all(numbers(reading, row) == [None] * 7 for row in group(new))


def printed(bench: Bench, report: Document) -> Sample:
    """Return a report with the numbers of a document."""
    return Sample(
        bench.edition, {cell.pointer: str(get_at(report, cell.pointer)) for cell in bench.edition.cells}
    )


def consistent(bench: Bench) -> Sample:
    """Return a report that adds up."""
    return printed(bench, bench.report)


def shown(sample: Sample, row: Row) -> list[str]:
    """Return the values of a row as they are printed."""
    return [sample.printed[cell.pointer] for cell in row.cells]


def page_with(sample: Sample, row: Row, cells: list[str]) -> str:
    """Return the page of a report with other cells in one row of the second table."""
    old = "".join(f'<td rowspan="1" colspan="1">{cell}</td>' for cell in shown(sample, row))
    new = "".join(f'<td rowspan="1" colspan="1">{cell}</td>' for cell in cells)
    page = sample.page()
    assert page.count(old) == 1
    return page.replace(old, new)


def test_a_wrong_total_is_read_as_printed(bench: Bench, reading_of: Callable[[str], Reading]) -> None:
    """A report that does not add up is read to the last cell: finding that is not the reader's business."""
    sample = consistent(bench)
    row = second(sample)[3]
    sample.printed[row.cells[-1].pointer] += "7"
    reading = reading_of(sample.page())

    assert not reading.unread
    assert not sample.wrong(reading)


def test_a_row_shifted_within_its_length_is_refused(
    bench: Bench, reading_of: Callable[[str], Reading]
) -> None:
    """One cell put in and two made one leave as many cells, but not the same numbers."""
    sample = consistent(bench)
    row = second(sample)[3]
    one, two, *others = shown(sample, row)
    reading = reading_of(page_with(sample, row, ["5", one, *others[:-2], others[-2] + others[-1], two][:7]))

    assert {cell.pointer for cell in row.cells} == reading.unread
    assert "row.contradicted" in {note.code for note in reading.notes}


def test_two_numbers_in_one_cell_put_a_full_row_in_doubt(
    bench: Bench, reading_of: Callable[[str], Reading]
) -> None:
    """Two numbers in a cell and yet no cell too few: another one was put in."""
    sample = consistent(bench)
    row = second(sample)[3]
    one, two, three, *others = shown(sample, row)
    reading = reading_of(page_with(sample, row, [one, "5", f"{two} {three}", *others]))

    assert {cell.pointer for cell in row.cells} == reading.unread
    assert "row.two_in_one" in {note.code for note in reading.notes}


def test_a_row_that_lost_a_cell_is_read_where_it_is_sure(
    bench: Bench, reading_of: Callable[[str], Reading]
) -> None:
    """Held against the columns the row shows which of its cells is missing; the others are read."""
    sample = consistent(bench)
    row = second(sample)[3]
    cells = shown(sample, row)
    reading = reading_of(page_with(sample, row, [*cells[:2], *cells[3:]]))

    assert reading.unread == {row.cells[2].pointer}
    assert not sample.wrong(reading)
    assert {reading.sources[cell.pointer].how for at, cell in enumerate(row.cells) if at != 2} == {How.SOLVED}
    assert "row.aligned" in {note.code for note in reading.notes}


def running(sample: Sample) -> str:
    """Return a report whose tables were lost, with labels and digits run together."""
    lines = ["测试市某某局2022年政府信息公开工作年度报告"]
    for section in sample.edition.sections:
        lines.append(section.heading.zh)
        rows = sample.rows(section) if section.grid else [[{"shown": "第一段。"}]]
        lines.append("".join(cell["shown"] for row in rows for cell in row))
    return "\n".join(lines)


def sparse(bench: Bench) -> Sample:
    """Return a report of a small office: mostly noughts."""
    few = {"/requests/received/natural_person": 71, "/requests/outcomes/granted/natural_person": 71}
    return printed(bench, bench.report_of({cell.pointer: few.get(cell.pointer, 0) for cell in bench.leaves}))


def test_tables_run_together_are_solved(bench: Bench, reading_of: Callable[[str], Reading]) -> None:
    """Where a form mostly of noughts leaves one way to part the digits all is read, and each row named."""
    sample = sparse(bench)
    reading = reading_of(running(sample))

    assert not reading.unread & {cell.pointer for cell in bench.edition.cells}
    assert not sample.wrong(reading)
    row = second(sample)[0]
    assert {reading.sources[cell.pointer].how for cell in row.cells} == {How.SOLVED}
    # Of the whole line only what stands between this label and the next.
    assert {reading.sources[cell.pointer].raw for cell in row.cells} == {"71" + "0" * 5 + "71"}
    assert {"row.solved", "row.forced"} <= {note.code for note in reading.notes}


@pytest.mark.parametrize("lost", [1, 3, 6])
def test_where_blanks_were_lost_nothing_moves(
    bench: Bench, reading_of: Callable[[str], Reading], lost: int
) -> None:
    """Blanks leave no trace where cells are run together, and no number takes the place of one."""
    sample = sparse(bench)
    for cell in bench.edition.cells[::lost]:
        if sample.printed[cell.pointer] == "0":
            sample.printed[cell.pointer] = ""

    assert not sample.wrong(reading_of(running(sample)))


@pytest.mark.parametrize("at", [6, 14])
def test_a_label_cut_by_a_page_is_put_together(
    bench: Bench, reading_of: Callable[[str], Reading], at: int
) -> None:
    """The beginning of a label at the foot of a page is no row of blanks; its rest is beside the values."""
    sample = consistent(bench)
    row = second(sample)[1]
    label = row.labels[-1].text
    blanks = "<td></td>" * len(row.cells)
    start = sample.page().index(label)
    head, tail = sample.page()[:start], sample.page()[start + len(label) :]
    reading = reading_of(f"{head}{label[:at]}</td>{blanks}</tr><tr><td>{label[at:]}{tail}")

    assert not sample.wrong(reading)
    assert not reading.unread & {cell.pointer for cell in row.cells}


@pytest.mark.parametrize(("again", "read"), [(False, 5), (True, None)])
def test_titles_printed_again_begin_another_table(
    reading_of: Callable[[str], Reading], *, again: bool, read: int | None
) -> None:
    """A row of blanks is what merging left behind, but below its own titles it is the row of a report."""
    five = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    titles: list[list[object]] = [
        ["行政复议", "行政诉讼"],
        [*five, "未经复议直接起诉", "复议后起诉"],
        [*five, *five],
    ]
    blank, full = list[object]([""] * 15), list[object]([5] * 15)
    rows = [*titles, blank, *(titles if again else []), full]
    page = html([["行政规范性文件", 1, 2, 3]]).replace(HEADING, "<p>二、主动公开政府信息情况</p>")
    page += html(rows).replace(HEADING, "<p>四、政府信息公开行政复议、行政诉讼情况</p>")

    found = reading_of(page).document

    assert get_at(found, "/remedies/reconsideration/upheld") == read


def test_a_number_cut_off_its_label_is_no_value(new: Sample, reading_of: Callable[[str], Reading]) -> None:
    """On a page with a cell a line, `8` above `.属于…` is not the last cell of the row before."""
    seventh, eighth = group(new)[6:8]
    assert eighth.labels[-1].text.startswith("8.")
    lines = new.lines(lambda rows: [cell["shown"] for row in rows for cell in row])
    lines = lines.replace(eighth.labels[-1].text, "8\n" + eighth.labels[-1].text.removeprefix("8"))
    whole = reading_of(lines)
    first = new.printed[seventh.cells[0].pointer]
    short = reading_of(lines.replace(f"{seventh.labels[-1].text}\n{first}\n", f"{seventh.labels[-1].text}\n"))

    assert not new.wrong(whole)
    assert numbers(whole, eighth)[0] == int(new.printed[eighth.cells[0].pointer])
    assert numbers(short, seventh) == [None] * len(seventh.cells)


def test_a_page_number_between_dashes_is_no_row_of_values(
    new: Sample, reading_of: Callable[[str], Reading]
) -> None:
    """Its dashes would else be the blanks of a row that lost three cells."""
    row = second(new)[0]
    lines = new.lines(lambda rows: [cell["shown"] for row in rows for cell in row])
    printed = [new.printed[cell.pointer] for cell in row.cells]
    whole, cut = "\n".join(printed), "\n".join(printed[:4])
    reading = reading_of(lines.replace(f"\n{whole}\n", f"\n{cut}\n- 3 -\n"))

    assert numbers(reading, row) == [None] * len(row.cells)
    assert any(one.code == "text.unplaced" and "- 3 -" in one.wording.zh for one in reading.notes)
