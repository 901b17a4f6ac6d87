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
}
"""Style of each paragraph by its role; the name of a style survives other programs, as its id may not."""

_NAMES: Final[Mapping[str, str]] = {
    "DisclosureCell": "年报表格",
    **{style: NAMES[role] for role, style in STYLES.items() if isinstance(role, Role)},
}

# GB/T 9704-2012: title 2号小标宋, headings 黑体, text 3号仿宋; tables are always set smaller.
_SONG, _FANG_SONG, _HEI, _BIAO_SONG = "宋体", "仿宋_GB2312", "黑体", "方正小标宋简体"
_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_CENTRE: Final = '<w:jc w:val="center"/>'
_OFF_GRID: Final = '<w:snapToGrid w:val="0"/>'
_LOOKS: Final[Mapping[str, tuple[str, int, str, str]]] = {
    # font, size in half points, paragraph, run
    "DisclosureTitle": (_BIAO_SONG, 44, f'<w:spacing w:after="579"/>{_CENTRE}', ""),
    "DisclosureCaption": (_BIAO_SONG, 44, f'<w:spacing w:after="579"/>{_CENTRE}', ""),
    "DisclosurePreface": (_FANG_SONG, 32, _INDENT, ""),
    "DisclosureHeading": (
        _HEI, 32,
        f'<w:keepNext/><w:spacing w:before="120" w:after="120"/>{_INDENT}<w:outlineLvl w:val="0"/>',
        "",
    ),
    "DisclosureText": (_FANG_SONG, 32, _INDENT, ""),
    "DisclosurePrompt": (_FANG_SONG, 32, _INDENT, '<w:color w:val="7F7F7F"/>'),
    "DisclosureParticulars": (_HEI, 21, '<w:keepNext/><w:spacing w:before="579" w:after="120"/>', ""),
    # Exact lines off the grid: where pages break must not depend on which fonts are there.
    "DisclosureCell": (
        _SONG, 18,
        f'{_OFF_GRID}<w:spacing w:before="20" w:after="20" w:line="220" w:lineRule="exact"/>{_CENTRE}',
        "",
    ),
}  # fmt: skip


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
        "word/footer1.xml": _FOOTER,
    }
    return {name: (_HEAD + text).encode() for name, text in made.items()}


def _fonts(east_asian: str) -> str:
    # Latin fonts alone would leave Chinese text in whatever the theme says.
    return (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"'
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


def _style(style: str, font: str, size: int, paragraph: str, run: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style}"><w:name w:val="{_NAMES[style]}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f'<w:rPr>{_fonts(font)}{run}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


_OVERRIDES: Final = {
    "/word/document.xml": f"{_TYPE}.wordprocessingml.document.main+xml",
    "/word/styles.xml": f"{_TYPE}.wordprocessingml.styles+xml",
    "/word/settings.xml": f"{_TYPE}.wordprocessingml.settings+xml",
    "/word/footer1.xml": f"{_TYPE}.wordprocessingml.footer+xml",
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
    f'<Relationship Id="rIdFooter" Type="{_OFFICE}/relationships/footer" Target="footer1.xml"/>'
    "</Relationships>"
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
_SETTINGS: Final = (
    f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
# Page number of size 4 with a dash on either side, GB/T 9704-2012.
_DIGITS: Final = f'<w:rPr>{_fonts(_SONG)}<w:sz w:val="28"/></w:rPr>'
_FOOTER: Final = (
    f'<w:ftr {_W}><w:p><w:pPr><w:jc w:val="center"/></w:pPr>'
    f'<w:r>{_DIGITS}<w:t xml:space="preserve">— </w:t></w:r>'
    f'<w:fldSimple w:instr=" PAGE "><w:r>{_DIGITS}<w:t>1</w:t></w:r></w:fldSimple>'
    f'<w:r>{_DIGITS}<w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
)
