"""Print the tables of the benchmarks: `python -m benchmarks [NAME …] [--rows ROW …] [--quick] …`."""

from __future__ import annotations

import argparse
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import distributions, version
from typing import TYPE_CHECKING, Final

from benchmarks import formats, generation, reading
from benchmarks.speed import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BENCHMARKS: Final[Mapping[str, Callable[[argparse.Namespace], Iterator[str]]]] = {
    "speed": lambda asked: table.report(asked.rows, asked.reports, quick=asked.quick),
    "formats": lambda asked: formats.report(asked.rounds, asked.examples),
    "generation": lambda asked: generation.report(asked.rounds, asked.examples),
    "reading": lambda asked: reading.report(asked.variants, asked.seed, asked.printed),
}
"""By name, what yields the lines of its tables when told how much is asked for."""

_PEERS: Final = (
    "beautifulsoup4",
    "check-jsonschema",
    "duckdb",
    "fastjsonschema",
    "hypothesis",
    "jsonschema",
    "jsonschema-rs",
    "msgspec",
    "openpyxl",
    "orjson",
    "pyspark",
)


def main(arguments: list[str] | None = None) -> None:
    """Run the benchmarks named; without a name the table of goals."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}")
    write = sys.stdout.write
    for line in (*_about(), ""):
        write(f"{line}\n")
    for name in asked.names:
        for line in BENCHMARKS[name](asked):
            write(f"{line}\n")
            sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Print tables of times.")
    parser.add_argument(
        "names",
        nargs="*",
        default=["speed"],
        metavar="NAME",
        help=f"any of {', '.join(BENCHMARKS)} (default speed, the table of goals)",
    )
    option = parser.add_argument
    option("--rows", nargs="+", choices=(*table.ROWS,), default=[], help="rows of the table of goals")
    option(
        "--quick", action="store_true", help="the same at tiny sizes: shows that it runs, measures nothing"
    )
    option("--reports", type=int, default=100_000, help="how many make a batch (default 100000)")
    option("--rounds", type=int, default=5, help="how often each is measured (default 5)")
    option("--examples", type=int, default=100, help="how many examples a round (default 100)")
    option("--variants", type=int, default=1_000, help="how many files to read (default 1000)")
    option("--seed", type=int, default=0, help="which files those are (default 0)")
    option("--printed", type=int, default=0, help="how many more as PDF (LibreOffice; default 0)")
    return parser


def _about() -> Iterator[str]:
    """Yield what the figures depend on: the day, the machine, and every version that took part."""
    there = {one.metadata["Name"].lower().replace("_", "-") for one in distributions()}
    peers = ", ".join(f"{name} {version(name)}" for name in _PEERS if name in there)
    yield f"{datetime.now(UTC).date()}, Python {platform.python_version()}, {platform.machine()}; {peers}"


if __name__ == "__main__":
    main()
