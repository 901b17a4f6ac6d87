"""Many reports in one summary: by rule, by year, by body, with what was not checked and not read."""

from disclosure_spec._lazily import imports
from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.reporting.summary.formats import SUMMARY_FORMATS, render_summary, stream_summary

if TYPE_CHECKING:
    from disclosure_spec.reporting.summary.rollup import ReportLine, RollUp, UnreadFile

__all__ = ["SUMMARY_FORMATS", "ReportLine", "RollUp", "UnreadFile", "render_summary", "stream_summary"]

# Type checkers take the imports above; with this they would let misspelt names pass.
if not TYPE_CHECKING:
    __getattr__ = imports(__name__, dict.fromkeys(("ReportLine", "RollUp", "UnreadFile"), "rollup"))
