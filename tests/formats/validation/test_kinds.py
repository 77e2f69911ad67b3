"""Documents that are no invoice of a profile: each is found, and what judges it is declared."""

from pathlib import Path

import pytest

from formats import xml
from formats.conversion import convert
from formats.findings import Flag, Outcome
from formats.registry import PROFILES
from formats.validation.kinds import KINDS, kind_of
from formats.validation.recognition import OTHER_SYNTAX, UNKNOWN, UNKNOWN_ROOT, recognise
from schemas import Kind, Manifest
from tests.formats.samples import invoice

UBL = "{urn:oasis:names:specification:ubl:schema:xsd:"


def test_everything_that_judges_a_kind_is_in_the_manifest() -> None:
    kinds = {each.family: each.kind for each in Manifest.load().declarations}
    for kind in KINDS:
        assert kind.rule_sets, kind.name
        for family in kind.rule_sets:
            assert kinds[family] in {Kind.XSLT, Kind.SCHEMATRON}, family
        if kind.schema is not None:
            assert kinds[kind.schema] is Kind.XSD, kind.schema


def test_no_two_kinds_claim_the_same_document() -> None:
    claims = [(kind.root, kind.customization, kind.processes) for kind in KINDS]
    assert len(set(claims)) == len(claims)
    profiles = {
        each
        for profile in PROFILES.values()
        for each in (profile.customization_id, *profile.variants)
    }
    assert profiles.isdisjoint(kind.customization for kind in KINDS)


def test_the_customization_decides_then_the_process_then_a_root_of_its_own() -> None:
    response = UBL + "ApplicationResponse-2}ApplicationResponse"
    mls = kind_of(response, "urn:peppol:edec:mls:1.0", None)
    assert mls is not None
    assert mls.rule_sets == ("eu.peppol.mls:mls",)
    assert kind_of(response, None, "urn:peppol:edec:mls") is mls
    assert kind_of(response, "urn:fdc:peppol.eu:poacc:trns:mlr:3", "urn:peppol:edec:mls") != mls
    assert kind_of(response, None, None) is None
    report = "{urn:fdc:peppol:end-user-statistics-report:1.1}EndUserStatisticsReport"
    found = kind_of(report, "Xurn:wrong", None)
    assert found is not None
    assert found.rule_sets == ("eu.peppol.reporting:eusr",)


def test_a_process_does_not_outweigh_a_customization_that_its_rules_never_see() -> None:
    root, process = UBL + "Invoice-2}Invoice", "reporting:1.0"
    zatca = kind_of(root, None, process)
    assert zatca is not None
    assert zatca.rule_sets[-1] == "sa.gov.zatca:zatca"
    assert kind_of(root, "urn:cen.eu:en16931:2017#compliant#urn:nobody:knows:1.0", process) is None


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u3000", "\u0085", "\u2028"])
def test_white_space_that_xml_does_not_have_is_part_of_the_identifier(space: str) -> None:
    own = PROFILES["peppol-bis-3"].customization_id
    for identifier in (own + space, space + own):
        found = recognise(xml.parse(_claiming(identifier)))
        assert found.finding is not None
        assert found.finding.rule == UNKNOWN
    assert recognise(xml.parse(_claiming(f" \t\n{own}\n"))).profile is PROFILES["peppol-bis-3"]


@pytest.mark.official
@pytest.mark.parametrize(
    ("file", "rule_set"),
    [
        ("peppol-poacc/rules/examples/Order_Example.xml", "eu.peppol.bis3:order"),
        (
            "peppol-poacc/rules/examples/OrderAgreement_Example.xml",
            "eu.peppol.bis3:order-agreement",
        ),
        (
            "peppol-poacc/rules/examples/InvoiceResponse_Example.xml",
            "eu.peppol.bis3:invoice-message-response",
        ),
        ("peppol-network/mls/bad/mls-01b.xml", "eu.peppol.mls:mls"),
        ("peppol-reporting/tsr/bad/tsr-01-2.xml", "eu.peppol.reporting:tsr"),
        ("peppol-taxdata/examples/sk/1.0.0/vat-category-Z.xml", "eu.peppol.taxdata:sk"),
        (
            "sa-zatca/examples-2.3.8/Standard/Invoice/Self-billing invoice.xml",
            "sa.gov.zatca:zatca",
        ),
        ("cii/examples/cdar-d22b/UC1_F202500003_07-CDV-212_Encaissee.xml", "fr.ctc:cdar"),
        ("peppol-aunz/examples/AU Order Transaction.xml", "eu.peppol.bis3:order"),
    ],
)
def test_official_documents_are_recognised(official: Path, file: str, rule_set: str) -> None:
    found = recognise(xml.parse((official / file).read_bytes()))
    assert found.kind is not None
    assert found.kind.rule_sets[-1] == rule_set
    assert (found.profile, found.finding, found.gap) == (None, None, None)


def _written(profile: str) -> bytes:
    return convert(PROFILES["peppol-bis-3"].write(invoice()), PROFILES[profile]).content


def _claiming(identifier: str | None, profile: str = "peppol-bis-3") -> bytes:
    content = _written(profile)
    own = PROFILES[profile].customization_id.encode()
    assert own in content
    return content.replace(own, (identifier or "").encode(), 1)


@pytest.mark.parametrize("profile", ["peppol-bis-3", "en16931-ubl", "en16931-cii", "pint-jp"])
def test_a_profile_is_what_the_document_claims(profile: str) -> None:
    found = recognise(xml.parse(_written(profile)))
    assert found.profile is PROFILES[profile]
    assert (found.finding, found.gap, found.kind) == (None, None, None)


@pytest.mark.parametrize(
    ("identifier", "profile", "rule", "base"),
    [
        ("urn:somebody.else", "peppol-bis-3", UNKNOWN, "en16931-ubl"),
        ("urn:cen.eu:en16931:2017#compliant#urn:nobody", "en16931-cii", UNKNOWN, "en16931-cii"),
        (None, "peppol-bis-3", UNKNOWN, "en16931-ubl"),
        ("urn:peppol:pint:billing-1@xx-9", "pint-jp", UNKNOWN, "pint"),
        (PROFILES["peppol-bis-3"].customization_id, "en16931-cii", OTHER_SYNTAX, "en16931-cii"),
        (PROFILES["facturx-minimum"].customization_id, "en16931-ubl", OTHER_SYNTAX, "en16931-ubl"),
    ],
)
def test_what_is_not_known_is_a_finding_and_a_gap_and_the_base_judges(
    identifier: str | None, profile: str, rule: str, base: str
) -> None:
    found = recognise(xml.parse(_claiming(identifier, profile)))
    assert found.profile is PROFILES[base]
    assert found.finding is not None
    assert (found.finding.rule, found.finding.flag) == (rule, Flag.WARNING)
    assert found.finding.line is not None
    assert found.gap is not None
    assert found.gap.outcome is Outcome.NOT_JUDGED


def test_an_unknown_root_is_judged_by_nothing() -> None:
    found = recognise(xml.parse(b"<letter/>"))
    assert (found.profile, found.kind) == (None, None)
    assert found.finding is not None
    assert found.finding.rule == UNKNOWN_ROOT
    assert found.gap is not None
