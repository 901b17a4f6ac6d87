"""The page of a result in a real browser, opened from a file."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest
from lxml import html

from disclosure_spec.reporting import render

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure_spec.inspection import Inspection

pytestmark = pytest.mark.chromium

QUIET: Final = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
POINT: Final = """
var cell = document.querySelector('td[data-findings]');
cell.dispatchEvent(new MouseEvent('mouseover', {bubbles: true}));
"""
FOREIGN: Final = "<script>document.title = 'hurt'</script>"


def test_findings_are_shown_beside_the_cell(wrong: Inspection, tmp_path: Path) -> None:
    """Pointing at a marked cell shows its findings; a script that the page does not name never runs."""
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None and os.environ.get("DISCLOSURE_SPEC_REQUIRE_CHROMIUM") == "1":
        pytest.fail("needs chromium")
    if command is None:
        pytest.skip("needs chromium")
    digest = base64.b64encode(hashlib.sha256(POINT.encode()).digest()).decode()
    text = str(render(wrong, "html", "zh")).replace("script-src ", f"script-src 'sha256-{digest}' ")
    page = tmp_path / "page.html"
    page.write_text(text.replace("</body>", f"{FOREIGN}<script>{POINT}</script></body>"), encoding="utf-8")

    arguments = [command, *QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()]
    done = subprocess.run(arguments, capture_output=True, check=True, timeout=120)

    shown: Any = html.fromstring(done.stdout.decode())
    (panel,) = shown.xpath('//div[@id="panel"]')
    (cell, *_) = shown.xpath("//td[@data-findings]")
    numbers = [one.strip("f") for one in cell.get("data-findings").split()]
    heads = [one.text_content().split(". ")[0] for one in panel.xpath('./li/p[@class="head"]')]
    assert panel.get("hidden") is None
    assert [one.split()[-1] for one in heads] == numbers
    assert "hurt" not in shown.xpath("//title/text()")[0]
