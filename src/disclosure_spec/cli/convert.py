"""`disclosure-spec convert`: turn a report as found into a document."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from disclosure_spec.blank import in_form_order
from disclosure_spec.cli.common import (
    add_common_options,
    add_reading_options,
    add_writing_options,
    catalogue_of,
    parse_changes,
    read_bytes,
    write_document,
)
from disclosure_spec.cli.parser import EXIT_CONFORMS, Parser
from disclosure_spec.document import with_value
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.reading import Reading
    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "读取网页、文本等形式的报告，输出JSON或YAML。不能确定的格留空，并在标准错误中说明。",
    "Read a report as found and write JSON or YAML; what is uncertain stays blank and is named on stderr.",
)


def run(arguments: Sequence[str], language: Language) -> int:
    """Convert one report."""
    parser = Parser(
        language=language,
        prog="disclosure-spec convert",
        help_=_HELP,
        example="disclosure-spec convert 年报.html --to json -o 年报.json",
    )
    parser.option(
        "file", metavar="FILE", help_=Wording("报告文件；“-”为标准输入", "report file; - is standard input")
    )
    add_writing_options(parser)
    add_reading_options(parser)
    add_common_options(parser)
    options = parser.parse_args(arguments)

    from disclosure_spec.reading import read  # noqa: PLC0415 - help and usage errors need no reader

    reading = read(
        read_bytes(options.file),
        name=options.file,
        catalogue=catalogue_of(options),
        edition=options.edition,
    )
    document = reading.document
    for pointer, value in parse_changes(options.set).items():
        document = with_value(document, pointer, value)
    # Once more, as --set may have put keys at the end.
    document = in_form_order(document, reading.edition)
    write_document(document, reading.edition, options)
    _say_notes(reading, language)
    # Converting is no judgement: a report full of blanks was converted too.
    return EXIT_CONFORMS


def _say_notes(reading: Reading, language: Language) -> None:
    for note in reading.notes:
        place = f" {note.place.wording.get(language)}" if note.place else ""
        # Not to stdout, which holds the document and nothing else.
        sys.stderr.write(f"[{note.code}] {note.wording.get(language)}{place}\n")
