"""Word files printed: by LibreOffice, all in one start, since it takes seconds."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_all(files: Sequence[bytes]) -> list[bytes]:
    """Return Word files as PDF.

    Raises:
        FileNotFoundError: LibreOffice is not there, or has left one out.
    """
    program = shutil.which("soffice")
    if program is None:
        raise FileNotFoundError("soffice")
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number, data in enumerate(files):
            (folder / f"{number}.docx").write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run(
            [*command, "--outdir", folder, *sorted(folder.glob("*.docx"))], check=True, capture_output=True
        )
        return [(folder / f"{number}.pdf").read_bytes() for number in range(len(files))]
