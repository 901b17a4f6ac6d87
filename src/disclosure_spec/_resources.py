"""Where the published folders lie, in a wheel, a checkout or a zip: the only module that knows."""

from __future__ import annotations

import os

from disclosure_spec._typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

Name = Literal["schema", "templates", "suite"]
_PACKAGE: Final = os.path.dirname(__file__)
_CHECKOUT: Final[Mapping[Name, str]] = {"schema": "schema", "templates": "templates", "suite": "tests/suite"}


def folder(name: Name) -> Traversable:
    """Return a published folder; inside the package once installed, else where the checkout has it."""
    place = _place(name)
    if place is None:
        from importlib.resources import files  # noqa: PLC0415 - dear to import, and needed in a zip only

        return files(__package__) / name
    from pathlib import Path  # noqa: PLC0415 - takes 3 ms, and most checks need none

    return Path(place)


def read(name: Name, path: str) -> bytes:
    """Return a file of a published folder.

    Raises:
        OSError: It cannot be read.
    """
    place = _place(name)
    if place is None:
        return folder(name).joinpath(*path.split("/")).read_bytes()
    with open(f"{place}/{path}", "rb") as file:
        return file.read()


def _place(name: Name) -> str | None:
    """Return where a folder lies; None in a zip."""
    if not os.path.isdir(_PACKAGE):
        return None
    installed = os.path.join(_PACKAGE, name)
    # An editable install imports straight from `src/`, where the folders do not lie inside the package.
    checkout = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), _CHECKOUT[name])
    return installed if os.path.isdir(installed) else checkout
