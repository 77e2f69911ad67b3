"""Levels, and the words each carries."""

import pytest

from formats.facturx.levels import HybridLevel, level_of_guideline


def test_a_level_is_found_by_its_own_guideline() -> None:
    assert {level_of_guideline(level.guideline) for level in HybridLevel} == set(HybridLevel)


@pytest.mark.parametrize(
    ("guideline", "level"),
    [
        (" urn:cen.eu:en16931:2017 ", HybridLevel.EN16931),
        ("urn:cen.eu:en16931:2017:compliant:factur-x.eu:1p0:basic", HybridLevel.BASIC),
        ("urn:cen.eu:en16931:2017#compliant#urn:zugferd.de:2p0:basic", HybridLevel.BASIC),
        ("urn:zugferd.de:2p0:minimum", HybridLevel.MINIMUM),
        ("urn:ferd:CrossIndustryDocument:invoice:1p0:comfort", HybridLevel.EN16931),
        ("urn:ferd:CrossIndustryDocument:invoice:1p0:extended", HybridLevel.EXTENDED),
        (
            "urn:cen.eu:en16931:2017#compliant#urn:xoev-de:kosit:standard:xrechnung_2.2",
            HybridLevel.XRECHNUNG,
        ),
        ("urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", None),
        ("urn:example:basic", None),
        ("", None),
        (None, None),
    ],
)
def test_older_spellings_are_known_and_others_are_not(
    guideline: str | None, level: HybridLevel | None
) -> None:
    assert level_of_guideline(guideline) is level


def test_names_and_relationships_follow_the_standard() -> None:
    assert {level: (level.filename, level.relationship) for level in HybridLevel} == {
        HybridLevel.MINIMUM: ("factur-x.xml", "Data"),
        HybridLevel.BASIC_WL: ("factur-x.xml", "Data"),
        HybridLevel.BASIC: ("factur-x.xml", "Alternative"),
        HybridLevel.EN16931: ("factur-x.xml", "Alternative"),
        HybridLevel.EXTENDED: ("factur-x.xml", "Alternative"),
        HybridLevel.XRECHNUNG: ("xrechnung.xml", "Alternative"),
    }
