"""An edition is data: a form nobody has seen is published, checked, blanked and read without new code."""

from __future__ import annotations

import ast
import html
import json
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

import disclosure_spec
from disclosure_spec._resources import folder
from disclosure_spec.authoring.publish import publish_editions
from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker, Origin, Reason, Status, Verdict
from disclosure_spec.checking.diagnosis import diagnose
from disclosure_spec.document import get_at, with_value
from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.errors import SpecificationError
from disclosure_spec.inspection import Inspector
from disclosure_spec.reading import read
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.writing import FORMATS, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition, Section

FORM = """
form_edition: "2031"
official_document:
  number: 某办函〔2031〕7号
  title: {zh: 培训和热线工作年度报告格式, en: Format of the annual reports on training and hotlines}
  issued: "2031-05-01"
report_years: {first: 2031, last: null}
title: {zh: 培训和热线工作年度报告, en: Annual report on training and hotlines}
sources:
  ordinance: {zh: 《培训和热线条例》, en: Ordinance on Training and Hotlines}
recognition:
  decided_by: [专题讲座, 实操演练, 门户留言]
  titles: [培训和热线工作年度报告]
  kinds: {government: [人民政府], department: [局], undecided: [管委会]}
column_sets:
  activities:
    - {key: sessions, title: {zh: 举办场次, en: Sessions}}
    - {key: people, title: {zh: 参加人数, en: People}}
    - {key: seats, title: {zh: 核定名额, en: Seats}}
    - {key: cost, title: {zh: 支出经费（单位：万元）, en: "Cost (10,000 yuan)"}, type: amount, unit: 万元}
  gifts:
    - {key: change, title: {zh: 比上年增减, en: Change}, type: signed_count}
    - {key: value, title: {zh: 捐赠价值, en: Value}, type: amount, unit_key: value_unit, units: [元, 万元]}
  channels:
    - title: {zh: 受理渠道, en: Channels}
      columns:
        - {key: phone, title: {zh: 电话, en: Phone}}
        - key: online
          title: {zh: 网络渠道, en: Online}
          columns:
            - {key: portal, title: {zh: 门户留言, en: Portal}}
            - {key: app, title: {zh: 移动客户端, en: App}}
        - {key: sum, title: {zh: 合计, en: Sum}}
sections:
  - key: summary
    number: 一、
    title: {zh: 工作概况, en: Summary}
    basis: [ordinance 3]
  - key: training
    number: 二、
    title: {zh: 培训开展情况, en: Training}
    basis: [ordinance 4(2)]
    table:
      number: 2
      widths: [2000, 1500, 1500, 1500, 1500]
      blocks:
        - band: {zh: 条例第四条第（二）项, en: Article 4(2)}
          corner: {zh: 活动名称, en: Activity}
          columns: activities
          rows:
            - {key: lectures, title: {zh: 专题讲座, en: Lectures}}
            - {key: drills, title: {zh: 实操演练, en: Drills}}
            - {key: altogether, title: {zh: 各类活动合计, en: Altogether}}
        - band: {zh: 条例第四条第（三）项, en: Article 4(3)}
          corner: {zh: 活动名称, en: Activity}
          columns: gifts
          spans: [2, 2]
          rows:
            - {key: books, title: {zh: 图书捐赠, en: Books}}
  - key: hotline
    number: 三、
    title: {zh: 热线受理情况, en: Hotline}
    basis: [ordinance 5¶1]
    table:
      number: 3
      widths: [1000, 2000, 1000, 1000, 1000, 1000]
      blocks:
        - corner: {zh: 事项, en: Matter}
          columns: channels
          rows:
            - {key: taken, title: {zh: 一、受理总量, en: 1. Taken}}
            - key: results
              title: {zh: 二、办理结果, en: 2. Results}
              rows:
                - {key: answered, title: {zh: （一）当场答复, en: (1) Answered}}
                - {key: referred, title: {zh: （二）转有关单位, en: (2) Referred}}
            - {key: waiting, title: {zh: 三、尚在办理, en: 3. Waiting}}
  - key: plans
    number: 四、
    title: {zh: 下一步打算, en: Plans}
    prompt: {zh: 文字描述, en: Text}
    basis: [ordinance 6]
"""

