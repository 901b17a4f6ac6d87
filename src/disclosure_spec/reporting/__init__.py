"""One result, many renderings, the same findings in the same order in all of them."""

from disclosure_spec._lazily import imports
from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.reporting.formats import FORMATS, Format, Manner, render, stream, stream_folder
from disclosure_spec.reporting.tally import Tally

if TYPE_CHECKING:
    from disclosure_spec.reporting.as_json import render_json, result_as_json
    from disclosure_spec.reporting.text import render_text

__all__ = [
    "FORMATS",
    "Format",
    "Manner",
    "Tally",
    "render",
    "render_json",
    "render_text",
    "result_as_json",
    "stream",
    "stream_folder",
]

# Type checkers take the imports above; with this they would let misspelt names pass.
if not TYPE_CHECKING:
    __getattr__ = imports(
        __name__, {"render_json": "as_json", "render_text": "text", "result_as_json": "as_json"}
    )
