"""The JavaScript checker in a real browser, loaded from a file as an offline page loads it."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

import disclosure_spec
from disclosure_spec._resources import folder
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from tests.conftest import Bench

pytestmark = pytest.mark.chromium

CHECKER: Final = Path(disclosure_spec.__file__).parent / "web" / "checker.js"
PUBLISHED: Final = ("form.json", "rules.json", "report.schema.json")
QUIET: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"),
    *(
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-extensions",
    ),
)
SAID: Final = re.compile(r'<pre id="said">(.*?)</pre>', re.DOTALL)

PAGE: Final = """<!doctype html>
<meta charset="utf-8">
<title>checker.js</title>
<pre id="said"></pre>
<script src="CHECKER"></script>
<script>
const {createChecker, read} = disclosureSpec
const checker = createChecker(...PUBLISHED)
const said = REPORTS.map((text) => {
  const {verdict, findings} = checker.check(read(text))
  return [verdict, findings.map(({rule, pointers, message}) => [rule, pointers, message.zh])]
})
document.getElementById('said').textContent = JSON.stringify(said)
</script>
"""


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return Chromium; skip, or fail if so wanted, without it."""
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None:
        reason = "needs chromium"
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_CHROMIUM") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return command


def test_page_from_a_file_checks_reports(chromium: str, bench: Bench, tmp_path: Path) -> None:
    """One script tag and the published files are enough for a page that was never on a server."""
    place = Path(str(folder("schema"))) / "1.0" / bench.edition.name
    published = [json.loads((place / name).read_text("utf-8")) for name in PUBLISHED]
    wrong = bench.with_values({"/requests/received/total": 9007199254740993, "/published_on": "2024-02-30"})
    page = tmp_path / "page.html"
    page.write_text(
        PAGE.replace("CHECKER", CHECKER.as_uri())
        .replace("PUBLISHED", json.dumps(published))
        .replace("REPORTS", json.dumps([dumps_json(bench.report), dumps_json(wrong)])),
        encoding="utf-8",
    )

    command = [chromium, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)

    said = SAID.search(done.stdout.decode())
    assert said
    good, bad = json.loads(html.unescape(said[1]))
    assert good == ["conforms", []]
    assert bad[0] == "does_not_conform"
    found = [(rule, tuple(pointers)) for rule, pointers, _ in bad[1]]
    wanted = [(one.rule, one.pointers) for one in bench.checker.check(wrong).findings]
    assert found == wanted
    assert any("9007199254740993" in message for _, _, message in bad[1])
