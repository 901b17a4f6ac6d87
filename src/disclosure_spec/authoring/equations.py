"""The compact notation of linear rules, expanded over the cells of a form.

    each: received.$applicant
    received.$applicant + carried_over.$applicant = outcomes.total.$applicant + carried_forward.$applicant

A name is a path of keys below the rule's section. `$x` stands for one key and `$$x` for one or more, bound by
`each` for every cell that it fits, but for those that `except` fits; `*` is any one key, `**` one or more,
but never a cell that the same equation names without a star.
`previous.` and `parts.` before a name mean last year's report and the sum over the subordinate bodies' ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.errors import SpecificationError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Path = tuple[str, ...]
_TERM: Final = re.compile(
    r"\s*(?P<sign>[+-]?)\s*(?:(?P<coefficient>[0-9]+)\s+)?(?:(?P<of>previous|parts)\.)?"
    r"(?P<name>(?:\$\$|\$|)[a-z_*][a-z0-9_*]*(?:\.(?:\$\$|\$|)[a-z_*][a-z0-9_*]*)*|0)\s*"
)
_SIDES: Final = re.compile(r"(?P<left>.+?)(?P<relation><=|>=|=)(?P<right>.+)")


@dataclass(frozen=True, slots=True)
class _Term:
    coefficient: int
    name: Path
    of: str

    @property
    def is_named(self) -> bool:
        return not any("*" in part for part in self.name)


def expand_linear(rule: Mapping[str, Any], cells: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield one published instance for each binding of each equation.

    Args:
        rule: The mapping under `linear`: `each`, `equations` and optionally `in` and `except`.
        cells: Pointers of the form's input cells, in form order.

    Yields:
        `{relation, terms: [[coefficient, pointer], …], cell, bound: [index, …]}`; a term of another report
        has a third element, `previous` or `parts`. `cell` is the cell that `each` matched, `bound` says which
        of its keys the variables took.

    Raises:
        SpecificationError: The notation cannot be read, or names no cell of the form.
    """
    sections = rule.get("in", "")
    for section in [sections] if isinstance(sections, str) else sections:
        yield from _expand_section(rule, _below(section, cells))


def _below(section: str, cells: Sequence[str]) -> dict[Path, Path]:
    """Return the paths of a section's cells, by what is left of them below the section."""
    prefix = (section,) if section else ()
    paths = [tuple(cell.split("/")[1:]) for cell in cells]
    return {path[len(prefix) :]: path for path in paths if path[: len(prefix)] == prefix}


def _expand_section(rule: Mapping[str, Any], below: Mapping[Path, Path]) -> Iterator[dict[str, Any]]:
    equations = [_parse(equation) for equation in rule["equations"]]
    left_out = {path for path, _ in _matches(_split(rule["except"]), below)} if "except" in rule else set()
    matches = [one for one in _matches(_split(rule["each"]), below) if one[0] not in left_out]
    if not matches:
        # A rule over no cell would pass on every report: a slip of the pen, not a rule.
        raise _error(rule["each"])
    for path, places in matches:
        bound = {name: tuple(path[index] for index in place) for name, place in places.items()}
        above = len(below[path]) - len(path)
        for terms, relation in equations:
            yield {
                "relation": relation,
                "terms": [_publish(one, below) for one in _bind(terms, below, bound)],
                "cell": "/" + "/".join(below[path]),
                "bound": [above + index for place in places.values() for index in place],
            }


def _split(name: str) -> Path:
    return tuple(name.split("."))


def _parse(equation: str) -> tuple[list[_Term], str]:
    sides = _SIDES.fullmatch(equation)
    if sides is None:
        raise _error(equation)
    left, right = (_parse_side(sides[side], sign) for side, sign in (("left", 1), ("right", -1)))
    return [*left, *right], sides["relation"]


def _parse_side(side: str, sign: int) -> Iterator[_Term]:
    position = 0
    while position < len(side):
        match = _TERM.match(side, position)
        # Two names without a sign between them would otherwise become a sum.
        if match is None or (position and not match["sign"]):
            raise _error(side)
        position = match.end()
        # A lone 0 is a side without terms: the other side is related to nothing.
        if match["name"] != "0":
            factor = int(match["coefficient"] or 1) * (-1 if match["sign"] == "-" else 1)
            yield _Term(sign * factor, _split(match["name"]), match["of"] or "document")


def _bind(terms: Sequence[_Term], cells: Mapping[Path, Path], bound: Mapping[str, Path]) -> Iterator[_Term]:
    """Put the bound keys in and write stars out; a star leaves out what is named."""
    put = [_Term(term.coefficient, _substitute(term.name, bound), term.of) for term in terms]
    named = {term.name for term in put if term.is_named}
    for term in put:
        if term.is_named:
            yield term
            continue
        hits = [path for path, _ in _matches(term.name, cells) if path not in named]
        # An empty sum would equal zero and hide the misspelt name.
        if not hits:
            raise _error(".".join(term.name))
        yield from (_Term(term.coefficient, path, term.of) for path in hits)


def _substitute(name: Path, bound: Mapping[str, Path]) -> Path:
    if any(part.startswith("$") and part not in bound for part in name):
        raise _error(".".join(name))
    return tuple(key for part in name for key in (bound[part] if part.startswith("$") else (part,)))


def _matches(pattern: Path, cells: Iterable[Path]) -> Iterator[tuple[Path, dict[str, range]]]:
    """Yield the cells that fit, each with the keys its variables take the first way it does."""
    for path in cells:
        places = next(_unify(pattern, path, 0), None)
        if places is not None:
            yield path, places


def _unify(pattern: Path, path: Path, start: int) -> Iterator[dict[str, range]]:
    """Yield every way to lay the pattern over the path from `start` on, as the keys each variable takes."""
    if not pattern:
        if start == len(path):
            yield {}
        return
    head, rest = pattern[0], pattern[1:]
    for end in _ends(head, path, start, len(rest)):
        own = {head: range(start, end)} if head.startswith("$") else {}
        yield from (own | places for places in _unify(rest, path, end))


def _ends(part: str, path: Path, start: int, needed: int) -> range:
    """Return where one part of a pattern may end, leaving the number of keys needed after it."""
    last = len(path) - needed
    if part == "**" or part.startswith("$$"):
        return range(start + 1, last + 1)
    fits = start < last and (part == "*" or part.startswith("$") or part == path[start])
    return range(start + 1, start + 2 if fits else start + 1)


def _publish(term: _Term, cells: Mapping[Path, Path]) -> list[Any]:
    if term.name not in cells:
        raise _error(".".join(term.name))
    pointer = "/" + "/".join(cells[term.name])
    return [term.coefficient, pointer] + ([term.of] if term.of != "document" else [])


def _error(text: object) -> SpecificationError:
    return SpecificationError(
        "rules.linear",
        Wording(
            f"无法识别的等式或没有对应的格：{text}", f"Cannot read the equation, or no such cell: {text}"
        ),
    )
