"""`disclosure-spec prove`: put our checker, or somebody else's system, to the proof."""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from disclosure_spec._resources import folder
from disclosure_spec.cli.common import add_common_options, catalogue_of
from disclosure_spec.cli.exit_codes import EXIT_CONFORMS, EXIT_DOES_NOT_CONFORM
from disclosure_spec.cli.parser import Parser
from disclosure_spec.errors import UsageError
from disclosure_spec.strict_json import dumps_json
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from types import TracebackType

    from disclosure_spec.edition import Edition
    from disclosure_spec.testing.conformance import CommandJudge, FuzzReport, Pack
    from disclosure_spec.wording import Language

_HELP: Final = Wording(
    "证明检查程序符合规范。不带选项：用生成的报告验证规则的各项性质。\n"
    "--command：用一致性测试用例检验任何语言写的系统；加 --fuzz N 则用生成的文档与本程序逐一比对。\n"
    "命令中的 {document} 是JSON文件的路径；还可用 {edition} {schema} {previous} {parts}。\n"
    "没有 {document} 的命令持续运行，从标准输入每行读一份文档，每份答一行JSON，并立即输出。\n"
    "答复：标准输出上的JSON（本程序的结果格式，或 valid、verdict、findings、rules 中的若干项），\n"
    "或只用退出码：0 符合，1 不符合，2 无法判断。",
    "Prove that a checker keeps to the rules. Alone: the properties of the rules, by generated reports.\n"
    "--command: hold a system in any language against the conformance pack; with --fuzz N, against this\n"
    "program on generated documents. {document} in the command is the path of a JSON file; there are\n"
    "{edition} {schema} {previous} {parts} besides. A command without {document} is kept running: it reads\n"
    "one document a line from standard input and answers each with a line of JSON at once.\n"
    "Answer: JSON on standard output (the result format of this program, or any of valid, verdict,\n"
    "findings, rules), or just the exit code: 0 conforms, 1 does not conform, 2 cannot tell.",
)
_NEEDS: Final = Wording("{option} 要与 --command 同用。", "{option} needs --command.")
_NO_EXTRA: Final = Wording(
    "prove 需要 hypothesis：pip install 'disclosure-spec[testing]'",
    "prove needs Hypothesis: pip install 'disclosure-spec[testing]'",
)
_CANNOT_READ: Final = Wording("无法读取“{name}”：{why}。", "Cannot read {name}: {why}.")
_CANNOT_WRITE: Final = Wording("无法写入“{name}”：{why}。", "Cannot write {name}: {why}.")
_FORMATS: Final = Wording("{format} 格式只用于 --command。", "The format {format} is for --command only.")
_OF_COMMAND: Final = ("fuzz", "save", "expect_fail", "level", "case", "exit_code", "timeout")
_SEEDS: Final = 2**32
_TIMEOUT: Final = 30.0
_WIDTH: Final = 30
_REDRAW_SECONDS: Final = 0.1


def run(arguments: Sequence[str], language: Language) -> int:
    """Prove properties, kill mutants, or judge a command; 0 if all held, 1 if something failed."""
    options = _parse(arguments, language)
    _refuse_what_does_not_fit(options)
    # The verb is listed, and explains itself, without the extra.
    try:
        import disclosure_spec.testing  # noqa: F401, PLC0415 - see above
    except ImportError as error:
        raise UsageError("extra.testing", _NO_EXTRA) from error
    with _Bar() as bar:
        if options.command is None:
            held, text = (_mutants if options.mutants else _properties)(options, language, bar)
        else:
            held, text = _judge(options, language, bar)
    if options.output is None:
        sys.stdout.write(text)
    else:
        _write(options.output, text)
    return EXIT_CONFORMS if held else EXIT_DOES_NOT_CONFORM


