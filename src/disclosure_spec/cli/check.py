"""`disclosure-spec check`: say whether reports conform."""

from __future__ import annotations

import os
import sys
from itertools import chain

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec._values import replace
from disclosure_spec.checking import Verdict
from disclosure_spec.cli.common import (
    NEEDS_OUTPUT,
    STDIN,
    add_common_options,
    add_profile_options,
    add_reading_options,
    parse_changes,
    path,
    read_bytes,
    terms_of,
)
from disclosure_spec.cli.exit_codes import EXIT_CANNOT_TELL, EXIT_CONFORMS, EXIT_DOES_NOT_CONFORM
from disclosure_spec.cli.files import files
from disclosure_spec.cli.many import ONE_REPORT, RECORDS, Run, add_many_options
from disclosure_spec.cli.parser import Parser
from disclosure_spec.errors import UsageError
from disclosure_spec.reading import read
from disclosure_spec.reporting import FORMATS, Manner, stream, stream_folder
from disclosure_spec.reporting.summary import SUMMARY_FORMATS, stream_summary
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from disclosure_spec.batch.examining import Terms
    from disclosure_spec.document import Document
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.reporting.formats import Piece
    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "检查报告是否符合格式和勾稽关系。可给多个文件、目录，一行一份的JSON（NDJSON，可为gz、zst）或Parquet；“-”为标准输入。\n多份报告或目录的输出：\n{many}",
    "Check reports against the form and its rules. Takes files, folders, NDJSON (also as gz or zst) "
    "and Parquet; - is standard input.\n"
    "What many reports, or a folder, give:\n{many}",
)
_NEEDS_FOLDER: Final = Wording(
    "{format}格式每份报告一个文件；请用 -o 指定目录。",
    "The format {format} is a file for each report; name a folder with -o.",
)
_OVERWRITES: Final = Wording(
    "“{name}”是要检查的报告，不能作为输出文件。", "{name} is a report to check, it cannot be the output file."
)
_CANNOT_WRITE: Final = Wording("无法写入“{name}”：{why}。", "Cannot write {name}: {why}.")
_EXITS: Final = {
    Verdict.CONFORMS: EXIT_CONFORMS,
    Verdict.DOES_NOT_CONFORM: EXIT_DOES_NOT_CONFORM,
    Verdict.CANNOT_TELL: EXIT_CANNOT_TELL,
}


def run(arguments: Sequence[str], language: Language) -> int:
    """Check every file named; one that cannot be read does not stop the others."""
    options = _parse(arguments, language)
    names = list(files(options.files))
    # Decided by what was named, not by what a folder happens to hold: scripts rely on the form of the output.
    many = len(options.files) > 1 or names != options.files
    if len(names) > 1 and (options.previous or options.part):
        raise UsageError("option.one_report", ONE_REPORT)
    if options.output and options.output.exists() and any(_is_same(options.output, one) for one in names):
        raise UsageError("option.output", _OVERWRITES.fill(name=options.output))
    checking = Run(names, _terms(options), options, language)
    if options.format in RECORDS:
        _write_records(checking, options)
    else:
        _render(checking, options, many=many, language=language)
    if (many or checking.many) and options.format != "text":
        # Where a program reads the output, the summary is for the person beside it.
        sys.stderr.write("".join(f"{line}\n" for line in checking.tally.lines(language)))
    # Here and not at the end of the process, where a closed pipe can no longer be handled.
    sys.stdout.flush()
    # The highest code: what could not be judged outweighs what was found wanting, as does nothing at all.
    return max((_EXITS[one] for one in checking.tally.verdicts), default=EXIT_CANNOT_TELL)


def _render(checking: Run, options: Namespace, *, many: bool, language: Language) -> None:
    screen = options.output is None
    if screen and FORMATS[options.format].binary and sys.stdout.isatty():
        raise UsageError("option.output", NEEDS_OUTPUT.fill(format=options.format))
    if options.summary:
        _tell(stream_summary(checking.counts(), options.format, Manner(language)), options)
        return
    inspections = checking.records()
    # A file of lines is many reports, though it is one file.
    many = many or checking.many
    waivers = checking.tally.waivers
    manner = Manner(language, many, colour=screen and sys.stdout.isatty(), waivers=waivers)
    if many and FORMATS[options.format].folder:
        _write_folder(inspections, options, manner)
    else:
        _tell(stream(inspections, options.format, manner), options)


def _tell(pieces: Iterator[Piece], options: Namespace) -> None:
    if options.output is not None:
        _write(pieces, options.output)
        return
    for piece in pieces:
        _show(piece)


