"""Hold a system in any language against the conformance pack, and against generated documents.

A vendor whose system is in Python passes any object with a `judge` method; others are run as commands:

>>> from pathlib import Path
>>> from disclosure_spec import Catalogue
>>> from disclosure_spec.testing.conformance import fuzz
>>> from disclosure_spec.testing.judging import OwnJudge
>>> catalogue = Catalogue()
>>> report = fuzz(catalogue.editions(), OwnJudge.of(catalogue), 20, seed=1)
>>> report.tried, report.held
({'2019': 20, '2021': 20}, True)
"""

from disclosure_spec.testing.comparing import Comparison, Difference, compare
from disclosure_spec.testing.conformance.as_json import (
    disagreement_as_json,
    fuzz_as_json,
    report_as_json,
)
from disclosure_spec.testing.conformance.as_junit import fuzz_as_junit, report_as_junit
from disclosure_spec.testing.conformance.as_text import fuzz_as_text, report_as_text
from disclosure_spec.testing.conformance.command import CommandJudge
from disclosure_spec.testing.conformance.fuzzing import Disagreement, FuzzReport, fuzz
from disclosure_spec.testing.conformance.pack import Case, FiledSubmission, Pack, load_pack
from disclosure_spec.testing.conformance.running import CaseReport, ExpectedFailures, Report, run

__all__ = [
    "Case",
    "CaseReport",
    "CommandJudge",
    "Comparison",
    "Difference",
    "Disagreement",
    "ExpectedFailures",
    "FiledSubmission",
    "FuzzReport",
    "Pack",
    "Report",
    "compare",
    "disagreement_as_json",
    "fuzz",
    "fuzz_as_json",
    "fuzz_as_junit",
    "fuzz_as_text",
    "load_pack",
    "report_as_json",
    "report_as_junit",
    "report_as_text",
    "run",
]
