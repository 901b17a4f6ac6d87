"""Where the published folders lie, in a wheel, a checkout or a zip: the only module that knows."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_PACKAGE: Final = "disclosure_spec"
_CHECKOUT: Final = {"schema": "schema", "templates": "templates", "suite": "tests/suite"}


def folder(name: Literal["schema", "templates", "suite"]) -> Traversable:
    """Return a published folder; inside the package once installed, else where the checkout has it."""
    # An editable install imports straight from `src/`, where the folders do not lie inside the package.
    installed = files(_PACKAGE) / name
    return installed if installed.is_dir() else Path(__file__).parents[2] / _CHECKOUT[name]
