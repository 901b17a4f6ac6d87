"""Whose report it is, where the title does not say: the texts that name the body, and what kind it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import Paragraph
from disclosure_spec.reading.characters import simplified
from disclosure_spec.reading.dates import YEAR, is_date_line
from disclosure_spec.reading.labels import compact
from disclosure_spec.reading.report_title import is_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_spec.edition import Edition
    from disclosure_spec.reading.page_head import PageHead
    from disclosure_spec.reading.sections import Parts

UNDECIDED: Final = "undecided"
_LONGEST_NAME: Final = 30
_CITED: Final = re.compile("《([^《》]+)》")
# Without a region there is no full name: every county has a 教育局.
_REGION: Final = "[省市县区州旗]"
_HAN: Final = "[\u4e00-\u9fff]"
# 信息公开 is what the report is about: what follows is no body that makes something public.
_VERB: Final = "公布|(?<!信息)公开|发布|编制|现将|由"
_SIGNED: Final = re.compile(r"(?:^|\s)(?P<name>\S+)\s+\(?20\d\d年\d{1,2}月\d{1,2}日\)?$")
_SIGNATURE_LINES: Final = 4


class Bodies:
    """Find the name of the reporting body in the texts of a report.

    Args:
        edition: Whose recognition knows how the names of bodies end.
        topic: The words that all titles of the report begin with, as a pattern.
    """

    def __init__(self, edition: Edition, topic: str) -> None:
        self.edition = edition
        self._kinds: Mapping[str, list[str]] = edition.form["recognition"]["kinds"]
        suffixes = sorted((suffix for one in self._kinds.values() for suffix in one), key=len, reverse=True)
        self._ends = tuple(suffixes)
        ends = "|".join(map(re.escape, suffixes))
        self._full = re.compile(rf"\w*?{_REGION}\w*?(?:{ends})")
        name = rf"(?P<name>(?:(?!{_VERB}){_HAN}){{4,{_LONGEST_NAME}}}?)"
        self._publishing = re.compile(rf"(?:{_VERB}){name}(?:{YEAR})年?度?的?{topic}")
        self._compiling = re.compile(rf"报告由{name}(?:根据|依据|按照|负责|编制|编写)")

    def kind_of(self, name: str) -> str | None:
        """Return the kind whose suffix is the longest at the end of the name."""
        folded = simplified(name)
        known = [
            (len(suffix), kind)
            for kind, suffixes in self._kinds.items()
            for suffix in suffixes
            if folded.endswith(suffix)
        ]
        # 管理委员会 ends like a department and need not be one: the longer suffix is the one that knows.
        kind = max(known, default=(0, UNDECIDED))[1]
        return None if kind == UNDECIDED else kind

    def named(self, parts: Parts, head: PageHead, texts: Sequence[str]) -> tuple[str, str]:
        """Return the name and the code of the note that says where it stood; empty when nothing names it.

        The surest first: a sentence that publishes the report, the signature, the data above the text, the
        titles of documents cited.
        """
        text = "\n".join(texts)
        ways = (
            ("body.from_sentence", self._in_sentence(text)),
            ("body.from_signature", self._signed(parts)),
            ("body.from_head", self._published(head)),
            ("body.from_prose", self._cited(text)),
        )
        return next(((name, code) for code, name in ways if name), ("", ""))

    def _in_sentence(self, text: str) -> str:
        """Return the one full name of which a sentence says that this is its report."""
        folded = simplified(compact(text))
        for pattern in (self._publishing, self._compiling):
            names = {match["name"] for match in pattern.finditer(folded)}
            # The office of a government compiles the government's report: then neither of them is certain.
            names = {name for name in names if self._is_full(name) and not self._has_other_inside(name)}
            if len(names) == 1:
                start = folded.find(min(names))
                return compact(text)[start : start + len(min(names))]
        return ""

    def _signed(self, parts: Parts) -> str:
        """Return the name below the text, with its date."""
        lines = [block for block in parts.regions[-1].blocks if isinstance(block, Paragraph) and block.text]
        if not parts.regions[-1].section or not lines:
            return ""
        together = _SIGNED.search(lines[-1].text)
        candidates = [together["name"]] if together else []
        last = [compact(line.text) for line in lines[-_SIGNATURE_LINES:]]
        if any(is_date_line(line) for line in last):
            candidates += [line for line in last if not is_date_line(line)]
        names = {name for name in candidates if self._is_body(name)}
        return names.pop() if len(names) == 1 else ""

    def _published(self, head: PageHead) -> str:
        names = {field.value for field in head.fields if field.names_publisher and field.value}
        names = {name for name in names if self._is_body(name)}
        return names.pop() if len(names) == 1 else ""

    def _cited(self, text: str) -> str:
        """Return the one full name at the head of a cited document by which the text calls itself, if any."""
        heads = (self._full.match(compact(title)) for title in _CITED.findall(text))
        names = {match.group() for match in heads if match}
        # Of two bodies cited either may be the author's superior.
        if len(names) != 1:
            return ""
        name = names.pop()
        # 我局 or 本局 in the text fits a name in 局: a sign that the text means itself by it.
        itself = re.search(f"[我本]{name[-1]}", text)
        return name if itself and self.kind_of(name) else ""

    def _is_body(self, name: str) -> bool:
        short = len(name) <= _LONGEST_NAME and simplified(name).endswith(self._ends)
        return short and is_name(name) and len(name) > max(len(end) for end in self._endings(name))

    def _is_full(self, name: str) -> bool:
        return self._is_body(name) and bool(re.match(rf"{_HAN}{{2,}}{_REGION}", name))

    def _endings(self, name: str) -> Iterator[str]:
        return (end for end in self._ends if simplified(name).endswith(end))

    def _has_other_inside(self, name: str) -> bool:
        """Tell whether a name goes on behind that of a body of another kind."""
        kind = self.kind_of(name)
        others = (end for one, ends in self._kinds.items() if one not in {kind, UNDECIDED} for end in ends)
        return any(end in name[:-1] for end in others)


@lru_cache(maxsize=32)
def bodies_of(edition: Edition, topic: str) -> Bodies:
    """Return what finds the names of bodies in the reports of an edition, made once."""
    return Bodies(edition, topic)