RULES = """
form_edition: "2031"
rules:
  - id: document.structure
    title: {zh: 结构, en: Structure}
    severity: error
    status: active
    basis: [ordinance 3]
    schema: report
    message: {zh: "{problem}", en: "{problem}"}
    advice: {zh: 请改正。, en: Correct it.}
  - id: cells.filled
    title: {zh: 填写, en: Filled}
    severity: error
    status: active
    basis: [ordinance 3]
    cells: {require: filled}
    message: {zh: "“{cell}”空着。", en: "“{cell}” is empty."}
    advice: {zh: 请填写。, en: Fill it in.}
  - id: cells.counts
    title: {zh: 件数, en: Counts}
    severity: error
    status: active
    basis: [ordinance 3]
    cells: {require: count}
    message: {zh: "“{cell}”应为{range}，现为{value}。", en: "“{cell}” should be {range} but is {value}."}
    advice: {zh: 请核对。, en: Check it.}
  - id: cells.amounts
    title: {zh: 金额, en: Amounts}
    severity: error
    status: active
    basis: [ordinance 3]
    cells: {require: amount, places: 2}
    message: {zh: "“{cell}”应为{range}，现为{value}。", en: "“{cell}” should be {range} but is {value}."}
    advice: {zh: 请核对。, en: Check it.}
  - id: gifts.unit
    title: {zh: 单位, en: Unit}
    severity: warning
    status: active
    basis: [ordinance 3]
    cells: {require: unit}
    message: {zh: "“{cell}”为{value}，没有单位。", en: "“{cell}” is {value} without a unit."}
    advice: {zh: 请注明。, en: State it.}
  - id: training.altogether
    title: {zh: 各类活动合计, en: Altogether}
    severity: error
    status: active
    basis: [ordinance 4(2)]
    linear:
      in: training
      each: altogether.$figure
      equations: [altogether.$figure = lectures.$figure + drills.$figure]
    message: {zh: "“{where}”合计为{left}，应为{right}，差{difference}。", en: "{left}, not {right}."}
    advice: {zh: 请核对。, en: Check it.}
  - id: training.seats
    title: {zh: 人数不超过名额, en: Seats}
    severity: warning
    status: active
    basis: [ordinance 4(2)]
    linear:
      in: training
      each: $activity.people
      equations: [$activity.people <= $activity.seats]
    message: {zh: "“{where}”有{left}人，名额只有{right}。", en: "“{where}”: {left} people, {right} seats."}
    advice: {zh: 请核对。, en: Check it.}
  - id: training.attended
    title: {zh: 每场至少两人, en: Attendance}
    severity: info
    status: active
    basis: [ordinance 4(2)]
    linear:
      in: training
      each: $activity.sessions
      equations: [$activity.people >= 2 $activity.sessions]
    message: {zh: "“{where}”：{equation}。", en: "“{where}”: {equation}."}
    advice: {zh: 请核对。, en: Check it.}
  - id: hotline.sum
    title: {zh: 合计列, en: Sum}
    severity: error
    status: active
    basis: [ordinance 5¶1]
    linear:
      in: hotline
      each: $$row.sum
      equations: [$$row.sum = $$row.phone + $$row.online.*]
    message: {zh: "“{where}”行合计为{left}，应为{right}。", en: "“{where}” is {left}, not {right}."}
    advice: {zh: 请核对。, en: Check it.}
  - id: hotline.balance
    title: {zh: 受理等于办理加在办, en: Balance}
    severity: error
    status: active
    basis: [ordinance 5¶1]
    linear:
      in: hotline
      each: taken.$$channel
      equations: [taken.$$channel = results.*.$$channel + waiting.$$channel]
    message: {zh: "“{where}”列受理{left}件，去向{right}件。", en: "“{where}”: {left} and {right}."}
    advice: {zh: 请核对。, en: Check it.}
  - id: parts.present
    title: {zh: 各部分有内容, en: Parts}
    severity: error
    status: active
    basis: [ordinance 3]
    text: {require: present, at: [/summary, /training, /hotline, /plans]}
    message: {zh: "“{part}”没有内容。", en: "“{part}” is empty."}
    advice: {zh: 请补充。, en: Add it.}
  - id: plans.heads
    title: {zh: 打算包括经费, en: Plans}
    severity: warning
    status: active
    basis: [ordinance 6]
    when:
      - [{sum: [/training/altogether/sessions, /hotline/taken/sum], minimum: 10}]
    text:
      require: covers
      at: [/plans]
      heads:
        - {title: {zh: 经费安排, en: funds}, any: [经费, 预算]}
    message: {zh: "“{part}”没有写{heads}。", en: "“{part}” does not mention {heads}."}
    advice: {zh: 请补充。, en: Add it.}
  - id: deadline.all
    title: {zh: 期限, en: Deadline}
    severity: error
    status: active
    basis: [ordinance 3]
    date:
      - {at: /published_on, relation: "<=", years_after: 2, month: 6, day: 30}
    message: {zh: "公布于{value}，晚于{expected}。", en: "Published {value}, after {expected}."}
    advice: {zh: 请核对。, en: Check it.}
  - id: previous.waiting
    title: {zh: 与上年衔接, en: Last year}
    severity: error
    status: trial
    basis: [ordinance 5¶1]
    linear:
      in: hotline
      each: waiting.$$channel
      equations: [waiting.$$channel <= 3 previous.waiting.$$channel]
    message: {zh: "“{where}”：{equation}", en: "“{where}”: {equation}"}
    advice: {zh: 请核对。, en: Check it.}
"""

