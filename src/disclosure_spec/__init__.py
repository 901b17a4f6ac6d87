"""Annual reports on open government information: the official form as data, and a checker for it."""

from disclosure_spec.blank import blank
from disclosure_spec.checking import Checker, Finding, Result, Status, Verdict
from disclosure_spec.edition import Catalogue, Edition
from disclosure_spec.errors import DisclosureError, InputError
from disclosure_spec.inspection import Inspector, check
from disclosure_spec.version import __version__

__all__ = [
    "Catalogue",
    "Checker",
    "DisclosureError",
    "Edition",
    "Finding",
    "InputError",
    "Inspector",
    "Result",
    "Status",
    "Verdict",
    "__version__",
    "blank",
    "check",
]
