"""Other programs on the same reports, each used as its makers advise: what is compiled is compiled once."""

from __future__ import annotations

import json
from copy import deepcopy
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from jsonschema import Draft202012Validator

from disclosure_spec.document import parse_pointer
from disclosure_spec.rules import LinearTest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Equation

_HOLDS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "=": lambda total: total == 0,
    "<=": lambda total: total <= 0,
    ">=": lambda total: total >= 0,
}


def library(name: str) -> Any:
    """Return a module, or None where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def own_sums(edition: Edition) -> Iterator[tuple[str, Equation]]:
    """Yield the rules that add up cells of the report itself, equation by equation."""
    for rule in edition.rules:
        if isinstance(rule.test, LinearTest) and not rule.applies_when:
            for equation in rule.test.equations:
                if all(term.of == "document" for term in equation.terms):
                    yield rule.id, equation


class Plain:
    """What a vendor would write: `json`, `jsonschema`, and a loop over the published equations."""

    def __init__(self, edition: Edition) -> None:
        self._validator = Draft202012Validator(edition.schema)
        self._sums = [
            (rule, _HOLDS[equation.relation], _weights(equation)) for rule, equation in own_sums(edition)
        ]

    def findings(self, line: bytes) -> list[str]:
        """Return what is wrong with a report, in a word each."""
        document = json.loads(line)
        found = [f"{error.json_path}: {error.message}" for error in self._validator.iter_errors(document)]
        return found + [rule for rule, holds, weights in self._sums if not _kept(document, holds, weights)]


def _weights(equation: Equation) -> list[tuple[int, tuple[str, ...]]]:
    return [(term.coefficient, parse_pointer(term.pointer)) for term in equation.terms]


def _kept(document: Any, holds: Callable[[Any], bool], weights: Sequence[tuple[int, Sequence[str]]]) -> bool:
    total = 0
    try:
        for coefficient, path in weights:
            value = document
            for key in path:
                value = value[key]
            total += coefficient * value
        return holds(total)
    # A blank or a word: the schema has said so.
    except (KeyError, TypeError):
        return True


def fast_validator(edition: Edition) -> Callable[[Any], Any] | None:
    """Return what fastjsonschema compiles."""
    rival = library("fastjsonschema")
    # It knows drafts up to 7, by which this schema says the same; and it rewrites references in place.
    schema = {**deepcopy(dict(edition.schema)), "$schema": "http://json-schema.org/draft-07/schema#"}
    return rival.compile(schema) if rival else None


def rust_validator(edition: Edition) -> Any:
    """Return what jsonschema-rs compiles."""
    rival = library("jsonschema_rs")
    return rival.Draft202012Validator(dict(edition.schema)) if rival else None
