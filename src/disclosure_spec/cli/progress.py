"""A line on the terminal that says how far a long run is."""

from __future__ import annotations

import sys
import time

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.wording import Language

_WIDTH: Final = 30
_SECONDS: Final = 0.2
"""Between two drawings; nothing is drawn before the first have passed."""

_LINE: Final = Wording(
    "{bar} {percent}%  {count}份  每秒{rate}份  剩余{left}",
    "{bar} {percent}%  {count} reports  {rate}/s  {left} left",
)
_UNKNOWN: Final = "?"


class Progress:
    """Show on standard error how far a run is, if that is a terminal; else do nothing.

    Args:
        total: Bytes of the input; 0 where that is not known.
        language: `zh` or `en`.
    """

    def __init__(self, total: int, language: Language) -> None:
        self._total = total
        self._language = language
        self._shown = sys.stderr.isatty()
        self._start = self._last = time.monotonic()
        self._first: tuple[int, int] | None = None

    def show(self, count: int, reached: int) -> None:
        """Draw the line anew, unless that was done just now.

        Args:
            count: Reports checked.
            reached: Bytes of the input dealt with.
        """
        now = time.monotonic()
        # What an earlier run did, or came before the clock ran, says nothing of the speed.
        self._first = self._first or (count, reached)
        if not self._shown or now - self._last < _SECONDS:
            return
        self._last = now
        sys.stderr.write(f"\r{self._line(count, reached, now - self._start)}\x1b[K")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away, for what is written next."""
        if self._shown and self._last > self._start:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def _line(self, count: int, reached: int, seconds: float) -> str:
        first_count, first_reached = self._first or (0, 0)
        part = min(1.0, reached / self._total) if self._total else 0.0
        full = round(part * _WIDTH)
        rate = (count - first_count) / seconds
        speed = (reached - first_reached) / seconds
        left = _clock((self._total - reached) / speed) if self._total and speed > 0 else _UNKNOWN
        return _LINE.fill(
            bar=f"[{'#' * full}{'.' * (_WIDTH - full)}]",
            percent=f"{100 * part:3.0f}" if self._total else _UNKNOWN,
            count=count,
            rate=f"{rate:.0f}",
            left=left,
        ).get(self._language)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
