"""Every edition with one thing changed, and whether the suite alone and the properties alone notice.

>>> from disclosure_spec import Catalogue
>>> edition = Catalogue().edition("2021")
>>> first = next(mutants(edition))
>>> first.id, first.kind
('2021/rules/document.structure#rule_dropped', 'rule_dropped')
>>> len(changed(edition, first).rules) == len(edition.rules) - 1
True
"""

from disclosure_spec.testing.mutants.bench import Bench
from disclosure_spec.testing.mutants.kinds import KINDS
from disclosure_spec.testing.mutants.mutant import Mutant, changed
from disclosure_spec.testing.mutants.probes import Probe
from disclosure_spec.testing.mutants.running import mutants, run
from disclosure_spec.testing.mutants.sameness import REASONS, Sameness
from disclosure_spec.testing.mutants.table import Fate, Table, render

__all__ = [
    "KINDS",
    "REASONS",
    "Bench",
    "Fate",
    "Mutant",
    "Probe",
    "Sameness",
    "Table",
    "changed",
    "mutants",
    "render",
    "run",
]
