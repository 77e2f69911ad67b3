"""For what the customer owes Czech VAT although the supplier is established there."""

from datetime import date
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title=(
        "Zákon č. 235/2004 Sb., §§ 92b až 92f, přílohy č. 5 a 6; nařízení vlády č. 361/2014 Sb."
    ),
    url="https://www.zakonyprolidi.cz/cs/2004-235",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note=(
        "Its two halves, lasting and temporary, read at dauc.cz; that the temporary one "
        "ends with 2026 at bdo.global; codes, amount and days from memory."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Cereals, oil seeds, sugar beet",
        cn=(
            *("1001", "1002", "1003", "1004", "1005", "1008", "1201", "1205", "1206"),
            *("1207", "121291"),
        ),
        since=date(2015, 7, 1),
        until=date(2026, 12, 31),
        minimum=Decimal(100000),
        source=_RC,
    ),
    ReverseCharge(
        what="Scrap and waste",
        cn=(
            *("2618", "2619", "2620", "3915", "400400", "4707", "5103", "5202", "6310"),
            *("7001", "7112", "7204", "7404", "7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2011, 4, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Electricity and gas, to a dealer",
        cn=("2716", "271121"),
        since=date(2016, 2, 1),
        until=date(2026, 12, 31),
        asks="whether the buyer resells gas or electricity",
        source=_RC,
    ),
    ReverseCharge(what="Gold of at least 333 thousandths", cn=("7108", "7109"), source=_RC),
    ReverseCharge(
        what="Metals, unwrought and half-finished",
        cn=(
            *("7201", "7202", "7205", "7206", "7207", "7208", "7402", "7403", "7405"),
            *("7407", "7502", "7601", "7603", "7801", "7901", "8001"),
        ),
        since=date(2015, 4, 1),
        until=date(2026, 12, 31),
        minimum=Decimal(100000),
        source=_RC,
    ),
    ReverseCharge(
        what="Mobile phones, circuits, laptops, tablet computers, game consoles",
        cn=("847130", "851712", "851713", "851714", "8542", "950450"),
        since=date(2015, 4, 1),
        until=date(2026, 12, 31),
        minimum=Decimal(100000),
        source=_RC,
    ),
    # The law itself names the divisions of CZ-CPA.
    ReverseCharge(what="Construction", cpa=("41", "42", "43"), since=date(2012, 1, 1), source=_RC),
    ReverseCharge(
        what="Telecommunications, to a dealer",
        cpa=("61",),
        since=date(2016, 10, 1),
        until=date(2026, 12, 31),
        asks="whether the buyer resells access to networks",
        source=_RC,
    ),
    ReverseCharge(
        what="Land and buildings, by option", cpa=("68.10",), since=date(2016, 1, 1), source=_RC
    ),
    ReverseCharge(
        what="Hire of staff for construction",
        cpa=("78.2",),
        since=date(2015, 1, 1),
        asks="whether the staff is hired for construction",
        source=_RC,
    ),
)
