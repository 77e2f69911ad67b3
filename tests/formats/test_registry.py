from itertools import pairwise
from pathlib import Path

import pytest

from formats.profile import Syntax
from formats.registry import PROFILES, profile, profile_for
from schemas import Catalog
from tests.formats.samples import DAY

PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc"


def test_profiles_have_stable_ids() -> None:
    assert set(PROFILES) == {"peppol-bis-3", "peppol-bis-3-self-billing", "en16931-ubl"}
    assert all(entry.id == name for name, entry in PROFILES.items())
    assert profile("peppol-bis-3") is PROFILES["peppol-bis-3"]


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        profile("peppol-bis-4")


@pytest.mark.parametrize(
    ("customization_id", "profile_id"),
    [
        (f"{PEPPOL}:billing:3.0", "peppol-bis-3"),
        (f"{PEPPOL}:selfbilling:3.0", "peppol-bis-3-self-billing"),
        ("urn:cen.eu:en16931:2017", "en16931-ubl"),
        (" urn:cen.eu:en16931:2017\n", "en16931-ubl"),
        (f"{PEPPOL}:billing:3.0#conformant#urn:extension", None),
        ("urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0", None),
        ("", None),
        (None, None),
    ],
)
def test_a_document_belongs_to_the_profile_it_names_in_full(
    customization_id: str | None, profile_id: str | None
) -> None:
    found = profile_for(customization_id)
    assert (found.id if found else None) == profile_id


def test_outer_rule_sets_come_last() -> None:
    assert PROFILES["peppol-bis-3"].rule_sets == ("eu.cen.en16931:ubl", "eu.peppol.bis3:invoice")
    assert PROFILES["peppol-bis-3-self-billing"].rule_sets == (
        "eu.cen.en16931:ubl",
        "eu.peppol.bis3:invoice-self-billing",
    )
    assert PROFILES["en16931-ubl"].rule_sets == ("eu.cen.en16931:ubl",)


def test_no_two_profiles_claim_the_same_document() -> None:
    identifiers = sorted(entry.customization_id for entry in PROFILES.values())
    assert all(left != right for left, right in pairwise(identifiers))


@pytest.mark.official
def test_every_artefact_a_profile_names_is_in_the_catalogue(official: Path) -> None:
    catalog = Catalog((official,))
    for entry in PROFILES.values():
        assert entry.syntax is Syntax.UBL
        for family in (*entry.schemas.values(), *entry.rule_sets):
            assert catalog.resolve(family, DAY).family == family
