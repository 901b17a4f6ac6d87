"""The blanks that people fill in, their digests, and the page where an agency finds its own."""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING, Final

from disclosure_spec.blank import blank
from disclosure_spec.edition import Catalogue
from disclosure_spec.wording import Wording
from disclosure_spec.writing import FORMATS, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from disclosure_spec.authoring.publish import Files
    from disclosure_spec.edition import Edition

SUMS: Final = "SHA256SUMS"
_DATA: Final = frozenset({"json", "yaml"})
_NAMES: Final = {
    "docx": Wording("Word文档", "Word"),
    "xlsx": Wording("Excel工作簿（填写时即时校验）", "Excel, checks while it is filled in"),
    "html": Wording("网页", "web page"),
    "fragment": Wording("可贴入网站编辑器的表格", "tables to paste into a site's editor"),
    "md": Wording("Markdown", "Markdown"),
    "json": Wording("JSON（供程序使用）", "JSON, for programs"),
    "yaml": Wording("YAML（供程序使用）", "YAML, for programs"),
}
_TITLE: Final = Wording(
    "政府信息公开工作年度报告：空白表格", "Annual reports on open government information: blanks"
)
_YEARS: Final = Wording("适用于{first}年度至{last}年度的报告", "for the report years {first} to {last}")
_YEARS_ON: Final = Wording("适用于{first}年度起的报告", "for report years from {first} on")
_HOW: Final = Wording(
    "下载与报告年度相应的空白表格，填好后可用 disclosure-spec check 检查。没有数量的填0，不要留空。",
    "Download the blank for the report year; check it with disclosure-spec check when filled in. Where"
    " there is none write 0; leave nothing blank.",
)
_STYLE: Final = (
    'body{margin:2rem auto;max-width:52rem;padding:0 1rem;font:16px/1.7 "Noto Sans CJK SC","Microsoft YaHei",'
    "sans-serif}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.3rem .6rem;"
    "text-align:left}code{font-size:.75rem;overflow-wrap:anywhere}small{color:#555}"
)


def publish_templates(root: Path) -> Files:
    """Return the blanks of every edition, their digests and the page that lists them, by path.

    Args:
        root: The published schema folder; its `index.json` and editions must be up to date.
    """
    catalogue = Catalogue(root)
    editions = [one for spec in catalogue.index["specs"] for one in catalogue.editions(spec["version"])]
    files = {path: data for edition in editions for path, data in _blanks(edition)}
    sums = "".join(f"{_digest(data)}  {path}\n" for path, data in sorted(files.items()))
    page = _page(editions, files)
    return {**files, SUMS: sums.encode(), "index.html": page.encode()}


def _blanks(edition: Edition) -> Iterator[tuple[str, bytes]]:
    for format_name in FORMATS:
        # On paper what need not be stated has its place too; in data its key is left out.
        document = blank(edition, optional=format_name not in _DATA)
        yield _path(edition, format_name), write(document, edition, format_name)


def _path(edition: Edition, format_name: str) -> str:
    # A fragment is HTML too, and would else take the name of the page.
    suffix = "fragment.html" if format_name == "fragment" else format_name
    return f"{edition.spec_version}/{edition.name}/blank.{suffix}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _page(editions: list[Edition], files: Files) -> str:
    # The newest edition first: it is the one that most people have come for.
    body = "\n".join(line for edition in reversed(editions) for line in _section(edition, files))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_TITLE.zh}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{_TITLE.zh}<br><small>{_TITLE.en}</small></h1>\n<p>{_HOW.zh}<br><small>{_HOW.en}</small></p>\n"
        f"{body}\n</body>\n</html>\n"
    )


def _section(edition: Edition, files: Files) -> Iterator[str]:
    years = edition.form["report_years"]
    words = (_YEARS if years["last"] else _YEARS_ON).fill(**years)
    official = edition.form["official_document"]
    yield f"<h2>{words.zh}<br><small>{words.en}</small></h2>"
    yield f"<p>{escape(official['number'])}《{escape(official['title']['zh'])}》</p>"
    yield "<table>"
    for format_name, name in _NAMES.items():
        path = _path(edition, format_name)
        if path in files:
            yield (
                f'<tr><td><a href="{path}" download>{name.zh}<br><small>{name.en}</small></a></td>'
                f"<td>SHA-256<br><code>{_digest(files[path])}</code></td></tr>"
            )
    yield "</table>"
