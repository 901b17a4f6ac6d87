"""Annual reports on open government information: the official form as data, and a checker for it."""

from disclosure_spec._lazily import imports
from disclosure_spec._typing import TYPE_CHECKING

# At once, because its module has its name, and would take its place when it is imported later.
from disclosure_spec.blank import blank
from disclosure_spec.version import __version__

if TYPE_CHECKING:
    from disclosure_spec.checking import Checker, Finding, Result, Status, Verdict
    from disclosure_spec.edition import Catalogue, Edition
    from disclosure_spec.errors import DisclosureError, InputError
    from disclosure_spec.inspection import Inspector, check

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

# Type checkers take the imports above; with this they would let misspelt names pass.
if not TYPE_CHECKING:
    __getattr__ = imports(
        __name__,
        {
            "Catalogue": "edition",
            "Checker": "checking.checker",
            "DisclosureError": "errors",
            "Edition": "edition",
            "Finding": "checking.result",
            "InputError": "errors",
            "Inspector": "inspection",
            "Result": "checking.result",
            "Status": "checking.result",
            "Verdict": "checking.result",
            "check": "inspection",
        },
    )


def __dir__() -> list[str]:
    return __all__
