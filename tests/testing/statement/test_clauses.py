"""What the statement says, tied to the printed form, and what it refuses to be."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.edition import Edition
from disclosure_spec.errors import SpecificationError
from disclosure_spec.testing.statement import Statement, statement_of
from disclosure_spec.testing.statement.meanings import Equations

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = Path(str(folder("schema")))


def equations(statement: Statement, rule: str) -> list[str]:
    """Write the equations of a clause as they stand on paper."""
    meaning = next(clause.meaning for clause in statement.clauses if clause.rule == rule)
    assert isinstance(meaning, Equations)
    return [
        " ".join(f"{c:+d} {whose}:{cell.pointer}" for c, whose, cell in one.terms) + f" {one.relation} 0"
        for one in meaning.equations
    ]


def copied(tmp_path: Path, name: str, change: tuple[str, str], file: str) -> Path:
    """Return a specification folder in which one authored file reads differently."""
    folder = tmp_path / "1.0" / name
    folder.mkdir(parents=True)
    for path in ("1.0/statement.yaml", f"1.0/{name}/statement.yaml"):
        text = (SCHEMA / path).read_text(encoding="utf-8")
        if path.endswith(file):
            assert change[0] in text
            text = text.replace(*change, 1)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def with_note(edition: Edition, note: str) -> Edition:
    """Return an edition whose form has another note in its corner."""
    form: Any = copy.deepcopy(json.loads(json.dumps(edition.form)))
    for section in form["sections"]:
        for cell in (section.get("table") or {"cells": []})["cells"]:
            if cell["kind"] == "note":
                cell["text"]["zh"] = note
    return Edition(form, edition.published_rules, edition.schema, edition.draft_schema)


def test_states_every_rule(edition: Edition, statement: Statement) -> None:
    """There is a clause for each rule, and none without."""
    assert statement.scope == {rule.id for rule in edition.rules}


def test_each_rule_is_stated_once(statement: Statement) -> None:
    """No rule has two clauses."""
    rules = [clause.rule for clause in statement.clauses]

    assert len(set(rules)) == len(rules)


def test_degrees_are_those_of_the_rules(edition: Edition, statement: Statement) -> None:
    """How grave a breach is, and what is on trial, was decided alike in both."""
    published = {rule["id"]: rule for rule in edition.published_rules["rules"]}

    for clause in statement.clauses:
        rule: Mapping[str, Any] = published[clause.rule]

        assert (clause.degree, clause.trial) == (rule["severity"], rule["status"] == "trial"), clause.rule


def test_quotes_words_that_stand_on_the_form(edition: Edition, statement: Statement) -> None:
    """What is said to be printed in the corner of the table is printed there."""
    quote = next(one.quote.zh for one in statement.clauses if one.rule == "requests.balance")

    assert quote in {
        cell["text"]["zh"]
        for section in edition.form["sections"]
        for cell in (section.get("table") or {"cells": []})["cells"]
        if cell["kind"] == "note"
    }


def test_says_in_both_languages_where_it_comes_from(statement: Statement) -> None:
    """Every clause quotes its source, in Chinese and English."""
    for clause in statement.clauses:
        assert re.search(r"[\u4e00-\u9fff]", clause.quote.zh + clause.source.zh)
        assert not re.search(r"[\u4e00-\u9fff]", clause.quote.en + clause.source.en)


def test_reads_the_note_in_the_corner(statement: Statement) -> None:
    """The note gives one equation for each column, the third item being its total."""
    found = equations(statement, "requests.balance")

    assert len(found) == 7
    assert found[0] == (
        "+1 document:/requests/received/natural_person +1 document:/requests/carried_over/natural_person "
        "-1 document:/requests/outcomes/total/natural_person "
        "-1 document:/requests/carried_forward/natural_person = 0"
    )


def test_sums_what_a_total_stands_beside(statement: Statement) -> None:
    """A total of the last table sums its own group of columns, one of the table before all applicants."""
    assert equations(statement, "remedies.total")[1] == (
        "+1 document:/remedies/litigation/direct/upheld +1 document:/remedies/litigation/direct/corrected "
        "+1 document:/remedies/litigation/direct/other +1 document:/remedies/litigation/direct/pending "
        "-1 document:/remedies/litigation/direct/total = 0"
    )
    assert all(line.count("document:") == 7 for line in equations(statement, "requests.row_total"))


def test_follows_a_note_that_reads_otherwise(edition: Edition) -> None:
    """The equations come from the printed words: other words, other equations."""
    changed = statement_of(with_note(edition, "（本列数据的勾稽关系为：第一项，等于第三项加第四项减第二项）"))

    assert changed is not None
    assert equations(changed, "requests.balance")[6] == (
        "+1 document:/requests/received/total -1 document:/requests/outcomes/total/total "
        "-1 document:/requests/carried_forward/total +1 document:/requests/carried_over/total = 0"
    )


@pytest.mark.parametrize(
    "note",
    [
        "（本列数据）",
        "（本行数据：第一项等于第二项）",
        "（本列：第一项约等于第二项）",
        "（本列：第一项等于第九项）",
    ],
)
def test_refuses_a_note_it_cannot_read(edition: Edition, note: str) -> None:
    """A note that says something else, or names an item the form does not have, is refused."""
    with pytest.raises(SpecificationError, match=r"statement\.yaml/clauses/\d+/note"):
        statement_of(with_note(edition, note))


@pytest.mark.parametrize(
    ("file", "before", "after", "place"),
    [
        ("2021/statement.yaml", "degree: error", "degree: fatal", "/clauses/0/degree"),
        ("2021/statement.yaml", 'edition: "2021"', 'edition: "2019"', "statement.yaml"),
        ("2021/statement.yaml", "form: {}", "form: {a: 1}", "/clauses/0/form"),
        ("2021/statement.yaml", "    form: {}\n", "", "/clauses/0"),
        ("2021/statement.yaml", "part: 三", "part: 七", "/note"),
        ("2021/statement.yaml", "not_judged_yet: [总体情况]", "not_judged_yet: [总体]", "/not_judged_yet/0"),
        ("2021/statement.yaml", "at: 公布日期", "at: 公开日期", "/at"),
        (
            "2021/statement.yaml",
            "total_row: {part: 三, label: 总计",
            "total_row: {part: 三, label: 合计",
            "/total_row",
        ),
        ("2021/statement.yaml", "label: 总计}\n\n  # 四", "label: 合计}\n\n  # 四", "/total_column"),
        ("2021/statement.yaml", "+ 本年废止件数]", "+ 废止]", "/holds/0"),
        ("2021/statement.yaml", "本年制发件数 ≤ 现行", "本年制发件数 < 现行", "/holds/0"),
        ("2021/statement.yaml", "at_least: 2024", "at_least: soon", "/at_least"),
        ("2021/statement.yaml", 'unlike: ["000000"', 'unlike: ["310000"', "/when/0/1"),
        ("2021/statement.yaml", "at_most: 1000", "at_most: true", "/at_most"),
        ("2021/statement.yaml", "by: 01-31, ", "", "/dates/0"),
        ("2021/statement.yaml", "trial: true\n", "trial: 1\n", "/trial"),
        ("2021/statement.yaml", 'matches: "(?:1', 'matches: "((?:1', "/matches"),
        (
            "2021/statement.yaml",
            "    when:\n      - - {text: 机关类别, in: [government]}",
            "    when: now",
            "/when",
        ),
        ("1.0/statement.yaml", "places:", "place:", "places"),
    ],
)
def test_names_the_place_that_is_wrong(
    tmp_path: Path, file: str, before: str, after: str, place: str
) -> None:
    """A statement that is incomplete or does not fit the form is refused, and the place is named."""
    from disclosure_spec import Catalogue  # noqa: PLC0415 - the fixture has every edition, this needs one

    root = copied(tmp_path, "2021", (before, after), file)

    with pytest.raises(SpecificationError) as caught:
        statement_of(Catalogue().edition("2021"), root)

    assert caught.value.code == "statement.invalid"
    assert place in str(caught.value)


def test_an_edition_may_have_no_statement(tmp_path: Path, edition: Edition) -> None:
    """Where none was written there is none."""
    (tmp_path / "1.0").mkdir()

    assert statement_of(edition, tmp_path) is None
