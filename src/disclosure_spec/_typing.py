"""Names that annotations use, without the 3 ms that loading `typing` takes: nobody evaluates them.

To type checkers they are those of `typing`. Modules that a check of one report in JSON loads take them from
here; the others have no reason to.
"""

from __future__ import annotations

__all__ = [
    "TYPE_CHECKING",
    "Any",
    "ClassVar",
    "Final",
    "Literal",
    "NoReturn",
    "Protocol",
    "TypeAlias",
    "TypeVar",
    "cast",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Final, Literal, NoReturn, Protocol, TypeAlias, TypeVar, cast
else:
    Any = ClassVar = Final = NoReturn = TypeAlias = object

    class Protocol:
        """Say what a type offers."""

    class Literal:
        """List the values of a type."""

        def __class_getitem__(cls, values: object) -> type:
            """Return what stands for the type where programs run."""
            return object

    def TypeVar(name: str) -> str:  # noqa: N802 - as `typing` calls it
        """Return what stands for any type."""
        return name

    def cast(_: object, value: object) -> object:
        """Return a value as it is."""
        return value
