"""Documents that are not as they must be, each in one place, or in one way everywhere."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from disclosure_spec.testing.statement.changes import put, without
from disclosure_spec.testing.statement.facts import value_at
from disclosure_spec.testing.statement.shape import Branch, Leaf

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.testing.judging import SchemaName
    from disclosure_spec.testing.statement.shape import Shape

_WRONG: Final[tuple[JSONValue, ...]] = (None, True, 7, "?", [])
_NO_OBJECTS: Final[tuple[JSONValue, ...]] = (None, [], "", 0)
_HALF: Final = Decimal("0.5")
_ODD_KEYS: Final = ("unknown", "x-own", "x-", "x_1", "X-own", "x-A", "ax-own", "a/b~c")


def structure_variants(shape: Shape, document: Document) -> Iterator[tuple[Document, SchemaName]]:
    """Yield the document with keys gone, keys too many and values of the wrong kind, and the schema asked.

    Missing and unknown keys are told by the structure rule, which looks at the report schema whichever schema
    is asked besides; of values it leaves some to other rules, so those are put to both.
    """
    for value in _NO_OBJECTS:
        # Not what the type asks for: whether a system sees that is the question.
        yield cast("Document", value), "report"
        yield cast("Document", value), "draft"
    for changed in _objects(shape, document):
        yield changed, "draft"
    for changed in (*_values_everywhere(shape, document), *_rows_everywhere(shape, document)):
        yield changed, "draft"
        yield changed, "report"


def _objects(shape: Shape, document: Document) -> Iterator[Document]:
    told: set[tuple[object, ...]] = set()
    for path, node in _branches(shape.root, ()):
        if path:
            # Each row by itself, for a schema could forget to say what is in one of them.
            yield put(document, path, [])
        if (alike := _columns(node)) not in told:
            told.add(alike)
            if path:
                yield put(document, path, None)
            yield from _keys(document, path, node)


def _values_everywhere(shape: Shape, document: Document) -> Iterator[Document]:
    told: set[tuple[object, ...]] = set()
    for path, node in _branches(shape.root, ()):
        if (alike := _columns(node)) not in told:
            told.add(alike)
            yield from _leaves(document, path, node)


def _columns(node: Branch) -> tuple[object, ...]:
    """Return what rows with the same columns share: one of them stands for all."""
    return tuple((key, id(child)) for key, child in node.children.items())


def _branches(node: Branch, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Branch]]:
    yield path, node
    for key, child in node.children.items():
        if isinstance(child, Branch):
            yield from _branches(child, (*path, key))


def _leaves(document: Document, path: tuple[str, ...], node: Branch) -> Iterator[Document]:
    """Yield the document with the values of each leaf; of cells of one type in a row the first has all."""
    seen = set()
    for key, child in node.children.items():
        if isinstance(child, Leaf):
            is_like_another = path and id(child) in seen
            seen.add(id(child))
            # A schema names the type column by column and could forget it in one, so none goes without.
            values = _refused(child) if is_like_another else _values(child)
            yield from (put(document, (*path, key), value) for value in values)


def _keys(document: Document, path: tuple[str, ...], node: Branch) -> Iterator[Document]:
    for key in node.children:
        yield without(document, (*path, key))
    for key in _ODD_KEYS if node.open else _ODD_KEYS[:2]:
        yield put(document, (*path, key), 1)


def _refused(leaf: Leaf) -> Iterator[JSONValue]:
    """Yield a mark, and numbers that are too small, no whole ones, or too large."""
    yield "/"
    if leaf.low is not None:
        yield from (leaf.low - 1, leaf.low + _HALF)
    if leaf.high is not None:
        yield leaf.high + 1


def _values(leaf: Leaf) -> Iterator[JSONValue]:
    yield from _WRONG
    if leaf.numeric:
        # Within the bounds, so that only a whole number being asked for keeps it out.
        yield (leaf.low or 0) + _HALF
        yield from (
            bound + step for bound in (leaf.low, leaf.high) if bound is not None for step in (-1, 0, 1)
        )
        return
    if leaf.one_of is not None:
        # A choice of nothing is the one most easily let in.
        yield from (*leaf.one_of, "")
    elif leaf.equals is not None:
        yield from (leaf.equals.replace("{schema}", name) for name in ("report", "draft"))
    elif leaf.matches is not None:
        yield from _near(leaf.matches)
    else:
        yield from ("字" * (bound + step) for bound in (leaf.low, leaf.high) if bound for step in (-1, 0, 1))


def _near(matches: re.Pattern[str]) -> Iterator[str]:
    """Yield a text a pattern asks for, some longer or shorter by a sign, and some with a sign it refuses."""
    plain = next(
        (one for one in ("0000-00-00", *("0" * n for n in range(1, 40))) if matches.fullmatch(one)), ""
    )
    yield from (plain, plain[1:], f"{plain}0", f"{plain}\n", f" {plain[1:]}")
    yield from (sign + plain[1:] for sign in "AZIOSVa０-")
    yield from (plain[:-1] + sign for sign in "AI")


def _rows_everywhere(shape: Shape, document: Document) -> Iterator[Document]:
    """Yield the document with the same thing wrong in every row of every table."""
    rows = [
        (path, node)
        for path, node in _branches(shape.root, ())
        if not any(isinstance(one, Branch) for one in node.children.values())
    ]
    # Rows have columns of different number; a short one loses its first again.
    widest = max((len(node.children) for _, node in rows), default=0)
    for column in range(widest):
        lacking = document
        for path, node in rows:
            lacking = without(lacking, (*path, list(node.children)[column % len(node.children)]))
        yield lacking
    for key in _ODD_KEYS[:2]:
        crowded = document
        for path, _ in rows:
            crowded = put(crowded, (*path, key), value_at(document, path) is not None)
        yield crowded
    for value in _WRONG:
        changed = document
        for path, node in rows:
            for key in node.children:
                changed = put(changed, (*path, key), value)
        yield changed
