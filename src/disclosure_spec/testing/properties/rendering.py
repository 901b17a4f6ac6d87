"""A proof as a table for people, and as JSON for programs."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from hypothesis import Phase, find, settings

from disclosure_spec.document import MISSING, get_at, join_pointer
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.testing.columns import width
from disclosure_spec.testing.consistent import documents
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.judging import Submission
    from disclosure_spec.testing.properties.proving import Line, Proof
    from disclosure_spec.wording import Language

_WIDTHS: Final = (7, 30, 46, 46, 6, 6, 8)
_HEADINGS: Final = (
    Wording("格式", "edition"),
    Wording("编号", "property"),
    Wording("性质", "law"),
    Wording("依据", "clause"),
    Wording("例数", "tried"),
    Wording("结果", "result"),
    Wording("秒", "seconds"),
)
_OUTCOMES: Final = {"held": Wording("成立", "held"), "failed": Wording("不成立", "FAILED")}
_SUMMARY: Final = Wording(
    "{count}条性质，{failed}条不成立；{tried}个例子，{reports}份报告，{seconds}秒；种子 {seed}",
    "{count} properties, {failed} failed; {tried} examples, {reports} reports, {seconds} s; seed {seed}",
)
_REPORT: Final = Wording(
    "报告{place}（按{schema}）与最简报告不同之处：", "report {place} (as {schema}) differs from the simplest:"
)
_SCHEMAS: Final = {"report": Wording("正式报告", "report"), "draft": Wording("草稿", "draft")}
_PREVIOUS: Final = Wording("对照的上年报告：", "previous:")
_PART: Final = Wording("对照的所属机关报告{at}：", "parts[{at}]:")
_NOTHING: Final = Wording("（没有）", "(nothing)")
_REST: Final = Wording("……另有{count}处", "… and {count} more")
_SHOWN: Final = 12
_REPORTS_SHOWN: Final = 2


def render(proof: Proof, language: Language) -> str:
    """Return the proof as a table, with the smallest counterexample below each property that failed."""
    lines = [_row([one.get(language) for one in _HEADINGS]), _row(["-" * one for one in _WIDTHS])]
    for line in proof.lines:
        lines.append(_row(_columns(line, language)))
        if line.failure:
            lines += [f"    {one}" for one in _counterexample(line, proof, language)]
    counted = {
        "count": len(proof.lines),
        "failed": sum(line.outcome == "failed" for line in proof.lines),
        "tried": sum(line.tried for line in proof.lines),
        "reports": sum(line.reports for line in proof.lines),
        "seconds": f"{sum(line.seconds for line in proof.lines):.1f}",
        "seed": proof.seed,
    }
    return "\n".join([*lines, "", _SUMMARY.fill(**counted).get(language), ""])


def proof_as_json(proof: Proof) -> dict[str, Any]:
    """Return the proof as JSON values; numbers of reports stay exact."""
    return {
        "seed": proof.seed,
        "examples": proof.examples,
        "held": proof.held,
        "properties": [_line_as_json(line, proof) for line in proof.lines],
    }


def changes(edition: Edition, document: Document) -> list[tuple[str, JSONValue]]:
    """Return where a report differs from the simplest of its edition, and what stands there."""
    # Dozens of cells are nought in every small report; only what is not tells why it fails.
    simplest = _simplest(edition)
    pointers = dict.fromkeys((*_leaves(simplest, ""), *_leaves(document, "")))
    found: list[tuple[str, JSONValue]] = []
    for pointer in pointers:
        value = get_at(document, pointer)
        # Written out, since to Python 3 and 3.0 are equal and True is 1.
        if repr(value) != repr(get_at(simplest, pointer)):
            found.append((pointer, None if value is MISSING else value))
    return found


@lru_cache(maxsize=16)
def _simplest(edition: Edition) -> Document:
    quick = settings(max_examples=1, database=None, deadline=None, phases=(Phase.generate,))
    return find(documents(edition), lambda _: True, settings=quick)


def _leaves(value: JSONValue, pointer: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _leaves(child, pointer + join_pointer([key]))
    else:
        yield pointer


def _columns(line: Line, language: Language) -> list[str]:
    one = line.law
    clause = f"{one.clause.get(language)}（{one.source.get(language)}）"
    return [
        one.edition,
        one.id,
        one.title.get(language),
        clause,
        str(line.tried),
        _OUTCOMES[line.outcome].get(language),
        f"{line.seconds:.2f}",
    ]


def _counterexample(line: Line, proof: Proof, language: Language) -> Iterator[str]:
    if line.failure is None:
        return
    yield from (one.get(language) for one in line.failure.problems[:_SHOWN])
    edition = next(one for one in proof.editions if one.name == line.law.edition)
    for place, submission in enumerate(line.failure.submissions[:_REPORTS_SHOWN], start=1):
        for head, document in _documents(submission):
            yield head.fill(place=place, schema=_SCHEMAS[submission.schema]).get(language)
            yield from _shown(edition, document, language)


def _documents(submission: Submission) -> Iterator[tuple[Wording, Document]]:
    yield _REPORT, submission.document
    if submission.previous is not None:
        yield _PREVIOUS, submission.previous
    for at, part in enumerate(submission.parts, start=1):
        yield _PART.fill(at=at), part


def _shown(edition: Edition, document: Document, language: Language) -> Iterator[str]:
    found = changes(edition, document)
    for pointer, value in found[:_SHOWN]:
        # As JSON, which is what the reader will put into a file to see it again.
        yield f"  {pointer or '/'} = {dumps_json(value, indent=None).rstrip()}"
    if len(found) > _SHOWN:
        yield f"  {_REST.fill(count=len(found) - _SHOWN).get(language)}"
    if not found:
        yield f"  {_NOTHING.get(language)}"


def _line_as_json(line: Line, proof: Proof) -> dict[str, Any]:
    one, failure = line.law, line.failure
    edition = next(each for each in proof.editions if each.name == one.edition)
    return {
        "id": one.id,
        "edition": one.edition,
        "title": one.title.as_json(),
        "clause": one.clause.as_json(),
        "source": one.source.as_json(),
        "tried": line.tried,
        "reports": line.reports,
        "outcome": line.outcome,
        "seconds": round(line.seconds, 3),
        "counterexample": failure
        and {
            "problems": [one.as_json() for one in failure.problems],
            "reports": [
                {
                    "schema": each.schema,
                    "document": each.document,
                    "previous": each.previous,
                    "parts": list(each.parts),
                    "changes": [{"at": at, "value": value} for at, value in changes(edition, each.document)],
                }
                for each in failure.submissions
            ],
        },
    }


def _row(columns: Sequence[str]) -> str:
    return " ".join(map(_fit, columns, _WIDTHS)).rstrip()


def _fit(text: str, columns: int) -> str:
    """Return the text in just so many columns of a terminal."""
    if width(text) > columns:
        # One column is kept for the dots that say so.
        while width(text) > columns - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (columns - width(text))
