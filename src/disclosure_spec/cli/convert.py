"""`disclosure-spec convert`: turn reports as found into documents, and say where every value comes from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disclosure_spec._values import dataclass, field
from disclosure_spec.blank import in_form_order
from disclosure_spec.cli.common import (
    STDIN,
    add_common_options,
    add_reading_options,
    catalogue_of,
    parse_changes,
    read_bytes,
    write_output,
)
from disclosure_spec.cli.exit_codes import EXIT_CANNOT_TELL, EXIT_CONFORMS
from disclosure_spec.cli.files import distinct_names, files
from disclosure_spec.cli.parser import Parser
from disclosure_spec.cli.writing import add_writing_options, refuse_unfit_options, written
from disclosure_spec.document import with_value
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.inspection import describe
from disclosure_spec.reporting.telling import visible
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.reading import Reading
    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "读取各种形式的报告，转为JSON等格式；可给多个文件或目录，“-”为标准输入。不能确定的格留空，并在标准错误中说明。\n"
    "--provenance 逐格说明出处：位置、原文、按什么读取；加 --to json 则为数据。",
    "Read reports as found and write them as JSON or in another form. Takes files and folders; - is\n"
    "standard input. What is uncertain stays blank and is named on stderr. --provenance says of every value\n"
    "where it stands, what is printed there and how it was matched; with --to json as data.",
)
_EXAMPLE: Final = (
    "disclosure-spec convert 年报.html --to json -o 年报.json\n"
    "  disclosure-spec convert 各局年报 --to xlsx -o 结果\n"
    "  disclosure-spec convert 年报.docx --provenance"
)
_NEEDS_FOLDER: Final = Wording(
    "多份报告转为{format}，每份一个文件；请用 -o 指定目录。",
    "Many reports become a file of {format} each; name a folder with -o.",
)
_NO_FOLDER: Final = Wording(
    "“{name}”不能作为存放结果的目录：{why}。", "{name} cannot be the folder of results: {why}."
)
_OVERWRITES: Final = Wording(
    "“{name}”是要读取的报告，不能作为输出文件。", "{name} is a report to read, it cannot be the output file."
)
_PROVENANCE_FORMAT: Final = Wording(
    "--provenance 只能输出文字或json，不能是{format}。",
    "--provenance comes as text or json, not as {format}.",
)
_PASSED_OVER: Final = Wording(
    "输出目录“{name}”中已有的{count}个文件未作为报告读取。",
    "{count} files already in the output folder {name} were not read as reports.",
)
_SUMMARY: Final = Wording(
    "共{total}个文件：读出{read}份，其中{partial}份有未读的内容，{failed}个无法读取。",
    "{total} files: {read} read, {partial} of them in part; {failed} could not be read.",
)
_PARTIAL: Final = Wording(
    "有未读的内容：{name}（{cells}格，其他{others}项）",
    "read in part: {name} ({cells} cells and {others} other values not read)",
)
_FAILED: Final = Wording("无法读取：{name}（{why}）", "could not be read: {name} ({why})")


@dataclass(slots=True)
class _Tally:
    """What became of the files of one run."""

    read: int = 0
    partial: list[Wording] = field(default_factory=list)
    failed: list[Wording] = field(default_factory=list)

    def count(self, name: str, reading: Reading, supplied: Mapping[str, JSONValue]) -> None:
        """Count a file that was read, and what of it was not."""
        self.read += 1
        unread = reading.unread - set(supplied)
        if unread:
            cells = len(unread & reading.edition.cell_at.keys())
            others = len(unread) - cells
            self.partial.append(_PARTIAL.fill(name=visible(name), cells=cells, others=others))

    def lines(self) -> Iterator[Wording]:
        """Yield how many files there were of each kind, and the names of those that need attention."""
        failed = len(self.failed)
        partial = len(self.partial)
        yield _SUMMARY.fill(total=self.read + failed, read=self.read, partial=partial, failed=failed)
        yield from (Wording(f"  {one.zh}", f"  {one.en}") for one in (*self.partial, *self.failed))


@dataclass(frozen=True, slots=True)
class _Converter:
    """Convert one file after the other by the same options."""

    options: Namespace
    changes: Mapping[str, JSONValue]
    language: Language
    many: bool

    def convert(self, name: str) -> tuple[Reading, bytes]:
        """Return what was read in a file and what is made of it."""
        from disclosure_spec.reading import read  # noqa: PLC0415 - help and usage errors need no reader

        data = read_bytes(name)
        reading = read(data, name=name, catalogue=catalogue_of(self.options), edition=self.options.edition)
        document = reading.document
        for pointer, value in self.changes.items():
            document = with_value(document, pointer, value)
        # Once more, as --set may have put keys at the end.
        document = in_form_order(document, reading.edition)
        if self.options.provenance:
            # The name of a file may be no text; inside JSON this escape is its own.
            return reading, self._provenance(reading, document, name, data).encode(errors="backslashreplace")
        if self._is_line:
            return reading, dumps_json(document, indent=None).encode()
        return reading, written(document, reading.edition, self.options)

    @property
    def _is_line(self) -> bool:
        """Tell whether the output is one of many lines of JSON."""
        return self.many and self.options.output is None

    def _provenance(self, reading: Reading, document: Document, name: str, data: bytes) -> str:
        from disclosure_spec.reporting import provenance  # noqa: PLC0415 - the conversion alone needs none

        found = provenance.trace(reading, document, self.changes.keys(), describe(data, name, reading.format))
        if self.options.to == "text":
            text = provenance.provenance_as_text(found, self.language)
            return f"{text}\n" if self._is_line else text
        return dumps_json(provenance.provenance_as_json(found), indent=None if self._is_line else 2)


def run(arguments: Sequence[str], language: Language) -> int:
    """Convert every file named; of many, one that cannot be read does not stop the others."""
    options = _parse(arguments, language)
    names = list(files(options.files))
    # Decided by what was named, not by what a folder happens to hold.
    many = len(options.files) > 1 or names != options.files
    names = _without_results(names, options, language) if many else names
    targets = _targets(names, options, many=many)
    converter = _Converter(options, parse_changes(options.set), language, many)
    tally = _Tally()
    for name, target in zip(names, targets, strict=True):
        try:
            reading, data = converter.convert(name)
        except InputError as error:
            if not many:
                raise
            tally.failed.append(_FAILED.fill(name=visible(name), why=error.wording))
            continue
        write_output(data, target)
        tally.count(name, reading, converter.changes)
        if not options.provenance:
            _say_notes(reading, language, f"{visible(name)}: " if many else "")
    for line in tally.lines() if many else ():
        sys.stderr.write(f"{line.get(language)}\n")
    # Converting is no judgement: a report full of blanks was converted too.
    return EXIT_CANNOT_TELL if tally.failed else EXIT_CONFORMS


def _parse(arguments: Sequence[str], language: Language) -> Namespace:
    parser = Parser(language=language, prog="disclosure-spec convert", help_=_HELP, example=_EXAMPLE)
    parser.option(
        "files", nargs="+", metavar="FILE", help_=Wording("报告文件或目录", "report files or folders")
    )
    parser.option(
        "--provenance",
        action="store_true",
        help_=Wording(
            "不输出报告，而逐格说明出处", "instead of the report, say where every value comes from"
        ),
    )
    add_writing_options(parser, None)
    add_reading_options(parser)
    add_common_options(parser)
    options = parser.parse_args(arguments)
    if options.provenance and options.to not in {None, "json"}:
        raise UsageError("option.provenance", _PROVENANCE_FORMAT.fill(format=options.to))
    options.to = options.to or ("text" if options.provenance else "json")
    refuse_unfit_options(options)
    return options


def _without_results(names: Sequence[str], options: Namespace, language: Language) -> list[str]:
    """Return the files without those that an earlier run left in an output folder below a folder named."""
    output = options.output.resolve() if options.output else None
    if output is None or not {Path(one).resolve() for one in options.files} & set(output.parents):
        return list(names)
    left = [one for one in names if one in options.files or output not in Path(one).resolve().parents]
    if len(left) < len(names):
        words = _PASSED_OVER.fill(name=options.output, count=len(names) - len(left))
        sys.stderr.write(f"{words.get(language)}\n")
    return left


def _targets(names: Sequence[str], options: Namespace, *, many: bool) -> Sequence[Path | None]:
    """Return the file to write for each file read; None for standard output."""
    output: Path | None = options.output
    if output is None:
        if many and options.to not in {"json", "text"}:
            raise UsageError("option.folder", _NEEDS_FOLDER.fill(format=options.to))
        return [None] * len(names)
    if many or output.is_dir():
        _make(output)
        suffix = ".txt" if options.to == "text" else f".{options.to}"
        targets = [output / one for one in distinct_names(names, suffix)]
    else:
        targets = [output]
    read = {_identity(Path(name)) for name in names if name != STDIN} - {None}
    for target in targets:
        if _identity(target) in read:
            raise UsageError("option.output", _OVERWRITES.fill(name=target))
    return targets


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError("option.folder", _NO_FOLDER.fill(name=folder, why=error.strerror)) from error


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from every other, whatever its names; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _say_notes(reading: Reading, language: Language, prefix: str) -> None:
    for note in reading.notes:
        place = f" {note.place.wording.get(language)}" if note.place else ""
        # Not to stdout, which holds the document and nothing else.
        sys.stderr.write(f"{prefix}[{note.code}] {note.wording.get(language)}{place}\n")
