"""Checking a document against the rules of its edition."""

from disclosure_spec.checking.checker import Checker, unreadable
from disclosure_spec.checking.facts import Origin
from disclosure_spec.checking.result import (
    CellFact,
    EquationFact,
    EquationTerm,
    Finding,
    Input,
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
    "Origin",
    "Reason",
    "Result",
    "RuleOutcome",
    "Status",
    "Verdict",
    "unreadable",
]
