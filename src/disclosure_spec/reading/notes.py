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
    "body.from_prose": Wording(
        "标题中没有机关名称；正文中引用的文件名里只有“{text}”一个全称，以此为报告机关。",
        "The title names no body; “{text}” is the only full name in the documents cited, taken as the body.",
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
        "有两个表互相矛盾，“{text}”只出现在其中一个表里；无法判断哪个表属于本报告，未采用。",
        "Two tables contradict each other and “{text}” is in only one of them; it was not taken.",
    ),
    "cells.missing": Wording(
        "文件中没有“{text}”的 {count} 格。", "{count} cells of “{text}” are not in the file."
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
    "edition.other": Wording(
        "按指定的{text}版格式读取，但表中的栏目名称更像{other}版。",
        "Read as edition {text} as asked, but the labels look like edition {other}.",
    ),
    "form.other": Wording(
        "文件标明采用{text}版格式，表中的栏目名称却是{edition}版；以栏目名称为准。",
        "The file says it follows edition {text}, but its labels are those of {edition}; labels decide.",
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
    "period.unclear": Wording(
        "统计期限残缺或前后不一：{text}；未采用。",
        "The reporting period is damaged or not the same everywhere: {text}; it was left out.",
    ),
    "published_on.unclear": Wording(
        "发布日期有多个或不是日期：{text}；未采用。",
        "There is more than one publication date, or it is no date: {text}; it was left out.",
    ),
    "row.alone": Wording(
        "“{text}”后面没有任何一格（应有 {expected} 格），未读。",
        "No cell follows the label “{text}”, {expected} were expected; nothing was read.",
    ),
    "row.elsewhere": Wording(
        "“{text}”一行不在它所属的部分里，未读。",
        "The row “{text}” stands outside the part of the form it belongs to; it was not read.",
    ),
    "row.padding": Wording(
        "“{text}”一行末格为空，空格可能是合并单元格丢失后留下的，分不清哪一格为空；此行未读。",
        "Row “{text}” ends in a blank, which may be what a merged cell left behind; it was not read.",
    ),
    "row.short": Wording(
        "“{text}”一行应有 {expected} 格，只有 {count} 格；缺哪一格无从得知，此行未读。",
        "Row “{text}” should have {expected} cells, not {count}; which are missing is unknown; not read.",
    ),
    "row.surplus": Wording(
        "“{text}”一行应有 {expected} 格，却有 {count} 格有内容；此行未读。",
        "Row “{text}” should have {expected} cells and has content in {count}; it was not read.",
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
    "table.in_prose": Wording(
        "文字部分“{text}”中有一个表格，未读。", "There is a table in the prose of “{text}”; it was not read."
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
