"""Run the command as `python -m disclosure_spec`."""

import sys

from disclosure_spec.cli import main

if __name__ == "__main__":
    sys.exit(main())
