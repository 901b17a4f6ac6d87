"""The published folders are found wherever the package lies."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema

import disclosure_spec
from disclosure_spec._resources import folder

PROGRAM = """
from disclosure_spec import Catalogue, blank, check
edition = Catalogue().edition("2021")
print(len(edition.cells))
print(check(blank(edition)).verdict)
"""


def test_folders_are_there() -> None:
    """All folders exist and are not empty; the suite has its manifest."""
    assert any(folder("schema").iterdir())
    assert any(folder("templates").iterdir())
    assert folder("suite").joinpath("1.0", "manifest.json").is_file()


def test_package_works_from_a_zip(tmp_path: Path) -> None:
    """Packed into a zip with its folders, the package finds its schemas and checks a report."""
    package = Path(disclosure_spec.__file__).parent
    archive = tmp_path / "package.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in package.rglob("*"):
            packed.write(path, Path("disclosure_spec", path.relative_to(package)))
        if not (package / "schema").is_dir():  # a checkout; an installed package holds its folders already
            for name, source in (("schema", folder("schema")), ("templates", folder("templates"))):
                for path in Path(str(source)).rglob("*"):
                    packed.write(path, Path("disclosure_spec", name, path.relative_to(str(source))))
    libraries = str(Path(jsonschema.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-S", "-c", PROGRAM],
        cwd=tmp_path,
        env={"PYTHONPATH": os.pathsep.join((str(archive), libraries))},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stdout.split() == ["200", "does_not_conform"], done.stderr
