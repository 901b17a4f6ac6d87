"""Print the tables of the benchmarks: `python -m benchmarks [NAME …] [--rounds N] [--examples N]`."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

from benchmarks import formats, generation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BENCHMARKS: Final[Mapping[str, Callable[[int, int], Iterator[str]]]] = {
    "formats": formats.report,
    "generation": generation.report,
}
"""By name, what yields the lines of its tables when told how many rounds of how many examples."""


def main() -> None:
    """Run the benchmarks named, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Print tables of times.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}; all if none"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default 5)")
    parser.add_argument("--examples", type=int, default=100, help="how many examples a round (default 100)")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}")
    python = platform.python_version()
    write = sys.stdout.write
    write(f"Python {python}, Hypothesis {version('hypothesis')}, {platform.machine()}, processor time\n\n")
    for name in arguments.names or BENCHMARKS:
        for line in BENCHMARKS[name](arguments.rounds, arguments.examples):
            write(f"{line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
