"""Every kind of note with its words, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disclosure_spec._scalars import excerpt
from disclosure_spec.place import Note
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_spec.place import Place

WORDINGS: Final = {
    "body.from_head": Wording(
        "标题中没有机关名称；页面上方写明的发布机构是“{text}”，以此为报告机关，请核对。",
        "The title names no body; the data above the text name “{text}” as publisher, taken as the body.",
    ),
    "body.from_prose": Wording(
        "标题中没有机关名称；正文中引用的文件名里只有“{text}”一个全称，以此为报告机关。",
        "The title names no body; “{text}” is the only full name in the documents cited, taken as the body.",
    ),
    "body.from_sentence": Wording(
        "标题中没有机关名称；正文写明本报告是“{text}”的报告，以此为报告机关。",
        "The title names no body; the text says that this is the report of “{text}”.",
    ),
    "body.from_signature": Wording(
        "标题中没有机关名称；文末落款是“{text}”，以此为报告机关。",
        "The title names no body; the report is signed “{text}”, taken as the body.",
    ),
    "body.missing": Wording(
        "未找到报告机关的名称，请补充 /reporting_body/name。",
        "The reporting body was not found; supply /reporting_body/name.",
    ),
    "cell.conflict": Wording(
        "同一格出现了不同的值：{text}；未采用其中任何一个。",
        "One cell appears with different values: {text}; none of them was taken.",
    ),
    "cell.doubtful": Wording(
        "这一部分有互相矛盾的行，像是两份报告的表；“{text}”只出现一次，无法判断是否属于本报告，未采用。",
        "Rows of this part contradict each other, as tables of two reports do; “{text}” stands in one place"
        " only, and was not taken.",
    ),
    "cells.missing": Wording(
        "文件中没有“{text}”的 {count} 格。", "{count} cells of “{text}” are not in the file."
    ),
    "characters.garbled": Wording(
        "文件中有 {count} 处乱码（{text}），原来的字已丢失；请从原文件重新取得。",
        "The file holds {count} spots of garbled text ({text}), whose characters are lost; get the original.",
    ),
    "characters.traditional": Wording(
        "文件用繁体字；栏目名称按对应的简体字识别，文字和数字原样保留。",
        "The file is in traditional characters; labels were compared in simplified ones, nothing converted.",
    ),
    "columns.order": Wording(
        "“{text}”上方各列的顺序与格式不同；按位置读会张冠李戴，此行未读。",
        "The columns above “{text}” are in another order than on the form; the row was not read.",
    ),
    "columns.other_edition": Wording(
        "“{text}”上方的列名属于另一版格式；此行未读。",
        "The columns above “{text}” are those of another edition of the form; the row was not read.",
    ),
    "columns.unit": Wording(
        "“{text}”上方的列名所写单位与格式不同；此行未读。",
        "The column above “{text}” states another unit than the form; the row was not read.",
    ),
    "docx.inserted_file": Wording(
        "文档中插入了另一个文件，其内容未读取；请在Word中打开后另存，再试一次。",
        "Another file is inserted into the document and was not read; save it anew in Word and try again.",
    ),
    "docx.macros": Wording(
        "文档带有宏，没有运行；报告不需要宏，请另存为docx。",
        "The document carries macros, which were not run; a report needs none, save it as docx.",
    ),
    "docx.tracked": Wording(
        "文档中有未处理的修订，按全部接受读取；请核对后接受或拒绝修订。",
        "There are tracked changes; the document was read as if all were accepted, please settle them.",
    ),
    "edition.cited": Wording(
        "文件中没有可识别的表格；因其引用了“{text}”，按{edition}版读取。",
        "No table was recognised; the text cites “{text}”, so it was read as edition {edition}.",
    ),
    "edition.mixed": Wording(
        "文件按{edition}版读取，其中也有{other}版的栏目：{text}。",
        "Read as edition {edition}; it also has labels of edition {other}: {text}.",
    ),
    "edition.other": Wording(
        "按指定的{text}版格式读取，但表中的栏目名称更像{other}版。",
        "Read as edition {text} as asked, but the labels look like edition {other}.",
    ),
    "form.other": Wording(
        "文件标明采用{text}版格式，表中的栏目名称却是{edition}版；以栏目名称为准。",
        "The file says it follows edition {text}, but its labels are those of {edition}; labels decide.",
    ),
    "html.copy": Wording(
        "网页中同一报告出现了两次，内容相同，只读了一次。",
        "The page holds the same report twice, letter for letter; it was read once.",
    ),
    "html.frame": Wording(
        "网页正文之外的文字未读：{text}", "Words that the site puts around the report were not read: {text}"
    ),
    "html.hidden": Wording(
        "网页中有一个不显示的表格，未读。", "There is a table on the page that is not shown; it was not read."
    ),
    "html.nested_table": Wording(
        "这个表的格子里还有表格，其文字并入所在的格。",
        "A cell of this table holds another table, whose text was taken as that of the cell.",
    ),
    "kind.undecided": Wording(
        "从名称“{text}”看不出是政府还是部门，请补充 /reporting_body/kind：department、government 或 other。",
        "The name “{text}” does not say what kind of body it is; supply /reporting_body/kind.",
    ),
    "mark.moved": Wording(
        "此行有 {count} 格的标记与栏目名称不符：“{text}”一格带着“{other}”的标记。表中可能移动过行、列或改动过"
        "栏目名称；已按栏目名称读取，请核对。",
        "The marks of {count} cells of the row disagree with its labels: the cell “{text}” has the mark of"
        " “{other}”. Rows or columns were perhaps moved or relabelled; it was read by its labels, check it.",
    ),
    "mark.other_edition": Wording(
        "此行有 {count} 格带着另一版格式的标记：“{text}”一格带着{edition}版“{other}”的标记。"
        "已按栏目名称读取，请核对。",
        "{count} cells of the row have marks of another edition: the cell “{text}” has that of “{other}” of"
        " {edition}. It was read by its labels, check it.",
    ),
    "pdf.page_scanned": Wording(
        "这一页是扫描图像，没有文字层，其内容未读（不做文字识别）。",
        "This page is a scan without text; what is on it was not read (characters are not recognised).",
    ),
    "pdf.recognised": Wording(
        "这一页是扫描图像，其文字是由软件识别的，可能有误，请与图像核对。",
        "This page is a scan and its text was recognised by software; compare it with the picture.",
    ),
    "pdf.running": Wording("页眉或页脚未读：{text}", "A header or footer was not read: {text}"),
    "pdf.turned": Wording(
        "斜排或竖排的文字（如水印）未读：{text}",
        "Text that is not upright, such as a watermark, was not read: {text}",
    ),
    "period.unclear": Wording(
        "统计期限残缺或前后不一：{text}；未采用。",
        "The reporting period is damaged or not the same everywhere: {text}; it was left out.",
    ),
    "published_on.unclear": Wording(
        "发布日期有多个或不是日期：{text}；未采用。",
        "There is more than one publication date, or it is no date: {text}; it was left out.",
    ),
    "row.aligned": Wording(
        "“{text}”一行的格数与格式不同，印作：{shown}。按勾稽关系（{by}）能确定的各格为：{reading}；其余未读。",
        "Row “{text}” has another number of cells than the form; printed: {shown}. The equations ({by})"
        " settle these cells: {reading}; the others were not read.",
    ),
    "row.alone": Wording(
        "“{text}”后面没有任何一格（应有 {expected} 格），未读。",
        "No cell follows the label “{text}”, {expected} were expected; nothing was read.",
    ),
    "row.by_position": Wording(
        "“{text}”下各行没有行名，共 {count} 格，正合格式；按格式的行序读取，请核对。",
        "The rows under “{text}” have no labels, but as many cells as on the form ({count}); they were read"
        " in the official order; check them.",
    ),
    "row.contradicted": Wording(
        "“{text}”一行印作：{shown}。各格加起来不等于总计，又有多格与表中其他各行推算的数不同，可能错位或串行；"
        "此行未读。",
        "Row “{text}” is printed as {shown}. It does not add up and several cells differ from what all other"
        " rows say; its cells are perhaps shifted, or those of another row; it was not read.",
    ),
    "row.elsewhere": Wording(
        "“{text}”一行不在它所属的部分里，未读。",
        "The row “{text}” stands outside the part of the form it belongs to; it was not read.",
    ),
    "row.forced": Wording(
        "“{text}”一行的数字连在一起，印作：{shown}；按格数只有一种分法：{reading}。",
        "The cells of row “{text}” are run together: {shown}; one way only fits their number: {reading}.",
    ),
    "row.padding": Wording(
        "“{text}”一行首格或末格为空，空格可能是空列或合并单元格留下的，分不清哪一格为空；此行未读。",
        "Row “{text}” begins or ends in a blank, perhaps left by an empty column or a merged cell; not read.",
    ),
    "row.run_together": Wording(
        "“{text}”一行的数字连在一起，印作：{shown}；有多种分法或没有合适的分法，此行未读。",
        "The cells of row “{text}” are run together: {shown}; there is no single way to part them; not read.",
    ),
    "row.short": Wording(
        "“{text}”一行应有 {expected} 格，只有 {count} 格；缺哪一格无从得知，此行未读。",
        "Row “{text}” should have {expected} cells, not {count}; which are missing is unknown; not read.",
    ),
    "row.solved": Wording(
        "“{text}”一行的数字连在一起，印作：{shown}；符合勾稽关系（{by}）的只有一种分法：{reading}。",
        "The cells of row “{text}” are run together: {shown}; one way only satisfies the equations ({by}):"
        " {reading}.",
    ),
    "row.surplus": Wording(
        "“{text}”一行应有 {expected} 格，却有 {count} 格有内容；此行未读。",
        "Row “{text}” should have {expected} cells and has content in {count}; it was not read.",
    ),
    "row.two_in_one": Wording(
        "“{text}”一行印作：{shown}。有一格写着两个数，格数却合格式，可能两格并成一格、别处又多一格；此行未读。",
        "Row “{text}” is printed as {shown}. One cell holds two numbers and yet there are as many cells as on"
        " the form; perhaps there is one too many elsewhere; it was not read.",
    ),
    "row.uneven": Wording(
        "“{text}”后有 {count} 格，与同类各行不同，可能多出或缺少了一格；此行未读。",
        "Row “{text}” has {count} cells, other than rows of its kind; perhaps one too many; not read.",
    ),
    "row.unplaced": Wording(
        "“{text}”一行在{edition}版格式中没有位置，未读。",
        "The row “{text}” has no place on the form of {edition}; it was not read.",
    ),
    "row.unplaced_group": Wording(
        "“{text}”在{edition}版格式中只是分组，没有自己的数；此行未读。",
        "“{text}” is only a group on the form of {edition}, without its own numbers; it was not read.",
    ),
    "row.unplaced_other_edition": Wording(
        "“{text}”是{other}版格式的一行，在{edition}版中没有位置，未读。",
        "“{text}” is a row of edition {other} and has no place on the form of {edition}; it was not read.",
    ),
    "section.missing": Wording("未找到“{text}”这一部分的标题。", "The heading of “{text}” was not found."),
    "section.repeated": Wording(
        "“{text}”的标题出现了不止一次，以其中一处为准。",
        "The heading of “{text}” appears more than once; one of them was followed.",
    ),
    "section.similar": Wording(
        "“{printed}”与格式中的标题“{text}”不完全一致，按该标题读取。",
        "“{printed}” is not quite the heading “{text}” of the form; it was read as that.",
    ),
    "table.in_prose": Wording(
        "文字部分“{text}”中有一个表格，未读。", "There is a table in the prose of “{text}”; it was not read."
    ),
    "text.chrome": Wording(
        "报告末尾的网页内容不属于报告，未读：{text}",
        "What the web page shows behind the report is no part of it and was not read: {text}",
    ),
    "text.chrome_above": Wording(
        "报告前面的网页内容不属于报告，未读：{text}",
        "What the web page shows above the report is no part of it and was not read: {text}",
    ),
    "text.unplaced": Wording(
        "表格部分中的文字未归入任何一格：{text}", "Text among the tables belongs to no cell: {text}"
    ),
    "year.missing": Wording(
        "未找到报告年度，请补充 /report_year。", "The report year was not found; supply /report_year."
    ),
    "year.unclear": Wording(
        "报告年度前后不一：{text}；未采用。",
        "The report year is not the same everywhere: {text}; it was left out.",
    ),
}
"""Words of every note, by code."""


def note(code: str, place: Place | None = None, pointers: Iterable[str] = (), **values: object) -> Note:
    """Return a note with the words of its code filled in; long texts are cut."""
    short = {name: excerpt(value) if isinstance(value, str) else value for name, value in values.items()}
    return Note(code, WORDINGS[code].fill(**short), place, tuple(pointers))
