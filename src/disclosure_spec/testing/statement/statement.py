"""An edition's official form, stated apart from its rules, and what follows from it for any report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec._resources import folder
from disclosure_spec.strict_yaml import loads_yaml
from disclosure_spec.testing.judging import Expectation, Fault, Submission
from disclosure_spec.testing.statement.authored import ClauseReader
from disclosure_spec.testing.statement.conditions import applies
from disclosure_spec.testing.statement.entry import Entry
from disclosure_spec.testing.statement.facts import Facts
from disclosure_spec.testing.statement.paper import PrintedForm
from disclosure_spec.testing.statement.shape import Shape
from disclosure_spec.testing.statement.trouble import invalid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.statement.authored import Clause

_NAME: Final = "statement.yaml"
# What a rule is when its places differ: the first of these that one of them has.
_GRAVEST: Final = ("fail", "not_checked", "pass")


class Statement:
    """Say what every system must find in a report.

    Attributes:
        edition: The edition it states.
        form: The form as printed.
        shape: The places of a document.
        clauses: What must hold, in authored order.
        scope: The rules it speaks of.
    """

    def __init__(self, edition: Edition, envelope: Entry, authored: Entry) -> None:
        keys = authored.keys(("edition", "clauses"))
        if keys["edition"].text() != edition.name:
            raise invalid(
                authored.place, f"不是{edition.name}年版的", f"is not that of edition {edition.name}"
            )
        self.edition = edition.name
        # Nothing else of the edition is looked at: read from its rules, the statement would prove nothing.
        self.form = PrintedForm(edition.form)
        self.shape = Shape(envelope, self.form, edition.name)
        reader = ClauseReader(self.form, self.shape)
        self.clauses: tuple[Clause, ...] = tuple(reader.read(one) for one in keys["clauses"].items())
        self.scope = frozenset(clause.rule for clause in self.clauses)

    def __repr__(self) -> str:
        return f"<Statement {self.edition}>"

    def expected(self, submission: Submission) -> Expectation:
        """Return what follows from the statement for a submission; for one and the same it is the same.

        The faults and statuses are those of the rules the statement speaks of, whether or not the document is
        consistent, complete or even well-formed. Of what is no object at all only the validity follows.
        """
        valid = not any(self.shape.violations(submission.document, submission.schema))
        if not submission.is_object:
            return Expectation(valid=valid)
        facts = Facts(submission, self.form.cells)
        faults: set[Fault] = set()
        statuses = {}
        for clause in self.clauses:
            statuses[clause.rule] = self._judge(clause, facts, faults)
        # An error on trial has the severity of a warning by now and refuses nothing.
        refused = any(fault.severity == "error" for fault in faults)
        return Expectation(
            valid=valid,
            # Whatever makes an error rule impossible to check in a plain document is itself an error.
            verdict="does_not_conform" if refused else "conforms",
            faults=frozenset(faults),
            scope=self.scope,
            statuses=statuses,
        )

    @staticmethod
    def _judge(clause: Clause, facts: Facts, faults: set[Fault]) -> str:
        applicable = applies(clause.when, facts)
        if not applicable:
            return "not_checked" if applicable is None else "not_applicable"
        found = set()
        for status, pointers in clause.meaning.outcomes(facts):
            found.add(status)
            if status == "fail":
                faults.add(Fault(clause.rule, clause.severity, pointers))
        return next((one for one in _GRAVEST if one in found), "not_applicable")

    def fails(self, clause: Clause, submission: Submission) -> bool:
        """Tell whether a submission breaks one clause."""
        return self._judge(clause, Facts(submission, self.form.cells), set()) == "fail"

    def probes(self, document: Document, rules: frozenset[str] | None = None) -> Iterator[Submission]:
        """Yield the document changed at every place and boundary the statement speaks of.

        Args:
            document: A report, best one that conforms and has a different number in every cell.
            rules: Only what bears on these rules; everything when None.
        """
        from disclosure_spec.testing.statement.probing import probes  # noqa: PLC0415 - it imports this module

        return probes(self, document, rules)


def statement_of(edition: Edition, root: Traversable | None = None) -> Statement | None:
    """Return the statement of an edition; None where there is none.

    Args:
        edition: The edition; only its name, version and form are looked at, never its rules and schemas.
        root: A folder laid out as the published `schema/`; the one installed with the package when None.

    Raises:
        SpecificationError: `statement.invalid`, the statement is incomplete or does not fit the form.
    """
    version = (root if root is not None else folder("schema")).joinpath(edition.spec_version)
    file = version.joinpath(edition.name, _NAME)
    if not file.is_file():
        return None
    envelope, authored = (
        Entry(loads_yaml(one.read_bytes()), where)
        for one, where in (
            (version.joinpath(_NAME), f"{edition.spec_version}/{_NAME}"),
            (file, f"{edition.spec_version}/{edition.name}/{_NAME}"),
        )
    )
    return Statement(edition, envelope, authored)