def _write_records(checking: Run, options: Namespace) -> None:
    if options.summary:
        # Says which formats a summary has.
        next(stream_summary([], options.format, Manner(options.lang or "zh")))
    try:
        checking.write()
    except OSError as error:
        # A closed pipe is no fault of the output, and is told otherwise.
        if options.output is None:
            raise
        raise _unwritable(options.output, error) from error


def _parse(arguments: Sequence[str], language: Language) -> Namespace:
    given = {**{name: one.many for name, one in FORMATS.items()}, **RECORDS}
    many = Wording(
        *("\n".join(f"  {name:8}{words.get(each)}" for name, words in given.items()) for each in LANGUAGES)
    )
    parser = Parser(
        language=language,
        prog="disclosure-spec check",
        help_=_HELP.fill(many=many),
        example="disclosure-spec check 年报.html --set /published_on=2024-01-29\n"
        "    disclosure-spec check 全省.ndjson.gz --format ndjson -o 结果.ndjson --jobs 4",
    )
    parser.option(
        "files", nargs="+", metavar="FILE", help_=Wording("报告文件或目录", "report files or folders")
    )
    _add_output_options(parser)
    _add_comparison_options(parser)
    add_many_options(parser)
    add_profile_options(parser)
    add_reading_options(parser)
    add_common_options(parser)
    return parser.parse_args(arguments)


def _add_output_options(parser: Parser) -> None:
    parser.option(
        "--format", choices=(*FORMATS, *RECORDS), default="text", help_=Wording("输出格式", "output")
    )
    parser.option(
        "--summary",
        action="store_true",
        help_=Wording(
            f"只输出全部报告的汇总：按规则、年度、机关（{'、'.join(SUMMARY_FORMATS)}）",
            f"only a summary of all reports: by rule, year and body ({', '.join(SUMMARY_FORMATS)})",
        ),
    )
    parser.option(
        "-o",
        "--output",
        type=path,
        metavar="PATH",
        help_=Wording(
            "输出文件；多份报告的html、xlsx为目录", "output file; a folder for html and xlsx of many reports"
        ),
    )


def _add_comparison_options(parser: Parser) -> None:
    parser.option(
        "--previous",
        metavar="FILE",
        help_=Wording("同一机关上年的报告", "last year's report of the same body"),
    )
    parser.option(
        "--part",
        action="append",
        default=[],
        metavar="FILE",
        help_=Wording(
            "政府所属机关本年的报告，文件或目录；可多次使用",
            "this year's report of a body that a government covers, or a folder of them; may be repeated",
        ),
    )


def _terms(options: Namespace) -> Terms:
    terms = terms_of(options)
    return replace(
        terms,
        edition=options.edition,
        changes=parse_changes(options.set),
        previous=_read(options.previous, terms) if options.previous else None,
        parts=[_read(name, terms) for name in files(options.part)],
    )


def _read(name: str, terms: Terms) -> Document:
    return read(read_bytes(name), name=name, catalogue=terms.catalogue).document


def _is_same(output: Path, name: str) -> bool:
    # By what the system knows of them: a file may have several names. A thousand are told in a moment.
    return name != STDIN and os.path.exists(name) and os.path.samefile(output, name)


def _write(pieces: Iterator[Piece], output: Path) -> None:
    try:
        # Nothing is opened before there is something to write: wrong usage leaves no empty file.
        first = next(pieces, "")
        with output.open("wb") as file:
            for piece in chain([first], pieces):
                file.write(_encoded(piece))
    except OSError as error:
        raise _unwritable(output, error) from error


def _show(piece: Piece) -> None:
    if isinstance(piece, str):
        sys.stdout.write(piece)
    else:
        # What is bytes is exact, and text mode would write CRLF on Windows.
        sys.stdout.flush()
        sys.stdout.buffer.write(piece)
    # A program at the other end of a pipe need not wait for the last file.
    sys.stdout.flush()


def _write_folder(inspections: Iterable[Inspection], options: Namespace, manner: Manner) -> None:
    if options.output is None:
        raise UsageError("option.folder", _NEEDS_FOLDER.fill(format=options.format))
    try:
        options.output.mkdir(parents=True, exist_ok=True)
        for name, piece in stream_folder(inspections, options.format, manner):
            (options.output / name).write_bytes(_encoded(piece))
    except OSError as error:
        raise _unwritable(options.output, error) from error


def _encoded(piece: Piece) -> bytes:
    # Escaped as on the screen: the name of a file may be no text, and JSON writes it just so.
    return piece.encode(errors="backslashreplace") if isinstance(piece, str) else piece


def _unwritable(output: Path, error: OSError) -> UsageError:
    # The system's own words, in the system's language, are better than none.
    return UsageError("file.unwritable", _CANNOT_WRITE.fill(name=output, why=error.strerror))
