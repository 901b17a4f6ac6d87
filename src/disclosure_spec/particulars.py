"""What says whose report it is: the table of particulars that files of ours carry at their end.

The official form has no place for the kind of body, its codes or keys of one's own. They stand in a table of
their own, which may be left out when the report is published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from disclosure_spec._values import dataclass
from disclosure_spec.document import get_at, join_pointer
from disclosure_spec.edition import SEPARATOR, walk_schema
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

HEADING: Final = Wording(
    "报告基本信息（供信息系统识别，公布时可不保留）",
    "Particulars of the report (for information systems; may be left out when published)",
)
CHOICES: Final[Mapping[str, Wording]] = {
    "department": Wording("政府部门", "department"),
    "government": Wording("人民政府", "government"),
    "other": Wording("其他", "other"),
}
"""The words for what the schema lists; a value without a word is shown as it is."""

OWN_PREFIXES: Final = ("x-", "$")
"""Keys of one's own, and `$schema`: what a document holds besides the form."""
_PRINTED_ELSEWHERE: Final = ("title", "preface")


@dataclass(frozen=True, slots=True)
class Particular:
    """One row of the table.

    Attributes:
        pointer: Where it stands in the document.
        label: What the row is called.
        schema: What the schema says of it.
        required: Whether every report has it.
    """

    pointer: str
    label: Wording
    schema: Mapping[str, Any]
    required: bool


def particulars(edition: Edition) -> tuple[Particular, ...]:
    """Return the rows of an edition: what its schema has besides the form's parts, title and preface."""
    sections = {section.pointer.removeprefix("/") for section in edition.sections}
    keys = [key for key in edition.schema["properties"] if key not in {*sections, *_PRINTED_ELSEWHERE}]
    return tuple(one for key in keys for one in _below(edition, f"/{key}", edition.schema["required"]))


def _below(edition: Edition, pointer: str, required: list[str]) -> Iterator[Particular]:
    *_, step = walk_schema(edition.schema, pointer)
    if "properties" in step.schema:
        for key in step.schema["properties"]:
            inner = step.schema.get("required", []) if step.key in required else []
            yield from _below(edition, pointer + join_pointer([key]), inner)
    elif "const" not in step.schema:
        label = edition.label(pointer)
        # The last of the labels on the way says it: 报告机关 › 机关名称 is 机关名称.
        short = Wording(label.zh.rpartition(SEPARATOR)[2], label.en.rpartition(SEPARATOR)[2])
        yield Particular(pointer, short, step.schema, step.key in required)


def own_values(document: Document, edition: Edition) -> Iterator[tuple[str, JSONValue]]:
    """Yield the keys besides the form with their values: at the root and on the parts of the form."""
    for parent in ("", *(section.pointer for section in edition.sections)):
        value = get_at(document, parent)
        if isinstance(value, dict):
            own = (key for key in value if key.startswith(OWN_PREFIXES))
            yield from ((parent + join_pointer([key]), value[key]) for key in own)
