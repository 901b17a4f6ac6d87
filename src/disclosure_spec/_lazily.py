"""Names of a package that are imported when they are asked for: a command must not wait for the rest."""

from __future__ import annotations

import sys
from importlib import import_module

from disclosure_spec._typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def imports(package: str, modules: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package (PEP 562).

    Args:
        package: Its name.
        modules: The module below it in which each name is defined.
    """

    def find(name: str) -> object:
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{modules[name]}"), name)
        # From now on it is found without this function.
        setattr(sys.modules[package], name, value)
        return value

    return find
