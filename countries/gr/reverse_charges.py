"""For what the customer owes Greek VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Κώδικας ΦΠΑ (ν. 2859/2000), άρθρο 39α",
    url="https://www.et.gr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Scrap and mobile phones, no construction, in the table of vatcalc.com; codes and "
        "days from memory."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Scrap and waste",
        cn=(
            *("2618", "2619", "2620", "3915", "4004", "4707", "7001", "7204", "7404"),
            *("7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2007, 1, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Mobile phones, laptops, tablet computers, game consoles",
        cn=("847130", "851712", "851713", "851714", "950450"),
        since=date(2017, 8, 1),
        source=_RC,
    ),
)
