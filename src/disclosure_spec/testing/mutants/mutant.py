"""A mutant: an edition with one thing changed in one of its published files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from disclosure_spec.document import MISSING, join_pointer
from disclosure_spec.edition import SEPARATOR, Edition
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Mapping


File = Literal["rules", "report", "draft"]
Path = tuple[str | int, ...]
RULES: Final = "rules"
"""The key of the rules in `rules.json`, and the file itself among those of an edition."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """Name the one change; what is published is never touched.

    Attributes:
        id: Unique and stable: edition, file, place, kind and new value.
        edition: The edition changed.
        kind: What was done, a key of `KINDS`.
        file: `rules`, or the `report` or `draft` schema.
        path: Keys and indexes from the root of the file to what is changed.
        value: What stands there instead; `MISSING` where it is dropped.
        rule: The rule changed; empty for a schema.
    """

    id: str
    edition: str
    kind: str
    file: File
    path: Path
    value: Any
    rule: str = ""

    def place(self, edition: Edition) -> Wording:
        """Return where the change is, in the words of the form."""
        published = _file(edition, self.file)
        words = list(_rule_words(published, self.path, edition)) if self.rule else []
        if not words:
            pointer = join_pointer(str(one) for one in self.path)
            words = [Wording(pointer, pointer)]
        return Wording(*(SEPARATOR.join(one.get(language) for one in words) for language in LANGUAGES))


def changed(edition: Edition, mutant: Mutant) -> Edition:
    """Return the edition with the change of the mutant; the one given stays as it is."""
    published = edited(_file(edition, mutant.file), mutant.path, mutant.value)
    return Edition(
        edition.form,
        published if mutant.file == "rules" else edition.published_rules,
        published if mutant.file == "report" else edition.schema,
        published if mutant.file == "draft" else edition.draft_schema,
    )


def edited(published: Any, path: Path, value: Any) -> Any:
    """Return JSON values with one of them replaced, dropped, or added at the end of a list."""
    if not path:
        return value
    key, *rest = path
    # Only what lies on the path is copied; the rest of a large file is shared.
    copy = published.copy()
    if rest:
        copy[key] = edited(published[key], tuple(rest), value)
    elif value is MISSING:
        del copy[key]
    elif isinstance(copy, list) and key == len(copy):
        copy.append(value)
    else:
        copy[key] = value
    return copy


def at_path(published: Any, path: Path) -> Any:
    """Return what stands at a path, or `MISSING`."""
    for key in path:
        # Where something is added, nothing stands yet.
        inside = key < len(published) if isinstance(key, int) else key in published
        if not inside:
            return MISSING
        published = published[key]
    return published


def mutated_rule(edition: Edition, mutant: Mutant) -> Mapping[str, Any] | None:
    """Return the rule as the mutant has it; None where the whole rule is dropped."""
    _, index, *rest = mutant.path
    rule: Mapping[str, Any] = edition.published_rules[RULES][index]
    return edited(rule, tuple(rest), mutant.value) if rest else None


def _file(edition: Edition, file: File) -> Mapping[str, Any]:
    return {"rules": edition.published_rules, "report": edition.schema, "draft": edition.draft_schema}[file]


def _rule_words(published: Mapping[str, Any], path: Path, edition: Edition) -> list[Wording]:
    """Return the titles on the way down a rule: its own, the equation's, the cell's, the head's."""
    words: list[Wording] = []
    value: Any = published
    for key in path:
        value = value[key]
        match value:
            # Whatever has a title on the way down is named, from the rule to the cell.
            case {"title": title} | {"where": title}:
                words.append(Wording.from_json(title))
            case [int(), str(pointer), *_]:
                words.append(edition.label(pointer))
            case str(text) if isinstance(key, int):
                words.append(edition.label(text) if text.startswith("/") else Wording(text, text))
    return words
