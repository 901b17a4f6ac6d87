"""The structure of a document against the published schema, in the words of the form."""

from __future__ import annotations

from disclosure_spec._scalars import excerpt
from disclosure_spec._typing import TYPE_CHECKING, Any, Final
from disclosure_spec.checking.cells import AMOUNT
from disclosure_spec.checking.conditions import obstacle
from disclosure_spec.checking.evaluation import PASSED, Evaluation, not_checked
from disclosure_spec.checking.result import Reason, Status
from disclosure_spec.checking.subset import compile_schema
from disclosure_spec.document import join_pointer, parse_pointer
from disclosure_spec.edition import walk_schema
from disclosure_spec.rules import CellsTest, TextTest
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.checking.subset import Breach
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.edition import Edition
    from disclosure_spec.rules import Test

# Of several keywords broken at one place the first of these is named. The lengths stand before the pattern,
# whose `$` lets a final line break pass in some languages.
_FIRST: Final = ("type", "const", "enum", "minLength", "maxLength", "pattern", "minimum", "maximum")

_TYPES: Final[Mapping[str, Wording]] = {
    "string": Wording("文字", "text"),
    "integer": Wording("整数", "a whole number"),
    "number": Wording("数字", "a number"),
    "object": Wording("一组带键的内容", "an object"),
    "null": Wording("空白", "blank"),
}


class StructureEvaluator:
    """Hold a document against one schema.

    What a rule on cells or parts says better is left to it: blanks, marks and numbers out of range in a
    cell, and parts without text, break the schema too, but are reported once, under that rule.
    """

    def __init__(self, edition: Edition, schema: Mapping[str, Any]) -> None:
        self._edition = edition
        self._breaches = compile_schema(schema)
        # Active ones only: a trial rule warns, and must not take an error away from the structure.
        self._tellers = [
            rule
            for rule in edition.rules
            if rule.status == "active"
            and isinstance(rule.test, CellsTest | TextTest)
            and rule.test.require in {"filled", "number", "count", "amount", "present"}
        ]

    def breaches(self, document: Document) -> Sequence[Breach]:
        """Return every keyword of the schema that a document breaks."""
        return self._breaches(document)

    def evaluate(self, facts: Facts, breaches: Sequence[Breach]) -> Iterator[Evaluation]:
        """Yield one failure for each place that breaks the schema; a single pass when there is none.

        Args:
            facts: The document.
            breaches: As `breaches` has found them.
        """
        found: dict[str, Breach] = {}
        # A rule that does not apply to this document tells nothing of it.
        tests = [rule.test for rule in self._tellers if obstacle(rule, facts) is None]
        for breach in breaches:
            for path in breach.places:
                pointer = join_pointer(path)
                # A date too long breaks `pattern` and `maxLength`: one place, one finding.
                first = found.get(pointer)
                if (first is None or _rank(breach) < _rank(first)) and not self._is_told_elsewhere(
                    pointer, breach, tests
                ):
                    found[pointer] = breach
        # The validator goes by the schema's keywords; people go by the form.
        for pointer in sorted(found, key=self._position):
            breach = found[pointer]
            if pointer in facts.origin.unread and breach.instance is None:
                yield not_checked(Reason.OPERAND_UNREAD)
            else:
                yield _failed(pointer, breach, facts)
        if not found:
            yield PASSED

    def _position(self, pointer: str) -> list[tuple[int, str]]:
        """Return where a pointer stands in the form; what the form does not have comes last, by its name."""
        position: list[tuple[int, str]] = []
        for step in walk_schema(self._edition.schema, pointer):
            known = list(step.parent.get("properties", {}))
            position.append((known.index(step.key) if step.key in known else len(known), step.key))
        return position

    def _is_told_elsewhere(self, pointer: str, breach: Breach, tests: Sequence[Test]) -> bool:
        section = self._edition.section_at.get(pointer)
        if section and not section.rows and breach.keyword == "type" and breach.instance is None:
            return any(isinstance(test, TextTest) and pointer in test.pointers for test in tests)
        cell = self._edition.cell_at.get(pointer)
        if cell is None or breach.keyword not in {"type", "minimum", "maximum"}:
            return False
        match breach.instance:
            case None:
                teller = "filled"
            case str():
                teller = "number"
            # No rule on cells speaks of these. bool stands before the rest, as to Python it is a number.
            case bool() | list() | dict():
                return False
            case _:
                teller = "amount" if cell.type == AMOUNT else "count"
        return any(test.require == teller for test in tests if isinstance(test, CellsTest))


