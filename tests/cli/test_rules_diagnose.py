"""`disclosure-spec rules diagnose`: what the equations of an edition can tell, for people and programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from disclosure_spec.cli import main
from disclosure_spec.edition import installed

if TYPE_CHECKING:
    from typing import Any

    import pytest


def read(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what the command prints."""
    assert main(["rules", "diagnose", *arguments]) == 0
    return capsys.readouterr().out


def tables(capsys: pytest.CaptureFixture[str], edition: str) -> dict[str, Any]:
    """Return the tables of one edition by pointer."""
    (shown,) = json.loads(read(capsys, edition, "--format", "json"))
    assert shown["form_edition"] == edition
    return {one["pointer"]: one for one in shown["tables"]}


def test_text_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    """The text gives number and rank of the equations, those that follow, and what is not seen."""
    lines = [line.strip() for line in read(capsys, "2021", "--lang", "zh").splitlines()]

    assert lines[0] == "2021年版格式的等式（规范1.0）"
    for line in (
        "二、主动公开政府信息情况：10格，0个等式，独立的0个",
        "没有等式涉及的格（10），其错误等式无从发现：",
        "三、收到和处理政府信息公开申请情况：175格，39个等式，独立的37个",
        "可由其他10个等式推出：requests.balance“总计”",
        "可由其他28个等式推出：requests.outcome_total“总计”",
        "没有矛盾：各数均为零时，等式全部成立",
        "任何两格所在的等式都不相同，一格有误即可确定是哪一格",
        "任何3格以内的错误都会使等式不成立",
        "4格同时有误而等式仍全部成立的组合：4473种",
        "只凭等式不能区分的格，共3组，每组只知有误、不知是哪一格：",
        "2格同时有误而等式仍全部成立的组合：30种",
    ):
        assert line in lines
    assert lines[-1].endswith("parts_sum.proactive_disclosure（10个）")


def test_text_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    """The English text says the same."""
    text = read(capsys, "2019", "--lang", "en")

    assert "Equations of edition 2019 (1.0)" in text
    assert "161 cells, 37 equations, 35 of them independent" in text
    assert "sets of 4 wrong cells that no equation shows: 3654" in text
    assert len(text.splitlines()) == len(read(capsys, "2019", "--lang", "zh").splitlines())


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Programs get the same figures, with pointers and ids of rules."""
    found = tables(capsys, "2021")

    requests = found["/requests"]
    assert (requests["cells"], requests["equations"], requests["rank"]) == (175, 39, 37)
    assert [one["equation"]["rule"] for one in requests["dependent"]] == [
        "requests.balance",
        "requests.outcome_total",
    ]
    assert [len(one["follows_from"]) for one in requests["dependent"]] == [10, 28]
    assert requests["smallest_unseen"] == 4
    assert found["/proactive_disclosure"]["smallest_unseen"] == 1
    assert len(found["/proactive_disclosure"]["uncovered"]) == 10
    assert [one["count"] for one in found["/remedies"]["unseen"]] == [0, 30, 0, 0]
    assert all(one["complete"] for one in found.values())


def test_all_editions_without_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    """Without an edition all of them are diagnosed; the option names one as well."""
    shown = json.loads(read(capsys, "--format", "json"))
    assert [one["form_edition"] for one in shown] == list(installed().names())
    assert json.loads(read(capsys, "--edition", "2019", "--format", "json")) == shown[:1]


def test_unknown_edition_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """An edition that does not exist exits with 2 and names those there are."""
    assert main(["rules", "diagnose", "2020", "--lang", "en"]) == 2
    assert "2021" in capsys.readouterr().err
