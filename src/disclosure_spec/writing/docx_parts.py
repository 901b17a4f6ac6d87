"""The parts of a Word document besides its text: styles, fonts, page number, identity."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from disclosure_spec.grid import Role
from disclosure_spec.marks import STYLES as NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument"
_WRITTEN: Final = "2000-01-01T00:00:00Z"
"""When a file was made says nothing about the report, and would make every copy different."""

STYLES: Final[Mapping[Role | str, str]] = {
    Role.TITLE: "DisclosureTitle",
    Role.CAPTION: "DisclosureCaption",
    Role.PREFACE: "DisclosurePreface",
    Role.HEADING: "DisclosureHeading",
    Role.TEXT: "DisclosureText",
    Role.PROMPT: "DisclosurePrompt",
    Role.PARTICULARS: "DisclosureParticulars",
    "cell": "DisclosureCell",
    "label": "DisclosureLabel",
}
"""Style of each paragraph by its role; the name of a style survives other programs, as its id may not."""

_NAMES: Final[Mapping[str, str]] = {
    "DisclosureCell": "年报表格",
    "DisclosureLabel": "年报栏目",
    **{style: NAMES[role] for role, style in STYLES.items() if isinstance(role, Role)},
}

FOOTERS: Final[Mapping[str, str]] = {"default": "rIdFooterOdd", "even": "rIdFooterEven"}
"""Relations of the footers, by kind of page."""

# GB/T 9704-2012: title 2号小标宋, headings 黑体, text 3号仿宋; tables are always set smaller.
_SONG, _FANG_SONG, _HEI, _BIAO_SONG = "宋体", "仿宋_GB2312", "黑体", "方正小标宋简体"
_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTRE: Final = '<w:jc w:val="center"/>'
_OFF_GRID: Final = '<w:snapToGrid w:val="0"/>'
# Exact lines off the grid: where pages break must not depend on which fonts are there.
_TITLE: Final = f'{_OFF_GRID}<w:spacing w:after="579" w:line="700" w:lineRule="exact"/>{_CENTRE}'
_CELL: Final = f'{_OFF_GRID}<w:spacing w:before="20" w:after="20" w:line="220" w:lineRule="exact"/>'
_LOOKS: Final[Mapping[str, tuple[str, int, str]]] = {
    # font, size in half points, paragraph
    "DisclosureTitle": (_BIAO_SONG, 44, _TITLE),
    "DisclosureCaption": (_BIAO_SONG, 44, _TITLE),
    "DisclosurePreface": (_FANG_SONG, 32, _INDENT),
    "DisclosureHeading": (
        _HEI, 32,
        f'<w:keepNext/><w:spacing w:before="120" w:after="120"/>{_INDENT}<w:outlineLvl w:val="0"/>',
    ),
    "DisclosureText": (_FANG_SONG, 32, _INDENT),
    # As the text: what is typed over a prompt takes its look.
    "DisclosurePrompt": (_FANG_SONG, 32, _INDENT),
    "DisclosureParticulars": (_HEI, 21, '<w:keepNext/><w:spacing w:before="579" w:after="120"/>'),
    "DisclosureCell": (_SONG, 18, f"{_CELL}{_CENTRE}"),
    "DisclosureLabel": (_SONG, 18, f'{_CELL}<w:jc w:val="left"/>'),
}  # fmt: skip
_FOLLOWED_BY: Final = {STYLES[role]: STYLES[Role.TEXT] for role in (Role.HEADING, Role.PREFACE, Role.PROMPT)}
"""The style of the paragraph that the Enter key begins, where it is another."""


def parts(title: str, identity: str, form: str) -> dict[str, bytes]:
    """Return every part but the text, by name.

    Args:
        title: Title of the document.
        identity: Name of the property that says which form it is.
        form: Its value.
    """
    made = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS,
        "docProps/core.xml": _CORE.format(title=escape(title)),
        "docProps/app.xml": _APP,
        "docProps/custom.xml": _CUSTOM.format(name=escape(identity), value=escape(form)),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/footer1.xml": _footer("right", "rightChars"),
        "word/footer2.xml": _footer("left", "leftChars"),
    }
    return {name: (_HEAD + text).encode() for name, text in made.items()}


def _fonts(east_asian: str, latin: str = "Times New Roman") -> str:
    # Latin fonts alone would leave Chinese text in whatever the theme says.
    return (
        f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}"'
        f' w:eastAsia="{east_asian}" w:hint="eastAsia"/>'
    )


def _styles() -> str:
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(_FANG_SONG)}<w:kern w:val="2"/><w:sz w:val="32"/>'
        '<w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:jc w:val="both"/></w:pPr><w:rPr>{_fonts(_FANG_SONG)}</w:rPr></w:style>'
    )
    own = "".join(_style(style, *_LOOKS[style]) for style in _NAMES)
    return f"<w:styles {_W}>{defaults}{normal}{own}</w:styles>"


def _style(style: str, font: str, size: int, paragraph: str) -> str:
    after = f'<w:next w:val="{_FOLLOWED_BY[style]}"/>' if style in _FOLLOWED_BY else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val="{_NAMES[style]}"/>'
        f'<w:basedOn w:val="Normal"/>{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{_fonts(font)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _footer(side: str, indent: str) -> str:
    """Return the page number with a dash on either side, a character from the outer edge of the page.

    As GB/T 9704-2012 has it: size 4, on the right of odd pages and the left of even ones.
    """
    return (
        f'<w:ftr {_W}><w:p><w:pPr>{_OFF_GRID}<w:ind w:{indent}="100" w:{side}="280"/>'
        f'<w:jc w:val="{side}"/></w:pPr>'
        f'<w:r>{_DIGITS}<w:t xml:space="preserve">— </w:t></w:r>'
        f'<w:fldSimple w:instr=" PAGE "><w:r>{_DIGITS}<w:t>1</w:t></w:r></w:fldSimple>'
        f'<w:r>{_DIGITS}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


_OVERRIDES: Final = {
    "/word/document.xml": f"{_TYPE}.wordprocessingml.document.main+xml",
    "/word/styles.xml": f"{_TYPE}.wordprocessingml.styles+xml",
    "/word/settings.xml": f"{_TYPE}.wordprocessingml.settings+xml",
    "/word/footer1.xml": f"{_TYPE}.wordprocessingml.footer+xml",
    "/word/footer2.xml": f"{_TYPE}.wordprocessingml.footer+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": f"{_TYPE}.extended-properties+xml",
    "/docProps/custom.xml": f"{_TYPE}.custom-properties+xml",
}
_CONTENT_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _OVERRIDES.items())
    + "</Types>"
)
_RELATIONS: Final = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/relationships/custom-properties" Target="docProps/custom.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS: Final = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rIdStyles" Type="{_OFFICE}/relationships/styles" Target="styles.xml"/>'
    f'<Relationship Id="rIdSettings" Type="{_OFFICE}/relationships/settings" Target="settings.xml"/>'
    + "".join(
        f'<Relationship Id="{one}" Type="{_OFFICE}/relationships/footer" Target="footer{number}.xml"/>'
        for number, one in enumerate(FOOTERS.values(), start=1)
    )
    + "</Relationships>"
)
_CORE: Final = (
    f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:language>zh-CN</dc:language>"
    f'<dcterms:created xsi:type="dcterms:W3CDTF">{_WRITTEN}</dcterms:created>'
    f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_WRITTEN}</dcterms:modified></cp:coreProperties>'
)
_APP: Final = (
    f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>disclosure_spec</Application>'
    "</Properties>"
)
_CUSTOM: Final = (
    f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)
# Without a mode of compatibility Word opens a file as one of 2007.
_SETTINGS: Final = (
    f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_DIGITS: Final = f'<w:rPr>{_fonts(_SONG, _SONG)}<w:sz w:val="28"/></w:rPr>'
