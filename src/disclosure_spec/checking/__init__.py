"""Checking a document against the rules of its edition."""

from disclosure_spec._lazily import imports
from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.checking.result import (
    AppliedProfile,
    CellFact,
    Change,
    Diagnosis,
    Entry,
    EquationFact,
    EquationTerm,
    Explanation,
    Finding,
    Input,
    Reason,
    Result,
    RuleOutcome,
    Slip,
    Status,
    Verdict,
    Waiver,
    WaiverState,
    WaiverUse,
)

if TYPE_CHECKING:
    from disclosure_spec.checking.checker import Checker, unreadable
    from disclosure_spec.checking.facts import Origin
    from disclosure_spec.checking.profiles import Profile, load_profile
    from disclosure_spec.checking.waivers import apply_waivers, load_waivers, never_used

__all__ = [
    "AppliedProfile",
    "CellFact",
    "Change",
    "Checker",
    "Diagnosis",
    "Entry",
    "EquationFact",
    "EquationTerm",
    "Explanation",
    "Finding",
    "Input",
    "Origin",
    "Profile",
    "Reason",
    "Result",
    "RuleOutcome",
    "Slip",
    "Status",
    "Verdict",
    "Waiver",
    "WaiverState",
    "WaiverUse",
    "apply_waivers",
    "load_profile",
    "load_waivers",
    "never_used",
    "unreadable",
]

# Type checkers take the imports above; with this they would let misspelt names pass.
if not TYPE_CHECKING:
    __getattr__ = imports(
        __name__,
        {
            "Checker": "checker",
            "Origin": "facts",
            "Profile": "profiles",
            "apply_waivers": "waivers",
            "load_profile": "profiles",
            "load_waivers": "waivers",
            "never_used": "waivers",
            "unreadable": "checker",
        },
    )
