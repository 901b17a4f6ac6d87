"""Which edition of the form a file follows: the labels decide, never the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import InputError
from disclosure_spec.grid import Table
from disclosure_spec.reading.labels import normalise, without_note
from disclosure_spec.reading.notes import note
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_spec.edition import Catalogue, Edition
    from disclosure_spec.grid import Content
    from disclosure_spec.place import Note

_LEAST_IN_TEXT: Final = 2
"""Labels that must occur in running text; in cells of their own one is enough."""

_SAVE_PAGE: Final = Wording(
    "网页中没有表格，可能由脚本生成；请在浏览器中打开后复制全文存为文本文件，或下载附件。",
    "The page has no table, perhaps a script draws it; open it in a browser and copy its text into a file.",
)
_NONE: Final = Wording(
    "无法识别是哪一版格式；查找过以下栏目名称：{labels}。可用 edition 指定版本。",
    "The edition of the form cannot be recognised; these labels were looked for: {labels}. Name the edition.",
)
_SEPARATOR: Final = "、"


def recognise(content: Content, catalogue: Catalogue, *, is_page: bool) -> Edition:
    """Return the edition most of whose own labels are in the file.

    Raises:
        InputError: `read.no_table`, a page without table or label; `read.no_edition`, no edition is ahead.
    """
    editions = catalogue.editions()
    hits = _hits(content, editions)
    best = max(hits.values(), default=0)
    ahead = [edition for edition in editions if hits[edition.name] == best]
    # A tie is not broken by the year: an old form is at times filled in for a new year.
    if best and len(ahead) == 1:
        return ahead[0]
    # Pages drawn by a script hold no table at all, and for them there is a way out.
    if is_page and not best and not any(isinstance(block, Table) for block in content.blocks):
        raise InputError("read.no_table", _SAVE_PAGE)
    looked_for = _SEPARATOR.join(label for edition in editions for label in _labels(edition))
    raise InputError("read.no_edition", _NONE.fill(labels=looked_for))


def contradiction(content: Content, catalogue: Catalogue, asked: Edition) -> Note | None:
    """Return a note when the labels speak for another edition than the one asked for."""
    hits = _hits(content, catalogue.editions())
    other = max(hits, key=lambda name: hits[name])
    if hits[other] > hits.get(asked.name, 0):
        return note("edition.other", text=asked.name, other=other)
    return None


def _labels(edition: Edition) -> list[str]:
    return list(edition.form["recognition"]["decided_by"])


def _hits(content: Content, editions: Sequence[Edition]) -> Mapping[str, int]:
    names = {normalise(text) for text in content.texts()}
    # Offices add notes of their own in brackets behind a label.
    names |= {without_note(name) for name in names}
    hits = {one.name: sum(normalise(label) in names for label in _labels(one)) for one in editions}
    return hits if any(hits.values()) else _hits_in_text(normalise("".join(content.texts())), editions)


def _hits_in_text(text: str, editions: Sequence[Edition]) -> Mapping[str, int]:
    """Count labels inside running text, the longest first: one may be part of another."""
    hits = dict.fromkeys((edition.name for edition in editions), 0)
    wanted = [(normalise(label), edition.name) for edition in editions for label in _labels(edition)]
    for label, name in sorted(wanted, key=lambda pair: -len(pair[0])):
        if label in text:
            hits[name] += 1
            # Struck out, or a shorter label of another edition would be found once more inside it.
            text = text.replace(label, "\n")
    return {name: count if count >= _LEAST_IN_TEXT else 0 for name, count in hits.items()}
