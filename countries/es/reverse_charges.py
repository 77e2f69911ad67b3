"""For what the customer owes Spanish VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Ley 37/1992, artículo 84.Uno.2.º b) a g), anexo séptimo y décimo",
    url="https://www.boe.es/buscar/act.php?id=BOE-A-1992-28740",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "The letters read in part at supercontable.com; codes, amount and first days from memory."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(what="Gold of at least 325 thousandths", cn=("7108", "7109"), source=_RC),
    ReverseCharge(
        what="Scrap and waste of paper, glass and metals",
        cn=(
            *("2618", "2619", "2620", "4707", "7001", "7112", "7204", "7404", "7503"),
            *("7602", "7802", "7902", "8002"),
        ),
        since=date(2004, 1, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Waste of plastic and textiles",
        cn=("3915", "5505", "6310"),
        since=date(2023, 1, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Silver, platinum and palladium, unwrought",
        cn=("7106", "7110"),
        since=date(2015, 4, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Mobile phones, laptops, tablet computers, game consoles",
        cn=("847130", "851712", "851713", "851714", "950450"),
        since=date(2015, 4, 1),
        asks="whether the buyer resells such goods, or the sale reaches 10 000 EUR",
        source=_RC,
    ),
    # 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Building and urbanization",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2012, 10, 31),
        asks=(
            "whether the work is part of urbanizing land or of building or rehabilitating "
            "buildings"
        ),
        source=_RC,
    ),
    # Exempt unless the seller waived the exemption: then the buyer owes the tax.
    ReverseCharge(
        what="Land and buildings, by waiver or to settle a debt",
        cpa=("68.10",),
        since=date(2012, 10, 31),
        source=_RC,
    ),
)
