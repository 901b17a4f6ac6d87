"""What the pages of results share: escaping, style, script, and a head that lets nothing in from the net."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, Final

from disclosure_spec.reporting.telling import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_spec.rules import Severity
    from disclosure_spec.wording import Language

# Shapes, not colours alone: a page may be printed in black and white, or its reader not see colours.
SYMBOLS: Final[Mapping[Severity, str]] = {"error": "✘", "warning": "▲", "info": "●"}
SUGGESTED: Final = "◆"
CONCERNED: Final = "◇"

_STYLE: Final = """\
body{margin:1.5rem auto;max-width:62rem;padding:0 1rem;color:#111;background:#fff;
font:15px/1.65 "Noto Sans CJK SC","Microsoft YaHei",SimSun,sans-serif}
h1{font-size:1.4rem;margin:0 0 .5rem}
h2{font-size:1.15rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #999}
h3{font-size:1rem;margin:1.2rem 0 .4rem}
p,dl,ul,ol{margin:.3rem 0}
code{font-family:Consolas,"Noto Sans Mono CJK SC",monospace;overflow-wrap:anywhere}
a{color:#0645ad}
.verdict{font-size:1.2rem;font-weight:bold;padding:.4rem .8rem;margin:.5rem 0}
.conforms{border:2px solid #1a7f37}.does_not_conform{border:5px double #b00020}
.cannot_tell{border:3px dashed #7a5c00}
.findings,.findings ol{list-style:none;padding:0}
.finding{border:1px solid #999;border-left-width:8px;padding:.4rem .7rem;margin:.6rem 0;break-inside:avoid}
.finding.error{border-left:8px solid #b00020}.finding.warning{border-left:8px dashed #b36b00}
.finding.info{border-left:8px dotted #24578f}
.finding dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem}
.finding dt{color:#444}.finding dd{margin:0;overflow-wrap:anywhere}
.finding dd ul{padding-left:1.2rem}.finding summary{cursor:pointer}
.suggestion{border:1px dashed #555;padding:0 .4rem;font-style:italic}
.head{font-weight:bold}.follows{margin:.4rem 0 0 1rem}
.plain{border-collapse:collapse}.plain th,.plain td{border:1px solid #999;padding:.2rem .5rem;text-align:left}
.form{font-family:FangSong,"Noto Serif CJK SC",SimSun,serif;overflow-x:auto}
.form p{text-indent:2em;white-space:pre-wrap;overflow-wrap:anywhere}
.form h3{font-family:SimHei,"Noto Sans CJK SC",sans-serif}
.form table{border-collapse:collapse;width:100%;table-layout:fixed;margin:.3rem 0;font-size:13px;
line-height:1.35}
.form th,.form td{border:1px solid #000;padding:3px;text-align:center;font-weight:normal;
overflow-wrap:anywhere;white-space:pre-wrap}
.form th.band{background:#e4ebf5}
.form td.error{border:3px solid #b00020;background:#fdecee;font-weight:bold}
.form td.warning{border:3px dashed #b36b00;background:#fff6e5}
.form td.info{border:2px dotted #24578f;background:#eef4fb}
.form td.suggested{border:4px double #111;background:#fffbd6;font-weight:bold}
.form h3.marked{border-left:6px solid #b36b00;padding-left:.4rem}
.mark{font-size:11px;font-weight:normal;white-space:nowrap}
td>.mark{display:block}
.aside{font-size:9px;text-decoration:none;vertical-align:super}
.value{display:block;font-size:11px;font-style:italic}
:target{outline:4px solid #0645ad;outline-offset:2px}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
#panel{position:fixed;right:1rem;bottom:1rem;width:24rem;max-width:90vw;max-height:45vh;overflow:auto;
background:#fff;border:2px solid #333;padding:.3rem .7rem;font-size:13px;box-shadow:0 2px 10px #0006}
@page{size:A4;margin:14mm}
@media print{body{margin:0;max-width:none;font-size:10.5pt;print-color-adjust:exact;
-webkit-print-color-adjust:exact}.form table,.plain tr{break-inside:avoid}h2,h3{break-after:avoid}
#panel{display:none}a{color:inherit;text-decoration:none}}
"""
# Old browsers are what many offices have, so plain ES5; the page reads the same without it.
_SCRIPT: Final = """\
(function () {
  var panel = document.getElementById('panel');
  function marked(node) {
    while (node && node.nodeType === 1 && !node.getAttribute('data-findings')) { node = node.parentNode; }
    return node && node.nodeType === 1 ? node : null;
  }
  function show(event) {
    var cell = marked(event.target), names, index, copy;
    if (!cell) {
      if (event.type === 'click' && !panel.contains(event.target)) { panel.hidden = true; }
      return;
    }
    while (panel.firstChild) { panel.removeChild(panel.firstChild); }
    names = cell.getAttribute('data-findings').split(' ');
    for (index = 0; index < names.length; index += 1) {
      copy = document.getElementById(names[index]).cloneNode(true);
      copy.removeAttribute('id');
      panel.appendChild(copy);
    }
    panel.hidden = false;
  }
  document.addEventListener('mouseover', show);
  document.addEventListener('focusin', show);
  document.addEventListener('click', show);
  document.addEventListener('keydown', function (event) {
    if (event.keyCode === 27) { panel.hidden = true; }
  });
}());
"""
_ALLOWED: Final = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
# By its digest, so that a script that got in through a report would not run even unescaped.
_POLICY: Final = (
    f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_ALLOWED}'; "
    "base-uri 'none'; form-action 'none'"
)
_LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}


def safe(text: str) -> str:
    """Return a text for a page, also for an attribute: nothing in it is markup, nothing is unseen."""
    return escape(visible(text))


def page(title: str, body: str, language: Language, *, script: bool = False) -> str:
    """Return a whole page that needs no net.

    Args:
        title: Of the window, as plain text.
        body: Markup.
        language: Of the words around the form.
        script: Whether it shows findings beside the cells.
    """
    panel = (
        f'\n<div id="panel" hidden aria-hidden="true"></div>\n<script>{_SCRIPT}</script>' if script else ""
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{_LANGUAGES[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{safe(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n{body}{panel}\n</body>\n</html>\n"
    )
