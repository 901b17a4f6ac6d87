"""The JavaScript checker: it passes the suite, reads as strictly as ours, and answers line by line."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from disclosure_spec._resources import folder
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_DEPTH, MAX_JSON_BYTES
from disclosure_spec.strict_json import dumps_json, loads_json

if TYPE_CHECKING:
    from tests.conftest import Bench
    from tests.web.conftest import Node

pytestmark = pytest.mark.node

SCHEMAS: Final = Path(str(folder("schema"))) / "1.0"
SUITE: Final = Path(str(folder("suite"))) / "1.0"
CASES: Final[list[dict[str, Any]]] = json.loads((SUITE / "manifest.json").read_text("utf-8"))["cases"]

SNIPPETS: Final = (
    *(
        "1",
        "-1",
        "01",
        "-",
        "+1",
        ".5",
        "5.",
        "1e3",
        "1E+30",
        "1e31",
        "1e-30",
        "1e-31",
        "0e0",
        "-0",
        "-0.0e1",
    ),
    *("9" * 30, "9" * 31, "0." + "1" * 30, "0." + "1" * 31, "9" * 30 + "." + "9" * 30, "12.5e29", "1.5e-29"),
    *(
        "1e29",
        "1e30",
        "0.00e31",
        "1e" + "0" * 97 + "3",
        "1e" + "0" * 98 + "3",
        "9007199254740993",
        "1.50",
        "12abc",
    ),
    *("NaN", "Infinity", "-Infinity", "nan", "true", "false", "null", "True", "undefined", "'a'"),
    *(
        '"a"',
        '"\\u00e9"',
        '"\\ud83d\\ude00"',
        '"\\ud83d"',
        '"\\ude00\\ud83d"',
        '"\\\\ud800"',
        '"a\tb"',
        '"a\\tb"',
    ),
    *(
        '"\x00"',
        '"\x7f"',
        '"\\x41"',
        '"\\u12"',
        '"',
        '"a\\"',
        '"\u2028"',
        '"😀"',
        "\ufeff",
        "\ufeff1",
        "\ufeff\ufeff1",
    ),
    *(
        "{}",
        "[]",
        '{"a":1}',
        '{"a":1,"a":2}',
        '{"a":1,"\\u0061":2}',
        '{"__proto__":1,"7":2,"1":3}',
        '{"__proto__":{"a":1}}',
    ),
    *(
        '{"a":1,}',
        "[1,]",
        "[1 2]",
        "{1:2}",
        '{"a"1}',
        "{a:1}",
        "//x",
        "1 /* x */",
        "１",
        "，",
        "\u00a01",
        "\u30001",
        "\x0b1",
    ),
    *('{"a":{"b":1,"b":2}}', '[{"a":1},{"a":1}]', "[[]]", "]", "}", ""),
    *("[" * depth + "]" * depth for depth in (MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1)),
)
SOUND: Final = ("12", "-0.50", "25E-1", "1e3", "true", "null", '"甲\\n"', "[]", '{"b": {"7": 1, "x": []}}')
HOSTILE: Final = 0.1
SPACES: Final = (*("", " ") * 8, "\n", "\t\r ", "\u00a0", "\u3000", "\x0c", "\ufeff")


@pytest.mark.parametrize("name", installed().names("1.0"))
def test_suite_is_passed(name: str, node: Node) -> None:
    """Each case of the suite has the validity, verdict, findings, statuses and reason it expects."""
    cases = [case for case in CASES if case["edition"] == name and case["kind"] != "read"]
    answers = node.answers(
        [
            {
                "edition": str(SCHEMAS / name),
                "document": text(case["document"]),
                "previous": text(case["previous"]) if "previous" in case else None,
                "parts": [text(one) for one in case.get("parts", ())],
            }
            for case in cases
        ]
    )

    for case, answer in zip(cases, answers, strict=True):
        expected = {key: value for key, value in case["expect"].items() if key != "breaks"}
        if "findings" in expected:
            expected["findings"] = by_content(expected["findings"])
        assert says(case, answer, expected) == expected, case["id"]


def text(path: str) -> str:
    """Return a document of the suite."""
    return (SUITE / path).read_text("utf-8")


def says(case: dict[str, Any], answer: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Return of an answer what is expected of it."""
    result = answer["result"]
    rules = {rule["id"]: rule for rule in result["rules"]}
    told: dict[str, Any] = {
        "valid": answer["valid"][case["schema"]],
        "verdict": result["verdict"],
        "findings": by_content(result["findings"]),
        "rules": {id_: rules[id_]["status"] for id_ in expected.get("rules", ())},
        "reason": rules.get(case["id"].split("/")[2], {}).get("reason"),
    }
    return {key: told[key] for key in expected}


