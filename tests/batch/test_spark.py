"""On Spark's workers every report gets the record that it gets here, in the same order."""

from __future__ import annotations

import inspect
import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import textwrap
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import pytest

from disclosure_spec.batch import check_lines, check_many, spark
from disclosure_spec.batch.examining import Terms
from disclosure_spec.batch.spark import RECORD_COLUMNS, Columns, check_batches, check_frame, main
from disclosure_spec.checking import load_profile
from disclosure_spec.document import with_value
from disclosure_spec.edition import installed
from disclosure_spec.errors import UsageError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.writing import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.conftest import Bench

    from disclosure_spec.document import Document, JSONValue

REPORTS: Final = 1_500
SEED: Final = 711

# What Spark's own code does is not ours to mend: sockets it leaves open, modules of Python it still uses.
spark_warnings = pytest.mark.filterwarnings("ignore")


def faulty(bench: Bench, chance: random.Random) -> Document:
    """Return a report with a few cells changed to anything a cell may be found to hold."""
    report = bench.report
    for cell in chance.sample(bench.edition.cells, chance.choice([0, 0, 0, 1, 2])):
        value: JSONValue = chance.choice([chance.randint(0, 10**6), -1, None, "/", "三件", True, {}])
        report = with_value(report, cell.pointer, value)
    return with_value(report, "/reporting_body/name", f"第{chance.randint(1, 999)}局")


