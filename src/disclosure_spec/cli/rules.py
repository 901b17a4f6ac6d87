"""`disclosure-spec rules`: the catalogue for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking.diagnosis.rule_set import diagnose_rules
from disclosure_spec.cli.common import add_common_options, catalogue_of
from disclosure_spec.cli.exit_codes import EXIT_CONFORMS
from disclosure_spec.cli.parser import Parser
from disclosure_spec.reporting.rule_set import render_rule_set, rule_set_as_json
from disclosure_spec.reporting.words import LIFECYCLES, SEVERITIES
from disclosure_spec.rules import LinearTest
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from disclosure_spec.document import JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation, Rule
    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "list：列出全部规则；show 编号：显示一条规则的内容、依据和等式；"
    "diagnose 版本：分析各表的等式能发现什么、不能发现什么。",
    "list: all rules; show ID: one rule with its law and its equations; "
    "diagnose EDITION: what the equations of each table can tell and cannot.",
)
_NO_ID: Final = Wording("请给出规则编号：rules show <编号>。", "Name a rule: rules show ID.")
_FIELDS: Final = {
    "severity": Wording("级别", "severity"),
    "status": Wording("状态", "status"),
    "basis": Wording("依据", "basis"),
    "message": Wording("不符时的说明", "message"),
    "advice": Wording("办法", "what to do"),
    "equations": Wording("等式", "equations"),
}


def run(arguments: Sequence[str], language: Language) -> int:
    """List the rules of the editions, or show one."""
    options = _parse(arguments, language)
    catalogue = catalogue_of(options)
    # What `show` and `diagnose` are about stands in the same place.
    name = options.edition or (options.subject if options.action == "diagnose" else None)
    editions = [catalogue.edition(name)] if name else list(catalogue.editions())
    if options.action == "show":
        return _show(options, editions, language)
    if options.action == "diagnose":
        return _diagnose(options, editions, language)
    if options.format == "json":
        sys.stdout.write(dumps_json([dict(edition.published_rules) for edition in editions]))
        return EXIT_CONFORMS
    for edition in editions:
        sys.stdout.write("\n".join(_list(edition, language)) + "\n")
    return EXIT_CONFORMS


def _parse(arguments: Sequence[str], language: Language) -> Namespace:
    parser = Parser(
        language=language,
        prog="disclosure-spec rules",
        help_=_HELP,
        example="disclosure-spec rules show requests.balance --edition 2021",
    )
    parser.option("action", choices=("list", "show", "diagnose"), help_=Wording("做什么", "what to do"))
    parser.option(
        "subject",
        nargs="?",
        metavar="ID|EDITION",
        help_=Wording("规则编号或格式版本", "id of a rule, or edition of the form"),
    )
    parser.option("--edition", metavar="EDITION", help_=Wording("只看该版格式", "only this edition"))
    parser.option(
        "--format", choices=("text", "json"), default="text", help_=Wording("输出格式", "output format")
    )
    add_common_options(parser)
    options = parser.parse_args(arguments)
    if options.action == "show" and options.subject is None:
        parser.error(_NO_ID.get(language))
    return options


def _list(edition: Edition, language: Language) -> Iterator[str]:
    yield f"{edition.name}  {edition.form['official_document']['number']}"
    for rule in edition.rules:
        severity, status = SEVERITIES[rule.severity], LIFECYCLES[rule.status]
        marks = f"{severity.get(language)}·{status.get(language)}"
        yield f"  {rule.id:34}{marks}  {rule.title.get(language)}"


def _show(options: Namespace, editions: Sequence[Edition], language: Language) -> int:
    having = [one for one in editions if any(rule.id == options.subject for rule in one.rules)]
    if not having:
        # Called for the error it raises.
        editions[-1].rule(options.subject)
    if options.format == "json":
        shown: list[JSONValue] = [
            {"form_edition": edition.name, "rule": dict(rule)}
            for edition in having
            for rule in edition.published_rules["rules"]
            if rule["id"] == options.subject
        ]
        sys.stdout.write(dumps_json(shown))
        return EXIT_CONFORMS
    texts = ["\n".join(_describe(one.rule(options.subject), one, language)) for one in having]
    sys.stdout.write("\n\n".join(texts) + "\n")
    return EXIT_CONFORMS


def _diagnose(options: Namespace, editions: Sequence[Edition], language: Language) -> int:
    found = [(diagnose_rules(edition), edition) for edition in editions]
    if options.format == "json":
        sys.stdout.write(dumps_json([rule_set_as_json(diagnosis) for diagnosis, _ in found]))
    else:
        texts = [render_rule_set(diagnosis, edition, language) for diagnosis, edition in found]
        sys.stdout.write("\n".join(texts))
    return EXIT_CONFORMS


def _describe(rule: Rule, edition: Edition, language: Language) -> Iterator[str]:
    colon = "：" if language == "zh" else ": "
    fields = {
        "severity": SEVERITIES[rule.severity].get(language),
        "status": LIFECYCLES[rule.status].get(language),
        "basis": "；".join(basis.wording.get(language) for basis in rule.basis),
        "message": rule.message.get(language),
        "advice": rule.advice.get(language),
    }
    yield f"{rule.id}（{edition.name}） {rule.title.get(language)}"
    for name, text in fields.items():
        yield f"  {_FIELDS[name].get(language)}{colon}{text}"
    if isinstance(rule.test, LinearTest):
        yield f"  {_FIELDS['equations'].get(language)}{colon}{len(rule.test.equations)}"
        for equation in rule.test.equations:
            yield f"    {_write(equation)}"


def _write(equation: Equation) -> str:
    sides: dict[int, list[str]] = {1: [], -1: []}
    for term in equation.terms:
        sign = 1 if term.coefficient > 0 else -1
        times = "" if abs(term.coefficient) == 1 else f"{abs(term.coefficient)} × "
        report = "" if term.of == "document" else f"{term.of}:"
        sides[sign].append(f"{times}{report}{term.pointer}")
    left, right = (" + ".join(sides[sign]) or "0" for sign in (1, -1))
    return f"{left} {equation.relation} {right}"
