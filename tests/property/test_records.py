"""Records of reports with findings: pieced together from text, the same bytes as by the encoder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.property.test_express import any_document

from disclosure_spec.batch.phrases import Phrases
from disclosure_spec.checking.diagnosis import diagnose
from disclosure_spec.document import as_document
from disclosure_spec.place import Place
from disclosure_spec.reporting import result_as_json
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from tests.conftest import Bench

SETTINGS = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
PHRASES = Phrases()
"""One for all examples: what it keeps of one report must be right for the next."""


@SETTINGS
@given(data=st.data())
def test_phrases_are_what_the_encoder_writes(bench: Bench, data: st.DataObject) -> None:
    """Findings and diagnoses of any report, of one that came from a file too, are the same text both ways."""
    document = data.draw(any_document(bench.edition))
    result = bench.checker.check(document)
    result = replace(result, diagnoses=diagnose(result, document, bench.edition))
    from_file = data.draw(st.booleans())
    if result.findings and from_file:
        first, *others = result.findings
        cells = tuple(replace(one, source=Place(page=1, raw="“1”")) for one in first.cells)
        result = replace(result, findings=(replace(first, cells=cells), *others))
    whole = as_document(result_as_json(result))

    assert PHRASES.findings(result) + "\n" == dumps_json(whole["findings"], indent=None)
    assert PHRASES.diagnoses(result) + "\n" == dumps_json(whole["diagnoses"], indent=None)


def test_other_words_for_the_same_are_not_mixed_up(bench: Bench) -> None:
    """What is kept for a rule or cell is written anew where an edition, or a profile, words it otherwise."""
    result = bench.check({bench.leaves[0].pointer: "/"})
    other = [replace(one, advice=one.message, basis=()) for one in result.findings]
    phrases = Phrases()
    for one in (result, replace(result, findings=tuple(other)), result):
        assert phrases.findings(one) + "\n" == dumps_json(
            as_document(result_as_json(one))["findings"], indent=None
        )
