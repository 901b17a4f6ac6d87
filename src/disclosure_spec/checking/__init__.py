"""Checking a document against the rules of its edition."""

from disclosure_spec.checking.checker import Checker
from disclosure_spec.checking.result import (
    CellFact,
    EquationFact,
    EquationTerm,
    Finding,
    Input,
    Note,
    Reason,
    Result,
    RuleOutcome,
    Status,
    Verdict,
)

__all__ = [
    "CellFact",
    "Checker",
    "EquationFact",
    "EquationTerm",
    "Finding",
    "Input",
    "Note",
    "Reason",
    "Result",
    "RuleOutcome",
    "Status",
    "Verdict",
]
