"""The command `disclosure-spec`."""

from disclosure_spec.cli.main import main, run

__all__ = ["main", "run"]
