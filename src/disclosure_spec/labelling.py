"""Labels of several cells side by side, each as short as it can be."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.edition import SEPARATOR
from disclosure_spec.wording import LANGUAGES, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_spec.edition import Edition


def short_labels(pointers: Iterable[str], edition: Edition) -> Mapping[str, Wording]:
    """Return each cell's label without the labels that all of them share."""
    paths = {pointer: edition.cell_at[pointer].label for pointer in pointers}
    short: dict[str, list[str]] = {pointer: [] for pointer in paths}
    for language in LANGUAGES:
        split = {pointer: label.get(language).split(SEPARATOR) for pointer, label in paths.items()}
        shared = set.intersection(*(set(parts) for parts in split.values())) if len(split) > 1 else set()
        for pointer, parts in split.items():
            # Where all labels are shared, the last of them still has to stand for the cell.
            own = [part for part in parts if part not in shared] or parts[-1:]
            short[pointer].append(SEPARATOR.join(own))
    return {pointer: Wording(*texts) for pointer, texts in short.items()}


def labels_in_table(labels: Mapping[str, Wording]) -> Mapping[str, Wording]:
    """Return each cell's label without the heading of the table, if all cells are in one table."""
    short: dict[str, list[str]] = {pointer: [] for pointer in labels}
    for language in LANGUAGES:
        paths = {pointer: label.get(language).split(SEPARATOR) for pointer, label in labels.items()}
        begin = int(len({path[0] for path in paths.values()}) == 1)
        for pointer, path in paths.items():
            short[pointer].append(SEPARATOR.join(path[begin:]))
    return {pointer: Wording(*texts) for pointer, texts in short.items()}
