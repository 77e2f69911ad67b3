"""For what the customer owes Estonian VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Käibemaksuseadus (KMS) § 41¹",
    url="https://www.riigiteataja.ee/akt/KMS",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note="From memory.",
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Precious metals, gold of at least 325 thousandths",
        cn=("7106", "7108", "7109", "7110"),
        since=date(2013, 1, 1),
        asks="whether it is precious metal that § 41¹ names",
        source=_RC,
    ),
    ReverseCharge(
        what="Scrap of metals",
        cn=("7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        since=date(2011, 1, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Land and buildings, by option", cpa=("68.10",), since=date(2011, 1, 1), source=_RC
    ),
)
