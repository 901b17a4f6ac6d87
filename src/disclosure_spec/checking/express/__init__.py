"""The express way: certain about reports without a fault, silent about all others.

For each rule it knows the outcome on a report whose shape is beyond doubt, or says nothing; then the rule
is evaluated. It never finds fault, so every finding comes from the one evaluator there is.
"""

from disclosure_spec.checking.express.answers import Answer
from disclosure_spec.checking.express.decoding import decode, is_sound
from disclosure_spec.checking.express.shape import Regular
from disclosure_spec.checking.express.shortcuts import Shortcuts

__all__ = ["Answer", "Regular", "Shortcuts", "decode", "is_sound"]
