"""Lines of a page become paragraphs again, by their indent, their length and what stands between them."""

from __future__ import annotations

import pytest

from disclosure_spec.reading.pdf_lines import Glyph, Line, glyph, lines
from disclosure_spec.reading.pdf_page import PageParts
from disclosure_spec.reading.pdf_paragraphs import joined, measure, running, text_of

SIZE = 10.0
LEFT, RIGHT = 100.0, 300.0


def glyphs(text: str, x: float = LEFT, y: float = 100, gap: float = 0) -> list[Glyph]:
    """Return a text as the characters of a page, Chinese ones as wide as high."""
    made: list[Glyph] = []
    for character in text:
        width = SIZE / 2 if character.isascii() else SIZE
        made.append(Glyph(character, x, x + width, y, y + SIZE, SIZE))
        x += width + gap
    return made


def page(*texts: tuple[str, float], number: int = 1) -> PageParts:
    """Return a page of lines, each with its indent, 15 points apart."""
    made = [
        line
        for at, (text, indent) in enumerate(texts)
        for line in lines(glyphs(text, LEFT + indent, 100 + 15.0 * at), number)
    ]
    return PageParts(number, 400, 800, tuple(made), (), 99, 0, "", scanned=False)


def paragraphs(*pages: PageParts) -> list[str]:
    """Return the paragraphs of some pages."""
    measured = measure(pages, frozenset())
    return [text_of(one) for one in joined([line for one in pages for line in one.lines], 400, measured)]


FULL = "文" * 20


def test_an_indent_begins_a_paragraph() -> None:
    """Full lines go on at the left edge and begin anew with an indent, over the end of a page as well."""
    first = page((FULL[:18], 20), (FULL, 0), (FULL[:18], 20), (FULL, 0))
    second = page((FULL, 0), ("文", 0), number=2)

    assert paragraphs(first, second) == ["文" * 38, "文" * 59]


def test_a_line_with_room_left_ends_a_paragraph() -> None:
    """Without indents the length decides: where the next word had fitted, a new paragraph began."""
    short = page((FULL, 0), (FULL[:18], 0), ("乙" * 20, 0), ("丙", 0))

    assert paragraphs(short) == ["文" * 38, "乙" * 20 + "丙"]


@pytest.mark.parametrize("start", ["2024年", "（二〇", "六，"])
def test_what_cannot_be_parted_goes_to_the_next_line(start: str) -> None:
    """A number, a bracket with its word, a character with its comma leave the line before them short."""
    assert len(paragraphs(page((FULL, 0), (FULL, 0), (FULL[1:], 0), (start, 0)))) == 1


def test_a_wider_gap_begins_a_paragraph() -> None:
    """Browsers set paragraphs apart without an indent."""
    near = page((FULL, 0), (FULL, 0), (FULL, 0))
    far = lines(glyphs(FULL, y=180), 1)
    made = PageParts(1, 400, 800, (*near.lines, *far), (), 99, 0, "", scanned=False)

    assert paragraphs(made) == ["文" * 60, FULL]


def test_words_are_parted_again_and_characters_are_not() -> None:
    """Between two words at the end of a line there was a blank, between characters there was none."""
    assert paragraphs(page(("文" * 17 + "annual", 0), ("report" + "文" * 17, 0), ("文", 0))) == [
        "文" * 17 + "annual report" + "文" * 18
    ]


def test_stretched_lines_have_no_blanks() -> None:
    """A line spread over the full width is still a line of text; two numbers in it stay two."""
    (spread,) = lines(glyphs("号，邮编：", gap=8), 1)
    (numbers,) = lines([*glyphs("3"), *glyphs("5", LEFT + 9)], 1)
    (columns,) = lines([*glyphs("规章"), *glyphs("3", 200)], 1)

    assert (spread.text, spread.columns) == ("号，邮编：", False)
    assert numbers.text == "3 5"
    assert (columns.text, columns.columns) == ("规章 3", True)


def test_rows_of_a_table_without_rules_stay_lines() -> None:
    """Lines with columns are not run together into a paragraph."""
    tops = [100.0, 115.0, 130.0]
    rows = [Line(f"甲 {top:.0f}", 1, LEFT, RIGHT, top, top + SIZE, SIZE, columns=True) for top in tops]
    made = PageParts(1, 400, 800, tuple(rows), (), 99, 0, "", scanned=False)

    assert paragraphs(made) == ["甲 100", "甲 115", "甲 130"]


def test_numbers_of_pages_are_told_from_other_lines() -> None:
    """Only in the margins, and only if other pages have the like, a line is no part of the text."""
    pages = [
        PageParts(
            number,
            400,
            800,
            tuple(
                line
                for text, y in (
                    ("某局", 30),
                    (FULL, 400),
                    (str(number + 4), 780),
                    (f"注{FULL[number:]}", 760),
                )
                for line in lines(glyphs(text, y=float(y)), number)
            ),
            (),
            99,
            0,
            "",
            scanned=False,
        )
        for number in (1, 2, 3)
    ]

    numbers, repeated = running(pages)

    assert {line.text for line in numbers} == {"5", "6", "7"}
    assert {line.text for line in repeated} == {"某局"}


def test_characters_without_a_shape_are_blanks() -> None:
    """Control characters in a text layer are no text."""
    char = {"text": "\x01", "x0": 0, "x1": 1, "top": 0, "bottom": 1, "size": 1}

    assert glyph(char).text == " "
    assert not lines([glyph(char)], 1)
