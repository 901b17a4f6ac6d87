"""The parts of a report around the form's own sections: who reports, on which year, when it was published."""

from __future__ import annotations

from typing import Any, Final

from disclosure_spec.limits import MAX_DIGITS

Schema = dict[str, Any]

EXTENSIONS: Final[Schema] = {"^x-[a-z0-9]": {}}
"""The one door for keys of one's own; ignoring them never changes a verdict.

The pattern has no end: what `$` means before a line break is where regular expressions of languages differ.
"""

# Fifteen digits are exact in JSON, Excel and JavaScript alike.
_LARGEST: Final = 10**MAX_DIGITS - 1

CELL_TYPES: Final[dict[str, Schema]] = {
    "count": {"type": "integer", "minimum": 0, "maximum": _LARGEST},
    "signed_count": {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST},
    # No `multipleOf` for the places: validators work it out in binary floats. A rule counts them.
    "amount": {"type": "number", "minimum": 0, "maximum": _LARGEST},
}

_DATE: Final[Schema] = {
    "type": "string",
    # No `format`, on which validators differ; and [0-9], because \d takes full-width digits in Python.
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    # `$` also matches before a final line break in Python and Java; the length shuts that out.
    "maxLength": 10,
    "examples": ["2022-01-31"],
}

DEFINITIONS: Final[dict[str, Schema]] = {
    "text": {"type": "string", "description": "Plain text, one paragraph a line."},
    "date": _DATE | {"description": "A date as YYYY-MM-DD; that it exists in the calendar is a rule."},
    "reporting_body": {
        "title": "报告机关",
        "description": "Reporting body — the administrative organ whose report this is.",
        "type": "object",
        "required": ["name", "kind"],
        "properties": {
            "name": {
                "title": "机关名称",
                "description": "Name — in full, as official.",
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
            },
            # Article 49: a department publishes by 31 January, a government by 31 March.
            "kind": {
                "title": "机关类别",
                "description": "Kind of body — decides the deadline and some duties.",
                "type": "string",
                "enum": ["department", "government", "other"],
            },
            "region_code": {
                "title": "行政区划代码",
                "description": "Region code — six digits, GB/T 2260.",
                "type": "string",
                "pattern": "^[0-9]{6}$",
                "maxLength": 6,
                "examples": ["110000"],
            },
            "credit_code": {
                "title": "统一社会信用代码",
                "description": "Unified social credit code — eighteen characters, GB 32100.",
                "type": "string",
                # GB 32100 does not use I, O, S, V and Z.
                "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$",
                "maxLength": 18,
                "examples": ["11100000000013127D"],
            },
        },
        "additionalProperties": False,
    },
    "period": {
        "title": "统计期限",
        "description": "Period — the days the figures cover.",
        "type": "object",
        "required": ["start", "end"],
        "properties": {
            "start": {"title": "起始日期", "description": "First day.", "$ref": "#/$defs/date"},
            "end": {"title": "截止日期", "description": "Last day.", "$ref": "#/$defs/date"},
        },
        "additionalProperties": False,
    },
}


def head_properties(spec_version: str, edition: str, schema_id: str) -> dict[str, Schema]:
    """Return the properties that stand before the form's sections."""
    return {
        "$schema": {"description": "This schema's own address.", "const": schema_id},
        "spec_version": {
            "title": "规范版本",
            "description": "Specification version — the version of this specification.",
            "const": spec_version,
        },
        "form_edition": {
            "title": "格式版本",
            "description": "Form edition — which official form the report follows.",
            "const": edition,
        },
        "report_year": {
            "title": "报告年度",
            "description": "Report year — the year reported on.",
            "type": "integer",
            # Wide on purpose: which years an edition is for is a rule, with a finding that says so.
            "minimum": 1900,
            "maximum": 2999,
        },
        "reporting_body": {"$ref": "#/$defs/reporting_body"},
        "title": {"title": "标题", "description": "Title — as printed.", "$ref": "#/$defs/text"},
        "preface": {
            "title": "引言",
            "description": "Preface — the text before the first part.",
            "$ref": "#/$defs/text",
        },
        "period": {"$ref": "#/$defs/period"},
        "published_on": {
            "title": "公布日期",
            "description": "Publication date — the day the report was published.",
            "$ref": "#/$defs/date",
        },
    }


OPTIONAL: Final = frozenset({"$schema", "title", "preface", "period", "published_on"})
"""Head properties that a complete report may leave out."""
