"""Judging again by versions of rules that were in force on other days."""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest

from formats.en16931.model import ProcessControl
from formats.registry import PROFILES
from formats.validation.rules import CompiledRules
from gateway.compliance.validation import Validator
from gateway.revalidations.judging import Archived, Bench, UndatedError
from gateway.revalidations.verdicts import differences, stand_ins, verdict_of, verdict_on
from schemas import Catalog, Kind, Relation
from schemas.declaration import Source, SourceType
from schemas.manifest import Manifest
from tests.formats.samples import invoice

OLD, NEW = "eu.cen.en16931:ubl:1.3.15", "eu.cen.en16931:ubl:1.3.16"
LAST = datetime.date(2026, 4, 13)  # of the old one
PROFILE = "en16931-ubl"

_OLD_RULES = """\
<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
  <ns prefix="u" uri="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>
  <pattern>
    <rule context="/u:Invoice">
      <assert id="OLD-01" flag="fatal" test="false()">Nothing was good enough.</assert>
      <assert id="OLD-02" flag="warning" test="current-date() != xs:date('2026-04-13')">The day
        that was asked for.</assert>
    </rule>
  </pattern>
</schema>
"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """The real rules from their first day on, and before them others that refuse everything."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "old.sch").write_text(_OLD_RULES)
    real = Manifest.load()
    new = real.artefact(NEW)
    assert new is not None
    digest = hashlib.sha256(_OLD_RULES.encode()).hexdigest()
    source = Source(SourceType.DIRECTORY, "", Relation.IDENTICAL, {"old.sch": digest})
    old = replace(
        new,
        id=OLD,
        kind=Kind.SCHEMATRON,
        in_force_from=datetime.date(2025, 1, 1),
        in_force_until=LAST,
        entry="old.sch",
        sources=(source,),
        earlier="there is nothing older",
    )
    families = (*PROFILES[PROFILE].schemas.values(), *PROFILES["facturx-en16931"].rule_sets)
    schemas = [one for name in dict.fromkeys(families) for one in real.family(name)]
    manifest = Manifest((*schemas, old, replace(new, earlier=None)))

    def opened(now: Callable[[], datetime.datetime]) -> Validator:
        return Validator(Catalog([folder], manifest=manifest), CompiledRules(now=now))

    return Bench(opened)


def archived(content: bytes, *layers: str) -> Archived:
    ran = [{"id": one, "outcome": "ran"} for one in ("countries.de:rules", *layers)]
    return Archived(content, "application/xml", {"layers": ran, "findings": []})


def written(profile: str) -> bytes:
    control = ProcessControl(specification_identifier=PROFILES[profile].customization_id)
    return PROFILES[profile].write(invoice().model_copy(update={"process_control": control}))


@pytest.fixture(scope="module")
def content() -> bytes:
    return written(PROFILE)


def test_each_day_has_the_version_that_was_in_force(bench: Bench, content: bytes) -> None:
    then_day, then = bench.issued(archived(content), LAST)
    now_day, now = bench.issued(archived(content), LAST + datetime.timedelta(days=1))
    assert (then_day, now_day) == (LAST, datetime.date(2026, 4, 14))
    assert [verdict_on(one, (), bench.manifest) for one in (then, now)] == ["invalid", "valid"]
    assert OLD in {layer["id"] for layer in then["layers"]}
    assert NEW in {layer["id"] for layer in now["layers"]}
    assert differences(then, now) == {
        "appeared": [],
        "gone": [
            {"rule": "OLD-01", "flag": "fatal", "rule_set": OLD},
            {"rule": "OLD-02", "flag": "warning", "rule_set": OLD},
        ],
        "not_asked_again": [],
    }


def test_the_clock_of_the_rules_stands_at_the_day_asked_for(bench: Bench, content: bytes) -> None:
    def rules(day: datetime.date) -> set[str]:
        _, report = bench.issued(archived(content), day)
        return {each["rule"] for each in report["findings"] if each["rule_set"] == OLD}

    assert rules(LAST) == {"OLD-01", "OLD-02"}
    assert rules(LAST - datetime.timedelta(days=1)) == {"OLD-01"}


