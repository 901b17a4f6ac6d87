"""What a blank says of a part in words: the form's own prompt, and what the rules want it to cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec.rules import TextTest
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.edition import Edition, Section

_COVER: Final = Wording("内容包括：{heads}", "to cover: {heads}")
_LENGTH: Final = Wording("一般不超过{count}字", "as a rule no longer than {count} characters")


def prompt(section: Section, edition: Edition) -> str:
    """Return the prompt of a part in words, in the brackets of the form; empty for a table."""
    if section.prompt is None:
        return ""
    said = [section.prompt.zh.rstrip("。")]
    for rule in edition.rules:
        if rule.status != "active" or not isinstance(rule.test, TextTest):
            continue
        if section.pointer not in rule.test.pointers:
            continue
        if rule.test.require == "covers":
            heads = "、".join(head.title.zh for head in rule.test.heads)
            # A rule for some bodies says by its title which they are.
            said.append(rule.title.zh if rule.applies_when else _COVER.fill(heads=heads).zh)
        elif rule.test.require == "at_most":
            said.append(_LENGTH.fill(count=rule.test.characters).zh)
    return f"（{'；'.join(said)}。）" if len(said) > 1 else f"（{section.prompt.zh}）"
