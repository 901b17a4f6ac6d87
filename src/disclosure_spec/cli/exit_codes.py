"""What the command tells the program that called it."""

from __future__ import annotations

from disclosure_spec._typing import Final

EXIT_CONFORMS: Final = 0
EXIT_DOES_NOT_CONFORM: Final = 1
EXIT_CANNOT_TELL: Final = 2
"""Also for wrong usage: in both cases there is no answer."""
