"""Answers are kept for short texts alone, so that no file fills the memory with its prose."""

from __future__ import annotations

from disclosure_spec.reading.remembering import LONGEST, remembered


def test_a_short_text_is_asked_about_once() -> None:
    """What was answered before is answered from memory."""
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert [length("总计"), length("总计"), length("x" * LONGEST)] == [2, 2, LONGEST]
    assert asked == ["总计", "x" * LONGEST]


def test_a_long_text_is_not_kept() -> None:
    """Its answer is the same every time, and made every time."""
    asked: list[str] = []

    @remembered
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    text = "x" * (LONGEST + 1)

    assert length(text) == length(text) == LONGEST + 1
    assert asked == [text, text]
