r"""The same checker on the workers of Apache Spark; extra `[spark]`.

For a table of reports, one a row, as JSON text or as the bytes of a file in any format:

    from disclosure_spec.batch.spark import Columns, check_frame
    records = check_frame(spark.table("reports"), Columns("report", keep=("organ_id",)))
    records.where("verdict = 'does_not_conform'").select("organ_id", "record")

Reports are long for rows: with `spark.sql.execution.arrow.maxRecordsPerBatch` at `ROWS_AT_ONCE` instead of
10,000, Python checks while Spark reads on, and holds some megabytes instead of a hundred. `main` sees to it.

For files of lines on a cluster, where `venv-pack -o checker.tar.gz` has packed the package and its libraries
once, and `check.py` is `from disclosure_spec.batch.spark import main; main()`:

    spark-submit --master yarn --deploy-mode cluster --archives checker.tar.gz#checker \
        --conf spark.pyspark.python=./checker/bin/python \
        check.py hdfs:///reports/2024 hdfs:///checked/2024

On one machine `python -m disclosure_spec.batch.spark reports.ndjson checked` does the same.

Dask needs no entry of its own; a task checks a file:

    from pathlib import Path
    import dask
    from disclosure_spec.batch import check_lines

    @dask.delayed
    def check(source, target):
        with source.open("rb") as lines, target.open("wb") as records:
            records.writelines(check_lines(lines, name=source.name))

    files = sorted(Path("reports").glob("*.ndjson"))
    dask.compute([check(file, Path("checked") / file.name) for file in files])
"""

from __future__ import annotations

import argparse
import pickle
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec._values import dataclass
from disclosure_spec.batch.examining import Examiner, Terms
from disclosure_spec.batch.task import Item
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame

    from disclosure_spec.checking import Result

_TYPES: Final = {
    "reporting_body": "string",
    "report_year": "int",
    "verdict": "string",
    "errors": "int",
    "warnings": "int",
    "infos": "int",
    "record": "string",
}
RECORD_COLUMNS: Final = ", ".join(f"{name} {kind}" for name, kind in _TYPES.items())
"""What `check_batches` yields behind the columns kept, as Spark declares it; `record` is what is written."""

ROWS_AT_ONCE: Final = 500
"""Reports that Spark should hand over at a time, some 5 MB of them."""

