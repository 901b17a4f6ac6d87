"""What strict JSON accepts, what it refuses and where it says the mistake is."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_DEPTH, MAX_JSON_BYTES, MAX_NUMBER_DIGITS
from disclosure_spec.strict_json import dumps_json, loads_document, loads_json


def refusal(data: bytes | str) -> InputError:
    """Return the error with which the data is refused."""
    with pytest.raises(InputError) as caught:
        loads_json(data)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("null", None),
        (" [true, false]\n", [True, False]),
        ("-0", 0),
        ("1234567890123456", 1234567890123456),
        ("9" * MAX_NUMBER_DIGITS, int("9" * MAX_NUMBER_DIGITS)),
        ('"\\ud83d\\ude00 \\\\ud800"', "😀 \\ud800"),
        ('{"a": {}, "b": {"a": 1}}', {"a": {}, "b": {"a": 1}}),
        ('["' + "[{" * 40 + '"]', ["[{" * 40]),
        ("[" + "[]," * 40 + "[]]", [[]] * 41),
    ],
)
def test_sound_json_is_read(text: str, value: object) -> None:
    """JSON within the limits is read, brackets inside text and side by side not counted as depth."""
    assert loads_json(text.encode()) == value


def test_deepest_document_allowed_is_read() -> None:
    """Depth up to the limit is read."""
    text = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    assert dumps_json(loads_json(text), indent=None) == text + "\n"


@pytest.mark.parametrize(
    "text", ["0.10", "1.000000", "-0.0", "123456789012345678901234.123456", "1e5", "2.5E-3"]
)
def test_decimals_are_read_exactly_as_written(text: str) -> None:
    """A number with a fraction or an exponent becomes the decimal written, trailing zeros included."""
    value = loads_json(text)
    assert isinstance(value, Decimal)
    assert value.as_tuple() == Decimal(text).as_tuple()


def test_byte_order_mark_is_skipped() -> None:
    """Editors on Windows write a mark before the text; it does no harm and does not move places."""
    assert loads_json(b"\xef\xbb\xbf{}") == {}
    assert refusal(b"\xef\xbb\xbf{x}").place == "1:2"


@pytest.mark.parametrize(
    ("data", "place", "hint"),
    [
        ('{"甲": "乙"}'.encode("gb18030"), "1:3", "GB18030"),
        ('{"甲": "乙"}'.encode("utf-16"), "1:1", "UTF-16"),
        ('{"a": 1}'.encode("utf-16-le"), "1:1", "UTF-16"),
        (b'{"a":\n "\xff"}', "2:3", "9"),
        (b'"\xed\xa0\x80"', "1:2", "2"),
    ],
)
def test_other_encodings_are_refused(data: bytes, place: str, hint: str) -> None:
    """A file that is not UTF-8 is refused with the place of the first bad byte and, if known, its kind."""
    error = refusal(data)
    assert error.code == "encoding.not_utf8"
    assert error.place == place
    assert hint in error.wording.zh
    assert hint in error.wording.en


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"a": 1,\n "b": {"a": 2},\n "a": 3}', "json.duplicate_key", "3:2"),
        ('[{"k": [1, "k"], "v": "k", "\\u006b": 0}]', "json.duplicate_key", "1:28"),
        ('{"a": {"x": 1, "x": 2}, "a": 3', "json.duplicate_key", "1:16"),
        ('{"a": "NaN", "b": NaN}', "json.non_finite", "1:19"),
        ("[Infinity]", "json.non_finite", "1:2"),
        ("[\n-Infinity]", "json.non_finite", "2:1"),
        ("[1, 1e31]", "json.number_exponent", "1:5"),
        ("1e-999999999999999999999999999", "json.number_exponent", "1:1"),
        ("[1" + "0" * MAX_NUMBER_DIGITS + "]", "json.number_too_long", "1:2"),
        ("-" + "9" * 1_000_000, "json.number_too_long", "1:1"),
        ("1." + "0" * 1_000_000, "json.number_too_long", "1:1"),
        ("1e" + "0" * 5000 + "1", "json.number_too_long", "1:1"),
        ("0." + "0" * MAX_NUMBER_DIGITS + "1", "json.number_too_long", "1:1"),
        ("1" + "0" * (MAX_NUMBER_DIGITS - 1) + "e1", "json.number_too_long", "1:1"),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "json.too_deep", "1:33"),
        ("[" * 1_000_000, "json.too_deep", "1:33"),
        ('{"a":' * 100_000, "json.too_deep", "1:161"),
        ('{"a": "\\\\ \\ud800"}', "json.surrogate", "1:11"),
        ('["\\uDE00\\uD83D"]', "json.surrogate", "1:3"),
        ('["\ud800"]', "json.surrogate", "1:3"),
        ("{} {}", "json.trailing_data", "1:4"),
        ('{"a": 1}\n{"a": 2}\n', "json.trailing_data", "2:1"),
    ],
)
def test_what_other_readers_let_pass_is_refused(text: str, code: str, place: str) -> None:
    """Each silent guess or hostile size has a code of its own and is found where it stands."""
    error = refusal(text)
    assert (error.code, error.place) == (code, place)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        ('{"a": 1', "1:8", "ends here"),
        ('{"a":', "1:6", "ends here"),
        ('{"a": 1,}', "1:8", "comma after the last"),
        ("[1, 2 ,\n ]", "1:7", "comma after the last"),
        ("{“a”: 1}", "1:2", "Full-width"),
        ('{"a"：1}', "1:5", "Full-width"),
        ("{'a': 1}", "1:2", "single quote"),
        ('{"a": 1} // x', "1:10", ""),
        ('{"a": 1, // x\n "b": 2}', "1:10", "comments"),
        ('{"a": "x\ny"}', "1:9", "line break"),
        ('{"a": "C:\\dir"}', "1:10", "backslash"),
        ('{"a": "\\u12"}', "1:9", "backslash"),
        ('{"a": 007}', "1:8", "leading zero"),
        ('{"a": +5}', "1:7", "no plus"),
        ('{"a": .5}', "1:7", "point"),
        ('{"a": 5.}', "1:8", "point"),
        ('{"a": "x}', "1:7", "never closed"),
        ('{"a": 1 "b": 2}', "1:9", "comma or colon"),
        ('{"a" 1}', "1:6", "comma or colon"),
        ("{a: 1}", "1:2", "double quotes"),
        ('{"a": None}', "1:7", "double quotes"),
        ("<html>", "1:1", "as JSON demands"),
        ('["' + "\\" * 999_999, "1:2", ""),
    ],
)
def test_syntax_errors_name_the_place_and_the_likely_slip(text: str, place: str, hint: str) -> None:
    """Text that is not JSON is refused with line, column and advice on the slip that is likely there."""
    error = refusal(text)
    assert error.code in {"json.syntax", "json.trailing_data"}
    assert error.place == place
    assert hint in error.wording.en


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_empty_file_is_told_from_broken_one(data: bytes) -> None:
    """Nothing but blanks is an empty file."""
    assert refusal(data).code == "json.empty"


def test_oversized_file_is_refused_unread() -> None:
    """A file beyond the limit is refused whatever it holds, and the limit is named."""
    error = refusal(b"\xff" * (MAX_JSON_BYTES + 1))
    assert error.code == "json.too_large"
    assert str(MAX_JSON_BYTES) in error.wording.zh


def test_message_is_plain_in_both_languages() -> None:
    """A message says place, mistake and way out in Chinese and in English."""
    error = refusal('{\n "a": {},\n "received": 1, "received": 2}')
    assert error.wording.zh == "第 3 行第 17 列：键“received”出现了两次；请删去多余的一个。"
    assert error.wording.en == "Line 3, column 17: The key “received” appears twice; delete one of the two."


def test_braces_and_long_text_in_a_key_do_no_harm() -> None:
    """A key is repeated as it is, shortened when long."""
    assert "{0}{x!r}" in refusal('{"{0}{x!r}": 1, "{0}{x!r}": 2}').wording.zh
    key = "x" * 10_000
    assert len(refusal(f'{{"{key}": 1, "{key}": 2}}').wording.zh) < 200


def test_document_must_be_an_object() -> None:
    """A JSON value that is not an object is valid JSON and no report."""
    assert loads_document("{}") == {}
    with pytest.raises(InputError) as caught:
        loads_document("[]")
    assert caught.value.code == "document.not_object"


def test_written_json_is_indented_and_readable() -> None:
    """Written JSON keeps the order of keys, Chinese as itself and decimals with their places."""
    value = loads_json('{"b":[1,{"c":null}],"a":{},"甲":[],"x":0.10,"t":true,"s":"“”\\n\\u0001\\u2028"}')
    assert dumps_json(value) == (
        '{\n  "b": [\n    1,\n    {\n      "c": null\n    }\n  ],\n  "a": {},\n  "甲": [],\n  "x": 0.10,\n'
        '  "t": true,\n  "s": "“”\\n\\u0001\u2028"\n}\n'
    )


def test_written_json_fits_on_one_line() -> None:
    """Without indent the value takes one line, as NDJSON needs."""
    assert dumps_json({"a": [1, "x\ny"], "b": {}}, indent=None) == '{"a":[1,"x\\ny"],"b":{}}\n'


@pytest.mark.parametrize(
    ("number", "text"),
    [("1E-10", "0.0000000001"), ("1E+5", "100000"), ("-0.00", "-0.00"), ("7", "7")],
)
def test_decimals_are_written_in_plain_digits(number: str, text: str) -> None:
    """No decimal is written with an exponent."""
    assert dumps_json(Decimal(number)) == text + "\n"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_numbers_that_json_lacks_are_not_written(number: str) -> None:
    """A number that is not finite is an error of the program, not a document."""
    with pytest.raises(ValueError, match="cannot stand"):
        dumps_json(Decimal(number))


def test_reading_json_loads_no_yaml() -> None:
    """The YAML library is loaded by reading YAML, by nothing else."""
    program = (
        "import sys\n"
        "from disclosure_spec.strict_json import loads_json\n"
        "from disclosure_spec.strict_yaml import dumps_yaml, loads_yaml\n"
        "dumps_yaml(loads_json('[1]'))\n"
        "assert 'yaml' not in sys.modules\n"
        "loads_yaml('1')\n"
        "assert 'yaml' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
