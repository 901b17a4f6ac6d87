"""Which cell is wrong: what the equations that do not hold tell together, as suggestions."""

from disclosure_spec.checking.diagnosis.diagnosing import diagnose, diagnose_facts

__all__ = ["diagnose", "diagnose_facts"]
