"""The command `disclosure-spec`."""

from disclosure_spec.cli.main import main

__all__ = ["main"]
