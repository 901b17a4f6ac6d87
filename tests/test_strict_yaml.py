"""What strict YAML accepts and refuses, with the parser in C and the one in Python alike."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import yaml

from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_DEPTH, MAX_NODES, MAX_NUMBER_DIGITS, MAX_YAML_BYTES
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.strict_yaml import dumps_yaml, loads_document, loads_yaml

if TYPE_CHECKING:
    from disclosure_spec.document import JSONValue


@pytest.fixture(params=["c", "python"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("this PyYAML has no libyaml")


def refusal(data: bytes | str) -> InputError:
    """Return the error with which the data is refused."""
    with pytest.raises(InputError) as caught:
        loads_yaml(data)
    return caught.value


@pytest.mark.parametrize(
    "text",
    ["no", "Yes", "on", "True", "NULL", "010", "0x1F", "0o7", "1_000", "1:30", "2024-01-01", "+5", ".5", "5.",
     ".nan", "NaN", ".inf", "Infinity", "1 000", "1,000", "/", "——", "a#b", "无"],
)  # fmt: skip
def test_what_readers_of_yaml_guess_stays_text(text: str) -> None:
    """A scalar that JSON does not know as a constant or number is the text that was written."""
    assert loads_yaml(f"key: {text}") == {"key": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("1234567890123456", 1234567890123456),
        ("'12'", "12"),
        ('"null"', "null"),
        ("''", ""),
        ("[]", []),
        ("{a: 1, b: [x]}", {"a": 1, "b": ["x"]}),
        ("|\n  甲\n  乙\n", "甲\n乙\n"),
        ('"\\u4e00\\/"', "一/"),
    ],
)
def test_json_values_are_read(text: str, value: JSONValue) -> None:
    """Constants, numbers, quoted text, blocks and flow collections are read as JSON values."""
    result = loads_yaml(f"key: {text}")
    assert result == {"key": value}
    assert isinstance(result, dict)
    assert type(result["key"]) is type(value)


@pytest.mark.parametrize("text", ["0.10", "-0.0", "1e5", "2.5E-3"])
def test_decimals_are_read_exactly_as_written(text: str) -> None:
    """A number with a fraction or an exponent becomes the decimal that was written."""
    value = loads_yaml(text)
    assert isinstance(value, Decimal)
    assert value.as_tuple() == Decimal(text).as_tuple()


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: &x 1\nb: *x", "yaml.anchor", "1:4"),
        ("a: 1\nb: *x", "yaml.alias", "2:4"),
        ("*x : 1", "yaml.alias", "1:1"),
        ("a: &x [*x]", "yaml.anchor", "1:4"),
        ("a: !!str 1", "yaml.tag", "1:4"),
        ("a: !!python/object/apply:os.system [id]", "yaml.tag", "1:4"),
        ("a: !x {}", "yaml.tag", "1:4"),
        ("a: ! 1", "yaml.tag", "1:4"),
        ("a:\n  <<: {b: 1}", "yaml.merge_key", "2:3"),
        ("a: 1\nb: 2\na: 3", "yaml.duplicate_key", "3:1"),
        ("{'a': 1, \"\\u0061\": 2}", "yaml.duplicate_key", "1:10"),
        ("2021: 1", "yaml.key", "1:1"),
        ("a:\n  null: 1", "yaml.key", "2:3"),
        ("? [a]\n: 1", "yaml.key", "1:3"),
        ("a: 1\n---\nb: 2", "yaml.several_documents", "2:1"),
        ("%YAML 1.1\n---\na: 1", "yaml.directive", "1:1"),
        ("%TAG ! tag:x,2024:\n---\na: 1", "yaml.directive", "1:1"),
        ("a: 1e31", "yaml.number_exponent", "1:4"),
        ("a: " + "9" * 5000, "yaml.number_too_long", "1:4"),
        ("a: 1" + "0" * MAX_NUMBER_DIGITS, "yaml.number_too_long", "1:4"),
        ("9" * 5000 + ": 1", "yaml.number_too_long", "1:1"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "yaml.too_deep", "1:33"),
        ("[" * 100_000, "yaml.too_deep", "1:33"),
        ("- " * 400_000 + "1", "yaml.too_deep", "1:65"),
        ('a: "\\ud83d"', "yaml.surrogate", None),
        ('a: "\ud83d"', "yaml.surrogate", "1:5"),
        ("a: x\u0007y", "yaml.control_character", "1:5"),
        ("a: x\ufffey", "yaml.control_character", "1:5"),
        ("a: b: c", "yaml.syntax", "1:5"),
        ("a: @b", "yaml.syntax", "1:4"),
        ("a:\n\t- b", "yaml.syntax", None),
        ("a: [1,", "yaml.syntax", "1:7"),
        ("a: 'b", "yaml.syntax", None),
        ('a: "\\UFFFFFFFF"', "yaml.syntax", None),
        ("%YAML 1." + "9" * 5000 + "\n---\n1", "yaml.syntax", None),
    ],
)
def test_what_json_cannot_say_is_refused(text: str, code: str, place: str | None) -> None:
    """Each feature beyond JSON and each hostile size has a code of its own and a place."""
    error = refusal(text)
    assert error.code == code
    assert error.place == place or (place is None and error.place)


def test_deepest_document_allowed_is_read() -> None:
    """Depth up to the limit is read."""
    assert loads_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_number_of_nodes_is_bounded() -> None:
    """A document of more items than the limit is refused."""
    assert refusal("[" + ",".join(["1"] * MAX_NODES) + "]").code == "yaml.too_many_nodes"


def test_oversized_file_is_refused_unread() -> None:
    """A file beyond the limit is refused whatever it holds."""
    assert refusal(b"\xff" * (MAX_YAML_BYTES + 1)).code == "yaml.too_large"


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "\ufeff"])
def test_empty_file_is_told_from_broken_one(text: str) -> None:
    """A file without any value is empty."""
    assert refusal(text).code == "yaml.empty"


def test_other_encodings_are_refused() -> None:
    """A file that is not UTF-8 is refused, also one that YAML itself would allow."""
    assert refusal("甲: 1".encode("utf-16")).code == "encoding.not_utf8"
    assert refusal("甲: 1".encode("gbk")).code == "encoding.not_utf8"


def test_key_that_is_a_number_is_answered_with_the_way_out() -> None:
    """A key read as a number is repeated in the quotes that it needs."""
    error = refusal("2021: 1")
    assert error.wording.zh == '第 1 行第 1 列：键“2021”不是文字；请加双引号，写作"2021"。'
    assert '"2021"' in error.wording.en


def test_document_must_be_an_object() -> None:
    """A YAML value that is not an object is no report."""
    assert loads_document("a: 1") == {"a": 1}
    with pytest.raises(InputError) as caught:
        loads_document("a:1")
    assert caught.value.code == "document.not_object"


def test_written_yaml_is_readable() -> None:
    """Plain words stand without quotes, paragraphs as blocks, and everything doubtful in quotes."""
    value: JSONValue = {
        "form_edition": "2021",
        "reporting_body": {"name": "某市教育局（机关）", "region_code": None},
        "published_on": "2022-01-28",
        "overview": "一、总体情况：良好。\n  缩进",
        "preface": "　　第一段。\n\n　　第二段。",
        "title": "一行\n",
        "rows": [{"a": 1, "b": []}, [1, Decimal("0.10")], "no", {}],
        "2": True,
    }
    text = dumps_yaml(value)
    assert text == (
        'form_edition: "2021"\n'
        "reporting_body:\n"
        "  name: 某市教育局（机关）\n"
        "  region_code: null\n"
        'published_on: "2022-01-28"\n'
        'overview: "一、总体情况：良好。\\n  缩进"\n'
        "preface: |-\n  　　第一段。\n\n  　　第二段。\n"
        "title: |\n  一行\n"
        "rows:\n"
        "  - a: 1\n"
        "    b: []\n"
        "  - - 1\n"
        "    - 0.10\n"
        '  - "no"\n'
        "  - {}\n"
        '"2": true\n'
    )
    assert loads_yaml(text) == value


def test_comments_stand_behind_their_values() -> None:
    """A comment follows its value, or the key of a collection or block, and changes nothing that is read."""
    value: JSONValue = {"a": {"b/c": None, "t": "甲\n乙"}, "l": [{"x": 1}, 2]}
    comments = {
        "": "年报",
        "/a": "三、收到",
        "/a/b~1c": "（一）\n总计\u2028",
        "/a/t": "说明",
        "/l/0": "项",
        "/l/1": "",
        "/absent": "无",
    }
    text = dumps_yaml(value, comments)
    assert text == (
        "# 年报\na:  # 三、收到\n  b/c: null  # （一） 总计\n  t: |-  # 说明\n    甲\n    乙\n"
        "l:\n  -  # 项\n    x: 1\n  - 2\n"
    )
    assert loads_yaml(text) == value


def test_scalar_may_carry_a_comment_too() -> None:
    """A document that is one scalar or one block keeps its comment on the first line."""
    assert dumps_yaml(1, {"": "一"}) == "1  # 一\n"
    assert loads_yaml(dumps_yaml("--- 甲\n# 乙", {"": "一"})) == "--- 甲\n# 乙"


@pytest.mark.parametrize("length", [100, 128, 129, 1100, 5000])
def test_key_of_any_length_survives(length: int) -> None:
    """A key longer than a parser looks ahead is written so that it is found all the same."""
    value: JSONValue = {"甲" * length: 1, "l": [{"乙" * length: {"x": "a\nb"}}]}
    assert loads_yaml(dumps_yaml(value)) == value


def test_written_json_is_read_as_yaml() -> None:
    """JSON as this package writes it is YAML with the same value, quotes and all."""
    value: JSONValue = {"a": [1, None, "x: y # z"], "b": {"c": Decimal("0.10")}, "no": "\t“”"}
    assert loads_yaml(dumps_json(value)) == value


def test_numbers_that_json_lacks_are_not_written() -> None:
    """A number that is not finite is an error of the program, not a document."""
    with pytest.raises(ValueError, match="cannot stand"):
        dumps_yaml([Decimal("NaN")])
