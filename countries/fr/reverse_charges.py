"""For what the customer owes French VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Code général des impôts (CGI), article 283, 2 sexies à 2 nonies",
    url="https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006069577/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note=(
        "From memory; 2 nonies since 2014-01-01 read at fiduciairedesallobroges.com and BTP Rhône."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Industrial waste and recovered materials",
        cn=(
            *("3915", "4004", "4707", "6310", "7001", "7204", "7404", "7503", "7602"),
            *("7802", "7902", "8002"),
        ),
        since=date(2008, 1, 1),
        source=_RC,
    ),
    # 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Construction by a subcontractor",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2014, 1, 1),
        asks="whether the supplier works as a subcontractor of the buyer",
        source=_RC,
    ),
    ReverseCharge(
        what="Telecommunications between operators",
        cpa=("61",),
        since=date(2012, 4, 1),
        asks="whether the buyer is a declared operator of electronic communications",
        source=_RC,
    ),
)
