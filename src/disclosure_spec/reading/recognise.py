"""Which edition of the form a file follows: the labels decide, never the year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Table
from disclosure_spec.reading.characters import is_garbled
from disclosure_spec.reading.labels import labels_of, normalise, without_note
from disclosure_spec.reading.notes import note
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_spec.edition import Catalogue, Edition
    from disclosure_spec.grid import Content
    from disclosure_spec.place import Note

_LEAST_IN_TEXT: Final = 2
"""Labels that must occur in running text; in cells of their own one is enough."""

_TABLE: Final = 2
"""Of the labels of another edition one in so many shows that its table is there too."""

_BRACKETS: Final = re.compile(r"[\[\](){}〔〕【】〖〗]")
_SAVE_PAGE: Final = Wording(
    "网页中没有表格，可能由脚本生成；请在浏览器中打开后复制全文存为文本文件，或下载附件。",
    "The page has no table, perhaps a script draws it; open it in a browser and copy its text into a file.",
)
_GARBLED: Final = Wording(
    "文件中的文字是乱码（曾以错误的编码打开后另存）；请从原网页或原文件重新取得，另存为UTF-8后再试。",
    "The text is garbled: it was once saved in a wrong encoding. Get the original and save it as UTF-8.",
)
_TWO: Final = Wording(
    "文件中同时有{editions}版的栏目名称（{labels}），可能是两份报告；请分成两个文件，或用 edition 指定。",
    "The file has the labels of editions {editions} ({labels}), perhaps two reports; part them, or name the"
    " edition.",
)
_NONE: Final = Wording(
    "无法识别是哪一版格式；查找过以下栏目名称：{labels}。可用 edition 指定版本。",
    "The edition of the form is not recognised; these labels were looked for: {labels}. Name the edition.",
)
_SEPARATOR: Final = "、"


@dataclass(frozen=True, slots=True)
class Recognition:
    """The edition a file follows, and what there is to say about it."""

    edition: Edition
    notes: tuple[Note, ...] = ()


def recognise(content: Content, catalogue: Catalogue, *, is_page: bool) -> Recognition:
    """Return the edition whose labels are in the file, else the one whose official notice its text cites.

    Raises:
        InputError: `read.two_editions`, the labels of two; `read.garbled`, nothing in it can be read;
            `read.no_table`, a page without table or label; `read.no_edition`, no edition is ahead.
    """
    editions = catalogue.editions()
    hits = {name: labels for name, labels in _hits(content, editions).items() if labels}
    if hits:
        return _by_labels(hits, catalogue)
    text = "".join(content.texts())
    if is_garbled(text):
        raise InputError("read.garbled", _GARBLED)
    # Pages drawn by a script hold no table at all, and for them there is a way out.
    if is_page and not any(isinstance(block, Table) for block in content.blocks):
        raise InputError("read.no_table", _SAVE_PAGE)
    cited = [edition for edition in editions if _cites(text, edition)]
    if len(cited) != 1:
        raise _unknown(editions)
    number = cited[0].form["official_document"]["number"]
    return Recognition(cited[0], (note("edition.cited", edition=cited[0].name, text=number),))


def contradiction(content: Content, catalogue: Catalogue, asked: Edition) -> Note | None:
    """Return a note when the labels speak for another edition than the one asked for."""
    hits = _hits(content, catalogue.editions())
    other = max(hits, key=lambda name: len(hits[name]))
    if len(hits[other]) > len(hits.get(asked.name, ())):
        return note("edition.other", text=asked.name, other=other)
    return None


def _by_labels(hits: Mapping[str, Sequence[str]], catalogue: Catalogue) -> Recognition:
    """Return the edition with the most labels.

    Raises:
        InputError: `read.two_editions`, the table of another one is there too; `read.no_edition`, a few
            labels of several. The year breaks no tie: an old form is at times filled in for a new year.
    """
    best, *others = sorted(hits, key=lambda name: len(hits[name]), reverse=True)
    strange = _SEPARATOR.join(label for name in others for label in hits[name])
    wanted = {name: len(_labels(catalogue.edition(name))) for name in others}
    if any(len(hits[name]) * _TABLE >= wanted[name] for name in others):
        names, labels = _SEPARATOR.join(hits), _SEPARATOR.join((*hits[best], strange))
        raise InputError("read.two_editions", _TWO.fill(editions=names, labels=labels))
    if any(len(hits[name]) == len(hits[best]) for name in others):
        raise _unknown(catalogue.editions())
    edition = catalogue.edition(best)
    if not others:
        return Recognition(edition)
    return Recognition(edition, (note("edition.mixed", edition=best, other=others[0], text=strange),))


def _unknown(editions: Sequence[Edition]) -> InputError:
    looked_for = _SEPARATOR.join(label for edition in editions for label in _labels(edition))
    return InputError("read.no_edition", _NONE.fill(labels=looked_for))


def _labels(edition: Edition) -> list[str]:
    return list(edition.form["recognition"]["decided_by"])


def _hits(content: Content, editions: Sequence[Edition]) -> Mapping[str, Sequence[str]]:
    """Return the labels of each edition that are in the file, by the surest way that finds any."""
    texts = [text for text in dict.fromkeys(content.texts()) if text]
    names = {normalise(text) for text in texts}
    # Offices add notes of their own in brackets behind a label.
    names |= {without_note(name) for name in names}
    hits = {one.name: [label for label in _labels(one) if normalise(label) in names] for one in editions}
    for another in (_hits_in_text, _damaged_hits):
        if not any(hits.values()):
            hits = another(texts, editions)
    return hits


def _hits_in_text(texts: Sequence[str], editions: Sequence[Edition]) -> dict[str, list[str]]:
    """Find labels inside running text, the longest first: one may be part of another."""
    text = normalise("\n".join(texts))
    hits: dict[str, list[str]] = {edition.name: [] for edition in editions}
    wanted = [(label, edition.name) for edition in editions for label in _labels(edition)]
    for label, name in sorted(wanted, key=lambda pair: -len(normalise(pair[0]))):
        if normalise(label) in text:
            hits[name].append(label)
            # Struck out, or a shorter label of another edition would be found once more inside it.
            text = text.replace(normalise(label), "\n")
    return {name: found if len(found) >= _LEAST_IN_TEXT else [] for name, found in hits.items()}


def _damaged_hits(texts: Sequence[str], editions: Sequence[Edition]) -> dict[str, list[str]]:
    """Find labels cut or misspelt, in cells of their own."""
    hits: dict[str, list[str]] = {}
    for edition in editions:
        labels = labels_of(edition, tuple(one for one in editions if one is not edition))
        found = {labels.title(text) for text in texts}
        found |= {normalise(one.row.labels[-1].text) for one in map(labels.named, texts) if one}
        hits[edition.name] = [label for label in _labels(edition) if normalise(label) in found]
    return hits


def _cites(text: str, edition: Edition) -> bool:
    """Tell whether a text names the official notice of an edition by its number."""
    number = edition.form["official_document"]["number"]
    return _BRACKETS.sub("", normalise(number)) in _BRACKETS.sub("", normalise(text))