_AT_ONCE: Final = "spark.sql.execution.arrow.maxRecordsPerBatch"
_YEARS: Final = range(10_000)
_HAS_TEXT: Final = r"[^ \t\r\n]"
_NEEDS: Final = Wording(
    "在Spark上检查需要pyspark：pip install 'disclosure-spec[spark]'",
    "Checking on Spark needs pyspark: pip install 'disclosure-spec[spark]'",
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns of a table say what.

    Attributes:
        report: The reports, as text or bytes.
        name: What to call each in its record; nothing when None.
        row: The place of each. Where it is given, reports are JSON, as lines of a file are; otherwise each
            is a file by itself, in any format that can be read.
        keep: Those to hand on, by which to find the report again.
    """

    report: str = "value"
    name: str | None = None
    row: str | None = None
    keep: tuple[str, ...] = ()


_LINES: Final = Columns(name="name", row="row")


def check_batches(
    columns: Columns | None = None, terms: Terms | None = None
) -> Callable[[Iterable[RecordBatch]], Iterator[RecordBatch]]:
    """Return the function over Arrow batches for `DataFrame.mapInArrow`; it gives a row for every row.

    It can be pickled, and makes its checker once for each Python process that runs it.

    Args:
        columns: Where the reports stand; in a column `value`, as of a text file, when None.
        terms: By what reports are checked.
    """
    # As bytes, by which a process can tell whether it has the checker already.
    return partial(_checked, columns=columns or Columns(), terms=pickle.dumps(terms or Terms()))


def check_frame(frame: DataFrame, columns: Columns | None = None, terms: Terms | None = None) -> DataFrame:
    """Return the records of a table of reports, as one more step of its plan; see `check_batches`."""
    kept = frame.select(*columns.keep).schema.fields if columns else []
    schema = [*(f"`{one.name}` {one.dataType.simpleString()}" for one in kept), RECORD_COLUMNS]
    return frame.mapInArrow(check_batches(columns, terms), ", ".join(schema))


def main(arguments: Sequence[str] | None = None) -> None:
    """Check files of lines, and write a folder of files of records in the same order.

    Raises:
        UsageError: PySpark is not installed.
    """
    parser = argparse.ArgumentParser(prog="disclosure_spec.batch.spark", description="政府信息公开年报检查")
    parser.add_argument("input", help="NDJSON文件或目录，可为gz files of lines, or a folder of them")
    parser.add_argument("output", help="结果目录，不得已存在 a folder that is not there yet")
    options = parser.parse_args(arguments)
    records = check_frame(_lines(_session(), options.input), _LINES).select("record")
    records.write.text(options.output)


def _session() -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("extra.spark", _NEEDS) from error
    session = SparkSession.builder.appName("disclosure-spec").getOrCreate()
    # What was asked for by --conf stands.
    if not session.sparkContext.getConf().contains(_AT_ONCE):
        session.conf.set(_AT_ONCE, ROWS_AT_ONCE)
    return session


def _lines(session: Any, path: str) -> DataFrame:
    """Return the lines of files but blank ones, each with its file and a number that rises line by line."""
    from pyspark.sql import functions  # noqa: PLC0415 - an extra, and there is a session

    # Spark would take a CR by itself for the end of a line, which may stand between the values of one.
    lines = session.read.text(path, lineSep="\n")
    return lines.where(lines.value.rlike(_HAS_TEXT)).select(
        # The bytes as they are: as text, what is no UTF-8 would be replaced in silence.
        lines.value.cast("binary").alias(_LINES.report),
        functions.input_file_name().alias(_LINES.name),
        functions.monotonically_increasing_id().alias(_LINES.row),
    )


@lru_cache(maxsize=1)
def _examiner(terms: bytes) -> Examiner:
    return Examiner(pickle.loads(terms), "lines")  # noqa: S301 - made by `check_batches`


def _checked(batches: Iterable[RecordBatch], *, columns: Columns, terms: bytes) -> Iterator[RecordBatch]:
    import pyarrow as pa  # noqa: PLC0415 - comes with Spark

    told = _examiner(terms).told
    kinds = [{"string": pa.string(), "int": pa.int32()}[kind] for kind in _TYPES.values()]
    for batch in batches:
        rows = [_row(*told(item)) for item in _items(batch, columns)]
        # Turned over, even where there are none.
        values = [list(one) for one in zip(*rows, strict=True)] or [[]] * len(kinds)
        made = [pa.array(one, kind) for one, kind in zip(values, kinds, strict=True)]
        kept = [batch[name] for name in columns.keep]
        yield pa.RecordBatch.from_arrays([*kept, *made], names=[*columns.keep, *_TYPES])


def _items(batch: RecordBatch, columns: Columns) -> Iterator[Item]:
    import pyarrow as pa  # noqa: PLC0415 - comes with Spark

    # Text is bytes to Arrow too; Python would stop at what is no UTF-8, which the checker has a word for.
    reports = batch[columns.report].cast(pa.large_binary()).to_pylist()
    nothing = [None] * len(reports)
    names = batch[columns.name].to_pylist() if columns.name else nothing
    places = batch[columns.row].to_pylist() if columns.row else nothing
    for report, name, row in zip(reports, names, places, strict=True):
        yield Item(name or "", report or b"", row=row)


def _row(result: Result, line: bytes) -> tuple[object, ...]:
    """Return the values of the columns declared, in their order."""
    # A number that no year has may not fit; in the record it stands.
    year = result.report_year if result.report_year in _YEARS else None
    counts = result.counts
    severities = (counts["error"], counts["warning"], counts["info"])
    return (result.body, year, result.verdict.value, *severities, line.decode().removesuffix("\n"))


if __name__ == "__main__":
    import os
    import sys
    from importlib import import_module

    # Without it the workers would be the first Python on the path, which need not be this one.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # They import the checker's module by its name, which it does not have here.
    import_module("disclosure_spec.batch.spark").main()