def _rank(breach: Breach) -> int:
    return _FIRST.index(breach.keyword) if breach.keyword in _FIRST else len(_FIRST)


def _failed(pointer: str, breach: Breach, facts: Facts) -> Evaluation:
    cell = facts.cell(pointer)
    return Evaluation(
        Status.FAIL,
        cells=(cell,),
        found=cell.value,
        expected=_expected(breach),
        keyword=breach.keyword,
        values={"problem": _described(pointer, breach, cell.label)},
    )


def _expected(breach: Breach) -> JSONValue:
    wanted = breach.wanted
    return wanted if isinstance(wanted, str | int) and not isinstance(wanted, bool) else None


def _described(pointer: str, breach: Breach, label: Wording) -> Wording:
    """Return what is wrong at a place."""
    words = _KEYWORDS.get(breach.keyword, _other)(breach)
    # The validator reports these two at the object; people look for the key.
    if breach.keyword in {"required", "additionalProperties"}:
        return words.fill(label=label, key=parse_pointer(pointer)[-1])
    return words.fill(label=label, value=_shown(breach.instance))


def _shown(value: object) -> Wording:
    match value:
        case None:
            return _TYPES["null"]
        case bool():
            return Wording(str(value).lower(), str(value).lower())
        case dict() | list():
            return Wording("一组内容", "a collection")
        case _:
            text = f"“{excerpt(str(value))}”"
            return Wording(text, text)


def _type(breach: Breach) -> Wording:
    kinds = [breach.wanted] if isinstance(breach.wanted, str) else breach.wanted
    wanted = [_TYPES[kind] for kind in kinds]
    zh, en = "或".join(one.zh for one in wanted), " or ".join(one.en for one in wanted)
    return Wording(f"“{{label}}”应为{zh}，现为{{value}}。", f"“{{label}}” should be {en} but is {{value}}.")


def _choice(breach: Breach) -> Wording:
    choices = breach.wanted if breach.keyword == "enum" else [breach.wanted]
    listed = "、".join("空白" if one is None else str(one) for one in choices)
    listed_en = ", ".join("blank" if one is None else str(one) for one in choices)
    return Wording(
        f"“{{label}}”应为{listed}，现为{{value}}。", f"“{{label}}” should be {listed_en} but is {{value}}."
    )


def _pattern(breach: Breach) -> Wording:
    # A regular expression tells most people nothing.
    example = breach.schema.get("examples", [breach.wanted])[0]
    return Wording(
        f"“{{label}}”的写法应如“{example}”，现为{{value}}。",
        f"“{{label}}” should be written like “{example}” but is {{value}}.",
    )


def _limit(breach: Breach) -> Wording:
    zh, en = _LIMITS[breach.keyword]
    return Wording(
        f"“{{label}}”应{zh.format(breach.wanted)}，现为{{value}}。",
        f"“{{label}}” should be {en.format(breach.wanted)} but is {{value}}.",
    )


def _required(_: Breach) -> Wording:
    return Wording("缺少“{label}”（{key}）。", "“{label}” ({key}) is missing.")


def _unknown(_: Breach) -> Wording:
    return Wording(
        "格式中没有“{key}”这一项；自定义的内容请放在报告或各部分的 x- 开头的键下。",
        "The form has no “{key}”; keep data of your own under a key beginning with x-.",
    )


def _other(breach: Breach) -> Wording:
    return Wording(
        f"“{{label}}”不符合格式（{breach.keyword}）。",
        f"“{{label}}” does not follow the form ({breach.keyword}).",
    )


_LIMITS: Final = {
    "minimum": ("不小于{}", "at least {}"),
    "maximum": ("不大于{}", "at most {}"),
    "minLength": ("不少于{}个字", "at least {} character(s) long"),
    "maxLength": ("不超过{}个字", "at most {} character(s) long"),
}
_KEYWORDS: Final[Mapping[str, Callable[[Breach], Wording]]] = {
    "required": _required,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _choice,
    "const": _choice,
    "pattern": _pattern,
    **dict.fromkeys(_LIMITS, _limit),
}
