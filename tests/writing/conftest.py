"""LibreOffice, for what other programs make of our files; skipped without, unless it is required."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    Convert = Callable[[Sequence[Path], str, Path], list[Path]]

_SECONDS: Final = 180
_FONTS: Final = {
    "宋体": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "AR PL SungtiL GB",
    "黑体": "Noto Sans CJK SC",
    "Times New Roman": "Liberation Serif",
}
"""Free fonts in place of those of Chinese offices."""


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Return a function that turns files into another format, all in one start of the program."""
    if shutil.which("soffice") is None:
        reason = "needs LibreOffice (soffice)"
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_LIBREOFFICE") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("libreoffice")
    fonts = home / "fonts.conf"
    fonts.write_text(_fonts_conf(), encoding="utf-8")

    def run(files: Sequence[Path], target: str, folder: Path) -> list[Path]:
        program = [
            shutil.which("soffice") or "",
            f"-env:UserInstallation=file://{home}/profile",
            "--headless",
        ]
        done = subprocess.run(
            [*program, "--convert-to", target, "--outdir", folder, *files],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        made = [folder / f"{file.stem}.{target.partition(':')[0]}" for file in files]
        # The program says that it is content, whatever happened.
        missing = [file.name for file in made if not file.is_file()]
        assert not missing, (missing, done.stderr.decode(errors="replace"))
        return made

    return run


def _fonts_conf() -> str:
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{asked}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{used}</string></edit></match>'
        for asked, used in _FONTS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include>{matches}</fontconfig>"
    )