def lines(benches: Sequence[Bench], count: int) -> list[bytes]:
    """Return lines of every kind: without fault and with, of each edition, no report, no JSON, no UTF-8."""
    chance = random.Random(SEED)  # noqa: S311 - an example, no secret
    found = []
    for _ in range(count):
        line = dumps_json(faulty(chance.choice(benches), chance), indent=None).encode().strip()
        match chance.randrange(40):
            case 0:
                line = line[: len(line) // 2]
            case 1:
                line = chance.choice([b"{}", b"[]", b"null", b'{"a":1,"a":2}', b'{"form_edition":"2021"}'])
            case 2:
                line = line.replace("第".encode(), b"\xff\xfe", 1)
            case 3:
                line = b"\xef\xbb\xbf" + line.replace(b'"report_year":2', b'"report_year":2e40,"x-a":2')
        found.append(line)
    return found


def missing() -> str | None:
    """Return what is missing to run Spark."""
    # Spark asks for pandas too, at the first batch.
    libraries = [name for name in ("pandas", "pyarrow", "pyspark") if find_spec(name) is None]
    absent = libraries or [name for name in ("java",) if shutil.which(name) is None]
    return f"needs {absent[0]}" if absent else None


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a session with two workers; skip, or fail if so wanted, without Spark."""
    reason = missing()
    if reason:
        if os.environ.get("DISCLOSURE_SPEC_REQUIRE_SPARK") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra

    # The workers shall be this Python, not the first on the path.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    made = builder.config("spark.local.dir", str(tmp_path_factory.mktemp("spark"))).getOrCreate()
    yield made
    made.stop()


@pytest.mark.spark
@spark_warnings
def test_same_records_as_here(session: Any, bench_2019: Bench, bench_2021: Bench) -> None:
    """Many hundred reports of all kinds get, byte for byte, the records of a batch, beside their columns."""
    given = lines([bench_2019, bench_2021], REPORTS)
    rows = [(at, f"局{at}", bytearray(line)) for at, line in enumerate(given, 1)]
    frame = session.createDataFrame(rows, "place bigint, organ string, report binary").repartition(5)
    checked = check_frame(frame, Columns("report", row="place", keep=("organ", "place")))
    found = checked.orderBy("place").collect()
    here = list(check_many(given))

    assert [one.record.encode() + b"\n" for one in found] == [one.encode() for one in here]
    assert [one.organ for one in found] == [organ for _, organ, _ in rows]
    for one, record in zip(found, here, strict=True):
        assert (one.verdict, one.reporting_body) == (record.result.verdict.value, record.result.body)
        assert {"error": one.errors, "warning": one.warnings, "info": one.infos} == record.result.counts
    assert len({one.verdict for one in found}) == 3


@pytest.mark.spark
@spark_warnings
def test_text_and_files_and_nothing(session: Any, bench_2021: Bench) -> None:
    """A column may be text or bytes; without places a value may be any file; null is no report."""
    text = dumps_json(bench_2021.report)
    page = write(bench_2021.report, bench_2021.edition, "html")
    texts = session.createDataFrame([("甲", text), ("乙", None)], "who string, value string")
    files = session.createDataFrame([("丙", bytearray(page))], "who string, value binary")
    found = [
        json.loads(row.record)
        for frame in (texts, files)
        for row in check_frame(frame.coalesce(1), Columns(name="who")).collect()
    ]

    assert [one["input"] for one in found] == [{"name": "甲"}, {"name": "乙"}, {"name": "丙"}]
    assert [one["verdict"] for one in found[:2]] == ["conforms", "cannot_tell"]
    assert found[2]["form_edition"] == "2021"


@pytest.mark.spark
@spark_warnings
@pytest.mark.usefixtures("session")
def test_program_writes_records_in_order(bench_2021: Bench, tmp_path: Path) -> None:
    """The program gives a folder of lines: a record for every line, in order, blank ones passed over."""
    given = [line for line in lines([bench_2021], 50) if b"\n" not in line]
    file = tmp_path / "reports.ndjson"
    file.write_bytes(b"\n \t\r\n".join(given) + b"\r\n")
    command = [sys.executable, "-m", "disclosure_spec.batch.spark", str(file), str(tmp_path / "checked")]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    parts = sorted((tmp_path / "checked").glob("part-*"))
    written = [json.loads(line) for part in parts for line in part.read_text("utf-8").splitlines()]
    here = [json.loads(one.encode()) for one in check_many(given)]

    assert [{**one, "input": None} for one in written] == [{**one, "input": None} for one in here]
    places = [one["input"]["row"] for one in written]
    assert places == sorted(set(places))
    assert {one["input"]["name"].rpartition("/")[2] for one in written} == {"reports.ndjson"}


def test_function_is_sent_and_checks_by_its_terms(bench_2021: Bench) -> None:
    """What is handed to Spark can be pickled, terms included, and does without Spark itself."""
    pyarrow = pytest.importorskip("pyarrow")
    rule = next(one.id for one in bench_2021.edition.rules if one.status == "active")
    words = f'name: 某市政务公开办〔2024〕5号\nspec_version: "1.0"\nrules: {{{rule}: "off"}}\n'
    profile = load_profile(words.encode(), installed())
    function = pickle.loads(pickle.dumps(check_batches(terms=Terms(profile=profile))))  # noqa: S301 - just made
    text = dumps_json(bench_2021.report)
    batch = pyarrow.RecordBatch.from_pydict({"value": [text, text]})
    empty = batch.slice(0, 0)
    first, second = function(iter([batch, empty]))

    assert first.schema.names == [one.split()[0] for one in RECORD_COLUMNS.split(", ")]
    assert [json.loads(one)["profile"]["changes"] for one in first["record"].to_pylist()] == [
        {rule: "off"}
    ] * 2
    assert (first.num_rows, second.num_rows, second.schema) == (2, 0, first.schema)


@spark_warnings
def test_recipe_for_dask(bench_2021: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The recipe in the documentation is Python, and gives each file the records of its lines."""
    documentation = inspect.getdoc(spark) or ""
    recipe = textwrap.dedent(documentation.partition("Dask")[2].partition("\n")[2])
    program = compile(recipe, "recipe", "exec")
    pytest.importorskip("dask")
    given = {f"{name}.ndjson": lines([bench_2021], 20) for name in ("甲", "乙")}
    for folder in ("reports", "checked"):
        (tmp_path / folder).mkdir()
    for name, some in given.items():
        (tmp_path / "reports" / name).write_bytes(b"\n".join(some))
    monkeypatch.chdir(tmp_path)
    exec(program, {})  # noqa: S102 - our own documentation

    for name, some in given.items():
        assert (tmp_path / "checked" / name).read_bytes() == b"".join(check_lines(some, name=name))


def test_says_which_extra_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PySpark the program says what to install."""
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(UsageError, match=r"disclosure-spec\[spark\]"):
        main(["in", "out"])
