"""Write the conformance cases from `cases.yaml`: the manifest, and one file for each different document.

`python -m tests.suite.build [FOLDER]` writes into `FOLDER/<spec version>/`, beside this file by default.
"""

from __future__ import annotations

import re
import shutil
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.suite.printing import page, rows_of, text

from disclosure_spec.blank import blank, in_form_order
from disclosure_spec.document import Document, JSONValue, get_at, parse_pointer, with_value
from disclosure_spec.edition import installed
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.strict_yaml import loads_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.suite.printing import Rows

    from disclosure_spec.edition import Edition

HERE: Final = Path(__file__).parent
SCHEMA: Final = "https://w3id.org/disclosure-spec/meta/case.schema.json"
EDITIONS: Final = ("2019", "2021")
_FIELD: Final = re.compile(r"\{([a-z_]+)\}")
CHANGES: Final = ("times", "plus", "add", "delete", "set")


@dataclass
class Documents:
    """Collect the files to write; equal documents of one edition share the file that came first."""

    files: dict[str, bytes] = field(default_factory=dict)
    _known: dict[tuple[str, str], str] = field(default_factory=dict)

    def keep(self, edition: str, name: str, document: JSONValue, *, compact: bool) -> str:
        """Return the path of the file that holds the document."""
        key = edition, dumps_json(document, None)
        if key not in self._known:
            text = key[1] if compact else _by_row(document) + "\n"
            self._known[key] = self.write(f"{edition}/{name}.json", text.encode())
        return self._known[key]

    def write(self, path: str, data: bytes) -> str:
        """Keep a file and return its path.

        Raises:
            ValueError: Another file has that name.
        """
        if path in self.files:
            raise ValueError(f"two files are named {path}")
        self.files[path] = data
        return path


class Bench:
    """Turn what `cases.yaml` says into documents and expectations of one edition.

    Args:
        source: The content of `cases.yaml`.
        edition: The edition.
        fields: Values for further fields, or other values for known ones.
    """

    def __init__(
        self, source: Mapping[str, Any], edition: Edition, fields: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.edition = edition
        self._source = source
        self._lists = {
            name: one[edition.name] if isinstance(one, dict) else one for name, one in source["lists"].items()
        } | dict(fields or {})

    def of(self, edition: str) -> Bench:
        """Return the bench of another edition."""
        return Bench(self._source, installed().edition(edition, self._source["spec_version"]))

    def each(self, case: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Bench]]:
        """Yield a case as it is, or once for each place in the lists of its `each`; short ones begin anew."""
        lists = {
            name: [one for value in values for one in self.expand(value)]
            for name, values in case.get("each", {}).items()
        }
        if not lists:
            yield dict(case), self
            return
        for at in range(max(map(len, lists.values()))):
            fields = {name: [values[at % len(values)]] for name, values in lists.items()}
            bench = Bench(self._source, self.edition, fields)
            yield {**case, "name": f"{case['name']}_{at + 1}"}, bench

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
        values = {**data.get("set", {}), **data.get(self.edition.name, {})}
        return self.changed(document, {"set": values, "delete": data.get("delete", ())})

    def document(self, asked: Mapping[str, Any]) -> Document:
        """Return the base that is asked for with its changes."""
        bench = self.of(asked["edition"]) if "edition" in asked else self
        return bench.changed(bench.base(asked["base"]), asked)

    def changed(self, document: Document, changes: Mapping[str, Any]) -> Document:
        """Return the document with its changes, made in the order of `CHANGES`, in the order of the form."""
        times, plus = changes.get("times", 1), changes.get("plus", 0)
        # Blank forms hold no number that could be changed, so nothing is touched unasked.
        for cell in self.edition.cells if (times, plus) != (1, 0) else ():
            number = _number_at(document, cell.pointer) * times + plus
            document = with_value(document, cell.pointer, number)
        for template, more in changes.get("add", {}).items():
            for pointer in self.expand(template):
                document = with_value(document, pointer, _number_at(document, pointer) + more)
        for template in changes.get("delete", ()):
            for pointer in self.expand(template):
                document = without(document, parse_pointer(pointer))
        for template, value in changes.get("set", {}).items():
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


def _number_at(document: Document, pointer: str) -> int | Decimal:
    number = get_at(document, pointer)
    if not isinstance(number, int | Decimal):
        raise TypeError(f"no number at {pointer}")
    return number


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
    for rule, cases in source["cases"].items():
        about = source["rules"][rule]
        for entry in cases:
            if bench.edition.name in entry.get("editions", about.get("editions", EDITIONS)):
                for case, one in bench.each(entry):
                    yield _rule_case(rule, {**case, "clause": about["clause"]}, one, documents)


