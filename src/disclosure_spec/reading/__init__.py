"""Read a report as it is found: sniff, one module a format, one grid, one matcher."""

from __future__ import annotations

from disclosure_spec import strict_json
from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.identity import edition_of
from disclosure_spec.place import Note
from disclosure_spec.reading.result import Reading
from disclosure_spec.reading.sniff import sniff

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Catalogue

__all__ = ["Note", "Reading", "read"]


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
    if format_name == "json":
        return _as_it_is(strict_json.loads_document(data), catalogue, format_name)
    if format_name == "yaml":
        from disclosure_spec import strict_yaml  # noqa: PLC0415 - JSON needs none of it

        return _as_it_is(strict_yaml.loads_document(data), catalogue, format_name)
    from disclosure_spec.reading.filled_form import read_form  # noqa: PLC0415 - nor of this, most of the package

    return read_form(data, text, format_name, catalogue, asked)


def _as_it_is(document: Document, catalogue: Catalogue, format_name: str) -> Reading:
    # Data names its edition itself; labels decide only for files that cannot.
    edition = edition_of(document, catalogue)
    return Reading(document, edition, format_name, {}, frozenset(), ())