GIFT = "二、培训开展情况 › 条例第四条第（三）项 › 图书捐赠 › 捐赠价值"

ORDINARY = {
    "amount": "a type of cell, and what a rule on cells may require",
    "other": "a kind of reporting body, and the field of a message that names another place",
    "total": "what a sum in a statement of the form is called, and the last line of a table of counts",
}
"""Keys of the published forms that are also words of the specification itself, each with the reason."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a schema folder with the authored files of the published editions and of a third one."""
    made = tmp_path_factory.mktemp("schema")
    for authored in Path(str(folder("schema"))).rglob("*.yaml"):
        target = made / authored.relative_to(Path(str(folder("schema"))))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(authored, target)
    third = made / installed().latest / "2031"
    third.mkdir()
    (third / "form.yaml").write_text(FORM, encoding="utf-8")
    (third / "rules.yaml").write_text(RULES, encoding="utf-8")
    for name, data in publish_editions(made).items():
        (made / name).write_bytes(data)
    return made


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    """Return the catalogue of the folder."""
    return Catalogue(root)


@pytest.fixture(scope="module")
def third(catalogue: Catalogue, make_bench: Callable[[Edition], Bench]) -> Bench:
    """Return the bench of the third edition."""
    return make_bench(catalogue.edition("2031"))


def page(edition: Edition, document: Document) -> bytes:
    """Write a report as a web page, its tables laid out as the form prints them."""
    year, name = document["report_year"], get_at(document, "/reporting_body/name")
    title = f"{name}{year}年{edition.form['title']['zh']}"
    parts = [f"<h1>{title}</h1>"]
    for section in edition.sections:
        parts.append(f"<p>{section.heading.zh}</p>")
        if section.grid is None:
            lines = str(get_at(document, section.pointer)).split("\n")
            parts += [f"<p>{html.escape(line)}</p>" for line in lines]
        else:
            parts.append("<table>" + "".join(table_rows(section, document)) + "</table>")
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{body}</body></html>"
    ).encode()


def table_rows(section: Section, document: Document) -> Iterator[str]:
    """Yield the rows of a table, each cell with its spans."""
    assert section.grid is not None
    for row in range(section.grid["rows"]):
        cells = [cell for cell in section.grid["cells"] if cell["row"] == row]
        yield "<tr>" + "".join(table_cell(cell, document) for cell in cells) + "</tr>"


def table_cell(cell: dict[str, Any], document: Document) -> str:
    """Return one cell: its label, or the value of the report."""
    text = cell["text"]["zh"] if "text" in cell else shown(cell, document)
    return f'<td rowspan="{cell["rowspan"]}" colspan="{cell["colspan"]}">{html.escape(text)}</td>'


def shown(cell: dict[str, Any], document: Document) -> str:
    """Return a value as printed: nothing for a blank, an amount with the unit the report states for it."""
    value = get_at(document, cell["pointer"])
    unit = get_at(document, cell.get("unit_pointer", "/none"))
    return "" if value is None else f"{value}{unit if isinstance(unit, str) else ''}"


def test_folder_is_all_it_takes(catalogue: Catalogue) -> None:
    """A folder with two files makes an edition beside the others, which stay what they were."""
    assert catalogue.names() == (*installed().names(), "2031")
    for name in installed().names():
        assert catalogue.edition(name).form == installed().edition(name).form
        assert catalogue.edition(name).published_rules == installed().edition(name).published_rules


