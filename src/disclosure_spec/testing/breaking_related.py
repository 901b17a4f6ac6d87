"""Reports of which each is consistent in itself as far as that can be, but which do not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from disclosure_spec.errors import UsageError
from disclosure_spec.testing.broken import BrokenFamily, BrokenPair
from disclosure_spec.testing.kit import kit_of
from disclosure_spec.testing.moves import Mover
from disclosure_spec.testing.relating import family_flats, near_pair, total_at
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Report
    from disclosure_spec.testing.conditions import Flat
    from disclosure_spec.testing.kit import Kit
    from disclosure_spec.testing.linear import Number


def inconsistent_pairs(edition: Edition, rule: str) -> st.SearchStrategy[BrokenPair]:
    """Return a strategy for two years of one body that break one instance of a rule between them.

    The reports were one of `pairs` before the values at the pointers were changed in the current report. The
    rule fails once when that is checked against the previous one, and other rules only where they look at one
    of those pointers too.

    Args:
        edition: The edition of the form.
        rule: One of `breakable(edition, "previous")`.

    Raises:
        UsageError: There is no such rule, or it does not look at the report of the year before.

    >>> from hypothesis import given, settings
    >>> from disclosure_spec import Catalogue
    >>> from disclosure_spec.checking import Checker
    >>> edition = Catalogue().edition("2021")
    >>> @settings(max_examples=3)
    ... @given(inconsistent_pairs(edition, "previous.in_force"))
    ... def test_a_gap_between_years_is_seen(pair):
    ...     result = Checker(edition).check(pair.current, previous=pair.previous)
    ...     assert "previous.in_force" in {finding.rule for finding in result.findings}
    >>> test_a_gap_between_years_is_seen()
    """
    _require(edition, rule, "previous")
    return _pairs(kit_of(edition), rule)


def inconsistent_families(edition: Edition, rule: str) -> st.SearchStrategy[BrokenFamily]:
    """Return a strategy for a government and its bodies that break one instance of a rule between them.

    The reports were of `families` before the values at the pointers were changed in that of the government.
    The rule fails once when that is checked against its parts, and other rules only where they look at one of
    those pointers too.

    Args:
        edition: The edition of the form.
        rule: One of `breakable(edition, "parts")`.

    Raises:
        UsageError: There is no such rule, or it does not look at the reports of the bodies covered.

    >>> from hypothesis import given, settings
    >>> from disclosure_spec import Catalogue
    >>> from disclosure_spec.checking import Checker
    >>> edition = Catalogue().edition("2021")
    >>> @settings(max_examples=3)
    ... @given(inconsistent_families(edition, "parts_sum.requests"))
    ... def test_a_missing_body_is_seen(family):
    ...     result = Checker(edition).check(family.whole, parts=family.parts)
    ...     assert "parts_sum.requests" in {finding.rule for finding in result.findings}
    >>> test_a_missing_body_is_seen()
    """
    _require(edition, rule, "parts")
    return _families(kit_of(edition), rule)


def _require(edition: Edition, rule: str, of: Report) -> None:
    linked = dict.fromkeys(use.rule.id for use in kit_of(edition).links(of))
    if edition.rule(rule).id not in linked:
        raise UsageError(
            "testing.rule",
            Wording(
                f"规则“{rule}”不是这类报告之间的规则；可用：{'、'.join(linked) or '无'}。",
                f"Rule {rule!r} is none between such reports; try {', '.join(linked) or 'another edition'}.",
            ),
        )


@st.composite
def _pairs(draw: st.DrawFn, kit: Kit, rule: str) -> BrokenPair:
    before, after = near_pair(draw, kit, rule)
    change = _change(draw, kit, rule, after, {"previous": [before]})
    current = kit.dressed(draw, {**after, **change})
    return BrokenPair(kit.dressed(draw, before), current, tuple(change))


@st.composite
def _families(draw: st.DrawFn, kit: Kit, rule: str) -> BrokenFamily:
    whole, parts = family_flats(draw, kit, rule)
    change = _change(draw, kit, rule, whole, {"parts": parts})
    changed = kit.dressed(draw, {**whole, **change})
    return BrokenFamily(changed, tuple(kit.dressed(draw, part) for part in parts), tuple(change))


def _change(
    draw: st.DrawFn, kit: Kit, rule: str, flat: Flat, others: Mapping[Report, Sequence[Flat]]
) -> Mapping[str, Number]:
    known = {of: {one: total_at(ones, one) for one in kit.system.limits} for of, ones in others.items()}
    equations = [use.equation for of in others for use in kit.links(of) if use.rule.id == rule]
    return Mover(kit, rule, flat, known).draw(draw, equations)
