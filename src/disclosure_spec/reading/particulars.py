"""The table of particulars at the end of files of ours: who reports for which year, exactly as filled in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from disclosure_spec._values import dataclass, field, replace
from disclosure_spec.errors import InputError
from disclosure_spec.grid import Paragraph, Role, Table
from disclosure_spec.particulars import CHOICES, HEADING, OWN_PREFIXES, particulars
from disclosure_spec.reading.labels import normalise
from disclosure_spec.reading.values import printed, read_whole
from disclosure_spec.strict_json import loads_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.grid import Block, Content
    from disclosure_spec.particulars import Particular
    from disclosure_spec.place import Place

_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the table says, by pointer, and where; a row that is there and blank is None."""

    values: Mapping[str, JSONValue] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


def take_particulars(content: Content, edition: Edition) -> tuple[Content, Particulars | None]:
    """Return the content without the table of particulars and its heading, and what the table says."""
    rows = _rows(edition)
    for block in content.blocks:
        if isinstance(block, Table) and _is_particulars(block, rows):
            others = tuple(one for one in content.blocks if one is not block and not _is_heading(one))
            return replace(content, blocks=others), _read(block, rows)
    return content, None


@lru_cache(maxsize=32)
def _rows(edition: Edition) -> Mapping[str, Particular]:
    return {normalise(one.label.zh): one for one in particulars(edition)}


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and (
        block.role is Role.PARTICULARS or normalise(block.text) == normalise(HEADING.zh)
    )


def _is_particulars(table: Table, rows: Mapping[str, Particular]) -> bool:
    labels = [row[0].text for row in table.rows if len(row) == _COLUMNS]
    known = [label for label in labels if normalise(label) in rows]
    # Its own labels and keys of one's own, nothing else: sites have tables of their own about a report.
    return len(known) > 1 and all(normalise(one) in rows or _is_own(one) for one in labels)


def _is_own(label: str) -> bool:
    return label.startswith("/") and label.rpartition("/")[2].startswith(OWN_PREFIXES)


def _read(table: Table, rows: Mapping[str, Particular]) -> Particulars:
    values: dict[str, JSONValue] = {}
    places: dict[str, Place] = {}
    for row in table.rows:
        if len(row) != _COLUMNS:
            continue
        label, cell = row
        known = rows.get(normalise(label.text))
        pointer = known.pointer if known else label.text
        values[pointer] = _value(cell.text, known.schema) if known else _own_value(cell.text)
        places[pointer] = cell.place
    return Particulars(values, places)


def _value(text: str, schema: Mapping[str, Any]) -> JSONValue:
    shown = printed(text)
    if not shown:
        return None
    if schema.get("type") == "integer":
        number = read_whole(shown)
        return shown if number is None else number
    named = {normalise(words.zh): value for value, words in CHOICES.items()}
    return named.get(normalise(shown), shown) if "enum" in schema else shown


def _own_value(text: str) -> JSONValue:
    try:
        return loads_json(text)
    except InputError:
        # Somebody wrote into it by hand; a key of one's own may hold a text.
        return text
