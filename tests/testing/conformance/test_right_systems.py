"""Systems that are right: all they say is accepted, and what they take is handed to them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import disclosure_spec
from disclosure_spec._resources import folder
from disclosure_spec.edition import installed
from disclosure_spec.testing.conformance import CommandJudge, fuzz, run
from disclosure_spec.testing.judging import OwnJudge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from disclosure_spec.testing.conformance import Pack
    from disclosure_spec.testing.judging import Judgement, Submission

FILES = "{edition} '{previous}' {document} {parts}"


def test_our_checker_passes_the_whole_pack_line_by_line(validator: Callable[..., str], pack: Pack) -> None:
    """A command kept running passes every case but those of reports it cannot be handed."""
    with CommandJudge(validator()) as judge:
        report = run(pack, judge, takes=judge.takes)

    assert [one.case.id for one in report.cases if one.outcome == "failed"] == []
    assert report.held
    assert report.said == {"valid/report", "valid/draft", "verdict", "findings", "statuses"}
    needing = [one for one in pack.cases if one.submission.previous or one.submission.parts]
    assert [one.case for one in report.cases if one.outcome == "skipped"] == needing


def test_command_is_handed_every_report(validator: Callable[..., str], pack: Pack) -> None:
    """A command with all placeholders passes cases with last year's report and with parts."""
    needing = [one for one in pack.cases if one.submission.previous or one.submission.parts]
    chosen = pack.only(pattern=f"{needing[0].id.rpartition('/')[0]}/*")
    with CommandJudge(validator(arguments=FILES)) as judge:
        few = type(chosen)(chosen.spec_version, chosen.folder, (*chosen.cases[:2], needing[-1]))
        report = run(few, judge, takes=judge.takes)

    assert [one.outcome for one in report.cases] == ["passed"] * 3


def test_our_checker_agrees_with_itself() -> None:
    """Generated documents are judged alike by our checker twice, and the same seed gives the same ones."""
    editions = installed().editions()
    seen: list[list[Submission]] = []

    class Watching:
        def judge(self, submissions: Iterable[Submission]) -> Iterator[Judgement]:
            sent = list(submissions)
            seen[-1].extend(sent)
            return OwnJudge(editions).judge(sent)

    for _ in range(3):
        seen.append([])
        assert fuzz(editions, Watching(), 45, seed=7).held
    # Not the first: Hypothesis draws on the constants of all that is imported, and checking imports more.
    assert seen[1] == seen[2]
    assert len(seen[0]) == 90


@pytest.mark.node
def test_javascript_passes_the_pack(pack: Pack) -> None:
    """The checker in JavaScript passes the pack of an edition, one document a line, and agrees on others."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_NODE") == "1":
            pytest.fail("needs node")
        pytest.skip("needs node")
    package = Path(str(folder("schema"))) / installed().latest
    program = Path(disclosure_spec.__file__).parent / "web" / "run.cjs"
    with CommandJudge([node, str(program), f"{package}/{{edition}}"]) as judge:
        report = run(pack.only(edition="2021"), judge, takes=judge.takes)
        found = fuzz(installed().editions(), judge, 60, seed=1, takes=judge.takes)

    assert [one.case.id for one in report.cases if one.outcome == "failed"] == []
    assert found.disagreements == ()
