"""For what the customer owes German VAT although the supplier is German: § 13b UStG."""

from datetime import date, timedelta
from decimal import Decimal

from countries.sources import Confidence, Source
from countries.vat.system import ReverseCharge

_ACT = Source(
    title="Umsatzsteuergesetz (UStG) § 13b Abs. 2 and 5",
    url="https://www.gesetze-im-internet.de/ustg_1980/__13b.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.B,
    note="Text of 2023 read in the BMF's Umsatzsteuer-Handausgabe; first days from memory.",
)
_SCRAP = Source(
    title="Umsatzsteuergesetz (UStG) § 13b Abs. 2 Nr. 7, Anlage 3",
    url="https://www.gesetze-im-internet.de/ustg_1980/anlage_3.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="The duty read; the customs codes of the annex are from memory.",
)
_METALS = Source(
    title="Umsatzsteuergesetz (UStG) § 13b Abs. 2 Nr. 11, Anlage 4",
    url="https://www.gesetze-im-internet.de/ustg_1980/anlage_4.html",
    read_on=date(2026, 11, 21),
    confidence=Confidence.C,
    note="From 2014-10-01 read in BMF IV D 3 - S 7279/14/10002; codes and amount from memory.",
)
_FIVE_THOUSAND = Decimal(5000)
_OCTOBER_2014 = date(2014, 10, 1)

REVERSE_CHARGES = (
    ReverseCharge(
        what="Slag, plastic, rubber and glass waste, scrap of metals and batteries",
        cn=(
            *("2618", "2619", "2620", "3915", "4004", "700100", "7112", "7204", "7404", "7503"),
            *("7602", "7802", "7902", "8002", "810197", "810297", "810330", "810420", "810530"),
            *("810730", "810830", "810930", "811020", "8549"),
        ),
        since=date(2011, 1, 1),
        source=_SCRAP,
    ),
    ReverseCharge(
        what="Electricity and gas through the network, to a dealer",
        cn=("2716", "271121"),
        since=date(2013, 9, 1),
        asks="whether the buyer resells gas or electricity",
        source=_ACT,
    ),
    ReverseCharge(
        what="Gold of at least 325 thousandths",
        cn=("7108", "7109"),
        since=date(2011, 1, 1),
        source=_ACT,
    ),
    ReverseCharge(
        what="Unwrought silver, platinum, iron, copper, nickel, aluminium, lead, zinc, tin",
        cn=(
            *("7106", "7107", "7110", "7111", "7201", "7205", "7206", "7207", "7402", "7403"),
            *("7405", "7406", "7502", "7504", "7601", "7603", "7801", "7804", "7901", "7903"),
            *("8001", "8113"),
        ),
        since=date(2015, 1, 1),
        minimum=_FIVE_THOUSAND,
        source=_METALS,
    ),
    # The sum of all devices of the number counts, so that they are one entry.
    ReverseCharge(
        what="Mobile phones, integrated circuits, game consoles",
        cn=("851712", "851713", "851714", "8542", "950450"),
        since=_OCTOBER_2014,
        minimum=_FIVE_THOUSAND,
        source=_ACT,
    ),
    ReverseCharge(
        what="Mobile phones, integrated circuits",
        cn=("851712", "851713", "851714", "8542"),
        since=date(2011, 7, 1),
        until=_OCTOBER_2014 - timedelta(days=1),
        minimum=_FIVE_THOUSAND,
        source=_ACT,
    ),
    # Notebooks share the code with tablets (UStAE 13b.7(1a)) and stay with the seller.
    ReverseCharge(
        what="Tablet computers",
        cn=("847130",),
        since=_OCTOBER_2014,
        minimum=_FIVE_THOUSAND,
        asks="whether it is a tablet computer, without a keyboard",
        source=_ACT,
    ),
    # 41.20 is what NACE calls the same works.
    ReverseCharge(
        what="Construction, repair and demolition of buildings, planning excepted",
        cpa=("41.00.3", "41.00.4", "41.2", "42", "43"),
        since=date(2004, 4, 1),
        asks="whether the buyer supplies construction services himself",
        source=_ACT,
    ),
    ReverseCharge(
        what="Telecommunications, to a dealer",
        cpa=("61",),
        since=date(2021, 1, 1),
        asks="whether the buyer mainly resells telecommunications",
        source=_ACT,
    ),
    # Exempt unless the seller chose to tax it: then the buyer owes the tax.
    ReverseCharge(what="Land and buildings", cpa=("68.10",), since=date(2004, 4, 1), source=_ACT),
    ReverseCharge(
        what="Cleaning of buildings",
        cpa=("81.21", "81.22"),
        since=date(2011, 1, 1),
        asks="whether the buyer cleans buildings for others himself",
        source=_ACT,
    ),
)