def _rule_case(rule: str, case: Mapping[str, Any], bench: Bench, documents: Documents) -> dict[str, Any]:
    edition = bench.edition.name

    def path_of(asked: Mapping[str, Any], suffix: str = "") -> str:
        own = f"rules/{rule}/{case['name']}{suffix}"
        # What nothing was changed in is a base, whichever case came first.
        changed = any(key in asked for key in CHANGES)
        name = own if changed else f"bases/{asked['base']}"
        return documents.keep(asked.get("edition", edition), name, bench.document(asked), compact=changed)

    others: dict[str, Any] = {}
    if "previous" in case:
        others["previous"] = path_of(case["previous"], ".previous")
    if "parts" in case:
        others["parts"] = [path_of(one, f".part_{at}") for at, one in enumerate(case["parts"], start=1)]
    return {
        "id": f"{edition}/rules/{rule}/{case['name']}",
        "edition": edition,
        "kind": "rule",
        "schema": case.get("schema", "report"),
        "document": path_of({key: one for key, one in case.items() if key != "edition"}),
        **others,
        "expect": _expected(rule, case, bench),
        "clause": case["clause"],
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
    return bench.changed(bench.base(case["base"]), {"set": values | case.get("set", {}), "delete": deletions})


def _expected_structure(case: Mapping[str, Any], pointer: str, schema: str, bench: Bench) -> dict[str, Any]:
    valid = case.get("valid", {}).get(schema, False)
    expected: dict[str, Any] = {"valid": valid}
    if not valid:
        named = (
            case["breaks"] if isinstance(case["breaks"], dict) else {one: [pointer] for one in case["breaks"]}
        )
        expected["breaks"] = [
            {"keyword": keyword, "pointer": place}
            for keyword, templates in named.items()
            for template in templates
            for place in bench.expand(template)
        ]
    if schema == "report" and case.get("findings", {}) is not None:
        by_default = {} if valid else {"document.structure": [pointer]}
        told = {case["told_by"]: [pointer]} if "told_by" in case else by_default
        expected["findings"] = bench.findings(case.get("findings", told))
    return expected


def read_cases(source: Mapping[str, Any], bench: Bench, documents: Documents) -> Iterator[dict[str, Any]]:
    """Yield the cases about reading: a report printed in some layout, and the document it holds."""
    edition = bench.edition.name
    for name, group in source["reading"].items():
        for entry in group["at"]:
            case = {**group, **entry}
            if edition not in case.get("editions", EDITIONS):
                continue
            path, suffix = f"reading/{name}/{case['name']}", case.get("suffix", "html")
            text = bench.expand(case["raw"])[0] if "raw" in case else printed(case, bench)
            data = text.encode(case.get("charset", "utf-8"))
            # A page without a base holds no report at all.
            expected: dict[str, Any] = {"refused": True}
            if "base" in case and not case.get("refused"):
                document = bench.changed(bench.document(case), case.get("read", {}))
                expected = {
                    "document": documents.keep(edition, path, document, compact=True),
                    "unread": [one for template in case.get("unread", ()) for one in bench.expand(template)],
                }
            yield {
                "id": f"{edition}/{path}",
                "edition": edition,
                "kind": "read",
                "input": documents.write(f"{edition}/{path}.{suffix}", data),
                "expect": expected,
                "clause": group["clause"],
                "tags": case.get("tags", []),
            }


def printed(case: Mapping[str, Any], bench: Bench) -> str:
    """Return a report as a page or a text: the lines in front, then the parts, tables as the case says."""
    document = bench.document(case)
    stated = {key: [str(document[key])] for key in ("title", "preface")}
    blocks: list[str | Rows] = [bench.expand(line, **stated)[0] for line in case["front"]]
    drawn = {
        key: [bench.of(bench.expand(one)[0]).edition for one in names]
        for key, names in case.get("tables", {}).items()
    }
    for section in bench.edition.sections:
        key = section.pointer[1:]
        blocks.append(section.heading.zh)
        for edition in drawn.get(key, [bench.edition]):
            part = next(one for one in edition.sections if one.pointer == section.pointer)
            blocks.append(rows_of(part, document) if part.grid else str(document[key]))
    if "suffix" in case:
        return text(blocks, case["draw"])
    return page(blocks, case["draw"], case.get("charset", "utf-8"))


def _by_line(cases: Sequence[JSONValue]) -> str:
    return ",\n".join(dumps_json(case, None).strip() for case in cases)


def build(folder: Path) -> None:
    """Write manifest and documents of every edition; what else stood in the version's folder is removed."""
    source: dict[str, Any] = dict(loads_document((HERE / "cases.yaml").read_bytes()))
    documents = Documents()
    cases: list[dict[str, Any]] = []
    reading: list[dict[str, Any]] = []
    for edition in installed().editions(source["spec_version"]):
        bench = Bench(source, edition)
        cases.extend(rule_cases(source, bench, documents))
        cases.extend(structure_cases(source, bench, documents))
        reading.extend(read_cases(source, bench, documents))
    target = folder / source["spec_version"]
    shutil.rmtree(target, ignore_errors=True)
    head = f'"$schema":"{SCHEMA}",\n"spec_version":"{source["spec_version"]}",\n'
    manifest = f'{{{head}"cases":[\n{_by_line(cases)}\n],\n"reading":[\n{_by_line(reading)}\n]}}\n'
    for path, data in {**documents.files, "manifest.json": manifest.encode()}.items():
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
