"""Parquet in and out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from disclosure_spec.batch import check_files, check_many
from disclosure_spec.batch.parquet import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from disclosure_spec.batch import Record


@pytest.mark.parametrize("kind", [pa.string(), pa.binary(), pa.large_string(), pa.large_binary()])
def test_column_of_reports_is_read(tmp_path: Path, good: bytes, bad: bytes, kind: pa.DataType) -> None:
    """A column of JSON gives a record a row; a row without report is one too."""
    path = tmp_path / "a.parquet"
    texts = [good.decode(), None, bad.decode(), "broken"]
    values = texts if "string" in str(kind) else [one and one.encode() for one in texts]
    pq.write_table(pa.table({"id": [1, 2, 3, 4], "json": pa.array(values, kind)}), path)

    records = list(check_files([str(path)]))

    assert [one.row for one in records] == [1, 2, 3, 4]
    verdicts = [one.result.verdict.value for one in records]
    assert verdicts == ["conforms", "cannot_tell", "does_not_conform", "cannot_tell"]
    assert records[1].result.notes[0].code == "parquet.null"


def test_of_several_columns_one_must_be_called_report(tmp_path: Path, good: bytes) -> None:
    """Which of several texts the report is, nobody guesses."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"id": ["1"], "json": [good.decode()]}), path)
    (unclear,) = check_files([str(path)])
    pq.write_table(pa.table({"id": ["1"], "report": [good.decode()]}), path)
    (clear,) = check_files([str(path)])

    assert unclear.result.notes[0].code == "parquet.columns"
    assert clear.result.verdict.value == "conforms"


def test_damaged_file_is_one_record(tmp_path: Path) -> None:
    """A file that only begins like Parquet does not stop the run."""
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and no more")

    (record,) = check_files([str(path)])

    assert record.result.notes[0].code == "file.damaged"


def test_output_has_a_row_for_every_report(make_file: Callable[[int], Path]) -> None:
    """Rows say what the lines say: place, verdict, counts, findings."""
    path, output = make_file(200), make_file(1).with_name("out.parquet")
    records = list(check_files([str(path)]))

    write(records, output)
    rows = pq.read_table(output).to_pylist()

    for record, row in zip(records, rows, strict=True):
        line = json.loads(record.encode())
        assert (row["name"], row["line"], row["verdict"]) == (str(path), record.line, line["verdict"])
        assert row["errors"] == line["counts"]["error"]
        assert [one["rule"] for one in row["findings"]] == [one["rule"] for one in line["findings"]]
        assert [one["message"] for one in row["findings"]] == [one["message"] for one in line["findings"]]
        assert [one["zh"] for one in row["notes"]] == [one["message"]["zh"] for one in line["notes"]]


def test_run_that_fails_leaves_no_file(tmp_path: Path) -> None:
    """A file of fewer reports than there were is worse than none."""

    def failing() -> Iterator[Record]:
        yield from check_many([b"{}"])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(failing(), tmp_path / "out.parquet")

    assert list(tmp_path.iterdir()) == []