def test_cells_are_laid_out_from_data(third: Bench) -> None:
    """Row groups and column groups become pointers and labels; a group without a key names nothing."""
    cells = third.edition.cells
    assert len(cells) == 3 * 4 + 2 + 4 * 4
    assert [cell.pointer for cell in cells][12:18] == [
        "/training/books/change", "/training/books/value", "/hotline/taken/phone",
        "/hotline/taken/online/portal", "/hotline/taken/online/app", "/hotline/taken/sum",
    ]  # fmt: skip
    label = third.edition.label("/hotline/results/referred/online/app")
    assert label.zh == "三、热线受理情况 › 二、办理结果 › （二）转有关单位 › 网络渠道 › 移动客户端"
    assert label.en == "Hotline › 2. Results › (2) Referred › Online › App"
    gift = third.edition.cell_at["/training/books/value"]
    assert (gift.type, gift.units, gift.unit_pointer) == (
        "amount",
        ("元", "万元"),
        "/training/books/value_unit",
    )


def test_report_of_the_third_edition_conforms(third: Bench) -> None:
    """A consistent report passes every rule in force, and the published schema accepts it."""
    report = third.report
    result = third.checker.check(report)
    assert not result.findings
    assert result.verdict is Verdict.CONFORMS
    assert result.form_edition == "2031"
    passed = {one.id for one in result.rules if one.status is Status.PASS}
    assert passed == {rule.id for rule in third.edition.rules if rule.status == "active"}
    assert result.outcome("previous.waiting").reason is Reason.NO_PREVIOUS_REPORT
    assert result.outcome("hotline.balance").instances == {Status.PASS: 4}
    whole = {cell.pointer: 7 for cell in third.edition.cells if cell.type == "amount"}
    assert Draft202012Validator(third.edition.schema).is_valid(third.with_values(dict(whole)))


@pytest.mark.parametrize(
    ("rule", "values", "message"),
    [
        ("cells.filled", {"/hotline/waiting/phone": None}, "“三、热线受理情况 › 三、尚在办理 › 电话”空着。"),
        (
            "cells.amounts",
            {"/training/books/value": Decimal("1.005")},
            f"“{GIFT}”应为0至999999999999999之间、小数不超过2位的数，现为1.005。",
        ),
        (
            "gifts.unit",
            {"/training/books/value": 8, "/training/books/value_unit": None},
            f"“{GIFT}”为8，没有单位。",
        ),
        (
            "training.altogether",
            {
                "/training/lectures/cost": Decimal("0.1"),
                "/training/drills/cost": Decimal("0.2"),
                "/training/altogether/cost": Decimal("0.4"),
            },
            "“支出经费（单位：万元）”合计为0.4，应为0.3，差0.1。",
        ),
        (
            "training.seats",
            {"/training/drills/people": 31, "/training/drills/seats": 30, "/training/altogether/seats": 99},
            "“实操演练”有31人，名额只有30。",
        ),
        (
            "training.attended",
            {"/training/drills/people": 5, "/training/drills/sessions": 3},
            "“实操演练”：参加人数（5） >= 2×举办场次（3）：5 < 6。",
        ),
        (
            "hotline.sum",
            {
                f"/hotline/results/referred/{key}": 2
                for key in ("phone", "online/portal", "online/app", "sum")
            },
            "“二、办理结果 › （二）转有关单位”行合计为2，应为6。",
        ),
        (
            "hotline.balance",
            {
                "/hotline/taken/online/app": 9,
                "/hotline/results/answered/online/app": 3,
                "/hotline/results/referred/online/app": 3,
                "/hotline/waiting/online/app": 2,
            },
            "“网络渠道 › 移动客户端”列受理9件，去向8件。",
        ),
        ("parts.present", {"/plans": "\n"}, "“四、下一步打算”没有内容。"),
        ("plans.heads", {"/plans": "再接再厉。"}, "“四、下一步打算”没有写经费安排。"),
        ("deadline.all", {"/published_on": "2033-07-01"}, "公布于2033-07-01，晚于2033年6月30日。"),
        (
            "document.structure",
            {"/hotline/taken/online": 3},
            "“三、热线受理情况 › 一、受理总量 › 网络渠道”应为一组带键的内容，现为“3”。",
        ),
        (
            "document.structure",
            {"/training/lectures/people": "/"},
            "“二、培训开展情况 › 条例第四条第（二）项 › 专题讲座 › 参加人数”应为整数，现为“/”。",
        ),
    ],
)
def test_findings_speak_the_words_of_the_form(
    third: Bench, rule: str, values: dict[str, JSONValue], message: str
) -> None:
    """Each kind of rule fails with its own words; a mark without a rule on it is a matter of structure."""
    found = [one.message.zh for one in third.check(values).findings if one.rule == rule]
    assert message in found
    assert len(found) == 1


