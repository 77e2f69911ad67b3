"""The levels (profiles) of a hybrid invoice, and the words each carries in XML and PDF.

Source: Factur-X 1.0.7 / ZUGFeRD 2.3, technical part, chapter on the PDF/A-3 container.
"""

from enum import StrEnum

XRECHNUNG_GUIDELINE = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"

_GUIDELINES = {
    "MINIMUM": "urn:factur-x.eu:1p0:minimum",
    "BASIC WL": "urn:factur-x.eu:1p0:basicwl",
    "BASIC": "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
    "EN 16931": "urn:cen.eu:en16931:2017",
    "EXTENDED": "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
    "XRECHNUNG": XRECHNUNG_GUIDELINE,
}


class HybridLevel(StrEnum):
    """A level of Factur-X; its value is the word that the XMP metadata carries."""

    MINIMUM = "MINIMUM"
    BASIC_WL = "BASIC WL"
    BASIC = "BASIC"
    EN16931 = "EN 16931"
    EXTENDED = "EXTENDED"
    XRECHNUNG = "XRECHNUNG"

    @property
    def guideline(self) -> str:
        """The specification identifier (BT-24) that documents of this level carry."""
        return _GUIDELINES[self.value]

    @property
    def filename(self) -> str:
        """The only name the attached XML may have."""
        return "xrechnung.xml" if self is HybridLevel.XRECHNUNG else "factur-x.xml"

    @property
    def version(self) -> str:
        """The version in the metadata: of the standard that the attached document follows.

        Factur-X is 1.0 to this day. FeRD's own examples of XRECHNUNG carry the version of
        XRechnung there.
        """
        return "3.0" if self is HybridLevel.XRECHNUNG else "1.0"

    @property
    def relationship(self) -> str:
        """AFRelationship of the XML (ISO 32000-2, 14.13).

        `Data` where the XML is less than an invoice (MINIMUM, BASIC WL), else `Alternative`: the
        XML says the same as the pages.
        """
        partial = self in {HybridLevel.MINIMUM, HybridLevel.BASIC_WL}
        return "Data" if partial else "Alternative"

    @property
    def relationships(self) -> frozenset[str]:
        """What a received PDF may say instead: Factur-X (unlike ZUGFeRD) leaves a choice."""
        if self.relationship == "Data":
            return frozenset({"Data"})
        return frozenset({"Alternative", "Source", "Data"})


def level_of_guideline(guideline: str | None) -> HybridLevel | None:
    """Return the level whose documents carry this specification identifier, or None.

    Older spellings count: ZUGFeRD 2.0 (`urn:zugferd.de:2p0:`), the EN 16931 of ZUGFeRD 2.0 with
    its `#compliant` suffix, every version of XRechnung, and the levels of ZUGFeRD 1.
    """
    text = (guideline or "").strip().lower()
    for level in HybridLevel:
        if text == level.guideline.lower():
            return level
    if "xrechnung" in text:
        return HybridLevel.XRECHNUNG
    return _OLDER.get(text.rpartition(":")[2]) if text.startswith(_PREFIXES) else None


_PREFIXES = (
    "urn:zugferd.de:2p0:",
    "urn:cen.eu:en16931:2017#compliant#urn:zugferd.de:2p0:",
    "urn:cen.eu:en16931:2017#conformant#urn:zugferd.de:2p0:",
    "urn:cen.eu:en16931:2017:compliant:factur-x.eu:1p0:",
    "urn:cen.eu:en16931:2017:conformant:factur-x.eu:1p0:",
    "urn:cen.eu:en16931:2017#compliant:factur-x.eu:1p0:",
    "urn:cen.eu:en16931:2017#conformant:factur-x.eu:1p0:",
    "urn:ferd:crossindustrydocument:invoice:1p0:",
)
_OLDER = {
    "minimum": HybridLevel.MINIMUM,
    "basicwl": HybridLevel.BASIC_WL,
    "basic": HybridLevel.BASIC,
    "en16931": HybridLevel.EN16931,
    "comfort": HybridLevel.EN16931,
    "extended": HybridLevel.EXTENDED,
}
