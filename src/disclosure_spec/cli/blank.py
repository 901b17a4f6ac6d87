"""`disclosure-spec blank`: write a report with nothing filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.blank import blank
from disclosure_spec.cli.common import add_common_options, catalogue_of, write_output
from disclosure_spec.cli.exit_codes import EXIT_CONFORMS
from disclosure_spec.cli.parser import Parser
from disclosure_spec.cli.writing import add_writing_options, refuse_unfit_options, written
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "输出一份空白报告：各格为null，填好后即可检查。",
    "Write a blank report: every cell is null, ready to be filled in and checked.",
)


def run(arguments: Sequence[str], language: Language) -> int:
    """Write a blank report of one edition."""
    parser = Parser(
        language=language,
        prog="disclosure-spec blank",
        help_=_HELP,
        example="disclosure-spec blank 2021 --to yaml -o 年报.yaml",
    )
    parser.option(
        "edition", metavar="EDITION", help_=Wording("格式版本，如2021", "edition of the form, such as 2021")
    )
    add_writing_options(parser)
    add_common_options(parser)
    options = parser.parse_args(arguments)
    refuse_unfit_options(options)
    edition = catalogue_of(options).edition(options.edition)
    on_paper = options.to not in {"json", "yaml"}
    write_output(written(blank(edition, optional=on_paper), edition, options), options.output)
    return EXIT_CONFORMS
