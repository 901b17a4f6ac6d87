"""The official form stated a second time, from its printed labels and the law, apart from the rules."""

from disclosure_spec.testing.statement.authored import Clause
from disclosure_spec.testing.statement.statement import Statement, statement_of

__all__ = ["Clause", "Statement", "statement_of"]
