"""The conformance pack: cases that any system can be held against, read from the published suite."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.errors import UsageError
from disclosure_spec.strict_json import loads_document, loads_json
from disclosure_spec.testing.judging import Expectation, Fault, Submission
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from disclosure_spec.document import JSONValue

MANIFEST: Final = "manifest.json"
_NO_PACK: Final = Wording(
    "{folder}中没有可用的测试用例（{file}）：{problem}。请用 --suite 指出用例所在的目录。",
    "There is no usable conformance pack ({file}) in {folder}: {problem}. Name its folder with --suite.",
)


@dataclass(frozen=True, slots=True)
class FiledSubmission(Submission):
    """A submission whose document is kept in a file.

    Attributes:
        data: The bytes of the file, so that numbers reach the system as they are written.
        name: Its name.
    """

    data: bytes = b""
    name: str = "document.json"


@dataclass(frozen=True, slots=True)
class Case:
    """One document, and what every system must say of it.

    Attributes:
        id: Unique and stable, `2021/rules/requests.balance/row_off_by_one`.
        kind: `structure` or `rule`, as in the manifest.
        submission: The document, with what it is held against.
        expectation: What must be said.
        clause: The article, notice or printed note the case rests on.
        tags: To choose cases by.
        document: The path of the document, seen from the manifest.
    """

    id: str
    kind: str
    submission: FiledSubmission
    expectation: Expectation
    clause: Wording
    tags: tuple[str, ...]
    document: str

    @property
    def group(self) -> tuple[str, str, str]:
        """Return edition, kind, and the rule or group it is filed under."""
        edition, kind, about, *_ = self.id.split("/")
        return edition, kind, about


@dataclass(frozen=True, slots=True)
class Pack:
    """The cases of one version of the specification.

    Attributes:
        spec_version: Version of the specification.
        folder: Where the manifest lies.
        cases: In the order of the manifest.
    """

    spec_version: str
    folder: str
    cases: tuple[Case, ...]

    def only(self, *, edition: str | None = None, pattern: str | None = None) -> Pack:
        """Return the pack of the cases of one edition whose ids fit a pattern such as `2021/rules/*`.

        Raises:
            UsageError: No case is left.
        """
        kept = tuple(
            case
            for case in self.cases
            if edition in {None, case.submission.edition}
            and (pattern is None or fnmatchcase(case.id, pattern))
        )
        if not kept:
            raise UsageError(
                "suite.no_case",
                Wording(
                    f"没有符合条件的用例；编号见{self.folder}中的{MANIFEST}。",
                    f"No case fits; the ids are in {MANIFEST} in {self.folder}.",
                ),
            )
        return replace(self, cases=kept)


def load_pack(folder: Traversable) -> Pack:
    """Read the pack from the folder of its manifest.

    Args:
        folder: The folder of one version, such as `tests/suite/1.0` of a checkout.

    Raises:
        UsageError: There is no readable manifest, or a document it names is not there.
    """
    try:
        manifest = json.loads(folder.joinpath(MANIFEST).read_bytes())
        reader = _Reader(folder)
        cases = tuple(reader.case(one) for one in manifest["cases"])
    # ValueError is what broken JSON and broken UTF-8 have in common.
    except (OSError, ValueError, KeyError) as error:
        words = _NO_PACK.fill(folder=folder, file=MANIFEST, problem=f"{type(error).__name__}: {error}")
        raise UsageError("suite.unreadable", words) from error
    return Pack(manifest["spec_version"], str(folder), cases)


class _Reader:
    """Read documents once, though several cases share one."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._known: dict[str, tuple[bytes, JSONValue]] = {}

    def case(self, data: Mapping[str, Any]) -> Case:
        content, document = self._read(data["document"])
        submission = FiledSubmission(
            edition=data["edition"],
            # A case may hand in a document of any shape: that it is none is what the system has to see.
            document=document,  # type: ignore[arg-type] # see above
            schema=data["schema"],
            previous=loads_document(self._read(data["previous"])[0]) if "previous" in data else None,
            parts=tuple(loads_document(self._read(one)[0]) for one in data.get("parts", ())),
            data=content,
            name=data["document"].rpartition("/")[2],
        )
        return Case(
            id=data["id"],
            kind=data["kind"],
            submission=submission,
            expectation=_expectation(data["expect"], data["id"]),
            clause=Wording.from_json(data["clause"]),
            tags=tuple(data["tags"]),
            document=data["document"],
        )

    def _read(self, path: str) -> tuple[bytes, JSONValue]:
        if path not in self._known:
            content = self._folder.joinpath(*path.split("/")).read_bytes()
            self._known[path] = content, loads_json(content)
        return self._known[path]


def _expectation(data: Mapping[str, Any], case_id: str) -> Expectation:
    faults = None
    if "findings" in data:
        found = data["findings"]
        faults = frozenset(Fault.at(one["rule"], one["severity"], one["pointers"]) for one in found)
    return Expectation(
        valid=data["valid"],
        verdict=data.get("verdict"),
        faults=faults,
        statuses=data.get("rules", {}),
        reasons={case_id.split("/")[2]: data["reason"]} if "reason" in data else {},
    )
