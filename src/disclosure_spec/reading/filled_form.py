"""Read a form that people filled in: one module a format, one grid, one matcher."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final, cast

from disclosure_spec._values import replace
from disclosure_spec.reading.match import match
from disclosure_spec.reading.recognise import contradiction, recognise

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_spec.edition import Catalogue
    from disclosure_spec.grid import Content
    from disclosure_spec.reading.result import Reading

_TEXTS: Final = frozenset({"html", "markdown", "text"})
"""Formats whose readers take the text; the others take the bytes of the file."""


def read_form(data: bytes, text: str, format_name: str, catalogue: Catalogue, asked: str | None) -> Reading:
    """Read one report by the labels printed in it.

    Args:
        data: The file.
        text: Its text, as `sniff` returns it.
        format_name: Its format, likewise.
        catalogue: The editions to choose from.
        asked: The edition of the form, where the labels shall not decide.

    Raises:
        InputError: The file cannot be read as a report.
        UsageError: There is no edition as asked for.
    """
    content = _content(text if format_name in _TEXTS else data, format_name)
    if asked is None:
        found = recognise(content, catalogue, is_page=format_name in {"html", "mhtml"})
        reading = match(content, found.edition, catalogue, format_name)
        return replace(reading, notes=(*found.notes, *reading.notes))
    edition = catalogue.edition(asked)
    reading = match(content, edition, catalogue, format_name)
    doubt = contradiction(content, catalogue, edition)
    # The caller's word wins; that the labels speak against it is said, not decided.
    return replace(reading, notes=(doubt, *reading.notes)) if doubt else reading


def _content(source: bytes | str, format_name: str) -> Content:
    # By name, so that a web page waits for no reader of workbooks.
    module = importlib.import_module(f"disclosure_spec.reading.{format_name}")
    reader = cast("Callable[[bytes | str], Content]", getattr(module, f"read_{format_name}"))
    return reader(source)
