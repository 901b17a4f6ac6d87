"""The checker on the workers of Apache Spark, beside the rules as Spark's own SQL."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any

from benchmarks.speed.contest import OURS, Goal, Outcome, race
from benchmarks.speed.rivals import library
from benchmarks.speed.sql import broken_rules, spark_type, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.speed.contest import Work
    from benchmarks.speed.setting import Setting

_RIVAL = "Spark SQL: from_json, sums only"


def local(setting: Setting) -> Iterator[Outcome]:
    """Compare the checker in `mapInArrow` with sums in SQL, on two threads, without the start of the JVM."""
    what = f"Spark local[2], {setting.scale.reports:,} reports, all findings"
    goal = Goal(_RIVAL, 2)
    if library("pyspark") is None or library("pandas") is None or shutil.which("java") is None:
        yield Outcome(what, _RIVAL, goal.text(), "pyspark, pandas or Java is not installed", None)
        return
    # The workers shall run this environment, not the first Python on the path.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        library("pyspark.sql")
        .SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        # As `disclosure_spec.batch.spark` advises; it makes no difference to SQL.
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
        .getOrCreate()
    )
    try:
        yield from race(what, _works(session, setting), [goal], setting.scale.slow_rounds, time.perf_counter)
    finally:
        session.stop()


def _works(session: Any, setting: Setting) -> dict[str, Work | None]:
    from disclosure_spec.batch.spark import check_frame  # noqa: PLC0415 - needs pyspark

    count = setting.scale.reports
    file = str(setting.batch("batch", count))

    def ours() -> int:
        _kept(check_frame(session.read.text(file)).select("record"), setting, "ours")
        return count

    columns = ", ".join(f"`{key}` {spark_type(one)}" for key, one in tree(setting.edition).items())
    rules = broken_rules(setting.edition, "`")
    found = ", ".join(f"CASE WHEN {condition} THEN '{rule}' END" for rule, condition in rules.items())
    broken = f"to_json(array_compact(array({found}))) AS broken"

    def theirs() -> int:
        frame = session.read.text(file).selectExpr(f"from_json(value, '{columns}') AS report")
        _kept(frame.select("report.*").selectExpr(broken), setting, "theirs")
        return count

    return {OURS: ours, _RIVAL: theirs}


def _kept(frame: Any, setting: Setting, name: str) -> None:
    frame.write.mode("overwrite").text(str(setting.folder / name))
