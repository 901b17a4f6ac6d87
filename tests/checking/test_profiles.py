"""Local rules: what they change, what a result says of them, and what is refused in them."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest

from disclosure_spec import Checker, Inspector, Status, Verdict
from disclosure_spec._resources import folder
from disclosure_spec.checking import Reason, load_profile
from disclosure_spec.edition import installed
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.reporting import FORMATS, render
from disclosure_spec.rules import DateTest
from disclosure_spec.strict_json import dumps_json

if TYPE_CHECKING:
    from tests.conftest import Bench

    from disclosure_spec.checking import Profile, Result
    from disclosure_spec.document import Document, JSONValue
    from disclosure_spec.rules import Rule

NAME = "某市政务公开办〔2024〕5号"
TOTAL = "/remedies/reconsideration/total"


def profile(text: str) -> Profile:
    """Return the profile with a head and this text."""
    return load_profile(f'name: {NAME}\nspec_version: "1.0"\n{text}'.encode(), installed())


def check(document: Document, text: str) -> Result:
    """Check a document under the profile."""
    return Inspector(profile=profile(text)).check(document)


def deadline(bench: Bench) -> Rule:
    """Return the rule that gives governments, which the sample is one of, a day to publish by."""
    rules = [rule for rule in bench.rules(DateTest) if rule.id == "deadline.government"]
    assert len(rules) == 1
    return rules[0]


class TestSwitchedOff:
    """A rule that is switched off does not apply, and is not gone."""

    def test_finding_and_verdict_follow(self, bench: Bench) -> None:
        """The only error being switched off, the report conforms, under a profile that the result names."""
        document = bench.with_values({TOTAL: 1})

        result = check(document, "rules: {remedies.total: off}")

        assert bench.checker.check(document).verdict is Verdict.DOES_NOT_CONFORM
        assert (result.verdict, result.findings) == (Verdict.CONFORMS, ())
        assert result.profile is not None
        assert result.profile.changes == {"remedies.total": "off"}

    def test_rule_stays_in_the_result(self, bench: Bench) -> None:
        """All rules have an outcome, in their order, and the one switched off says that it is."""
        result = check(bench.report, "rules: {remedies.total: off}")

        outcome = result.outcome("remedies.total")
        assert [one.id for one in result.rules] == [rule.id for rule in bench.edition.rules]
        assert (outcome.status, outcome.reason) == (Status.NOT_APPLICABLE, Reason.SWITCHED_OFF)

    def test_other_outcomes_stay(self, bench: Bench) -> None:
        """Nothing changes for the other rules."""
        document = bench.with_values({TOTAL: 1, "/overview": None})

        published = bench.checker.check(document)
        local = check(document, "rules: {remedies.total: off}")

        assert [one for one in local.rules if one.id != "remedies.total"] == [
            one for one in published.rules if one.id != "remedies.total"
        ]

    def test_structure_does_not_say_it_instead(self, bench: Bench) -> None:
        """What a rule on cells no longer reports does not come back as a finding on the structure."""
        assert check(bench.with_values({TOTAL: None}), "rules: {cells.filled: off}").findings == ()


class TestSeverity:
    """A rule may be taken more or less seriously."""

    def test_stricter(self, bench: Bench) -> None:
        """A warning that is made an error decides the verdict."""
        document = bench.with_values({"/problems_and_improvements": "问题：甲。"})

        result = check(document, "rules: {problems.complete: error}")

        assert bench.checker.check(document).verdict is Verdict.CONFORMS
        assert result.verdict is Verdict.DOES_NOT_CONFORM
        assert [one.severity for one in result.findings] == ["error"]

    def test_milder(self, bench: Bench) -> None:
        """An error that is made a warning is still found, and the report conforms."""
        result = check(bench.with_values({TOTAL: 1}), "rules: {remedies.total: warning}")

        assert result.verdict is Verdict.CONFORMS
        assert [(one.rule, one.severity) for one in result.findings] == [("remedies.total", "warning")]

    def test_trial_rule_comes_into_force(self, bench: Bench) -> None:
        """A rule on trial that gets a severity binds like any other."""
        trial = next(rule for rule in bench.edition.rules if rule.status == "trial")

        outcome = check(bench.report, f"rules: {{{trial.id}: error}}").outcome(trial.id)

        assert (outcome.severity, outcome.lifecycle) == ("error", "active")

    def test_what_is_so_already_is_no_change(self, bench: Bench) -> None:
        """A severity that the catalogue has anyway is not listed among the changes."""
        result = check(bench.report, "rules: {remedies.total: error}")

        assert result.profile is not None
        assert result.profile.changes == {}


class TestDeadline:
    """A deadline may be moved."""

    def test_earlier_day_is_kept_or_not(self, bench: Bench) -> None:
        """Published on 20 January a report is in time for that day and late for the day before."""
        on_time = check(bench.report, "deadlines: {deadline.government: 01-20}")
        late = check(bench.report, "deadlines: {deadline.government: 01-19}")

        assert on_time.verdict is Verdict.CONFORMS
        assert late.verdict is Verdict.DOES_NOT_CONFORM
        assert late.profile is not None
        assert late.profile.changes == {"deadline.government": "01-19"}

    def test_law_is_not_quoted_for_a_local_day(self, bench: Bench) -> None:
        """The finding names the profile as what sets the day, in words and basis, and so does the title."""
        local = profile("deadlines: {deadline.government: 01-19}")
        (finding,) = Inspector(profile=local).check(bench.report).findings

        assert NAME in finding.message.zh
        assert NAME in finding.message.en
        assert [one.source for one in finding.basis] == ["profile"]
        assert str(finding.expected).endswith("-01-19")
        assert NAME in local.apply(bench.edition)[0].rule("deadline.government").title.zh

    def test_published_day_is_no_change(self, bench: Bench) -> None:
        """The day that the catalogue has anyway changes neither words nor law."""
        rule = deadline(bench)
        assert isinstance(rule.test, DateTest)
        month, day = rule.test.checks[0].month, rule.test.checks[0].day
        local = profile(f"deadlines: {{{rule.id}: {month:02}-{day:02}}}")

        edition, applied = local.apply(bench.edition)

        assert edition.rule(rule.id) == rule
        assert applied.changes == {}

    def test_with_a_severity(self, bench: Bench) -> None:
        """Day and severity of one rule may both be changed, and both are stated."""
        text = "rules: {deadline.government: info}\ndeadlines: {deadline.government: 01-19}"

        result = check(bench.report, text)

        assert [one.severity for one in result.findings] == ["info"]
        assert result.profile is not None
        assert result.profile.changes == {"deadline.government": "info, 01-19"}


class TestNamed:
    """Every result says under which profile it was reached."""

    @pytest.mark.parametrize("text", ["", "rules: {remedies.total: off}"])
    @pytest.mark.parametrize("values", [{}, {TOTAL: 1}, {TOTAL: None}])
    def test_name_and_digest(self, bench: Bench, text: str, values: dict[str, JSONValue]) -> None:
        """Name and digest of the file stand in the result, whatever the report, and even without changes."""
        data = f'name: {NAME}\nspec_version: "1.0"\n{text}'.encode()

        result = Inspector(profile=load_profile(data, installed())).check(bench.with_values(values))

        assert result.profile is not None
        assert (result.profile.name, result.profile.sha256) == (NAME, hashlib.sha256(data).hexdigest())

    def test_file_is_checked_likewise(self, bench: Bench) -> None:
        """A report read from a file has the result of the document, and comes with the rules applied."""
        inspector = Inspector(profile=profile("rules: {remedies.total: warning}"))
        document = bench.with_values({TOTAL: 1})

        inspection = inspector.inspect(dumps_json(document).encode())

        assert inspection.result.findings == inspector.check(document).findings
        assert inspection.result.profile == inspector.check(document).profile
        assert inspection.edition is not None
        assert inspection.edition.rule("remedies.total").severity == "warning"

    @pytest.mark.parametrize("name", FORMATS)
    @pytest.mark.parametrize("values", [{}, {TOTAL: 1}])
    def test_every_rendering_names_it(self, bench: Bench, name: str, values: dict[str, JSONValue]) -> None:
        """Whatever the format, and finding or not, the rendering has the profile's name and digest."""
        local = profile("rules: {overview.length: off}")
        document = dumps_json(bench.with_values(values)).encode()

        shown = render(Inspector(profile=local).inspect(document, name="年报.json"), name, "zh")

        text = shown if isinstance(shown, str) else text_of(shown)
        assert NAME in text
        assert local.sha256[:12] in text

    def test_without_profile(self, bench: Bench) -> None:
        """A result by the published rules names no profile."""
        assert Inspector().check(bench.report).profile is None