def test_any_single_change_of_a_sum_is_seen(third: Bench) -> None:
    """One more in any cell of the table with both totals breaks two equations."""
    for cell in (one for one in third.edition.cells if one.pointer.startswith("/hotline/")):
        value = get_at(third.report, cell.pointer)
        assert isinstance(value, int)
        found = third.check({cell.pointer: value + 1}).findings
        assert sorted(one.rule for one in found) == ["hotline.balance", "hotline.sum"], cell.pointer


def test_report_of_the_third_edition_is_checked_at_a_glance(third: Bench, catalogue: Catalogue) -> None:
    """What is written from the schema for fast checking serves any edition, from bytes as from values."""
    inspector = Inspector(catalogue)
    wrong = with_value(third.report, next(iter(third.totals)), 987_654)
    for report in (third.report, wrong):
        data = dumps_json(report, indent=None).encode()
        wanted = inspector.inspect(data).result
        assert bool(wanted.findings) == (report is wrong)
        assert inspector.glance(data) == replace(wanted, input=None)
        assert third.checker.express.tables(data) == third.checker.express.regular(report) is not None


def test_blank_of_the_third_edition(third: Bench) -> None:
    """A blank of the third edition is full of nulls in form order and is a draft, not a report."""
    document = blank(third.edition)
    assert list(document)[-4:] == ["summary", "training", "hotline", "plans"]
    assert all(get_at(document, cell.pointer) is None for cell in third.edition.cells)
    assert Draft202012Validator(third.edition.draft_schema).is_valid(document)
    assert not Draft202012Validator(third.edition.schema).is_valid(document)
    assert third.checker.check(document).verdict is Verdict.DOES_NOT_CONFORM


def test_page_of_the_third_edition_is_read(third: Bench, catalogue: Catalogue) -> None:
    """A web page is recognised by its labels, and every cell and text is read to where it belongs."""
    document = third.report
    reading = read(page(third.edition, document), catalogue=catalogue)
    assert reading.format == "html"
    assert (reading.edition.name, reading.document["form_edition"]) == ("2031", "2031")
    for pointer in [cell.pointer for cell in third.edition.cells] + ["/summary", "/plans", "/report_year"]:
        assert get_at(reading.document, pointer) == get_at(document, pointer), pointer
    assert get_at(reading.document, "/training/books/value_unit") == "元"
    assert get_at(reading.document, "/reporting_body/name") == "某市人民政府"
    tables = tuple(cell.pointer for cell in third.edition.cells)
    assert set(tables) <= set(reading.sources)
    assert not reading.unread & set(tables)
    result = Checker(reading.edition).check(
        reading.document, origin=Origin(unread=reading.unread, sources=reading.sources)
    )
    assert not result.findings


@pytest.mark.parametrize("format_name", FORMATS)
def test_report_is_written_and_read_in_every_form(
    third: Bench, catalogue: Catalogue, format_name: str
) -> None:
    """A report on the third form comes back cell by cell from every format."""
    reading = read(write(third.report, third.edition, format_name), catalogue=catalogue)
    cells = [cell.pointer for cell in third.edition.cells]
    assert reading.edition.name == third.edition.name
    assert [get_at(reading.document, one) for one in cells] == [get_at(third.report, one) for one in cells]


def test_wrong_cell_of_a_page_is_told_with_its_place(third: Bench, catalogue: Catalogue) -> None:
    """A wrong number on the page comes back as a finding that names table, row and number."""
    document = with_value(third.report, "/hotline/waiting/sum", 1)
    reading = read(page(third.edition, document), catalogue=catalogue)
    result = Checker(reading.edition).check(
        reading.document, origin=Origin(unread=reading.unread, sources=reading.sources)
    )
    (finding,) = (one for one in result.findings if one.rule == "hotline.sum")
    assert finding.message.zh.startswith("“三、尚在办理”行合计为1，应为")
    source = finding.cells[0].source
    assert source is not None
    assert (source.table, source.raw) == (2, "1")


def test_blank_on_a_page_stays_blank(third: Bench, catalogue: Catalogue) -> None:
    """An empty cell of the page is a blank of the report, told as not filled in."""
    document = with_value(third.report, "/training/drills/people", None)
    reading = read(page(third.edition, document), catalogue=catalogue)
    assert get_at(reading.document, "/training/drills/people") is None
    assert "/training/drills/people" not in reading.unread


