"""The version of this package, which is neither that of the specification nor an edition of the form."""

from disclosure_spec._typing import Final

__version__ = "0.1.0"
TOOL: Final = f"disclosure-spec {__version__}"
