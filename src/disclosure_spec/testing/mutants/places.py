"""Mutants of a schema: the values that stand where the change is, and what becomes of them there."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.checking.subset import accepts
from disclosure_spec.testing.mutants.asking import RAISED
from disclosure_spec.testing.mutants.mutant import at_path, edited
from disclosure_spec.testing.mutants.of_schemas import schemas_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.document import JSONValue
    from disclosure_spec.testing.mutants.mutant import Mutant, Path
    from disclosure_spec.testing.mutants.probes import Probe

_KEYED: Final = ("properties", "patternProperties")


class Places:
    """Hold, for each schema in a schema, the values of all probes that it speaks of.

    Args:
        schema: The published schema.
        probes: What is asked; in each the document is held against this schema.
    """

    def __init__(self, schema: Mapping[str, Any], probes: Sequence[Probe]) -> None:
        self._schema = schema
        self._probes = probes
        self._holders = {path for _, path in schemas_in(schema)}
        self._before: dict[tuple[Path, str], bool] = {}

    @cached_property
    def _values(self) -> Mapping[Path, Mapping[str, tuple[JSONValue, list[Probe]]]]:
        found: defaultdict[Path, dict[str, tuple[JSONValue, list[Probe]]]] = defaultdict(dict)
        for probe in self._probes:
            for path, value in _instances(self._schema, probe.submission.document):
                # repr() tells 1 from true and 1.0, which are equal to Python.
                found[path].setdefault(repr(value), (value, []))[1].append(probe)
        return found

    def touched(self, mutant: Mutant) -> list[Probe]:
        """Return the probes in which a value is accepted at the place before the change or after it only."""
        holder = self._holder(mutant.path)
        before = _locally(self._schema, holder)
        after = _locally(edited(self._schema, mutant.path, mutant.value), holder)
        found: list[tuple[bool, Probe]] = []
        for key, (value, probes) in self._values.get(holder, {}).items():
            if (holder, key) not in self._before:
                self._before[holder, key] = bool(before(value))
            was = self._before[holder, key]
            if after(value) != was:
                # Where the rest of the document is right, its validity changes with the value's.
                found.extend((probe.expected.valid is not was, probe) for probe in probes)
        return [probe for _, probe in sorted(found, key=lambda one: one[0])]

    def _holder(self, path: Path) -> Path:
        """Return the path of the innermost schema around the change."""
        return next(path[:size] for size in range(len(path) - 1, -1, -1) if path[:size] in self._holders)


def _instances(schema: Mapping[str, Any], document: JSONValue) -> Iterator[tuple[Path, JSONValue]]:
    """Yield each schema in a schema with each value of the document that it speaks of."""
    # The published schemas keep to `properties` and `$ref`: these lead to every schema in them.
    open_: list[tuple[Path, JSONValue]] = [((), document)]
    while open_:
        path, value = open_.pop()
        yield path, value
        holder = at_path(schema, path)
        if "$ref" in holder:
            open_.append((tuple(holder["$ref"].split("/")[1:]), value))
        if isinstance(value, dict):
            inner = holder.get("properties", {})
            open_.extend(((*path, "properties", key), value[key]) for key in inner if key in value)


def _locally(schema: Mapping[str, Any], path: Path) -> Any:
    """Return the test whether the schema at a path accepts a value, whatever stands inside the value."""
    holder = at_path(schema, path)
    own = {keyword: value for keyword, value in holder.items() if keyword not in {*_KEYED, "$defs"}}
    # What stands inside has places of its own, where changes to it are looked at.
    own |= {keyword: {key: {} for key in holder[keyword]} for keyword in _KEYED if keyword in holder}
    asked = accepts({**own, "$defs": schema["$defs"]} if "$ref" in own else own)

    def answer(value: JSONValue) -> bool | None:
        try:
            return asked(value)
        except RAISED:
            return None

    return answer
