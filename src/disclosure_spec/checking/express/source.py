"""Write a Python function line by line, and compile it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Source:
    """The source of one function, with the values that it uses by name.

    Args:
        name: What the function is called.
        arguments: What its arguments are called.
    """

    def __init__(self, name: str, arguments: str) -> None:
        self._name = name
        self._lines = [f"def {name}({arguments}):"]
        self._values: dict[str, Any] = {}
        self._depth = 1

    def line(self, text: str) -> None:
        """Add a line at the indentation in force."""
        self._lines.append("    " * self._depth + text)

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Indent the lines added meanwhile."""
        self._depth += 1
        yield
        self._depth -= 1

    def constant(self, value: object) -> str:
        """Return the name under which the code finds a value that cannot be written down."""
        name = f"k{len(self._values)}"
        self._values[name] = value
        return name

    def function(self) -> Callable[..., Any]:
        """Return the function compiled."""
        # What is compiled was written here from the edition's keys, each as a literal by repr().
        exec("\n".join(self._lines), self._values)  # noqa: S102 - see above
        made: Callable[..., Any] = self._values[self._name]
        return made
