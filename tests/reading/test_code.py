"""The code of the readers knows no edition."""

from __future__ import annotations

import re
from pathlib import Path

import disclosure_spec.reading
from disclosure_spec.edition import installed
from disclosure_spec.reading.labels import normalise, without_numbering

SHORTEST = 3
"""Characters from which a label is more than a common word."""


def test_no_label_of_any_form_stands_in_the_code() -> None:
    """Rows, columns, sections and articles are named by the editions alone."""
    folder = Path(disclosure_spec.reading.__file__).parent
    code = normalise("\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))))
    labels = set()
    for edition in installed().editions():
        for section in edition.sections:
            texts = [section.title.zh, *(label.text for row in section.rows for label in row.labels)]
            labels |= {
                without_numbering(text) for text in (*texts, *(label.text for label in section.headers))
            }

    assert not {label for label in labels if len(label) >= SHORTEST and label in code}
    assert not re.search(r"第[一二三四五六七八九十]+条", code)
