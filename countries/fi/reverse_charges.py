"""For what the customer owes Finnish VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Arvonlisäverolaki (1501/1993) 8 a – 8 d §",
    url="https://www.finlex.fi/fi/laki/ajantasa/1993/19931501",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Scrap of base metals from 2015-01-01 between registered businesses read at "
        "vero.fi (48512), construction from 2011-04-01 in a thesis (9pdf.co); codes from "
        "memory."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Scrap and waste of base metals, batteries",
        cn=("7204", "7404", "7503", "7602", "7802", "7902", "8002", "854810", "8549"),
        since=date(2015, 1, 1),
        source=_RC,
    ),
    ReverseCharge(what="Gold of at least 325 thousandths", cn=("7108", "7109"), source=_RC),
    # 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Construction and hire of builders",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2011, 4, 1),
        asks="whether the buyer regularly supplies construction or resells this one",
        source=_RC,
    ),
    ReverseCharge(
        what="Hire of staff for construction",
        cpa=("78.2",),
        since=date(2011, 4, 1),
        asks=(
            "whether the staff works in construction, for a buyer who regularly supplies "
            "construction"
        ),
        source=_RC,
    ),
)
