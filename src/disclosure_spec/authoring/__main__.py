"""Regenerate every published file: `python -m disclosure_spec.authoring [--check]`."""

from __future__ import annotations

import argparse
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disclosure_spec._resources import folder
from disclosure_spec.authoring.handbook import fill_handbook
from disclosure_spec.authoring.publish import publish_editions
from disclosure_spec.authoring.templates import publish_templates
from disclosure_spec.edition import Catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.authoring.publish import Files

_HANDBOOK: Final = "README.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the files, or with `--check` only say which differ; return 1 if any does."""
    parser = argparse.ArgumentParser(prog="python -m disclosure_spec.authoring", description=__doc__)
    parser.add_argument("--schema", type=Path, default=Path(str(folder("schema"))))
    parser.add_argument("--templates", type=Path, default=Path(str(folder("templates"))))
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    options = parser.parse_args(arguments)
    changed = _write(options.schema, publish_editions(options.schema), check=options.check)
    # After the editions: templates are made from what has just been written.
    changed += _write(options.templates, publish_templates(options.schema), check=options.check)
    changed += _write(options.schema, _handbook(options.schema), check=options.check)
    for path in changed:
        sys.stderr.write(f"{'differs' if options.check else 'written'}: {path}\n")
    return 1 if options.check and changed else 0


def _handbook(root: Path) -> Files:
    """Return the handbook with its tables made anew; nothing where the folder has none."""
    path = root / _HANDBOOK
    if not path.is_file():
        return {}
    return {_HANDBOOK: fill_handbook(path.read_text(encoding="utf-8"), Catalogue(root)).encode()}


def _write(root: Path, files: Files, *, check: bool) -> list[Path]:
    changed = []
    for name, data in files.items():
        path = root / name
        if path.is_file() and _is_same(path.read_bytes(), data):
            continue
        changed.append(path)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Bytes, because text mode writes CRLF on Windows and every digest would change.
            path.write_bytes(data)
    return changed


def _is_same(old: bytes, new: bytes) -> bool:
    """Tell whether two files hold the same; of two zips what is in them, as libraries pack differently."""
    if old == new or not (zipfile.is_zipfile(io.BytesIO(old)) and zipfile.is_zipfile(io.BytesIO(new))):
        return old == new
    with zipfile.ZipFile(io.BytesIO(old)) as left, zipfile.ZipFile(io.BytesIO(new)) as right:
        return [(one.filename, left.read(one)) for one in left.infolist()] == [
            (one.filename, right.read(one)) for one in right.infolist()
        ]


if __name__ == "__main__":
    sys.exit(main())
