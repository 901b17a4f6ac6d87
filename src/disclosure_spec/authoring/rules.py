"""`rules.yaml` → `rules.json`: every rule with its law written out and its equations expanded to pointers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.authoring.basis import expand_basis
from disclosure_spec.authoring.equations import expand_linear
from disclosure_spec.errors import SpecificationError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS: Final = ("schema", "cells", "linear", "text", "date")


def build_rules(source: Mapping[str, Any], form: Mapping[str, Any], spec_version: str) -> dict[str, Any]:
    """Return the published catalogue.

    Args:
        source: The mapping authored in `rules.yaml`.
        form: The published form of the same edition, from `build_form`.
        spec_version: Version of the specification, `1.0`.

    Raises:
        SpecificationError: A rule has no kind of test, the editions differ, or an id stands twice.
    """
    if source["form_edition"] != form["form_edition"]:
        raise SpecificationError(
            "rules.edition",
            Wording(
                "rules.yaml与form.yaml的版本不一致。", "rules.yaml and form.yaml name different editions."
            ),
        )
    rules = [_rule(rule, form) for rule in source["rules"]]
    ids = [rule["id"] for rule in rules]
    twice = {one for one in ids if ids.count(one) > 1}
    if twice:
        raise SpecificationError(
            "rules.twice", Wording(f"规则编号重复：{twice}。", f"Rule ids stand twice: {twice}.")
        )
    return {"spec_version": spec_version, "form_edition": form["form_edition"], "rules": rules}


def _rule(rule: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    kinds = [kind for kind in KINDS if kind in rule]
    if len(kinds) != 1:
        raise SpecificationError(
            "rules.kind",
            Wording(
                f"规则{rule.get('id')}应当有且只有一种检验。",
                f"Rule {rule.get('id')} needs exactly one test.",
            ),
        )
    try:
        return _published(rule, kinds[0], form)
    # An author meets this first: say which rule, not where in this code.
    except KeyError as error:
        raise SpecificationError(
            "rules.missing_key",
            Wording(
                f"规则{rule.get('id')}缺少{error.args[0]}。",
                f"Rule {rule.get('id')} lacks {error.args[0]!r}.",
            ),
        ) from error


def _published(rule: Mapping[str, Any], kind: str, form: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": rule["id"],
        "title": rule["title"],
        "severity": rule["severity"],
        "status": rule["status"],
        "basis": list(expand_basis(rule["basis"], form["sources"])),
        "message": rule["message"],
        "advice": rule["advice"],
        "applies_when": rule.get("when", []),
        "test": _test(kind, rule[kind], form),
    }


def _test(kind: str, test: Any, form: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "schema":
        # By name: the schema lies beside, and its id holds the version already.
        return {"kind": kind, "schema": f"{test}.schema.json"}
    if kind == "date":
        return {"kind": kind, "checks": list(test)}
    if kind == "linear":
        cells = _input_cells(form)
        instances = list(expand_linear(test, list(cells)))
        for instance in instances:
            # For the expansion only; what is published says it in words, under `where`.
            pointer = instance.pop("cell")
            instance["where"] = _where(cells[pointer], instance.pop("bound"))
        return {"kind": kind, "instances": instances}
    return {"kind": kind} | dict(test)


def _input_cells(form: Mapping[str, Any]) -> dict[str, list[Mapping[str, str]]]:
    """Return, for each cell's pointer, the printed label of each of its keys."""
    return {
        cell["pointer"]: [section["title"], *cell["labels"]]
        for section in form["sections"]
        if section["table"]
        for cell in section["table"]["cells"]
        if cell["kind"] == "input"
    }


def _where(labels: list[Mapping[str, str]], bound: list[int]) -> dict[str, str]:
    """Return the printed labels of the bound keys: what tells this instance from the rule's others.

    Where nothing is bound there are no others, and the cell's own labels say where it is.
    """
    named = [labels[index] for index in bound] or labels[1:]
    return {language: " › ".join(label[language] for label in named) for language in ("zh", "en")}
