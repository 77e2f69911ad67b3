from collections import Counter
from pathlib import Path

import pytest

from formats.facturx.levels import HybridLevel
from formats.profile import Profile, Syntax
from formats.registry import PROFILES, profile, profile_for
from schemas import Catalog, Kind, Manifest
from tests.formats.samples import DAY

EN_16931 = "urn:cen.eu:en16931:2017"
PEPPOL = f"{EN_16931}#compliant#urn:fdc:peppol.eu:2017:poacc"
XRECHNUNG = f"{EN_16931}#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"

IDS = {
    *("peppol-bis-3", "peppol-bis-3-self-billing", "en16931-ubl", "en16931-cii"),
    *("xrechnung-ubl", "xrechnung-extension-ubl", "xrechnung-cvd-ubl"),
    *("xrechnung-cii", "xrechnung-extension-cii", "xrechnung-cvd-cii"),
    *("facturx-minimum", "facturx-basic-wl", "facturx-basic", "facturx-en16931"),
    *("facturx-extended", "facturx-xrechnung"),
    *("fr-ctc-extended-ubl", "fr-ctc-extended-cii"),
    *("cius-ro", "cius-ro-cii", "hr-cius", "cius-pt", "rs-sef", "rs-sef-extension"),
    *("nlcius", "ehf"),
    "ksef-fa-3",
    "facturae-3-2-2",
    "eslog-2",
    *("pint", "pint-eu", "pint-sg", "pint-jp-non-tax"),
    *("pint-aunz", "pint-aunz-self-billing", "pint-jp", "pint-jp-self-billing"),
    *("pint-my", "pint-my-self-billing", "pint-ae", "pint-ae-self-billing"),
    *("pint-om", "pint-om-self-billing"),
}


def test_profiles_have_stable_ids() -> None:
    assert set(PROFILES) == IDS
    assert all(entry.id == name for name, entry in PROFILES.items())
    assert profile("peppol-bis-3") is PROFILES["peppol-bis-3"]
    names = Counter(entry.name for entry in PROFILES.values())
    assert max(names.values()) == 1


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        profile("peppol-bis-4")


