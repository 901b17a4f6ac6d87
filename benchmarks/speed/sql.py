"""The published sums as SQL, for engines that would do the rules themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.speed.rivals import library, own_sums
from disclosure_spec.document import parse_pointer

if TYPE_CHECKING:
    from benchmarks.speed.contest import Work
    from benchmarks.speed.setting import Setting
    from disclosure_spec.edition import Edition


def broken_rules(edition: Edition, quote: str) -> dict[str, str]:
    """Return for each rule the condition that a report breaks it; a report with a blank there does not."""
    found: dict[str, list[str]] = {}
    for rule, equation in own_sums(edition):
        terms = [
            f"{term.coefficient} * " + ".".join(f"{quote}{key}{quote}" for key in parse_pointer(term.pointer))
            for term in equation.terms
        ]
        found.setdefault(rule, []).append(f"not ({' + '.join(terms)} {equation.relation} 0)")
    return {rule: " or ".join(parts) for rule, parts in found.items()}


def tree(edition: Edition) -> dict[str, Any]:
    """Return the cells as nested names, each with its type at the end."""
    root: dict[str, Any] = {}
    for cell in edition.cells:
        *path, last = parse_pointer(cell.pointer)
        node = root
        for key in path:
            node = node.setdefault(key, {})
        node[last] = cell.type
    return root


def duckdb_type(node: Any) -> str:
    """Return the type of a column of cells in DuckDB."""
    if isinstance(node, dict):
        return "STRUCT(" + ", ".join(f'"{key}" {duckdb_type(one)}' for key, one in node.items()) + ")"
    return "DECIMAL(38, 6)" if node == "amount" else "BIGINT"


def spark_type(node: Any) -> str:
    """Return the type of a column of cells in Spark."""
    if isinstance(node, dict):
        return "STRUCT<" + ", ".join(f"`{key}`: {spark_type(one)}" for key, one in node.items()) + ">"
    return "DECIMAL(38, 6)" if node == "amount" else "BIGINT"


def duckdb_work(setting: Setting, file: Any) -> Work | None:
    """Return the work of finding the broken sums of a batch with DuckDB; it says which rule, no more.

    Texts, dates and the shape of a report are not looked at, nor is its process started anew, as ours is.
    """
    duckdb = library("duckdb")
    if duckdb is None:
        return None
    columns = ", ".join(f"'{key}': '{duckdb_type(one)}'" for key, one in tree(setting.edition).items())
    rules = broken_rules(setting.edition, '"')
    found = ", ".join(f"CASE WHEN {condition} THEN '{rule}' END" for rule, condition in rules.items())
    source = (
        f"read_json('{file}', format='newline_delimited', ignore_errors=true, maximum_object_size=16777216, "
        f"columns={{{columns}}})"
    )
    out = setting.folder / "duckdb.csv"
    broken = f"list_filter([{found}], lambda one: one IS NOT NULL)"
    query = (
        f"COPY (SELECT broken FROM (SELECT {broken} AS broken FROM {source}) WHERE len(broken) > 0) "  # noqa: S608 - all names are ours
        f"TO '{out}' (FORMAT csv)"
    )
    count = int(file.stem.rpartition("-")[2])

    def go() -> int:
        connection = duckdb.connect()
        connection.execute("SET threads=2")
        connection.execute(query)
        connection.close()
        return count

    return go
