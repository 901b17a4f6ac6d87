"""A report made whole at the places that break the schema, so that what it says elsewhere can be trusted.

The rules that look at none of these places say the same of the report as it is and of the report made whole,
whose shape is beyond doubt; only the others have to be evaluated.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from disclosure_spec.checking.cells import concerned
from disclosure_spec.checking.dates import YEAR_POINTER
from disclosure_spec.checking.express.shape import resolve
from disclosure_spec.document import MISSING, get_at, join_pointer, with_value
from disclosure_spec.rules import CellsTest, DateTest, LinearTest, SchemaTest, TextTest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.checking.subset import Breach
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Cell, Edition
    from disclosure_spec.rules import Rule


class Mended(NamedTuple):
    """A report made whole.

    Attributes:
        removed: What stood where it was not, by pointer.
    """

    document: Document
    removed: Mapping[str, JSONValue]


class Mender:
    """Make reports of an edition whole, and tell what that leaves untouched.

    Attributes:
        doubtful: The cells of which the shape does not say all there is to say.
    """

    def __init__(self, edition: Edition) -> None:
        self._model = _harmless(edition.schema, edition.schema["$defs"])
        self._rules_on: dict[str, set[int]] = defaultdict(set)
        self._rules_above: dict[str, set[int]] = defaultdict(set)
        for position, rule in enumerate(edition.rules):
            for pointer in _operands(rule, edition):
                self._rules_on[pointer].add(position)
                for above in _above(pointer):
                    self._rules_above[above].add(position)
        kinds = edition.schema["$defs"]
        self.doubtful = [
            cell for cell in edition.cells if cell.unit_pointer or kinds[cell.type]["type"] != "integer"
        ]
        self._cells: dict[str, list[Cell]] = defaultdict(list)
        for cell in edition.cells:
            for pointer in (cell.pointer, *_above(cell.pointer)):
                self._cells[pointer].append(cell)

    def mended(self, document: Document, breaches: Sequence[Breach]) -> Iterator[Mended]:
        """Yield a report with something harmless, or nothing, in place of all that breaks the schema.

        Then the same with what keeps the schema in an unusual way: a count written 3.0, an object under a key
        of one's own.
        """
        paths = [path for breach in breaches for path in breach.places]
        if paths:
            yield self.mend(document, paths)
        yield self.mend(document, [*paths, *_unusual(document, self._model, ())])

    def mend(self, document: Document, paths: Iterable[Sequence[str]]) -> Mended:
        """Return a report with something harmless, or nothing, at some places."""
        mended: Document = document
        removed: dict[str, JSONValue] = {}
        for path in paths:
            pointer = join_pointer(path)
            if pointer not in removed:
                stands = get_at(mended, pointer)
                removed[pointer] = None if stands is MISSING else stands
                harmless = get_at(self._model, pointer)
                if harmless is not MISSING:
                    mended = with_value(mended, pointer, harmless)
                elif stands is not MISSING:
                    mended = _without(mended, path)
        return Mended(mended, removed)

    def rules_touched(self, places: Iterable[str]) -> set[int]:
        """Return the positions of the rules that look at one of the places, at what is in it or around it."""
        touched = {*self._rules_on[_EVERYTHING]}
        for pointer in places:
            touched |= self._rules_above.get(pointer, _NONE)
            for one in (pointer, *_above(pointer)):
                touched |= self._rules_on.get(one, _NONE)
        return touched

    def cells_touched(self, places: Iterable[str]) -> set[Cell]:
        """Return the cells that are at one of the places or in it."""
        return {cell for pointer in places for cell in self._cells.get(pointer, ())}


_EVERYTHING: Final = ""
_NONE: Final[frozenset[int]] = frozenset()


def _above(pointer: str) -> Iterator[str]:
    """Yield the pointers of the objects that a pointer is in, but the document itself."""
    above = pointer.rpartition("/")[0]
    while above:
        yield above
        above = above.rpartition("/")[0]


def _operands(rule: Rule, edition: Edition) -> Iterator[str]:
    """Yield the pointers of all that a rule looks at."""
    for every in rule.applies_when:
        for condition in every:
            yield from condition.pointers
    match rule.test:
        case SchemaTest():
            yield _EVERYTHING
        case CellsTest(require):
            yield from _with_units(concerned(require, edition))
        case LinearTest(equations=equations):
            # Without other reports beside it, an equation on those is not looked at.
            own = [one.terms for one in equations if all(term.of == "document" for term in one.terms)]
            pointers = {term.pointer for terms in own for term in terms}
            yield from _with_units([edition.cell_at[one] for one in pointers if one in edition.cell_at])
        case TextTest(pointers=parts):
            yield from parts
        case DateTest(checks):
            yield YEAR_POINTER
            yield from (check.pointer for check in checks)


def _with_units(cells: Iterable[Cell]) -> Iterator[str]:
    for cell in cells:
        yield cell.pointer
        if cell.unit_pointer:
            yield cell.unit_pointer


def _unusual(value: Document, model: JSONValue, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the paths of all that is neither text nor a whole number nor an object of the form."""
    beside = model if isinstance(model, dict) else {}
    for key, one in value.items():
        # Nearly all values are one of these.
        if type(one) is int or type(one) is str:
            continue
        if isinstance(one, dict) and isinstance(beside.get(key), dict):
            yield from _unusual(one, beside[key], (*path, key))
        else:
            yield (*path, key)


def _without(document: Document, path: Sequence[str]) -> Document:
    above = join_pointer(path[:-1])
    parent = get_at(document, above)
    kept = parent if isinstance(parent, dict) else {}
    return with_value(document, above, {key: value for key, value in kept.items() if key != path[-1]})


def _harmless(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> JSONValue:
    """Return a value that a schema accepts, as far as it tells one; of what may be left out only objects."""
    schema = resolve(schema, definitions)
    harmless: JSONValue = "0" * schema.get("minLength", 0)
    match schema:
        case {"properties": properties}:
            harmless = {
                key: _harmless(one, definitions)
                for key, one in properties.items()
                if key in schema.get("required", ()) or "properties" in resolve(one, definitions)
            }
        case {"const": value} | {"enum": [value, *_]} | {"examples": [value, *_]}:
            harmless = value
        case {"type": "integer" | "number"}:
            harmless = max(0, schema.get("minimum", 0))
    return harmless
