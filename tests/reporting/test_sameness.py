"""The same findings, in the same order, from every rendering."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html

from disclosure_spec.edition import installed
from disclosure_spec.errors import UsageError
from disclosure_spec.inspection import Inspection, Inspector
from disclosure_spec.reporting import FORMATS, Manner, render, stream
from disclosure_spec.testing import inconsistent
from disclosure_spec.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from disclosure_spec.checking import Finding
    from disclosure_spec.testing import Broken
    from disclosure_spec.wording import Language

COLUMNS = (("序号", "规则", "各格路径", "各格的值"), ("number", "rule", "pointers", "values"))
UNSEEN = re.compile("[\x1b\u202e]")
EDITION = installed().edition("2021")


def findings(inspection: Inspection) -> list[Finding]:
    """Return the findings as they are to be shown."""
    outline = inspection.result.outline
    return [one for entry in outline for one in (entry.finding, *entry.consequences)]


def facts(inspection: Inspection) -> list[tuple[str, list[str], list[Any]]]:
    """Return what every rendering for programs must hold: rule, pointers and values of each finding."""
    return [
        (one.rule, list(one.pointers), [shown(cell.value) for cell in one.cells])
        for one in findings(inspection)
    ]


def shown(value: Any) -> Any:
    """Return a value as renderings show it: what is not seen as its code."""
    return UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", value) if isinstance(value, str) else value


def loads(text: str) -> Any:
    """Read JSON with exact numbers."""
    return json.loads(text, parse_float=Decimal)


def from_json(text: str) -> Iterator[tuple[str, list[str], list[Any]]]:
    """Yield what the JSON says, errors first and consequences under their cause as its schema describes."""
    result = loads(text)
    heads = {one["findings"][0]: one["findings"] for one in result["diagnoses"]}
    folded = {at for one in heads.values() for at in one[1:]}
    gravity = ["error", "warning", "info"]
    order = sorted(
        (at for at in range(len(result["findings"])) if at not in folded),
        key=lambda at: gravity.index(result["findings"][at]["severity"]),
    )
    for at in (at for head in order for at in heads.get(head, [head])):
        one = result["findings"][at]
        cells = one["cells"]
        yield one["rule"], [cell["pointer"] for cell in cells], [shown(cell["value"]) for cell in cells]


def from_sarif(text: str) -> Iterator[tuple[str, list[str], list[Any]]]:
    """Yield the results of the log that are not suppressed."""
    (run,) = loads(text)["runs"]
    for number, one in enumerate((one for one in run["results"] if not one["suppressions"]), 1):
        assert one["properties"]["number"] == number
        yield one["ruleId"], one["properties"]["pointers"], [shown(v) for v in one["properties"]["values"]]


def from_junit(text: str) -> Iterator[tuple[str, list[str], list[Any]]]:
    """Yield the failures and the output of the test cases by their numbers."""
    found: dict[int, tuple[str, list[str], list[Any]]] = {}
    for case in etree.fromstring(text.encode()).iter("testcase"):
        for one in (*case.iter("failure"), *case.iter("system-out")):
            lines = str(one.text).splitlines()
            cells = [match for match in (re.match(r"(/\S*|) = (.*?) \| ", line) for line in lines) if match]
            number = int(re.match(r"#(\d+)", lines[0])[1])  # type: ignore[index] # every finding has one
            found[number] = (
                str(case.get("name")),
                [cell[1] for cell in cells],
                [shown(loads(cell[2])) for cell in cells],
            )
    yield from (found[number] for number in sorted(found))


def from_csv(data: bytes) -> Iterator[tuple[str, list[str], list[Any]]]:
    """Yield the rows of the table that are numbered."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    number, rule, pointers, values = next(one for one in COLUMNS if one[0] in (rows.fieldnames or ()))
    for row in rows:
        if row[number]:
            yield row[rule], loads(row[pointers]), [shown(one) for one in loads(row[values])]


def from_html(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield rule and pointers of the findings listed."""
    page: Any = html.fromstring(text)
    for number, item in enumerate(page.xpath('//li[starts-with(@class, "finding")]'), 1):
        assert item.get("id") == f"f{number}"
        pointers = item.xpath("./dl/dd/details/ul/li/@data-pointer")
        yield item.xpath("./p/code/text()")[0].strip("[]"), [str(one) for one in pointers]


def check_all(inspection: Inspection) -> None:
    """Hold every rendering of one result against the result."""
    expected = facts(inspection)
    readers: Mapping[str, Callable[[Any], Iterator[tuple[str, list[str], list[Any]]]]] = {
        "json": from_json,
        "sarif": from_sarif,
        "junit": from_junit,
        "csv": from_csv,
    }
    for language in LANGUAGES:
        for name, reader in readers.items():
            assert list(reader(render(inspection, name, language))) == expected, name
        assert list(from_html(str(render(inspection, "html", language)))) == [
            (rule, pointers) for rule, pointers, _ in expected
        ]
        check_lines(inspection, language)


def check_lines(inspection: Inspection, language: Language) -> None:
    """Hold text and annotations against the result: messages in order, rules and levels."""
    text = str(render(inspection, "text", language))
    at = 0
    for one in findings(inspection):
        at = text.find(shown(getattr(one.message, language)).replace("\n", " "), at)
        assert at >= 0, one.message
    lines = str(render(inspection, "github", language)).splitlines()
    titles = [re.search(r"title=(\d+)\. ([\w.]+)::", line) for line in lines]
    assert [(int(one[1]), one[2]) for one in titles if one] == [
        (number, one.rule) for number, one in enumerate(findings(inspection), 1)
    ]


def test_every_rendering_says_the_same(every: Sequence[Inspection]) -> None:
    """Rules, cells and values are the same from all formats in both languages, whatever the report."""
    for inspection in every:
        if inspection.result.rules:
            check_all(inspection)


@given(broken=inconsistent(EDITION, "requests.row_total") | inconsistent(EDITION, "remedies.total"))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_generated_reports_are_told_the_same(broken: Broken) -> None:
    """The causes that the equations show do not change what is told, only how it is nested."""
    result = Inspector().check(broken.document)

    check_all(Inspection(result, broken.document, EDITION))


def test_formats_are_those_listed(wrong: Inspection) -> None:
    """Each format listed renders to text or bytes; another name is refused with the names there are."""
    for name in FORMATS:
        assert render(wrong, name, "zh")
    with pytest.raises(UsageError) as caught:
        render(wrong, "pdf", "en")

    assert caught.value.code == "format.unknown"
    assert "sarif" in caught.value.wording.en


def test_results_are_taken_one_at_a_time(wrong: Inspection) -> None:
    """Where the format allows it, a result is told before the next report is read."""
    for name in ("text", "json", "csv", "github"):
        taken: list[int] = []

        def reports(taken: list[int] = taken) -> Iterator[Inspection]:
            for number in range(3):
                taken.append(number)
                yield wrong

        pieces = stream(reports(), name, Manner("zh", many=True))
        next(pieces)
        next(pieces)

        assert len(taken) <= 2, name
