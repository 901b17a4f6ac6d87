"""Reports of one body over the years, recognised by what they have in common."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.reporting.summary.rollup import ReportLine

_Body: TypeAlias = tuple[str, ...]
"""A code alone, a region and a name, or a name alone."""


def by_body(lines: Iterable[ReportLine]) -> Iterator[Sequence[ReportLine]]:
    """Yield the reports of each body together: by its code, else by region and name, else by name.

    A report that states less joins the body that states more if there is one such body only: which it is of
    two of one name nobody can tell. The order of the reports given makes no difference.
    """
    ordered = sorted(lines, key=lambda one: (_name(one), one))
    # Only with all reports at hand is it known what one without a code, or without a region, may belong to.
    in_region = _index((_place(one), (one.credit_code,)) for one in ordered if one.credit_code)
    stated = {one: _stated(one, in_region) for one in ordered}
    of_name = _index((_place(one)[1:], body) for one, body in stated.items() if body)
    groups: dict[_Body, list[ReportLine]] = defaultdict(list)
    for one in ordered:
        groups[stated[one] or _only(of_name, _place(one)[1:])].append(one)
    yield from groups.values()


def _name(line: ReportLine) -> str:
    return "".join(unicodedata.normalize("NFKC", line.body).split())


def _place(line: ReportLine) -> _Body:
    # A report without a name is nobody's but its own.
    return line.region_code, _name(line) or f"\0{line.file}"


def _stated(line: ReportLine, in_region: Mapping[_Body, set[_Body]]) -> _Body:
    if line.credit_code:
        return (line.credit_code,)
    return _only(in_region, _place(line)) if line.region_code else ()


def _index(pairs: Iterable[tuple[_Body, _Body]]) -> Mapping[_Body, set[_Body]]:
    found: dict[_Body, set[_Body]] = defaultdict(set)
    for key, body in pairs:
        found[key].add(body)
    return found


def _only(bodies: Mapping[_Body, set[_Body]], key: _Body) -> _Body:
    """Return the only body found under a key, or the key itself where there is none or more than one."""
    found = bodies.get(key, set())
    return next(iter(found)) if len(found) == 1 else key