def test_a_later_version_that_stands_in_decides_nothing(bench: Bench, content: bytes) -> None:
    day = datetime.date(2024, 12, 31)
    _, report = bench.issued(archived(content), day)
    standing = stand_ins(report, day, bench.manifest)
    assert [one.id for one in standing] == [OLD]
    assert (verdict_of(report), verdict_on(report, standing, bench.manifest)) == (
        "invalid",
        "unknown",
    )


def test_what_the_schema_of_the_day_refuses_is_invalid_whatever_stands_in(bench: Bench) -> None:
    broken = written(PROFILE).replace(b"cbc:IssueDate", b"cbc:IssueDay")
    day = datetime.date(2024, 12, 31)
    _, report = bench.issued(archived(broken), day)
    standing = stand_ins(report, day, bench.manifest)
    assert verdict_on(report, standing, bench.manifest) == "invalid"


def test_rules_that_are_not_installed_leave_the_verdict_open() -> None:
    bench = Bench(lambda now: Validator(Catalog(), CompiledRules(now=now)))
    assert bench.manifest.family("eu.peppol.bis3:invoice")
    peppol = PROFILES["peppol-bis-3"].write(invoice())
    _, report = bench.issued(archived(peppol), datetime.date(2026, 11, 20))
    assert verdict_of(report) == "unknown"
    assert "eu.peppol.bis3:invoice" in {
        layer["id"].rpartition(":")[0] for layer in report["layers"] if layer["outcome"] != "ran"
    }
    (known,) = bench.versions([NEW])
    assert (known["id"], known["in_force_from"]) == (NEW, "2026-04-14")


def test_the_archived_report_names_the_profile_and_the_country_that_judged(bench: Bench) -> None:
    hybrid = written("facturx-en16931")
    day = datetime.date(2026, 11, 20)
    _, alone = bench.issued(archived(hybrid), day)
    _, again = bench.issued(archived(hybrid, "eu.factur-x:en16931:1.09.2"), day)
    assert alone["layers"][-1]["id"].startswith("eu.cen.en16931:cii")
    assert again["layers"][-1]["id"].startswith("eu.factur-x:en16931")
    assert again["layers"][0]["id"] == "countries.de:rules"


def test_what_cannot_be_read_has_no_day_of_its_own_and_is_invalid_on_any(bench: Bench) -> None:
    broken = archived(b"<Invoice")
    day, report = bench.issued(broken, LAST)
    assert (day, verdict_of(report)) == (LAST, "invalid")
    with pytest.raises(UndatedError):
        bench.issued(broken, None)


def test_rules_of_sets_that_were_not_asked_again_are_not_gone() -> None:
    def finding(rule: str, rule_set: str) -> dict[str, str]:
        return {"rule": rule, "flag": "warning", "rule_set": rule_set}

    then = {
        "findings": [
            finding("TAX-1", "gateway.tax:decision"),
            finding("SI-02", "si.gateway:invoice:1"),
            finding("BR-01", OLD),
            finding("PEPPOL-1", "eu.peppol.bis3:invoice:2025.5"),
        ]
    }
    now = {
        "layers": [
            {"id": "countries.si:rules", "outcome": "ran"},
            {"id": NEW, "outcome": "ran"},
            {"id": "eu.peppol.bis3:invoice", "outcome": "not_judged"},
        ],
        "findings": [finding("BR-02", NEW)],
    }
    told = differences(then, now)
    assert [each["rule"] for each in told["appeared"]] == ["BR-02"]
    assert [each["rule"] for each in told["gone"]] == ["BR-01", "SI-02"]
    assert [each["rule"] for each in told["not_asked_again"]] == ["PEPPOL-1", "TAX-1"]


def test_an_unreadable_document_that_a_schema_refused_is_invalid() -> None:
    fatal = {"rule": "X", "flag": "fatal", "rule_set": "x"}
    read = {"id": "formats.xml:document", "outcome": "ran"}
    refused: dict[str, object] = {"layers": [read], "findings": [fatal], "refusal": {"code": "x"}}
    assert verdict_of(refused) == "unknown"
    schema = {"id": "org.oasis-open.ubl:invoice:2.1", "outcome": "ran"}
    assert verdict_of(refused | {"layers": [read, schema]}) == "invalid"
    assert verdict_of({"layers": [], "findings": []}) == "unknown"
