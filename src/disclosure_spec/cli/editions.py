"""`disclosure-spec editions`: list the editions of the form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from disclosure_spec.cli.common import add_common_options, catalogue_of
from disclosure_spec.cli.exit_codes import EXIT_CONFORMS
from disclosure_spec.cli.parser import Parser
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "列出格式的各个版本及其适用年度。", "List the editions of the form and their report years."
)
_LINE: Final = Wording(
    "{edition}  规范{spec}（{status}）  {years}  {number}  {cells}格，{rules}条规则",
    "{edition}  specification {spec} ({status})  {years}  {number}  {cells} cells, {rules} rules",
)
_STATUS: Final = {
    "draft": Wording("草案", "draft"),
    "released": Wording("已发布", "released"),
    "superseded": Wording("已被替代", "superseded"),
    "withdrawn": Wording("已撤回", "withdrawn"),
}
_YEARS: Final = Wording("{first}年度至{last}", "report years {first} to {last}")
_OPEN: Final = Wording("今", "now")
_YEAR: Final = Wording("{year}年度", "{year}")


def run(arguments: Sequence[str], language: Language) -> int:
    """List the editions."""
    parser = Parser(
        language=language,
        prog="disclosure-spec editions",
        help_=_HELP,
        example="disclosure-spec editions --format json",
    )
    parser.option(
        "--format", choices=("text", "json"), default="text", help_=Wording("输出格式", "output format")
    )
    add_common_options(parser)
    options = parser.parse_args(arguments)
    catalogue = catalogue_of(options)
    if options.format == "json":
        sys.stdout.write(dumps_json(dict(catalogue.index)))
        return EXIT_CONFORMS
    for spec in catalogue.index["specs"]:
        for entry in spec["editions"]:
            edition = catalogue.edition(entry["edition"], spec["version"])
            years = entry["report_years"]
            last = _OPEN if years["last"] is None else _YEAR.fill(year=years["last"])
            line = _LINE.fill(
                edition=edition.name,
                spec=spec["version"],
                status=_STATUS[spec["status"]],
                years=_YEARS.fill(first=years["first"], last=last),
                number=entry["official_document"]["number"],
                cells=len(edition.cells),
                rules=len(edition.rules),
            )
            sys.stdout.write(line.get(language) + "\n")
    return EXIT_CONFORMS
