"""One report at a time, in the process that holds it, as in a form at every key stroke or in a service."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from benchmarks.speed.contest import OURS, Goal, race
from benchmarks.speed.rivals import fast_validator, library, rust_validator
from disclosure_spec.checking import Checker
from disclosure_spec.checking.subset import compile_schema
from disclosure_spec.document import with_value
from disclosure_spec.inspection import Inspector
from disclosure_spec.strict_json import dumps_json, loads_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.speed.contest import Outcome, Work
    from benchmarks.speed.setting import Setting
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition

_FEW = 10
"""Reports in a round of what takes milliseconds for one."""


def each(work: Callable[[Any], object], values: Sequence[Any]) -> Work:
    """Return the work of doing the same with each value."""

    def go() -> int:
        for one in values:
            work(one)
        return len(values)

    return go


def parsed(setting: Setting) -> Iterator[Outcome]:
    """Compare verdict and result on a report in memory, all rules, with the schema alone by others."""
    edition, lines = setting.edition, setting.lines
    plain = [json.loads(line) for line in lines]
    checker, fast, rust = Checker(edition), fast_validator(edition), rust_validator(edition)
    exact = [loads_document(line) for line in lines]
    others: dict[str, Work | None] = {
        "jsonschema is_valid": each(Draft202012Validator(edition.schema).is_valid, plain[:_FEW]),
        "fastjsonschema": each(fast, plain) if fast else None,
        "jsonschema-rs is_valid": each(rust.is_valid, plain) if rust else None,
    }
    goals = [Goal("jsonschema is_valid", 150), Goal("fastjsonschema", 5), Goal("jsonschema-rs is_valid", 0.7)]
    for what, ours in (("verdict", checker.verdict), ("result", checker.check)):
        works = {OURS: each(ours, exact), **others}
        yield from race(f"parsed report → {what}, all rules", works, goals, setting.scale.rounds)


def inlined(setting: Setting) -> Iterator[Outcome]:
    """Compare jsonschema on the inlined copy of the schema with jsonschema on the schema."""
    edition = setting.edition
    plain = [json.loads(line) for line in setting.lines[:_FEW]]
    copy = _inlined(edition)
    works: dict[str, Work | None] = {
        OURS: each(Draft202012Validator(copy).is_valid, plain),
        "report.schema.json": each(Draft202012Validator(edition.schema).is_valid, plain),
    }
    goals = [Goal("report.schema.json", 2)]
    return race("jsonschema with report.inlined.schema.json", works, goals, setting.scale.rounds)


def _inlined(edition: Edition) -> Any:
    from disclosure_spec._resources import folder  # noqa: PLC0415 - only this row asks for a published file

    file = folder("schema").joinpath(edition.spec_version, edition.name, "report.inlined.schema.json")
    return json.loads(file.read_bytes())


def structure(setting: Setting) -> Iterator[Outcome]:
    """Compare what is said of a report with five broken keywords: the keywords alone, and all findings."""
    edition = setting.edition
    broken = [five_faults(loads_document(line), edition) for line in setting.lines[:100]]
    plain = [json.loads(dumps_json(one)) for one in broken]
    checker, rust = Checker(edition), rust_validator(edition)
    reference = Draft202012Validator(edition.schema)
    others: dict[str, Work | None] = {
        "jsonschema iter_errors": each(lambda one: [*reference.iter_errors(one)], plain[:_FEW]),
        "jsonschema-rs iter_errors": each(lambda one: [*rust.iter_errors(one)], plain) if rust else None,
    }
    goals = [Goal("jsonschema iter_errors", 40), Goal("jsonschema-rs iter_errors", 1)]
    collect = compile_schema(edition.schema)
    for what, ours in (("broken keywords", collect), ("findings of all rules", checker.check)):
        works = {OURS: each(ours, broken), **others}
        yield from race(f"5 structure errors: {what}", works, goals, setting.scale.rounds)


def five_faults(document: Document, edition: Edition) -> Document:
    """Return the report with five faults of shape: a word, a fraction, a negative number, two wrong keys."""
    counts = [cell.pointer for cell in edition.cells if cell.type == "count"]
    step = len(counts) // 3
    values: tuple[JSONValue, ...] = ("无", -1, "1.5")
    for pointer, value in zip(counts[::step], values, strict=False):
        document = with_value(document, pointer, value)
    return {**document, "unknown": 1, "form_edtion": "2021"}


def from_bytes(setting: Setting) -> Iterator[Outcome]:
    """Compare a line's way to its result, with and without the extra `[fast]`, with the decoders alone."""
    lines, orjson, typed = setting.lines, library("orjson"), library("msgspec")
    decoders = (
        ("standard library", False, "json.loads alone", json.loads, 1.7),
        ("[fast]", True, "orjson.loads alone", orjson and orjson.loads, 1.4),
    )
    for extra, fast, name, decode, bound in decoders:
        works: dict[str, Work | None] = {
            OURS: each(way(Inspector(fast=fast)), lines) if typed or not fast else None,
            name: each(decode, lines) if decode else None,
        }
        goals = [Goal(name, bound, at_most=True)]
        yield from race(f"bytes → result, all rules, {extra}", works, goals, setting.scale.rounds)


def way(inspector: Inspector) -> Callable[[bytes], object]:
    """Return how a batch checks a line: at a glance where that is enough."""
    return lambda line: inspector.glance(line) or inspector.inspect(line)
