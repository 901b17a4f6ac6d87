"""The formats in which results are told, each a module that is imported when it is asked for."""

from __future__ import annotations

import importlib

from disclosure_spec._typing import TYPE_CHECKING, Final, Protocol, TypeAlias, cast
from disclosure_spec._values import dataclass
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.checking import Waiver
    from disclosure_spec.inspection import Inspection
    from disclosure_spec.wording import Language

Piece: TypeAlias = str | bytes
"""Text to be encoded where it is written, or bytes that are the file itself; one format gives one kind."""


@dataclass(frozen=True, slots=True)
class Manner:
    """Say how results are told.

    Attributes:
        many: Whether there may be more than one report, also where there happens to be one.
        colour: Whether a terminal shows it that can colour.
        waivers: All that were given for the run; one that covers nothing in any report is named at its end.
    """

    language: Language
    many: bool = False
    colour: bool = False
    waivers: Sequence[Waiver] = ()


class Renderer(Protocol):
    """What the module of a format offers."""

    def render(self, inspections: Iterable[Inspection], manner: Manner) -> Iterator[Piece]:
        """Yield the pieces of one file for all inspections, taking each when it is needed."""


class FolderRenderer(Protocol):
    """What the module of a format offers that gives each of many reports a file of its own."""

    def render_folder(self, inspections: Iterable[Inspection], manner: Manner) -> Iterator[tuple[str, Piece]]:
        """Yield the names and contents of the files, the one to open first last."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of results.

    Attributes:
        module: In which it is written.
        many: What becomes of many reports, in a few words.
        folder: Whether many reports are a folder of files.
        binary: Whether it is no text, for a terminal to show.
    """

    module: str
    many: Wording
    folder: bool = False
    binary: bool = False


FORMATS: Final[Mapping[str, Format]] = {
    "text": Format("text", Wording("依次列出", "one after another")),
    "json": Format("as_json", Wording("每份一行", "one a line")),
    "html": Format(
        "as_html",
        Wording("-o指定的目录中每份一页，另有目录页", "a page each and an index, in the folder of -o"),
        folder=True,
    ),
    "xlsx": Format(
        "workbook",
        Wording(
            "-o指定的目录中每份一个标注好的工作簿，另有汇总",
            "a marked workbook each and a summary, in the folder of -o",
        ),
        folder=True,
        binary=True,
    ),
    "csv": Format("as_csv", Wording("合为一表，每个问题一行", "one table, a finding a row")),
    "sarif": Format("as_sarif", Wording("合为一份记录", "one log")),
    "junit": Format("as_junit", Wording("每份一个测试组", "a suite each")),
    "github": Format("as_github", Wording("每个问题一条注解", "an annotation for each finding")),
}
_UNKNOWN: Final = Wording(
    "没有“{name}”这种输出格式；可用：{names}。", "There is no output format {name}; there are: {names}."
)


def render(inspection: Inspection, format_name: str, language: Language) -> Piece:
    """Return one result as the text of a format, or as the bytes of a file.

    Args:
        inspection: The result, with the report that it is about.
        format_name: One of `FORMATS`.
        language: `zh` or `en`.

    Raises:
        UsageError: There is no such format.
    """
    pieces = list(stream([inspection], format_name, Manner(language)))
    # One format gives one kind of pieces, and which is known only from them.
    texts = [one for one in pieces if isinstance(one, str)]
    return "".join(texts) if texts else b"".join(one for one in pieces if isinstance(one, bytes))


def stream(inspections: Iterable[Inspection], format_name: str, manner: Manner) -> Iterator[Piece]:
    """Yield the pieces of one file for many results; where the format allows it, one result at a time.

    Raises:
        UsageError: There is no such format.
    """
    return cast("Renderer", _module(format_name)).render(inspections, manner)


def stream_folder(
    inspections: Iterable[Inspection], format_name: str, manner: Manner
) -> Iterator[tuple[str, Piece]]:
    """Yield names and contents of the files of a format that gives each report its own.

    Raises:
        UsageError: There is no such format.
    """
    return cast("FolderRenderer", _module(format_name)).render_folder(inspections, manner)


def _module(format_name: str) -> object:
    if format_name not in FORMATS:
        raise UsageError("format.unknown", _UNKNOWN.fill(name=format_name, names=", ".join(FORMATS)))
    # By name, so that no format loads the libraries of another.
    return importlib.import_module(f"disclosure_spec.reporting.{FORMATS[format_name].module}")
