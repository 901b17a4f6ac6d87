"""Legal basis in short form (`regulation 36(1)`) and written out in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from disclosure_spec.errors import SpecificationError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CLAUSE: Final = re.compile(
    r"(?P<source>[a-z_]+)(?: (?P<article>[0-9]+)(?:¶(?P<paragraph>[0-9]+))?(?:\((?P<item>[0-9]+)\))?)?"
)
_DIGITS: Final = "零一二三四五六七八九"


def expand_basis(
    basis: Iterable[str | Mapping[str, Any]], sources: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, Any], ...]:
    """Write each basis out as `{source, zh, en}`; a mapping is taken as written.

    Raises:
        SpecificationError: The short form cannot be read, or its source is not listed under `sources`.
    """
    return tuple(_expand(one, sources) if isinstance(one, str) else dict(one) for one in basis)


def _expand(short: str, sources: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    match = _CLAUSE.fullmatch(short)
    if match is None or match["source"] not in sources:
        raise SpecificationError(
            "basis.unknown", Wording(f"无法识别的依据“{short}”。", f"Cannot read the basis {short!r}.")
        )
    source = sources[match["source"]]
    zh, en = source["zh"], source["en"]
    if match["article"]:
        zh += f"第{chinese_number(int(match['article']))}条"
        en += f", article {match['article']}"
    if match["paragraph"]:
        zh += f"第{chinese_number(int(match['paragraph']))}款"
        en += f", paragraph {match['paragraph']}"
    if match["item"]:
        zh += f"第（{chinese_number(int(match['item']))}）项"
        en += f"({match['item']})"
    return {"source": match["source"], "zh": zh, "en": en}


def chinese_number(number: int) -> str:
    """Write a number from 1 to 99 as Chinese numerals."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    # 十六 and not 一十六, 三十 and not 三十零.
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
