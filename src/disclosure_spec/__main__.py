"""Run the command as `python -m disclosure_spec`."""

import sys

from disclosure_spec.cli import run

if __name__ == "__main__":
    sys.exit(run())
