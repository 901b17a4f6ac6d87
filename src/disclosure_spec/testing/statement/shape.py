"""What a document must look like: the places of the form and of the envelope, and what may stand in each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from disclosure_spec.document import join_pointer, parse_pointer
from disclosure_spec.testing.statement.facts import as_number

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from fractions import Fraction

    from disclosure_spec.document import JSONValue
    from disclosure_spec.testing.judging import SchemaName
    from disclosure_spec.testing.statement.entry import Entry
    from disclosure_spec.testing.statement.paper import PrintedForm

_KINDS: Final = ("equals", "object", "whole", "number", "characters", "one_of", "matches")


@dataclass(frozen=True, slots=True)
class Leaf:
    """What may stand in one place.

    Attributes:
        draft: Whether a draft may leave it blank.
        blank: Whether every report may.
        equals: The only text allowed; `{schema}` is still to be filled in.
        numeric: Whether it is a number, `low` to `high`, `whole` or with at most so many `decimals`.
        characters: The least and the largest length of a text.
    """

    draft: bool = False
    blank: bool = False
    equals: str | None = None
    numeric: bool = False
    whole: bool = False
    decimals: int | None = None
    low: int | None = None
    high: int | None = None
    matches: re.Pattern[str] | None = None
    one_of: tuple[str, ...] | None = None

    def accepts(self, value: JSONValue, schema: SchemaName) -> bool:
        """Tell whether a schema accepts the value; it does not look at decimal places."""
        if value is None:
            return self.blank or (self.draft and schema == "draft")
        if self.numeric:
            return self.in_range(value)
        return isinstance(value, str) and self._says(value, schema)

    def _says(self, value: str, schema: SchemaName) -> bool:
        if self.equals is not None:
            return value == self.equals.replace("{schema}", schema)
        if self.one_of is not None:
            return value in self.one_of
        if self.matches is not None:
            # A whole match: `$` would let a line break at the end pass.
            return self.matches.fullmatch(value) is not None
        return self._between(len(value))

    def in_range(self, value: JSONValue) -> bool:
        """Tell whether the value is a number of the right kind between the bounds."""
        number = as_number(value)
        return number is not None and self._between(number) and (not self.whole or number.denominator == 1)

    def has_few_decimals(self, value: JSONValue) -> bool:
        """Tell whether a number has no more decimal places than allowed, zeros at the end being none."""
        number = as_number(value)
        return number is None or self.decimals is None or (number * 10**self.decimals).denominator == 1

    def _between(self, number: int | Fraction) -> bool:
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


@dataclass(frozen=True, slots=True)
class Branch:
    """An object: its keys, those of them it must have, and whether keys of one's own are allowed."""

    children: dict[str, Branch | Leaf] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)
    open: bool = False


class Violation(NamedTuple):
    """A place that is not as it must be; there is a leaf and a value unless a key is missing or unknown."""

    keys: tuple[str, ...]
    leaf: Leaf | None
    value: JSONValue

    @property
    def pointer(self) -> str:
        """Return the place as a pointer."""
        return join_pointer(self.keys)


class Shape:
    """Hold the places of a document.

    Attributes:
        root: The outermost object.
        names: Pointers by the names the authored file gives them.
        types: What may stand in a place of the form, by its type.
    """

    def __init__(self, envelope: Entry, form: PrintedForm, edition: str) -> None:
        keys = envelope.keys(("spec_version", "places", "types", "own_keys"))
        self.root = Branch(open=True)
        self.names: dict[str, str] = {}
        self.types = {name: _leaf(one, edition) for name, one in keys["types"].named()}
        self._own = keys["own_keys"].pattern()
        for one in keys["places"].items():
            self._add_place(one, edition)
        for part in form.parts:
            if not part.cells:
                self._add(part.pointer, self.types["text"])
                self.names[part.name] = part.pointer
                continue
            self._add(part.pointer, Branch(open=True))
            for cell in part.cells:
                self._add(cell.pointer, self.types[cell.type])
                if cell.unit:
                    # Not printed, so a report of a body that procured nothing has none to give.
                    self._add(join_pointer(cell.unit), Leaf(blank=True, one_of=cell.units))

    def violations(self, document: JSONValue, schema: SchemaName) -> Iterator[Violation]:
        """Yield each place of a document that a schema does not accept."""
        return self._violations(self.root, document, (), schema)

    def _violations(
        self, node: Branch | Leaf, value: JSONValue, path: tuple[str, ...], schema: SchemaName
    ) -> Iterator[Violation]:
        if isinstance(node, Leaf):
            if not node.accepts(value, schema):
                yield Violation(path, node, value)
            return
        if not isinstance(value, dict):
            yield Violation(path, None, value)
            return
        for key, child in value.items():
            if key in node.children:
                yield from self._violations(node.children[key], child, (*path, key), schema)
            # What is below a key of one's own is nobody else's business.
            elif not (node.open and self._own.match(key)):
                yield Violation((*path, key), None, child)
        for key in node.required - value.keys():
            yield Violation((*path, key), None, None)

    def _add_place(self, entry: Entry, edition: str) -> None:
        keys = entry.keys(("name", "at"), ("required", "draft", *_KINDS))
        pointer = keys["at"].text()
        self.names[keys["name"].text()] = pointer
        self._add(
            pointer, Branch() if "object" in keys else _leaf(entry, edition), required="required" in keys
        )

    def _add(self, pointer: str, node: Branch | Leaf, *, required: bool = True) -> None:
        *above, last = parse_pointer(pointer)
        branch = self.root
        for key in above:
            # The form prints no label for each object on the way; it is required with what it holds.
            if key not in branch.children:
                branch.required.add(key)
            child = branch.children.setdefault(key, Branch())
            if isinstance(child, Leaf):
                # A place below a value is a mistake in the form itself, not in the statement.
                raise TypeError(pointer)
            branch = child
        branch.children[last] = node
        if required:
            branch.required.add(last)


def _leaf(entry: Entry, edition: str) -> Leaf:
    keys = entry.keys((), ("name", "at", "required", "draft", "decimals", *_KINDS))
    numeric = next((keys[one] for one in ("whole", "number") if one in keys), None)
    bounds = numeric or keys.get("characters")
    low, high = bounds.bounds() if bounds else (None, None)
    return Leaf(
        draft="draft" in keys and keys["draft"].flag(),
        equals=keys["equals"].text().replace("{edition}", edition) if "equals" in keys else None,
        numeric=numeric is not None,
        whole="whole" in keys,
        decimals=keys["decimals"].whole() if "decimals" in keys else None,
        low=low,
        high=high,
        matches=keys["matches"].pattern() if "matches" in keys else None,
        one_of=keys["one_of"].texts() if "one_of" in keys else None,
    )
