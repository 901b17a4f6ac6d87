"""Write a report in any form: one layout, one thin writer a format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.errors import UsageError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.strict_yaml import dumps_yaml
from disclosure_spec.wording import Wording
from disclosure_spec.writing.characters import refuse_unwritable
from disclosure_spec.writing.html import write_fragment, write_html
from disclosure_spec.writing.layout import lay_out
from disclosure_spec.writing.markdown import write_markdown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

__all__ = ["BINARY", "FORMATS", "write"]


def write(document: Document, edition: Edition, format_name: str) -> bytes:
    """Return a report, draft or blank as the bytes of a file.

    Args:
        document: The report.
        edition: Its edition.
        format_name: One of `FORMATS`; `fragment` is clean tables to paste into a site's editor.

    Raises:
        InputError: A text holds a character that no file of the format can hold.
        UsageError: There is no such format.
    """
    if format_name not in _WRITERS:
        raise UsageError(
            "format.unknown",
            Wording(
                f"不能写成“{format_name}”；可用：{'、'.join(FORMATS)}。",
                f"Cannot write {format_name!r}; there are: {', '.join(FORMATS)}.",
            ),
        )
    refuse_unwritable(document, edition, printed=format_name not in _DATA)
    return _WRITERS[format_name](document, edition)


def _json(document: Document, _: Edition) -> bytes:
    return dumps_json(document).encode()


def _yaml(document: Document, edition: Edition) -> bytes:
    labels = {cell.pointer: cell.label.zh for cell in edition.cells}
    return dumps_yaml(document, labels).encode()


def _html(document: Document, edition: Edition) -> bytes:
    return write_html(lay_out(document, edition)).encode()


def _fragment(document: Document, edition: Edition) -> bytes:
    return write_fragment(lay_out(document, edition, with_particulars=False)).encode()


def _markdown(document: Document, edition: Edition) -> bytes:
    return write_markdown(lay_out(document, edition)).encode()


def _docx(document: Document, edition: Edition) -> bytes:
    from disclosure_spec.writing.docx import write_docx  # noqa: PLC0415 - other formats need no XML library

    return write_docx(lay_out(document, edition))


def _xlsx(document: Document, edition: Edition) -> bytes:
    from disclosure_spec.writing.workbook import write_xlsx  # noqa: PLC0415 - other formats need no library

    return write_xlsx(document, edition)


_WRITERS: Final[Mapping[str, Callable[[Document, Edition], bytes]]] = {
    "json": _json,
    "yaml": _yaml,
    "html": _html,
    "fragment": _fragment,
    "md": _markdown,
    "docx": _docx,
    "xlsx": _xlsx,
}
_DATA: Final = frozenset({"json", "yaml"})
FORMATS: Final = tuple(_WRITERS)
BINARY: Final = frozenset({"docx", "xlsx"})
"""Formats that are no text, for a terminal to show."""
