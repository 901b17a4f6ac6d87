"""What several verbs share: options, reading files, writing results."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.limits import MAX_FILE_BYTES
from disclosure_spec.strict_json import loads_json
from disclosure_spec.wording import Wording
from disclosure_spec.writing import BINARY, FORMATS, write

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Mapping, Sequence

    from disclosure_spec.cli.parser import Parser
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

STDIN: Final = "-"
_FRAGMENT: Final = "fragment"

_NO_FRAGMENT: Final = Wording("--fragment只能与 --to html 同用。", "Use --fragment with --to html only.")
_NEEDS_OUTPUT: Final = Wording(
    "{format}不是文字，不能显示在屏幕上；请用 -o 指定输出文件。",
    "A {format} file is no text for a terminal; name an output file with -o.",
)

_CANNOT_OPEN: Final = Wording("无法打开“{name}”：{why}。", "Cannot open {name}: {why}.")
_CANNOT_WRITE: Final = Wording("无法写入“{name}”：{why}。", "Cannot write {name}: {why}.")
_WHY: Final[Mapping[type[OSError], Wording]] = {
    FileNotFoundError: Wording("没有这个文件或目录", "no such file or folder"),
    PermissionError: Wording("没有权限", "permission denied"),
    IsADirectoryError: Wording("这是目录", "it is a folder"),
}


def add_common_options(parser: Parser) -> None:
    """Add the options every verb has."""
    parser.option("--lang", choices=("zh", "en"), help_=Wording("语言", "language"))
    parser.option(
        "--schema",
        type=Path,
        metavar="DIR",
        help_=Wording("使用该目录中的规范，而非随程序安装的", "use the specification in this folder"),
    )


def add_reading_options(parser: Parser) -> None:
    """Add the options of verbs that read reports."""
    parser.option(
        "--edition",
        metavar="EDITION",
        help_=Wording(
            "按该版格式读取（表中标签认不出版本时用）", "read as this edition, where the labels do not tell"
        ),
    )
    parser.option(
        "--set",
        action="append",
        default=[],
        metavar="POINTER=VALUE",
        help_=Wording(
            "补充或改正一项，如 /published_on=2021-01-29；可多次使用",
            "supply or correct a value, such as /published_on=2021-01-29; may be repeated",
        ),
    )


def catalogue_of(options: Namespace) -> Catalogue:
    """Return the catalogue asked for, or the installed one."""
    return installed() if options.schema is None else Catalogue(options.schema)


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file, or of standard input for `-`.

    Raises:
        InputError: The file cannot be opened, or is larger than any report.
    """
    try:
        if name == STDIN:
            # One byte more than is allowed tells too large from just fitting, whatever the size of the rest.
            data = sys.stdin.buffer.read(MAX_FILE_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise InputError("file.unreadable", _CANNOT_OPEN.fill(name=name, why=_why(error))) from error
    if len(data) > MAX_FILE_BYTES:
        megabytes = MAX_FILE_BYTES // 1_000_000
        raise InputError(
            "file.too_large",
            Wording(
                f"{name}超过{megabytes}MB，不是一份报告。", f"{name} exceeds {megabytes} MB: not a report."
            ),
        )
    return data


def parse_changes(pairs: Sequence[str]) -> Mapping[str, JSONValue]:
    """Turn `POINTER=VALUE` options into values; what is not JSON is text.

    Raises:
        UsageError: There is no `=`, or no pointer before it.
    """
    changes: dict[str, JSONValue] = {}
    for pair in pairs:
        pointer, equals, text = pair.partition("=")
        if not equals or not pointer.startswith("/"):
            raise UsageError(
                "option.set",
                Wording(
                    f"--set 应写作 /路径=值，现为“{pair}”。", f"Write --set as /POINTER=VALUE, not {pair!r}."
                ),
            )
        try:
            # JSON first, so that 2020 is a number; 2021-01-29 is no JSON and stays text.
            changes[pointer] = loads_json(text)
        except InputError:
            changes[pointer] = text
    return changes


def add_writing_options(parser: Parser) -> None:
    """Add the options of verbs that write a document."""
    parser.option(
        "--to",
        choices=[name for name in FORMATS if name != _FRAGMENT],
        default="json",
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
    parser.option("-o", "--output", type=Path, metavar="FILE", help_=Wording("输出文件", "output file"))


def write_document(document: Document, edition: Edition, options: Namespace) -> None:
    """Write a document in the format asked for, to the file asked for or standard output.

    Raises:
        UsageError: The file cannot be written, `--fragment` is no web page, or a terminal would have to show
            what is no text.
    """
    if options.fragment and options.to != "html":
        raise UsageError("option.fragment", _NO_FRAGMENT)
    if options.to in BINARY and options.output is None and sys.stdout.isatty():
        raise UsageError("option.output", _NEEDS_OUTPUT.fill(format=options.to))
    data = write(document, edition, _FRAGMENT if options.fragment else options.to)
    if options.output is None:
        # Bytes, because text mode would write CRLF on Windows.
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        options.output.write_bytes(data)
    except OSError as error:
        raise UsageError(
            "file.unwritable", _CANNOT_WRITE.fill(name=options.output, why=_why(error))
        ) from error


def _why(error: OSError) -> Wording:
    known = next((words for kind, words in _WHY.items() if isinstance(error, kind)), None)
    # The system's own words, in the system's language, are better than none.
    return known or Wording(str(error.strerror), str(error.strerror))
