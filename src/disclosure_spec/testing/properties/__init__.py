"""The laws that the rules of an edition obey, and a proof of them by generated reports.

>>> from disclosure_spec import Catalogue
>>> edition = Catalogue().edition("2021")
>>> proof = prove([edition], examples=10, only=lambda one: one.id == "sum")
>>> [line.outcome for line in proof.lines]
['held']
"""

from disclosure_spec.testing.properties.law import Property, Trial
from disclosure_spec.testing.properties.laws import properties
from disclosure_spec.testing.properties.proving import (
    EXAMPLES,
    Failure,
    Line,
    Proof,
    prove,
    put_to_the_test,
)
from disclosure_spec.testing.properties.rendering import proof_as_json, render

__all__ = [
    "EXAMPLES",
    "Failure",
    "Line",
    "Proof",
    "Property",
    "Trial",
    "proof_as_json",
    "properties",
    "prove",
    "put_to_the_test",
    "render",
]