def text_of(shown: bytes) -> str:
    """Return what a rendering in bytes says: a workbook is an archive of texts."""
    if not zipfile.is_zipfile(io.BytesIO(shown)):
        return shown.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(shown)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))


def test_edition_is_left_as_it_was(bench: Bench) -> None:
    """A profile makes another edition and changes nothing in the published one."""
    before = bench.edition.rules

    changed, _ = profile("rules: {remedies.total: off}").apply(bench.edition)

    assert bench.edition.rules is before
    assert not any(rule.switched_off for rule in before)
    assert changed.published_rules == bench.edition.published_rules
    assert Checker(changed).check(bench.with_values({TOTAL: 1})).verdict is Verdict.CONFORMS


def test_rule_of_one_edition_only() -> None:
    """A rule that one edition alone has may be named, and changes nothing in the others."""
    local = profile("rules: {procurement.unit: off}")

    changes = {one.name: local.apply(one)[1].changes for one in installed().editions()}

    assert changes == {"2019": {"procurement.unit": "off"}, "2021": {}}


def test_retired_rule_cannot_be_used(bench: Bench) -> None:
    """A rule that is retired everywhere is refused."""
    retired = [{**rule, "status": "retired"} for rule in bench.edition.published_rules["rules"]]

    class Retired(type(installed())):  # type: ignore[misc] # a catalogue as any other
        def editions(self, spec_version: str | None = None) -> tuple[object, ...]:
            editions = super().editions(spec_version)
            return tuple(
                type(one)(one.form, {"rules": retired}, one.schema, one.draft_schema) for one in editions
            )

    with pytest.raises(UsageError) as caught:
        load_profile(b'name: a\nspec_version: "1.0"\nrules: {remedies.total: off}', Retired())

    assert caught.value.code == "profile.retired"