def test_keys_of_a_form_may_hold_digits(root: Path, tmp_path: Path) -> None:
    """A rule can name any key that the schema of forms allows, digits included."""
    schema = json.loads(Path(str(folder("schema")), "meta", "form.schema.json").read_text(encoding="utf-8"))
    assert re.search(schema["$defs"]["key"]["pattern"], "level_2")
    third = tmp_path / "1.0" / "2031"
    third.mkdir(parents=True)
    shutil.copyfile(root / "1.0" / "spec.yaml", tmp_path / "1.0" / "spec.yaml")
    (third / "form.yaml").write_text(FORM.replace("key: drills", "key: level_2"), encoding="utf-8")
    (third / "rules.yaml").write_text(RULES.replace("drills.$figure", "level_2.$figure"), encoding="utf-8")
    rules = json.loads(publish_editions(tmp_path)["1.0/2031/rules.json"])["rules"]
    (rule,) = (one for one in rules if one["id"] == "training.altogether")
    assert [-1, "/training/level_2/cost"] in rule["test"]["instances"][-1]["terms"]


def test_rule_over_a_cell_that_is_not_there_is_not_published(root: Path, tmp_path: Path) -> None:
    """An equation that names no cell of the form stops the publishing."""
    third = tmp_path / "1.0" / "2031"
    third.mkdir(parents=True)
    shutil.copyfile(root / "1.0" / "spec.yaml", tmp_path / "1.0" / "spec.yaml")
    (third / "form.yaml").write_text(FORM, encoding="utf-8")
    (third / "rules.yaml").write_text(RULES.replace("drills.$figure", "dances.$figure"), encoding="utf-8")
    with pytest.raises(SpecificationError) as caught:
        publish_editions(tmp_path)
    assert caught.value.code == "rules.linear"
    assert "dances" in caught.value.wording.en


NUMBERING = re.compile(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\(?[0-9]+[.)] ?)")
SOURCES = sorted(Path(disclosure_spec.__file__).parent.rglob("*.py"))


def test_wrong_cell_is_located(third: Bench) -> None:
    """The cell that breaks a row and a column is named with its right number, by the new equations alone."""
    pointer = "/hotline/results/referred/online/app"
    right = get_at(third.report, pointer)
    document = third.with_values({pointer: 1})

    (diagnosis,) = diagnose(third.checker.check(document), document, third.edition)

    (change,) = diagnosis.explanations[0].changes
    assert (change.cell.pointer, change.value) == (pointer, right)
    assert diagnosis.proved


def printed(language: str, shortest: int) -> set[str]:
    """Return the labels, titles and bands of the published forms, without their numbering."""
    texts = set()
    for edition in installed().editions():
        for section in edition.form["sections"]:
            texts.add(section["title"][language])
            cells = section["table"]["cells"] if section["table"] else []
            texts |= {cell["text"][language] for cell in cells if "text" in cell}
    return {bare for text in texts if len(bare := NUMBERING.sub("", text)) >= shortest}


def strings(path: Path) -> set[str]:
    """Return the strings a module uses, apart from docstrings, split where a path or a name is."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose)
    return {one.value for one in found if isinstance(one.value, str)}


def test_no_code_holds_a_printed_label() -> None:
    """No module contains a row, a column, a band or a title that an official form prints."""
    labels = printed("zh", 3) | printed("en", 12)
    assert len(labels) > 100
    assert len(SOURCES) > 20
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        assert not [label for label in labels if label in text], path


def test_no_code_names_a_row_or_a_column() -> None:
    """No module contains the key of a part, a row or a column, alone or within a path."""
    keys = {
        key
        for edition in installed().editions()
        for cell in edition.cells
        for key in cell.pointer.split("/")[1:]
    } | {section["key"] for edition in installed().editions() for section in edition.form["sections"]}
    assert len(keys) > 50
    assert set(ORDINARY) < keys
    for path in SOURCES:
        used = {word for text in strings(path) for word in re.split(r"[/.]", text)}
        assert used & keys <= set(ORDINARY), path


def test_no_code_names_an_article() -> None:
    """No module names an article of the law, in either language."""
    article = re.compile(r"第[零一二三四五六七八九十]+条|(?:[Aa]rt(?:icle|\.)|regulation) [0-9]+")
    bases = [
        one.wording for edition in installed().editions() for rule in edition.rules for one in rule.basis
    ]
    assert any(article.search(one.zh) and article.search(one.en) for one in bases)
    for path in SOURCES:
        assert not [text for text in strings(path) if article.search(text)], path
