"""Parquet in and out, by pyarrow; extra `[batch]`.

In: one column of JSON, text or bytes, a report a row. Columns for the parts of a report are not read: Arrow
cannot tell a blank from a key that is not there, and the form can. Out: a row for each report, its findings
a list in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.batch.task import Item
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from disclosure_spec.batch.record import Record
    from disclosure_spec.checking import Finding

try:
    import pyarrow as pa
    from pyarrow import parquet as pq
except ImportError as error:
    raise UsageError(
        "extra.batch",
        Wording(
            "读写Parquet文件需要pyarrow：pip install 'disclosure-spec[batch]'",
            "Parquet files need pyarrow: pip install 'disclosure-spec[batch]'",
        ),
    ) from error

_ROWS: Final = 64
_GROUP: Final = 1_000
"""Rows of a group of the output: what is held in memory until it is written."""

_DAMAGED: Final = Wording(
    "Parquet文件已损坏，无法读取；请重新取得该文件。",
    "The Parquet file is damaged and cannot be read; get it once more.",
)
_COLUMNS: Final = Wording(
    "应有一列JSON文本（一行一份报告）；文本列现有{count}列。有多列的，报告一列请命名为“{wanted}”。",
    "There must be one column of JSON text, a report a row; there are {count} columns of text. Where "
    "there are several, call that of the reports “{wanted}”.",
)
_REPORT: Final = "report"
_NULL: Final = Wording("这一行没有报告。", "There is no report in this row.")

_words = pa.struct([("zh", pa.string()), ("en", pa.string())])
_finding = pa.struct(
    [
        ("rule", pa.string()),
        ("severity", pa.string()),
        ("message", _words),
        ("pointers", pa.list_(pa.string())),
        ("expected", pa.string()),
        ("found", pa.string()),
        ("difference", pa.string()),
    ]
)
SCHEMA: Final = pa.schema(
    [
        ("name", pa.string()),
        ("line", pa.int64()),
        ("row", pa.int64()),
        ("verdict", pa.string()),
        ("reporting_body", pa.string()),
        ("report_year", pa.int64()),
        ("form_edition", pa.string()),
        ("errors", pa.int64()),
        ("warnings", pa.int64()),
        ("infos", pa.int64()),
        ("findings", pa.list_(_finding)),
        ("notes", pa.list_(_words)),
    ]
)
"""The columns of the output; what is expected and found stands as JSON, as it may be a number or a text."""


def rows(name: str) -> Iterator[Item]:
    """Yield the reports of a Parquet file, a row each."""
    try:
        with pq.ParquetFile(name) as file:
            column = _column(file.schema_arrow)
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS, columns=[column]):
                for value in batch.column(0):
                    number += 1
                    yield _item(name, number, value.as_py())
    except pa.ArrowException:
        yield Item(name, error=InputError("file.damaged", _DAMAGED))
    except InputError as error:
        yield Item(name, error=error)


def write(records: Iterable[Record], path: Path) -> None:
    """Write records to a Parquet file, some thousand at a time; it appears when it is complete."""
    # A file that is given up would be closed, and look like one of fewer reports.
    aside = path.with_name(path.name + ".new")
    try:
        with pq.ParquetWriter(aside, SCHEMA, compression="zstd") as writer:
            held: list[dict[str, Any]] = []
            for record in records:
                held.append(_row(record))
                if len(held) == _GROUP:
                    writer.write_table(pa.Table.from_pylist(held, SCHEMA))
                    held = []
            writer.write_table(pa.Table.from_pylist(held, SCHEMA))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _column(schema: pa.Schema) -> str:
    # Names decide only between several: which column a report is in, its kind tells first.
    texts = [field.name for field in schema if _is_text(field.type)]
    if len(texts) == 1:
        return str(texts[0])
    if texts.count(_REPORT) == 1:
        return _REPORT
    raise InputError("parquet.columns", _COLUMNS.fill(count=len(texts), wanted=_REPORT))


def _is_text(kind: pa.DataType) -> bool:
    tests = (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    return any(test(kind) for test in tests)


def _item(name: str, number: int, value: str | bytes | None) -> Item:
    if value is None:
        return Item(name, row=number, error=InputError("parquet.null", _NULL))
    return Item(name, value.encode() if isinstance(value, str) else value, row=number)


def _row(record: Record) -> dict[str, Any]:
    result = record.result
    return {
        "name": record.name,
        "line": record.line,
        "row": record.row,
        "verdict": result.verdict.value,
        "reporting_body": result.body,
        "report_year": result.report_year,
        "form_edition": result.form_edition,
        **{f"{severity}s": count for severity, count in result.counts.items()},
        "findings": [_finding_row(one) for one in result.findings],
        "notes": [one.wording.as_json() for one in result.notes],
    }


def _finding_row(finding: Finding) -> dict[str, Any]:
    figures = {"expected": finding.expected, "found": finding.found, "difference": finding.difference}
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message.as_json(),
        "pointers": list(finding.pointers),
        **{
            key: None if one is None else dumps_json(one, indent=None).strip() for key, one in figures.items()
        },
    }
