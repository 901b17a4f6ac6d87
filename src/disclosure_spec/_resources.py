"""Where the published folders lie, in a wheel, a checkout or a zip: the only module that knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE: Final = Path(__file__).parent
_CHECKOUT: Final = {"schema": "schema", "templates": "templates", "suite": "tests/suite"}


def folder(name: Literal["schema", "templates", "suite"]) -> Traversable:
    """Return a published folder; inside the package once installed, else where the checkout has it."""
    if not _PACKAGE.is_dir():
        from importlib.resources import files  # noqa: PLC0415 - dear to import, and needed in a zip only

        return files(__package__) / name
    installed = _PACKAGE / name
    # An editable install imports straight from `src/`, where the folders do not lie inside the package.
    return installed if installed.is_dir() else _PACKAGE.parents[1] / _CHECKOUT[name]
