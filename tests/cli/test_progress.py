"""The line that says how far a run is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Return that it is."""
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ten seconds pass between any two looks at the clock."""

    def ticks() -> Iterator[float]:
        now = 0.0
        while True:
            yield now
            now += 10

    made = ticks()
    monkeypatch.setattr("time.monotonic", lambda: next(made))


@pytest.mark.usefixtures("clock")
def test_share_rate_and_time_left_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The speed is that of this run, not of one that it goes on with."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    shown = Progress(1_000, "en")

    shown.show(100, 500)
    shown.show(140, 600)
    shown.clear()

    *_, line, cleared = screen.getvalue().split("\r")
    assert line.startswith("[##################............]  60%  140 reports  2/s  0:01:20 left")
    assert cleared == "\x1b[K"


@pytest.mark.usefixtures("clock")
def test_pipe_has_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows how much is to come, only what was done is shown."""
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    shown = Progress(0, "zh")

    shown.show(10, 0)

    assert "?%  10份" in screen.getvalue()
    assert "剩余?" in screen.getvalue()


def test_nothing_is_drawn_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A log keeps free of it."""
    shown = Progress(100, "zh")
    shown.show(1, 1)
    shown.clear()

    assert capsys.readouterr().err == ""
