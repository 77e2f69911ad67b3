"""For what the customer owes Bulgarian VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Закон за данък върху добавената стойност (ЗДДС), чл. 163а, Приложение № 2",
    url="https://lex.bg/bg/laws/ldoc/2135533201",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note=("From memory. Cereals rest on article 199a of the Directive, which ends on 2026-12-31."),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Cereals and industrial crops",
        cn=("1001", "1002", "1003", "1004", "1005", "1201", "1205", "1206"),
        since=date(2014, 1, 1),
        until=date(2026, 12, 31),
        source=_RC,
    ),
    ReverseCharge(
        what="Scrap and waste",
        cn=(
            *("2618", "2619", "2620", "3915", "4004", "4707", "7001", "7204", "7404"),
            *("7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2007, 1, 1),
        source=_RC,
    ),
)
