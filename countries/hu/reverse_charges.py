"""For what the customer owes Hungarian VAT although the supplier is established there."""

from datetime import date

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_RC = Source(
    title="Áfa tv. 142. §, 6/A. és 6/B. számú melléklet",
    url="https://njt.hu/jogszabaly/2007-127-00-00",
    read_on=date(2026, 11, 21),
    confidence=Confidence.M,
    note=(
        "From memory. Cereals and steel rest on articles 199a and 199b of the Directive, "
        "which end on 2026-12-31."
    ),
)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Cereals and oil seeds",
        cn=("1001", "1002", "1003", "1004", "1005", "100860", "1201", "1205", "1206"),
        since=date(2012, 7, 1),
        until=date(2026, 12, 31),
        source=_RC,
    ),
    ReverseCharge(
        what="Scrap and waste",
        cn=(
            *("2618", "2619", "2620", "3915", "4004", "4707", "7001", "7204", "7404"),
            *("7503", "7602", "7802", "7902", "8002"),
        ),
        since=date(2006, 1, 1),
        source=_RC,
    ),
    ReverseCharge(
        what="Products of iron and steel",
        cn=(
            *("7208", "7209", "7210", "7211", "7212", "7213", "7214", "7215", "7216"),
            *("7217", "7219", "7220", "7222", "7223", "7225", "7226", "7227", "7228"),
            *("7229", "7301"),
        ),
        since=date(2015, 1, 1),
        until=date(2026, 12, 31),
        source=_RC,
    ),
    # 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Construction that needs a permit",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2008, 5, 1),
        asks="whether the work needs a permit of, or notice to, a building authority",
        source=_RC,
    ),
    ReverseCharge(
        what="Land and buildings, by option", cpa=("68.10",), since=date(2008, 1, 1), source=_RC
    ),
    ReverseCharge(
        what="Hire of staff for construction",
        cpa=("78.2",),
        since=date(2021, 4, 1),
        asks="whether the staff is hired for construction that needs a permit",
        source=_RC,
    ),
    ReverseCharge(
        what="Hire of staff",
        cpa=("78.2",),
        since=date(2008, 1, 1),
        until=date(2021, 3, 31),
        source=_RC,
    ),
)
