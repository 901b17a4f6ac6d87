"""The name by which a Word or Excel file knows a cell: short, so that no program cuts it."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.edition import Edition

IDENTITY: Final = "disclosure_spec.form"
"""The document property that holds version and edition, `1.0/2021`."""

HTML_MARK: Final = "data-disclosure"
"""The attribute of a web page of ours that holds the role of a paragraph or the mark of a cell."""

PREFIX: Final = "ds"
"""With what every mark begins."""

RESULTS_MARK: Final = f"{PREFIX}_results"
"""The name of the first cell of the sheet that a check puts into a workbook."""

STYLES: Final[Mapping[Role, str]] = {
    Role.TITLE: "年报标题",
    Role.CAPTION: "年报名称",
    Role.PREFACE: "年报引言",
    Role.HEADING: "年报各部分",
    Role.TEXT: "年报正文",
    Role.PROMPT: "年报填写提示",
    Role.PARTICULARS: "年报基本信息",
}
"""The name of the style that a Word document gives to a paragraph of each role."""

LONGEST: Final = 40
"""Word cuts longer names of bookmarks, and then they are no longer different."""
_DIGEST: Final = 8
_CELL: Final = re.compile(rf"{PREFIX}[a-z0-9_]+_t[0-9]+_[0-9]{{2,}}_[0-9]{{2,}}")


def marks(edition: Edition) -> Mapping[str, str]:
    """Return the mark of every cell by pointer, such as `ds21_t3_05_04`: edition, table, row, column.

    Row and column are those of the table in `form.json`, from 0.
    """
    prefix = _prefix(edition)
    found: dict[str, str] = {}
    for section in edition.sections:
        if section.grid:
            table = section.grid["number"]
            for cell in section.grid["cells"]:
                if cell["kind"] == "input":
                    found[cell["pointer"]] = f"{prefix}_t{table}_{cell['row']:02}_{cell['column']:02}"
    return found


def is_cell_mark(name: str) -> bool:
    """Tell the mark of a cell from other names, of which a user's own may begin alike."""
    return _CELL.fullmatch(name) is not None


def particular_mark(edition: Edition, pointer: str) -> str:
    """Return the mark of what stands outside the form's tables, such as `ds21_reporting_body_name`."""
    name = f"{_prefix(edition)}{re.sub('[^a-z0-9]', '_', pointer)}"
    if len(name) <= LONGEST:
        return name
    # Two long pointers may begin alike, and a name may stand in a file only once.
    digest = hashlib.sha256(pointer.encode()).hexdigest()[:_DIGEST]
    return f"{name[: LONGEST - _DIGEST - 1]}_{digest}"


def _prefix(edition: Edition) -> str:
    # A second form of one year would be called 2021-2; names of bookmarks and cells know no hyphen.
    return PREFIX + re.sub("[^a-z0-9]", "_", edition.name.lower().removeprefix("20"))
