"""For what the customer owes Belgian VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Koninklijk besluit nr. 1 / Arrêté royal n° 1, Articles 20 to 20ter",
    url="https://www.ejustice.just.fgov.be/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)

REVERSE_CHARGES = (
    ReverseCharge(what="Gold of at least 325 thousandths", cn=("7108", "7109"), source=_RC),
    # Cleaning and gardening are such work too. 41.20 is what NACE calls 41.00.3 and .4.
    ReverseCharge(
        what="Work on immovable property",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43", "81.21", "81.22", "81.30"),
        source=_RC,
    ),
)
