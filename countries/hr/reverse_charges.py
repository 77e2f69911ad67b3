"""For what the customer owes Croatian VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Zakon o porezu na dodanu vrijednost (NN 73/13), članak 75. stavak 3.",
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note=(
        "Scrap, land and construction in the table of vatcalc.com; steel, codes and days "
        "from memory."
    ),
)
_BUILD = Source(
    title=(
        "Zakon o porezu na dodanu vrijednost (NN 73/13), članak 75. stavak 3. točka a); "
        "Pravilnik o PDV-u, članak 152."
    ),
    url="https://narodne-novine.nn.hr/",
    read_on=date(2026, 11, 21),
    confidence=Confidence.A,
    note=(
        "Porezna uprava, 2014-09-29 (410-19/14-01/241): between businesses in the "
        "register, hire of staff included, not by choice."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Scrap and waste",
        cn=(
            *("2618", "2619", "2620", "3915", "400400", "4707", "7001", "7112", "7204"),
            *("7404", "7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2013, 7, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Iron and steel for concrete",
        cn=("7213", "7214", "7215", "7217", "730830", "730890"),
        since=date(2019, 1, 1),
        asks="whether it is reinforcing iron or steel for concrete, or made of it",
        source=_RC,
    ),
    # 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Construction",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2013, 7, 1),
        source=_BUILD,
    ),
    ReverseCharge(
        what="Land and buildings, by option", cpa=("68.10",), since=date(2015, 1, 1), source=_RC
    ),
    ReverseCharge(
        what="Hire of staff for construction",
        cpa=("78.2",),
        since=date(2013, 7, 1),
        asks="whether the staff works in construction",
        source=_BUILD,
    ),
)