GOVERNMENT = "/deadlines/deadline.government"
REFUSED = [
    ("rules: {remedies.totl: off}", "rule", "/rules/remedies.totl", "remedies.total"),
    ("rules: {remedies-total: off}", "content", "/rules", "remedies.total"),
    ("rules: {no.such: off}", "rule", "/rules/no.such", "no.such"),
    ("rules: {remedies.total: of}", "content", "/rules/remedies.total", "off"),
    ("rules: {remedies.total: false}", "content", "/rules/remedies.total", "off"),
    ("rules: [remedies.total]", "content", "/rules", "键"),
    ("ruels: {remedies.total: off}", "content", "", "rules"),
    ("deadlines: {overview.length: 01-20}", "deadline", "/deadlines/overview.length", "deadline.government"),
    ("deadlines: {period.calendar_year: 01-20}", "deadline", "/deadlines/period.calendar_year", "期限"),
    ("deadlines: {edition.year: 01-20}", "deadline", "/deadlines/edition.year", "期限"),
    ("deadlines: {deadline.goverment: 01-20}", "rule", "/deadlines/deadline.goverment", "government"),
    ("deadlines: {deadline.government: 1-20}", "content", GOVERNMENT, "01-20"),
    ("deadlines: {deadline.government: 02-29}", "deadline", GOVERNMENT, "02-29"),
    ("deadlines: {deadline.government: 04-31}", "deadline", GOVERNMENT, "04-31"),
    (
        "rules: {deadline.government: off}\ndeadlines: {deadline.government: 01-20}",
        "deadline",
        GOVERNMENT,
        "关闭",
    ),
]


@pytest.mark.parametrize(("text", "code", "place", "words"), REFUSED)
def test_what_does_not_exist_or_contradicts_is_refused(text: str, code: str, place: str, words: str) -> None:
    """A slip in a profile is an error that names the place and, where one is near, the right id."""
    with pytest.raises(UsageError) as caught:
        profile(text)

    assert (caught.value.code, caught.value.place) == (f"profile.{code}", place)
    assert words in caught.value.wording.zh


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('spec_version: "1.0"', "profile.content"),
        ('name: ""\nspec_version: "1.0"', "profile.content"),
        ('name: "{value}"\nspec_version: "1.0"', "profile.content"),
        ("name: a\nspec_version: 1.0", "profile.content"),
        ('name: a\nspec_version: "9.0"', "spec.unknown"),
        ("- a", "profile.content"),
    ],
)
def test_head_must_be_right(text: str, code: str) -> None:
    """A profile has a name that can be printed and a version of the specification that there is."""
    with pytest.raises(UsageError) as caught:
        load_profile(text.encode(), installed())

    assert caught.value.code == code


def test_no_yaml_is_an_input_error() -> None:
    """A key written twice is refused by the strict reader, with its line."""
    with pytest.raises(InputError) as caught:
        profile("rules:\n  remedies.total: off\n  remedies.total: error")

    assert (caught.value.code, caught.value.place) == ("yaml.duplicate_key", "5:3")


def test_profile_of_another_version_is_not_passed_over(bench: Bench) -> None:
    """A report of another version than the profile's is an error, not a check without the profile."""
    local = profile("")
    other = type(bench.edition)(
        {**bench.edition.form, "spec_version": "1.1"},
        bench.edition.published_rules,
        bench.edition.schema,
        bench.edition.draft_schema,
    )

    with pytest.raises(UsageError) as caught:
        local.apply(other)

    assert caught.value.code == "profile.version"


def test_example_of_the_handbook() -> None:
    """The example in the handbook is a profile."""
    handbook = folder("schema").joinpath("README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n# profile\n(.*?)```", handbook, flags=re.DOTALL)

    read = load_profile(example.encode(), installed())

    assert read.severities == {"overview.length": "off", "problems.complete": "error"}
    assert read.deadlines == {"deadline.department": (1, 20)}