@pytest.mark.parametrize(
    ("customization_id", "syntax", "profile_id"),
    [
        (f"{PEPPOL}:billing:3.0", None, "peppol-bis-3"),
        (f"{PEPPOL}:selfbilling:3.0", Syntax.UBL, "peppol-bis-3-self-billing"),
        (f"{PEPPOL}:billing:3.0", Syntax.CII, None),
        (EN_16931, None, "en16931-ubl"),
        (EN_16931, Syntax.CII, "en16931-cii"),
        (f" {EN_16931}\n", None, "en16931-ubl"),
        (f"{PEPPOL}:billing:3.0#conformant#urn:extension", None, None),
        (XRECHNUNG, None, "xrechnung-ubl"),
        (XRECHNUNG, Syntax.CII, "xrechnung-cii"),
        (
            f"{XRECHNUNG}#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0",
            Syntax.CII,
            "xrechnung-extension-cii",
        ),
        (
            f"{EN_16931}#compliant#urn:xoev-de:kosit:standard:xrechnung_2.3",
            None,
            None,  # another specification, whose rules are not these
        ),
        ("urn:factur-x.eu:1p0:minimum", Syntax.CII, "facturx-minimum"),
        ("urn:zugferd.de:2p0:minimum", Syntax.CII, "facturx-minimum"),
        (
            f"{EN_16931}#conformant#urn:zugferd.de:2p0:extended",
            Syntax.CII,
            "facturx-extended",
        ),
        ("urn:ferd:CrossIndustryDocument:invoice:1p0:comfort", Syntax.CII, None),
        ("urn:peppol:pint:billing-1@aunz-1", None, "pint-aunz"),
        ("urn:peppol:pint:nontaxinvoice-1@jp-1", None, "pint-jp-non-tax"),
        (
            f"{EN_16931}#compliant#urn:efactura.mfinante.ro:CIUS-RO:1.0.0",
            Syntax.UBL,
            "cius-ro",
        ),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_document_belongs_to_the_profile_it_names_in_full(
    customization_id: str | None, syntax: Syntax | None, profile_id: str | None
) -> None:
    found = profile_for(customization_id, syntax)
    assert (found.id if found else None) == profile_id


@pytest.mark.parametrize("level", HybridLevel)
def test_a_document_in_a_pdf_belongs_to_its_level(level: HybridLevel) -> None:
    found = profile_for(level.guideline, Syntax.CII, hybrid=True)
    assert found is not None
    assert found.hybrid is level


def test_what_peppol_says_in_norway_is_peppols() -> None:
    ehf = PROFILES["ehf"]
    assert ehf.unproven
    assert profile_for(ehf.customization_id) is PROFILES["peppol-bis-3"]


def test_outer_rule_sets_come_last() -> None:
    assert PROFILES["peppol-bis-3"].rule_sets == ("eu.cen.en16931:ubl", "eu.peppol.bis3:invoice")
    assert PROFILES["peppol-bis-3-self-billing"].rule_sets == (
        "eu.cen.en16931:ubl",
        "eu.peppol.bis3:invoice-self-billing",
    )
    assert PROFILES["en16931-ubl"].rule_sets == ("eu.cen.en16931:ubl",)
    assert PROFILES["xrechnung-cii"].rule_sets == ("eu.cen.en16931:cii", "de.xrechnung:cii")
    assert PROFILES["pint-sg"].rule_sets == (
        "org.peppol.pint:billing",
        "org.peppol.pint:sg-jurisdiction",
    )


def test_two_proven_profiles_share_an_identifier_only_between_file_and_pdf() -> None:
    claims = Counter(
        (identifier, entry.syntax, entry.hybrid is not None)
        for entry in PROFILES.values()
        if entry.unproven is None
        for identifier in (entry.customization_id, *entry.variants)
    )
    assert [claim for claim, count in claims.items() if count > 1] == []


def test_the_unproven_are_those_without_rule_files_and_say_why() -> None:
    unproven = {entry.id: entry.unproven for entry in PROFILES.values() if entry.unproven}
    assert set(unproven) == {"nlcius", "ehf", "cius-ro-cii"}
    assert all("no official rule files" in reason for reason in unproven.values())


@pytest.mark.parametrize("entry", PROFILES.values(), ids=lambda entry: entry.id)
def test_the_schemas_are_those_of_the_syntax(entry: Profile) -> None:
    roots = {
        Syntax.UBL: {"Invoice", "CreditNote"},
        Syntax.CII: {"CrossIndustryInvoice"},
        Syntax.KSEF: {"Faktura"},
        Syntax.FACTURAE: {"Facturae"},
        Syntax.ESLOG: {"Invoice"},
    }
    assert set(entry.schemas) == roots[entry.syntax]
    # Their publishers give out a schema, and pages of what else is checked.
    without = {Syntax.KSEF, Syntax.FACTURAE, Syntax.ESLOG}
    assert bool(entry.rule_sets) is (entry.syntax not in without)


@pytest.mark.official
@pytest.mark.parametrize("entry", PROFILES.values(), ids=lambda entry: entry.id)
def test_every_artefact_a_profile_names_is_at_hand_with_the_declared_bytes(
    entry: Profile, catalog: Catalog
) -> None:
    for kind, families in ((Kind.XSD, entry.schemas.values()), (Kind.XSLT, entry.rule_sets)):
        for family in families:
            artefact = catalog.resolve(family, DAY)
            assert artefact.family == family
            assert artefact.kind is kind


@pytest.mark.parametrize("entry", PROFILES.values(), ids=lambda entry: entry.id)
def test_the_manifest_declares_every_family_a_profile_names(entry: Profile) -> None:
    declared = {declaration.family for declaration in Manifest.load().declarations}
    assert {*entry.schemas.values(), *entry.rule_sets} <= declared


@pytest.fixture(scope="module")
def catalog(official: Path) -> Catalog:
    return Catalog((official,))


@pytest.mark.parametrize("entry", PROFILES.values(), ids=lambda entry: entry.id)
@pytest.mark.parametrize("hybrid", [False, True])
def test_the_quick_way_finds_what_the_whole_list_finds(entry: Profile, hybrid: bool) -> None:  # noqa: FBT001 - a parameter of the test
    for identifier in (entry.customization_id, *entry.variants):
        sharing = [
            each
            for each in PROFILES.values()
            if identifier in {each.customization_id, *each.variants}
            and each.syntax is entry.syntax
        ]
        sharing.sort(key=lambda each: (each.hybrid is not None) is not hybrid)
        assert profile_for(f" {identifier} ", entry.syntax, hybrid=hybrid) is sharing[0]