def by_content(findings: list[dict[str, Any]]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return findings as the suite compares them: a set, the places of each in order."""
    return sorted((one["rule"], one["severity"], tuple(sorted(one["pointers"]))) for one in findings)


def test_reads_what_ours_reads(node: Node) -> None:
    """Both readers take the same texts for the same values, numbers exactly, and refuse the same."""
    rng = random.Random(1)  # noqa: S311 - no secret
    texts = [
        *SNIPPETS,
        *(damaged(rng) for _ in range(3000)),
        '"' + "x" * (MAX_JSON_BYTES - 2) + '"',
        '"' + "字" * (MAX_JSON_BYTES // 3) + '"',
    ]

    answers = node.answers([{"text": one} for one in texts])

    refused = 0
    for one, answer in zip(texts, answers, strict=True):
        try:
            wanted = {"value": plain(loads_json(one))}
        except InputError:
            refused += 1
            assert answer.keys() == {"refused"}, one[:200]
        else:
            assert answer == wanted, one[:200]
    assert 0.2 < refused / len(texts) < 0.8


def damaged(rng: random.Random) -> str:
    """Return some snippets as one text, at times with a character lost, doubled or changed."""
    # Most are sound, or a text of some would hardly ever be.
    pieces = [
        rng.choice(SNIPPETS[:-3] if rng.random() < HOSTILE else SOUND) for _ in range(rng.randrange(1, 4))
    ]
    made = rng.choice(("[{}]", '{{"a":[{}]}}')).format(rng.choice(SPACES).join(("", ",".join(pieces), "")))
    for _ in range(rng.choice((0, 0, 0, 1))):
        at = rng.randrange(len(made) + 1)
        made = (
            made[:at]
            + rng.choice(("", '"', "\\", "0", "e", ",", "\x1f", "\U00020000"))
            + made[at + rng.randrange(2) :]
        )
    return rng.choice(SPACES) + made


def plain(value: Any) -> Any:
    """Return a value as the harness writes it."""
    match value:
        case dict():
            # JavaScript sorts by UTF-16 unit.
            pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
            return {"members": [[key, plain(one)] for key, one in pairs]}
        case list():
            return [plain(one) for one in value]
        case bool() | None | str():
            return value
        case _:
            digits = format(Decimal(value), "f")
            digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
            return {"#": "0" if digits == "-0" else digits}


def test_exit_code_is_that_of_the_worst_report(node: Node, tmp_path: Path, bench_2021: Bench) -> None:
    """Files named on the command line give a line each, and 0, 1 or 2 as the worst of them asks for."""
    contents = {
        "good": dumps_json(bench_2021.report),
        "bad": dumps_json(bench_2021.without("/requests/received/total")),
        "twice": '{"spec_version": "1.0", "spec_version": "1.0"}',
        "huge": '{"report_year": 12345678901234567e999999999}',
        "list": "[]",
        "latin": '{"title": "\xe9"}',
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="latin-1" if name == "latin" else "utf-8")

    def codes(*names: str) -> tuple[int, list[bool]]:
        done = node.run(SCHEMAS / "2021", *(tmp_path / name for name in names))
        return done.returncode, ["error" in json.loads(line) for line in done.stdout.splitlines()]

    assert codes("good") == (0, [False])
    assert codes("good", "bad", "good") == (1, [False, False, False])
    for unreadable in ("twice", "huge", "list", "latin", "missing"):
        assert codes("bad", unreadable, "good") == (2, [False, True, False])


def test_wrong_usage_is_said(node: Node, tmp_path: Path) -> None:
    """Without an edition or a document, or with two documents for one part, the exit code is 2."""
    for arguments in (
        [],
        [SCHEMAS / "2021"],
        ["--nonsense"],
        [tmp_path, "x"],
        [SCHEMAS / "2021", "--parts"],
    ):
        done = node.run(*arguments, data=b"")

        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr


def test_each_line_is_answered_as_it_comes(node: Node, bench_2021: Bench) -> None:
    """A caller that keeps the process running reads the answer to one line before it writes the next."""
    report = bench_2021.report | {"preface": "一行\u2028\u0085未完"}
    lines = [
        dumps_json(report, indent=None).encode(),
        b"\n",
        b"[]\n",
        b'{"a"\xff}\n',
        dumps_json(report, indent=None).encode(),
    ]
    with node.start(SCHEMAS / "2021") as process:
        assert process.stdin
        assert process.stdout
        told = []
        for line in lines:
            process.stdin.write(line)
            process.stdin.flush()
            told.append(json.loads(process.stdout.readline()))
        process.stdin.close()

    assert [one.get("verdict") for one in told] == ["conforms", None, None, None, "conforms"]
    assert process.returncode == 2


def test_other_reports_are_taken_from_files(node: Node, tmp_path: Path, bench_2021: Bench) -> None:
    """A report is held against last year's and against those of the bodies it covers."""
    year = bench_2021.report["report_year"]
    assert isinstance(year, int)
    for name, one in (("this", year), ("last", year - 1)):
        (tmp_path / name).write_text(dumps_json(bench_2021.with_values({"/report_year": one})), "utf-8")
    this, last = tmp_path / "this", tmp_path / "last"

    done = node.run(SCHEMAS / "2021", "--previous", last, "--parts", this, this, this)

    rules = {rule["id"]: rule["status"] for rule in json.loads(done.stdout)["rules"]}
    assert (rules["previous.carried_over"], rules["parts_sum.requests"]) == ("fail", "fail")


def test_plain_numbers_are_taken_when_nothing_is_lost(node: Node, tmp_path: Path, bench_2021: Bench) -> None:
    """A document of a page's own may hold JavaScript numbers; one that may have lost digits is refused."""
    script = tmp_path / "page.mjs"
    script.write_text(
        f"""
        import {{createChecker, breaches, read}} from {json.dumps(node.checker.as_uri())}
        import fs from 'node:fs'
        const place = {json.dumps(str(SCHEMAS / "2021"))}
        const load = (name) => JSON.parse(fs.readFileSync(`${{place}}/${{name}}`, 'utf8'))
        const schema = load('report.schema.json')
        const checker = createChecker(load('form.json'), load('rules.json'), schema)
        const said = [0.1, 12.25, 1e-7, 0.1 + 0.2, 2 ** 53, NaN].map((amount) => {{
          const document = JSON.parse(REPORT)
          document.proactive_disclosure.charges.amount_wan_yuan = amount
          try {{ return checker.check(document).verdict }} catch (error) {{ return error.name }}
        }})
        console.log(JSON.stringify([said, breaches(schema, read('[]'))]))
        """.replace("REPORT", json.dumps(dumps_json(bench_2021.report))),
        "utf-8",
    )

    said = json.loads(node.script(script).stdout)

    assert said == [
        ["conforms", "conforms", "does_not_conform", "RangeError", "RangeError", "RangeError"],
        [{"pointer": "", "keyword": "type"}],
    ]