def _parse(arguments: Sequence[str], language: Language) -> Namespace:
    parser = Parser(
        language=language,
        prog="disclosure-spec prove",
        help_=_HELP,
        example='disclosure-spec prove --command "my-validator {document}" --format junit -o report.xml',
    )
    _add_options_of_commands(parser)
    parser.option(
        "--seed",
        type=int,
        metavar="S",
        help_=Wording("随机种子：同一种子，同样的文档", "the same seed gives the same documents"),
    )
    parser.option(
        "--examples",
        type=_positive,
        metavar="N",
        help_=Wording("每项性质的例子数", "examples for each property"),
    )
    parser.option(
        "--mutants",
        action="store_true",
        help_=Wording(
            "逐一改坏规则和结构，看是否被发现",
            "change rules and schemas for the worse, one by one, and see that it is noticed",
        ),
    )
    _add_options_of_answers(parser)
    _add_options_of_all(parser)
    add_common_options(parser)
    return parser.parse_args(arguments)


def _add_options_of_commands(parser: Parser) -> None:
    parser.option(
        "--command",
        metavar="COMMAND",
        help_=Wording("被检验系统的命令", "the command of the system to judge"),
    )
    parser.option(
        "--fuzz",
        type=_positive,
        metavar="N",
        help_=Wording(
            "每版格式生成N份文档，与本程序的判断比对",
            "compare judgements on N generated documents of each edition",
        ),
    )
    parser.option(
        "--save",
        type=Path,
        metavar="DIR",
        help_=Wording("保存判断不一致的文档", "keep the documents on which they differ here"),
    )
    parser.option(
        "--expect-fail",
        type=Path,
        metavar="FILE",
        help_=Wording(
            "预期不通过的用例，每行一个编号，#后为原因",
            "cases that may fail: an id a line, # before the reason",
        ),
    )
    parser.option(
        "--level",
        choices=("structure", "rules"),
        help_=Wording(
            "级别：只看结构，或必须答出问题和状态", "structure alone, or findings and statuses demanded"
        ),
    )
    parser.option("--case", metavar="GLOB", help_=Wording("只用编号相符的用例", "only cases whose ids fit"))


def _add_options_of_answers(parser: Parser) -> None:
    parser.option(
        "--exit-code",
        action="store_true",
        default=None,
        help_=Wording("只看退出码，不看输出", "go by the exit code alone, whatever is printed"),
    )
    parser.option(
        "--timeout",
        type=_seconds,
        metavar="SECONDS",
        help_=Wording("每份文档的时限（默认30秒）", "time limit for a document (default 30)"),
    )


def _add_options_of_all(parser: Parser) -> None:
    parser.option("--edition", metavar="EDITION", help_=Wording("只看该版格式", "only this edition"))
    parser.option(
        "--suite",
        type=Path,
        metavar="DIR",
        help_=Wording("测试用例所在目录", "folder of the conformance pack"),
    )
    parser.option(
        "--jobs",
        type=_positive,
        metavar="N",
        help_=Wording(
            "同时运行的进程数，默认同处理器数", "processes at a time; by default one for each core"
        ),
    )
    parser.option(
        "--format",
        choices=("text", "json", "junit"),
        default="text",
        help_=Wording("输出格式", "output format"),
    )
    parser.option("-o", "--output", type=Path, metavar="FILE", help_=Wording("输出文件", "output file"))


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError(text)
    return value


def _refuse_what_does_not_fit(options: Namespace) -> None:
    if options.command is not None:
        return
    for name in _OF_COMMAND:
        if getattr(options, name) is not None:
            option = "--" + name.replace("_", "-")
            raise UsageError("option.needs_command", _NEEDS.fill(option=option))
    unfit = {"junit", "json"} if options.mutants else {"junit"}
    if options.format in unfit:
        raise UsageError("option.format", _FORMATS.fill(format=options.format))


def _properties(options: Namespace, language: Language, bar: _Bar) -> tuple[bool, str]:
    from disclosure_spec.testing.properties import EXAMPLES, proof_as_json, prove, render  # noqa: PLC0415 - the extra

    proof = prove(
        _editions(options),
        seed=options.seed or 0,
        examples=options.examples or EXAMPLES,
        progress=lambda _, done, total: bar.show(done, total),
    )
    text = dumps_json(proof_as_json(proof)) if options.format == "json" else render(proof, language)
    return proof.held, text


def _mutants(options: Namespace, language: Language, bar: _Bar) -> tuple[bool, str]:
    from disclosure_spec.testing import mutants  # noqa: PLC0415 - the extra

    jobs = options.jobs or os.cpu_count() or 1
    table = mutants.run(_editions(options), suite=_pack(options), jobs=jobs, progress=bar.show)
    return not table.survivors, mutants.render(table, language)


