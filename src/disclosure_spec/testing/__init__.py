"""Hypothesis strategies for reports of any edition, built from the edition's data; extra `[testing]`.

A vendor tests a validator of its own with nothing but pytest and these:

>>> from hypothesis import given, settings
>>> from disclosure_spec import Catalogue, Verdict, check
>>> from disclosure_spec.testing import Broken, documents, inconsistent
>>> edition = Catalogue().edition("2021")
>>> @settings(max_examples=5)
... @given(documents(edition))
... def test_accepts_consistent_reports(document):
...     assert check(document).verdict is Verdict.CONFORMS
>>> test_accepts_consistent_reports()
>>> @settings(max_examples=5)
... @given(inconsistent(edition, "remedies.total"))
... def test_refuses_a_wrong_total(broken):
...     assert check(broken.document).verdict is Verdict.DOES_NOT_CONFORM
>>> test_refuses_a_wrong_total()
"""

try:
    import hypothesis as _hypothesis
except ImportError as error:
    raise ImportError(
        "disclosure_spec.testing 需要 hypothesis：pip install 'disclosure-spec[testing]' "
        "(disclosure_spec.testing needs Hypothesis: pip install 'disclosure-spec[testing]')",
        name="hypothesis",
    ) from error

from disclosure_spec.testing.breaking import breakable, inconsistent
from disclosure_spec.testing.breaking_related import inconsistent_families, inconsistent_pairs
from disclosure_spec.testing.broken import Broken, BrokenFamily, BrokenPair
from disclosure_spec.testing.consistent import documents, drafts
from disclosure_spec.testing.malforming import keywords, malformed
from disclosure_spec.testing.related import Family, Pair, families, pairs

__all__ = [
    "Broken",
    "BrokenFamily",
    "BrokenPair",
    "Family",
    "Pair",
    "breakable",
    "documents",
    "drafts",
    "families",
    "inconsistent",
    "inconsistent_families",
    "inconsistent_pairs",
    "keywords",
    "malformed",
    "pairs",
]

del _hypothesis
