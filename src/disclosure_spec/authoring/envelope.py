"""The parts of a report around the form's own sections: who reports, on which year, when it was published."""

from __future__ import annotations

from typing import Any, Final

Schema = dict[str, Any]

EXTENSIONS: Final[Schema] = {"^x-[a-z0-9]+(-[a-z0-9]+)*$": {}}
"""The one door for keys of one's own; ignoring them never changes a verdict."""

CELL_TYPES: Final[dict[str, Schema]] = {
    "count": {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999},
    "signed_count": {"type": "integer", "minimum": -999_999_999_999_999, "maximum": 999_999_999_999_999},
    "amount": {"type": "number", "minimum": 0, "maximum": 999_999_999_999_999},
}

_DATE: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "maxLength": 10}

DEFINITIONS: Final[dict[str, Schema]] = {
    "text": {"type": "string", "description": "Plain text, one paragraph a line."},
    "date": _DATE | {"description": "A date as YYYY-MM-DD; that it exists in the calendar is a rule."},
    "reporting_body": {
        "title": "报告机关",
        "description": "The administrative organ whose report this is.",
        "type": "object",
        "required": ["name", "kind"],
        "properties": {
            "name": {
                "title": "机关名称",
                "description": "Full official name.",
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
            },
            "kind": {
                "title": "机关类别",
                "description": "Decides the deadline of article 49 and the duties of article 50.",
                "type": "string",
                "enum": ["department", "government", "other"],
            },
            "region_code": {
                "title": "行政区划代码",
                "description": "Six digits, GB/T 2260.",
                "type": "string",
                "pattern": "^[0-9]{6}$",
                "maxLength": 6,
            },
            "credit_code": {
                "title": "统一社会信用代码",
                "description": "Eighteen characters, GB 32100.",
                "type": "string",
                "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$",
                "maxLength": 18,
            },
        },
        "additionalProperties": False,
    },
    "period": {
        "title": "统计期限",
        "description": "The period the figures cover.",
        "type": "object",
        "required": ["start", "end"],
        "properties": {"start": {"$ref": "#/$defs/date"}, "end": {"$ref": "#/$defs/date"}},
        "additionalProperties": False,
    },
}


def head_properties(spec_version: str, edition: str, schema_id: str) -> dict[str, Schema]:
    """Return the properties that stand before the form's sections."""
    return {
        "$schema": {"description": "This schema's own address.", "const": schema_id},
        "spec_version": {"description": "Version of the specification.", "const": spec_version},
        "form_edition": {"description": "Which official form the report follows.", "const": edition},
        "report_year": {
            "title": "报告年度",
            "description": "The year reported on.",
            "type": "integer",
            "minimum": 1900,
            "maximum": 2999,
        },
        "reporting_body": {"$ref": "#/$defs/reporting_body"},
        "title": {"title": "标题", "description": "The printed title.", "$ref": "#/$defs/text"},
        "preface": {
            "title": "引言",
            "description": "The text before the first part.",
            "$ref": "#/$defs/text",
        },
        "period": {"$ref": "#/$defs/period"},
        "published_on": {
            "title": "公布日期",
            "description": "The day the report was published.",
            "$ref": "#/$defs/date",
        },
    }


OPTIONAL: Final = frozenset({"$schema", "title", "preface", "period", "published_on"})
"""Head properties that a complete report may leave out."""