def _judge(options: Namespace, language: Language, bar: _Bar) -> tuple[bool, str]:
    from disclosure_spec.testing.conformance import CommandJudge  # noqa: PLC0415 - the extra

    with CommandJudge(
        options.command,
        timeout=options.timeout or _TIMEOUT,
        jobs=options.jobs,
        exit_code_only=bool(options.exit_code),
    ) as judge:
        return (_fuzz if options.fuzz else _hold_against_pack)(options, judge, language, bar)


def _hold_against_pack(
    options: Namespace, judge: CommandJudge, language: Language, bar: _Bar
) -> tuple[bool, str]:
    from disclosure_spec.testing import conformance  # noqa: PLC0415 - the extra

    pack = _pack(options)
    allowed = "" if options.expect_fail is None else _read(options.expect_fail)
    report = conformance.run(
        pack.only(edition=options.edition, pattern=options.case),
        judge,
        system=options.command,
        level=options.level,
        takes=judge.takes,
        # Held against the whole pack: a list for all editions serves a run of one.
        expected_failures=conformance.ExpectedFailures.parse(allowed, pack),
        progress=bar.show,
    )
    texts = {
        "text": lambda: conformance.report_as_text(report, language),
        "json": lambda: conformance.report_as_json(report),
        "junit": lambda: conformance.report_as_junit(report, language),
    }
    return report.held, texts[options.format]()


def _fuzz(options: Namespace, judge: CommandJudge, language: Language, bar: _Bar) -> tuple[bool, str]:
    from disclosure_spec.testing import conformance  # noqa: PLC0415 - the extra

    editions = _editions(options)
    seed = random.SystemRandom().randrange(_SEEDS) if options.seed is None else options.seed
    report = conformance.fuzz(
        editions,
        judge,
        options.fuzz,
        seed=seed,
        system=options.command,
        level=options.level,
        takes=judge.takes,
        progress=bar.show,
    )
    if options.save is not None:
        _save(report, options.save)
    texts = {
        "text": lambda: conformance.fuzz_as_text(report, editions, language),
        "json": lambda: conformance.fuzz_as_json(report),
        "junit": lambda: conformance.fuzz_as_junit(report, language),
    }
    return report.held, texts[options.format]()


def _save(report: FuzzReport, directory: Path) -> None:
    for number, one in enumerate(report.disagreements, start=1):
        name = f"{number:02}-{one.submission.edition}"
        sent = one.submission
        others = {"previous": sent.previous} | {
            f"part-{at}": part for at, part in enumerate(sent.parts, start=1)
        }
        _write(directory / f"{name}.json", dumps_json(sent.document))
        for whose, document in others.items():
            if document is not None:
                _write(directory / f"{name}.{whose}.json", dumps_json(document))


def _editions(options: Namespace) -> tuple[Edition, ...]:
    catalogue = catalogue_of(options)
    return (catalogue.edition(options.edition),) if options.edition else catalogue.editions()


def _pack(options: Namespace) -> Pack:
    from disclosure_spec.testing.conformance import load_pack  # noqa: PLC0415 - the extra

    # The folder of all versions, or that of one.
    place = folder("suite") if options.suite is None else options.suite
    version = place / catalogue_of(options).latest
    return load_pack(version if version.is_dir() else place)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    # ValueError is what is not UTF-8.
    except (OSError, ValueError) as error:
        raise UsageError("file.unreadable", _CANNOT_READ.fill(name=path, why=error)) from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Bytes, because text mode would write CRLF on Windows.
        path.write_bytes(text.encode())
    except OSError as error:
        raise UsageError("file.unwritable", _CANNOT_WRITE.fill(name=path, why=error)) from error


class _Bar:
    """Show on a terminal how far the work has come, on one line that is wiped at the end."""

    def __init__(self) -> None:
        self._visible = sys.stderr.isatty()
        self._drawn = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def show(self, done: int, total: int) -> None:
        """Show that so many of so many are done."""
        now = time.monotonic()
        if self._visible and (done == total or now - self._drawn > _REDRAW_SECONDS):
            self._drawn = now
            filled = _WIDTH * done // max(total, 1)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}\x1b[K")
            sys.stderr.flush()
