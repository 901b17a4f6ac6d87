"""`disclosure-spec check`: say whether reports conform."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking import Verdict, unreadable
from disclosure_spec.cli.common import (
    STDIN,
    add_common_options,
    add_reading_options,
    catalogue_of,
    parse_changes,
    read_bytes,
)
from disclosure_spec.cli.parser import (
    EXIT_CANNOT_TELL,
    EXIT_CONFORMS,
    EXIT_DOES_NOT_CONFORM,
    Parser,
)
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.inspection import Inspector, describe
from disclosure_spec.reading import read
from disclosure_spec.reporting import render_json, render_text
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from disclosure_spec.checking import Result
    from disclosure_spec.document import Document
    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "检查报告是否符合格式和勾稽关系。可给多个文件或目录；“-”为标准输入。",
    "Check reports against the form and its rules. Takes files and folders; - is standard input.",
)
_SUMMARY: Final = Wording(
    "共{total}份：符合{conforms}份，不符合{does_not_conform}份，无法判断{cannot_tell}份。",
    "{total} reports: {conforms} conform, {does_not_conform} do not, {cannot_tell} cannot be told.",
)
_ONE_REPORT: Final = Wording(
    "--previous和--part只能用于检查一份报告。", "Use --previous and --part with a single report."
)
_NOTHING: Final = Wording("{name}中没有文件。", "There is no file in {name}.")
_EXITS: Final = {
    Verdict.CONFORMS: EXIT_CONFORMS,
    Verdict.DOES_NOT_CONFORM: EXIT_DOES_NOT_CONFORM,
    Verdict.CANNOT_TELL: EXIT_CANNOT_TELL,
}


def run(arguments: Sequence[str], language: Language) -> int:
    """Check every file named; one that cannot be read does not stop the others."""
    options = _parse(arguments, language)
    changes = parse_changes(options.set)
    inspector = Inspector(catalogue_of(options))
    files = list(_files(options.files))
    many = len(files) > 1
    if many and (options.previous or options.part):
        raise UsageError("option.one_report", _ONE_REPORT)
    previous = _read(options.previous, inspector) if options.previous else None
    parts = [_read(name, inspector) for name in _files(options.part)]
    verdicts: list[Verdict] = []
    for name in files:
        data = b""
        try:
            data = read_bytes(name)
            result = inspector.inspect(
                data, name=name, edition=options.edition, changes=changes, previous=previous, parts=parts
            ).result
        # A file that cannot be read is a result like any other; wrong usage still ends the run.
        except InputError as error:
            result = unreadable(error, describe(data, name, "unknown"))
        verdicts.append(result.verdict)
        _show(result, options, language, many=many)
    if many and options.format == "text":
        counts = {verdict.value: verdicts.count(verdict) for verdict in Verdict}
        sys.stdout.write(_SUMMARY.fill(total=len(verdicts), **counts).get(language) + "\n")
    # The highest code: what could not be judged outweighs what was found wanting.
    return max(_EXITS[verdict] for verdict in verdicts)


def _parse(arguments: Sequence[str], language: Language) -> Namespace:
    parser = Parser(
        language=language,
        prog="disclosure-spec check",
        help_=_HELP,
        example="disclosure-spec check 年报.html --set /published_on=2024-01-29",
    )
    parser.option(
        "files", nargs="+", metavar="FILE", help_=Wording("报告文件或目录", "report files or folders")
    )
    parser.option(
        "--format",
        choices=("text", "json"),
        default="text",
        help_=Wording("输出格式；多份报告的json每份一行", "output; json of several reports is one a line"),
    )
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
    add_reading_options(parser)
    add_common_options(parser)
    return parser.parse_args(arguments)


def _read(name: str, inspector: Inspector) -> Document:
    return read(read_bytes(name), name=name, catalogue=inspector.catalogue).document


def _files(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        path = Path(name)
        if name == STDIN or not path.is_dir():
            yield name
            continue
        # Sorted, as systems list folders in any order; hidden files are a system's own.
        inside = sorted(str(one) for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
        if not inside:
            raise UsageError("folder.empty", _NOTHING.fill(name=name))
        yield from inside


def _show(result: Result, options: Namespace, language: Language, *, many: bool) -> None:
    if options.format == "json":
        sys.stdout.write(render_json(result, indent=None if many else 2))
        if many:
            # A program at the other end of a pipe need not wait for the last file.
            sys.stdout.flush()
        return
    sys.stdout.write(render_text(result, language, colour=sys.stdout.isatty()))
    if many:
        sys.stdout.write("\n")
