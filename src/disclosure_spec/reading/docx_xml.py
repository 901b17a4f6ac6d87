"""What the modules on Word documents share: elements by their names, whatever the namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

# What was deleted or moved away is no longer in the report; instructions of fields never were, and the
# reading printed above a character is no part of the text.
_GONE: Final = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "rPr", "pPr", "tblPr", "trPr", "tcPr"}
    | {"sdtPr", "sdtEndPr", "sectPr"}
)
_OFF: Final = frozenset({"0", "false", "off"})


def local_name(element: _Element) -> str:
    """Return the name without its namespace: the strict and the usual form of the format differ in that."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: _Element | None, name: str) -> str:
    """Return the value of an attribute; empty if there is none."""
    if element is None:
        return ""
    found = (value for key, value in element.items() if str(key).rpartition("}")[2] == name)
    return str(next(found, ""))


def child(element: _Element | None, *names: str) -> _Element | None:
    """Return the first child of a name, or go down a path of such."""
    for name in names:
        if element is None:
            break
        # By a pattern, so that elements of other names never become objects of Python: there are thousands.
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def is_on(element: _Element | None, *names: str) -> bool:
    """Tell whether a property that can be switched on is there and on."""
    found = child(element, *names)
    return found is not None and attribute(found, "val") not in _OFF


def children(parent: _Element) -> Iterator[_Element]:
    """Yield what is visible: nothing deleted, and content that is there for old and new programs once."""
    for element in parent:
        name = local_name(element)
        if name == "AlternateContent":
            chosen = next((one for one in element if len(one)), None)
            yield from () if chosen is None else children(chosen)
        elif name not in _GONE and not is_placeholder(element):
            yield element


def inside(parent: _Element, wanted: str) -> Iterator[_Element]:
    """Yield rows or cells, those in content controls and insertions too."""
    for element in parent:
        name = local_name(element)
        if name == wanted:
            yield element
        elif name not in _GONE and name not in {"p", "tbl", "tr", "tc"}:
            yield from inside(element, wanted)


def is_placeholder(control: _Element | None) -> bool:
    """Tell a content control that nobody filled in: it shows words of its own."""
    return is_on(control, "sdtPr", "showingPlcHdr")
