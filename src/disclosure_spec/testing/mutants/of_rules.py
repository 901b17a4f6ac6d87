"""Every mutant of a rule catalogue, in its published order."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.document import MISSING
from disclosure_spec.testing.mutants.mutant import RULES, Mutant, at_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.mutants.mutant import Path

Change = tuple[str, "Path", Any]
"""Kind, path and new value; paths are from the rule downwards until the mutant is made."""

_RELATIONS: Final = {"=": ("<=", ">="), "<=": ("=", ">="), ">=": ("=", "<=")}
_LOWER: Final = {"error": "warning", "warning": "info"}
_LATER: Final = {"active": ("trial", "retired"), "trial": ("retired",)}
_REPORTS: Final = ("document", "previous", "parts")
_LEAP: Final = 2024
"""A year in which every day of the calendar exists."""


def mutants_of_rules(edition: Edition) -> Iterator[Mutant]:
    """Yield every mutant of the catalogue of an edition."""
    for index, rule in enumerate(edition.published_rules[RULES]):
        for kind, path, value in _changes(rule, edition):
            named = [edition.name, "rules", rule["id"], *_named(rule, path)]
            told = "" if value is MISSING else f":{value}"
            yield Mutant(
                id=f"{'/'.join(named)}#{kind}{told}",
                edition=edition.name,
                kind=kind,
                file="rules",
                path=(RULES, index, *path),
                value=value,
                rule=rule["id"],
            )


def _named(rule: Any, path: Path) -> Iterator[str]:
    """Yield a path with words in place of their indexes."""
    for depth, key in enumerate(path):
        holder = at_path(rule, path[:depth])
        # Words and pointers say more than their number; a term is two or three of different kinds.
        is_list_of_texts = isinstance(holder, list) and all(isinstance(one, str) for one in holder)
        yield holder[key] if is_list_of_texts else str(key)


def _changes(rule: Mapping[str, Any], edition: Edition) -> Iterator[Change]:
    yield "rule_dropped", (), MISSING
    # Lowered only: a rule that is too strict is seen by everyone who is refused.
    if rule["severity"] in _LOWER:
        yield "severity_lowered", ("severity",), _LOWER[rule["severity"]]
    for status in _LATER.get(rule["status"], ()):
        yield "status_changed", ("status",), status
    for index, conditions in enumerate(rule["applies_when"]):
        yield from _of_alternative(conditions, ("applies_when", index))
    test = rule["test"]
    for index, instance in enumerate(test.get("instances", ())):
        yield from _of_equation(instance, ("test", "instances", index), edition)
    yield from _of_text(test, ("test",))
    for index, check in enumerate(test.get("checks", ())):
        yield from _of_check(check, ("test", "checks", index))
    if "places" in test:
        yield from _moved("places_moved", test, "places", ("test",))


def _of_alternative(conditions: list[Mapping[str, Any]], path: Path) -> Iterator[Change]:
    yield "alternative_dropped", path, MISSING
    for index, condition in enumerate(conditions):
        here = (*path, index)
        # With the only condition its alternative holds always: another change than dropping that.
        yield "condition_dropped", here, MISSING
        for place in range(len(condition.get("in", ()))):
            yield "condition_value_dropped", (*here, "in", place), MISSING
        for place in range(len(condition.get("sum", ()))):
            yield "condition_cell_dropped", (*here, "sum", place), MISSING
        for limit in ("minimum", "maximum"):
            yield from _moved("condition_limit_moved", condition, limit, here)
        if "pattern" in condition:
            yield "condition_pattern_dropped", (*here, "pattern"), MISSING


def _of_equation(instance: Mapping[str, Any], path: Path, edition: Edition) -> Iterator[Change]:
    yield "equation_dropped", path, MISSING
    # Neither of them holds for the same numbers as the published one.
    for relation in _RELATIONS[instance["relation"]]:
        yield "relation_changed", (*path, "relation"), relation
    used = {term[1] for term in instance["terms"]}
    for index, (coefficient, pointer, *of) in enumerate(instance["terms"]):
        here = (*path, "terms", index)
        yield "term_dropped", here, MISSING
        yield "sign_flipped", (*here, 0), -coefficient
        yield "coefficient_changed", (*here, 0), _other(coefficient)
        # A slip by one row or column is the likeliest, and the hardest to see.
        if neighbour := _neighbour(pointer, used, edition):
            yield "cell_swapped", (*here, 1), neighbour
        if of:
            for report in _REPORTS:
                if report != of[0]:
                    yield "report_changed", (*here, 2), report


def _other(coefficient: int) -> int:
    """Return the next coefficient towards one, or two for one itself; the sign stays."""
    size = abs(coefficient)
    return (size - 1 if size > 1 else 2) * (1 if coefficient > 0 else -1)


def _neighbour(pointer: str, used: set[str], edition: Edition) -> str | None:
    """Return the nearest cell in form order that the equation does not use, the following one first."""
    if pointer not in edition.cell_at:
        return None
    index = edition.cell_at[pointer].index
    # A cell that is in the equation already would make another kind of mutant.
    others = (cell for cell in edition.cells if cell.pointer not in used)
    nearest = min(others, key=lambda cell: (abs(cell.index - index), cell.index < index), default=None)
    return nearest.pointer if nearest else None


def _of_text(test: Mapping[str, Any], path: Path) -> Iterator[Change]:
    if test["kind"] != "text":
        return
    for index in range(len(test["at"])):
        yield "part_dropped", (*path, "at", index), MISSING
    for index in range(len(test.get("phrases", ()))):
        yield "phrase_dropped", (*path, "phrases", index), MISSING
    for index, head in enumerate(test.get("heads", ())):
        yield "head_dropped", (*path, "heads", index), MISSING
        for word in range(len(head["any"])):
            yield "word_dropped", (*path, "heads", index, "any", word), MISSING
    yield from _moved("length_moved", test, "characters", path)


def _of_check(check: Mapping[str, Any], path: Path) -> Iterator[Change]:
    yield "check_dropped", path, MISSING
    for relation in _RELATIONS.get(check["relation"], ()):
        yield "date_relation_changed", (*path, "relation"), relation
    for key in ("years_after", "month", "day", "year"):
        for kind, place, value in _moved("date_moved", check, key, path):
            # The catalogue's own schema would refuse a day that does not exist.
            if _is_day({**check, key: value}):
                yield kind, place, value


def _is_day(check: Mapping[str, Any]) -> bool:
    if "month" not in check:
        return True
    month: int = check["month"]
    day: int = check["day"]
    in_range = 1 <= month <= 12 and int(check["years_after"]) >= 0  # noqa: PLR2004 - months of a year
    return in_range and 1 <= day <= monthrange(_LEAP, month)[1]


def _moved(kind: str, holder: Mapping[str, Any], key: str, path: Path) -> Iterator[Change]:
    if key in holder:
        for step in (-1, 1):
            yield kind, (*path, key), holder[key] + step
