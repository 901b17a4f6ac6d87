"""What the verbs that write a document share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from disclosure_spec.cli.common import NEEDS_OUTPUT, path
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording
from disclosure_spec.writing import BINARY, FORMATS, write

if TYPE_CHECKING:
    from argparse import Namespace

    from disclosure_spec.cli.parser import Parser
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

_FRAGMENT: Final = "fragment"
_NO_FRAGMENT: Final = Wording("--fragment只能与 --to html 同用。", "Use --fragment with --to html only.")


def add_writing_options(parser: Parser, default: str | None = "json") -> None:
    """Add the options of verbs that write a document; the format is the default one unless given."""
    parser.option(
        "--to",
        choices=[name for name in FORMATS if name != _FRAGMENT],
        default=default,
        help_=Wording("输出格式", "output format"),
    )
    parser.option(
        "--fragment",
        action="store_true",
        help_=Wording(
            "与 --to html 同用：只输出可贴入网站编辑器的表格和段落",
            "with --to html: only tables and paragraphs to paste into a site's editor",
        ),
    )
    parser.option("-o", "--output", type=path, metavar="FILE", help_=Wording("输出文件", "output file"))


def refuse_unfit_options(options: Namespace) -> None:
    """Refuse options of `add_writing_options` that contradict each other, before any work is done.

    Raises:
        UsageError: `--fragment` is no web page, or a terminal would have to show what is no text.
    """
    if options.fragment and options.to != "html":
        raise UsageError("option.fragment", _NO_FRAGMENT)
    if options.to in BINARY and options.output is None and sys.stdout.isatty():
        raise UsageError("option.output", NEEDS_OUTPUT.fill(format=options.to))


def written(document: Document, edition: Edition, options: Namespace) -> bytes:
    """Return a document in the format that the options ask for."""
    return write(document, edition, _FRAGMENT if options.fragment else options.to)
