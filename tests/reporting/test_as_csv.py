"""Results as a table of findings."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure_spec.inspection import Inspection
from disclosure_spec.reporting import Manner, render, stream
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Bench

    from disclosure_spec.wording import Language


def rows(inspections: Sequence[Inspection], language: Language = "zh") -> list[dict[str, str]]:
    """Return the rows of one table for all."""
    data = b"".join(one for one in stream(inspections, "csv", Manner(language)) if isinstance(one, bytes))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_table_is_for_spreadsheets(wrong: Inspection) -> None:
    """The file begins with the mark by which Excel knows UTF-8, and its lines end as RFC 4180 asks."""
    data = render(wrong, "csv", "zh")

    assert isinstance(data, bytes)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.split(b"\r\n")[0].decode("utf-8-sig").startswith("文件,机关,年度,格式版本,结论,本地规则,序号")


def test_every_report_has_a_row(every: list[Inspection]) -> None:
    """Many reports are one table, in their order; one without findings and one unread have a row as well."""
    found = rows(every)

    names = [one.result.input.name for one in every if one.result.input]
    assert list(dict.fromkeys(row["文件"] for row in found))[-1] == "坏.json"
    assert {row["文件"] for row in found if "<U+" not in row["文件"]} <= set(names)
    assert (found[0]["结论"], found[0]["序号"]) == ("符合", "")
    assert (found[-1]["结论"], found[-1]["规则"]) == ("无法判断", "json.empty")


def test_numbers_equation_and_cause_have_columns(wrong: Inspection) -> None:
    """A row tells expected, found and difference apart, the suggestion, and from what the finding follows."""
    first, second, *_ = rows([wrong], "en")

    finding = wrong.result.outline[0].finding
    assert (first["expected"], first["found"]) == (str(finding.expected), str(finding.found))
    assert first["difference"] == str(finding.difference)
    assert first["suggestion (to be verified)"] == "one cell"
    assert (first["number"], second["number"], second["follows from"]) == ("1", "2", "1")


def test_waivers_have_a_column(wrong: Inspection) -> None:
    """What a waiver covers, a waiver that lapsed and one not used all stand in the table."""
    found = [row["豁免"] for row in rows([wrong]) if row["豁免"]]

    for words in ("已豁免", "数值已改变", "已过期", "豁免未用到"):
        assert sum(words in one for one in found) == 1


def test_no_cell_is_a_formula(bench: Bench) -> None:
    """Text that a spreadsheet would run gets a quote before it; a negative number stays a number."""
    result = bench.check({"/overview": "一"})
    finding = replace(result.findings[0], message=Wording("=1+1", "\t@SUM(A1)"), found="+cmd|' /C'!A0")
    hurt = Inspection(replace(result, findings=(replace(finding, difference=-3),), body="－1+2"))
    zh, en = rows([hurt])[0], rows([hurt], "en")[0]

    assert (zh["问题"], zh["现为"], zh["机关"], zh["相差"]) == ("'=1+1", "'+cmd|' /C'!A0", "'－1+2", "-3")
    assert en["finding"] == "'\t@SUM(A1)"
