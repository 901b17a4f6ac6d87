"""What several verbs share: options, reading files, writing results."""

from __future__ import annotations

import sys

from disclosure_spec._typing import TYPE_CHECKING, Final, TypeVar
from disclosure_spec._values import replace
from disclosure_spec.edition import Catalogue, installed
from disclosure_spec.errors import DisclosureError, InputError, UsageError
from disclosure_spec.limits import MAX_FILE_BYTES
from disclosure_spec.opening import not_opened, reason, too_large
from disclosure_spec.strict_json import loads_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from disclosure_spec.batch.examining import Terms
    from disclosure_spec.cli.parser import Parser
    from disclosure_spec.document import JSONValue

T = TypeVar("T")
STDIN: Final = "-"

NEEDS_OUTPUT: Final = Wording(
    "{format}不是文字，不能显示在屏幕上；请用 -o 指定输出文件。",
    "A {format} file is no text for a terminal; name an output file with -o.",
)

_CANNOT_WRITE: Final = Wording("无法写入“{name}”：{why}。", "Cannot write {name}: {why}.")
_IN_FILE: Final = Wording("{name}：{what}", "{name}: {what}")


def add_common_options(parser: Parser) -> None:
    """Add the options every verb has."""
    parser.option("--lang", choices=("zh", "en"), help_=Wording("语言", "language"))
    parser.option(
        "--schema",
        type=path,
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


def add_profile_options(parser: Parser) -> None:
    """Add the options of verbs that check by more than the published rules; see `terms_of`."""
    parser.option(
        "--profile",
        metavar="FILE",
        help_=Wording(
            "本地规则（YAML）：关闭规则，改变级别或期限；结果中注明",
            "local rules (YAML) that switch rules off or change severities and deadlines; the result says so",
        ),
    )
    parser.option(
        "--waivers",
        metavar="FILE",
        help_=Wording(
            "豁免（YAML）：说明理由、经批准的例外；数值改变即失效",
            "waivers (YAML): exceptions with a reason, each for set values and lapsing when they change",
        ),
    )


def terms_of(options: Namespace) -> Terms:
    """Return by what the options of `add_profile_options` and `add_common_options` ask to check.

    Raises:
        InputError: A file cannot be opened, or is no YAML.
        UsageError: What a file says does not exist or contradicts itself.
    """
    # The options of this module serve verbs that check nothing, and listing editions needs no checker.
    from disclosure_spec.batch.examining import Terms  # noqa: PLC0415 - see above

    catalogue = catalogue_of(options)
    terms = Terms(catalogue)
    if options.profile:
        from disclosure_spec.checking.profiles import load_profile  # noqa: PLC0415 - most checks have none

        terms = replace(terms, profile=_load(load_profile, options.profile, catalogue))
    if options.waivers:
        from disclosure_spec.checking.waivers import load_waivers  # noqa: PLC0415 - likewise

        terms = replace(terms, waivers=_load(load_waivers, options.waivers, catalogue))
    return terms


def _load(load: Callable[[bytes, Catalogue], T], name: str, catalogue: Catalogue) -> T:
    data = read_bytes(name)
    try:
        return load(data, catalogue)
    # An error in one of two files must say in which.
    except DisclosureError as error:
        raise type(error)(error.code, _IN_FILE.fill(name=name, what=error.wording), error.place) from error


def catalogue_of(options: Namespace) -> Catalogue:
    """Return the catalogue asked for, or the installed one."""
    return installed() if options.schema is None else Catalogue(options.schema)


def path(name: str) -> Path:
    """Return the path that an option names."""
    from pathlib import Path  # noqa: PLC0415 - takes 3 ms, and most checks need none

    return Path(name)


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
            with open(name, "rb") as file:
                data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise not_opened(name, error) from error
    if len(data) > MAX_FILE_BYTES:
        raise too_large(name)
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


def write_output(data: bytes, file: Path | None) -> None:
    """Write bytes to a file, or to standard output where there is none.

    Raises:
        UsageError: The file cannot be written.
    """
    if file is None:
        # Bytes, because text mode would write CRLF on Windows.
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        # A program at the other end of a pipe need not wait for the last file.
        sys.stdout.buffer.flush()
        return
    try:
        file.write_bytes(data)
    except OSError as error:
        raise UsageError("file.unwritable", _CANNOT_WRITE.fill(name=file, why=reason(error))) from error
