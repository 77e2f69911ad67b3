"""For what the customer owes Cypriot VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Ο περί Φόρου Προστιθέμενης Αξίας Νόμος (95(I)/2000), άρθρα 11Β έως 11Ε",
    url="https://www.cylaw.org/nomoi/enop/non-ind/2000_1_95/full.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Article 11E read at kpmg.com, mondaq.com and orbitax.com; construction since "
        "March 2012 and scrap since October 2014 at vatcalc.com."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Scrap and waste of metals",
        cn=("7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        since=date(2014, 10, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Mobile phones, circuits, laptops, tablet computers, game consoles",
        cn=("847130", "851712", "851713", "851714", "8542", "950450"),
        since=date(2020, 10, 1),
        source=_RC,
    ),
    # 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Construction",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2012, 3, 1),
        source=_RC,
    ),
)
