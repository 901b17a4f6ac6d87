"""Read a report as it is found: sniff, one module a format, one grid, one matcher."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure_spec import strict_json, strict_yaml
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.identity import edition_of
from disclosure_spec.place import Note
from disclosure_spec.reading.docx import read_docx
from disclosure_spec.reading.html import read_html
from disclosure_spec.reading.markdown import read_markdown
from disclosure_spec.reading.match import match
from disclosure_spec.reading.recognise import contradiction, recognise
from disclosure_spec.reading.result import Reading
from disclosure_spec.reading.sniff import sniff
from disclosure_spec.reading.text import read_text
from disclosure_spec.reading.xlsx import read_xlsx

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Catalogue

__all__ = ["Note", "Reading", "read"]

_LOADERS = {"json": strict_json.loads_document, "yaml": strict_yaml.loads_document}
_TEXT_READERS = {"html": read_html, "markdown": read_markdown, "text": read_text}
_FILE_READERS = {"docx": read_docx, "xlsx": read_xlsx}


def read(
    data: bytes, *, name: str = "", catalogue: Catalogue | None = None, edition: str | None = None
) -> Reading:
    """Read one report from the bytes of a file.

    Args:
        data: The file, in any format that is known by its content.
        name: What the user calls the file; it appears in errors and decides nothing.
        catalogue: The editions to choose from; the installed ones when None.
        edition: The edition of the form, where the file's labels shall not decide.

    Raises:
        InputError: The file cannot be read as a report; the codes begin with `read.`, or are those of the
            strict readers of JSON and YAML and of `edition_of`.
        UsageError: There is no edition as asked for.
    """
    chosen = catalogue if catalogue is not None else installed()
    try:
        return _read(data, chosen, edition)
    except InputError as error:
        if not name:
            raise
        place = f"{name}:{error.place}" if error.place else name
        raise InputError(error.code, error.wording, place) from error


def _read(data: bytes, catalogue: Catalogue, asked: str | None) -> Reading:
    format_name, text = sniff(data)
    if format_name in _LOADERS:
        return _as_it_is(_LOADERS[format_name](data), catalogue, format_name)
    file_reader = _FILE_READERS.get(format_name)
    content = file_reader(data) if file_reader else _TEXT_READERS[format_name](text)
    if asked is None:
        edition = recognise(content, catalogue, is_page=format_name == "html")
        return match(content, edition, catalogue, format_name)
    edition = catalogue.edition(asked)
    reading = match(content, edition, catalogue, format_name)
    doubt = contradiction(content, catalogue, edition)
    # The caller's word wins; that the labels speak against it is said, not decided.
    return replace(reading, notes=(doubt, *reading.notes)) if doubt else reading


def _as_it_is(document: Document, catalogue: Catalogue, format_name: str) -> Reading:
    # Data names its edition itself; labels decide only for files that cannot.
    edition = edition_of(document, catalogue)
    return Reading(document, edition, format_name, {}, frozenset(), ())
