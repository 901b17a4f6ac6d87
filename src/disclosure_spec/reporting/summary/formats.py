"""The formats in which a summary is told, each a module that is imported when it is asked for."""

from __future__ import annotations

import importlib

from disclosure_spec._typing import TYPE_CHECKING, Final, Protocol, cast
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_spec.inspection import Inspection
    from disclosure_spec.reporting.formats import Manner, Piece
    from disclosure_spec.reporting.summary.rollup import RollUp
    from disclosure_spec.wording import Language

SUMMARY_FORMATS: Final[Mapping[str, str]] = {
    "text": "as_text",
    "html": "as_html",
    "xlsx": "as_workbook",
    "csv": "as_csv",
}
_UNKNOWN: Final = Wording(
    "汇总没有“{name}”这种格式；可用：{names}。", "A summary has no format {name}; there are: {names}."
)


class _Renderer(Protocol):
    def render(self, rollup: RollUp, language: Language) -> Iterator[Piece]: ...


def render_summary(rollup: RollUp, format_name: str, language: Language) -> Iterator[Piece]:
    """Yield the pieces of one file that tells what was counted.

    Args:
        rollup: The counts.
        format_name: One of `SUMMARY_FORMATS`.
        language: `zh` or `en`.

    Raises:
        UsageError: There is no such format.
    """
    return _renderer(format_name).render(rollup, language)


def stream_summary(
    inspections: Iterable[Inspection | RollUp], format_name: str, manner: Manner
) -> Iterator[Piece]:
    """Count all inspections, keeping none, and yield the pieces of their summary.

    Args:
        inspections: The inspections, or counts of some of them that were made elsewhere.
        format_name: One of `SUMMARY_FORMATS`.
        manner: How to tell it.

    Raises:
        UsageError: There is no such format.
    """
    # First, or wrong usage would be noticed when all the work is done.
    renderer = _renderer(format_name)
    from disclosure_spec.reporting.summary.rollup import RollUp  # noqa: PLC0415 - most runs tell no summary

    rollup = RollUp()
    for one in inspections:
        if isinstance(one, RollUp):
            rollup.merge(one)
        else:
            rollup.add(one)
    yield from renderer.render(rollup, manner.language)


def _renderer(format_name: str) -> _Renderer:
    if format_name not in SUMMARY_FORMATS:
        raise UsageError("format.summary", _UNKNOWN.fill(name=format_name, names=", ".join(SUMMARY_FORMATS)))
    # By name, so that no format loads the libraries of another.
    module = importlib.import_module(f"disclosure_spec.reporting.summary.{SUMMARY_FORMATS[format_name]}")
    return cast("_Renderer", module)
