"""Write the conformance cases from `cases.yaml`: the manifest, and one file for each different document.

`python tests/suite/build.py [FOLDER]` writes into `FOLDER/<spec version>/`, beside this file by default.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.blank import blank, in_form_order
from disclosure_spec.document import Document, JSONValue, parse_pointer, with_value
from disclosure_spec.edition import installed
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.strict_yaml import loads_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from disclosure_spec.edition import Edition

HERE: Final = Path(__file__).parent
SCHEMA: Final = "https://w3id.org/disclosure-spec/meta/case.schema.json"
EDITIONS: Final = ("2019", "2021")
_FIELD: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass
class Documents:
    """Collect the files to write; equal documents of one edition share the file that came first."""

    files: dict[str, str] = field(default_factory=dict)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def keep(self, edition: str, name: str, document: JSONValue, *, compact: bool) -> str:
        """Return the path of the file that holds the document.

        Raises:
            ValueError: Another document has that name.
        """
        key = edition, dumps_json(document, None)
        if key not in self._known:
            path = f"{edition}/{name}.json"
            if path in self.files:
                raise ValueError(f"two documents are named {path}")
            self.files[path] = key[1] if compact else _by_row(document) + "\n"
            self._known[key] = path
        return self._known[key]


class Bench:
    """Turn what `cases.yaml` says into documents and expectations of one edition."""

    def __init__(self, source: Mapping[str, Any], edition: Edition) -> None:
        self.edition = edition
        self._source = source
        self._lists = {
            name: one[edition.name] if isinstance(one, dict) else one for name, one in source["lists"].items()
        }

    def expand(self, template: str, **more: Sequence[str]) -> list[str]:
        """Return the template with its fields filled in, once for each combination of their values."""
        match = _FIELD.search(template)
        if match is None:
            return [template]
        values = more.get(match[1]) or [
            one for value in self._lists[match[1]] for one in self.expand(value, **more)
        ]
        return [one for value in values for one in self.expand(template.replace(match[0], value), **more)]

    def value(self, value: JSONValue) -> JSONValue:
        """Return a value with fields, rows and paddings written out."""
        match value:
            case str():
                return self.expand(value)[0] if _FIELD.search(value) else value
            case {"$pad": [str(text), str(filler), int(length)]}:
                return text + filler * (length - len(text))
            case dict():
                return {key: self.value(one) for key, one in value.items()}
            case list() if str(len(value)) in self._source["rows"]:
                return dict(zip(self._source["rows"][str(len(value))], value, strict=True))
            case _:
                return value

    def base(self, name: str) -> Document:
        """Return one of the documents to start from."""
        data = self._source["bases"][name]
        document = self.base(data["from"]) if "from" in data else blank(self.edition)
        for cell in self.edition.cells if "fill" in data else ():
            document = with_value(document, cell.pointer, data["fill"])
        return self.change(document, {**data["set"], **data.get(self.edition.name, {})}, ())

    def change(
        self, document: Document, values: Mapping[str, JSONValue], deletions: Iterable[str]
    ) -> Document:
        """Return the document with other values, and without what is deleted, in the order of the form."""
        for template in deletions:
            for pointer in self.expand(template):
                document = without(document, parse_pointer(pointer))
        for template, value in values.items():
            for pointer in self.expand(template):
                document = with_value(document, pointer, self.value(value))
        return in_form_order(document, self.edition)

    def findings(self, named: Mapping[str, Sequence[str]]) -> list[JSONValue]:
        """Return the findings named by rule, each with its pointers in order."""
        found: list[tuple[str, list[str]]] = []
        for rule, subjects in named.items():
            templates = self._source["rules"][rule].get("pointers", ["{of}"])
            for subject in (one for name in subjects for one in self.expand(name)):
                pointers = {one for template in templates for one in self.expand(template, of=[subject])}
                found.append((rule, sorted(pointers)))
        severities = {rule: self._source["rules"][rule]["severity"] for rule in named}
        return [
            {"rule": rule, "severity": severities[rule], "pointers": [*pointers]}
            for rule, pointers in sorted(found)
        ]


def without(document: Document, path: Sequence[str]) -> Document:
    """Return the document without what stands at the path; nothing there is a mistake in the source."""
    result = dict(document)
    if len(path) == 1:
        del result[path[0]]
        return result
    child = result[path[0]]
    if not isinstance(child, dict):
        raise TypeError(f"no object at {path[0]}")
    result[path[0]] = without(child, path[1:])
    return result


def _by_row(value: JSONValue, margin: str = "") -> str:
    """Return the value as JSON, each row of a table on one line."""
    if not isinstance(value, dict) or not any(isinstance(one, dict) for one in value.values()):
        return dumps_json(value, None).strip()
    items = (
        f"{margin}  {dumps_json(key).strip()}: {_by_row(one, margin + '  ')}" for key, one in value.items()
    )
    return "{\n" + ",\n".join(items) + f"\n{margin}}}"


def rule_cases(source: Mapping[str, Any], bench: Bench, documents: Documents) -> Iterator[dict[str, Any]]:
    """Yield the cases about rules, in the order of the source."""
    edition = bench.edition.name
    for rule, cases in source["cases"].items():
        about = source["rules"][rule]
        for case in cases:
            if edition not in case.get("editions", about.get("editions", EDITIONS)):
                continue
            changes = case.get("set", {}), case.get("delete", ())
            document = bench.change(bench.base(case["base"]), *changes)
            name = f"rules/{rule}/{case['name']}" if any(changes) else f"bases/{case['base']}"
            yield {
                "id": f"{edition}/rules/{rule}/{case['name']}",
                "edition": edition,
                "kind": "rule",
                "schema": case.get("schema", "report"),
                "document": documents.keep(edition, name, document, compact=False),
                "expect": _expected(rule, case, bench),
                "clause": about["clause"],
                "tags": case.get("tags", []),
            }


def _expected(rule: str, case: Mapping[str, Any], bench: Bench) -> dict[str, Any]:
    findings: list[Any] = bench.findings(case.get("findings", {}))
    failed = any(finding["severity"] == "error" for finding in findings)
    expected = {
        "valid": case.get("valid", True),
        "verdict": "does_not_conform" if failed else "conforms",
        "rules": {rule: case["status"], **case.get("also", {})},
        "findings": findings,
    }
    return expected | ({"reason": case["reason"]} if "reason" in case else {})


def structure_cases(
    source: Mapping[str, Any], bench: Bench, documents: Documents
) -> Iterator[dict[str, Any]]:
    """Yield the cases about structure: one change each, held against one schema or both."""
    edition = bench.edition.name
    for name, group in source["structure"].items():
        for entry in group["at"]:
            case = {**group, **({"at": entry} if isinstance(entry, str) else entry)}
            if edition not in case.get("editions", EDITIONS):
                continue
            for pointer in bench.expand(case["at"]):
                title = case.get("name") or pointer.removeprefix("/").replace("/", ".")
                document = _changed(case, pointer, bench)
                path = documents.keep(edition, f"structure/{name}/{title}", document, compact=True)
                for schema, valid in case.get("valid", {"report": False, "draft": False}).items():
                    yield {
                        "id": f"{edition}/structure/{name}/{title}/{schema}",
                        "edition": edition,
                        "kind": "structure",
                        "schema": schema,
                        "document": path,
                        "expect": _expected_structure(case, pointer, schema, bench) | {"valid": valid},
                        "clause": group["clause"],
                        "tags": [name],
                    }


def _changed(case: Mapping[str, Any], pointer: str, bench: Bench) -> JSONValue:
    if not pointer:
        value: JSONValue = case["value"]
        return value
    values = {pointer: case["value"]} if "value" in case else {}
    deletions = [*case.get("delete", ()), *(() if values or "delete" in case else (pointer,))]
    return bench.change(bench.base(case["base"]), values, deletions)


def _expected_structure(case: Mapping[str, Any], pointer: str, schema: str, bench: Bench) -> dict[str, Any]:
    valid = case.get("valid", {}).get(schema, False)
    expected: dict[str, Any] = {"valid": valid}
    if not valid:
        expected["breaks"] = [{"keyword": one, "pointer": pointer} for one in case["breaks"]]
    if schema == "report" and case.get("findings", {}) is not None:
        by_default = {} if valid else {"document.structure": [pointer]}
        told = {case["told_by"]: [pointer]} if "told_by" in case else by_default
        expected["findings"] = bench.findings(case.get("findings", told))
    return expected


def build(folder: Path) -> None:
    """Write manifest and documents of every edition; what else stood in the version's folder is removed."""
    source: dict[str, Any] = dict(loads_document((HERE / "cases.yaml").read_bytes()))
    documents = Documents()
    cases: list[dict[str, Any]] = []
    for edition in installed().editions(source["spec_version"]):
        bench = Bench(source, edition)
        cases.extend(rule_cases(source, bench, documents))
        cases.extend(structure_cases(source, bench, documents))
    target = folder / source["spec_version"]
    shutil.rmtree(target, ignore_errors=True)
    lines = ",\n".join(dumps_json(case, None).strip() for case in cases)
    head = f'"$schema":"{SCHEMA}",\n"spec_version":"{source["spec_version"]}",\n'
    files = {**documents.files, "manifest.json": f'{{{head}"cases":[\n{lines}\n]}}\n'}
    for path, text in files.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
