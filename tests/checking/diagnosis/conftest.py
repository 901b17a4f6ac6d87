"""What the tests of the diagnosis share: reports with wrong numbers, and what is said about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.checking.diagnosis import diagnose
from disclosure_spec.document import get_at, with_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from tests.conftest import Bench

    from disclosure_spec.checking import Diagnosis, Explanation, Finding
    from disclosure_spec.document import Document, JSONValue


@dataclass(frozen=True)
class Ward:
    """One edition and a right report of it, to be made wrong and diagnosed."""

    bench: Bench
    report: Document

    def number(self, pointer: str) -> int | Decimal:
        """Return a number of the right report."""
        value = get_at(self.report, pointer)
        assert isinstance(value, int)
        return value

    def diagnose(self, values: Mapping[str, JSONValue]) -> tuple[tuple[Finding, ...], tuple[Diagnosis, ...]]:
        """Return the findings and the diagnoses of the report with other values at these pointers."""
        document = self.report
        for pointer, value in values.items():
            document = with_value(document, pointer, value)
        result = self.bench.checker.check(document)
        return result.findings, diagnose(result, document, self.bench.edition)

    def only(self, values: Mapping[str, JSONValue]) -> Diagnosis:
        """Return the only diagnosis of the report with other values at these pointers."""
        _, diagnoses = self.diagnose(values)
        assert len(diagnoses) == 1, [one.message.zh for one in diagnoses]
        return diagnoses[0]


def told(explanation: Explanation) -> dict[str, int | Decimal]:
    """Return the number that an explanation gives each cell."""
    return {one.cell.pointer: one.value for one in explanation.changes}


@pytest.fixture
def ward(bench: Bench) -> Ward:
    """Return each published edition with the sample report."""
    return Ward(bench, bench.report)


@pytest.fixture
def ward_2021(bench_2021: Bench) -> Ward:
    """Return the edition of 2021 with the sample report."""
    return Ward(bench_2021, bench_2021.report)


@pytest.fixture
def today() -> date:
    """Return a day on which nothing has expired."""
    return date(2026, 1, 1)
