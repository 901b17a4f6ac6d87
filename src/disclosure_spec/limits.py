"""Bounds on what is read: an official report stays far below each of them, an attack does not.

Sizes are in bytes, counted while reading; everything else is counted in the unit its name says.
"""

from __future__ import annotations

from disclosure_spec._typing import Final

# Files are held in memory whole, so this limit comes before every other test.
MAX_FILE_BYTES: Final = 20_000_000
"""Any input file; Word, Excel and PDF have only this limit on size."""

MAX_JSON_BYTES: Final = 5_000_000
"""One JSON document, or one line of NDJSON."""

MAX_HTML_BYTES: Final = 8_000_000
"""One web page, which may carry the whole frame of a government site."""

MAX_TEXT_BYTES: Final = 2_000_000
"""One plain text."""

# Its marks are found character by character, in Python: ten microseconds for each that an attack is made of.
MAX_MARKDOWN_BYTES: Final = 500_000
"""One Markdown file; a report has some 20000."""

MAX_YAML_BYTES: Final = 1_000_000
"""One YAML document; the parser is slower than that of JSON."""

# A report has some hundred keys and values; whoever reaches this sent something else.
MAX_NODES: Final = 50_000
"""Keys, values and containers of one YAML document."""

# A report nests five objects deep; the readers are recursive, and Python's stack is not endless.
MAX_DEPTH: Final = 32
"""Objects and arrays inside one another, the outermost counted as one."""

# Excel keeps 15 digits, JavaScript whole numbers up to 2**53: the smaller bound, so that no copy loses one.
MAX_DIGITS: Final = 15
"""A count of the form: exact in JSON, Excel and JavaScript. The schema refuses more, with a finding."""

MAX_NUMBER_DIGITS: Final = 30
"""Any number as it is read, before and after the decimal point each. Wider than `MAX_DIGITS`, so that a
slip of the keyboard becomes a finding about its cell and not a file that cannot be read."""

MAX_NUMBER_CHARACTERS: Final = 100
"""A number as it is written, with sign, point, exponent and leading zeros of the exponent."""

# `1e999999999` is eleven characters long, but a gigabyte when written out in plain digits.
MAX_EXPONENT: Final = 30
"""The power of ten written after `e`, in either direction."""

MAX_LINES: Final = 20_000
"""Lines of one plain text file, where each cell may have a line of its own."""

MAX_TABLES: Final = 200
"""Tables of one source file."""

MAX_ROWS: Final = 500
"""Rows of one table."""

# Table 4 is the widest of the form, with 15 columns; the rest is room for what surrounds it on a page.
MAX_COLUMNS: Final = 64
"""Columns of one table, spans counted."""

# The longest span of the form is 22 rows; a page that claims 100000 would fill the memory with nothing.
MAX_SPAN: Final = 100
"""Rows or columns that one cell may claim; more is cut to this."""

MAX_CELL_CHARACTERS: Final = 4_096
"""Text of one table cell."""

MAX_TEXT_CHARACTERS: Final = 100_000
"""Text of one section of prose."""

# An office file is a zip of XML: each bound below refuses a kind of bomb that a few kilobytes can hold.
MAX_ZIP_ENTRIES: Final = 2_000
"""Files in an office file; a report has some twenty."""

MAX_ENTRY_BYTES: Final = 32_000_000
"""One of them, unpacked."""

MAX_UNPACKED_BYTES: Final = 96_000_000
"""All of them, unpacked."""

# Real ones stay below 20; text of one repeated character exceeds 1000.
MAX_RATIO: Final = 200
"""Unpacked size over packed size of one of them, from `RATIO_FROM_BYTES` on."""

RATIO_FROM_BYTES: Final = 1_000_000
"""Unpacked size below which the ratio does no harm."""

MAX_PART_BYTES: Final = 8_000_000
"""A part that is parsed as XML."""

MAX_PART_DEPTH: Final = 100
"""Elements inside one another in such a part."""

# A filled report has some ten thousand; a sheet of as many cells as are read has twice its cells.
MAX_PART_ELEMENTS: Final = 150_000
"""Elements of such a part."""

# A cell far out or a merged area of a few bytes makes some readers build millions of cells.
MAX_SHEETS: Final = 50
"""Sheets of a workbook."""

MAX_NAMES: Final = 5_000
"""Defined names of a workbook."""

MAX_SHEET_ROWS: Final = 2_000
"""Rows of a sheet."""

MAX_SHEET_COLUMNS: Final = 256
"""Columns of a sheet."""

MAX_SHEET_CELLS: Final = 20_000
"""Cells of a workbook that hold something; a report with its checks has some three thousand."""

MAX_MERGES: Final = 2_000
"""Merged areas of a sheet."""

MAX_MERGED_CELLS: Final = 20_000
"""Cells in the merged areas of a sheet."""

# One long text may stand in the file once and in fifty thousand cells.
MAX_WORKBOOK_CHARACTERS: Final = 4_000_000
"""Characters of all cells of a workbook."""

MAX_MHTML_PARTS: Final = 1_000
"""Parts of a page saved as a single file: frames, pictures, style sheets."""

MAX_MHTML_DEPTH: Final = 10
"""Parts of such a file that hold others."""

# A few kilobytes of PDF can keep a reader busy for an hour, so it works in a process of its own.
MAX_PDF_PAGES: Final = 60
"""Pages of a PDF; a report has some six."""

MAX_PDF_PAGE_BYTES: Final = 4_000_000
"""What draws one page of a PDF, unpacked; pages of reports stay below 200000."""

MAX_PDF_MEMORY_BYTES: Final = 1_000_000_000
"""Memory of the process that reads a PDF, where the system can hold it to that."""

MAX_PDF_CPU_SECONDS: Final = 30
"""Time that process may work, where the system can hold it to that."""

MAX_PDF_SECONDS: Final = 60
"""Time until it must have answered."""

MAX_PDF_ANSWER_BYTES: Final = 8_000_000
"""What it may answer."""
